package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// termArrow is a composite.
func (c *checker) termArrow(decl *syntax.ArrowDecl, a *category.Arrow) *category.Arrow {
	s := c.newScope()
	n := s.arrowTerm(decl.Term)
	if n == nil {
		return nil
	}
	return c.finish(s, decl, a, n, nil)
}

// namedArrow is the named form: the same diagram, written with variables.
func (c *checker) namedArrow(decl *syntax.ArrowDecl, a *category.Arrow) *category.Arrow {
	if !decl.HasInputs {
		c.report(diag.CT0317, decl.Name.Span, fmt.Sprintf("`%s` has a body in the named form, but its inputs have no names", a.Name)).
			Hint(fmt.Sprintf("arrow %s(x: A) -> B { … }", a.Name))
		return nil
	}
	s := c.newScope()
	s.locals = map[string]*local{}
	var inputs []*local
	ok := true
	for _, in := range decl.Inputs {
		t := c.inputType(&in)
		l := &local{name: in.Name.Text, span: in.Name.Span, typ: of(t)}
		ok = s.declareLocal(l) && ok
		inputs = append(inputs, l)
	}
	var handed []*local
	if decl.Given != nil && decl.Given.Fields != nil {
		rec, good := c.givenFields(decl.Given)
		if !good {
			return nil
		}
		a.Given = rec
		for i, f := range decl.Given.Fields {
			l := &local{name: f.Name.Text, span: f.Name.Span, typ: of(rec.Fields[i].Type)}
			ok = s.declareLocal(l) && ok
			handed = append(handed, l)
		}
	}
	if !ok {
		return nil
	}
	n := s.body(decl.Named)
	if n == nil {
		return nil
	}
	n.inputs, n.handed = inputs, handed
	if inputs == nil {
		n.inputs = []*local{}
	}
	n.dom = of(a.Dom)
	return c.finish(s, decl, a, n, handed)
}

// finish solves a composite's body against its declared objects, gathers its
// parameters and builds its diagram.
func (c *checker) finish(s scope, decl *syntax.ArrowDecl, a *category.Arrow, n *node, handed []*local) *category.Arrow {
	if a.Dom != nil && n.kind != bodyNode {
		s.equal(of(a.Dom), n.dom, func() {
			d := c.report(diag.CT0302, firstOf(n).span, fmt.Sprintf("`%s` is declared to take %s, but %s takes %s", a.Name, a.Dom, meaningOf(decl), n.dom)).
				Label(domainSpan(decl), "declared here").Beside("takes " + n.dom.String())
			path := c.pathInFront(d, a.Dom, n)
			c.tellApart(d, a.Dom, n.dom.typ(), path)
		}, n.span)
	}
	if a.Cod != nil {
		s.equal(of(a.Cod), n.cod, func() {
			d := c.report(diag.CT0302, lastOf(n).span, fmt.Sprintf("`%s` is declared to give %s, but %s gives %s", a.Name, a.Cod, meaningOf(decl), n.cod)).
				Label(decl.Cod.TypeSpan(), "declared here").Beside("gives " + n.cod.String())
			path, _ := c.suggestPath(d, n.cod, of(a.Cod), n, nil)
			c.tellApart(d, n.cod.typ(), a.Cod, path != nil)
		}, n.span)
	}
	if !s.solve() {
		return nil
	}
	if s.unfinished() {
		rule := c.compositeRule(decl, n)
		if handed != nil {
			rule.exact = a.Given
		}
		c.keepKnown(a, n, rule.exact)
		c.situate(n, &site{owner: a.Name, rule: rule})
		return nil
	}
	if !s.decided(n) {
		return nil
	}
	a.Kind, a.Dom, a.Cod = category.Term, n.dom.typ(), n.cod.typ()
	slots, open := n.collect(), n.openSettings()
	if !c.distinct(slots) || !c.parameters(decl, a, slots, open, handed) {
		return nil
	}
	d, ok := c.diagramOf(s.inference, n, n.inputs, a.Given, open)
	if !ok {
		return nil
	}
	c.nameInputs(d, a)
	a.Diagram, a.Open, a.Partial = d, settingsOf(open), d.Partial()
	return a
}

// meaningOf names what is held against an arrow's declared objects.
func meaningOf(decl *syntax.ArrowDecl) string {
	if decl.Hand != nil {
		return "what it implements"
	}
	return "its body"
}

// domainSpan is where a declaration says what its arrow takes.
func domainSpan(decl *syntax.ArrowDecl) diag.Span {
	switch {
	case decl.Dom != nil:
		return decl.Dom.TypeSpan()
	case len(decl.Inputs) > 0:
		return decl.Inputs[0].Name.Span.To(decl.Inputs[len(decl.Inputs)-1].Type.TypeSpan())
	}
	return decl.Name.Span
}

