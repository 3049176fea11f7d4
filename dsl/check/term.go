package check

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// scope is what a term is elaborated in.
type scope struct {
	*inference
	locals map[string]*local // nil outside named bodies
	free   bool              // std's schemes over carriers may stand bare (laws)
	factor bool              // directly under `*`: a bare id is one component
	within *instance         // of a generic arrow, in whose body this is
	again  bool              // an argument that was elaborated before
}

func (s scope) under(factor bool) scope {
	s.factor = factor
	return s
}

// arrowTerm elaborates t as an arrow. It returns nil after reporting.
func (s scope) arrowTerm(t syntax.Term) *node {
	if !s.c.enter(t.TermSpan()) {
		return s.fail()
	}
	defer s.c.leave()
	if !s.expandable(t) {
		return s.fail()
	}
	switch t := t.(type) {
	case *syntax.TermName:
		return s.nameTerm(t)
	case *syntax.TermNumber:
		v, ok := s.c.constant(t.Value)
		if !ok {
			return s.fail()
		}
		return &node{kind: constNode, span: t.Span, cod: seq{single()}, constant: v}
	case *syntax.TermHole:
		return s.holeTerm(t)
	case *syntax.TermProject:
		if name := s.member(t); name != nil {
			return s.nameTerm(name)
		}
		return s.projectTerm(t)
	case *syntax.TermTuple:
		if len(t.Items) == 1 {
			return s.arrowTerm(t.Items[0])
		}
		return s.fanTerm(t.Items, t.Span)
	case *syntax.TermCompose:
		return s.composeTerm(t)
	case *syntax.TermProduct:
		n := &node{kind: productNode, span: t.Span}
		if !s.each(t.Items, n, true) {
			return nil
		}
		for _, k := range n.kids {
			n.dom, n.cod = append(n.dom, k.dom...), append(n.cod, k.cod...)
		}
		return n
	case *syntax.TermSum:
		return s.sumTerm(t)
	case *syntax.TermPrefix:
		return s.prefixTerm(t)
	case *syntax.TermAs:
		return s.asTerm(t)
	case *syntax.TermSettings:
		return s.settingsTerm(t)
	case *syntax.TermRecord:
		s.c.report(diag.CT0318, t.Span, "a record is a value, not an arrow").
			Hint("use the named form: arrow f(x: A) -> B { … }")
	case *syntax.TermCall:
		if fold := s.foldNamed(t.Of); fold != nil {
			return s.foldTerm(fold, t)
		}
		if g, name, is := s.genericNamed(t.Of); is {
			if t.Given != nil {
				s.c.report(diag.CT0320, t.Given.TermSpan(), fmt.Sprintf("`%s` is applied to arrows, and what they are given stands behind their input", name.Name.Text)).
					Hint(fmt.Sprintf("in the named form: %s(f)(x given p)", name.Name.Text))
				return s.fail()
			}
			return s.applied(g, name, t.Args, t.Span)
		}
		s.c.report(diag.CT0318, t.Span, "an application is a value, and values need the named form").
			Hint("write `arrow f(x: A) -> B { … }`, or compose with >>")
	}
	return s.fail()
}

func (s scope) fail() *node {
	s.failed = true
	return nil
}

// each elaborates items into n.kids, all of them even where one fails, so
// that independent faults are reported together.
func (s scope) each(items []syntax.Term, n *node, factor bool) bool {
	ok := true
	for _, it := range items {
		k := s.under(factor).arrowTerm(it)
		ok = ok && k != nil
		n.kids = append(n.kids, k)
	}
	return ok
}

// structural is the arity of the wiring arrows: how their outputs come from
// their inputs, by position.
var structural = map[string]func(factor bool) (dom, cod seq){
	"id":   func(f bool) (seq, seq) { x := either(f); return seq{x}, seq{x} },
	"copy": func(f bool) (seq, seq) { x := either(f); return seq{x}, seq{x, x} },
	"drop": func(f bool) (seq, seq) { return seq{either(f)}, nil },
	"swap": func(bool) (seq, seq) { a, b := single(), single(); return seq{a, b}, seq{b, a} },
	"first": func(bool) (seq, seq) {
		a := single()
		return seq{a, rowVar()}, seq{a}
	},
	"second": func(bool) (seq, seq) {
		b := single()
		return seq{single(), b, rowVar()}, seq{b}
	},
	"third": func(bool) (seq, seq) {
		x := single()
		return seq{single(), single(), x, rowVar()}, seq{x}
	},
}

func either(factor bool) *part {
	if factor {
		return single()
	}
	return rowVar()
}

