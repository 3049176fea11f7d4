package category

import "slices"

// RowWise reports which inputs a primitive reads row by row: every row along
// the first axis of its one result is made of the same row of these inputs, of
// all of the others and of parameters, and of nothing that says which row it
// is. Then the primitive on one row makes that row. It is nil where no input
// is read so, or where the lines do not show it.
func (d *PrimDecl) RowWise() []bool {
	if len(d.Outs) != 1 || d.Draws || d.Partial || len(d.Next) > 0 || d.Outs[0].Over != Real || d.OverLists() || d.Each && len(d.Given) > 0 {
		return nil
	}
	axis := ""
	for i := range d.Means {
		if m := &d.Means[i]; m.Target == d.Outs[0].Name && len(m.Index) > 0 {
			axis = m.Index[0]
		}
	}
	w := rowWise{d: d, axis: axis, means: map[string]int{}}
	if axis == "" || !w.lines() {
		return nil
	}
	rows := make([]bool, len(d.Ins))
	for i, p := range d.Ins {
		rows[i] = w.byRow(p)
	}
	if !slices.Contains(rows, true) {
		return nil
	}
	return rows
}

// rowWise follows the variable of the rows through the lines of means.
type rowWise struct {
	d     *PrimDecl
	axis  string
	means map[string]int // axis of the rows in each tensor that a line makes
}

// byRow reports whether the first axis of a port runs over the rows.
func (w *rowWise) byRow(p Port) bool {
	return p.Whole || len(p.Shape) > 0 && p.Shape[0].Var == w.axis
}

// lines reports whether the variable of the rows stands nowhere but where it
// names the row of a tensor that has it.
func (w *rowWise) lines() bool {
	for _, r := range w.d.Where {
		if r.Name == w.axis || mentions(r.Value, w.axis) {
			return false
		}
	}
	for _, p := range slices.Concat(w.d.Given, w.d.Ins, w.d.Outs) {
		first := 0
		if w.byRow(p) {
			w.means[p.Name] = 0
			first = 1
		}
		if p.FinSize != nil && p.FinSize.Var == w.axis || len(p.Shape) > 0 && slices.ContainsFunc(p.Shape[min(first, len(p.Shape)):], func(t DimTerm) bool { return t.Var == w.axis }) {
			return false
		}
	}
	if !w.byRow(w.d.Outs[0]) || slices.ContainsFunc(w.d.Given, w.byRow) {
		return false // a parameter for each row
	}
	for i := range w.d.Means {
		m := &w.d.Means[i]
		at := slices.Index(m.Index, w.axis)
		if at >= 0 {
			w.means[m.Target] = at
		}
		if !w.names(m.Expr, at >= 0) {
			return false
		}
		for v, r := range m.Range {
			if v != w.axis && r.Var == w.axis {
				return false // another variable goes over the rows
			}
		}
	}
	return true
}

// names reports whether e uses the variable of the rows in elements only,
// where their rows are, and reads no row of a tensor that has them otherwise.
func (w *rowWise) names(e Expr, bound bool) bool {
	switch e := e.(type) {
	case *Index:
		return e.Var != w.axis
	case *Dimension:
		return e.Var != w.axis
	case *Element:
		at, has := w.means[e.Name]
		for i, x := range e.Index {
			if v, ok := x.(*Index); has && i == at {
				if !ok || v.Var != w.axis || !bound {
					return false
				}
			} else if !w.names(x, bound) {
				return false
			}
		}
		return true
	case *Unary:
		return w.names(e.X, bound)
	case *Binary:
		return w.names(e.L, bound) && w.names(e.R, bound)
	case *Func:
		return !slices.ContainsFunc(e.Args, func(x Expr) bool { return !w.names(x, bound) })
	case *Reduce:
		return !slices.Contains(e.Vars, w.axis) && w.names(e.Body, bound)
	}
	return true
}

// mentions reports whether e reads a dimension or an index variable.
func mentions(e Expr, name string) bool {
	found := false
	Walk(e, func(e Expr) {
		switch e := e.(type) {
		case *Index:
			found = found || e.Var == name
		case *Dimension:
			found = found || e.Var == name
		}
	})
	return found
}

// PicksRow reports whether the primitive gives the row of its first input
// that its second names: y[s] = x[at, s].
func (d *PrimDecl) PicksRow() bool {
	if d.Each || len(d.Means) != 1 || len(d.Ins) != 2 || len(d.Given) != 0 || len(d.Outs) != 1 || len(d.Settings) != 0 || d.OverLists() {
		return false
	}
	m, x, at := d.Means[0], d.Ins[0], d.Ins[1]
	e, ok := m.Expr.(*Element)
	if !ok || e.Padded || e.Name != x.Name || at.Kind != Fin || len(at.Shape) != 0 || len(e.Index) != 2 || len(m.Index) != 1 || len(x.Shape) != 2 {
		return false
	}
	place, ok := e.Index[0].(*Element)
	rest, also := e.Index[1].(*Index)
	return ok && also && place.Name == at.Name && rest.Var == m.Index[0] && x.Shape[1] == d.Outs[0].Shape[0] && len(d.Outs[0].Shape) == 1
}
