package golang

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// op prints one statement of a plan.
func (pp *planPrinter) op(op *plan.Op) *jen.Statement {
	switch op.Kind {
	case plan.Forward, plan.Reverse:
		if op.PerExample {
			return pp.eachExample(op)
		}
		return pp.primCall(op, pp.count(op), pp.id)
	case plan.LeafStep, plan.LeafTotal:
		return pp.leafStep(op)
	case plan.ScalarStep:
		return pp.scalarStep(op)
	case plan.Advance:
		return pp.advance(op)
	case plan.Accumulate:
		return kernel("Accumulate").Call(pp.id(op.Out[0]), pp.id(op.In[0]))
	case plan.Gather:
		return kernel("Gather").Call(pp.id(op.Out[0]), pp.id(op.In[0]), pp.scalar(op.Settings[0]))
	case plan.Fill:
		if pp.p.Values[op.Out[0]].Kind != category.Real {
			return kernel("FillIndices").Call(pp.id(op.Out[0]), jen.Lit(int(op.Number)))
		}
		return kernel("Fill").Call(pp.id(op.Out[0]), number(op.Number))
	case plan.FillMean:
		return kernel("Fill").Call(pp.id(op.Out[0]), number(op.Number).Op("/").Add(pp.real()).Parens(pp.total()))
	case plan.Copy:
		return pp.copyOp(op)
	case plan.Place:
		return rt("Place").Call(pp.id(op.Out[0]), pp.id(op.In[0]), jen.Lit(op.Less*pp.p.Values[op.Out[0]].Size()))
	case plan.SumBatch:
		return rt("SumBatch").Call(pp.id(op.Out[0]), pp.id(op.In[0]))
	case plan.Part:
		return rt("Part").Call(pp.id(op.Out[0]), pp.id(op.In[0]), pp.count(op), jen.Lit(op.Start))
	case plan.AddPart:
		return rt("AddPart").Call(pp.id(op.Out[0]), pp.id(op.In[0]), pp.count(op), jen.Lit(op.Start))
	case plan.Hand:
		return pp.handCall(op)
	case plan.HandReverse:
		return pp.handReverse(op)
	}
	return jen.Null()
}

// primCall prints the call of a kernel, or of the private function that
// stands in for one.
func (pp *planPrinter) primCall(op *plan.Op, n jen.Code, operand func(plan.ValueID) *jen.Statement) *jen.Statement {
	var args []jen.Code
	for _, v := range op.Out {
		args = append(args, operand(v))
	}
	for _, v := range op.In {
		args = append(args, operand(v))
	}
	args = append(args, n)
	args = append(args, dimArgs(op.Prim, pp.lengths(op))...)
	for _, s := range op.Settings {
		args = append(args, pp.scalar(s))
	}
	if op.Draws {
		args = append(args, pp.firstExample(op))
	}
	return pp.e.primFunc(op.Prim.Decl, op.Line).Call(args...)
}

// firstExample prints the number of the first example that a kernel is given.
func (pp *planPrinter) firstExample(op *plan.Op) *jen.Statement {
	fold := max(op.Fold, 1)
	var at []*jen.Statement // what adds up to it
	times := func(id string) *jen.Statement {
		if fold == 1 {
			return jen.Id(id)
		}
		return jen.Id(id).Op("*").Lit(fold)
	}
	if parted(pp.p) {
		at = append(at, times("p.first"))
	}
	switch {
	case op.Once:
		return jen.Lit(0)
	case op.PerExample:
		at = append(at, jen.Id("k"))
	case op.Share == plan.ByExample:
		at = append(at, times("lo"))
	}
	switch len(at) {
	case 0:
		return jen.Lit(0)
	case 1:
		return at[0]
	}
	return at[0].Op("+").Add(at[1])
}

// primFunc refers to the function that computes a primitive, or one line of
// its reverse.
func (e *emitter) primFunc(decl *category.PrimDecl, line string) *jen.Statement {
	if decl.Kernel != "" {
		return kernel(exported(decl.Kernel + "_" + line0(line)))
	}
	f := jen.Id(e.loops.name(decl, line))
	if line == "" && indicesAlone(decl) {
		return f.Types(jen.Float32()) // which no argument tells
	}
	return f
}

// indicesAlone reports whether nothing that a primitive's kernel takes is real.
func indicesAlone(d *category.PrimDecl) bool {
	real := func(p category.Port) bool { return p.Kind == category.Real }
	return !slices.ContainsFunc(slices.Concat(d.Ins, d.Given, d.Outs), real) && len(d.Keeps) == 0 && len(d.Settings) == 0
}

// line0 spells a reverse line's target as the kernel convention does.
func line0(line string) string { return strings.ReplaceAll(line, "'", "2") }

