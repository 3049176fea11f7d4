package category

// Restored is the column whose values the loss of t compares with a prediction,
// where they are scaled, and the object of the prediction. It is -1 where there is
// none.
func (t *Train) Restored() (column int, prediction *Type) {
	p := t.Predict
	if p == nil || t.On == nil || len(p.Outs) < 2 {
		return -1, nil
	}
	for i, in := range p.Ins {
		if in != p.Outs[1] || i >= len(t.On.Columns) {
			continue
		}
		c := &t.On.Columns[i]
		if c.Scale == 0 && !c.Fitted() || !p.TypeOf(in).Equal(c.Object) {
			return -1, nil
		}
		return i, p.TypeOf(p.Outs[0])
	}
	return -1, nil
}

// Restorable are the objects whose values are in the scaled units of the column
// that Restored returns: its own, and that of what is compared with it.
func (t *Train) Restorable() []*Type {
	k, prediction := t.Restored()
	if k < 0 {
		return nil
	}
	target := t.On.Columns[k].Object
	all := []*Type{target}
	if prediction.Kind == Named && !prediction.Equal(target) && alike(prediction, target) {
		all = append(all, prediction)
	}
	return all
}

// alike reports whether both are one tensor of real numbers of one shape, the
// first without a set that restored numbers could leave.
func alike(a, b *Type) bool {
	x, y := a.Leaves(), b.Leaves()
	return len(x) == 1 && len(y) == 1 && x[0].Kind == Real && x[0].Set == nil && a.RefinedSet() == nil && x[0].Size() == y[0].Size()
}
