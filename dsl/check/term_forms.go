package check

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

func (s scope) composeTerm(t *syntax.TermCompose) *node {
	s = s.under(false)
	f, g := s.arrowTerm(t.F), s.arrowTerm(t.G)
	if f == nil || g == nil {
		return nil
	}
	s.equal(f.cod, g.dom, func() { s.c.doNotCompose(f, g, t.OpSpan) }, t.OpSpan)
	return &node{kind: composeNode, span: t.Span, dom: f.dom, cod: g.cod, kids: []*node{f, g}}
}

// fanTerm is (f, g): one input, fanned out.
func (s scope) fanTerm(items []syntax.Term, span diag.Span) *node {
	n := &node{kind: fanNode, span: span}
	if !s.each(items, n, false) {
		return nil
	}
	n.dom = n.kids[0].dom
	for _, k := range n.kids {
		n.cod = append(n.cod, k.cod...)
	}
	for _, k := range n.kids[1:] {
		s.equal(n.dom, k.dom, func() {
			s.c.report(diag.CT0305, k.span, fmt.Sprintf("the arrows of a tuple read one input, but this one takes %s", k.dom)).
				Label(n.kids[0].span, "takes "+n.dom.String()).
				Hint("side by side on separate inputs is `*`")
		}, k.span)
	}
	return n
}

// sumTerm is f + g: fan-out, then addition on the one object both give.
func (s scope) sumTerm(t *syntax.TermSum) *node {
	fan := s.fanTerm(t.Items, t.Span)
	if fan == nil {
		return nil
	}
	return s.addUp(fan, t.Span)
}

// addUp adds the kids of n, which are arrows on one input or values.
func (s scope) addUp(fan *node, span diag.Span) *node {
	first := fan.kids[0]
	for _, k := range fan.kids[1:] {
		s.equal(first.cod, k.cod, func() {
			s.c.report(diag.CT0306, k.span, fmt.Sprintf("only like adds to like: this gives %s", k.cod)).
				Label(first.span, "gives "+first.cod.String())
		}, k.span)
	}
	s.add(func() unified {
		if !first.cod.known() {
			return undecided
		}
		for _, t := range first.cod.types() {
			if t.IndexLike() || !t.RefinedSet().ClosedUnderAddition() {
				s.c.report(diag.CT0315, span, fmt.Sprintf("a sum of two values of %s need not be one again", t)).
					Hint("relabel to an object whose set is closed under addition")
				s.failed = true
				return clash
			}
		}
		return agreed
	}, func() { s.open(span, first.cod.String()) })
	fan.span = span
	return &node{kind: sumNode, span: span, value: fan.value, dom: fan.dom, cod: first.cod, kids: fan.kids}
}

func (s scope) projectTerm(t *syntax.TermProject) *node {
	if t.Args != nil {
		s.bracketsBehind(t)
		return s.fail()
	}
	if t.Of != nil {
		f := s.under(false).arrowTerm(t.Of)
		if f == nil {
			return nil
		}
		p := s.project(t.Field)
		s.equal(f.cod, p.dom, func() {
			s.c.report(diag.CT0307, t.Field.Span, fmt.Sprintf("`.%s` takes one record, not %s", t.Field.Text, f.cod))
		}, t.Span)
		return &node{kind: composeNode, span: t.Span, dom: f.dom, cod: p.cod, kids: []*node{f, p}}
	}
	return s.project(t.Field)
}

// project is the arrow .field; its codomain follows once the record is known.
func (s scope) project(field syntax.Name) *node {
	r, out := single(), rowVar()
	s.add(func() unified {
		t := r.find().known
		if t == nil {
			return undecided
		}
		if rec := t.Carrier(); rec.Kind == category.Record {
			for _, f := range rec.Fields {
				if f.Name == field.Text {
					return unify(seq{out}, of(f.Type))
				}
			}
		}
		s.c.unknownField(t, field, ".")
		s.failed = true
		return clash
	}, func() { s.open(field.Span, "."+field.Text) })
	return &node{kind: projectNode, span: field.Span, dom: seq{r}, cod: seq{out}, field: field.Text}
}

