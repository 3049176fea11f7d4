package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// mapOf is map f: f on each element of a functor. That is a power, a list or
// an option, as the brackets say, or else what stands around the map.
func (s scope) mapOf(f *node, t *syntax.TermPrefix) *node {
	n := &node{kind: mapNode, span: t.Span, kids: []*node{f}, dom: seq{single()}, cod: seq{single()}}
	if t.Arg != nil && !s.functor(n, t.Arg) {
		return s.fail()
	}
	s.add(func() unified {
		if s.mapped(n, f) {
			return s.mapEnds(n, f)
		}
		s.failed = true
		return clash
	}, func() { s.open(t.Span, "A ^ n, List[A] or Option[A]") })
	return n
}

// functor reads the brackets behind map.
func (s scope) functor(n *node, arg syntax.Type) bool {
	if name, ok := arg.(*syntax.TypeName); ok && name.Args == nil {
		switch name.Name.Text {
		case "List":
			n.over = category.List
			return true
		case "Option":
			n.over = category.Option
			return true
		}
	}
	k, ok := s.c.resolveDim(arg)
	n.over, n.count = category.Power, k
	return ok
}

// mapped takes over what the neighbours of a map say about its functor. It is
// false after reporting what is none, or another one.
func (s scope) mapped(n, f *node) bool {
	for _, end := range []*part{n.dom[0].find(), n.cod[0].find()} {
		t := end.known
		if t == nil {
			continue
		}
		c := t.Carrier()
		switch {
		case c.Kind != category.Power && c.Kind != category.List && c.Kind != category.Option:
			s.c.report(diag.CT0311, n.span, fmt.Sprintf("map works on a power A ^ n, a list or an option, not on %s", t))
			return false
		case n.over == category.Real:
			n.over, n.count = c.Kind, c.N
		case n.over != c.Kind || c.N != n.count:
			s.c.report(diag.CT0311, n.span, fmt.Sprintf("this maps over %s, not over %s", n.functorText(), t))
			return false
		}
	}
	return true
}

// functorText says what a map maps over.
func (n *node) functorText() string {
	if n.over == category.Power {
		return fmt.Sprintf("a power A ^ %d", n.count)
	}
	return functorName(n.over) + "[A]"
}

// mapEnds relates the ends of a map with those of its arrow.
func (s scope) mapEnds(n, f *node) unified {
	done := agreed
	if in := n.dom[0].find().known; in != nil {
		if elem := in.Carrier().Elem; unify(f.dom, of(elem)) == clash {
			s.c.report(diag.CT0311, f.span, fmt.Sprintf("map over %s gives %s to an arrow that takes %s", in, elem, f.dom))
			s.failed = true
			return clash
		}
	} else if x := f.dom.typ(); x != nil && n.over != category.Real {
		if !s.mappable(f, x) {
			return clash
		}
		unify(n.dom, seq{&part{known: &category.Type{Kind: n.over, Elem: x, N: n.count}}})
	} else {
		done = undecided
	}
	if out := n.cod[0].find().known; out != nil && out.Kind != category.Named && !f.cod.known() {
		unify(f.cod, of(out.Elem))
	}
	y := f.cod.typ()
	if y == nil || n.over == category.Real {
		return undecided
	}
	if !s.mappable(f, y) {
		return clash
	}
	gives := &category.Type{Kind: n.over, Elem: y, N: n.count}
	if unify(n.cod, seq{&part{known: gives}}) == clash {
		s.c.report(diag.CT0311, n.span, fmt.Sprintf("this gives %s, not %s", gives, n.cod))
		s.failed = true
		return clash
	}
	return done
}

// mappable requires that an end of a mapped arrow is an object at all.
func (s scope) mappable(f *node, t *category.Type) bool {
	if !t.IsUnit() {
		return true
	}
	s.c.report(diag.CT0311, f.span, fmt.Sprintf("map takes an arrow from an object to an object, not %s -> %s", f.dom, f.cod))
	s.failed = true
	return false
}
