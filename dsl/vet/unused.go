package vet

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// uses says who mentions whom in one specification.
type uses struct {
	decls     map[string]syntax.Decl
	by        map[string][]syntax.Decl // who mentions a name
	reached   map[string]bool          // from what is used from outside
	toVisit   []syntax.Decl
	outgoing  map[string][]string
	mentioned map[string]bool // by any declaration, imports included
}

// unused warns of declarations that no composition reaches. Every arrow
// becomes a function that Go may call, so nothing is unused for sure; but in a
// specification that composes arrows, a single arrow outside of all
// compositions was forgotten in one. What is composed, endos, laws, data and
// training are ends in themselves. Where nothing is composed, all arrows are,
// and where there are no arrows, so is everything. What other specifications
// import is theirs to use.
func (v *vetter) unused() {
	u := v.uses()
	v.imports(u)
	if len(u.toVisit) == 0 || v.Category.Imported {
		return
	}
	u.visit()
	v.abbreviations(u)
	for _, d := range v.File.Decls { // what is allowed has its reasons, and so has what it uses
		if name := d.DeclName(); !u.reached[name.Text] && v.allows(u.fault(d), name.Span) {
			u.toVisit = append(u.toVisit, d)
		}
	}
	u.visit()
	for _, d := range v.File.Decls {
		name := d.DeclName()
		if u.reached[name.Text] {
			continue
		}
		if u.fault(d) == diag.CT1101 {
			v.warn(diag.CT1101, name.Span, fmt.Sprintf("nothing uses the %s `%s`", kindOf(d), name.Text)).
				Hint(unusedHelp(d))
			continue
		}
		first := u.by[name.Text][0]
		v.warn(diag.CT1102, name.Span, fmt.Sprintf("the %s `%s` is used only by what is unused itself", kindOf(d), name.Text)).
			Label(first.DeclName().Span, fmt.Sprintf("the %s `%s` uses it, and no composition reaches that", kindOf(first), first.DeclName().Text))
	}
}

// fault is what is to be said of d where it is not reached.
func (u *uses) fault(d syntax.Decl) diag.Code {
	if len(u.by[d.DeclName().Text]) == 0 {
		return diag.CT1101
	}
	return diag.CT1102
}

func unusedHelp(d syntax.Decl) string {
	if _, ok := d.(*syntax.ArrowDecl); ok {
		return "compose it, or remove it; an arrow for Go alone may be allowed: // ctgen:allow CT1101 because Go calls it"
	}
	return "use it, or remove it"
}

// uses finds who mentions whom, and what is used from outside.
func (v *vetter) uses() *uses {
	u := &uses{
		decls: map[string]syntax.Decl{}, by: map[string][]syntax.Decl{},
		reached: map[string]bool{}, outgoing: map[string][]string{}, mentioned: map[string]bool{},
	}
	for _, d := range v.File.Decls {
		u.decls[d.DeclName().Text] = d
	}
	var arrows []syntax.Decl
	composed := false
	for _, d := range v.File.Decls {
		from := d.DeclName().Text
		seen := map[string]bool{from: true}
		mentions(d, func(name string) {
			u.mentioned[name] = true
			if u.decls[name] == nil || seen[name] {
				return
			}
			seen[name] = true
			u.outgoing[from] = append(u.outgoing[from], name)
			u.by[name] = append(u.by[name], d)
		})
		switch d := d.(type) {
		case *syntax.ArrowDecl:
			arrows = append(arrows, d)
			if d.Endo || d.Named != nil || d.Term != nil && !lifted(d.Term) {
				composed = true
				u.toVisit = append(u.toVisit, d)
			}
		case *syntax.LawDecl, *syntax.DataDecl, *syntax.TrainDecl:
			u.toVisit = append(u.toVisit, d)
		}
	}
	if !composed {
		u.toVisit = append(u.toVisit, arrows...)
	}
	if len(arrows) == 0 {
		u.toVisit = nil
	}
	return u
}

// imports warns of those behind whose names nothing is written.
func (v *vetter) imports(u *uses) {
	for _, imp := range v.Category.Imports {
		if !u.mentioned[imp.Name] {
			v.warn(diag.CT1101, imp.Span, fmt.Sprintf("nothing uses the import `%s`", imp.Name)).
				Hint("remove it, or write names of it behind `" + imp.Name + ".`")
		}
	}
}

// lifted reports whether t is a standard arrow and nothing else.
func lifted(t syntax.Term) bool {
	switch t := t.(type) {
	case *syntax.TermName:
		return t.Std
	case *syntax.TermSettings:
		return lifted(t.Of)
	case *syntax.TermTuple:
		return len(t.Items) == 1 && lifted(t.Items[0])
	}
	return false
}

// visit marks what the declarations to visit lead to.
func (u *uses) visit() {
	for len(u.toVisit) > 0 {
		last := len(u.toVisit) - 1
		name := u.toVisit[last].DeclName().Text
		u.toVisit = u.toVisit[:last]
		if u.reached[name] {
			continue
		}
		u.reached[name] = true
		for _, to := range u.outgoing[name] {
			u.toVisit = append(u.toVisit, u.decls[to])
		}
	}
}

// abbreviations marks those that name what an arrow takes or gives without
// mentioning it, as `object Gradient = tangent Neuron` names what `grad` gives.
func (v *vetter) abbreviations(u *uses) {
	var ends map[string][]*category.Type // of arrows that are reached, by how they read
	for _, o := range v.Category.Objects {
		d := u.decls[o.Name]
		if !o.Abbreviation || d == nil || u.reached[o.Name] {
			continue
		}
		if ends == nil {
			ends = v.ends(u)
		}
		if slices.ContainsFunc(ends[o.Type.String()], o.Type.Equal) {
			u.toVisit = append(u.toVisit, d)
			u.visit()
		}
	}
}

// ends are what the arrows that are reached take and give.
func (v *vetter) ends(u *uses) map[string][]*category.Type {
	ends := map[string][]*category.Type{}
	for _, a := range v.Category.Arrows {
		if !u.reached[a.Name] {
			continue
		}
		for _, t := range []*category.Type{a.Dom, a.Cod, a.Given, a.State} {
			if t == nil {
				continue
			}
			reads := t.String()
			if !slices.ContainsFunc(ends[reads], t.Equal) {
				ends[reads] = append(ends[reads], t)
			}
		}
	}
	return ends
}