// dimArgs lists the solved dimensions in declaration order; a segment counts
// as the product of its extents, and lengths says how long lists are.
func dimArgs(p *category.Prim, lengths map[string]*jen.Statement) []jen.Code {
	var out []jen.Code
	for _, d := range p.Decl.Dims {
		if n := lengths[d]; n != nil {
			out = append(out, jen.Add(n))
			continue
		}
		out = append(out, jen.Lit(dimValue(p, d)))
	}
	return out
}

func dimValue(p *category.Prim, d string) int {
	if !p.Decl.Segments[d] {
		return p.Dims[d]
	}
	size := 1
	for _, x := range p.Segs[d] {
		size *= x
	}
	return size
}

// count prints the number of examples that a kernel is told.
func (pp *planPrinter) count(op *plan.Op) *jen.Statement {
	fold := max(op.Fold, 1)
	switch {
	case op.Once:
		return jen.Lit(fold)
	case fold > 1 && op.Less > 0 && !pp.share:
		return jen.Parens(pp.less(op)).Op("*").Lit(fold)
	case fold > 1:
		return pp.n().Op("*").Lit(fold)
	}
	return pp.less(op)
}

// less prints how many examples a statement is about: of a list, as many as
// are left of it.
func (pp *planPrinter) less(op *plan.Op) *jen.Statement {
	if op.Less == 0 || pp.share {
		return pp.n()
	}
	return pp.n().Op("-").Lit(op.Less)
}

// lengths prints what the length of the list is that a statement folds.
func (pp *planPrinter) lengths(op *plan.Op) map[string]*jen.Statement {
	out := map[string]*jen.Statement{}
	for _, q := range op.Prim.Decl.Ins {
		if q.Over != category.Real {
			out[q.Shape[0].Var] = pp.less(op)
		}
	}
	return out
}

// scalar prints a setting as a kernel takes it.
func (pp *planPrinter) scalar(s plan.Scalar) *jen.Statement {
	switch {
	case s.Value != plan.NoValue:
		return pp.id(s.Value)
	case s.Int:
		return jen.Lit(int(s.Const))
	}
	return number(s.Const)
}

// number prints a constant that takes the type of its surroundings.
func number(v float64) *jen.Statement {
	if v == float64(int64(v)) && v > -1e15 && v < 1e15 {
		return jen.Lit(int(v))
	}
	return jen.Lit(v)
}

// slice is element k of a value that is cut into pieces of size elements.
func slice(value *jen.Statement, size int) *jen.Statement {
	k := jen.Id("k")
	if size == 1 {
		return value.Index(k, jen.Add(k).Op("+").Lit(1))
	}
	return value.Index(jen.Add(k).Op("*").Lit(size), jen.Parens(jen.Add(k).Op("+").Lit(1)).Op("*").Lit(size))
}

// eachExample calls the kernel on one example after another.
func (pp *planPrinter) eachExample(op *plan.Op) *jen.Statement {
	fold := max(op.Fold, 1)
	piece := func(v plan.ValueID) *jen.Statement {
		val := &pp.p.Values[v]
		if !val.Batched && fold == 1 {
			return pp.id(v)
		}
		return slice(pp.id(v), val.Size()/fold)
	}
	return jen.For(jen.Id("k").Op(":=").Range().Add(pp.count(op))).Block(pp.primCall(op, jen.Lit(1), piece))
}

// copyOp copies; a shorter source is repeated until the target is full.
func (pp *planPrinter) copyOp(op *plan.Op) *jen.Statement {
	out, in := &pp.p.Values[op.Out[0]], &pp.p.Values[op.In[0]]
	if out.Batched == in.Batched && out.Size() == in.Size() {
		return jen.Copy(pp.id(op.Out[0]), pp.id(op.In[0]))
	}
	return rt("Repeat").Call(pp.id(op.Out[0]), pp.id(op.In[0]))
}

// leafStep calls the leafwise lines of a primitive, or the one that adds up,
// on one leaf of an object.
func (pp *planPrinter) leafStep(op *plan.Op) *jen.Statement {
	var args []jen.Code
	for _, v := range op.Out {
		args = append(args, pp.id(v))
	}
	for _, v := range op.In {
		args = append(args, pp.id(v))
	}
	leaf := op.Out[0]
	if op.Kind == plan.LeafTotal {
		leaf = op.In[0]
	}
	args = append(args, jen.Lit(pp.p.Values[leaf].Size()))
	for _, s := range op.Settings {
		args = append(args, pp.scalar(s))
	}
	return pp.e.primFunc(op.Prim.Decl, op.Line).Call(args...)
}
