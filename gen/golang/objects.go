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
	f.add(jen.Const().Id("_").Op("=").Add(rt("GeneratedV1")).Comment("// what this code expects of its runtime"))
	if len(e.c.Dims) > 0 {
		f.add(e.dims())
	}
	var types, sets []jen.Code
	for i := 0; i < len(e.types.decls); i++ { // printing one may bring others
		d := e.types.decls[i]
		if o := e.simple(d); o != nil {
			sets = append(sets, o.set())
			types = append(types, e.typeDecl(d), o.constructor(e).Line().Add(o.decoder(e)))
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
	if len(e.c.Doc) == 0 {
		return []string{"Package " + e.c.Name + " is the category " + e.c.Name + "."}
	}
	return append([]string{"Package " + e.c.Name + " is the category " + e.c.Name + ":", ""}, e.c.Doc...)
}

func (e *emitter) dims() *jen.Statement {
	if len(e.c.Dims) == 1 {
		d := e.c.Dims[0]
		s := jen.Null()
		for _, l := range docLines("Dim"+exported(d.Name)+" is the dimension "+d.Name+".", d.Doc) {
			s = s.Add(l).Line()
		}
		return s.Const().Id("Dim" + exported(d.Name)).Op("=").Lit(d.Value)
	}
	return comment("The dimensions of the objects.").Line().Const().DefsFunc(func(g *jen.Group) {
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
