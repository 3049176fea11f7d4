package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// A plan for an arrow that takes a list is about one list per call: its
// elements take the place of the examples of a batch. What a list is made of
// is batched, what it is folded to is not, and windows of it are views that
// begin at another element and end before the last.

// leavesOf are the tensors of t, or of one element where t is a list.
func leavesOf(t *category.Type) []category.Leaf {
	if c := t.Carrier(); c.Kind == category.List {
		return c.Elem.Leaves()
	}
	return t.Leaves()
}

// list makes the elements of the one list among d's inputs the examples. What
// stands beside it is one for all of them.
func (b *builder) list(d *category.Diagram) {
	for _, w := range d.Ins {
		t := d.TypeOf(w)
		if t.Carrier().Kind != category.List {
			continue
		}
		if b.g.list {
			fail(b.span, "an arrow of several lists has no plan: the elements of one are its examples")
		}
		b.g.list = true
	}
}

// split gives each input of a body its tensors, where one object that holds a
// product stands for several inputs.
func split(ins [][]ref, body *category.Diagram) [][]ref {
	if len(ins) != 1 || len(body.Ins) == 1 {
		return ins
	}
	out := make([][]ref, len(body.Ins))
	rest := ins[0]
	for i, w := range body.Ins {
		k := len(body.TypeOf(w).Leaves())
		if k > len(rest) {
			fail(body.Wires[w].Span, "%s does not fit what is mapped over", body.TypeOf(w))
		}
		out[i], rest = rest[:k], rest[k:]
	}
	return out
}

// overList runs the body of a map on the elements of a list as on examples.
func (f *frame) overList(cn *category.Node, op *category.Map) {
	if len(f.fold) > 0 {
		fail(cn.Span, "a list inside map has no plan")
	}
	outs := f.inliner.diagram(op.Body, split(f.all(cn.In), op.Body), f.get(cn.Given), nil, f.settingsOf(cn))
	f.set(cn.Out[0], slices.Concat(outs...))
}

// folded places a primitive that makes one of the elements of a list.
func (f *frame) folded(cn *category.Node, prim *category.Prim) {
	decl := prim.Decl
	if len(decl.Ins) != 1 || len(decl.Outs) != 1 || decl.Outs[0].Over != category.Real || len(decl.Given) > 0 {
		fail(cn.Span, "`%s` is no fold of one list, and has no plan", decl.Name)
	}
	rs := f.get(cn.In[0])
	if len(rs) != 1 || len(rs[0].fold) > 0 || !f.g.list {
		fail(cn.Span, "`%s` of %s has no plan", decl.Name, f.d.TypeOf(cn.In[0]))
	}
	n := f.newNode(primNode, cn.Span, rs, nil)
	n.prim, n.settings = prim, f.settingsOf(cn)
	w := cn.Out[0]
	t := f.d.TypeOf(w)
	leaf := t.Leaves()[0]
	v := f.g.output(n, leafName(f.d.Wires[w].Name, t, &leaf), decl.Outs[0].Kind, prim.PortShape(decl.Outs[0]), t)
	f.set(w, []ref{{v: v, dims: leaf.Dims}})
	f.g.keep(n)
}

// move places a primitive that moves what a list holds: its results are views
// of the list.
func (f *frame) move(cn *category.Node, prim *category.Prim) {
	decl := prim.Decl
	if len(decl.Ins) != 1 || len(decl.Outs) != 1 || decl.Ins[0].Over != category.List || decl.Outs[0].Over != category.List || !f.g.list {
		fail(cn.Span, "`%s` has no plan: it makes no list of a list", decl.Name)
	}
	from, port, line := f.get(cn.In[0]), decl.Outs[0], &decl.Means[0]
	list := decl.Ins[0].Shape[0].Var
	size := category.LengthOf(decl, port.Shape[0])
	if size.Terms[list] != 1 || len(size.Terms) != 1 || size.By > 0 {
		fail(cn.Span, "`%s` has no plan: what it makes is no part of its list", decl.Name)
	}
	var out []ref
	for c := range port.Copies {
		at := map[string]category.Linear{line.Index[0]: {Terms: map[string]int{line.Index[0]: 1}}}
		if port.Copies > 1 {
			at[line.Index[1]] = category.Linear{By: c}
		}
		first := category.LinearOf(decl, line.Expr.(*category.Element).Index[0], at)
		if first.Terms[line.Index[0]] != 1 || len(first.Terms) != 1 || first.By < 0 {
			fail(cn.Span, "`%s` has no plan: it does not keep the order of its list", decl.Name)
		}
		for _, r := range from {
			n := f.newNode(moveNode, cn.Span, []ref{r}, nil)
			n.prim, n.shift, n.less = prim, first.By, -size.By
			of := f.g.vals[r.v]
			name := of.name
			if port.Copies > 1 {
				name += "_" + [...]string{"first", "second"}[min(c, 1)]
			}
			out = append(out, ref{v: f.g.output(n, name, of.kind, r.dims, of.typ), dims: r.dims})
		}
	}
	f.set(cn.Out[0], out)
}

// lessen finds how many elements less than the list has a node works on.
func (b *batcher) lessen(n *node) {
	first := true
	b.less = 0
	for _, r := range n.operands() {
		x := &b.g.vals[b.g.resolve(r).v]
		if !x.batched {
			continue
		}
		if !first && x.less != b.less {
			fail(n.span, "lists of different lengths side by side have no plan")
		}
		b.less, first = x.less, false
	}
	if n.kind != moveNode {
		n.less = b.less
	}
}

// overList settles what a node makes of a whole list.
func (b *batcher) overList(n *node, any bool) {
	if !any {
		fail(n.span, "`%s` of a list that is no input has no plan", n.prim.Decl.Name)
	}
	for _, least := range n.prim.Decl.Lengths {
		b.g.least = max(b.g.least, least+b.less)
	}
	x := &b.g.vals[n.out[0]]
	if n.kind == moveNode {
		x.batched, x.less = true, b.less+n.less
		return
	}
	n.once = true
}

// shifted is the view that a moved list is.
func (l *lowering) shifted(v vid) ValueID {
	x := &l.g.vals[v]
	of := l.operand(x.node.in[0])
	id := l.add(Value{Name: x.name, Kind: x.kind, Dims: x.dims, Batched: true, Less: x.less, Store: ViewStore, Of: of, Shift: x.node.shift, Type: x.typ, Span: x.span})
	l.ids[v] = id
	return id
}

// lessOf is how many examples less than there are a node's batched
// intermediates hold.
func (n *node) lessOf(batched bool) int {
	if batched {
		return n.less
	}
	return 0
}

// lessOf is how many examples less than there are a statement is about.
func (p *Plan) lessOf(op *Op) int {
	for _, id := range slices.Concat(op.Out, op.In) {
		if id != NoValue && p.Values[id].Batched {
			return p.Values[id].Less
		}
	}
	return 0
}

// Shifted reports whether some statement reads an argument through a view that
// begins at another element: such views change with the argument.
func (p *Plan) Shifted() bool {
	return slices.ContainsFunc(p.Values, func(v Value) bool {
		return v.Store == ViewStore && v.Batched && p.Values[v.Of].Batched && (v.Less > 0 || v.Shift > 0)
	})
}
