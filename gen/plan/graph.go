package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// graph is a diagram inlined down to leaf tensors: nodes in an order in which
// every value is written before it is read.
type graph struct {
	vals  []val
	nodes []*node
	roots []ref // what the caller asks for

	readers []int                 // uses of each value, while rewriting
	leaves  map[vid]category.Leaf // of parameters and state
	used    map[vid]use           // first uses, once looked for

	list  bool // the examples are the elements of a list
	least int  // elements that it must have

	standIns map[*category.Arrow]category.StandIn
}

// vid indexes graph.vals.
type vid int

// val is one leaf tensor in SSA form.
type val struct {
	name string
	kind category.Kind
	dims []int // of one example, folded lengths included
	typ  *category.Type
	span diag.Span

	node  *node // what writes it; nil for arguments
	alias *ref  // set: the same tensor as *alias, but a wire of its own (parameters of a grad)

	turn     Turn // how it is stored, where it is a parameter or moves with one
	batched  bool
	less     int  // examples that a batched one has less than there are
	averaged bool // comes from a gradient: one for the whole batch
}

// ref is a use of a value: all of it, or, from element start on, a range of
// an unbatched one. Its elements are folded and shaped as the user sees them.
type ref struct {
	v     vid
	start int
	fold  []int // lengths that map folded into the batch, outermost first
	dims  []int
}

func (r ref) size() int { return product(r.fold) * product(r.dims) }

// shape is the fold followed by the dimensions of one element.
func (r ref) shape() []int { return slices.Concat(r.fold, r.dims) }

type nodeKind uint8

const (
	primNode  nodeKind = iota // a primitive's means
	handNode                  // a hand-written arrow
	constNode                 // a literal
	copyNode                  // a value repeated to the size of its output
	partNode                  // a range of each example of a value, or of each element that map folds into it, from start on
	gradNode                  // reverse pass of the nodes between wrt and loss
	moveNode                  // a list without some elements at its ends
	stepNode                  // an optimizer over the leaves of its object
)

// node is one operation on leaves.
type node struct {
	kind     nodeKind
	prim     *category.Prim
	arrow    *category.Arrow
	number   float64
	start    int   // partNode
	in       []ref // one per domain port, or per leaf of the domain of a hand-written arrow
	given    []ref // likewise of the parameters
	out      []vid
	kept     []vid // intermediates that the reverse lines may read
	settings []setting
	uses     []use // of given, where Go stands in for a composition that uses them
	fold     []int
	rule     string // the law that put the node here
	span     diag.Span
	via      []diag.Span

	once       bool
	perExample bool
	less       int // of what it works on; moveNode: of what it gives besides
	shift      int // moveNode: the element that comes first

	loss ref   // gradNode
	wrt  []vid // gradNode: parameters, parallel to out
	step *step // stepNode
}

// setting is a constant, or the value v.
type setting struct {
	number float64
	v      vid // noVal: number
	whole  bool
}

const noVal vid = -1

func (g *graph) add(v val) vid {
	g.vals = append(g.vals, v)
	return vid(len(g.vals) - 1)
}

// whole is the ref to all of v.
func (g *graph) whole(v vid) ref { return ref{v: v, dims: g.vals[v].dims} }

// output adds a value that n writes, of one element's dims.
func (g *graph) output(n *node, name string, kind category.Kind, dims []int, typ *category.Type) vid {
	v := g.add(val{name: name, kind: kind, dims: slices.Concat(n.fold, dims), typ: typ, span: n.span, node: n})
	n.out = append(n.out, v)
	return v
}

// resolve follows aliases to the tensor that is stored.
func (g *graph) resolve(r ref) ref {
	for g.vals[r.v].alias != nil {
		a := g.vals[r.v].alias
		r.v, r.start = a.v, r.start+a.start
	}
	return r
}

// covers reports whether r is all of its value.
func (g *graph) covers(r ref) bool {
	return r.start == 0 && r.size() == product(g.vals[r.v].dims)
}

// operands lists everything n reads as tensors.
func (n *node) operands() []ref {
	all := slices.Concat(n.in, n.given)
	if n.kind == gradNode {
		all = append(all, n.loss)
	}
	if n.step != nil {
		all = append(all, n.step.operands()...)
	}
	return all
}

func product(dims []int) int {
	n := 1
	for _, d := range dims {
		n *= d
	}
	return n
}

// differentiable reports whether a leaf has a tangent.
func differentiable(l *category.Leaf) bool {
	return l.Kind == category.Real && !l.Running && (l.Tangent || l.Set == nil || !l.Set.Finite)
}
