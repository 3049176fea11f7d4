package vet

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// words are the arrows of the language that locals may hide; declarations may
// not be called so.
var words = map[string]bool{"id": true, "copy": true, "drop": true, "swap": true, "first": true, "second": true, "third": true}

// shadows warns of names that hide another which could be meant at the same
// place: an arrow called like a standard one that is used without `std.`, and
// inputs, locals, settings and indices called like a declaration or a word of
// the language. A local called like an arrow or a dim is an error already.
func (v *vetter) shadows() {
	decls := v.names()
	hides := func(what string, name syntax.Name) {
		switch d := decls[name.Text]; {
		case d != nil:
			v.warn(diag.CT1104, name.Span, fmt.Sprintf("the %s `%s` hides the %s of that name", what, name.Text, kindOf(d))).
				Label(d.DeclName().Span, "declared here").
				Hint("choose another name")
		case words[name.Text]:
			v.warn(diag.CT1104, name.Span, fmt.Sprintf("the %s `%s` hides the arrow of the language", what, name.Text)).
				Hint("choose another name")
		case v.bare(name.Text):
			v.warn(diag.CT1104, name.Span, fmt.Sprintf("the %s `%s` hides std.%s", what, name.Text, name.Text)).
				Hint("choose another name")
		}
	}
	for _, d := range v.File.Decls {
		a, ok := d.(*syntax.ArrowDecl)
		if !ok {
			continue
		}
		if v.bare(a.Name.Text) && !lifts(a.Term, a.Name.Text) {
			v.warn(diag.CT1104, a.Name.Span, fmt.Sprintf("`%s` hides std.%s, which is used by this name alone", a.Name.Text, a.Name.Text)).
				Hint("choose another name; the standard arrow is now reached as std." + a.Name.Text)
		}
		if !inner(a) {
			continue
		}
		for _, f := range a.Inputs {
			hides("input", f.Name)
		}
		for _, t := range a.Takes {
			hides("argument", t.Name)
		}
		if a.Given != nil {
			for _, f := range a.Given.Fields {
				hides("parameter", f.Name)
			}
		}
		for _, s := range a.With {
			if s.Type != nil { // without, it is the dim of that name
				hides("setting", s.Name)
			}
		}
		if a.Named != nil {
			for _, l := range a.Named.Lets {
				for _, name := range l.Names {
					hides("local", name)
				}
			}
			continue
		}
		if a.Equations == nil {
			continue
		}
		for _, lines := range [][]syntax.Equation{a.Equations.Means, a.Equations.Reverse} {
			for _, line := range lines {
				for _, i := range line.Index {
					hidesDim(decls, i, hides)
				}
				indices(line.Expr, func(i syntax.Name) { hidesDim(decls, i, hides) })
			}
		}
	}
}

// names lists the declarations by name, for the few arrows that have names of
// their own inside.
func (v *vetter) names() map[string]syntax.Decl {
	decls := map[string]syntax.Decl{}
	if slices.ContainsFunc(v.File.Decls, inner) {
		for _, d := range v.File.Decls {
			decls[d.DeclName().Text] = d
		}
	}
	return decls
}

// inner reports whether d is an arrow with locals, indices or arguments.
func inner(d syntax.Decl) bool {
	a, ok := d.(*syntax.ArrowDecl)
	return ok && (a.Named != nil || a.Equations != nil || a.Generic())
}

// hidesDim passes on an index that is called like a dim, the only declaration
// that equations can mean.
func hidesDim(decls map[string]syntax.Decl, i syntax.Name, hides func(string, syntax.Name)) {
	if _, ok := decls[i.Text].(*syntax.DimDecl); ok {
		hides("index", i)
	}
}

// indices calls see with every index that a sum or the like in e binds.
func indices(e syntax.Expr, see func(syntax.Name)) {
	switch e := e.(type) {
	case *syntax.ExprUnary:
		indices(e.X, see)
	case *syntax.ExprBinary:
		indices(e.L, see)
		indices(e.R, see)
	case *syntax.ExprCall:
		for _, a := range e.Args {
			indices(a, see)
		}
	case *syntax.ExprReduce:
		for _, i := range e.Vars {
			see(i.Name)
		}
		indices(e.Body, see)
	}
}

// bare reports whether std has an arrow called name that terms use without
// `std.`, because it goes between whatever objects stand around it. Those that
// take lists of them go between few: where one is meant and another has its
// name, the objects do not fit.
func (v *vetter) bare(name string) bool {
	p := v.Std[name]
	return p != nil && p.Type != "" && !p.Moves()
}

// lifts reports whether t is std.name and nothing else.
func lifts(t syntax.Term, name string) bool {
	switch t := t.(type) {
	case *syntax.TermName:
		return t.Std && t.Name.Text == name
	case *syntax.TermSettings:
		return lifts(t.Of, name)
	case *syntax.TermTuple:
		return len(t.Items) == 1 && lifts(t.Items[0], name)
	}
	return false
}