// parameters settles what a composite is given: the gathered slots, under a
// name where it has one; or a setting that stays open.
func (c *checker) parameters(decl *syntax.ArrowDecl, a *category.Arrow, slots []*slot, open []*boundSetting, handed []*local) bool {
	g := decl.Given
	if g == nil {
		a.Given = gather(slots)
		return true
	}
	if g.Fields != nil {
		if handed == nil {
			return c.settingsGiven(decl, slots, open)
		}
		if len(slots) > 0 {
			c.report(diag.CT0611, slots[0].span, fmt.Sprintf("`%s` hands its parameters on by name, so this arrow must be handed its own", a.Name)).
				Label(g.Span, "given by name here").Hint("f(x given p)")
			return false
		}
		return true
	}
	if name, ok := g.Type.(*syntax.TypeName); ok && name.Args == nil && c.gatherers[name.Name.Text] != nil {
		if len(slots) == 0 {
			c.report(diag.CT0604, g.Span, fmt.Sprintf("`%s` has no parameters for `%s` to name", a.Name, name.Name.Text)).
				Hint("no arrow in its body is `given` anything")
			return false
		}
		o := c.gather(name.Name.Text, nil, name.Span, categorySlots(slots))
		if o == nil {
			return false
		}
		a.Given = category.NewNamed(o)
		return true
	}
	t := c.resolveType(g.Type)
	if t == nil {
		return false
	}
	if len(slots) == 0 && len(open) > 0 {
		return c.bindOpen(t, open, g.Span)
	}
	want := gather(slots)
	switch {
	case t.Equal(want):
	case len(slots) > 1 && sameFields(t.Carrier(), want):
	case len(slots) == 0:
		c.report(diag.CT0604, g.Span, fmt.Sprintf("`%s` takes no parameters, so it cannot be given %s", a.Name, t)).
			Hint("leave the `given` out")
		return false
	default:
		c.report(diag.CT0603, g.Span, fmt.Sprintf("the parameters of `%s` are %s, not %s", a.Name, want, t)).
			Hint(fmt.Sprintf("write `given %s`, or a name that nothing declares, which then names them", want))
		return false
	}
	a.Given = t
	return true
}

func sameFields(t, want *category.Type) bool {
	if t.Kind != category.Record || len(t.Fields) != len(want.Fields) {
		return false
	}
	for i, f := range t.Fields {
		if f.Name != want.Fields[i].Name || !f.Type.Equal(want.Fields[i].Type) {
			return false
		}
	}
	return true
}

func categorySlots(slots []*slot) []*category.Slot {
	var out []*category.Slot
	for _, s := range slots {
		out = append(out, &category.Slot{Label: s.label, Type: s.typ.find().known, Arrow: s.arrow, Span: s.span})
	}
	return out
}

// settingsGiven binds open settings by `given (rate: LearningRate)`.
func (c *checker) settingsGiven(decl *syntax.ArrowDecl, slots []*slot, open []*boundSetting) bool {
	if len(slots) > 0 {
		c.report(diag.CT0612, decl.Given.Span, "parameters are handed on by name in the named form only").
			Hint("arrow f(x: A) -> B given (p: P) { g(x given p) }")
		return false
	}
	rec, ok := c.givenFields(decl.Given)
	return ok && c.bindOpen(rec, open, decl.Given.Span)
}

// bindOpen binds one open setting to an object, or several to the fields of
// a record that bear their names.
func (c *checker) bindOpen(t *category.Type, open []*boundSetting, span diag.Span) bool {
	rec := t.Carrier()
	if rec.Kind != category.Record {
		if len(open) != 1 {
			c.report(diag.CT0710, span, fmt.Sprintf("%d settings are open here, and one object binds one", len(open))).
				Hint("given (" + open[0].name + ": …, …), by their names")
			return false
		}
		return c.bindSetting(open[0], t, span)
	}
	ok := true
	for _, s := range open {
		found := false
		for _, f := range rec.Fields {
			if f.Name == s.name {
				found = true
				ok = c.bindSetting(s, f.Type, span) && ok
			}
		}
		if !found {
			c.report(diag.CT0710, span, fmt.Sprintf("setting `%s` is open, and %s has no field of that name", s.name, t)).
				Label(s.span, "needs "+s.name)
			ok = false
		}
	}
	return ok
}

func (c *checker) bindSetting(s *boundSetting, t *category.Type, span diag.Span) bool {
	r := t.Carrier()
	if r.Kind != category.Real || len(r.Dims) > 0 {
		c.report(diag.CT0710, span, fmt.Sprintf("setting `%s` is one real number, and %s is not", s.name, t)).
			Label(s.span, "the setting is of this arrow")
		return false
	}
	if !t.RefinedSet().Within(s.set) {
		c.report(diag.CT0710, span, fmt.Sprintf("setting `%s` must lie in %s, and %s may lie outside", s.name, s.set, t)).
			Label(s.span, "the setting is of this arrow")
		return false
	}
	s.typ = t
	return true
}
