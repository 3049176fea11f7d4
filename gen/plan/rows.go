package plan

import (
	"maps"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// rows leaves out the rows that nobody reads. Where all that reads a result
// wants the one row that an input of the plan names, and the operation makes
// rows of rows, it is asked for that row alone: f >> row = row >> f, as rows
// are projections and f is natural in them. Seen from the end, that carries
// the wish backwards until something reads all rows. An operation that makes a
// row of more than rows gives way to the one that is its row, where std has it.
//
// Where a row of another tensor is read for that, std's row, which fits all
// shapes, reads it. Plans with a gradient, and of lists, stay as they are.
func (g *graph) rows(row *category.PrimDecl) {
	if g.list || row == nil {
		return
	}
	f := &focus{g: g, row: row, readers: map[vid][]*node{}, of: map[*node]*wish{}, moved: map[vid]vid{}, picked: map[pickKey]vid{}, root: map[vid]bool{}}
	picks := false
	for _, n := range g.nodes {
		if n.kind == gradNode {
			return
		}
		for _, r := range n.operands() {
			f.readers[r.v] = append(f.readers[r.v], n)
		}
		picks = picks || n.picksRow()
	}
	if !picks {
		return
	}
	for _, r := range g.roots {
		f.root[r.v] = true
	}
	for _, n := range slices.Backward(g.nodes) {
		if w := f.wish(n); w != nil {
			f.of[n] = w
		}
	}
	f.rebuild()
}

func (n *node) picksRow() bool {
	return n.kind == primNode && n.prim.Decl.PicksRow() && len(n.fold) == 0
}

// hasRows reports whether the axis that the lines name first is one: a segment
// may have none.
func (n *node) hasRows() bool {
	axis := n.prim.Decl.Outs[0]
	return n.prim.Decl.Each || !axis.Shape[0].Segment || len(n.prim.Segs[axis.Shape[0].Var]) > 0
}

// focus is one run of the pass.
type focus struct {
	g       *graph
	row     *category.PrimDecl // std's arrow to a row
	readers map[vid][]*node
	root    map[vid]bool
	of      map[*node]*wish
	moved   map[vid]vid // what stands for a result of which one row is left
	picked  map[pickKey]vid
}

// wish says which row of a result is read.
type wish struct {
	at   vid                // the input that names it
	rows int                // there are
	in   []bool             // operands that are read row by row
	pick *node              // the node that reads the row for others, or nil
	form *category.PrimDecl // the primitive that makes the row; nil: the same, of one row
}

type pickKey struct{ v, at vid }

// wish finds the one row that is read of n, or nil.
func (f *focus) wish(n *node) *wish {
	if n.kind != primNode || len(n.out) != 1 || len(n.fold) > 0 || f.root[n.out[0]] || n.picksRow() {
		return nil
	}
	in, form := n.prim.Decl.RowWise(), (*category.PrimDecl)(nil)
	if in == nil && n.prim.Decl.Row != nil {
		in, form = n.prim.Decl.RowOperands(), n.prim.Decl.Row
	}
	dims := f.g.vals[n.out[0]].dims
	if in == nil || len(dims) == 0 || !n.hasRows() {
		return nil
	}
	w := &wish{at: noVal, rows: dims[0], in: in, form: form}
	for _, r := range f.readers[n.out[0]] {
		at, pick := f.reads(r, n.out[0])
		if at == noVal || w.at != noVal && w.at != at || pick && w.pick != nil && w.pick != r {
			return nil
		}
		w.at = at
		if pick {
			w.pick = r
		}
	}
	if w.at == noVal || f.g.vals[w.at].node != nil {
		return nil
	}
	for i, r := range n.in {
		if in[i] && (f.g.vals[r.v].kind != category.Real || !f.whole(r, w.rows)) {
			return nil
		}
	}
	return w
}

// reads finds the input that names the row of v that n reads, and whether n
// does no more than read it.
func (f *focus) reads(n *node, v vid) (at vid, pick bool) {
	if n.picksRow() {
		if n.in[0].v == v && f.whole(n.in[0], f.g.vals[v].dims[0]) {
			return f.g.resolve(n.in[1]).v, true
		}
		return noVal, false
	}
	w := f.of[n]
	if w == nil {
		return noVal, false
	}
	for i, r := range n.in {
		if r.v == v && !w.in[i] {
			return noVal, false
		}
	}
	if slices.ContainsFunc(n.given, func(r ref) bool { return r.v == v }) {
		return noVal, false
	}
	return w.at, false
}

// whole reports whether r is all of a value of so many rows.
func (f *focus) whole(r ref, rows int) bool {
	v := &f.g.vals[r.v]
	return v.alias == nil && len(r.fold) == 0 && f.g.covers(r) && len(r.dims) > 0 && r.dims[0] == rows && len(v.dims) > 0 && v.dims[0] == rows
}

// rebuild asks every node for what is wished of it.
func (f *focus) rebuild() {
	var nodes []*node
	for _, n := range f.g.nodes {
		if n.picksRow() {
			if _, ok := f.moved[n.in[0].v]; ok {
				continue
			}
		}
		if w := f.of[n]; w != nil {
			nodes = append(nodes, f.operands(n, w)...)
			f.narrow(n, w)
		}
		nodes = append(nodes, n)
	}
	f.g.nodes = nodes
}

// operands gives n the rows of what it reads row by row, and returns the nodes
// that pick those which nothing makes alone.
func (f *focus) operands(n *node, w *wish) (picks []*node) {
	n.in = slices.Clone(n.in)
	for i, r := range n.in {
		if !w.in[i] {
			continue
		}
		v, ok := f.moved[r.v]
		if !ok {
			v, ok = f.picked[pickKey{r.v, w.at}]
		}
		if !ok {
			p := f.pick(n, r, w)
			v = p.out[0]
			picks = append(picks, p)
			f.picked[pickKey{r.v, w.at}] = v
		}
		n.in[i] = ref{v: v, dims: oneRow(r.dims)}
		if w.form != nil {
			n.in[i].dims = r.dims[1:]
		}
	}
	return picks
}

// pick reads one row of r.
func (f *focus) pick(n *node, r ref, w *wish) *node {
	decl, rest := f.row, r.dims[1:]
	prim := &category.Prim{Decl: decl, Dims: map[string]int{decl.Ins[0].Shape[0].Var: w.rows}, Segs: map[string][]int{decl.Ins[0].Shape[1].Var: rest}}
	p := &node{kind: primNode, prim: prim, in: []ref{r, {v: w.at}}, rule: "row", span: n.span, via: n.via}
	of := f.g.vals[r.v]
	f.g.output(p, of.name, of.kind, slices.Clone(rest), nil)
	return p
}

// narrow solves n for one row.
func (f *focus) narrow(n *node, w *wish) {
	old := n.out[0]
	of := f.g.vals[old]
	prim := *n.prim
	prim.Dims, prim.Segs = maps.Clone(prim.Dims), maps.Clone(prim.Segs)
	switch axis := prim.Decl.Outs[0]; {
	case w.form != nil:
		prim.Decl = w.form
		n.in = append(n.in, ref{v: w.at})
	case prim.Decl.Each:
		for v, dims := range prim.Segs {
			prim.Segs[v] = oneRow(dims)
		}
	case axis.Shape[0].Segment:
		prim.Segs[axis.Shape[0].Var] = oneRow(prim.Segs[axis.Shape[0].Var])
	default:
		prim.Dims[axis.Shape[0].Var] = 1
	}
	n.prim = &prim
	v := noVal
	if w.pick != nil {
		v = w.pick.out[0]
		f.g.vals[v].node = n
		n.out = []vid{v}
	} else {
		n.out = nil
		v = f.g.output(n, of.name, of.kind, oneRow(of.dims), nil)
	}
	f.moved[old] = v
	f.g.keep(n)
}

// oneRow is the shape of one row of a tensor, as a tensor of one row.
func oneRow(dims []int) []int { return slices.Concat([]int{1}, dims[1:]) }
