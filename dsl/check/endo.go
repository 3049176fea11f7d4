package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// endo checks `endo step on S = term`: for each input an endomorphism of S.
func (c *checker) endo(decl *syntax.ArrowDecl, a *category.Arrow) *category.Arrow {
	state := c.resolveType(decl.On)
	if state == nil {
		return nil
	}
	if len(state.Factors()) != 1 {
		c.report(diag.CT0712, decl.On.TypeSpan(), fmt.Sprintf("a state is one object, and %s is not", state)).
			Hint("name the parts in a record: object State = { … }")
		return nil
	}
	s := c.newScope()
	s.params = paramsOf(state)
	n := s.arrowTerm(decl.Term)
	if n == nil {
		return nil
	}
	s.equal(n.cod, of(state), func() {
		d := c.report(diag.CT0701, lastOf(n).span, fmt.Sprintf("`%s` acts on %s, so it must give %s, and this gives %s", a.Name, state, state, n.cod)).
			Label(decl.On.TypeSpan(), "the state").Beside("gives " + n.cod.String())
		if t := n.cod.typ(); t != nil && t.Equal(category.NewTangent(s.params)) {
			d.Hint("an optimizer turns a gradient into the next state: … >> sgd(rate: 0.1)")
		}
	}, n.span)
	if !s.solve() {
		return nil
	}
	if s.unfinished() {
		c.situate(n, &site{owner: a.Name, rule: endoRule(state, s.params)})
		return nil
	}
	if !s.decided(n) {
		return nil
	}
	slots, open := n.collect(), n.openSettings()
	ok := true
	for _, sl := range slots {
		if t := sl.typ.find().known; !t.Equal(state) && !t.Equal(s.params) {
			c.report(diag.CT0702, sl.span, fmt.Sprintf("inside an endo on %s every parameter is that state, and `%s` is given %s", state, sl.label, t)).
				Label(decl.On.TypeSpan(), "the state")
			ok = false
		}
	}
	if decl.Given != nil {
		ok = c.endoSettings(decl, open) && ok
	} else if len(open) > 0 {
		c.report(diag.CT0707, open[0].span, fmt.Sprintf("setting `%s` is open", open[0].name)).
			Hint(fmt.Sprintf("fix it: (%s: …), or bind it: endo %s on %s given LearningRate = …", open[0].name, a.Name, state))
		ok = false
	}
	if !ok {
		return nil
	}
	a.Kind, a.State, a.Cod, a.Dom = category.Term, state, state, n.dom.typ()
	d, ok := c.endoDiagram(s.inference, n, state, slots, open)
	if !ok {
		return nil
	}
	a.Diagram, a.Open, a.Partial = d, settingsOf(open), d.Partial()
	return a
}

// paramsOf is P of a state: the field params of a state object such as
// Adam[P], the state itself otherwise.
func paramsOf(state *category.Type) *category.Type {
	if state.Kind == category.Named && state.Object.State != "" {
		return state.Object.Of
	}
	return state
}

func (c *checker) endoSettings(decl *syntax.ArrowDecl, open []*boundSetting) bool {
	g := decl.Given
	if len(open) == 0 {
		c.report(diag.CT0604, g.Span, fmt.Sprintf("nothing in `%s` is left open for `given` to bind", decl.Name.Text)).
			Hint("its parameters are the state's")
		return false
	}
	if g.Fields != nil {
		rec, ok := c.givenFields(g)
		return ok && c.bindOpen(rec, open, g.Span)
	}
	t := c.resolveType(g.Type)
	return t != nil && c.bindOpen(t, open, g.Span)
}

// endoDiagram is diagramOf with the state in the place of parameters: every
// slot reads it, or the parameters in it.
func (c *checker) endoDiagram(in *inference, n *node, state *category.Type, slots []*slot, open []*boundSetting) (*category.Diagram, bool) {
	b := &build{c: c, in: in, d: category.NewDiagram(), ok: true}
	for _, t := range n.dom.types() {
		b.d.Ins = append(b.d.Ins, b.d.AddWire(t, "", n.span))
	}
	b.d.State = b.d.AddWire(state, "state", n.span)
	for _, s := range open {
		w := b.d.AddWire(settingType(s), s.name, s.span)
		b.d.Settings = append(b.d.Settings, w)
		b.bindSetting(s.name, w)
	}
	params := category.NoWire
	for _, sl := range slots {
		if sl.typ.find().known.Equal(state) {
			b.bindSlot(sl, b.d.State)
			continue
		}
		if params == category.NoWire {
			params = b.d.AddWire(in.params, "params", n.span)
			b.node(&category.Node{Op: &category.Project{Field: "params"}, In: []category.WireID{b.d.State}, Given: category.NoWire, Out: []category.WireID{params}, Span: n.span})
		}
		b.bindSlot(sl, params)
	}
	b.d.Outs = b.emit(n, b.d.Ins)
	return b.d, b.ok
}