func (s scope) nameTerm(t *syntax.TermName) *node {
	if !t.Std {
		if a := s.argument(t.Name.Text); a != nil {
			return s.argumentTerm(a, t)
		}
		if g, name, is := s.genericNamed(t); is {
			return s.applied(g, name, nil, t.Span)
		}
		if _, isLocal := s.locals[t.Name.Text]; isLocal {
			s.c.report(diag.CT0318, t.Span, fmt.Sprintf("`%s` is a value here, not an arrow", t.Name.Text))
			return s.fail()
		}
		if from, bare, qualified := s.c.elsewhere(t.Name); qualified {
			return s.callElsewhere(t, from, bare)
		}
		if d, declared := s.c.decls[t.Name.Text]; declared {
			return s.callTerm(t, d)
		}
	}
	if s.foldNamed(t) != nil {
		if len(t.Args) == 1 {
			return s.foldByMonoid(t)
		}
		return s.foldAlone(t)
	}
	decl := s.c.std.prims[t.Name.Text]
	if wiring, ok := structural[t.Name.Text]; ok && (!t.Std || decl == nil) {
		return s.wiringTerm(t, wiring)
	}
	switch {
	case decl != nil && s.free && !t.Std && s.c.unread(t.Name.Text): // the same
		return s.fail()
	case decl == nil:
		s.unknownArrow(t)
		return s.fail()
	case !t.Std && s.c.broken[t.Name.Text]: // meant an arrow that could not be read
		return s.fail()
	case decl.Type == "" && !s.free && !t.Std:
		s.c.lacks(missing{
			kind: "arrow", name: t.Name.Text, candidates: func() []string { return nil }, code: diag.CT0304,
			message:   fmt.Sprintf("`%s` is a standard arrow over carriers and has no objects of its own", t.Name.Text),
			otherwise: fmt.Sprintf("declare it between your objects: arrow %s: A -> B = std.%s", t.Name.Text, t.Name.Text),
		}, t.Span)
		return s.fail()
	case decl.Type == "" && !s.free:
		s.c.report(diag.CT0304, t.Span, fmt.Sprintf("`std.%s` needs an arrow line here, so that its objects have names", t.Name.Text)).
			Hint(fmt.Sprintf("declare it: arrow %s: A -> B = std.%s", t.Name.Text, t.Name.Text))
		return s.fail()
	}
	if t.Args != nil {
		s.noBrackets(t)
		return s.fail()
	}
	return s.primTerm(decl, t.Span)
}

func (s scope) wiringTerm(t *syntax.TermName, wiring func(bool) (seq, seq)) *node {
	n := &node{kind: idNode, span: t.Span, field: t.Name.Text}
	n.dom, n.cod = wiring(s.factor && t.Args == nil)
	if t.Args == nil {
		return n
	}
	if len(t.Args) > 1 {
		s.c.report(diag.CT0405, t.Span, fmt.Sprintf("`%s` takes one object in brackets", t.Name.Text)).
			Hint("a product is one: id[A * B]")
		return s.fail()
	}
	parts, ok := s.objects(t.Args[0])
	if !ok {
		return s.fail()
	}
	s.equal(n.dom, parts, func() {
		s.c.report(diag.CT0405, t.Span, fmt.Sprintf("`%s` does not take %s", t.Name.Text, parts))
	}, t.Span)
	return n
}

// callTerm is the use of a declared arrow.
func (s scope) callTerm(t *syntax.TermName, d syntax.Decl) *node {
	decl, ok := d.(*syntax.ArrowDecl)
	if !ok {
		s.c.wrongKind(t.Name, d, "an arrow", s.c.arrowNames)
		return s.fail()
	}
	if t.Args != nil {
		s.noBrackets(t)
		return s.fail()
	}
	a := s.c.needArrow(t.Name.Text)
	if u := s.c.unfinished[t.Name.Text]; u != nil {
		return s.unfinishedTerm(t, t.Name.Text, u)
	}
	if a == nil {
		return s.fail()
	}
	if decl.Endo {
		s.c.report(diag.CT0708, t.Span, fmt.Sprintf("`%s` is an endo: it acts on its state and does not compose with arrows", t.Name.Text)).
			Label(decl.Name.Span, "declared here")
		return s.fail()
	}
	return s.useOf(a, t.Span)
}

// callElsewhere is the use of an arrow that another specification declares.
func (s scope) callElsewhere(t *syntax.TermName, from *checker, bare string) *node {
	if t.Args != nil {
		s.noBrackets(t)
		return s.fail()
	}
	a, waits := s.c.arrowElsewhere(t.Name, from, bare)
	switch {
	case waits != nil:
		return s.unfinishedTerm(t, bare, waits)
	case a == nil:
		return s.fail()
	}
	return s.useOf(a, t.Span)
}

