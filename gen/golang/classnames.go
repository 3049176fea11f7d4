package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// classNames prints what data calls the values of objects: a variable for each
// object, and a method where its Go type is of this package. Of several data
// that name one object's values, the first names them in Go.
func (e *emitter) classNames() []jen.Code {
	var out []jen.Code
	done := map[*category.Object]bool{}
	for _, d := range e.c.Data {
		for _, c := range d.Columns {
			leaves := c.Object.Leaves()
			if len(c.Classes) == 0 || c.OneHot || done[c.Object.Object] || len(leaves) != 1 || len(leaves[0].Dims) > 0 || len(leaves[0].Path) > 0 {
				continue
			}
			done[c.Object.Object] = true
			leaf := leaves[0]
			if s := c.Object.RefinedSet(); s != nil {
				leaf.Set = s
			}
			out = append(out, e.classNamesOf(d, c, leaf))
		}
	}
	return out
}

func (e *emitter) classNamesOf(d *category.Data, c category.Column, leaf category.Leaf) *jen.Statement {
	typ := e.types.decl(c.Object)
	id := e.names.claim(typ.name+"Names", "Called")
	s := comment(id+" are what the data "+d.Name+" calls the values of "+typ.name+".").Line().
		Var().Id(id).Op("=").Add(rt("Names")).Types(typ.ref()).Values(
		jen.Id("Object").Op(":").Lit(e.text(c.Object)),
		jen.Id("Values").Op(":").Index().Add(typ.ref()).Values(classValues(leaf)...),
		jen.Id("Names").Op(":").Index().String().Values(lits(c.Classes)...),
	)
	if typ.pkg != "" || e.hasMethod(c.Object, "String") {
		return s
	}
	recv := e.names.scope().local(initialLetter(typ.name))
	return s.Line().Line().Add(comment("String is the name of " + recv + ".")).Line().
		Func().Params(jen.Id(recv).Id(typ.name)).Id("String").Params().String().
		Add(oneLine(jen.Return(jen.Id(id).Dot("Of").Call(jen.Id(recv)))))
}

// classValues are the values that can have names, in the order of the names.
func classValues(leaf category.Leaf) []jen.Code {
	var out []jen.Code
	switch leaf.Kind {
	case category.Fin:
		for k := range leaf.N {
			out = append(out, jen.Lit(k))
		}
	case category.Bool:
		out = append(out, jen.False(), jen.True())
	default:
		for _, v := range leaf.Set.Elems {
			out = append(out, number(v))
		}
	}
	return out
}

// hasMethod reports whether an arrow becomes a method of t under that name.
func (e *emitter) hasMethod(t *category.Type, name string) bool {
	for _, a := range e.c.Arrows {
		if e.method(a) && e.funcs[a] == name && receiver(a).Equal(t) {
			return true
		}
	}
	return false
}

// columnsOf is the number of columns that a factor of a row takes.
func columnsOf(t *category.Type) int {
	n := 0
	for _, l := range t.Leaves() {
		n += l.Size()
	}
	return n
}
