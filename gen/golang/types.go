package golang

import (
	"slices"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// typeDecl is one Go type of the generated package.
type typeDecl struct {
	name   string
	typ    *category.Type // what the name stands for
	object *category.Object
	doc    []string
	// declared in the spec; otherwise some signature needs the type: a
	// tangent, a state, the parameters of a composite that names none.
	declared bool
	// Of a type of an imported package: its path and what files call it, and
	// whether the type has a strict decoder.
	pkg, alias string
	decoded    bool
	// spelt: print the package's name as it stands, for text that is no file
	// and so has no imports.
	spelt bool
}

// ref prints the type's name where it is mentioned.
func (d *typeDecl) ref() *jen.Statement {
	switch {
	case d.spelt:
		return jen.Id(d.alias + "." + d.name)
	case d.pkg != "":
		return jen.Qual(d.pkg, d.name)
	}
	return jen.Id(d.name)
}

// typeTable gives every object its Go type. Types that the spec does not
// declare come to be when something first mentions them, so only what is
// reachable is emitted.
type typeTable struct {
	names *names
	decls []*typeDecl
	byKey map[typeKey][]*typeDecl // those of imported packages too
	// wanted lists tangents whose strict decoder that of another type calls.
	wanted map[string]bool
	// products are the abbreviations of products: where one stands inside a
	// list, a power or a record, it is a Go type of that name.
	products []*category.Object
}

// typeKey is equal for equal types, and seldom for others.
type typeKey struct {
	kind   category.Kind
	object *category.Object // of the first part that has a name
	parts  int
}

func keyOf(t *category.Type) typeKey {
	k := typeKey{kind: t.Kind, parts: len(t.Items) + len(t.Fields)}
	for t != nil {
		switch {
		case len(t.Items) > 0:
			t = t.Items[0]
		case len(t.Fields) > 0:
			t = t.Fields[0].Type
		default:
			k.object, t = t.Object, t.Elem
		}
	}
	return k
}

// add makes d the declaration of its type.
func (tt *typeTable) add(d *typeDecl) {
	tt.decls = append(tt.decls, d)
	tt.know(d)
}

// know makes d the declaration of its type, which may stand elsewhere.
func (tt *typeTable) know(d *typeDecl) {
	if tt.byKey == nil {
		tt.byKey = map[typeKey][]*typeDecl{}
	}
	k := keyOf(d.typ)
	tt.byKey[k] = append(tt.byKey[k], d)
}

// find returns the declaration that stands for t, or nil.
func (tt *typeTable) find(t *category.Type) *typeDecl {
	for _, d := range tt.byKey[keyOf(t)] {
		if d.typ.Equal(t) {
			return d
		}
	}
	return nil
}

// declare adds what the spec declares. An abbreviation gets a Go type of its
// own only where it names a tangent or a state; a second name for the same
// type, products and lists get none.
func (tt *typeTable) declare(objects []*category.Object) {
	for _, o := range objects {
		if o.Abbreviation && o.Type.Kind == category.Product && !o.Type.IsUnit() {
			tt.products = append(tt.products, o)
		}
		if o.Abbreviation && (o.Type.Kind != category.Tangent && !isState(o.Type) || tt.find(o.Type) != nil) {
			continue
		}
		if o.State != "" {
			continue
		}
		d := &typeDecl{name: tt.names.claim(exported(o.Name), "Object"), typ: category.NewNamed(o), object: o, doc: o.Doc, declared: true}
		tt.add(d)
	}
}

// paramsField is the field of every state that holds the parameters.
const paramsField = "params"

func isState(t *category.Type) bool { return t.Kind == category.Named && t.Object.State != "" }

// parameters makes sure that t, the parameters of an arrow, has a name, so
// that it can have methods.
func (tt *typeTable) parameters(arrow string, t *category.Type) {
	switch {
	case t.IsUnit() || t.Kind == category.Named || t.Kind == category.Tangent || tt.find(t) != nil:
	default:
		name := tt.names.claim(exported(arrow)+"Params", "Object")
		tt.add(&typeDecl{name: name, typ: t})
	}
}

// name returns the Go name of t without its package, or "" where t has to be
// spelt out.
func (tt *typeTable) name(t *category.Type) string {
	if d := tt.decl(t); d != nil {
		return d.name
	}
	return ""
}

// decl returns the declaration of t's Go type, which may come to be now; nil
// where t has to be spelt out.
func (tt *typeTable) decl(t *category.Type) *typeDecl {
	if d := tt.find(t); d != nil {
		return d
	}
	var name string
	var doc []string
	switch {
	case t.Kind == category.Product:
		at := slices.IndexFunc(tt.products, func(o *category.Object) bool { return o.Type.Equal(t) })
		if at < 0 {
			return nil
		}
		name, doc = exported(tt.products[at].Name), tt.products[at].Doc
	case isState(t):
		name = tt.nameOr(t.Object.Of, "Params") + exported(t.Object.State)
	case t.Kind == category.Named:
		name = exported(t.Object.Name)
	case t.Kind == category.Tangent && tt.name(t.Elem) != "":
		name = tt.name(t.Elem) + "Tangent"
	default:
		return nil
	}
	d := &typeDecl{name: tt.names.claim(name, "Object"), typ: t, doc: doc}
	if t.Kind == category.Named {
		d.object, d.doc = t.Object, t.Object.Doc
	}
	tt.add(d)
	return d
}

func (tt *typeTable) nameOr(t *category.Type, otherwise string) string {
	if s := tt.name(t); s != "" {
		return s
	}
	return otherwise
}

// goType prints t where a type is mentioned.
func (tt *typeTable) goType(t *category.Type) *jen.Statement {
	if d := tt.decl(t); d != nil {
		return d.ref()
	}
	return tt.underlying(t)
}

// underlying prints what the Go type of t is made of.
func (tt *typeTable) underlying(t *category.Type) *jen.Statement {
	c := t.Carrier()
	switch c.Kind {
	case category.Real:
		s := jen.Null()
		for _, d := range c.Dims {
			s = s.Index(jen.Lit(d))
		}
		return s.Float32()
	case category.Fin:
		return jen.Int32()
	case category.Bool:
		return jen.Bool()
	case category.Int:
		return jen.Int64()
	case category.Text:
		return jen.String()
	case category.Power:
		return jen.Index(jen.Lit(c.N)).Add(tt.goType(c.Elem))
	case category.List:
		return jen.Index().Add(tt.goType(c.Elem))
	case category.Option:
		return jen.Op("*").Add(tt.goType(c.Elem))
	case category.Record:
		return jen.StructFunc(func(g *jen.Group) {
			for _, f := range c.Fields {
				for _, l := range f.Doc {
					g.Add(comment(l))
				}
				g.Add(tt.field(f))
			}
		})
	case category.Product:
		return jen.StructFunc(func(g *jen.Group) {
			for i, it := range c.Items {
				g.Id(factorField(i)).Add(tt.goType(it))
			}
		})
	}
	return jen.Struct()
}

func (tt *typeTable) field(f category.Field) *jen.Statement {
	return jen.Id(exported(f.Name)).Add(tt.goType(f.Type)).Tag(map[string]string{"json": f.Name})
}

// factorField names a component of a product that stands inside an object.
func factorField(i int) string {
	if i < 3 {
		return [...]string{"First", "Second", "Third"}[i]
	}
	return "Factor" + strconv.Itoa(i+1)
}
