package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// inner is a printer for the body of a repetition, which stands in a block
// of its own.
func (p *checkedPrinter) inner(n *category.Node, body *category.Diagram) *checkedPrinter {
	q := p.ch.printer(p.face, body)
	q.round = p.round
	for i, w := range body.Settings {
		if i < len(n.Settings) {
			q.values[w] = p.values[n.Settings[i]]
		}
	}
	return q
}

// repeat prints a loop in which what one round gives is what the next takes. A
// fold takes an element of its power besides.
func (p *checkedPrinter) repeat(n *category.Node, op *category.Repeat) {
	q := p.inner(n, op.Body)
	q.round = p.s.scope.local("i")
	in := n.In
	if op.Over != category.Real {
		last := len(in) - 1
		p.element(n.In[last], q, op.Body.Ins[last:])
		in = in[:last]
	}
	carried := make([]jen.Code, len(in))
	for i, w := range in {
		t := p.d.TypeOf(n.Out[i])
		id := p.s.scope.local(p.e.typeWord(t, "y"))
		p.stmts = append(p.stmts, jen.Id(id).Op(":=").Add(p.value(w)))
		carried[i] = jen.Id(id)
		p.values[n.Out[i]] = wireValue{code: jen.Id(id), place: true}
		q.values[op.Body.Ins[i]] = wireValue{code: jen.Id(id), place: true}
	}
	switch {
	case n.Given == category.NoWire:
	case op.Shared:
		p.store(n.Given)
		q.values[op.Body.Given] = p.values[n.Given]
	default:
		q.values[op.Body.Given] = wireValue{code: p.place(n.Given).Index(jen.Id(q.round)), place: true}
	}
	q.all()
	var next []jen.Code
	for _, w := range op.Body.Outs {
		next = append(next, q.value(w))
	}
	loop := append(q.stmts, jen.List(carried...).Op("=").List(next...))
	times := jen.Id(q.round).Op(":=").Range().Lit(op.N)
	if q.rounds == 0 && op.Over == category.Real && (n.Given == category.NoWire || op.Shared || q.live[op.Body.Given] == 0) {
		times = jen.Range().Lit(op.N)
	}
	p.stmts = append(p.stmts, jen.For(times).Block(loop...))
	for i, w := range n.Out {
		if p.live[w] == 0 && q.live[op.Body.Ins[i]] == 0 {
			p.stmts = append(p.stmts, jen.Id("_").Op("=").Add(carried[i]))
		}
	}
}

// element gives the inputs ins of q, in a loop, what the element of power w at
// hand consists of.
func (p *checkedPrinter) element(w category.WireID, q *checkedPrinter, ins []category.WireID) {
	at := p.place(w).Index(jen.Id(q.round))
	if len(ins) == 1 {
		q.values[ins[0]] = wireValue{code: at, place: true}
		return
	}
	for i, in := range ins {
		q.values[in] = wireValue{code: jen.Add(at).Dot(factorField(i)), place: true}
	}
}

// mapped prints a loop over the elements of powers. An element that is a
// product holds what the body takes, or gives, side by side.
func (p *checkedPrinter) mapped(n *category.Node, op *category.Map) {
	q := p.inner(n, op.Body)
	q.round = p.s.scope.local("i")
	if len(n.In) == 1 {
		p.element(n.In[0], q, op.Body.Ins)
	} else {
		for i, w := range n.In {
			p.element(w, q, op.Body.Ins[i:i+1])
		}
	}
	if n.Given != category.NoWire {
		p.store(n.Given)
		q.values[op.Body.Given] = p.values[n.Given]
	}
	var made []string
	for _, w := range n.Out {
		id := p.local(w)
		p.values[w] = wireValue{code: jen.Id(id), place: true}
		p.stmts = append(p.stmts, jen.Var().Id(id).Add(p.e.types.goType(p.d.TypeOf(w))))
		made = append(made, id)
	}
	q.all()
	var outs []jen.Code
	for _, w := range op.Body.Outs {
		outs = append(outs, q.value(w))
	}
	if len(made) < len(outs) {
		outs = []jen.Code{p.e.types.goType(p.d.TypeOf(n.Out[0]).Carrier().Elem).Values(named(outs)...)}
	}
	loop := q.stmts
	for i, out := range outs {
		loop = append(loop, jen.Id(made[i]).Index(jen.Id(q.round)).Op("=").Add(out))
	}
	p.stmts = append(p.stmts, jen.For(jen.Id(q.round).Op(":=").Range().Lit(op.N)).Block(loop...))
}
