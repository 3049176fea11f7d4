package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// objectsFile declares a Go type for every object, with its constructor and
// strict decoding; it also holds the package comment and the handshake with
// the runtime.
func (e *emitter) objectsFile() *file {
	f := &file{name: "objects_gen.go", doc: e.packageDoc()}
	f.add(comment("The runtime offers this name as long as it can run this code.").Line().
		Const().Id("_").Op("=").Add(rt("GeneratedV1")))
	if len(e.c.Dims) > 0 {
		f.add(e.dims())
	}
	var types, sets []jen.Code
	for i := 0; i < len(e.types.decls); i++ { // printing one may bring others
		d := e.types.decls[i]
		if o := e.simple(d); o != nil {
			sets = append(sets, o.set())
			types = append(types, e.typeDecl(d), o.constructor(e), o.decoder(e))
			continue
		}
		types = append(types, e.typeDecl(d))
		if u := e.decoder(d); u != nil {
			types = append(types, u)
		}
	}
	if len(sets) > 0 {
		f.add(comment("What belongs to the objects.").Line().Var().Defs(sets...))
	}
	f.add(types...)
	return f
}

func (e *emitter) packageDoc() []string {
	doc := []string{"Package " + e.c.Name + " is the category " + e.c.Name + "."}
	if len(e.c.Doc) > 0 {
		doc = append(append(doc, ""), e.c.Doc...)
	}
	return doc
}

func (e *emitter) dims() *jen.Statement {
	return jen.Const().DefsFunc(func(g *jen.Group) {
		for _, d := range e.c.Dims {
			for _, l := range d.Doc {
				g.Add(comment(l))
			}
			g.Id("Dim" + exported(d.Name)).Op("=").Lit(d.Value)
		}
	})
}

func (e *emitter) typeDecl(d *typeDecl) *jen.Statement {
	s := jen.Null()
	for _, l := range docLines(d.name+" is "+meaning(d)+".", d.doc) {
		s = s.Add(l).Line()
	}
	return s.Type().Id(d.name).Add(e.types.underlying(d.typ))
}

// meaning says what stands right of `=` in the spec.
func meaning(d *typeDecl) string {
	t := d.typ
	switch {
	case t.Kind == category.Tangent:
		return "where gradients of " + t.Elem.String() + " live"
	case t.Kind != category.Named:
		return "the parameters " + t.String()
	case t.Object.State != "":
		return "the state " + t.Object.Name
	case t.Object.Type.Kind == category.Record && t.Object.Gathered:
		return "the product of the parameters that compositions gather"
	case t.Object.Type.Kind == category.Record:
		return "a product of named parts"
	}
	s := t.Object.Type.String()
	if t.Object.Set != nil && t.Object.Type.Set == nil {
		s += " in " + t.Object.Set.String()
	}
	return s
}
