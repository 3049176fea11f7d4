package plan

import (
	"slices"
	"strings"
)

// advance moves on the parts of the state that training moves on by itself,
// such as what counts the draws of random numbers: each leaf once, after all
// that reads it.
func (l *lowering) advance(state []vid, next []ref) {
	for _, n := range l.g.nodes {
		if n.kind != primNode {
			continue
		}
		for _, line := range n.prim.Decl.Next {
			port := portOf(n.prim.Decl.Given, strings.TrimSuffix(line.Target, "'"))
			v := l.g.resolve(n.given[port]).v
			k := slices.Index(state, v)
			if k < 0 || l.g.resolve(next[k]).v != v {
				fail(n.span, "`%s` counts in a parameter that the next state does not carry on", n.prim.Decl.Name)
			}
			at := l.value(v)
			if !slices.ContainsFunc(l.p.Ops, func(op Op) bool { return op.Kind == Advance && op.Out[0] == at }) {
				l.emit(Op{Kind: Advance, Prim: n.prim, Line: line.Target, Out: []ValueID{at}, In: []ValueID{at}, Once: true,
					Rule: n.prim.Decl.Name + " " + line.Target, Span: n.span, Via: n.via})
			}
		}
	}
}
