package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// apply places a primitive: as an alias where it is the identity, leaf by
// leaf where its lines map over an object, else as one node.
func (f *frame) apply(cn *category.Node, prim *category.Prim) {
	decl := prim.Decl
	switch {
	case decl.Moves():
		f.move(cn, prim)
	case decl.OverLists():
		f.folded(cn, prim)
	case decl.Partial:
		fail(cn.Span, "`%s` may fail, and what may fail has no plan yet", decl.Name)
	case decl.IdentityLike():
		f.bind(cn.Out, f.all(cn.In))
	case decl.Reshapes():
		f.reshape(cn)
	case decl.Each && (len(decl.Given) > 0 || len(decl.Totals()) > 0):
		f.stepOver(cn, prim)
	case decl.Each:
		f.leafwise(cn, prim)
	default:
		f.single(cn, prim)
	}
}

// reshape sees the same elements in another shape.
func (f *frame) reshape(cn *category.Node) {
	rs, t := f.get(cn.In[0]), f.d.TypeOf(cn.Out[0])
	leaves := t.Leaves()
	if len(rs) != 1 || len(leaves) != 1 || leaves[0].Size() != product(rs[0].dims) {
		fail(cn.Span, "%s and %s are not as many numbers", f.d.TypeOf(cn.In[0]), t)
	}
	f.set(cn.Out[0], []ref{shaped(rs[0], leaves[0].Dims)})
}

// single places a primitive over carriers: every port is one tensor.
func (f *frame) single(cn *category.Node, prim *category.Prim) {
	decl := prim.Decl
	if len(cn.In) != len(decl.Ins) || len(cn.Out) != len(decl.Outs) {
		fail(cn.Span, "`%s` does not fit its %d inputs and %d outputs", decl.Name, len(cn.In), len(cn.Out))
	}
	in := make([]ref, len(cn.In))
	for i, w := range cn.In {
		rs := f.get(w)
		if len(rs) != 1 {
			fail(cn.Span, "`%s` takes one tensor as `%s`, not %s", decl.Name, decl.Ins[i].Name, f.d.TypeOf(w))
		}
		in[i] = shaped(rs[0], prim.PortShape(decl.Ins[i]))
	}
	var given []ref
	if len(decl.Given) > 0 {
		given = f.givenPorts(cn, prim)
	}
	n := f.newNode(primNode, cn.Span, in, given)
	if decl.ReadsBatch() && len(n.fold) > 0 {
		fail(cn.Span, "`%s` is about the examples of a batch, and map is about the elements of one", decl.Name)
	}
	n.prim, n.settings = prim, f.settingsOf(cn)
	for i, w := range cn.Out {
		t, dims := f.d.TypeOf(w), prim.PortShape(decl.Outs[i])
		leaves := t.Leaves()
		if len(leaves) != 1 || leaves[0].Size() != product(dims) {
			fail(cn.Span, "`%s` gives one tensor of shape %v, not %s", decl.Name, dims, t)
		}
		v := f.g.output(n, leafName(f.d.Wires[w].Name, t, &leaves[0]), decl.Outs[i].Kind, dims, t)
		f.set(w, []ref{{v: v, fold: n.fold, dims: leaves[0].Dims}})
	}
	f.g.keep(n)
}

// keep adds the intermediates that n's kernel outputs besides its results.
func (g *graph) keep(n *node) {
	n.kept = nil
	for _, name := range keptLocals(n.prim.Decl) {
		p := n.prim.Decl.Local(name)
		if p == nil {
			fail(n.span, "`%s` keeps `%s`, which no line defines", n.prim.Decl.Name, name)
		}
		dims := slices.Concat(n.fold, n.prim.PortShape(p.Port))
		n.kept = append(n.kept, g.add(val{name: n.prim.Decl.Name + "_" + snake(name), kind: p.Kind, dims: dims, span: n.span, node: n}))
	}
}

