package category

// Applicable reports whether a applies to rows of t's data, one after the
// other, with parameters that t trains: each factor of its domain is a column of
// its own. It returns the columns, by the order of the domain, and of those that
// are none the first.
func (t *Train) Applicable(a *Arrow) (columns []int, missing *Type, ok bool) {
	if t.On == nil || a.Endo || len(a.Open) > 0 || !t.trains(a.Given) {
		return nil, nil, false
	}
	used := make([]bool, len(t.On.Columns))
	for _, f := range a.Dom.Factors() {
		at := -1
		for i, c := range t.On.Columns {
			if !used[i] && c.Object.Equal(f) {
				at = i
				break
			}
		}
		if at < 0 {
			return nil, f, false
		}
		used[at] = true
		columns = append(columns, at)
	}
	return columns, nil, len(columns) > 0
}

// trains reports whether t trains given, alone or as a part.
func (t *Train) trains(given *Type) bool {
	params := t.params()
	return given.IsUnit() || given.Equal(params) || holds(params, given)
}
