package data

// reals appends cells of real numbers to factor i while nothing is to be said about
// them, and returns how many. Those from the first on that has spaces around it, is
// no number or does not fit are left to cell, which takes its time.
func (r *reading) reals(i int, fields [][]byte) int {
	c := &r.spec.Columns[i]
	if c.Kind != Real || len(c.Classes) > 0 {
		return 0
	}
	scale := c.Scale
	if scale == 0 {
		scale = 1
	}
	if c.Standardize {
		raw := r.table.raw[i]
		for k, field := range fields {
			x, ok := parseReal(field)
			x *= scale
			if y := float32(x); !ok || y-y != 0 {
				fields = fields[:k]
				break
			}
			raw = append(raw, x)
		}
		r.table.raw[i] = raw
		return len(fields)
	}
	cells := r.table.Factors[i].Real
	for k, field := range fields {
		x, ok := parseReal(field)
		y := float32(x * scale)
		if !ok || y-y != 0 || c.Set != nil && !c.Set.Contains(float64(y)) {
			fields = fields[:k]
			break
		}
		cells = append(cells, y)
	}
	r.table.Factors[i].Real = cells
	return len(fields)
}
