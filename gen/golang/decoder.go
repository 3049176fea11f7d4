package golang

import "github.com/dave/jennifer/jen"

func (e *emitter) decoder(d *typeDecl) *jen.Statement { return nil }
func (e *emitter) dataFile() *file                    { return nil }
func (e *emitter) lawsFile() *file                    { return nil }