// unknownField reports a field that t does not have; before is what stands
// before its name.
func (c *checker) unknownField(t *category.Type, field syntax.Name, before string) {
	rec := t.Carrier()
	var names []string
	for _, f := range rec.Fields {
		names = append(names, f.Name)
	}
	m := missing{
		kind: "field", of: t.String(), name: field.Text, before: before, candidates: func() []string { return names },
		code: diag.CT0307, message: fmt.Sprintf("%s has no field `%s`", t, field.Text),
		unused: func() []syntax.Name { return c.unusedFields(t) },
	}
	if rec.Kind != category.Record {
		m.otherwise = "only records have fields; of a product take first, second, third"
	} else if len(names) > 0 {
		m.otherwise = "its fields are " + strings.Join(names, ", ")
	}
	c.lacks(m, field.Span)
}

// unusedFields lists the fields of a declared record whose names the file has
// only once.
func (c *checker) unusedFields(t *category.Type) []syntax.Name {
	if t.Kind != category.Named {
		return nil
	}
	var all []syntax.Name
	for _, f := range t.Carrier().Fields {
		if at := c.fieldSpan(t.Object, f.Name); c.words[f.Name] == 1 && at.Src == c.file.Source && at.Text() == f.Name {
			all = append(all, syntax.Name{Text: f.Name, Span: at})
		}
	}
	return all
}

func (s scope) prefixTerm(t *syntax.TermPrefix) *node {
	s = s.under(false)
	f := s.arrowTerm(t.Of)
	if f == nil {
		return nil
	}
	switch t.Op {
	case "grad":
		return s.gradOf(f, t.Span)
	case "share":
		return s.shareIn(f, t.Span)
	case "map":
		return s.mapOf(f, t)
	}
	return s.repeatOf(f, t)
}

// gradOf is grad f: A -> tangent P for f: A -> L given P.
func (s scope) gradOf(f *node, span diag.Span) *node {
	if inner := firstOfKind(f, gradNode); inner != nil || s.c.callsGrad(f) {
		s.c.report(diag.CT0705, span, "a grad of a grad is not in this version of the language")
		return s.fail()
	}
	loss, g := single(), single()
	s.equal(f.cod, seq{loss}, func() {
		s.c.report(diag.CT0703, span, fmt.Sprintf("grad needs an arrow to one real number, and this one gives %s", f.cod)).
			Label(f.span, "gives "+f.cod.String())
	}, span)
	s.add(func() unified {
		t := loss.find().known
		if t == nil {
			return undecided
		}
		if !realScalar(t) {
			s.c.report(diag.CT0703, span, fmt.Sprintf("grad needs an arrow to one real number, and %s is not one", t)).
				Label(f.span, "gives "+t.String())
			s.failed = true
			return clash
		}
		p := s.gathered(f.collect())
		if p == nil || f.holes() > 0 {
			return undecided
		}
		if p.IsUnit() {
			s.c.report(diag.CT0704, span, "grad differentiates by parameters, and nothing here has any").
				Label(f.span, "no arrow in it is `given` something")
			s.failed = true
			return clash
		}
		tan := category.NewTangent(p)
		if tan.IsUnit() {
			s.c.report(diag.CT0704, span, fmt.Sprintf("%s has no direction to move in: it is made of indices only", p))
			s.failed = true
			return clash
		}
		return unify(seq{g}, of(tan))
	}, func() { s.open(span, "tangent P") })
	return &node{kind: gradNode, span: span, dom: f.dom, cod: seq{g}, kids: []*node{f}}
}

// repeatOf is repeat[n] f: f after itself n times, with parameters of its own
// each time.
func (s scope) repeatOf(f *node, t *syntax.TermPrefix) *node {
	k, ok := s.c.resolveDim(t.Arg)
	if !ok {
		return s.fail()
	}
	if k > maxRepeat {
		s.c.report(diag.CT1004, t.Span, fmt.Sprintf("%d repetitions are more than the %d that one term may have", k, maxRepeat))
		return s.fail()
	}
	s.equal(f.dom, f.cod, func() {
		s.c.report(diag.CT0314, t.Span, fmt.Sprintf("repeat needs an arrow from an object to itself, not %s -> %s", f.dom, f.cod))
	}, t.Span)
	return &node{kind: repeatNode, span: t.Span, dom: f.dom, cod: f.cod, kids: []*node{f}, count: k}
}

