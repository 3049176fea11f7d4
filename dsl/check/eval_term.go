package check

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// Term checks a specification and one more term in its scope, as if the spec
// declared `arrow term = …`. A term that names an endo or an arrow alone
// yields that arrow itself. Standard arrows over carriers may stand bare.
func Term(src *diag.Source, term string, opts Options) (*category.Category, *category.Arrow, *diag.List) {
	u := opts.checked(src)
	if cat, diags := u.result(); cat == nil {
		return nil, nil, diags
	}
	c, diags := u.c, &diag.List{}
	c.diags = diags
	t := syntax.ParseTerm(diag.NewSource("term", term), diags)
	if t == nil {
		return nil, nil, diags
	}
	if n, ok := t.(*syntax.TermName); ok && !n.Std && n.Args == nil {
		if a := c.arrowsBy[n.Name.Text]; a != nil {
			return c.cat, a, diags
		}
	}
	if p, ok := t.(*syntax.TermProject); ok {
		if name := c.newScope().member(p); name != nil {
			from, bare, _ := c.elsewhere(name.Name)
			if from != nil && from.arrowsBy[bare] != nil {
				return c.cat, from.arrowsBy[bare], diags
			}
		}
	}
	span := t.TermSpan()
	decl := &syntax.ArrowDecl{Head: syntax.Head{Name: syntax.Name{Text: "term", Span: span}, Span: span}, Term: t}
	a := &category.Arrow{Name: "term", Span: span, Decl: span, Given: category.Unit}
	s := c.newScope()
	s.free = true
	n := s.arrowTerm(t)
	if n != nil {
		if a = c.finish(s, decl, a, n, nil); a != nil && !c.small(term, span, a.Diagram) {
			a = nil
		}
	}
	c.reportMissing()
	if n == nil {
		return nil, nil, diags
	}
	c.reportHoles()
	if a == nil || diags.HasErrors() {
		return nil, nil, diags
	}
	return c.cat, a, diags
}
