package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// pooling lowers a primitive that reads the batch: each line of means that is
// one for the whole batch is a statement of its own, the rest one about the
// examples, which reads what the others wrote.
func (l *lowering) pooling(n *node) {
	decl := n.prim.Decl
	pooled := decl.PooledMeans()
	where := map[string]ValueID{}
	for i, p := range decl.Ins {
		where[p.Name] = l.operand(n.in[i])
	}
	for i, p := range decl.Given {
		where[p.Name] = l.operand(n.given[i])
	}
	for i, name := range keptLocals(decl) {
		where[name] = l.value(n.kept[i])
	}
	emit := func(line string, out []vid) {
		op := Op{Kind: Forward, Prim: n.prim, Line: line, Out: l.outputs(out), Once: n.once, Settings: l.settings(n), Rule: n.rule, Span: n.span, Via: n.via}
		if line != "" {
			op.Rule = "over the batch"
		}
		op.names = MeansReads(decl, line)
		for _, name := range op.names {
			op.In = append(op.In, where[name])
		}
		l.emit(op)
	}
	for i, name := range pooled {
		emit(name, n.kept[i:i+1])
	}
	emit("", slices.Concat(n.out, n.kept[len(pooled):]))
}

// MeansReads lists what a statement of the means of a primitive that reads the
// batch takes, in the order of the kernel's arguments: the ports that its lines
// mention, then the intermediates that are one for the batch. Line is one of
// these, or "" for what is about the examples.
func MeansReads(d *category.PrimDecl, line string) []string {
	read := map[string]bool{}
	for _, eq := range meansOf(d, line) {
		for name := range mentions(eq.Expr) {
			read[name] = true
		}
	}
	var out []string
	for _, name := range slices.Concat(portNames(d), d.PooledMeans()) {
		if read[name] {
			out = append(out, name)
		}
	}
	return out
}

// meansOf are the lines of means that a statement computes.
func meansOf(d *category.PrimDecl, line string) []category.Equation {
	if !d.ReadsBatch() {
		return d.Means
	}
	var out []category.Equation
	for _, eq := range d.Means {
		if line == eq.Target || line == "" && !d.Pooled(eq.Target) {
			out = append(out, eq)
		}
	}
	return out
}

// Pooled reports whether a statement computes an intermediate that is one for
// the whole batch: workers share it by the rows of its target, for which its
// kernel has a form.
func (op *Op) Pooled() bool {
	return (op.Kind == Forward || op.Kind == Reverse) && op.Line != "" && op.Prim.Decl.Local(op.Line) != nil && op.Prim.Decl.Pooled(op.Line)
}

// ownRows reports whether a statement that is one for the batch reads of id
// only the row that it writes.
func (p *Plan) ownRows(op *Op, id ValueID) bool {
	if !op.Pooled() || p.Values[id].Batched || leading(&p.Values[id]) != op.Rows {
		return false
	}
	read := op.called(id)
	for _, line := range op.lines() {
		ok := len(line.Index) > 0
		category.Walk(line.Expr, func(e category.Expr) {
			x, is := e.(*category.Element)
			if !is || !read[x.Name] {
				return
			}
			ok = ok && len(x.Index) > 0 && !x.Padded
			if ok {
				v, plain := x.Index[0].(*category.Index)
				ok = plain && v.Var == line.Index[0]
			}
		})
		if !ok {
			return false
		}
	}
	return true
}
