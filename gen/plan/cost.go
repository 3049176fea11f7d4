package plan

import "github.com/ctgen-lang/ctgen/dsl/category"

// Flops counts the arithmetic of op for one example, or for the whole call
// where no operand is batched: one for each operation and each elementary
// function that the equations write, once per element.
func (p *Plan) Flops(op *Op) int {
	size := func(ids []ValueID) int { return p.Values[ids[0]].Size() }
	switch op.Kind {
	case Forward:
		return max(op.Fold, 1) * linesCost(op.Prim, op.lines())
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
		for _, l := range leafLines(op.Prim.Decl, nil) {
			per += exprCost(op.Prim, &l, l.Expr)
		}
		return per * size(op.Out)
	case LeafTotal:
		for _, l := range op.Prim.Decl.Totals() {
			if l.Target == op.Line {
				return size(op.In) * (1 + exprCost(op.Prim, &l, l.Expr.(*category.Reduce).Body))
			}
		}
	case Accumulate, Gather:
		return size(op.Out)
	case AddPart:
		return size(op.In)
	case SumBatch:
		return size(op.In)
	}
	return 0
}

// Arithmetic counts the operations of the whole plan for one example, with what is
// done once for all of them.
func (p *Plan) Arithmetic() int {
	total := 0
	for i := range p.Ops {
		total += p.Flops(&p.Ops[i])
	}
	return total
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
	if d.Var == category.Batch {
		return 1 // costs are those of one example
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

// flops is the arithmetic of op for n examples.
func (p *Plan) flops(op *Op) Extent {
	if op.Once {
		return Extent{Fixed: p.Flops(op)}
	}
	return Extent{PerExample: p.Flops(op)}
}

// Bytes counts what op reads and writes for n examples, every operand once.
func (p *Plan) Bytes(op *Op) Extent {
	var x Extent
	add := func(ids []ValueID) {
		for _, id := range ids {
			if id == NoValue {
				continue
			}
			v := &p.Values[id]
			size := v.Size() * width[v.Kind]
			if v.Batched {
				x.PerExample += size
			} else {
				x.Fixed += size
			}
		}
	}
	add(op.Out)
	add(op.reads())
	return x
}

// width is the number of bytes of one element.
var width = map[category.Kind]int{category.Real: 4, category.Fin: 4, category.Int: 8, category.Bool: 1}

// ridge is the number of operations for each byte at which arithmetic takes
// as long as moving the operands: a core with 256-bit vectors makes 32
// operations a cycle and reads 32 bytes a cycle from its second-level cache.
// With 512-bit vectors it is 2.
const ridge = 1.0

const ridgeText = "by 1 flop for each byte from the second-level cache"

// Roofline predicts which share of the machine's peak arithmetic the plan
// reaches on n examples, where every statement takes as long as the slower
// of its arithmetic and its operands (Williams, Waterman and Patterson,
// 2009). Calls, branches and elementary functions cost nothing here.
func (p *Plan) Roofline(n int) float64 {
	done, time := 0.0, 0.0
	for i := range p.Ops {
		f := float64(p.flops(&p.Ops[i]).at(n))
		done += f
		time += max(f, ridge*float64(p.Bytes(&p.Ops[i]).at(n)))
	}
	if time == 0 {
		return 0
	}
	return done / time
}

func (x Extent) at(n int) int { return x.PerExample*n + x.Fixed }

func (x Extent) plus(y Extent) Extent {
	return Extent{x.PerExample + y.PerExample, x.Fixed + y.Fixed}
}
