package vet

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// Spec is one specification without errors and without holes.
type Spec struct {
	File     *syntax.File
	Category *category.Category
	Std      map[string]*category.PrimDecl // the standard arrows by name
}

// Options select what is looked for.
type Options struct {
	Docs bool // declarations without a doc comment as well
}

// Report adds the warnings about s to diags, except those that comments in it
// allow.
func Report(s Spec, opts Options, diags *diag.List) {
	v := &vetter{Spec: s, diags: diags}
	v.readAllowances()
	v.unused()
	v.locals()
	v.shadows()
	v.losses()
	v.laws()
	if opts.Docs {
		v.undocumented()
	}
	v.needless(opts)
}

// vetter is the state of one report.
type vetter struct {
	Spec
	diags   *diag.List
	allowed []*allowance
	byLine  map[int][]*allowance // the same by the line they speak about
}

// warn reports a warning unless a comment allows it or it lies in another
// file, an imported one or std's; then what the caller attaches goes nowhere.
func (v *vetter) warn(code diag.Code, span diag.Span, message string) *diag.Diagnostic {
	if span.Src != v.File.Source || v.allows(code, span) {
		return &diag.Diagnostic{}
	}
	return v.diags.Report(diag.Diagnostic{Severity: diag.Warning, Code: code, Span: span, Message: message})
}

// kindOf names the kind of a declaration.
func kindOf(d syntax.Decl) string {
	switch d := d.(type) {
	case *syntax.DimDecl:
		return "dim"
	case *syntax.ObjectDecl:
		return "object"
	case *syntax.ArrowDecl:
		if d.Endo {
			return "endo"
		}
		return "arrow"
	case *syntax.LawDecl:
		return "law"
	case *syntax.MonoidDecl:
		return "monoid"
	case *syntax.DataDecl:
		return "data"
	}
	return "train"
}
