package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// The rules that justify the lines of a reverse pass.
const (
	ruleSeed  = "mean† = 1/n"
	ruleAdd   = "copy† = add"
	ruleDrop  = "drop† = 0"
	ruleMove  = "drop† = 0, where the list is left out"
	ruleBatch = "copy† = add, over the examples"
)

// reversal is the reverse derivative of one grad: the cotangents of the
// values between its parameters and its loss.
type reversal struct {
	*lowering
	active map[vid]bool // depends on a parameter
	cots   map[vid]*cotangent
}

// reverse emits the reverse pass of the gradNode at index at.
func (l *lowering) reverse(at int, grad *node) {
	r := &reversal{l, map[vid]bool{}, map[vid]*cotangent{}}
	for i, p := range grad.wrt {
		r.active[p] = true
		id, placed := l.ids[grad.out[i]]
		if !placed {
			id = l.value(grad.out[i])
		}
		r.cots[p] = &cotangent{id: id}
		l.p.gradients = append(l.p.gradients, id)
	}
	for _, n := range l.g.nodes[:at] {
		if slices.ContainsFunc(n.operands(), func(x ref) bool { return r.active[x.v] }) && n.kind != gradNode && n.kind != stepNode {
			for _, v := range n.out {
				r.active[v] = l.g.vals[v].kind == category.Real
			}
		}
	}
	r.survey(at, grad)
	if r.active[grad.loss.v] {
		r.contribute(grad.loss, grad.span, func(target ValueID) {
			if l.p.Values[target].Batched {
				l.emit(Op{Kind: FillMean, Number: 1, Out: []ValueID{target}, Rule: ruleSeed, Span: grad.span, Via: grad.via})
			} else {
				l.fill(target, 1, "id† = 1", grad.span)
			}
		})
	}
	for i := at - 1; i >= 0; i-- {
		r.node(l.g.nodes[i])
	}
	for _, p := range grad.wrt {
		r.complete(p, grad.span)
	}
}

func (r *reversal) node(n *node) {
	if !r.touched(n) || !slices.ContainsFunc(n.operands(), func(x ref) bool { return r.active[x.v] }) {
		return
	}
	switch n.kind {
	case primNode:
		r.prim(n)
	case handNode:
		r.handReverse(n)
	case partNode:
		from, to := r.complete(n.out[0], n.span), r.sum(n.in[0], n.span)
		r.emit(Op{Kind: AddPart, Start: n.start, Out: []ValueID{to}, In: []ValueID{from}, Once: n.once, Less: n.less, Fold: n.count(), Rule: "projection† = injection", Span: n.span, Via: n.via})
	case moveNode:
		from := r.complete(n.out[0], n.span)
		r.contribute(n.in[0], n.span, func(target ValueID) {
			r.emit(Op{Kind: Place, Out: []ValueID{target}, In: []ValueID{from}, Less: n.shift, Rule: ruleMove, Span: n.span, Via: n.via})
		})
	case copyNode:
		from := r.complete(n.out[0], n.span)
		r.contribute(n.in[0], n.span, func(target ValueID) {
			kind, rule := SumBatch, ruleBatch
			if r.p.Values[target].Batched == r.p.Values[from].Batched && r.p.Values[target].Size() == r.p.Values[from].Size() {
				kind, rule = Copy, "id† = id"
			}
			r.emit(Op{Kind: kind, Out: []ValueID{target}, In: []ValueID{from}, Once: !r.p.Values[from].Batched, Rule: rule, Span: n.span, Via: n.via})
		})
	}
}

// prim emits the reverse lines that some parameter needs.
func (r *reversal) prim(n *node) {
	decl := n.prim.Decl
	x := r.lines(n)
	for i, p := range slices.Concat(decl.Ins, decl.Given) {
		arg := slices.Concat(n.in, n.given)[i]
		if !r.active[arg.v] {
			continue
		}
		line := lineOf(decl, "d"+p.Name)
		if line == nil {
			if p.Kind != category.Real {
				continue
			}
			fail(n.span, "`%s` has no reverse line for `%s`, but a gradient needs it", decl.Name, p.Name)
		}
		r.contribute(arg, n.span, func(target ValueID) { x.emit(line, target) })
	}
}
