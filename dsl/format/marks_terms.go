package format

import "github.com/ctgen-lang/ctgen/dsl/syntax"

func (m *marks) term(t syntax.Term) {
	switch t := t.(type) {
	case *syntax.TermName:
		for _, a := range t.Args {
			m.typ(a)
		}
	case *syntax.TermNumber:
		m.constant(&t.Value)
	case *syntax.TermProject:
		if t.Of == nil {
			m.mark(t.Span.Start, prefix)
			return
		}
		m.term(t.Of)
		for _, a := range t.Args {
			m.typ(a)
		}
	case *syntax.TermTuple:
		m.terms(t.Items)
	case *syntax.TermRecord:
		for i, name := range t.Names {
			m.field(name)
			m.term(t.Items[i])
		}
	case *syntax.TermCompose:
		m.compose(t)
	case *syntax.TermProduct:
		m.terms(t.Items)
	case *syntax.TermSum:
		m.terms(t.Items)
	case *syntax.TermPrefix:
		m.typ(t.Arg)
		if t.Arg != nil && t.Op == "repeat" {
			m.extents(m.after(t.Span.Start)+1, t.Arg.TypeSpan().End)
		}
		m.term(t.Of)
	case *syntax.TermAs:
		m.term(t.Of)
	case *syntax.TermSettings:
		m.term(t.Of)
		m.mark(t.Of.TermSpan().End, applies)
		for i, name := range t.Names {
			m.field(name)
			m.constant(&t.Values[i])
		}
	case *syntax.TermCall:
		m.term(t.Of)
		m.mark(t.Of.TermSpan().End, applies)
		m.terms(t.Args)
		m.term(t.Given)
	}
}

func (m *marks) terms(all []syntax.Term) {
	for _, t := range all {
		m.term(t)
	}
}

// compose walks down a chain of >>, which nests as deep as it is long.
func (m *marks) compose(t *syntax.TermCompose) {
	for {
		m.term(t.G)
		f, ok := t.F.(*syntax.TermCompose)
		if !ok {
			m.term(t.F)
			return
		}
		t = f
	}
}

func (m *marks) typ(t syntax.Type) {
	switch t := t.(type) {
	case *syntax.TypeName:
		if extents := t.Name.Text == "R" || t.Name.Text == "Fin"; extents && t.Args != nil {
			m.extents(m.after(t.Name.Span.End), t.Span.End)
		}
		for _, a := range t.Args {
			m.typ(a)
		}
	case *syntax.TypeBinary:
		m.typ(t.L)
		m.typ(t.R)
	case *syntax.TypeTangent:
		m.typ(t.Of)
	case *syntax.TypeRecord:
		m.fields(t.Fields)
	case *syntax.TypeParen:
		m.typ(t.In)
	}
}

// extents marks the products within brackets that hold dimensions or indices,
// from token i to offset end: R[T, 4*D + 1].
func (m *marks) extents(i, end int) {
	for ; i < m.hi && m.tokens[i].Start < end; i++ {
		switch m.text(i) {
		case "*", "/", "^":
			m.what[i] |= tight
		}
	}
}

func (m *marks) fields(all []syntax.Field) {
	for i := range all {
		f := &all[i]
		m.field(f.Name)
		m.typ(f.Type)
		m.set(f.Set)
		if f.Init != nil && f.Init.Args != nil {
			m.mark(f.Init.Name.Span.End, applies)
			m.constants(f.Init.Args)
		}
		if f.Factor != nil {
			m.what[m.after(f.Factor.Span.Start)-1] |= applies
			m.constants([]syntax.Const{*f.Factor})
		}
	}
}

// field marks the name of a field and cuts behind its colon, if it has one.
func (m *marks) field(name syntax.Name) {
	i := m.after(name.Span.Start)
	m.what[i] |= field
	if m.text(i+1) == ":" {
		m.cuts[i+2] = beforeField
	}
}

func (m *marks) set(s *syntax.Set) {
	if s == nil || s.Name != nil {
		return
	}
	if s.Finite {
		m.mark(s.Span.Start, finite)
		m.mark(s.Span.End-1, finite)
		m.constants(s.Elems)
		return
	}
	m.constant(&s.Low)
	m.constant(&s.High)
}

func (m *marks) constants(all []syntax.Const) {
	for i := range all {
		m.constant(&all[i])
	}
}

func (m *marks) constant(k *syntax.Const) {
	if k == nil || !k.Negative && k.Over == "" {
		return
	}
	i := m.after(k.Span.Start)
	if k.Negative {
		m.what[i] |= sign
		i++
	}
	if k.Over != "" {
		m.what[i+1] |= tight
	}
}

func (m *marks) expr(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.ExprRef:
		if e.Index != nil {
			m.extents(m.after(e.Name.Span.End), e.Span.End)
		}
		m.exprs(e.Index)
	case *syntax.ExprUnary:
		m.mark(e.Span.Start, sign)
		m.expr(e.X)
	case *syntax.ExprBinary:
		m.expr(e.L)
		m.expr(e.R)
	case *syntax.ExprCall:
		m.mark(e.Fn.Span.End, applies)
		m.exprs(e.Args)
	case *syntax.ExprReduce:
		m.expr(e.Body)
	}
}

func (m *marks) exprs(all []syntax.Expr) {
	for _, e := range all {
		m.expr(e)
	}
}
