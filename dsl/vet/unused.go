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
	all      []use
	by       map[string]*use
	imported map[string]bool // the names of imports; true where something is written behind one
	toVisit  []*use
}

// use is one declaration among the others.
type use struct {
	decl    syntax.Decl
	to      []*use
	user    *use // the first to mention it, nil where none does
	last    *use // the last to mention it: a second mention says nothing new
	reached bool // from what is used from outside
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
	for i := range u.all { // what is allowed has its reasons, and so has what it uses
		if d := &u.all[i]; !d.reached && v.allows(d.fault(), d.decl.DeclName().Span) {
			u.toVisit = append(u.toVisit, d)
		}
	}
	u.visit()
	for i := range u.all {
		d := &u.all[i]
		if d.reached {
			continue
		}
		name := d.decl.DeclName()
		if d.user == nil {
			v.warn(diag.CT1101, name.Span, fmt.Sprintf("nothing uses the %s `%s`", kindOf(d.decl), name.Text)).
				Hint(unusedHelp(d.decl))
			continue
		}
		user := d.user.decl
		v.warn(diag.CT1102, name.Span, fmt.Sprintf("the %s `%s` is used only by what is unused itself", kindOf(d.decl), name.Text)).
			Label(user.DeclName().Span, fmt.Sprintf("the %s `%s` uses it, and no composition reaches that", kindOf(user), user.DeclName().Text))
	}
}

// fault is what is to be said of d where it is not reached.
func (d *use) fault() diag.Code {
	if d.user == nil {
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
	decls := v.File.Decls
	u := &uses{all: make([]use, len(decls)), by: make(map[string]*use, len(decls)), imported: map[string]bool{}}
	for i, d := range decls {
		u.all[i].decl = d
		u.by[d.DeclName().Text] = &u.all[i]
	}
	for _, imp := range v.Category.Imports {
		u.imported[imp.Name] = false
	}
	var arrows []*use
	composed := false
	for i, d := range decls {
		from := &u.all[i]
		mentions(d, func(name string) { u.mention(from, name) })
		switch d := d.(type) {
		case *syntax.ArrowDecl:
			arrows = append(arrows, from)
			if d.Endo || d.Named != nil || d.Term != nil && !syntax.Lifts(d.Term) {
				if d.Generic() {
					continue // no function comes of it: it is for others to use
				}
				composed = true
				u.toVisit = append(u.toVisit, from)
			}
		case *syntax.LawDecl, *syntax.MonoidDecl, *syntax.DataDecl, *syntax.TrainDecl:
			u.toVisit = append(u.toVisit, from)
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

// mention records that a declaration mentions a name.
func (u *uses) mention(from *use, name string) {
	if _, ok := u.imported[name]; ok {
		u.imported[name] = true
	}
	to := u.by[name]
	if to == nil || to == from || to.last == from {
		return
	}
	to.last = from
	if to.user == nil {
		to.user = from
	}
	from.to = append(from.to, to)
}

// imports warns of those behind whose names nothing is written.
func (v *vetter) imports(u *uses) {
	for _, imp := range v.Category.Imports {
		if !u.imported[imp.Name] {
			v.warn(diag.CT1101, imp.Span, fmt.Sprintf("nothing uses the import `%s`", imp.Name)).
				Hint("remove it, or write names of it behind `" + imp.Name + ".`")
		}
	}
}

// visit marks what the declarations to visit lead to.
func (u *uses) visit() {
	for len(u.toVisit) > 0 {
		last := len(u.toVisit) - 1
		d := u.toVisit[last]
		u.toVisit = u.toVisit[:last]
		if !d.reached {
			d.reached = true
			u.toVisit = append(u.toVisit, d.to...)
		}
	}
}

// abbreviations marks those that name what an arrow takes or gives without
// mentioning it, as `object Gradient = tangent Neuron` names what `grad` gives.
func (v *vetter) abbreviations(u *uses) {
	var ends map[string][]*category.Type // of arrows that are reached, by how they read
	for _, o := range v.Category.Objects {
		if !o.Abbreviation {
			continue
		}
		d := u.by[o.Name]
		if d == nil || d.reached {
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
		if d := u.by[a.Name]; d == nil || !d.reached {
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
