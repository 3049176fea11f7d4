package golang

import (
	"maps"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

func functorName(k category.Kind) string {
	if k == category.Option {
		return "Option"
	}
	return "List"
}

// mapped prints a loop over the elements of a list, or what is done with what
// an option holds.
func (p *forwardPrinter) mapped(n *category.Node, op *category.Map) {
	from := p.place(n.In[0])
	id := p.local(n.Out[0])
	to := p.d.TypeOf(n.Out[0])
	p.values[n.Out[0]] = wireValue{code: jen.Id(id), place: true}
	if op.Over == category.Option {
		p.stmts = append(p.stmts, jen.Var().Id(id).Add(p.e.types.goType(to)))
		body, out := p.element(n, op, jen.Parens(jen.Op("*").Add(from)))
		p.stmts = append(p.stmts, jen.If(jen.Add(from).Op("!=").Nil()).Block(append(body, jen.Id(id).Op("=").Add(rt("Some")).Call(out))...))
		return
	}
	p.stmts = append(p.stmts, jen.Id(id).Op(":=").Make(p.e.types.goType(to), jen.Len(jen.Add(from))))
	i := p.s.scope.local("i")
	body, out := p.element(n, op, jen.Add(from).Index(jen.Id(i)))
	p.stmts = append(p.stmts, jen.For(jen.Id(i).Op(":=").Range().Add(from)).Block(append(body, jen.Id(id).Index(jen.Id(i)).Op("=").Add(out))...))
}

// element prints the body of a map on one element: its statements, and its
// result.
func (p *forwardPrinter) element(n *category.Node, op *category.Map, at *jen.Statement) ([]jen.Code, *jen.Statement) {
	d := op.Body
	q := &forwardPrinter{e: p.e, s: p.s, d: d, values: make([]wireValue, len(d.Wires)), uses: useCounts(d)}
	for i, w := range d.Ins {
		q.values[w] = wireValue{code: jen.Add(at), place: true}
		if len(d.Ins) > 1 {
			q.values[w].code = jen.Add(at).Dot(factorField(i))
		}
	}
	if d.Given != category.NoWire {
		p.store(n.Given)
		q.values[d.Given] = p.values[n.Given]
	}
	for i, w := range d.Settings {
		q.values[w] = p.values[n.Settings[i]]
	}
	q.nodes()
	outs := q.outs()
	if len(outs) == 1 {
		return q.stmts, jen.Add(outs[0])
	}
	return q.stmts, p.e.types.goType(p.d.TypeOf(n.Out[0]).Carrier().Elem).Values(named(outs)...)
}

// named prints the fields of a product with their names.
func named(values []jen.Code) []jen.Code {
	out := make([]jen.Code, len(values))
	for i, v := range values {
		out[i] = jen.Id(factorField(i)).Op(":").Add(v)
	}
	return out
}

// lengths prints what the variables of a scheme over lists stand for, after a
// check that no list is too short.
func (p *forwardPrinter) lengths(n *category.Node, prim *category.Prim) map[string]*jen.Statement {
	d := prim.Decl
	out := map[string]*jen.Statement{}
	for i, q := range d.Ins {
		if q.Over == category.Real {
			continue
		}
		v := q.Shape[0].Var
		out[v] = jen.Len(p.place(n.In[i]))
		if least := d.Lengths[v]; least > 0 {
			check := rt("CheckList").Call(jen.Lit(p.primTitle(n, prim)), jen.Lit(p.e.text(p.d.TypeOf(n.In[i]))), jen.Add(out[v]), jen.Lit(least))
			p.stmts = append(p.stmts, p.attempt(check))
		}
	}
	return out
}

// primTitle is what an error calls a primitive: the arrow that it is, or std's
// name where a term uses it without an arrow of its own.
func (p *forwardPrinter) primTitle(n *category.Node, prim *category.Prim) string {
	if p.s.arrow != nil && p.s.arrow.Kind == category.Lifted {
		return p.s.arrow.Name
	}
	return primName(prim)
}

// attemptCall prints the call of an arrow that may fail.
func (p *forwardPrinter) attemptCall(n *category.Node, call *jen.Statement) {
	ids := make([]jen.Code, len(n.Out), len(n.Out)+1)
	some := false
	for i, w := range n.Out {
		ids[i] = jen.Id("_")
		if p.uses[w] > 0 {
			id := p.local(w)
			p.values[w] = wireValue{code: jen.Id(id), place: true}
			ids[i] = jen.Id(id)
			some = true
		}
	}
	try := jen.List(append(ids, jen.Err())...).Op(":=").Add(call)
	failed := jen.Err().Op("!=").Nil()
	if !some {
		p.stmts = append(p.stmts, jen.If(try, failed).Block(p.failure()))
		return
	}
	p.stmts = append(p.stmts, try, jen.If(failed).Block(p.failure()))
}

// attempt prints a call that gives an error and nothing else.
func (p *forwardPrinter) attempt(call *jen.Statement) jen.Code {
	return jen.If(jen.Err().Op(":=").Add(call), jen.Err().Op("!=").Nil()).Block(p.failure())
}

// failure returns the error err, with zeros beside it.
func (p *forwardPrinter) failure() jen.Code {
	var out []jen.Code
	for _, t := range p.s.results {
		out = append(out, p.e.types.zero(t))
	}
	return jen.Return(append(out, jen.Err())...)
}

// zero prints the zero value of t.
func (tt *typeTable) zero(t *category.Type) *jen.Statement {
	switch c := t.Carrier(); c.Kind {
	case category.List, category.Option:
		return jen.Nil()
	case category.Bool:
		return jen.False()
	case category.Text:
		return jen.Lit("")
	case category.Fin, category.Int:
		return jen.Lit(0)
	case category.Real:
		if len(c.Dims) == 0 {
			return jen.Lit(0)
		}
	}
	return tt.goType(t).Values()
}

// move prints a primitive that moves whole objects; the results get variables.
func (p *forwardPrinter) move(n *category.Node, prim *category.Prim) {
	d := prim.Decl
	sizes := p.lengths(n, prim)
	for _, line := range d.Means {
		out := portAt(d.Outs, line.Target)
		el := line.Expr.(*category.Element)
		port := &d.Outs[out]
		read := func(at map[string]category.Linear) []jen.Code { return p.moved(n, prim, el, at, sizes) }
		if port.Over == category.Real {
			parts := read(nil)
			for i, w := range n.Out {
				p.set(w, jen.Add(parts[i]))
			}
			continue
		}
		t := p.d.TypeOf(n.Out[out])
		size := category.LengthOf(d, port.Shape[0])
		i := "i"
		if port.Over == category.List {
			i = p.s.scope.local("i")
		}
		at := map[string]category.Linear{line.Index[0]: {Terms: map[string]int{i: 1}}}
		if port.Over == category.Option {
			at = map[string]category.Linear{line.Index[0]: {}}
		}
		value := func() *jen.Statement {
			var parts []jen.Code
			for c := range max(port.Copies, 1) {
				if port.Copies > 1 {
					at[line.Index[1]] = category.Linear{By: c}
				}
				parts = append(parts, read(at)...)
			}
			if len(parts) == 1 {
				return jen.Add(parts[0])
			}
			return p.e.types.goType(t.Carrier().Elem).Values(named(parts)...)
		}
		if port.Over == category.Option {
			if size.Constant() && size.By > 0 {
				p.set(n.Out[out], rt("Some").Call(value()))
				continue
			}
			id := p.local(n.Out[out])
			p.values[n.Out[out]] = wireValue{code: jen.Id(id), place: true}
			p.stmts = append(p.stmts, jen.Var().Id(id).Add(p.e.types.goType(t)),
				jen.If(linearCode(size, sizes).Op(">").Lit(0)).Block(jen.Id(id).Op("=").Add(rt("Some")).Call(value())))
			continue
		}
		id := p.local(n.Out[out])
		p.values[n.Out[out]] = wireValue{code: jen.Id(id), place: true}
		p.stmts = append(p.stmts, jen.Id(id).Op(":=").Make(p.e.types.goType(t), linearCode(size, sizes)),
			jen.For(jen.Id(i).Op(":=").Range().Id(id)).Block(jen.Id(id).Index(jen.Id(i)).Op("=").Add(value())))
	}
}

// moved prints the factors of the object that a line reads.
func (p *forwardPrinter) moved(n *category.Node, prim *category.Prim, el *category.Element, at map[string]category.Linear, sizes map[string]*jen.Statement) []jen.Code {
	d := prim.Decl
	in := portAt(d.Ins, el.Name)
	if len(el.Index) == 0 { // the object itself
		var parts []jen.Code
		ws := n.In[in : in+1]
		if len(d.Ins) == 1 {
			ws = n.In
		}
		for _, w := range ws {
			parts = append(parts, p.value(w))
		}
		return parts
	}
	whole := p.place(n.In[in]).Index(linearCode(category.LinearOf(d, el.Index[0], at), sizes))
	factors := prim.Object.Factors()
	if len(factors) == 1 || len(at) == 1 { // a list of such objects takes it as it is
		return []jen.Code{whole}
	}
	var parts []jen.Code
	for i := range factors {
		parts = append(parts, jen.Add(whole).Dot(factorField(i)))
	}
	return parts
}

func portAt(ports []category.Port, name string) int {
	for i := range ports {
		if ports[i].Name == name {
			return i
		}
	}
	return -1
}

// linearCode prints l; lengths say what variables of lists are in Go.
func linearCode(l category.Linear, lengths map[string]*jen.Statement) *jen.Statement {
	s := jen.Null()
	for i, v := range slices.Sorted(maps.Keys(l.Terms)) {
		x := jen.Id(v)
		if n := lengths[v]; n != nil {
			x = jen.Add(n)
		}
		k := l.Terms[v]
		switch {
		case i > 0 && k < 0:
			s = s.Op("-")
		case i > 0:
			s = s.Op("+")
		case k < 0:
			s = s.Op("-")
		}
		if k = max(k, -k); k > 1 {
			s = s.Lit(k).Op("*")
		}
		s = s.Add(x)
	}
	switch {
	case l.Constant():
		return jen.Lit(l.By)
	case l.By > 0:
		return s.Op("+").Lit(l.By)
	case l.By < 0:
		return s.Op("-").Lit(-l.By)
	}
	return s
}
