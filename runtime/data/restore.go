package data

// Restore takes back what preparing column i of the spec does to numbers: dst[k]
// is src[k] in the units of the data. scalers are those of all standardized
// columns in order. dst may be src. It panics where dst is shorter than src.
func (s *Spec) Restore(i int, scalers []*Scaler, dst, src []float32) {
	c := &s.Columns[i]
	if c.Standardize {
		s.scalerOf(i, scalers).Restore(dst, src)
		src = dst[:len(src)]
	}
	scale := c.Scale
	if scale == 0 {
		scale = 1
	}
	for k, x := range src {
		dst[k] = float32(float64(x) / scale)
	}
}

// scalerOf is the one of column i among those of all standardized columns.
func (s *Spec) scalerOf(i int, scalers []*Scaler) *Scaler {
	before := 0
	for k := range s.Columns[:i] {
		if s.Columns[k].Standardize {
			before++
		}
	}
	return scalers[before]
}
