package check

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// maxExpanded bounds the terms of all bodies that one declaration unfolds.
const maxExpanded = maxOperations

// genericNamed finds the generic arrow that t names; is is false where t is
// anything else. G is nil after reporting.
func (s scope) genericNamed(t syntax.Term) (g *generic, name *syntax.TermName, is bool) {
	switch t := t.(type) {
	case *syntax.TermProject:
		if name = s.member(t); name == nil {
			return nil, nil, false
		}
	case *syntax.TermName:
		name = t
	default:
		return nil, nil, false
	}
	if name.Std || s.locals[name.Name.Text] != nil || s.argument(name.Name.Text) != nil {
		return nil, nil, false
	}
	if q, bare, qualified := strings.Cut(name.Name.Text, "."); qualified {
		if imp := s.c.importNamed(q); imp != nil {
			g, is = imp.c.genericElsewhere(bare)
		}
		return g, name, is
	}
	decl, ok := s.c.decls[name.Name.Text].(*syntax.ArrowDecl)
	if !ok || !decl.Generic() {
		return nil, nil, false
	}
	return s.c.needGeneric(decl), name, true
}

func (s scope) argument(name string) *argument {
	if s.within == nil {
		return nil
	}
	return s.within.args[name]
}

// argumentTerm is one mention of what a generic arrow is applied to.
func (s scope) argumentTerm(a *argument, t *syntax.TermName) *node {
	if t.Args != nil {
		s.noBrackets(t)
		return s.fail()
	}
	n := a.fresh(t.Span)
	if n == nil {
		return s.fail()
	}
	n.argument = true
	for _, sl := range n.collect() {
		sl.via = t.Span
	}
	return n
}

// expandable reports whether one more term may be unfolded, and reports where
// not. Arrows that use what they take twice, level upon level, grow beyond
// every bound in a few lines.
func (s scope) expandable(t syntax.Term) bool {
	if s.within == nil && !s.again {
		return true
	}
	if s.expanded++; s.expanded <= maxExpanded {
		return true
	}
	if s.expanded == maxExpanded+1 {
		at := t.TermSpan()
		for inst := s.c.within; inst != nil && !inst.rigid; inst = inst.outer {
			at = inst.use
		}
		s.c.report(diag.CT1011, at, fmt.Sprintf("the generic arrows here unfold to more than %d terms", maxExpanded)).
			Hint("apply them to fewer others, or declare an arrow for what they are applied to")
	}
	return false
}

// oneOfMany reports a generic arrow where an arrow is needed.
func (c *checker) oneOfMany(name syntax.Name, decl *syntax.ArrowDecl) {
	c.report(diag.CT0320, name.Span, fmt.Sprintf("`%s` is generic, and one arrow is needed here", name.Text)).
		Label(decl.Name.Span, "declared here").
		Hint("name one: arrow f = " + usage(decl, name.Text))
}

func (s scope) bracketsBehind(t *syntax.TermProject) {
	s.c.report(diag.CT0405, t.Span, fmt.Sprintf("the projection `.%s` takes no brackets", t.Field.Text))
}

func (s scope) noBrackets(t *syntax.TermName) {
	s.c.report(diag.CT0405, t.Span, fmt.Sprintf("`%s` takes no brackets", t.Name.Text)).
		Hint("only generic arrows, `id`, `copy` and `drop` leave objects open")
}

// applied is `residual[Stream](f)`: the generic arrow g, called name here, for
// these objects, dims and arrows.
func (s scope) applied(g *generic, name *syntax.TermName, args []syntax.Term, span diag.Span) *node {
	switch {
	case g == nil:
		return s.fail()
	case g.unfinished:
		return s.anyArrow(span, nil, nil)
	case len(args) != len(g.decl.Takes):
		d := s.c.report(diag.CT0320, span, fmt.Sprintf("`%s` is applied to %s, and here to %d", name.Name.Text, count(len(g.decl.Takes), "arrow"), len(args))).
			Label(g.decl.Name.Span, "declared here")
		if len(g.decl.Takes) > 0 {
			d.Hint("such as `" + usage(g.decl, name.Name.Text) + "`")
		}
		return s.fail()
	}
	inst := g.instance(span)
	inst.outer = s.within
	if !s.choose(inst, name) {
		return s.fail()
	}
	for i := range args {
		inst.args[g.decl.Takes[i].Name.Text] = &argument{takes: &g.decl.Takes[i], fresh: s.elaborated(inst, &g.decl.Takes[i], args[i])}
	}
	return s.expand(inst)
}

