package vet

import (
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// mentions calls see with every name that the body or signature of d refers
// to: of dims, objects, arrows, imports and the rest, and also of locals,
// which whoever asks tells apart.
func mentions(d syntax.Decl, see func(string)) {
	m := mentioner{func(name string) {
		if from, _, qualified := strings.Cut(name, "."); qualified {
			name = from
		}
		see(name)
	}}
	switch d := d.(type) {
	case *syntax.DimDecl:
		m.typ(d.Value)
	case *syntax.ObjectDecl:
		m.typ(d.Type)
		m.set(d.Set)
	case *syntax.ArrowDecl:
		m.arrow(d)
	case *syntax.LawDecl:
		m.term(d.Left)
		m.term(d.Right)
		m.constant(d.Within)
	case *syntax.MonoidDecl:
		m.typ(d.On)
		m.term(d.Unit)
		m.term(d.Multiply)
		m.constant(d.Within)
	case *syntax.DataDecl:
		m.typ(d.Type)
		for _, r := range d.Rows {
			m.constant(r.Scale)
			if r.To != nil {
				m.constant(&r.To.Low)
				m.constant(&r.To.High)
			}
		}
	case *syntax.TrainDecl:
		for _, e := range d.Entries {
			for _, v := range e.Values {
				m.constant(v.Const)
				m.name(v.Name)
				for i := range v.Args {
					m.constant(&v.Args[i])
				}
				m.name(v.Of)
			}
		}
	}
}

type mentioner struct{ see func(string) }

func (m mentioner) name(n *syntax.Name) {
	if n != nil {
		m.see(n.Text)
	}
}

func (m mentioner) arrow(d *syntax.ArrowDecl) {
	for _, t := range d.Takes {
		m.typ(t.Dom)
		m.typ(t.Cod)
	}
	m.fields(d.Inputs)
	m.typ(d.Dom)
	m.set(d.DomSet)
	m.typ(d.Cod)
	m.set(d.CodSet)
	m.typ(d.On)
	if d.Given != nil {
		m.typ(d.Given.Type)
		m.fields(d.Given.Fields)
	}
	for _, s := range d.With {
		m.typ(s.Type)
		m.set(s.Set)
		m.constant(s.Default)
		m.see(s.Name.Text) // `with (heads)` is the dim of that name, if any
	}
	m.term(d.Term)
	if d.Named != nil {
		for _, l := range d.Named.Lets {
			m.term(l.Term)
		}
		m.term(d.Named.Result)
	}
	if e := d.Equations; e != nil {
		for _, lines := range [][]syntax.Equation{e.Means, e.Reverse, e.Kinks} {
			for _, line := range lines {
				m.expr(line.Expr)
			}
		}
		for _, w := range e.Where {
			m.expr(w.Value)
		}
		m.name(e.Stores)
		m.name(e.Predicts)
	}
	if d.Hand != nil {
		m.constant(d.Hand.Within)
	}
}

func (m mentioner) fields(fields []syntax.Field) {
	for _, f := range fields {
		m.typ(f.Type)
		m.set(f.Set)
		if f.Init != nil {
			for i := range f.Init.Args {
				m.constant(&f.Init.Args[i])
			}
		}
	}
}

func (m mentioner) typ(t syntax.Type) {
	switch t := t.(type) {
	case *syntax.TypeName:
		m.see(t.Name.Text)
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

func (m mentioner) set(s *syntax.Set) {
	if s == nil {
		return
	}
	m.constant(&s.Low)
	m.constant(&s.High)
	for i := range s.Elems {
		m.constant(&s.Elems[i])
	}
}

func (m mentioner) constant(k *syntax.Const) {
	if k != nil {
		m.name(k.Name)
	}
}

func (m mentioner) term(t syntax.Term) {
	switch t := t.(type) {
	case *syntax.TermName:
		if !t.Std {
			m.see(t.Name.Text)
		}
		for _, a := range t.Args {
			m.typ(a)
		}
	case *syntax.TermNumber:
		m.constant(&t.Value)
	case *syntax.TermProject:
		m.term(t.Of)
		for _, a := range t.Args {
			m.typ(a)
		}
	case *syntax.TermTuple:
		m.terms(t.Items)
	case *syntax.TermRecord:
		m.terms(t.Items)
	case *syntax.TermCompose:
		for { // compositions nest to the left, as deep as they are long
			m.term(t.G)
			f, ok := t.F.(*syntax.TermCompose)
			if !ok {
				m.term(t.F)
				return
			}
			t = f
		}
	case *syntax.TermProduct:
		m.terms(t.Items)
	case *syntax.TermSum:
		m.terms(t.Items)
	case *syntax.TermPrefix:
		m.typ(t.Arg)
		m.term(t.Of)
	case *syntax.TermAs:
		m.term(t.Of)
	case *syntax.TermSettings:
		m.term(t.Of)
		for i := range t.Values {
			m.constant(&t.Values[i])
		}
	case *syntax.TermCall:
		m.term(t.Of)
		m.terms(t.Args)
		m.term(t.Given)
	}
}

func (m mentioner) terms(ts []syntax.Term) {
	for _, t := range ts {
		m.term(t)
	}
}

func (m mentioner) expr(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.ExprRef:
		m.see(e.Name.Text)
		m.exprs(e.Index)
	case *syntax.ExprUnary:
		m.expr(e.X)
	case *syntax.ExprBinary:
		m.expr(e.L)
		m.expr(e.R)
	case *syntax.ExprCall:
		m.exprs(e.Args)
	case *syntax.ExprReduce:
		for _, v := range e.Vars {
			m.expr(v.Below)
		}
		m.expr(e.Body)
	}
}

func (m mentioner) exprs(es []syntax.Expr) {
	for _, e := range es {
		m.expr(e)
	}
}
