package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// body elaborates a named body: its lets in order, then its result.
func (s scope) body(b *syntax.NamedBody) *node {
	n := &node{kind: bodyNode, span: b.Span}
	ok := true
	for _, let := range b.Lets {
		v := s.valueTerm(let.Term)
		var bound []*local
		var parts seq
		for _, name := range let.Names {
			l := &local{name: name.Text, span: name.Span}
			p := single()
			if len(let.Names) == 1 {
				p = rowVar()
			}
			l.typ = seq{p}
			parts = append(parts, p)
			bound = append(bound, l)
			ok = s.declareLocal(l) && ok
		}
		n.lets = append(n.lets, bound)
		if v == nil {
			ok = false
			continue
		}
		s.equal(v.cod, parts, func() {
			s.c.report(diag.CT0316, v.span, fmt.Sprintf("this gives %s, which has %s, and here are %s for it", v.cod, count(len(v.cod.flat()), "part"), count(len(bound), "name")))
		}, v.span)
		n.kids = append(n.kids, v)
	}
	result := s.valueTerm(b.Result)
	if result == nil || !ok {
		return s.fail()
	}
	n.kids = append(n.kids, result)
	n.cod = result.cod
	return n
}

// declareLocal enters l; locals are single-assignment and never named like
// an arrow or a dim.
func (s scope) declareLocal(l *local) bool {
	if old, again := s.locals[l.name]; again {
		s.c.report(diag.CT0206, l.span, fmt.Sprintf("`%s` is bound twice, and a local is bound once", l.name)).
			Label(old.span, "first bound here")
		return false
	}
	if imp := s.c.importNamed(l.name); imp != nil {
		s.c.report(diag.CT0206, l.span, fmt.Sprintf("a local cannot be named `%s`: that is an import", l.name)).
			Label(imp.line.Span, "imported here")
		s.locals[l.name] = l // so that its uses stay silent
		return false
	}
	if a := s.argument(l.name); a != nil {
		s.c.report(diag.CT0206, l.span, fmt.Sprintf("a local cannot be named `%s`: that is what `%s` is applied to", l.name, s.within.decl.Name.Text)).
			Label(a.takes.Name.Span, "declared here")
		s.locals[l.name] = l // so that its uses stay silent
		return false
	}
	if d, clash := s.c.decls[l.name]; clash {
		switch d.(type) {
		case *syntax.ArrowDecl, *syntax.DimDecl:
			s.c.report(diag.CT0206, l.span, fmt.Sprintf("a local cannot be named `%s`: that is declared already", l.name)).
				Label(d.DeclName().Span, "declared here")
			s.locals[l.name] = l // so that its uses stay silent
			return false
		}
	}
	l.order = len(s.locals)
	s.locals[l.name] = l
	return true
}

// valueTerm elaborates t as a value. It returns nil after reporting.
func (s scope) valueTerm(t syntax.Term) *node {
	if !s.c.enter(t.TermSpan()) {
		return s.fail()
	}
	defer s.c.leave()
	if !s.expandable(t) {
		return s.fail()
	}
	s = s.under(false)
	switch t := t.(type) {
	case *syntax.TermName:
		return s.nameValue(t)
	case *syntax.TermNumber:
		n := s.arrowTerm(t)
		if n != nil {
			n.value = true
		}
		return n
	case *syntax.TermTuple:
		if len(t.Items) == 1 {
			return s.valueTerm(t.Items[0])
		}
		n := &node{kind: tupleNode, span: t.Span, value: true}
		if !s.values(t.Items, n) {
			return nil
		}
		for _, k := range n.kids {
			n.cod = append(n.cod, k.cod...)
		}
		return n
	case *syntax.TermSum:
		n := &node{kind: tupleNode, span: t.Span, value: true}
		if !s.values(t.Items, n) {
			return nil
		}
		return s.addUp(n, t.Span)
	case *syntax.TermProject:
		if name := s.member(t); name != nil {
			return s.nameValue(name)
		}
		if t.Of == nil {
			break
		}
		if t.Args != nil {
			s.bracketsBehind(t)
			return s.fail()
		}
		v := s.valueTerm(t.Of)
		if v == nil {
			return nil
		}
		return s.use(s.project(t.Field), []*node{v}, t.Span)
	case *syntax.TermRecord:
		return s.recordValue(t)
	case *syntax.TermCall:
		if g, name, is := s.genericNamed(t.Of); is {
			if g != nil {
				s.c.report(diag.CT0312, t.Span, fmt.Sprintf("`%s` is an arrow, and a value is needed here", t.Span.Text())).
					Hint(fmt.Sprintf("apply it: %s(x)", usage(g.decl, name.Name.Text)))
			}
			return s.fail()
		}
		return s.application(t)
	case *syntax.TermHole:
		return s.holeValue(t)
	}
	s.c.report(diag.CT0312, t.TermSpan(), "this is an arrow, and a value is needed here").
		Hint("apply it: (f >> g)(x)")
	return s.fail()
}

