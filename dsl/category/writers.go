package category

import "slices"

// Writers are the arrows of c that continue the text which t trains on: from the
// tokens that a row begins with, the last one where a row is a list, to real
// scores of what follows, one row for each place or one behind them all, with
// parameters that t trains.
func (t *Train) Writers(c *Category) []*Arrow {
	if t.On == nil || t.On.Text == nil || len(t.On.Columns) == 0 {
		return nil
	}
	var all []*Arrow
	params, context := t.params(), t.On.Columns[0].Object
	if t.On.InLists() {
		context = context.Carrier().Elem
	}
	for _, a := range c.Arrows {
		if !a.Endo && a.Diagram != nil && !a.Partial && len(a.Open) == 0 && scores(a, context) &&
			(a.Given.IsUnit() || a.Given.Equal(params) || holds(params, a.Given)) {
			all = append(all, a)
		}
	}
	return all
}

// Writer is the writer that is meant where none is named: the one from which the
// last arrow of the loss has its scores, or else the only one, or the only one
// with all parameters that t trains. It is nil where that leaves several or
// none.
func (t *Train) Writer(c *Category) *Arrow {
	all := t.Writers(c)
	var whole []*Arrow
	for _, a := range all {
		if p := t.Predict; p != nil && slices.ContainsFunc(p.Nodes, func(n *Node) bool {
			call, ok := n.Op.(*Call)
			return ok && call.Arrow == a && slices.Equal(n.In, p.Ins[:1]) && slices.Equal(n.Out, p.Outs[:1])
		}) {
			return a
		}
		if a.Given.Equal(t.params()) {
			whole = append(whole, a)
		}
	}
	switch {
	case len(all) == 1:
		return all[0]
	case len(whole) == 1:
		return whole[0]
	}
	return nil
}

// params is what t trains.
func (t *Train) params() *Type {
	s := t.Step.State
	if s.Kind == Named && s.Object.State != "" {
		return s.Object.Of
	}
	return s
}

// scores reports whether a leads from context, a tensor of tokens, to their
// scores.
func scores(a *Arrow, context *Type) bool {
	in, out := a.Dom.Factors(), a.Cod.Factors()
	if len(in) != 1 || len(out) != 1 || !in[0].Equal(context) {
		return false
	}
	tokens, y := context.Leaves(), out[0].Leaves()
	if len(tokens) != 1 || len(y) != 1 || y[0].Kind != Real {
		return false
	}
	n := []int{tokens[0].N}
	return slices.Equal(y[0].Dims, n) || slices.Equal(y[0].Dims, append(slices.Clone(tokens[0].Dims), n...))
}

// holds reports whether part is a field of whole, or of one of its fields.
func holds(whole, part *Type) bool {
	return slices.ContainsFunc(whole.Carrier().Fields, func(f Field) bool {
		return f.Type.Equal(part) || holds(f.Type, part)
	})
}
