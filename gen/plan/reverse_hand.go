package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// handReverse calls the reverse of a hand-written arrow, which gives all
// input tangents at once and adds to the parameters' tangent.
func (r *reversal) handReverse(n *node) {
	a := n.arrow
	op := Op{Kind: HandReverse, Arrow: a, Once: n.once, PerExample: n.perExample, Fold: n.count(), Rule: a.Name + "†", Span: n.span, Via: n.via}
	op.In = append(r.operands(slices.Concat(n.in, n.given)), r.outputs(n.out)...)
	for i, l := range a.Cod.Leaves() {
		if differentiable(&l) {
			op.In = append(op.In, r.complete(n.out[i], n.span))
		}
	}
	var finish []func()
	for i, l := range a.Dom.Leaves() {
		switch {
		case !differentiable(&l):
		case r.active[n.in[i].v]:
			target, done := r.begin(n.in[i], n.span)
			op.Out, finish = append(op.Out, target), append(finish, done)
		default:
			op.Out = append(op.Out, NoValue)
		}
	}
	for i, l := range a.Given.Leaves() {
		if !differentiable(&l) {
			continue
		}
		x := n.given[i]
		if r.active[x.v] {
			op.Out = append(op.Out, r.sum(x, n.span))
			continue
		}
		id := r.operand(x)
		v := r.p.Values[id]
		scratch := r.add(Value{Name: "unused_d_" + v.Name, Kind: category.Real, Dims: v.Dims, Batched: v.Batched, Store: WorkStore, Of: NoValue, Span: n.span})
		r.fill(scratch, 0, ruleDrop, n.span)
		op.Out = append(op.Out, scratch)
	}
	r.emit(op)
	for _, done := range finish {
		done()
	}
}
