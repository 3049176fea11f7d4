package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// stubsName is the file of the user's own that stubs go to.
const stubsName = "arrows.go"

// stubsFile is its first version.
func (e *emitter) stubsFile() *file {
	f := e.newFile(stubsName)
	f.once = true
	for _, a := range e.c.Arrows {
		if byHand(a) {
			for _, h := range e.handFuncs(a) {
				f.add(e.stub(a, h))
			}
		}
	}
	return f
}

// stub panics with the arrow's name and place until somebody writes it.
func (e *emitter) stub(a *category.Arrow, h *handFunc) *jen.Statement {
	s := comment(h.name + " " + h.does + ".").Line()
	for _, l := range a.Doc {
		s = s.Add(comment(l)).Line()
	}
	if a.Implements != nil && a.Differentiated {
		s = s.Add(comment("Its reverse, " + h.name + "Reverse, may be written too; without it gradients run what it implements.")).Line()
	}
	f := s.Func()
	if e.method(a) {
		recv := initialLetter(e.types.name(a.Given))
		f = f.Params(jen.Id(e.names.scope().local(recv)).Op("*").Add(e.types.goType(a.Given)))
	}
	return f.Id(h.name).Params(h.params...).Add(resultList(h.results)).
		Block(jen.Panic(rt("Unwritten").Call(jen.Lit(h.owed), jen.Lit(cite(a.Span)))))
}
