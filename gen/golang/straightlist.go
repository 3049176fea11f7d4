package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// The straight form of a step about a list is one loop over its elements, or
// over its windows, which adds up what the step needs of them all:
//
//	func name(n int, <data>, <state> []float32, <settings> float32) float32
//
// n is the length of the list, which the caller has checked.

// columns lists what an example is read from: the data, and what a list of
// windows views of it.
func (s *straightPrinter) columns() []plan.ValueID {
	var out []plan.ValueID
	for _, a := range s.p.Args {
		if a.Role != plan.DataArg {
			continue
		}
		out = append(out, a.Value)
		for id := range s.p.Values {
			v := &s.p.Values[id]
			if v.Store == plan.ViewStore && v.Of == a.Value && v.Batched && v.Start == 0 && v.Size() == s.p.Values[a.Value].Size() {
				out = append(out, plan.ValueID(id))
			}
		}
	}
	return out
}

// overList prints the function.
func (s *straightPrinter) overList(name, doc string) *jen.Statement {
	less := s.lessThanList()
	b := s.branch(false)
	if b.cost > maxFormulas {
		noStraight("more than %d operations", maxFormulas)
	}
	b.layOut()
	var body []jen.Code
	switch less {
	case 0:
	case 1:
		body = append(body, jen.Id("n").Op("--"))
	default:
		body = append(body, jen.Id("n").Op("-=").Lit(less))
	}
	body = append(body, s.loads()...)
	body = append(body, b.blocks[atStart]...)
	body = append(body, b.blocks[perBatch]...)
	body = append(body, b.sumsDeclared()...)
	body = append(body, jen.For(jen.Id("k").Op(":=").Range().Id("n")).Block(append(b.exampleRows(), b.blocks[perExample]...)...))
	body = append(body, b.blocks[afterBatch]...)
	f := jen.Add(comment(doc)).Line().Func().Id(name).Params(s.signature()...)
	body = append(body, s.stores()...)
	if b.result == nil {
		return f.Block(body...)
	}
	return f.Float32().Block(append(body, jen.Return(jen.Id("total")))...)
}

// lessThanList is how many elements less than the list has the step works on.
// All statements must agree: a loop has one length.
func (s *straightPrinter) lessThanList() int {
	less := -1
	for i := range s.p.Ops {
		op := &s.p.Ops[i]
		for _, id := range slices.Concat(op.Out, op.In) {
			if id == plan.NoValue || !s.p.Values[id].Batched {
				continue
			}
			switch l := s.p.Values[id].Less; {
			case less < 0:
				less = l
			case less != l:
				noStraight("lists of different lengths")
			}
		}
	}
	return max(less, 0)
}

// overList reports whether an axis runs over the elements of a list.
func (x *lineReader) overList(d category.DimTerm) bool {
	_, list := x.prim.Decl.Lengths[d.Var]
	return list
}

// elementAtHand reports whether an index is the number of the element that the
// loop is at.
func (x *lineReader) elementAtHand(eq *category.Equation, e category.Expr) bool {
	ix, is := e.(*category.Index)
	return is && x.overList(eq.Range[ix.Var])
}

// reducesList reports whether a line adds up the elements of a list.
func (x *lineReader) reducesList(eq *category.Equation, e *category.Reduce) bool {
	over := slices.ContainsFunc(e.Vars, func(v string) bool { return x.overList(eq.Range[v]) })
	if over && (len(e.Vars) > 1 || e.Op != "sum") {
		noStraight("`%s` reduces a list by no sum", x.prim.Decl.Name)
	}
	return over
}