// useOf is one use of a: its parameters are a slot, and its open settings are
// open here.
func (s scope) useOf(a *category.Arrow, span diag.Span) *node {
	n := &node{kind: callNode, span: span, arrow: a, dom: of(a.Dom), cod: of(a.Cod)}
	if !a.Given.IsUnit() {
		n.slot = &slot{label: a.Name, typ: &part{known: a.Given}, arrow: a, span: span}
	}
	for _, o := range a.Open {
		n.settings = append(n.settings, &boundSetting{name: o.Name, set: o.Type.RefinedSet(), typ: named(o.Type), span: span})
	}
	return n
}

func named(t *category.Type) *category.Type {
	if t.Kind == category.Named {
		return t
	}
	return nil
}

// primTerm is the direct use of a primitive.
func (s scope) primTerm(decl *category.PrimDecl, span diag.Span) *node {
	n := primNode(decl, span)
	if decl.Type != "" {
		s.overObjects(n)
	} else {
		s.overCarriers(n)
	}
	return n
}

// primNode is a primitive whose objects are still to be said.
func primNode(decl *category.PrimDecl, span diag.Span) *node {
	n := &node{kind: applyNode, span: span, prim: &primUse{decl: decl, free: decl.Type == ""}}
	for _, st := range decl.Settings {
		b := &boundSetting{name: st.Name, set: st.Set, like: st.Like != "", span: span}
		if st.Default != nil {
			b.fixed, b.value = true, *st.Default
		}
		n.settings = append(n.settings, b)
	}
	return n
}

// overObjects relates the ports of a scheme over objects: everything follows
// from P, and P from whatever neighbour is known first.
func (s scope) overObjects(n *node) {
	u, span := n.prim, n.span
	u.object = single()
	if u.decl.Moves() {
		s.overElements(n)
		return
	}
	port := func(p category.Port) *part {
		if !p.TangentOf {
			return u.object
		}
		g := single()
		s.add(func() unified {
			r := tangentOf(g, u.object)
			if r == clash {
				s.c.report(diag.CT0711, span, fmt.Sprintf("`%s` takes the tangent of the state's parameters, not %s", u.decl.Name, seq{g})).
					Hint("`grad` gives a tangent")
				s.failed = true
			}
			return r
		}, func() { s.open(span, "tangent P") })
		return g
	}
	for _, p := range u.decl.Ins {
		n.dom = append(n.dom, port(p))
	}
	if u.decl.State == "" {
		for _, p := range u.decl.Outs {
			n.cod = append(n.cod, port(p))
		}
		if len(u.decl.Given) > 0 {
			n.slot = &slot{label: u.decl.Name, typ: u.object, span: span}
		}
		return
	}
	u.state = single()
	n.cod = seq{u.state}
	n.slot = &slot{label: u.decl.Name, typ: u.state, span: span}
	s.add(func() unified {
		if p := u.object.find(); p.known != nil {
			o := s.c.stateInstance(u.decl.State, p.known, span)
			if o == nil {
				s.failed = true
				return clash
			}
			if r := unify(seq{u.state}, of(category.NewNamed(o))); r != clash {
				return r
			}
			s.c.report(diag.CT0711, span, fmt.Sprintf("`%s` steps %s, not %s", u.decl.Name, o.Name, seq{u.state})).
				Hint(fmt.Sprintf("endo … on %s = …", o.Name))
			s.failed = true
			return clash
		}
		if st := u.state.find(); st.known != nil {
			if st.known.Kind != category.Named || st.known.Object.State != u.decl.State {
				s.c.report(diag.CT0711, span, fmt.Sprintf("`%s` steps a state %s[P], not %s", u.decl.Name, u.decl.State, st.known)).
					Hint(fmt.Sprintf("endo … on %s[P] = …", u.decl.State))
				s.failed = true
				return clash
			}
			return unify(seq{u.object}, of(st.known.Object.Of))
		}
		return undecided
	}, func() { s.open(span, u.decl.State+"[P]") })
}

// overCarriers is a scheme over carriers between whatever objects stand
// around it. It settles once its inputs are known; outputs that no neighbour
// names become anonymous carriers.
func (s scope) overCarriers(n *node) {
	u := n.prim
	for range u.decl.Ins {
		n.dom = append(n.dom, single())
	}
	for range u.decl.Outs {
		n.cod = append(n.cod, single())
	}
	if len(u.decl.Given) > 0 {
		n.slot = &slot{label: u.decl.Name, typ: single(), span: n.span}
	}
	s.add(func() unified {
		if !n.dom.known() || (!n.cod.known() && !s.lastResort) {
			return undecided
		}
		if n.slot != nil && n.slot.typ.find().known == nil {
			return undecided
		}
		return s.solveUse(n)
	}, func() { s.open(n.span, n.dom.String()+" -> "+n.cod.String()) })
}