// unknownValue reports a name that is no local. It may be one that is bound
// under another spelling and read by nobody.
func (s scope) unknownValue(name syntax.Name) {
	s.c.lacks(missing{
		kind: "value", of: s.inference, name: name.Text, candidates: func() []string { return keys(s.locals) },
		code: diag.CT0203, message: fmt.Sprintf("no value `%s` is in scope", name.Text),
		unused: func() []syntax.Name {
			var all []syntax.Name
			for _, n := range keys(s.locals) {
				if l := s.locals[n]; !l.used {
					all = append(all, syntax.Name{Text: l.name, Span: l.span})
				}
			}
			return all
		},
	}, name.Span)
}

func (s scope) values(items []syntax.Term, n *node) bool {
	ok := true
	for _, it := range items {
		v := s.valueTerm(it)
		ok = ok && v != nil
		n.kids = append(n.kids, v)
	}
	return ok
}

func (s scope) nameValue(t *syntax.TermName) *node {
	if l, ok := s.locals[t.Name.Text]; ok && !t.Std {
		l.used = true
		return &node{kind: wireNode, span: t.Span, value: true, local: l, cod: l.typ}
	}
	if _, declared := s.c.decls[t.Name.Text]; !declared && !t.Std && s.argument(t.Name.Text) == nil && !strings.Contains(t.Name.Text, ".") {
		s.unknownValue(t.Name)
		return s.fail()
	}
	f := s.arrowTerm(t)
	if f == nil {
		return nil
	}
	if len(f.dom.flat()) > 0 && !(f.kind == holeNode && rows(f.dom.flat()) > 0) {
		s.c.report(diag.CT0312, t.Span, fmt.Sprintf("`%s` is an arrow, and a value is needed here", t.Name.Text)).
			Hint(fmt.Sprintf("apply it: %s(…)", t.Name.Text))
		return s.fail()
	}
	return s.use(f, nil, t.Span)
}

// use applies arrow f to values.
func (s scope) use(f *node, args []*node, span diag.Span) *node {
	var given seq
	for _, a := range args {
		given = append(given, a.cod...)
	}
	s.equal(given, f.dom, func() {
		d := s.c.report(diag.CT0308, span, fmt.Sprintf("this arrow takes %s and is applied to %s", f.dom, given))
		s.c.labelArrow(d, f)
		s.c.tellApart(d, given.typ(), f.dom.typ(), false)
	}, span)
	return &node{kind: useNode, span: span, value: true, kids: append([]*node{f}, args...), cod: f.cod}
}

func (s scope) application(t *syntax.TermCall) *node {
	f := s.arrowTerm(t.Of)
	var args []*node
	ok := f != nil
	for _, a := range t.Args {
		v := s.valueTerm(a)
		ok = ok && v != nil
		args = append(args, v)
	}
	if t.Given != nil {
		g := s.valueTerm(t.Given)
		ok = ok && g != nil
		if ok {
			ok = s.handOn(f, g, t.Given.TermSpan())
		}
	}
	if !ok {
		return s.fail()
	}
	return s.use(f, args, t.Span)
}