// markDifferentiated follows every grad into the arrows it reaches.
func (c *checker) markDifferentiated() {
	seen := map[*category.Diagram]bool{}
	var under, outside func(d *category.Diagram)
	under = func(d *category.Diagram) {
		if d == nil || seen[d] {
			return
		}
		seen[d] = true
		for _, n := range d.Nodes {
			switch op := n.Op.(type) {
			case *category.Call:
				if op.Arrow.Category != c.cat {
					c.foreignReverse(op.Arrow, n.Span)
					continue
				}
				op.Arrow.Differentiated = true
				under(op.Arrow.Diagram)
			case *category.Apply:
				if !op.Prim.Decl.Std {
					c.needsReverse(op.Prim.Decl, n.Span)
				}
			case *category.Map:
				under(op.Body)
			case *category.Repeat:
				under(op.Body)
			}
		}
	}
	outside = func(d *category.Diagram) {
		if d == nil {
			return
		}
		for _, n := range d.Nodes {
			switch op := n.Op.(type) {
			case *category.Grad:
				under(op.Body)
			case *category.Map:
				outside(op.Body)
			case *category.Repeat:
				outside(op.Body)
			}
		}
	}
	for _, a := range c.cat.Arrows {
		outside(a.Diagram)
	}
}

// needsReverse reports a primitive under grad that has no reverse lines.
func (c *checker) needsReverse(p *category.PrimDecl, use diag.Span) {
	if in := directed(p); in != nil && len(p.Reverse) == 0 {
		c.report(diag.CT0709, p.Span, fmt.Sprintf("`%s` is differentiated and has no `reverse` lines", p.Name)).
			Label(use, "used under grad").
			Hint(fmt.Sprintf("say how d%s follows from the output's cotangent", in.Name))
	}
}

// foreignReverse reports what an imported arrow under grad lacks.
func (c *checker) foreignReverse(a *category.Arrow, use diag.Span) {
	switch lacks := c.owedReverse(a, nil).(type) {
	case *category.Arrow:
		c.report(diag.CT0709, use, fmt.Sprintf("`%s` is differentiated here and written in Go by hand, and its reverse is no part of the package of %s", lacks.Name, lacks.Category.Name)).
			Label(lacks.Span, "declared here").
			Hint(fmt.Sprintf("a package owes the reverse of what its own specification differentiates: put an arrow that is a gradient through `%s` there", lacks.Name))
	case *category.PrimDecl:
		c.report(diag.CT0709, use, fmt.Sprintf("`%s` is differentiated here and has no `reverse` lines", lacks.Name)).
			Label(lacks.Span, "declared here").
			Hint(fmt.Sprintf("say there how d%s follows from the output's cotangent", directed(lacks).Name))
	}
}

// owedReverse finds in a, of another specification, an arrow or a primitive
// that has no reverse: what is declared elsewhere cannot be asked for one from
// here. It is nil where a has its derivative, and for this specification's own.
func (c *checker) owedReverse(a *category.Arrow, seen map[*category.Diagram]bool) any {
	if a.Category == c.cat {
		return nil
	}
	if a.Kind == category.Hand {
		if a.Differentiated {
			return nil
		}
		return a
	}
	if seen == nil {
		seen = map[*category.Diagram]bool{}
	}
	var lacks any
	var walk func(d *category.Diagram)
	walk = func(d *category.Diagram) {
		if d == nil || seen[d] {
			return
		}
		seen[d] = true
		for _, n := range d.Nodes {
			switch op := n.Op.(type) {
			case *category.Call:
				if found := c.owedReverse(op.Arrow, seen); found != nil && lacks == nil {
					lacks = found
				}
			case *category.Apply:
				if p := op.Prim.Decl; !p.Std && directed(p) != nil && len(p.Reverse) == 0 && lacks == nil {
					lacks = p
				}
			case *category.Map:
				walk(op.Body)
			case *category.Repeat:
				walk(op.Body)
			}
		}
	}
	walk(a.Diagram)
	return lacks
}

// directed returns the first input or parameter of p that has a tangent, so
// that p needs reverse lines; nil where none has.
func directed(p *category.PrimDecl) *category.Port {
	for _, ports := range [][]category.Port{p.Ins, p.Given} {
		for i := range ports {
			if in := &ports[i]; in.Kind == category.Real && (in.Set == nil || !in.Set.Finite) {
				return in
			}
		}
	}
	return nil
}
