package check

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// monoid is a way to put any number of things together: a unit and an
// associative multiplication. That it is one are laws, tested like all others.
type monoid struct {
	decl *syntax.MonoidDecl
	on   *category.Type
	from *checker // of the specification that declares it
}

// monoids checks every monoid and adds its laws.
func (c *checker) monoids() {
	for _, d := range c.file.Decls {
		decl, ok := d.(*syntax.MonoidDecl)
		if !ok || c.decls[decl.Name.Text] != d {
			continue
		}
		if m := c.needMonoid(decl); m != nil {
			c.monoidLaws(m)
		}
	}
}

// needMonoid returns the monoid that decl declares, checking it now if that
// has not happened yet; nil where it is faulty.
func (c *checker) needMonoid(decl *syntax.MonoidDecl) *monoid {
	name := decl.Name.Text
	if m, done := c.monoidsBy[name]; done {
		return m
	}
	if !c.visit(decl.Name) {
		return nil
	}
	m := &monoid{decl: decl, from: c}
	if m.on = c.resolveType(decl.On); m.on == nil || !c.monoidEnds(m) {
		m = nil
	}
	c.visited(name)
	c.monoidsBy[name] = m
	return m
}

// monoidEnds requires that the unit of m is an arrow 1 -> A and its
// multiplication one A * A -> A, both without parameters or open settings.
func (c *checker) monoidEnds(m *monoid) bool {
	if m.on.IsUnit() {
		c.report(diag.CT0324, m.decl.On.TypeSpan(), "a monoid is on an object that holds something")
		return false
	}
	twice := category.NewProduct(m.on, m.on)
	return c.monoidPart(m, m.decl.Unit, "unit", category.Unit) && c.monoidPart(m, m.decl.Multiply, "multiplication", twice)
}

func (c *checker) monoidPart(m *monoid, t syntax.Term, what string, dom *category.Type) bool {
	s := c.newScope()
	n := s.arrowTerm(t)
	if n == nil {
		return false
	}
	misfit := func() {
		c.report(diag.CT0324, t.TermSpan(), fmt.Sprintf("the %s of a monoid on %s is an arrow %s -> %s, and this goes %s -> %s", what, m.on, dom, m.on, n.dom, n.cod))
	}
	s.equal(of(dom), n.dom, misfit, t.TermSpan())
	s.equal(of(m.on), n.cod, misfit, t.TermSpan())
	if !s.solve() || s.unfinished() || !s.decided(n) {
		return false
	}
	if slots := n.collect(); len(slots) > 0 {
		c.report(diag.CT0324, slots[0].span, fmt.Sprintf("the %s of a monoid takes no parameters, and this takes those of `%s`", what, slots[0].label)).
			Hint("what has parameters is folded by itself: fold(f)")
		return false
	}
	if open := n.openSettings(); len(open) > 0 {
		c.report(diag.CT0707, open[0].span, fmt.Sprintf("setting `%s` is open, and a monoid has no one to bind it", open[0].name)).
			Hint(fmt.Sprintf("fix it: (%s: …)", open[0].name))
		return false
	}
	return true
}

// monoidLaws adds what makes m a monoid.
func (c *checker) monoidLaws(m *monoid) {
	unit, multiply := m.decl.Unit, m.decl.Multiply
	id := &syntax.TermName{Name: syntax.Name{Text: "id", Span: m.decl.Name.Span}, Args: []syntax.Type{m.decl.On}, Span: m.decl.On.TypeSpan()}
	beside := func(a, b syntax.Term) syntax.Term {
		return &syntax.TermCompose{F: &syntax.TermProduct{Items: []syntax.Term{a, b}, Span: multiply.TermSpan()}, G: multiply, OpSpan: multiply.TermSpan(), Span: multiply.TermSpan()}
	}
	u, f := written(unit), written(multiply)
	for _, l := range []struct {
		name, left, right string
		l, r              syntax.Term
	}{
		{"associativity", f + " * id >> " + f, "id * " + f + " >> " + f, beside(multiply, id), beside(id, multiply)},
		{"left_unit", u + " * id >> " + f, "id", beside(unit, id), id},
		{"right_unit", "id * " + u + " >> " + f, "id", beside(id, unit), id},
	} {
		name := syntax.Name{Text: m.decl.Name.Text + "_" + l.name, Span: m.decl.Name.Span}
		if d := c.decls[name.Text]; d != nil {
			c.report(diag.CT0201, d.DeclName().Span, fmt.Sprintf("`%s` is the name of a law of the monoid `%s`", name.Text, m.decl.Name.Text)).
				Label(m.decl.Name.Span, "declared here")
			continue
		}
		law := c.law(&syntax.LawDecl{Head: syntax.Head{Name: name, Span: m.decl.Span}, Left: l.l, Right: l.r, Within: m.decl.Within, Exactly: m.decl.Exactly})
		if law != nil {
			law.LeftText, law.RightText = l.left, l.right
			c.cat.Laws = append(c.cat.Laws, law)
		}
	}
}

// written is t on one line, in brackets where it is no name.
func written(t syntax.Term) string {
	text := strings.Join(strings.Fields(t.TermSpan().Text()), " ")
	if _, name := t.(*syntax.TermName); name {
		return text
	}
	return "(" + text + ")"
}

// monoidNamed finds the monoid that t names; nil after reporting.
func (c *checker) monoidNamed(t syntax.Type) *monoid {
	name, ok := t.(*syntax.TypeName)
	if !ok || name.Args != nil {
		c.report(diag.CT0323, t.TypeSpan(), "`fold` without an arrow takes the name of a monoid in brackets").
			Hint("such as fold[total], or fold(cell)")
		return nil
	}
	from, bare, qualified := c.elsewhere(name.Name)
	switch {
	case qualified && from == nil:
		return nil
	case qualified:
		if _, ok := from.decls[bare].(*syntax.MonoidDecl); !ok {
			c.unknownThere(name.Name, "monoid", from, isMonoid)
			return nil
		}
		return from.monoidsBy[bare]
	}
	decl, ok := c.decls[name.Name.Text].(*syntax.MonoidDecl)
	if !ok {
		c.unknown(name.Name, "monoid", c.declaredAs("monoid"))
		return nil
	}
	return c.needMonoid(decl)
}

func isMonoid(d syntax.Decl) bool { _, ok := d.(*syntax.MonoidDecl); return ok }

// foldByMonoid is fold[total]: the unit where there is nothing, else all
// multiplied from the left. It is `unit * id >> fold(multiply)`.
func (s scope) foldByMonoid(t *syntax.TermName) *node {
	m := s.c.monoidNamed(t.Args[0])
	if m == nil {
		return s.fail()
	}
	in := scope{inference: &inference{s.c.viewOf(m.from), s.constraints}}
	unit, multiply := in.arrowTerm(m.decl.Unit), in.arrowTerm(m.decl.Multiply)
	if unit == nil || multiply == nil {
		return s.fail()
	}
	multiply.span = t.Span // what does not fit does not fit here
	fold := s.foldOf(&node{kind: foldNode, span: t.Span}, multiply)
	whole := fold.dom[len(fold.dom)-1:]
	rest := &node{kind: idNode, span: t.Span, field: "id", dom: whole, cod: whole}
	both := &node{kind: productNode, span: t.Span, kids: []*node{unit, rest}, dom: whole, cod: append(append(seq{}, unit.cod...), whole...)}
	s.equal(both.cod, fold.dom, func() {}, t.Span)
	return &node{kind: composeNode, span: t.Span, dom: whole, cod: fold.cod, kids: []*node{both, fold}}
}
