package category

import "slices"

// IsRowOf reports whether the primitive computes one row of what all computes:
// row y[at] of y, for a place that is its last input. That shows in the lines:
// its own are those of all, where the variable of the rows is the place, and
// tensors that have a row for each of them are without that axis.
func (d *PrimDecl) IsRowOf(all *PrimDecl) bool {
	n := len(all.Ins)
	if len(all.Outs) != 1 || len(d.Outs) != 1 || len(all.Given) > 0 || len(d.Given) > 0 || len(d.Ins) != n+1 || len(d.Means) != len(all.Means) ||
		all.Each || d.Each || all.Draws || len(all.Next) > 0 || len(d.Settings) != len(all.Settings) || len(d.Where) != len(all.Where) {
		return false
	}
	at := d.Ins[n]
	if at.Kind != Fin || len(at.Shape) != 0 || at.FinSize == nil || at.FinSize.Var == "" {
		return false
	}
	r := &rowForm{axis: at.FinSize.Var, at: at.Name, rows: map[string]int{}}
	for i, p := range all.Ins {
		if !r.port(p, d.Ins[i], true) {
			return false
		}
	}
	if !r.port(all.Outs[0], d.Outs[0], false) || slices.Equal(all.Outs[0].Shape, d.Outs[0].Shape) {
		return false
	}
	for i, s := range all.Settings {
		if s.Name != d.Settings[i].Name || s.Dim != d.Settings[i].Dim {
			return false
		}
	}
	for i, w := range all.Where {
		if w.Name != d.Where[i].Name || w.Name == r.axis || mentions(w.Value, r.axis) || !r.same(w.Value, d.Where[i].Value) {
			return false
		}
	}
	for i := range all.Means {
		if !r.line(&all.Means[i], &d.Means[i]) {
			return false
		}
	}
	return true
}

// RowOperands reports which inputs of the primitive its row form takes one row
// of. The others it takes whole.
func (d *PrimDecl) RowOperands() []bool {
	rows := make([]bool, len(d.Ins))
	for i, p := range d.Ins {
		rows[i] = len(p.Shape) > len(d.Row.Ins[i].Shape)
	}
	return rows
}

// rowForm holds the lines of one primitive against those of another.
type rowForm struct {
	axis string         // the variable of the rows
	at   string         // the input that names one
	rows map[string]int // the axis that runs over them, of tensors that have one
}

// port reports whether the port one is all, or a row of it.
func (r *rowForm) port(all, one Port, named bool) bool {
	if all.Kind != one.Kind || all.Over != Real || one.Over != Real || named && all.Name != one.Name {
		return false
	}
	if slices.Equal(all.Shape, one.Shape) {
		return true
	}
	if len(all.Shape) == 0 || all.Shape[0].Segment || all.Shape[0].Var != r.axis || !slices.Equal(all.Shape[1:], one.Shape) {
		return false
	}
	r.rows[all.Name] = 0
	return true
}

// line reports whether the line one is all for one row.
func (r *rowForm) line(all, one *Equation) bool {
	if all.Target != one.Target {
		return false
	}
	index := all.Index
	if at := slices.Index(index, r.axis); at >= 0 {
		r.rows[all.Target] = at
		index = slices.Delete(slices.Clone(index), at, at+1)
	}
	for v, over := range one.Range {
		if all.Range[v] != over {
			return false
		}
	}
	return slices.Equal(index, one.Index) && r.same(all.Expr, one.Expr)
}

// same reports whether one is written as all is, where the variable of the rows
// is the place, and what has rows is read at this one only.
func (r *rowForm) same(all, one Expr) bool {
	switch a := all.(type) {
	case *Number:
		b, ok := one.(*Number)
		return ok && a.Value == b.Value
	case *Element:
		b, ok := one.(*Element)
		return ok && a.Name == b.Name && a.Padded == b.Padded && r.indices(a, b.Index)
	case *Index:
		if a.Var == r.axis {
			b, ok := one.(*Element)
			return ok && b.Name == r.at
		}
		b, ok := one.(*Index)
		return ok && a.Var == b.Var
	case *Dimension:
		b, ok := one.(*Dimension)
		return ok && a.Var == b.Var
	case *SettingRef:
		b, ok := one.(*SettingRef)
		return ok && a.Name == b.Name
	case *Unary:
		b, ok := one.(*Unary)
		return ok && r.same(a.X, b.X)
	case *Binary:
		b, ok := one.(*Binary)
		return ok && a.Op == b.Op && r.same(a.L, b.L) && r.same(a.R, b.R)
	case *Func:
		b, ok := one.(*Func)
		return ok && a.Name == b.Name && slices.EqualFunc(a.Args, b.Args, r.same)
	case *Reduce:
		b, ok := one.(*Reduce)
		return ok && a.Op == b.Op && slices.Equal(a.Vars, b.Vars) && !slices.Contains(a.Vars, r.axis) && r.same(a.Body, b.Body)
	}
	return false
}

// indices reports whether an element is read where e is.
func (r *rowForm) indices(e *Element, one []Expr) bool {
	index := e.Index
	if at, has := r.rows[e.Name]; has {
		if v, ok := index[at].(*Index); !ok || v.Var != r.axis {
			return false
		}
		index = slices.Delete(slices.Clone(index), at, at+1)
	}
	return slices.EqualFunc(index, one, r.same)
}
