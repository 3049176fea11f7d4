package check

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// A hole is a term of which nothing is known: any domain, any codomain. What
// it must be follows from its neighbours by the unification that holds for
// every other term.

// unfinished is an arrow with a hole in its body. Uses of it are checked
// against what is known nevertheless; nil: not known.
type unfinished struct{ dom, cod, given *category.Type }

// hole is one `?` of the specification, and where it stands.
type hole struct {
	node   *node
	locals map[string]*local // of the named body
	bound  int               // those in scope
	factor bool              // directly under `*`
	site   *site             // nil where the term around it is faulty
	at     int               // the parameters before it in the site's
	inside bool              // of a repeat, which multiplies its parameters
	graded bool              // under a grad
	needs  bool              // parameters: it is all that the grad can differentiate by
}

// site is a term with holes that is sound otherwise.
type site struct {
	owner string // the declaration
	uses  []use  // its parameters in evaluation order
	holes int
	rule  parameterRule
}

// holeTerm is `?` as an arrow.
func (s scope) holeTerm(t *syntax.TermHole) *node {
	n := s.anyArrow(t.Span, nil, nil)
	if !s.again { // it is one hole, however often a generic arrow uses it
		s.c.holes[n] = &hole{node: n, factor: s.factor}
	}
	return n
}

// holeValue is `?` as a value of a named body.
func (s scope) holeValue(t *syntax.TermHole) *node {
	n := s.anyArrow(t.Span, category.Unit, nil)
	n.value = true
	s.c.holes[n] = &hole{node: n, locals: s.locals, bound: len(s.locals)}
	return n
}

// unfinishedTerm is the use of an arrow that has holes, called label.
func (s scope) unfinishedTerm(t *syntax.TermName, label string, u *unfinished) *node {
	n := s.anyArrow(t.Span, u.dom, u.cod)
	if u.given != nil {
		n.decided = true
		if !u.given.IsUnit() {
			n.slot = &slot{label: label, typ: &part{known: u.given}, span: t.Span}
		}
	}
	return n
}

// anyArrow is a term whose ends are open where they are nil.
func (s scope) anyArrow(span diag.Span, dom, cod *category.Type) *node {
	n := &node{kind: holeNode, span: span, dom: seq{rowVar()}, cod: seq{rowVar()}}
	if dom != nil {
		n.dom = of(dom)
	}
	if cod != nil {
		n.cod = of(cod)
	}
	s.holes = append(s.holes, n)
	return n
}

// narrow decides what several holes side by side share: one object each,
// where that is what there is.
func (in *inference) narrow() {
	open := map[*part]bool{}
	for _, n := range in.holes {
		for _, p := range slices.Concat(n.dom.flat(), n.cod.flat()) {
			open[p] = p.row
		}
	}
	for _, k := range in.pending {
		a, b := k.a.flat(), k.b.flat()
		if rows(a) > 0 {
			a, b = b, a
		}
		if len(a) != len(b) || rows(a) > 0 || slices.ContainsFunc(b, func(p *part) bool { return p.row && !open[p] }) {
			continue
		}
		for _, p := range b {
			if p.row && !p.done {
				p.done, p.parts = true, seq{single()}
			}
		}
	}
	in.settle()
}

// holes counts the terms in n whose parameters are not known.
func (n *node) holes() int {
	count := 0
	if n.kind == holeNode && !n.decided {
		count = 1
	}
	for _, k := range n.kids {
		count += k.holes()
	}
	if n.given != nil {
		count += n.given.holes()
	}
	return count
}

// keepKnown records what is known of a, whose term n has holes.
func (c *checker) keepKnown(a *category.Arrow, n *node, given *category.Type) {
	u := &unfinished{a.Dom, a.Cod, given}
	if u.dom == nil {
		u.dom = n.dom.typ()
	}
	if u.cod == nil {
		u.cod = n.cod.typ()
	}
	c.unfinished[a.Name] = u
}

// situate says of the holes in root what stands around them.
func (c *checker) situate(root *node, st *site) {
	seen := map[*slot]bool{}
	var walk func(n *node, inside, graded, needs bool)
	walk = func(n *node, inside, graded, needs bool) {
		if h := c.holes[n]; h != nil {
			h.site, h.at, h.inside, h.graded, h.needs = st, len(st.uses), inside, graded, needs
		}
		taken := n.slot
		switch n.kind {
		case holeNode:
			st.holes += n.holes()
		case repeatNode, groupNode:
			if !n.shared {
				taken = n.repeated()
			}
		case gradNode:
			graded, needs = true, len(n.kids[0].collect()) == 0
		}
		for _, k := range n.kids {
			walk(k, inside || n.kind == repeatNode && !n.shared || n.kind == groupNode, graded, needs)
		}
		if n.given != nil {
			walk(n.given, inside, graded, false)
			return
		}
		if taken == nil || inside {
			return
		}
		if s := taken.find(); !seen[s] {
			seen[s] = true
			st.uses = append(st.uses, use{label: s.label, typ: s.typ.find().known})
		}
	}
	walk(root, false, false, false)
}
