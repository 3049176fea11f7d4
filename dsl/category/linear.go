package category

import "maps"

// Linear is an index or a length: a whole number of each of some variables,
// and By more.
type Linear struct {
	Terms map[string]int
	By    int
}

// Constant reports whether no variable is in l.
func (l Linear) Constant() bool { return len(l.Terms) == 0 }

// Plus is l + times·m.
func (l Linear) Plus(m Linear, times int) Linear {
	out := Linear{Terms: maps.Clone(l.Terms), By: l.By + times*m.By}
	if out.Terms == nil {
		out.Terms = map[string]int{}
	}
	for v, k := range m.Terms {
		if out.Terms[v] += times * k; out.Terms[v] == 0 {
			delete(out.Terms, v)
		}
	}
	return out
}

// LinearOf turns an index or a computed length of d into its linear form; at
// says what the index variables stand for.
func LinearOf(d *PrimDecl, e Expr, at map[string]Linear) Linear {
	switch e := e.(type) {
	case *Number:
		return Linear{By: int(e.Value)}
	case *Index:
		return at[e.Var]
	case *Dimension:
		return LengthOf(d, DimTerm{Var: e.Var})
	case *Unary:
		return Linear{}.Plus(LinearOf(d, e.X, at), -1)
	case *Binary:
		l, r := LinearOf(d, e.L, at), LinearOf(d, e.R, at)
		switch {
		case e.Op == "+":
			return l.Plus(r, 1)
		case e.Op == "-":
			return l.Plus(r, -1)
		case l.Constant():
			return Linear{}.Plus(r, l.By)
		case r.Constant():
			return Linear{}.Plus(l, r.By)
		}
	}
	panic("category: an index that is not linear")
}

// LengthOf is the extent of a list's axis: as its own line computes it, or a
// variable.
func LengthOf(d *PrimDecl, t DimTerm) Linear {
	if t.Var == "" {
		return Linear{By: t.Const}
	}
	for _, w := range d.Where {
		if w.Name == t.Var {
			return LinearOf(d, w.Value, nil)
		}
	}
	return Linear{Terms: map[string]int{t.Var: 1}}
}
