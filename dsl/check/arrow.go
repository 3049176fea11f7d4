package check

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// arrows elaborates every arrow and endo, each on first need, and keeps them
// in source order.
func (c *checker) arrows() {
	c.liftAhead()
	for _, d := range c.file.Decls {
		a, ok := d.(*syntax.ArrowDecl)
		if !ok || c.decls[a.Name.Text] != d {
			continue
		}
		if a.Generic() {
			c.needGeneric(a)
		} else {
			if arrow := c.needArrow(a.Name.Text); arrow != nil {
				c.cat.Arrows = append(c.cat.Arrows, arrow)
			}
		}
	}
	c.markDifferentiated()
}

// needArrow returns the checked arrow of that name, checking it now if that
// has not happened yet; nil where it is faulty. Arrows that need each other
// are one error with its path.
func (c *checker) needArrow(name string) *category.Arrow {
	if a, done := c.arrowsBy[name]; done {
		return a
	}
	decl, ok := c.decls[name].(*syntax.ArrowDecl)
	if !ok || decl.Generic() {
		return nil
	}
	if !c.visit(decl.Name) {
		return nil
	}
	a := c.arrow(decl)
	if a != nil && !c.small(a.Name, a.Span, a.Diagram) {
		a = nil
	}
	c.visited(name)
	c.arrowsBy[name] = a
	return a
}

func (c *checker) newArrow(decl *syntax.ArrowDecl) *category.Arrow {
	return &category.Arrow{Name: decl.Name.Text, Category: c.cat, Doc: decl.Doc, Span: decl.Name.Span, Decl: decl.Span, Endo: decl.Endo, Given: category.Unit}
}

func (c *checker) arrow(decl *syntax.ArrowDecl) *category.Arrow {
	a := c.newArrow(decl)
	if decl.Endo {
		return c.endo(decl, a)
	}
	if !c.signature(decl, a) {
		return nil
	}
	switch {
	case decl.Hand != nil:
		return c.implementation(decl, a)
	case decl.Equations != nil:
		return c.writtenArrow(decl, a)
	case decl.Named != nil:
		return c.namedArrow(decl, a)
	case decl.Term == nil:
		return c.handArrow(decl, a)
	}
	if name, settings, ok := stdOf(decl.Term); ok {
		return c.liftedArrow(decl, a, name, settings)
	}
	return c.termArrow(decl, a)
}

// signature resolves the declared domain and codomain, where there are any.
func (c *checker) signature(decl *syntax.ArrowDecl, a *category.Arrow) bool {
	ok := true
	if decl.HasInputs {
		var factors []*category.Type
		seen := map[string]diag.Span{}
		for _, in := range decl.Inputs {
			if first, again := seen[in.Name.Text]; again {
				c.report(diag.CT0206, in.Name.Span, fmt.Sprintf("two inputs are named `%s`", in.Name.Text)).Label(first, "the first")
				ok = false
			}
			seen[in.Name.Text] = in.Name.Span
			t := c.inputType(&in)
			if t == nil {
				ok = false
				continue
			}
			if len(t.Factors()) == 1 {
				a.Inputs = append(a.Inputs, in.Name.Text)
			} else {
				for range t.Factors() {
					a.Inputs = append(a.Inputs, "")
				}
			}
			factors = append(factors, t)
		}
		if ok {
			a.Dom = category.NewProduct(factors...)
		}
	} else if decl.Dom != nil {
		a.Dom = c.endType(decl.Dom, decl.DomSet, decl.Name)
		ok = a.Dom != nil
	}
	if decl.Cod != nil {
		a.Cod = c.endType(decl.Cod, decl.CodSet, decl.Name)
		ok = ok && a.Cod != nil
	}
	return ok
}

// inputType resolves the object of a named input, with a set written in
// place where its carrier is anonymous.
func (c *checker) inputType(in *syntax.Field) *category.Type {
	return c.endType(in.Type, in.Set, in.Name)
}

func (c *checker) endType(t syntax.Type, set *syntax.Set, name syntax.Name) *category.Type {
	if set == nil {
		return c.resolveType(t)
	}
	return c.fieldType(&syntax.Field{Name: name, Type: t, Set: set})
}

// givenType resolves the parameters of an arrow that is no composite.
func (c *checker) givenType(decl *syntax.ArrowDecl) (*category.Type, bool) {
	g := decl.Given
	switch {
	case g == nil:
		return category.Unit, true
	case g.Type != nil:
		t := c.resolveType(g.Type)
		if t != nil && t.Kind == category.Product && !t.IsUnit() {
			c.report(diag.CT0613, g.Span, fmt.Sprintf("parameters are one object, and %s is a product", t)).
				Hint("name the parts in a record: object P = { … }")
			return nil, false
		}
		return t, t != nil
	}
	rec, ok := c.givenFields(g)
	return rec, ok
}

func (c *checker) givenFields(g *syntax.Given) (*category.Type, bool) {
	fields, ok := c.resolveFields(g.Fields)
	return &category.Type{Kind: category.Record, Fields: fields}, ok
}

// handArrow is written in Go.
func (c *checker) handArrow(decl *syntax.ArrowDecl, a *category.Arrow) *category.Arrow {
	if a.Dom == nil || a.Cod == nil {
		c.report(diag.CT0310, decl.Name.Span, fmt.Sprintf("`%s` has neither objects nor a body", a.Name)).
			Hint(fmt.Sprintf("to be written in Go it needs its objects: arrow %s: A -> B", a.Name))
		return nil
	}
	given, ok := c.givenType(decl)
	if !ok {
		return nil
	}
	a.Kind, a.Given = category.Hand, given
	a.Fits = c.fitting(a)
	return a
}

