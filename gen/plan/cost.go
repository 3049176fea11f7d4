package plan

import "github.com/ctgen-lang/ctgen/dsl/category"

// Flops counts the arithmetic of op for one example, or for the whole call
// where no operand is batched: one for each operation and each elementary
// function that the equations write, once per element.
func (p *Plan) Flops(op *Op) int {
	size := func(ids []ValueID) int { return p.Values[ids[0]].Size() }
	switch op.Kind {
	case Forward:
		return max(op.Fold, 1) * linesCost(op.Prim, op.Prim.Decl.Means)
	case Reverse:
		var lines []category.Equation
		for _, l := range op.Prim.Decl.Reverse {
			if l.Target == op.Line {
				lines = append(lines, l)
			}
		}
		return max(op.Fold, 1) * linesCost(op.Prim, lines)
	case LeafStep:
		per := 0
		for _, l := range op.Prim.Decl.Means {
			per += exprCost(op.Prim, &l, l.Expr)
		}
		return per * size(op.Out)
	case Accumulate:
		return size(op.Out)
	case SumBatch:
		return size(op.In)
	}
	return 0
}

func linesCost(p *category.Prim, lines []category.Equation) int {
	total := 0
	for i := range lines {
		l := &lines[i]
		n := 1
		if !p.Decl.Each || len(p.Decl.Dims) > 0 {
			for _, v := range l.Index {
				n *= extentOf(p, l, v)
			}
		}
		total += n * exprCost(p, l, l.Expr)
	}
	return total
}

// extentOf is the number of values that an index variable takes.
func extentOf(p *category.Prim, l *category.Equation, v string) int {
	d, ok := l.Range[v]
	if !ok {
		d = category.DimTerm{Var: v}
	}
	if d.Var == "" {
		return d.Const
	}
	if s, ok := p.Segs[d.Var]; ok {
		return product(s)
	}
	return p.Dims[d.Var]
}

func exprCost(p *category.Prim, l *category.Equation, e category.Expr) int {
	switch e := e.(type) {
	case *category.Unary:
		return 1 + exprCost(p, l, e.X)
	case *category.Binary:
		return 1 + exprCost(p, l, e.L) + exprCost(p, l, e.R)
	case *category.Func:
		n := 1
		for _, a := range e.Args {
			n += exprCost(p, l, a)
		}
		return n
	case *category.Reduce:
		n := 1 + exprCost(p, l, e.Body)
		for _, v := range e.Vars {
			n *= extentOf(p, l, v)
		}
		return n
	}
	return 0
}
