package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// batcher decides which values hold one tensor per example. Data does,
// parameters do not; a node is batched where one of its operands is. It
// inserts copies where both kinds meet as data.
type batcher struct {
	g      *graph
	nodes  []*node
	copies map[copyKey]vid
	parts  map[copyKey]vid
	less   int // of the node at hand
}

type copyKey struct {
	v       vid
	start   int
	size    int
	batched bool
	less    int
}

// batch runs the pass. Arguments are marked already.
func (g *graph) batch() {
	b := &batcher{g: g, copies: map[copyKey]vid{}, parts: map[copyKey]vid{}}
	for _, n := range g.nodes {
		b.node(n)
		b.nodes = append(b.nodes, n)
	}
	g.nodes = b.nodes
}

func (b *batcher) batched(r ref) bool {
	r = b.g.resolve(r)
	return b.g.vals[r.v].batched
}

func (b *batcher) averaged(rs []ref) bool {
	return slices.ContainsFunc(rs, func(r ref) bool { return b.g.vals[b.g.resolve(r).v].averaged })
}

func (b *batcher) node(n *node) {
	if n.kind == primNode || n.kind == handNode || n.kind == copyNode {
		n.in, n.given = b.parted(n.in, n), b.parted(n.given, n)
	}
	ops := n.operands()
	any := slices.ContainsFunc(ops, b.batched)
	for _, r := range ops {
		if b.batched(r) && !b.g.covers(b.g.resolve(r)) {
			fail(n.span, "one element of a power that differs from example to example has no plan here")
		}
	}
	b.lessen(n)
	if n.kind == moveNode || n.kind == primNode && n.prim.Decl.OverLists() {
		b.overList(n, any)
		return
	}
	switch n.kind {
	case stepNode:
		if any {
			panic(errBatchedState)
		}
	case gradNode:
		for _, p := range n.wrt {
			if b.batched(ref{v: p}) {
				fail(n.span, "grad by parameters that differ from example to example has no plan")
			}
		}
		return
	case copyNode:
		if any && len(n.in[0].fold) < len(n.fold) {
			fail(n.span, "a value from outside map, different for each example, has no plan inside")
		}
	case primNode, handNode:
		b.meet(n, any)
	}
	n.once = !any
	for _, v := range slices.Concat(n.out, n.kept) {
		b.g.vals[v].batched, b.g.vals[v].less = any, n.less
		b.g.vals[v].averaged = b.g.vals[v].averaged || !any && b.averaged(ops)
	}
	if n.kind == primNode && n.prim.Decl.ReadsBatch() {
		b.pool(n)
	}
}

// parted gives the operands of n that are ranges of batched values, which
// stand apart in memory, values of their own, each made once.
func (b *batcher) parted(rs []ref, n *node) []ref {
	for i, r := range rs {
		if !b.batched(r) || b.g.covers(b.g.resolve(r)) || b.g.vals[r.v].alias != nil || len(r.fold) > 0 {
			continue
		}
		key := copyKey{r.v, r.start, r.size(), true, 0}
		v, made := b.parts[key]
		if !made {
			of := b.g.vals[r.v]
			part := &node{kind: partNode, in: []ref{b.g.whole(r.v)}, start: r.start, less: b.g.vals[r.v].less, span: n.span, via: n.via}
			v = b.g.output(part, of.name, of.kind, r.dims, nil)
			b.g.vals[v].batched, b.g.vals[v].less = true, of.less
			b.nodes = append(b.nodes, part)
			b.parts[key] = v
		}
		rs = slices.Clone(rs)
		rs[i] = ref{v: v, dims: r.dims}
	}
	return rs
}

// meet makes the operands of n agree.
func (b *batcher) meet(n *node, any bool) {
	n.in = slices.Clone(n.in)
	for i, r := range n.in {
		n.in[i] = b.repeated(r, n.fold, any, n.span, n.via)
	}
	n.perExample = slices.ContainsFunc(n.given, func(r ref) bool { return b.batched(r) || len(r.fold) > 0 })
	if !n.perExample {
		return
	}
	n.given = slices.Clone(n.given)
	for i, r := range n.given {
		n.given[i] = b.repeated(r, n.fold, any, n.span, n.via)
	}
}

// repeated returns r with the given fold, batched where asked: r itself where
// it is so already, else a copy, made once.
func (b *batcher) repeated(r ref, fold []int, batched bool, span diag.Span, via []diag.Span) ref {
	is := b.batched(r)
	if is == batched && len(r.fold) == len(fold) {
		return r
	}
	if is && len(r.fold) < len(fold) {
		fail(span, "a value from outside map, different for each example, has no plan inside")
	}
	key := copyKey{r.v, r.start, product(fold) * product(r.dims), batched, b.less}
	v, made := b.copies[key]
	if !made {
		of := b.g.vals[r.v]
		n := &node{kind: copyNode, in: []ref{r}, fold: fold, span: span, via: via, once: !batched}
		if of.node != nil && of.node.kind == constNode {
			n.kind, n.in, n.number = constNode, nil, of.node.number
		}
		v = b.g.output(n, of.name, of.kind, r.dims, of.typ)
		b.g.vals[v].batched, b.g.vals[v].less = batched, b.less
		b.nodes = append(b.nodes, n)
		b.copies[key] = v
	}
	return ref{v: v, fold: fold, dims: r.dims}
}

// pool makes what is one for the whole batch so.
func (b *batcher) pool(n *node) {
	if n.perExample || n.less > 0 || b.g.list {
		fail(n.span, "`%s` is about the examples of a batch, and here they are no batch of independent ones", n.prim.Decl.Name)
	}
	for i := range n.prim.Decl.PooledMeans() {
		v := &b.g.vals[n.kept[i]]
		v.batched, v.averaged = false, true
	}
}
