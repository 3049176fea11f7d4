package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// rewrite applies std's laws left to right until none fits. Earlier laws
// come first: a loss takes the activation before it, and only what is left
// fuses with affine maps. Identities and calls are gone already, so patterns
// see through both.
func (g *graph) rewrite(laws []*category.Rewrite) {
	for _, law := range laws {
		if law == nil || law.Left == nil || law.Right == nil || len(law.Left.Outs) != 1 || len(law.Right.Outs) != 1 {
			continue
		}
		g.prune() // what an earlier law left without readers must not count as one
		g.countReaders()
		for i := 0; i < len(g.nodes); i++ {
			if g.nodes[i].kind == primNode {
				i += g.rewriteAt(law, i)
			}
		}
	}
}

// match is one occurrence of a pattern: what its wires stand for.
type match struct {
	g     *graph
	law   *category.Rewrite
	wires map[category.WireID]ref
	given map[category.WireID][]ref
	set   map[category.WireID]setting
	fold  []int
	inner []*node // matched nodes but the last
}

// rewriteAt replaces the pattern that ends in node i and returns by how much
// the graph grew there.
func (g *graph) rewriteAt(law *category.Rewrite, i int) int {
	root := g.nodes[i]
	m := &match{g: g, law: law, wires: map[category.WireID]ref{}, given: map[category.WireID][]ref{},
		set: map[category.WireID]setting{}, fold: root.fold}
	pn, k := writer(law.Left, law.Left.Outs[0])
	if pn == nil || len(root.out) <= k || !m.node(pn, root) || !m.worthwhile(root) {
		return 0
	}
	nodes, ok := m.instantiate(root, k)
	if !ok {
		return 0
	}
	g.readers = append(g.readers, make([]int, len(g.vals)-len(g.readers))...)
	g.reads(root, -1)
	for _, n := range nodes {
		g.reads(n, 1)
	}
	g.nodes = slices.Replace(g.nodes, i, i+1, nodes...)
	return len(nodes) - 1
}

// writer finds the node of d that writes w, and as which output.
func writer(d *category.Diagram, w category.WireID) (*category.Node, int) {
	for _, n := range d.Nodes {
		if k := slices.Index(n.Out, w); k >= 0 {
			return n, k
		}
	}
	return nil, 0
}

// node matches pattern node pn against n and, through them, what they read.
func (m *match) node(pn *category.Node, n *node) bool {
	op, ok := pn.Op.(*category.Apply)
	if !ok || n == nil || n.kind != primNode || n.prim.Decl != op.Prim.Decl || len(pn.In) != len(n.in) || !slices.Equal(n.fold, m.fold) {
		return false
	}
	if !m.settings(pn, op.Prim, n) {
		return false
	}
	if pn.Given != category.NoWire {
		if old, bound := m.given[pn.Given]; bound && !slices.EqualFunc(old, n.given, sameRef) {
			return false
		}
		m.given[pn.Given] = n.given
	}
	for i, w := range pn.In {
		if !m.wire(w, n.in[i]) {
			return false
		}
	}
	return true
}

// wire matches a pattern wire against a value: written by a pattern node, it
// must be written so here; an input takes anything, but always the same.
func (m *match) wire(w category.WireID, r ref) bool {
	pn, k := writer(m.law.Left, w)
	if pn == nil {
		old, bound := m.wires[w]
		m.wires[w] = r
		return !bound || sameRef(old, r)
	}
	n := m.g.vals[r.v].node
	if n == nil || !m.g.covers(r) || !slices.Equal(r.shape(), m.g.vals[r.v].dims) || k >= len(n.out) || n.out[k] != r.v || !m.node(pn, n) {
		return false
	}
	m.wires[w] = r
	m.inner = append(m.inner, n)
	return true
}

// settings requires constants of the pattern to stand in n too and binds the
// open ones.
func (m *match) settings(pn *category.Node, p *category.Prim, n *node) bool {
	for i, sv := range p.Settings {
		if i >= len(n.prim.Settings) {
			return false
		}
		have := n.settingOf(i)
		switch {
		case sv.Wire < 0:
			if have.v != noVal || have.number != sv.Const {
				return false
			}
		case sv.Wire < len(pn.Settings):
			w := pn.Settings[sv.Wire]
			if old, bound := m.set[w]; bound && old != have {
				return false
			}
			m.set[w] = have
		}
	}
	return true
}

// settingOf is the i-th setting of n's primitive.
func (n *node) settingOf(i int) setting {
	sv := n.prim.Settings[i]
	s := setting{number: sv.Const, v: noVal}
	if sv.Wire >= 0 && sv.Wire < len(n.settings) {
		s = n.settings[sv.Wire]
	}
	s.whole = i < len(n.prim.Decl.Settings) && n.prim.Decl.Settings[i].Dim
	return s
}