// maxRepeat bounds what repeat unrolls to.
const maxRepeat = 10_000

func (s scope) asTerm(t *syntax.TermAs) *node {
	f := s.arrowTerm(t.Of)
	if f == nil {
		return nil
	}
	slots := f.collect()
	if f.holes() > 0 && len(slots) == 0 {
		return f
	}
	if f.argument {
		return grouped(f, slots, t)
	}
	if len(slots) != 1 {
		s.c.report(diag.CT0605, t.Span, fmt.Sprintf("`as %s` labels one parameter, and this term has %d", t.Label.Text, len(slots))).
			Label(t.Label.Span, "the label")
		return s.fail()
	}
	slots[0].label = t.Label.Text
	slots[0].span = t.Label.Span
	return f
}

func (s scope) settingsTerm(t *syntax.TermSettings) *node {
	f := s.arrowTerm(t.Of)
	if f == nil {
		return nil
	}
	if f.kind == holeNode {
		return f
	}
	if !s.bindAll(f, t) {
		return s.fail()
	}
	return f
}

// bindAll gives the settings of f the values that t lists.
func (s scope) bindAll(f *node, t *syntax.TermSettings) bool {
	ok := true
	first := map[string]syntax.Name{}
	for i, name := range t.Names {
		if was, again := first[name.Text]; again {
			s.c.report(diag.CT0713, name.Span, fmt.Sprintf("setting `%s` has a value already", name.Text)).
				Label(was.Span, "given here")
			ok = false
			continue
		}
		first[name.Text] = name
		ok = s.bind(f, name, t.Values[i]) && ok
		if len(f.settings) == 0 {
			break // one fault: it has none at all
		}
	}
	return ok
}

// bind gives a setting of f its value.
func (s scope) bind(f *node, name syntax.Name, value syntax.Const) bool {
	f.unfold(name.Text)
	var names []string
	for _, b := range f.settings {
		names = append(names, b.name)
		if b.name != name.Text {
			continue
		}
		v, ok := s.c.constant(value)
		if !ok {
			return false
		}
		if !b.set.Contains(v) {
			s.c.report(diag.CT0503, value.Span, fmt.Sprintf("`%s` must lie in %s", name.Text, b.set)).
				Beside(fmt.Sprintf("%s does not", value.Span.Text()))
			return false
		}
		b.fixed, b.value = true, v
		return true
	}
	d := s.c.report(diag.CT0706, name.Span, fmt.Sprintf("there is no setting `%s` here", name.Text))
	if !s.c.didYouMean(d, name, "", names) && len(names) == 0 {
		d.Hint("this arrow has no settings")
	}
	return false
}

func firstOfKind(n *node, kind nodeKind) *node {
	if n == nil {
		return nil
	}
	if n.kind == kind {
		return n
	}
	for _, k := range n.kids {
		if f := firstOfKind(k, kind); f != nil {
			return f
		}
	}
	return nil
}

// unfold turns the call of an arrow that is one primitive into that primitive
// itself where name is a setting that the arrow leaves at a value: this use
// may give it another.
func (n *node) unfold(name string) {
	if n.kind != callNode || n.arrow.Kind != category.Lifted && n.arrow.Kind != category.Written {
		return
	}
	var apply *category.Node
	for _, inner := range n.arrow.Diagram.Nodes {
		if _, ok := inner.Op.(*category.Apply); ok {
			apply = inner
		}
	}
	prim := apply.Op.(*category.Apply).Prim
	fixed := false
	settings := make([]*boundSetting, len(prim.Decl.Settings))
	for i, decl := range prim.Decl.Settings {
		b := &boundSetting{name: decl.Name, set: decl.Set, span: n.span}
		if v := prim.Settings[i]; v.Wire < 0 {
			b.fixed, b.value = true, v.Const
			fixed = fixed || decl.Name == name && !decl.Dim
		}
		settings[i] = b
	}
	if !fixed {
		return
	}
	for _, open := range n.settings {
		for _, b := range settings {
			if b.name == open.name {
				*b = *open
			}
		}
	}
	n.kind, n.prim, n.settings = applyNode, &primUse{decl: prim.Decl, solved: prim}, settings
}