// usage is how a generic arrow is written: residual(f).
func usage(decl *syntax.ArrowDecl, name string) string {
	var takes []string
	for _, t := range decl.Takes {
		takes = append(takes, t.Name.Text)
	}
	return fmt.Sprintf("%s(%s)", name, strings.Join(takes, ", "))
}

// choose takes in what stands in the brackets: all that is left open, or the
// dims alone, in their order.
func (s scope) choose(inst *instance, name *syntax.TermName) bool {
	if name.Args == nil {
		return true
	}
	params := inst.decl.Params
	var dims []syntax.Param
	for _, p := range params {
		if p.Dim {
			dims = append(dims, p)
		}
	}
	if len(name.Args) == len(dims) {
		params = dims
	}
	if len(name.Args) != len(params) {
		s.c.report(diag.CT0320, name.Span, fmt.Sprintf("`%s` leaves open %s, and the brackets hold %d", name.Name.Text, listed(params), len(name.Args))).
			Label(inst.decl.Name.Span, "declared here")
		return false
	}
	ok := true
	for i, p := range params {
		v := inst.vars[p.Text]
		if !v.dim {
			parts, good := s.objects(name.Args[i])
			v.parts = parts
			ok = ok && good
			continue
		}
		size, good := s.c.resolveDim(name.Args[i])
		v.size = size
		ok = ok && good
	}
	return ok
}

func listed(params []syntax.Param) string {
	if len(params) == 0 {
		return "no objects"
	}
	var names []string
	for _, p := range params {
		names = append(names, "`"+p.Text+"`")
	}
	return strings.Join(names, ", ")
}

// elaborated makes arrows of t, an argument, each time anew. Faults of its own
// are reported once: where the first fails there is no second.
func (s scope) elaborated(inst *instance, takes *syntax.Takes, t syntax.Term) func(diag.Span) *node {
	in := s.under(false)
	return func(diag.Span) *node {
		defer s.c.inside(s.within)()
		n := in.arrowTerm(t)
		in.again = true
		if n == nil {
			return nil
		}
		a := inst.args[takes.Name.Text]
		misfit := func() {
			d := in.c.report(diag.CT0321, t.TermSpan(), fmt.Sprintf("`%s` takes `%s`, and this goes %s -> %s", inst.decl.Name.Text, takes.Name.Span.To(takes.Cod.TypeSpan()).Text(), n.dom, n.cod)).
				Label(takes.Name.Span, "declared here")
			for _, p := range inst.decl.Params {
				if v := inst.vars[p.Text]; !v.dim && v.known() {
					d.Hint(fmt.Sprintf("`%s` is %s here", p.Text, v.parts))
				}
			}
		}
		in.equal(a.dom, n.dom, misfit, t.TermSpan())
		in.equal(a.cod, n.cod, misfit, t.TermSpan())
		return n
	}
}

// inside makes inst the use of a generic arrow at hand, until what it returns
// is called.
func (c *checker) inside(inst *instance) (leave func()) {
	within, vars := c.within, c.vars
	c.within, c.vars = inst, nil
	if inst != nil {
		c.vars = inst.vars
	}
	return func() { c.within, c.vars = within, vars }
}

// expand elaborates the body of inst, for what it chooses.
func (s scope) expand(inst *instance) *node {
	decl := inst.decl
	b := scope{inference: &inference{s.c.viewOf(inst.from), s.constraints}, within: inst}
	defer b.c.inside(inst)()
	n := &node{kind: instanceNode, span: inst.use, instance: inst}
	if !b.arguments(inst) {
		return s.fail()
	}
	var dom, cod seq
	ok := true
	if decl.HasInputs {
		b.locals = map[string]*local{}
		inst.inputs = []*local{}
		for _, in := range decl.Inputs {
			typ, good := b.ends(in.Type, in.Set)
			l := &local{name: in.Name.Text, span: in.Name.Span, typ: typ}
			ok = b.declareLocal(l) && good && ok
			inst.inputs = append(inst.inputs, l)
			dom = append(dom, l.typ...)
		}
	} else if decl.Dom != nil {
		dom, ok = b.ends(decl.Dom, decl.DomSet)
	}
	if decl.Cod != nil {
		good := false
		cod, good = b.ends(decl.Cod, decl.CodSet)
		ok = ok && good
	}
	if !ok {
		return s.fail()
	}
	body := b.genericTerm(decl)
	if body == nil {
		return s.fail()
	}
	n.kids, n.dom, n.cod = []*node{body}, body.dom, body.cod
	if decl.HasInputs {
		n.dom = dom
	}
	if decl.Dom != nil {
		b.declared(decl, "take", "takes", dom, &n.dom, firstOf(body).span, domainSpan(decl))
	}
	if decl.Cod != nil {
		b.declared(decl, "give", "gives", cod, &n.cod, lastOf(body).span, decl.Cod.TypeSpan())
	}
	return n
}

