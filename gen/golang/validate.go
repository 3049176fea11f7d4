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

// simpleObject is an object of numbers or classes: a scalar, a tensor, or a
// power of these.
type simpleObject struct {
	decl *typeDecl
	leaf category.Leaf
	id   string // of the variable that describes it
}

// simple returns what is needed to print the constructor of d, or nil where
// values are written as literals of their parts.
func (e *emitter) simple(d *typeDecl) *simpleObject {
	if d.typ.Kind != category.Named || d.typ.Object.State != "" || !fixed(d.typ) {
		return nil
	}
	leaves := d.typ.Leaves()
	if len(leaves) != 1 || len(leaves[0].Path) > 0 {
		return nil
	}
	o := &simpleObject{decl: d, leaf: leaves[0]}
	if o.leaf.Kind != category.Real && o.leaf.Kind != category.Fin {
		return nil
	}
	if s := d.typ.RefinedSet(); s != nil {
		o.leaf.Set = s
	}
	o.id = e.setName(d.name)
	return o
}

// setName is the variable that describes the object of a Go type.
func (e *emitter) setName(typ string) string {
	if id, ok := e.sets[typ]; ok {
		return id
	}
	e.sets[typ] = e.names.claim(unexported(typ)+"Set", "Values")
	return e.sets[typ]
}

// set describes the object: var inputSet = runtime.Reals[Input]{Name: "Input"}.
// It stands beside its type, not in a block with those of other objects, so
// that a new object moves no line of another.
func (o *simpleObject) set(e *emitter) *jen.Statement {
	make := "Reals"
	fields := []jen.Code{jen.Id("Name").Op(":").Lit(e.text(o.decl.typ))}
	switch {
	case o.leaf.Kind == category.Fin:
		make, fields = "Classes", append(fields, jen.Id("N").Op(":").Lit(o.leaf.N))
	case o.leaf.Set != nil:
		fields = append(fields, jen.Id("Set").Op(":").Add(set(o.leaf.Set, o.leaf.Dims)))
	}
	if len(o.leaf.Dims) > 0 {
		fields = append(fields, jen.Id("Dims").Op(":").Index().Int().Values(lits(o.leaf.Dims)...))
	}
	return jen.Var().Id(o.id).Op("=").Add(rt(make)).Types(jen.Id(o.decl.name)).Values(fields...)
}

// constructor prints NewX.
func (o *simpleObject) constructor(e *emitter) *jen.Statement {
	name := e.names.claim("New"+o.decl.name, "Value")
	does := " checks that v is " + article(o.decl.name) + "."
	number := jen.Float32()
	if o.leaf.Kind == category.Fin {
		number = jen.Int32()
	}
	arg, v := jen.Id("v"), jen.Id("v")
	if len(o.leaf.Dims) > 0 {
		does = " takes the numbers of " + article(o.decl.name) + " in row-major order."
		arg, v = arg.Op("..."), v.Op("...")
	}
	return comment(name+does).Line().Func().Id(name).Params(arg.Add(number)).Params(jen.Id(o.decl.name), jen.Error()).
		Add(oneLine(jen.Return(jen.Id(o.id).Dot("New").Call(v))))
}

// decoder prints UnmarshalJSON.
func (o *simpleObject) decoder(e *emitter) *jen.Statement {
	recv := e.names.scope("text").local(initialLetter(o.decl.name))
	return jen.Func().Params(jen.Id(recv).Op("*").Id(o.decl.name)).Id("UnmarshalJSON").Params(jen.Id("text").Index().Byte()).Error().
		Add(oneLine(jen.Return(jen.Id(o.id).Dot("Decode").Call(jen.Id("text"), jen.Id(recv)))))
}

// oneLine prints a body of one statement on the line of its function, which
// gofmt breaks where it is long.
func oneLine(s jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{ ", Close: " }"}, s)
}

func article(name string) string {
	switch name[0] {
	case 'A', 'E', 'I', 'O', 'U':
		return "an " + name
	}
	return "a " + name
}