// handOn gives f's parameter by name, so that it is no slot of its own.
func (s scope) handOn(f, g *node, span diag.Span) bool {
	if f.kind == holeNode {
		f.given = g
		return true
	}
	slots := f.collect()
	if f.holes() > 0 && len(slots) == 0 {
		return true
	}
	if len(slots) != 1 {
		s.c.report(diag.CT0606, span, fmt.Sprintf("`given` hands on one parameter, and this arrow takes %d", len(slots)))
		return false
	}
	owner := ownerOf(f, slots[0])
	if owner == nil {
		s.c.report(diag.CT0606, span, "`given` hands on the parameter of a single use of an arrow")
		return false
	}
	slotType := seq{slots[0].typ}
	owner.slot, owner.given = nil, g
	s.equal(slotType, g.cod, func() {
		s.c.report(diag.CT0606, span, fmt.Sprintf("this arrow is given %s, not %s", slotType, g.cod))
	}, span)
	return true
}

func ownerOf(n *node, sl *slot) *node {
	if n.slot != nil && n.slot.find() == sl && (n.kind == callNode || n.kind == applyNode) {
		return n
	}
	if n.kind == gradNode || n.kind == mapNode || n.kind == repeatNode || n.kind == foldNode {
		return nil // their bodies are diagrams of their own
	}
	for _, k := range n.kids {
		if o := ownerOf(k, sl); o != nil {
			return o
		}
	}
	return nil
}

// recordValue is { weight: w, bias: b }: the object its place expects.
func (s scope) recordValue(t *syntax.TermRecord) *node {
	n := &node{kind: recordOfNode, span: t.Span, value: true, record: single()}
	if !s.values(t.Items, n) {
		return nil
	}
	for _, name := range t.Names {
		n.names = append(n.names, name.Text)
	}
	n.cod = seq{n.record}
	s.add(func() unified {
		want := n.record.find().known
		if want == nil {
			if !s.lastResort {
				return undecided
			}
			rec := &category.Type{Kind: category.Record}
			for i, k := range n.kids {
				ft := k.cod.typ()
				if ft == nil {
					return undecided
				}
				rec.Fields = append(rec.Fields, category.Field{Name: n.names[i], Type: ft})
			}
			return unify(n.cod, seq{&part{known: rec}})
		}
		return s.fillRecord(n, t, want)
	}, func() { s.open(t.Span, "a record") })
	return n
}

func (s scope) fillRecord(n *node, t *syntax.TermRecord, want *category.Type) unified {
	rec := want.Carrier()
	misfit := func(span diag.Span, message string) unified {
		s.c.report(diag.CT0319, span, message)
		s.failed = true
		return clash
	}
	if rec.Kind != category.Record {
		return misfit(t.Span, fmt.Sprintf("%s is expected here, which is no record", described(want)))
	}
	ordered := make([]*node, len(rec.Fields))
	var names []string
	for _, f := range rec.Fields {
		names = append(names, f.Name)
	}
	for i, name := range n.names {
		at := slices.Index(names, name)
		if at < 0 {
			s.c.unknownField(want, t.Names[i], "")
			s.failed = true
			return clash
		}
		if ordered[at] != nil {
			s.c.report(diag.CT0214, t.Names[i].Span, fmt.Sprintf("field `%s` is given twice", name)).
				Label(t.Names[slices.Index(n.names, name)].Span, "first here")
			s.failed = true
			return clash
		}
		ordered[at] = n.kids[i]
		if unify(n.kids[i].cod, of(rec.Fields[at].Type)) == clash {
			return misfit(n.kids[i].span, fmt.Sprintf("field `%s` of %s is %s, not %s", name, want, rec.Fields[at].Type, n.kids[i].cod))
		}
	}
	var missing []string
	for j, f := range rec.Fields {
		if ordered[j] == nil {
			missing = append(missing, f.Name)
		}
	}
	if len(missing) > 0 {
		return misfit(t.Span, fmt.Sprintf("%s also needs %s", want, strings.Join(missing, ", ")))
	}
	n.kids = ordered
	n.names = nil
	for _, f := range rec.Fields {
		n.names = append(n.names, f.Name)
	}
	return agreed
}
