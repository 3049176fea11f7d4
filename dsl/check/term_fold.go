package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// foldNamed is t where it is the word `fold`, which is a name like any other
// where something is declared under it.
func (s scope) foldNamed(t syntax.Term) *syntax.TermName {
	name, ok := t.(*syntax.TermName)
	if !ok || name.Std || name.Name.Text != "fold" || s.known("fold") || s.argument("fold") != nil {
		return nil
	}
	return name
}

// foldTerm is fold(f), with `[n]` or `[List]` where that says what is folded.
func (s scope) foldTerm(name *syntax.TermName, t *syntax.TermCall) *node {
	if len(t.Args) != 1 || t.Given != nil {
		s.c.report(diag.CT0323, t.Span, "`fold` is applied to one arrow S * A -> S").Hint("such as fold(cell)")
		return s.fail()
	}
	n := &node{kind: foldNode, span: t.Span}
	if len(name.Args) > 1 {
		s.c.report(diag.CT0323, name.Span, "the brackets of `fold` hold the number of elements, or List")
		return s.fail()
	}
	if len(name.Args) == 1 {
		if of, ok := name.Args[0].(*syntax.TypeName); ok && of.Name.Text == "List" && of.Args == nil {
			n.over = category.List
		} else {
			k, ok := s.c.resolveDim(name.Args[0])
			if !ok {
				return s.fail()
			}
			n.over, n.count = category.Power, k
		}
	}
	f := s.under(false).arrowTerm(t.Args[0])
	if f == nil {
		return nil
	}
	return s.foldOf(n, f)
}

// foldAlone is `fold` without an arrow.
func (s scope) foldAlone(t *syntax.TermName) *node {
	s.c.report(diag.CT0323, t.Span, "`fold` is applied to an arrow S * A -> S").Hint("such as fold(cell)")
	return s.fail()
}

// foldOf makes n the fold by f: S * A -> S, which takes S and a power A ^ n or
// a list, and carries S from element to element.
func (s scope) foldOf(n *node, f *node) *node {
	state, elem, whole := f.cod, rowVar(), single()
	with := func(p *part) seq { return append(append(seq{}, state...), p) }
	n.kids, n.dom, n.cod = []*node{f}, with(whole), state
	misfit := func() unified {
		s.failed = true
		s.c.report(diag.CT0323, f.span, fmt.Sprintf("fold takes an arrow S * A -> S, and this goes %s -> %s", f.dom, f.cod)).
			Hint("what is carried on stands first, the element last")
		return clash
	}
	s.add(func() unified {
		if !state.known() {
			return undecided
		}
		switch {
		case unify(f.dom, with(elem)) == clash:
			return misfit()
		case elem.find().done && len(seq{elem}.flat()) == 0:
			return misfit()
		}
		return s.folded(n, f, elem, whole)
	}, func() { s.open(n.span, "S * A ^ n -> S") })
	return n
}

// folded relates the element that f takes to what is folded.
func (s scope) folded(n, f *node, elem, whole *part) unified {
	refuse := func(span diag.Span, message string) unified {
		s.failed = true
		s.c.report(diag.CT0323, span, message)
		return clash
	}
	if in := whole.find().known; in != nil {
		c := in.Carrier()
		if c.Kind != category.Power && c.Kind != category.List || n.over != category.Real && c.Kind != n.over || n.count != 0 && c.N != n.count {
			return refuse(n.span, fmt.Sprintf("fold works on a power A ^ n or a list, and not on %s here", in))
		}
		n.over, n.count = c.Kind, c.N
		if unify(seq{elem}, of(c.Elem)) == clash {
			return refuse(f.span, fmt.Sprintf("fold over %s gives %s to an arrow that takes %s", in, c.Elem, seq{elem}))
		}
		return agreed
	}
	t := seq{elem}.typ()
	if t == nil || n.over == category.Real {
		return undecided
	}
	return unify(seq{whole}, of(&category.Type{Kind: n.over, Elem: t, N: n.count}))
}