// arguments gives every arrow that inst is applied to its ends.
func (b scope) arguments(inst *instance) bool {
	for i := range inst.decl.Takes {
		takes := &inst.decl.Takes[i]
		a := inst.args[takes.Name.Text]
		if a == nil {
			a = &argument{takes: takes}
			inst.args[takes.Name.Text] = a
		}
		var okD, okC bool
		a.dom, okD = b.ends(takes.Dom, nil)
		a.cod, okC = b.ends(takes.Cod, nil)
		if !okD || !okC {
			return false
		}
		if inst.rigid {
			if b.settle(); b.failed {
				return false
			}
			b.opaque(a)
			continue
		}
		n := a.fresh(takes.Name.Span)
		if n == nil {
			return false
		}
		again, first := a.fresh, true
		a.fresh = func(mention diag.Span) *node {
			if first {
				first = false
				return n
			}
			return again(mention)
		}
	}
	for _, p := range inst.decl.Params {
		if p.Dim && !inst.rigid {
			b.settle() // the arguments may say how large it is
			return !b.failed
		}
	}
	return true
}

func (b scope) genericTerm(decl *syntax.ArrowDecl) *node {
	if decl.Named == nil {
		return b.arrowTerm(decl.Term)
	}
	if !decl.HasInputs {
		b.c.report(diag.CT0317, decl.Name.Span, fmt.Sprintf("`%s` has a body in the named form, but its inputs have no names", decl.Name.Text)).
			Hint(fmt.Sprintf("arrow %s…(x: A) -> B { … }", decl.Name.Text))
		return b.fail()
	}
	return b.body(decl.Named)
}

// declared holds what the body takes or gives against what the declaration says.
func (b scope) declared(decl *syntax.ArrowDecl, verb, verbs string, says seq, is *seq, at, where diag.Span) {
	b.equal(says, *is, func() {
		b.c.report(diag.CT0302, at, fmt.Sprintf("`%s` is declared to %s %s, but its body %s %s", decl.Name.Text, verb, says, verbs, *is)).
			Label(where, "declared here").Beside(verbs + " " + is.String())
	}, at)
}

// grouped is `f as label` where f stands for whatever a generic arrow is
// applied to: its parameters, however many, are one under that label.
func grouped(f *node, slots []*slot, t *syntax.TermAs) *node {
	switch len(slots) {
	case 0:
		return f
	case 1:
		slots[0].label, slots[0].span = t.Label.Text, t.Label.Span
		return f
	}
	return &node{
		kind: groupNode, span: t.Span, dom: f.dom, cod: f.cod, kids: []*node{f},
		slot: &slot{label: t.Label.Text, typ: single(), span: t.Label.Span},
	}
}

// leavesOpen reports whether n holds what a generic arrow is applied to.
func (n *node) leavesOpen() bool {
	if n.argument {
		return true
	}
	for _, k := range n.kids {
		if k.leavesOpen() {
			return true
		}
	}
	return false
}

// instance writes the body of a generic arrow in the place of its use.
func (b *build) instance(n *node, ins []category.WireID) []category.WireID {
	outer := b.c.within
	b.c.within = n.instance
	defer func() { b.c.within = outer }()
	for _, l := range n.instance.inputs {
		k := len(l.typ.types())
		l.wires, ins = ins[:k:k], ins[k:]
		if k == 1 && b.d.Wires[l.wires[0]].Name == "" {
			b.d.Wires[l.wires[0]].Name = l.name
		}
	}
	return b.emit(n.kids[0], ins)
}
