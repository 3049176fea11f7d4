package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// defaultWithin is the tolerance of a law that names none.
const defaultWithin = 1e-5

// laws checks every law: both sides go between the same objects, and their
// parameters are equal or one side has none.
func (c *checker) laws() {
	for _, d := range c.file.Decls {
		if l, ok := d.(*syntax.LawDecl); ok && c.decls[l.Name.Text] == d {
			if law := c.law(l); law != nil {
				c.cat.Laws = append(c.cat.Laws, law)
			}
		}
	}
}

func (c *checker) law(decl *syntax.LawDecl) *category.Law {
	within, ok := c.tolerance(decl.Within, decl.Exactly)
	if !ok {
		return nil
	}
	law := &category.Law{
		Name: decl.Name.Text, Doc: decl.Doc, Span: decl.Name.Span, Exactly: decl.Exactly, Within: within,
		LeftText: decl.Left.TermSpan().Text(), RightText: decl.Right.TermSpan().Text(),
	}
	s := c.newScope()
	s.free = true
	left, right := s.arrowTerm(decl.Left), s.arrowTerm(decl.Right)
	if left == nil || right == nil {
		return nil
	}
	unlike := func() {
		c.report(diag.CT0309, decl.Name.Span, fmt.Sprintf("the sides of law `%s` go between different objects", law.Name)).
			Label(left.span, left.dom.String()+" -> "+left.cod.String()).
			Label(right.span, right.dom.String()+" -> "+right.cod.String())
	}
	s.equal(left.dom, right.dom, unlike, left.span)
	s.equal(left.cod, right.cod, unlike, left.span)
	if !s.solve() {
		return nil
	}
	if s.unfinished() {
		c.situate(left, &site{owner: law.Name, rule: sideRule(right)})
		c.situate(right, &site{owner: law.Name, rule: sideRule(left)})
		return nil
	}
	if !s.decided(left) || !s.decided(right) {
		return nil
	}
	for _, side := range []*node{left, right} {
		if open := side.openSettings(); len(open) > 0 {
			c.report(diag.CT0707, open[0].span, fmt.Sprintf("setting `%s` is open, and a law has no one to bind it", open[0].name)).
				Hint(fmt.Sprintf("fix it: (%s: …)", open[0].name))
			return nil
		}
	}
	lp, rp := left.collect(), right.collect()
	if !c.distinct(lp) || !c.distinct(rp) {
		return nil
	}
	l, r := gather(lp), gather(rp)
	if !l.IsUnit() && !r.IsUnit() && !l.Equal(r) {
		c.report(diag.CT0610, decl.Name.Span, fmt.Sprintf("the sides of law `%s` have different parameters", law.Name)).
			Label(left.span, "is given "+l.String()).
			Label(right.span, "is given "+r.String())
		return nil
	}
	var ok1, ok2 bool
	law.Left, ok1 = c.diagramOf(s.inference, left, nil, l, nil)
	law.Right, ok2 = c.diagramOf(s.inference, right, nil, r, nil)
	if !ok1 || !ok2 || !c.small(law.Name, law.Span, law.Left) || !c.small(law.Name, law.Span, law.Right) {
		return nil
	}
	return law
}

// tolerance is what `within` or `exactly` says, the default where neither
// stands.
func (c *checker) tolerance(within *syntax.Const, exactly bool) (float64, bool) {
	switch {
	case exactly:
		return 0, true
	case within == nil:
		return defaultWithin, true
	}
	v, ok := c.constant(*within)
	if ok && v < 0 {
		c.report(diag.CT0503, within.Span, "a tolerance must lie in [0, inf)")
		return 0, false
	}
	return v, ok
}
