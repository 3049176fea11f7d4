package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// aliasCopies drops statements that copy one value of the workspace to
// another, as the reverse of a sum does for either summand, and lets the
// original stand for the copy where the two never have to differ: what is
// written to one of them comes after the last use of the other. Where share
// puts readers off, such a write would stand in their way, so that there
// neither may be written again.
func (p *Plan) aliasCopies() {
	puts := !p.wide()
	for i := 0; i < len(p.Ops); i++ {
		if op := &p.Ops[i]; p.copies(op) && p.interchangeable(i, puts) {
			p.rename(op.Out[0], op.In[0])
			p.remove(i)
			i--
		}
	}
}

// copies reports whether a statement assigns one value of the workspace to
// another of the same extent, and does nothing else.
func (p *Plan) copies(op *Op) bool {
	if len(op.Out) != 1 || len(op.In) != 1 || op.Add != nil {
		return false
	}
	switch op.Kind {
	case Copy:
	case Reverse:
		e, ok := lineOf(op.Prim.Decl, op.Line).Expr.(*category.Element)
		if !ok || len(op.names) != 1 || e.Name != op.names[0] || !op.pointwise(op.In[0]) {
			return false
		}
	default:
		return false
	}
	to, from := &p.Values[op.Out[0]], &p.Values[op.In[0]]
	return to.Store == WorkStore && from.Store == WorkStore && op.Out[0] != op.In[0] &&
		to.Kind == from.Kind && to.Batched == from.Batched && to.Size() == from.Size()
}

// interchangeable reports whether the copy that statement i makes may be its
// original; unwritten asks that neither is written again.
func (p *Plan) interchangeable(i int, unwritten bool) bool {
	to, from := p.Ops[i].Out[0], p.Ops[i].In[0]
	uses, others := p.uses(to), p.uses(from)
	if uses[0] != i || p.root(p.Result) == to || p.root(p.Result) == from {
		return false
	}
	apart := func(written ValueID, at []int, last int) bool {
		return !slices.ContainsFunc(at, func(k int) bool {
			return k > i && p.touches(p.Ops[k].Out, written) && (unwritten || k <= last)
		})
	}
	if !apart(to, uses, others[len(others)-1]) || !apart(from, others, uses[len(uses)-1]) {
		return false
	}
	return !slices.ContainsFunc(uses, func(k int) bool { // a view is of the copy's own memory
		return slices.ContainsFunc(slices.Concat(p.Ops[k].Out, p.Ops[k].In), func(id ValueID) bool {
			return id != to && p.root(id) == to
		})
	})
}

// rename makes all statements use value to where they used value from.
func (p *Plan) rename(from, to ValueID) {
	for i := range p.Ops {
		for _, ids := range [][]ValueID{p.Ops[i].Out, p.Ops[i].In} {
			for k, id := range ids {
				if id == from {
					ids[k] = to
				}
			}
		}
	}
}
