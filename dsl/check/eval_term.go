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
	diags := &diag.List{}
	file := syntax.Parse(src, diags)
	if file == nil || diags.HasErrors() {
		return nil, nil, diags
	}
	c := newChecker(file, diags, opts)
	c.all()
	if diags.HasErrors() {
		return nil, nil, diags
	}
	t := syntax.ParseTerm(diag.NewSource("term", term), diags)
	if t == nil {
		return nil, nil, diags
	}
	if n, ok := t.(*syntax.TermName); ok && !n.Std && n.Arg == nil {
		if a := c.arrowsBy[n.Name.Text]; a != nil {
			return c.cat, a, diags
		}
	}
	span := t.TermSpan()
	decl := &syntax.ArrowDecl{Head: syntax.Head{Name: syntax.Name{Text: "term", Span: span}, Span: span}, Term: t}
	a := &category.Arrow{Name: "term", Span: span, Decl: span, Given: category.Unit}
	s := c.newScope()
	s.free = true
	n := s.arrowTerm(t)
	if n == nil {
		return nil, nil, diags
	}
	a = c.finish(s, decl, a, n, nil)
	c.reportHoles()
	if a == nil || diags.HasErrors() {
		return nil, nil, diags
	}
	return c.cat, a, diags
}