// keptLocals are the intermediates of means that have memory: those that are
// one for the whole batch, then the names in `keeps` that are no port.
func keptLocals(d *category.PrimDecl) []string {
	out := d.PooledMeans()
	for _, k := range d.Keeps {
		if portOf(d.Ins, k) < 0 && portOf(d.Given, k) < 0 && portOf(d.Outs, k) < 0 && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

func portOf(ports []category.Port, name string) int {
	return slices.IndexFunc(ports, func(p category.Port) bool { return p.Name == name })
}

// shaped views r in the shape a port declares; the order of elements is the
// same.
func shaped(r ref, dims []int) ref {
	if product(r.dims) == product(dims) {
		r.dims = dims
	}
	return r
}

// givenPorts finds the leaf behind each parameter port: by field name, else
// by place.
func (f *frame) givenPorts(cn *category.Node, prim *category.Prim) []ref {
	ports := prim.Decl.Given
	leaves := f.get(cn.Given)
	if cn.Given == category.NoWire || len(leaves) != len(ports) {
		fail(cn.Span, "`%s` needs %d parameter tensors, but %d arrive", prim.Decl.Name, len(ports), len(leaves))
	}
	types := f.d.TypeOf(cn.Given).Leaves()
	out := make([]ref, len(ports))
	for i, p := range ports {
		k := slices.IndexFunc(types, func(l category.Leaf) bool {
			return len(l.Path) > 0 && l.Path[len(l.Path)-1] == p.Name
		})
		if k < 0 {
			k = i
		}
		dims := prim.PortShape(p)
		if product(leaves[k].dims) != product(dims) {
			fail(cn.Span, "`%s` takes `%s` of shape %v, not %v", prim.Decl.Name, p.Name, dims, leaves[k].dims)
		}
		out[i] = shaped(leaves[k], dims)
	}
	return out
}

// leafwise places one node per leaf of the object. The leaf's elements count
// as examples: the lines treat them all alike.
func (f *frame) leafwise(cn *category.Node, prim *category.Prim) {
	decl := prim.Decl
	ins := f.all(cn.In)
	for i := range decl.Ins {
		if i >= len(ins) || !decl.Ins[i].Whole || len(ins[i]) != len(ins[0]) {
			fail(cn.Span, "`%s` does not fit what it maps over", decl.Name)
		}
	}
	outs := make([][]ref, len(cn.Out))
	types := make([][]category.Leaf, len(cn.Out))
	for i, w := range cn.Out {
		types[i] = f.d.TypeOf(w).Leaves()
		if len(ins) > 0 && len(types[i]) != len(ins[0]) {
			fail(cn.Span, "`%s` does not fit what it maps over", decl.Name)
		}
	}
	for k := range ins[0] {
		in := make([]ref, len(ins))
		for i := range ins {
			in[i] = ins[i][k]
		}
		n := f.newNode(primNode, cn.Span, in, nil)
		n.settings = f.settingsOf(cn)
		n.prim = leafPrim(prim, in[0].dims)
		for i, w := range cn.Out {
			l := &types[i][k]
			v := f.g.output(n, leafName(f.d.Wires[w].Name, f.d.TypeOf(w), l), l.Kind, in[0].dims, f.d.TypeOf(w))
			outs[i] = append(outs[i], ref{v: v, fold: n.fold, dims: in[0].dims})
		}
		f.g.keep(n)
	}
	f.bind(cn.Out, outs)
}

// leafPrim solves a primitive with `each` for one leaf: its index segments
// all run over the leaf.
func leafPrim(p *category.Prim, dims []int) *category.Prim {
	q := *p
	q.Segs = map[string][]int{}
	for _, eqs := range [][]category.Equation{p.Decl.Means, p.Decl.Reverse} {
		for i := range eqs {
			for _, v := range eqs[i].Index {
				q.Segs[v] = dims
			}
			for v, r := range eqs[i].Range {
				q.Segs[v] = dims
				if r.Var != "" {
					q.Segs[r.Var] = dims
				}
			}
		}
	}
	return &q
}
