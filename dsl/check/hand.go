package check

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// implementation is an arrow that is a composition, for which hand-written Go
// may stand in. Go is written against the declaration, so the declaration
// says all of it, and the composition must agree.
func (c *checker) implementation(decl *syntax.ArrowDecl, a *category.Arrow) *category.Arrow {
	if a.Dom == nil || a.Cod == nil {
		c.report(diag.CT0310, decl.Name.Span, fmt.Sprintf("`%s` is to be written in Go and has no objects", a.Name)).
			Hint(fmt.Sprintf("arrow %s: A -> B = %s", a.Name, decl.Hand.Span.Text()))
		return nil
	}
	within, ok := c.tolerance(decl.Hand.Within, decl.Hand.Exactly)
	if !ok {
		return nil
	}
	if a = c.composition(decl, a); a == nil {
		return nil
	}
	term := decl.Term.TermSpan()
	switch {
	case decl.Given == nil && !a.Given.IsUnit():
		c.report(diag.CT0603, term, fmt.Sprintf("the parameters of `%s` are %s, and `%s` is given none", term.Text(), a.Given, a.Name)).
			Hint(fmt.Sprintf("declare them: arrow %s: %s -> %s given %s = …", a.Name, a.Dom, a.Cod, a.Given))
		return nil
	case decl.Given != nil && decl.Given.Fields != nil && a.Given.IsUnit():
		c.report(diag.CT0604, decl.Given.Span, fmt.Sprintf("`%s` takes no parameters, so `%s` cannot be given any", term.Text(), a.Name))
		return nil
	case len(a.Open) > 0:
		c.report(diag.CT0707, a.Open[0].Span, fmt.Sprintf("setting `%s` is open, and a law has no one to bind it", a.Open[0].Name)).
			Hint(fmt.Sprintf("fix it: (%s: …)", a.Open[0].Name))
		return nil
	case c.holdsGrad(a.Diagram):
		c.report(diag.CT1008, term, "a gradient cannot be written by hand in this version of the language").
			Hint("what it differentiates can")
		return nil
	case a.Partial:
		c.report(diag.CT1008, term, "what may fail cannot be written by hand in this version of the language")
		return nil
	}
	a.Implements = &category.Implementation{
		Span: decl.Hand.Span, Text: strings.Join(strings.Fields(term.Text()), " "), Within: within, Exactly: decl.Hand.Exactly, Spec: c.fingerprint(decl),
	}
	return a
}

// composition is what the arrow means.
func (c *checker) composition(decl *syntax.ArrowDecl, a *category.Arrow) *category.Arrow {
	if name, settings, ok := stdOf(decl.Term); ok {
		return c.liftedArrow(decl, a, name, settings)
	}
	s := c.newScope()
	s.free = true // the law finds the objects of bare standard arrows
	n := s.arrowTerm(decl.Term)
	if n == nil {
		return nil
	}
	return c.finish(s, decl, a, n, nil)
}