func (s scope) solveUse(n *node) unified {
	u := n.prim
	var given *category.Type
	if n.slot != nil {
		given = n.slot.typ.find().known
	}
	outs := make([]*category.Type, len(n.cod))
	for i, p := range n.cod {
		outs[i] = p.find().known
	}
	prim, bad := solvePrim(u.decl, n.dom.types(), given, outs, nil)
	if bad != nil {
		s.c.misfit(u.decl, bad, n.span)
		s.failed = true
		return clash
	}
	u.solved = prim
	for i, t := range outTypes(prim) {
		if outs[i] == nil {
			unify(seq{n.cod[i]}, of(t))
		}
	}
	return agreed
}

// misfit reports that carriers do not fit a standard arrow's scheme.
func (c *checker) misfit(decl *category.PrimDecl, m *misfit, span diag.Span) *diag.Diagnostic {
	if m.foreign != nil {
		return c.foreignField(decl, m, span)
	}
	if first := c.culprit(m); first != nil {
		if len(first.Labels) < maxElsewhere {
			first.Label(span, fmt.Sprintf("nor does `%s` here", primName(decl)))
		}
		return &diag.Diagnostic{}
	}
	d := c.report(m.Code, span, fmt.Sprintf("`%s` does not fit here: %s", primName(decl), m.Message))
	for _, l := range m.Labels {
		c.accused[l.Span] = append(c.accused[l.Span], d)
		d.Label(l.Span, l.Message)
	}
	if m.Want != nil {
		if arrows := c.into(m.Has, m.Want); arrows != "" {
			d.Hint(arrows)
		}
	}
	for _, line := range m.Detail {
		d.Hint(line)
	}
	if decl.Doc != nil && len(m.Detail) == 0 {
		d.Hint("std says: " + strings.TrimSpace(decl.Doc[0]))
	}
	return d
}

// culprit returns an earlier misfit that the fault behind m has likely caused
// too: the object's set is what does not fit in both, or its shape is what
// does not fit for the third time.
func (c *checker) culprit(m *misfit) *diag.Diagnostic {
	for _, l := range m.Labels {
		earlier := c.accused[l.Span]
		switch {
		case m.Code != diag.CT0401 && len(earlier) > 0 && earlier[0].Code == m.Code, len(earlier) > 1:
			return earlier[0]
		}
	}
	return nil
}

// foreignField reports parameters with a field that the standard arrow has
// not: at the field, where it is one of those misspelt.
func (c *checker) foreignField(decl *category.PrimDecl, m *misfit, span diag.Span) *diag.Diagnostic {
	message := fmt.Sprintf("`%s` does not fit here: %s", primName(decl), m.Message)
	var at diag.Span
	if m.foreign.Kind == category.Named {
		at = c.fieldSpan(m.foreign.Object, m.Port)
	}
	near := c.suggest(m.Port, m.lacks)
	if at.Known() && at.Text() != m.Port {
		near = ""
	}
	var d *diag.Diagnostic
	switch {
	case !at.Known():
		d = c.report(m.Code, span, message)
	case near == "":
		d = c.report(m.Code, span, message).Label(at, "the field of "+m.foreign.String())
	default:
		d = c.report(m.Code, at, fmt.Sprintf("`%s` takes no field `%s` of %s", primName(decl), m.Port, m.foreign)).
			Label(span, "used here")
	}
	if near != "" {
		d.Hint(fmt.Sprintf("did you mean `%s`?", near))
	}
	for _, line := range m.Detail {
		d.Hint(line)
	}
	return d
}

func primName(decl *category.PrimDecl) string {
	if decl.Std {
		return "std." + decl.Name
	}
	return decl.Name
}

func (s scope) unknownArrow(t *syntax.TermName) {
	name := t.Name.Text
	if t.Std {
		d := s.c.report(diag.CT0204, t.Span, fmt.Sprintf("std has no arrow `%s` in this version", name))
		s.c.didYouMean(d, t.Name, "std.", s.c.stdNames())
		return
	}
	m := missing{
		kind: "arrow", name: name, candidates: s.c.arrowNames,
		code: diag.CT0203, message: fmt.Sprintf("no arrow `%s` is declared", name),
	}
	if s.locals == nil {
		m.otherwise = fmt.Sprintf("declare it: arrow %s: A -> B, to be written in Go, or give it a body with `=`", name)
	}
	s.c.lacks(m, t.Name.Span)
}

func (c *checker) stdNames() []string {
	var names []string
	for n := range c.std.prims {
		names = append(names, n)
	}
	return names
}

func (c *checker) arrowNames() []string {
	names := []string{"id", "copy", "drop", "swap", "first", "second", "third"}
	for n, d := range c.decls {
		if a, ok := d.(*syntax.ArrowDecl); ok && !a.Endo {
			names = append(names, n)
		}
	}
	for n, p := range c.std.prims {
		if p.Type != "" {
			names = append(names, n)
		}
	}
	return names
}
