package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// project takes one component. Of a record the leaves stand together; of a
// power they are ranges of the stacked leaves.
func (f *frame) project(n *category.Node, op *category.Project) {
	from := f.get(n.In[0])
	t := f.d.TypeOf(n.In[0]).Carrier()
	switch t.Kind {
	case category.Record:
		at, index := 0, -1
		for i := range t.Fields {
			if op.Field != "" && t.Fields[i].Name == op.Field || op.Field == "" && i == op.Index {
				index = i
				break
			}
			at += len(t.Fields[i].Type.Leaves())
		}
		if index < 0 {
			fail(n.Span, "%s has no such component", f.d.TypeOf(n.In[0]))
		}
		for _, w := range n.Out {
			k := len(f.d.TypeOf(w).Leaves())
			if at+k > len(from) {
				fail(n.Span, "%s has no such component", f.d.TypeOf(n.In[0]))
			}
			f.set(w, from[at:at+k])
			at += k
		}
	case category.Power:
		f.set(n.Out[0], f.element(from, op.Index, t.N, n.Span))
	default:
		fail(n.Span, "%s has no components", f.d.TypeOf(n.In[0]))
	}
}

// element is the i-th of the count things stacked in leaves. Under map, where
// it stands apart for each element that map folds in, it is taken out.
func (f *frame) element(leaves []ref, i, count int, span diag.Span) []ref {
	out := make([]ref, len(leaves))
	for k, r := range leaves {
		if len(r.dims) == 0 || r.dims[0] != count || i < 0 || i >= count {
			fail(span, "%d things do not hold an element %d of %d", r.size(), i, count)
		}
		if len(r.fold) > 0 {
			out[k] = f.taken(r, i, span)
			continue
		}
		out[k] = ref{v: r.v, start: r.start + i*product(r.dims[1:]), dims: r.dims[1:]}
	}
	return out
}

// taken is a node that takes the i-th of the things stacked in each element of
// a fold.
func (f *frame) taken(r ref, i int, span diag.Span) ref {
	n := f.newNode(partNode, span, []ref{r}, nil)
	dims := r.dims[1:]
	n.start = i * product(dims)
	of := f.g.vals[r.v]
	v := f.g.output(n, of.name, of.kind, dims, nil)
	return ref{v: v, fold: n.fold, dims: dims}
}

// pack builds a record by renaming. A power is built only from what already
// stands in a row.
func (f *frame) pack(n *category.Node, t *category.Type) {
	parts := f.all(n.In)
	c := t.Carrier()
	if c.Kind != category.Power {
		f.set(n.Out[0], slices.Concat(parts...))
		return
	}
	if c.N == 0 || len(parts) != c.N {
		fail(n.Span, "%s is not built from %d elements", t, len(parts))
	}
	stacked := make([]ref, len(parts[0]))
	for k, r := range parts[0] {
		for i, p := range parts {
			if q := p[k]; q.v != r.v || q.start != r.start+i*r.size() || len(q.fold) > 0 {
				fail(n.Span, "building %s from separate elements has no plan", t)
			}
		}
		stacked[k] = ref{v: r.v, start: r.start, dims: append([]int{c.N}, r.dims...)}
	}
	f.set(n.Out[0], stacked)
}
