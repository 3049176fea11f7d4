package golang

import (
	"math"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// set prints the runtime's description of the numbers that t may hold.
func set(s *category.Set, dims []int) *jen.Statement {
	switch {
	case s == nil:
		return rt("All").Values()
	case s.Simplex:
		return rt("Simplex").Values(jen.Id("Axis").Op(":").Lit(dims[len(dims)-1]))
	case s.Finite:
		return rt("Finite").ValuesFunc(func(g *jen.Group) {
			for _, v := range s.Elems {
				g.Add(number(v))
			}
		})
	}
	return rt("Interval").ValuesFunc(func(g *jen.Group) {
		g.Id("Low").Op(":").Add(bound(s.Low))
		g.Id("High").Op(":").Add(bound(s.High))
		if s.OpenLow && !math.IsInf(s.Low, 0) {
			g.Id("OpenLow").Op(":").True()
		}
		if s.OpenHigh && !math.IsInf(s.High, 0) {
			g.Id("OpenHigh").Op(":").True()
		}
	})
}

func bound(v float64) *jen.Statement {
	switch {
	case math.IsInf(v, 1):
		return jen.Qual("math", "Inf").Call(jen.Lit(1))
	case math.IsInf(v, -1):
		return jen.Qual("math", "Inf").Call(jen.Lit(-1))
	}
	return number(v)
}

// constructor prints NewX for an object of numbers or classes; records are
// written as literals of their parts.
func (e *emitter) constructor(d *typeDecl) *jen.Statement {
	leaves := d.typ.Leaves()
	if len(leaves) != 1 || len(leaves[0].Path) > 0 {
		return nil
	}
	l := leaves[0]
	name := e.names.claim("New"+d.name, "Value")
	s := d.typ.RefinedSet()
	if s == nil {
		s = l.Set
	}
	switch l.Kind {
	case category.Real:
		return newReal(d, name, s, l.Dims)
	case category.Fin:
		return newFin(d, name, l)
	}
	return nil
}

func newReal(d *typeDecl, name string, s *category.Set, dims []int) *jen.Statement {
	doc := comment(name + " checks that v lies in " + d.typ.String() + ".")
	make, arg := "NewScalar", jen.Id("v").Float32()
	if len(dims) > 0 {
		doc = comment(name + " takes the numbers of " + article(d.name) + " in row-major order.")
		make, arg = "NewTensor", jen.Id("v").Op("...").Float32()
	}
	return doc.Line().Func().Id(name).Params(arg).Params(jen.Id(d.name), jen.Error()).
		Block(jen.Return(rt(make).Types(jen.Id(d.name)).Call(jen.Lit(d.typ.String()), set(s, dims), jen.Id("v"))))
}

func newFin(d *typeDecl, name string, l category.Leaf) *jen.Statement {
	make, arg := "NewIndex", jen.Id("v").Int()
	if len(l.Dims) > 0 {
		make, arg = "NewIndices", jen.Id("v").Op("...").Int32()
	}
	return comment(name+" checks that v is a class of "+d.typ.String()+".").Line().
		Func().Id(name).Params(arg).Params(jen.Id(d.name), jen.Error()).
		Block(jen.Return(rt(make).Types(jen.Id(d.name)).Call(jen.Lit(d.typ.String()), jen.Lit(l.N), jen.Id("v"))))
}

func article(name string) string {
	switch name[0] {
	case 'A', 'E', 'I', 'O', 'U':
		return "an " + name
	}
	return "a " + name
}