// worthwhile refuses to compute a parametric step twice: where its result has
// other readers it stays as it is.
func (m *match) worthwhile(root *node) bool {
	for _, n := range m.inner {
		if len(n.given) == 0 {
			continue
		}
		for _, v := range n.out {
			reads := 0
			for _, matched := range append(m.inner[:len(m.inner):len(m.inner)], root) {
				for _, r := range matched.operands() {
					if r.v == v {
						reads++
					}
				}
			}
			if reads != m.g.readers[v] {
				return false
			}
		}
	}
	return true
}

// countReaders counts the uses of every value, the caller's included.
func (g *graph) countReaders() {
	g.readers = make([]int, len(g.vals))
	for _, r := range g.roots {
		g.readers[r.v]++
	}
	for _, n := range g.nodes {
		g.reads(n, 1)
	}
}

func (g *graph) reads(n *node, by int) {
	for _, r := range n.operands() {
		g.readers[r.v] += by
	}
}

// instantiate builds the law's right side on what the match bound. Its
// output takes the place of root's k-th.
func (m *match) instantiate(root *node, k int) ([]*node, bool) {
	right := m.law.Right
	wires := map[category.WireID]ref{}
	for i, w := range right.Ins {
		if i >= len(m.law.Left.Ins) {
			return nil, false
		}
		r, ok := m.wires[m.law.Left.Ins[i]]
		if !ok {
			return nil, false
		}
		wires[w] = r
	}
	if len(root.out) != 1 || len(right.Nodes) == 0 {
		return nil, false
	}
	var nodes []*node
	for _, rn := range right.Nodes {
		n, ok := m.build(rn, root, wires)
		if !ok {
			return nil, false
		}
		nodes = append(nodes, n)
	}
	last := nodes[len(nodes)-1]
	out, ok := wires[right.Outs[0]]
	if !ok || len(last.out) != 1 || out.v != last.out[0] || product(m.g.vals[out.v].dims) != product(m.g.vals[root.out[k]].dims) {
		return nil, false
	}
	last.out = []vid{root.out[k]}
	m.g.vals[root.out[k]].node = last
	return nodes, true
}

// build makes one node of the right side.
func (m *match) build(rn *category.Node, root *node, wires map[category.WireID]ref) (*node, bool) {
	op, ok := rn.Op.(*category.Apply)
	if !ok {
		return nil, false
	}
	decl := op.Prim.Decl
	n := &node{kind: primNode, fold: root.fold, rule: "law " + m.law.Name, span: root.span, via: root.via}
	var in, given, out [][]int
	for _, w := range rn.In {
		r, ok := wires[w]
		if !ok {
			return nil, false
		}
		n.in, in = append(n.in, r), append(in, r.dims)
	}
	if rn.Given != category.NoWire {
		n.given = m.given[m.law.Left.Given]
		if len(n.given) != len(decl.Given) {
			return nil, false
		}
		for _, r := range n.given {
			given = append(given, r.dims)
		}
	}
	if rn.Out[0] == m.law.Right.Outs[0] {
		out = [][]int{m.g.vals[root.out[0]].dims[len(root.fold):]}
	}
	prim, err := solveScheme(decl, in, given, out, op.Prim.Settings)
	if err != nil {
		return nil, false
	}
	n.prim = prim
	for _, w := range rn.Settings {
		k := slices.Index(m.law.Right.Settings, w)
		if k < 0 || k >= len(m.law.Left.Settings) {
			return nil, false
		}
		n.settings = append(n.settings, m.set[m.law.Left.Settings[k]])
	}
	for i, w := range rn.Out {
		dims := prim.PortShape(decl.Outs[i])
		v := m.g.output(n, decl.Name, decl.Outs[i].Kind, dims, nil)
		wires[w] = ref{v: v, fold: n.fold, dims: dims}
	}
	m.g.keep(n)
	return n, true
}

// prune drops nodes that nothing reads any more, except through roots.
func (g *graph) prune() {
	needed := make([]bool, len(g.vals))
	var need func(r ref)
	need = func(r ref) {
		needed[r.v] = true
		if a := g.vals[r.v].alias; a != nil {
			need(*a)
		}
	}
	for _, r := range g.roots {
		need(r)
	}
	var kept []*node
	for i := len(g.nodes) - 1; i >= 0; i-- {
		n := g.nodes[i]
		if !slices.ContainsFunc(n.out, func(v vid) bool { return needed[v] }) {
			continue
		}
		for _, r := range n.operands() {
			need(r)
		}
		for _, s := range n.settings {
			if s.v != noVal {
				needed[s.v] = true
			}
		}
		for _, p := range n.wrt {
			need(ref{v: p})
		}
		kept = append(kept, n)
	}
	slices.Reverse(kept)
	g.nodes = kept
}
