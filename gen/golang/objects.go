package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// objectsFile declares a Go type for every object, with its constructor and
// strict decoding; it also holds the package comment and the handshake with
// the runtime.
func (e *emitter) objectsFile() *file {
	f := e.newFile("objects_gen.go")
	f.doc = e.packageDoc()
	f.add(jen.Const().Id("_").Op("=").Add(rt("GeneratedV2")).Comment("// what this code expects of its runtime"))
	if len(e.c.Dims) > 0 {
		f.add(e.dims())
	}
	e.typeDecls(f)
	return f
}

// typeDecls prints all types with what belongs to them. Printing one may
// bring others, and only behind the last it is known which decoders of
// tangents are called.
func (e *emitter) typeDecls(f *file) {
	undecided := map[*typeDecl]*part{}
	for i := 0; i < len(e.types.decls); i++ {
		d := e.types.decls[i]
		o := e.simple(d)
		switch f.add(e.typeDecl(d)); {
		case o != nil:
			f.add(o.set(e), o.constructor(e).Line().Add(o.decoder(e)))
		case d.typ.Kind == category.Tangent:
			undecided[d] = f.later()
		default:
			f.add(e.decoder(d))
		}
	}
	for more := true; more; {
		more = false
		for _, d := range e.types.decls {
			if place := undecided[d]; place != nil && e.types.wanted[d.name] {
				place.decls = []jen.Code{e.decoder(d)}
				delete(undecided, d)
				more = true
			}
		}
	}
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
	for _, l := range docLines(d.name+" is "+e.meaning(d)+".", d.doc) {
		s = s.Add(l).Line()
	}
	return s.Type().Id(d.name).Add(e.types.underlying(d.typ))
}

// meaning says what stands right of `=` in the spec.
func (e *emitter) meaning(d *typeDecl) string {
	t := d.typ
	switch {
	case t.Kind == category.Tangent:
		return "where gradients of " + e.text(t.Elem) + " live"
	case t.Kind == category.Product:
		return "the product " + e.text(t)
	case t.Kind != category.Named:
		return "the parameters " + e.text(t)
	case t.Object.State != "":
		return "the state " + e.text(t)
	case t.Object.Type.Kind == category.Record && t.Object.Gathered:
		return "the product of the parameters that compositions gather"
	case t.Object.Type.Kind == category.Record:
		return "a product of named parts"
	}
	s := e.text(t.Object.Type)
	if t.Object.Set != nil && t.Object.Type.Set == nil {
		s += " in " + t.Object.Set.String()
	}
	return s
}
