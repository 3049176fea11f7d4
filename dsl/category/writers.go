package category

import "slices"

// Writers are the arrows of c that continue the text which t trains on: from the
// tokens that a row begins with to real scores of what follows, one row for each
// place or one behind them all, with parameters that t trains. Those that take
// all of these parameters stand first.
func (t *Train) Writers(c *Category) []*Arrow {
	if t.On == nil || t.On.Text == nil || len(t.On.Columns) == 0 {
		return nil
	}
	params := t.Step.State
	if o := params.Object; params.Kind == Named && o.State != "" {
		params = o.Of
	}
	var whole, parts []*Arrow
	for _, a := range c.Arrows {
		switch {
		case a.Endo || a.Diagram == nil || a.Partial || len(a.Open) > 0 || !scores(a, t.On.Columns[0].Object):
		case a.Given.Equal(params):
			whole = append(whole, a)
		case a.Given.IsUnit() || holds(params, a.Given):
			parts = append(parts, a)
		}
	}
	return append(whole, parts...)
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
