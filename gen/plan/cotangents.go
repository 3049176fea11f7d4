package plan

import (
	"cmp"
	"maps"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// cotangent is the adjoint of one value, gathered range by range.
type cotangent struct {
	id    ValueID
	spans [][2]int // ranges assigned so far
	mixed bool     // ranges overlap without being equal: start from zero
}

// survey finds values of which some uses read only ranges.
func (r *reversal) survey(at int, grad *node) {
	seen := map[vid]map[[2]int]bool{}
	note := func(x ref) {
		if !r.active[x.v] {
			return
		}
		if seen[x.v] == nil {
			seen[x.v] = map[[2]int]bool{}
		}
		seen[x.v][[2]int{x.start, x.start + x.size()}] = true
	}
	for _, n := range r.g.nodes[:at] {
		for _, x := range n.operands() {
			note(x)
		}
	}
	note(grad.loss)
	for v, spans := range seen {
		c := r.cot(v)
		ranges := slices.SortedFunc(maps.Keys(spans), func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
		end := 0
		for _, x := range ranges {
			c.mixed = c.mixed || x[0] < end
			end = max(end, x[1])
		}
	}
}

// cot is the cotangent of v; it gets a buffer when first written.
func (r *reversal) cot(v vid) *cotangent {
	c := r.cots[v]
	if c == nil {
		c = &cotangent{id: NoValue}
		r.cots[v] = c
	}
	return c
}

func (r *reversal) buffer(v vid) *cotangent {
	c := r.cot(v)
	if c.id == NoValue {
		x := &r.g.vals[v]
		stored := &r.g.vals[r.g.resolve(ref{v: v}).v]
		c.id = r.add(Value{Name: "d_" + r.nameOf(v), Kind: category.Real, Dims: x.dims, Batched: stored.batched, Less: stored.less,
			Store: WorkStore, Of: NoValue, Type: tangentOf(x.typ), Span: x.span})
	}
	return c
}

func (r *reversal) nameOf(v vid) string {
	if id, ok := r.ids[v]; ok {
		return r.p.Values[id].Name
	}
	return r.g.vals[v].name
}

func tangentOf(t *category.Type) *category.Type {
	if t == nil {
		return nil
	}
	return category.NewTangent(t)
}

// contribute lets write assign one contribution to the cotangent of x: into
// the cotangent itself where it is the first, else beside it and then added.
func (r *reversal) contribute(x ref, span diag.Span, write func(target ValueID)) {
	target, finish := r.begin(x, span)
	write(target)
	finish()
}

// begin returns where a contribution to x is to be assigned, and what to do
// once it has been.
func (r *reversal) begin(x ref, span diag.Span) (ValueID, func()) {
	c := r.buffer(x.v)
	if c.mixed && c.spans == nil {
		r.fill(c.id, 0, ruleDrop, span)
		c.spans = [][2]int{{0, product(r.g.vals[x.v].dims)}}
	}
	target := r.view(c.id, x.start, x.size(), x.shape())
	here := [2]int{x.start, x.start + x.size()}
	if !slices.ContainsFunc(c.spans, func(s [2]int) bool { return s[0] <= here[0] && here[1] <= s[1] }) {
		c.spans = append(c.spans, here)
		return target, func() {}
	}
	t := r.p.Values[target]
	extra := r.add(Value{Name: t.Name + "_more", Kind: t.Kind, Dims: t.Dims, Batched: t.Batched, Less: t.Less, Store: WorkStore, Of: NoValue, Type: t.Type, Span: t.Span})
	return extra, func() {
		r.emit(Op{Kind: Accumulate, Out: []ValueID{target}, In: []ValueID{extra}, Once: !t.Batched, Rule: ruleAdd, Span: span})
	}
}

// complete zeroes what nobody contributed to and returns the cotangent.
func (r *reversal) complete(v vid, span diag.Span) ValueID {
	c := r.buffer(v)
	size := product(r.g.vals[v].dims)
	at := 0
	slices.SortFunc(c.spans, func(a, b [2]int) int { return a[0] - b[0] })
	zero := func(from, to int) {
		if from < to {
			r.fill(r.view(c.id, from, to-from, []int{to - from}), 0, ruleDrop, span)
		}
	}
	for _, s := range c.spans {
		zero(at, s[0])
		at = max(at, s[1])
	}
	zero(at, size)
	c.spans = [][2]int{{0, size}}
	return c.id
}

// touched reports whether some output of n has a cotangent to pass on.
func (r *reversal) touched(n *node) bool {
	return slices.ContainsFunc(n.out, func(v vid) bool { return r.cots[v] != nil && r.cots[v].spans != nil })
}

// sum returns the cotangent of x for a statement that adds to it: zeroed
// where nothing stands there yet.
func (r *reversal) sum(x ref, span diag.Span) ValueID {
	c := r.buffer(x.v)
	here := [2]int{x.start, x.start + x.size()}
	target := r.view(c.id, x.start, x.size(), x.shape())
	switch {
	case c.mixed && c.spans == nil:
		r.fill(c.id, 0, ruleDrop, span)
		c.spans = [][2]int{{0, product(r.g.vals[x.v].dims)}}
	case !slices.ContainsFunc(c.spans, func(s [2]int) bool { return s[0] <= here[0] && here[1] <= s[1] }):
		r.fill(target, 0, ruleDrop, span)
		c.spans = append(c.spans, here)
	}
	return target
}
