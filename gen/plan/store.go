package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Layout says whose memory a plan's parameters and state are in.
type Layout uint8

const (
	// Declared: the caller's objects, axes in the order of their types.
	Declared Layout = iota
	// Stored: memory of the plan's own, axes in the order that std says
	// primitives store their parameters in. Arg.Turn says which leaves differ.
	Stored
	// Parted: as Stored, and a call may be about a part of the batch only: what
	// the parts contribute to gradients is gathered, and the last one's call
	// changes the state.
	Parted
	// Separate: as Stored, but every statement by itself, none fused, moved
	// or shared: for code that is printed from the equations.
	Separate
)

// owned reports whether the plan has memory of its own that workers share.
func (l Layout) owned() bool { return l == Stored || l == Parted }

// Turn says that a leaf is stored as matrices [Cols][Rows] where its object
// has matrices [Rows][Cols]. The zero Turn is none.
type Turn struct{ Rows, Cols int }

func (t Turn) size() int { return t.Rows * t.Cols }

// storer decides which leaves are stored turned: those that only primitives
// read that store them so, and optimizers, which do not mind the order as
// long as all leaves of a place agree.
type storer struct {
	g    *graph
	of   map[vid]vid // the representative of each value's place
	want map[vid]Turn
	no   map[vid]bool // places read in the declared order
	late []vid        // values found so before all places were joined
}

// store rewrites primitives to the ones they are stored as. own lists the
// state leaves that stay where they are when they are roots, parallel to the
// roots, or is nil.
func (g *graph) store(own []vid) {
	s := &storer{g: g, of: map[vid]vid{}, want: map[vid]Turn{}, no: map[vid]bool{}}
	for _, n := range g.nodes {
		s.links(n)
	}
	for i, r := range g.roots {
		v := g.resolve(r).v
		n := g.vals[v].node
		if (own == nil || own[i] != v) && (n == nil || n.kind != stepNode) {
			s.refuse(v)
		}
	}
	for _, v := range s.late {
		s.refuse(v)
	}
	for _, n := range g.nodes {
		s.reads(n)
	}
	for again := true; again; {
		again = false
		for _, n := range g.nodes {
			again = s.whole(n) || again
		}
	}
	for _, n := range g.nodes {
		s.rewrite(n)
	}
	for v := range g.vals {
		s.turn(vid(v))
	}
}

// place is the representative of the values that are stored alike.
func (s *storer) place(v vid) vid {
	v = s.g.resolve(ref{v: v}).v
	for {
		up, ok := s.of[v]
		if !ok {
			return v
		}
		v = up
	}
}

func (s *storer) join(a, b vid) {
	if a, b = s.place(a), s.place(b); a != b {
		s.of[a] = b
	}
}

func (s *storer) refuse(v vid) { s.no[s.place(v)] = true }

// links joins what an optimizer or a gradient keeps in the same order.
func (s *storer) links(n *node) {
	for i, p := range n.wrt {
		if s.g.covers(s.g.resolve(ref{v: p, dims: s.g.vals[p].dims})) {
			s.join(n.out[i], p)
		} else {
			s.late = append(s.late, p, n.out[i])
		}
	}
	if n.leafwise() {
		s.alike(n.in, n.out)
	}
	if n.step == nil {
		return
	}
	for i := range n.step.leaves {
		l := &n.step.leaves[i]
		s.alike(slices.Concat(l.given, l.in), l.out)
	}
}

// leafwise reports whether a node treats the elements of its operands alike,
// in whatever order they are.
func (n *node) leafwise() bool { return n.kind == primNode && n.prim.Decl.Each }

// alike joins what leafwise lines read and write.
func (s *storer) alike(in []ref, out []vid) {
	for _, r := range in {
		if len(r.fold) > 0 || !s.g.covers(s.g.resolve(r)) {
			s.late = append(s.late, r.v)
		}
		s.join(r.v, in[0].v)
	}
	for _, v := range out {
		s.join(v, in[0].v)
	}
}

// reads notes in which order a node reads its operands.
func (s *storer) reads(n *node) {
	switch {
	case n.kind == stepNode, n.leafwise():
		return
	case n.kind == gradNode:
		s.refuse(n.loss.v)
		return
	}
	for _, r := range n.in {
		s.refuse(r.v)
	}
	for i, r := range n.given {
		t, ok := s.turned(n, i)
		v := s.place(r.v)
		if old, seen := s.want[v]; !ok || seen && old != t {
			s.refuse(r.v)
			continue
		}
		s.want[v] = t
	}
}

// turned reports how node n would store its i-th parameter.
func (s *storer) turned(n *node, i int) (Turn, bool) {
	if n.kind != primNode || n.prim.Decl.Stores == nil || len(n.given[i].fold) > 0 {
		return Turn{}, false
	}
	from, to := n.prim.Decl.Given[i], n.prim.Decl.Stores.Given[i]
	k := category.Turned(from.Shape, to.Shape)
	if k == 0 {
		return Turn{}, false
	}
	lead := from
	lead.Shape = from.Shape[:k]
	t := Turn{Rows: product(n.prim.PortShape(lead))}
	if t.Rows > 0 {
		t.Cols = product(n.prim.PortShape(from)) / t.Rows
	}
	r := s.g.resolve(n.given[i])
	all := product(s.g.vals[r.v].dims)
	fits := s.g.vals[r.v].node == nil && t.size() > 0 && r.size() == t.size() && r.start%t.size() == 0 && all%t.size() == 0
	return t, fits
}

// whole refuses all parameters of a node one of whose parameters has to stay
// as declared, and reports whether that changed anything.
func (s *storer) whole(n *node) bool {
	if n.kind != primNode || n.prim.Decl.Stores == nil || s.switches(n) {
		return false
	}
	changed := false
	for i, r := range n.given {
		if category.Turned(n.prim.Decl.Given[i].Shape, n.prim.Decl.Stores.Given[i].Shape) > 0 && !s.no[s.place(r.v)] {
			s.refuse(r.v)
			changed = true
		}
	}
	return changed
}

// switches reports whether every parameter that n would store turned is.
func (s *storer) switches(n *node) bool {
	for i, r := range n.given {
		if category.Turned(n.prim.Decl.Given[i].Shape, n.prim.Decl.Stores.Given[i].Shape) == 0 {
			continue
		}
		if _, ok := s.turned(n, i); !ok || s.no[s.place(r.v)] {
			return false
		}
	}
	return true
}

func (s *storer) rewrite(n *node) {
	if n.kind != primNode || n.prim.Decl.Stores == nil || !s.switches(n) {
		return
	}
	prim := *n.prim
	prim.Decl = n.prim.Decl.Stores
	n.prim, n.given = &prim, slices.Clone(n.given)
	for i := range n.given {
		n.given[i].dims = prim.PortShape(prim.Decl.Given[i])
	}
	if len(keptLocals(prim.Decl)) > 0 {
		s.g.keep(n)
	}
}

// turn gives a value the axes it is stored with.
func (s *storer) turn(v vid) {
	x := &s.g.vals[v]
	place := s.place(v)
	t, ok := s.want[place]
	if !ok || s.no[place] || x.kind != category.Real {
		return
	}
	if t.Rows > 1 && t.Cols > 1 { // else both orders are the same
		x.turn = t
	}
	size, k := 1, len(x.dims)
	for k > 0 && size < t.Cols {
		k--
		size *= x.dims[k]
	}
	lead := k
	for size = 1; lead > 0 && size < t.Rows; {
		lead--
		size *= x.dims[lead]
	}
	x.dims = slices.Concat(x.dims[:lead], x.dims[k:], x.dims[lead:k])
}
