package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// fold prints a loop over the elements of a power or a list, in which what one
// round gives is what the next takes.
func (p *forwardPrinter) fold(n *category.Node, op *category.Repeat) {
	d, last := op.Body, len(n.In)-1
	q := &forwardPrinter{e: p.e, s: p.s, d: d, values: make([]wireValue, len(d.Wires)), uses: useCounts(d)}
	carried := make([]jen.Code, last)
	for i, w := range n.In[:last] {
		id := p.local(n.Out[i])
		p.stmts = append(p.stmts, jen.Id(id).Op(":=").Add(p.value(w)))
		carried[i] = jen.Id(id)
		p.values[n.Out[i]] = wireValue{code: jen.Id(id), place: true}
		q.values[d.Ins[i]] = p.values[n.Out[i]]
	}
	from, i := p.place(n.In[last]), p.s.scope.local("i")
	at := jen.Add(from).Index(jen.Id(i))
	for k, w := range d.Ins[last:] {
		q.values[w] = wireValue{code: jen.Add(at), place: true}
		if len(d.Ins)-last > 1 {
			q.values[w].code = jen.Add(at).Dot(factorField(k))
		}
	}
	if d.Given != category.NoWire {
		p.store(n.Given)
		q.values[d.Given] = p.values[n.Given]
	}
	for k, w := range d.Settings {
		q.values[w] = p.values[n.Settings[k]]
	}
	for _, inner := range d.Nodes {
		if read(inner, q.uses) {
			q.node(inner)
		}
	}
	loop := append(q.stmts, jen.List(carried...).Op("=").List(q.outs()...))
	p.stmts = append(p.stmts, jen.For(jen.Id(i).Op(":=").Range().Add(from)).Block(loop...))
	for k, w := range n.Out {
		if p.uses[w] == 0 && q.uses[d.Ins[k]] == 0 {
			p.stmts = append(p.stmts, jen.Id("_").Op("=").Add(carried[k]))
		}
	}
}