// fitting names a standard arrow that a hand-written one could be: its name
// or its initials are the same, and the carriers fit.
func (c *checker) fitting(a *category.Arrow) string {
	for _, name := range keys(c.std.prims) {
		decl := c.std.prims[name]
		if decl.Type != "" || name != a.Name && initials(name) != a.Name {
			continue
		}
		var given *category.Type
		if !a.Given.IsUnit() {
			given = a.Given
		}
		if (given == nil) != (len(decl.Given) == 0) || len(a.Dom.Factors()) != len(decl.Ins) || len(a.Cod.Factors()) != len(decl.Outs) {
			continue
		}
		if _, bad := solvePrim(decl, a.Dom.Factors(), given, a.Cod.Factors(), nil); bad == nil {
			return name
		}
	}
	return ""
}

func initials(name string) string {
	out := ""
	for _, word := range strings.Split(name, "_") {
		out += word[:1]
	}
	return out
}

// stdOf recognises a body that is one standard arrow, with or without
// settings.
func stdOf(t syntax.Term) (*syntax.TermName, *syntax.TermSettings, bool) {
	switch t := t.(type) {
	case *syntax.TermName:
		return t, nil, t.Std
	case *syntax.TermSettings:
		if n, ok := t.Of.(*syntax.TermName); ok && n.Std {
			return n, t, true
		}
	case *syntax.TermTuple:
		if len(t.Items) == 1 {
			return stdOf(t.Items[0])
		}
	}
	return nil, nil, false
}

// liftedArrow is `= std.affine`: one primitive between declared objects.
func (c *checker) liftedArrow(decl *syntax.ArrowDecl, a *category.Arrow, name *syntax.TermName, settings *syntax.TermSettings) *category.Arrow {
	s := c.newScope()
	prim := c.primFor(name.Name.Text, a.Dom)
	if wiring, ok := structural[name.Name.Text]; ok && wiring != nil && prim == nil {
		return c.termArrow(decl, a)
	}
	if prim == nil {
		s.unknownArrow(name)
		return nil
	}
	if a.Dom == nil || a.Cod == nil {
		c.report(diag.CT0304, name.Span, fmt.Sprintf("`std.%s` needs the objects that it goes between", prim.Name)).
			Hint(fmt.Sprintf("arrow %s: A -> B = std.%s", a.Name, prim.Name))
		return nil
	}
	given, ok := c.givenType(decl)
	if !ok {
		return nil
	}
	n := primNode(prim, name.Span)
	if settings != nil && !s.bindAll(n, settings) {
		return nil
	}
	a.Kind, a.Given, a.Partial = category.Lifted, given, prim.Partial
	return c.lift(a, n, len(prim.Given) > 0)
}

// lift builds the one-node diagram of a primitive with declared objects.
func (c *checker) lift(a *category.Arrow, n *node, parametric bool) *category.Arrow {
	decl := n.prim.decl
	if !placed(decl, decl.Ins, a.Dom) || !placed(decl, decl.Outs, a.Cod) {
		c.report(diag.CT0401, n.span, fmt.Sprintf("`%s` goes from %d to %d objects, and `%s` is declared %s -> %s",
			primName(decl), len(decl.Ins), len(decl.Outs), a.Name, a.Dom, a.Cod))
		return nil
	}
	switch {
	case parametric && a.Given.IsUnit():
		c.report(diag.CT0607, n.span, fmt.Sprintf("`%s` has parameters, and `%s` is given none", primName(decl), a.Name)).
			Hint(fmt.Sprintf("name them: arrow %s: %s -> %s given P = %s", a.Name, a.Dom, a.Cod, primName(decl)))
		return nil
	case !parametric && !a.Given.IsUnit():
		c.report(diag.CT0604, n.span, fmt.Sprintf("`%s` has no parameters, and `%s` is given %s", primName(decl), a.Name, a.Given))
		return nil
	}
	n.dom, n.cod = of(a.Dom), of(a.Cod)
	n.slot = nil
	if parametric {
		n.slot = &slot{label: a.Name, typ: &part{known: a.Given}, span: n.span}
	}
	open := n.openSettings()
	d, ok := c.diagramOf(newInference(c), n, nil, a.Given, open)
	if !ok {
		return nil
	}
	c.nameInputs(d, a)
	a.Open = settingsOf(open)
	a.Diagram = d
	return a
}

func (c *checker) nameInputs(d *category.Diagram, a *category.Arrow) {
	for i, name := range a.Inputs {
		d.Wires[d.Ins[i]].Name = name
	}
}

func settingsOf(open []*boundSetting) []category.Setting {
	var out []category.Setting
	for _, s := range open {
		out = append(out, category.Setting{Name: s.name, Type: settingType(s), Span: s.span})
	}
	return out
}

// writtenArrow is a primitive of the user's own.
func (c *checker) writtenArrow(decl *syntax.ArrowDecl, a *category.Arrow) *category.Arrow {
	if a.Dom == nil || a.Cod == nil {
		c.report(diag.CT0310, decl.Name.Span, fmt.Sprintf("`%s` is given by equations and needs its objects", a.Name)).
			Hint(fmt.Sprintf("arrow %s: A -> B { means … }", a.Name))
		return nil
	}
	given, ok := c.givenType(decl)
	if !ok {
		return nil
	}
	prim := c.primDecl(decl)
	if prim == nil {
		return nil
	}
	a.Kind, a.Given, a.Partial = category.Written, given, prim.Partial
	n := primNode(prim, decl.Name.Span)
	return c.lift(a, n, len(prim.Given) > 0)
}

func (c *checker) newScope() scope {
	return scope{inference: newInference(c)}
}
