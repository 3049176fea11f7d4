package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// objects is the product that t writes, of which a generic arrow may leave
// some open. It is false after reporting.
func (s scope) objects(t syntax.Type) (seq, bool) {
	if s.within == nil || len(mentioned(t, s.within.vars, nil)) == 0 {
		if typ := s.c.resolveType(t); typ != nil {
			return of(typ), true
		}
		s.failed = true
		return nil, false
	}
	switch t := t.(type) {
	case *syntax.TypeParen:
		return s.objects(t.In)
	case *syntax.TypeName:
		if v := s.within.vars[t.Name.Text]; v != nil && !v.dim && t.Args == nil {
			return v.parts, true
		}
	case *syntax.TypeBinary:
		if t.Op == '*' {
			l, okL := s.objects(t.L)
			r, okR := s.objects(t.R)
			if !okL || !okR {
				return nil, false
			}
			s.oneEach(t.L, l)
			s.oneEach(t.R, r)
			return append(append(seq{}, l...), r...), true
		}
	}
	return s.pattern(t), true
}

// ends is objects with a set written behind it.
func (s scope) ends(t syntax.Type, set *syntax.Set) (seq, bool) {
	if set == nil {
		return s.objects(t)
	}
	if open := mentioned(t, s.within.vars, nil); len(open) > 0 {
		s.c.report(diag.CT1006, set.Span, fmt.Sprintf("a set refines a carrier, and `%s` is whatever object it is used for", t.TypeSpan().Text())).
			Hint("the object that it is used for brings its set")
		return nil, false
	}
	typ := s.c.fieldType(&syntax.Field{Name: s.within.decl.Name, Type: t, Set: set})
	if typ == nil {
		s.failed = true
		return nil, false
	}
	return of(typ), true
}

// oneEach lets an object that is left open, as a factor of `*`, be one
// component where nothing else decides.
func (s scope) oneEach(t syntax.Type, parts seq) {
	name, ok := t.(*syntax.TypeName)
	if !ok || len(parts) != 1 || s.within.vars[name.Name.Text] == nil {
		return
	}
	p := parts[0]
	s.add(func() unified {
		row := p.find()
		if !row.row || row.done {
			return agreed
		}
		if !s.lastResort {
			return undecided
		}
		row.done, row.parts = true, seq{single()}
		return agreed
	}, func() { s.open(t.TypeSpan(), name.Name.Text) })
}

// pattern is an object made of others that are left open, such as A ^ n. It
// follows from them, or they from it, whichever is known first.
func (s scope) pattern(t syntax.Type) seq {
	inst := s.within
	open := mentioned(t, inst.vars, nil)
	p := seq{rowVar()}
	clashes := func() unified {
		s.failed = true
		s.c.report(diag.CT0321, inst.use, fmt.Sprintf("`%s` has %s for `%s` here, which is not of that form", inst.decl.Name.Text, p, t.TypeSpan().Text())).
			Label(t.TypeSpan(), "declared here")
		return clash
	}
	s.add(func() unified {
		defer s.c.inside(inst)()
		if typ := p.typ(); typ != nil && !inst.takeApart(t, typ) {
			return clashes()
		}
		for _, v := range open {
			if !v.known() {
				return undecided
			}
		}
		typ := s.c.resolveType(t)
		if typ == nil {
			s.failed = true
			return clash
		}
		if unify(p, of(typ)) == clash {
			return clashes()
		}
		return agreed
	}, func() { s.open(t.TypeSpan(), p.String()) })
	return p
}

// takeApart decides what t leaves open by the object typ that it stands for.
// It is false where typ is not of the form of t.
func (inst *instance) takeApart(t syntax.Type, typ *category.Type) bool {
	switch t := t.(type) {
	case *syntax.TypeParen:
		return inst.takeApart(t.In, typ)
	case *syntax.TypeTangent:
		return typ.Kind != category.Tangent || inst.takeApart(t.Of, typ.Elem)
	case *syntax.TypeBinary:
		switch {
		case t.Op == '^' && typ.Kind == category.Power:
			return inst.takeApart(t.L, typ.Elem) && inst.measure(t.R, typ.N)
		case t.Op == '^':
			return typ.IsUnit()
		}
	case *syntax.TypeName:
		v := inst.vars[t.Name.Text]
		switch {
		case v != nil && !v.dim && t.Args == nil:
			return unify(v.parts, of(typ)) != clash
		case v != nil || len(t.Args) == 0:
			return true
		case t.Name.Text == "R":
			if typ.Kind != category.Real || len(typ.Dims) != len(t.Args) {
				return false
			}
			for i, a := range t.Args {
				if !inst.measure(a, typ.Dims[i]) {
					return false
				}
			}
		case t.Name.Text == "Fin":
			return typ.Kind == category.Fin && inst.measure(t.Args[0], typ.N)
		case t.Name.Text == "List":
			return typ.Kind == category.List && inst.takeApart(t.Args[0], typ.Elem)
		case t.Name.Text == "Option":
			return typ.Kind == category.Option && inst.takeApart(t.Args[0], typ.Elem)
		}
	}
	return true
}

// measure decides a dim that t names alone; arithmetic is checked once all
// dims are known.
func (inst *instance) measure(t syntax.Type, size int) bool {
	name, ok := t.(*syntax.TypeName)
	if !ok {
		return true
	}
	v := inst.vars[name.Name.Text]
	if v == nil || !v.dim {
		return true
	}
	if v.size == 0 {
		v.size = size
	}
	return v.size == size
}

// mentioned adds to all the choices that t mentions.
func mentioned(t syntax.Type, vars map[string]*choice, all []*choice) []*choice {
	switch t := t.(type) {
	case *syntax.TypeName:
		if v := vars[t.Name.Text]; v != nil {
			all = append(all, v)
		}
		for _, a := range t.Args {
			all = mentioned(a, vars, all)
		}
	case *syntax.TypeBinary:
		return mentioned(t.R, vars, mentioned(t.L, vars, all))
	case *syntax.TypeTangent:
		return mentioned(t.Of, vars, all)
	case *syntax.TypeParen:
		return mentioned(t.In, vars, all)
	case *syntax.TypeRecord:
		for _, f := range t.Fields {
			all = mentioned(f.Type, vars, all)
		}
	}
	return all
}

// openObject is the object that a generic arrow leaves open under the name of t.
func (c *checker) openObject(t *syntax.TypeName, v *choice) *category.Type {
	switch {
	case t.Args != nil:
		c.report(diag.CT0405, t.Span, fmt.Sprintf("%s takes no brackets", t.Name.Text))
	case v.dim:
		c.report(diag.CT0205, t.Span, fmt.Sprintf("`%s` is a dim, and an object is needed here", t.Name.Text))
	default:
		return v.parts.typ()
	}
	return nil
}

// openDim reports a dim of a generic arrow that nothing decides, where its
// size is needed.
func (c *checker) openDim(name syntax.Name) {
	decl := c.within.decl
	c.report(diag.CT0322, name.Span, fmt.Sprintf("nothing says how large `%s` is in this use of `%s`", name.Text, decl.Name.Text)).
		Hint(fmt.Sprintf("say it in brackets, the dims in their order: %s[…]", decl.Name.Text))
}
