package check

import (
	"fmt"
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// padded resolves padded(x[i - 1]): the element, or 0 where an index leaves
// its axis.
func (l *line) padded(e *syntax.ExprCall) category.Expr {
	if len(e.Args) == 1 {
		if r, ok := e.Args[0].(*syntax.ExprRef); ok && len(r.Index) > 0 {
			return l.ref(r, true)
		}
	}
	l.b.fail(diag.CT0811, e.Span, "padded takes one element of a tensor: padded(x[i - 1])")
	return nil
}

// staysBelow gives an index of a reduction the range that is written beside
// it, if one is; false after reporting.
func (l *line) staysBelow(v syntax.Name, below syntax.Expr) bool {
	b := l.b
	switch e := below.(type) {
	case nil:
		return true
	case *syntax.ExprNumber:
		if e.Value == math.Trunc(e.Value) && e.Value >= 1 && e.Value <= maxDim {
			l.runs(v, category.DimTerm{Const: int(e.Value)})
			return !b.failed
		}
	case *syntax.ExprRef:
		name := e.Name.Text
		b.read[name] = true
		if s := b.setting(name); s != nil && s.Dim {
			if s.Least() < 1 {
				b.fail(diag.CT0807, e.Span, fmt.Sprintf("%s may be %d, and then %s has no value", name, s.Least(), v.Text))
				return false
			}
			l.runs(v, category.DimTerm{Var: name})
			return !b.failed
		}
		if b.dims[name] {
			l.runs(v, category.DimTerm{Var: name, Segment: b.decl.Segments[name]})
			return !b.failed
		}
		if n, faulty, known := b.c.dimValue(e.Name); known {
			if b.failed = b.failed || faulty; !faulty {
				l.runs(v, category.DimTerm{Const: n})
			}
			return !b.failed
		}
	}
	b.fail(diag.CT0807, below.ExprSpan(), fmt.Sprintf("%s stays below a dimension, a whole setting or a whole number of at least 1", v.Text))
	return false
}

// mayRun says that v runs over d if nothing else says what it runs over.
func (l *line) mayRun(v syntax.Name, d category.DimTerm) {
	if l.may == nil {
		l.may = map[string]category.DimTerm{}
	}
	if _, ok := l.may[v.Text]; !ok {
		l.may[v.Text] = d
	}
}

// ranges reports whether it is known what v runs over.
func (l *line) ranges(v string) bool {
	if _, ok := l.rng[v]; ok {
		return true
	}
	d, ok := l.may[v]
	if ok {
		l.rng[v] = d
		delete(l.may, v)
	}
	return ok
}
