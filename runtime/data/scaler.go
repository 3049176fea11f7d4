package data

import "math"

// Scaler shifts and scales the cells of a column by numbers that were fitted to
// the training part: to mean 0 and deviation 1, or to a range. Deviation is the
// population's (divided by n); a constant column has deviation 1, so that it
// becomes 0 and stays finite. Of a column scaled to a range, Mean and Deviation
// are the number that becomes 0 and the distance that becomes 1; a constant
// column becomes the range's lower end.
type Scaler struct {
	Object          string
	Mean, Deviation []float64 // one per cell of a row
}

// fitScaler fits to the given rows of cells.
func fitScaler(object string, cells []float64, width int, rows []int) *Scaler {
	s := &Scaler{Object: object, Mean: make([]float64, width), Deviation: make([]float64, width)}
	n := float64(len(rows))
	low, high := make([]float64, width), make([]float64, width)
	for k := range width {
		low[k], high[k] = math.Inf(1), math.Inf(-1)
	}
	for _, r := range rows {
		for k, x := range cells[r*width : (r+1)*width] {
			s.Mean[k] += x
			low[k], high[k] = min(low[k], x), max(high[k], x)
		}
	}
	for k := range width {
		s.Mean[k] /= n
	}
	for _, r := range rows {
		for k, x := range cells[r*width : (r+1)*width] {
			d := x - s.Mean[k]
			s.Deviation[k] += d * d
		}
	}
	for k := range width {
		s.Deviation[k] = math.Sqrt(s.Deviation[k] / n)
		// A constant column is known by its range: rounding may leave its
		// mean, and so its deviation, a little off.
		if low[k] == high[k] {
			s.Mean[k], s.Deviation[k] = low[k], 1
		}
	}
	return s
}

// fitRange fits to the given rows of cells what scales their least and greatest
// number to the range.
func fitRange(object string, cells []float64, width int, rows []int, to [2]float64) *Scaler {
	s := &Scaler{Object: object, Mean: make([]float64, width), Deviation: make([]float64, width)}
	for k := range width {
		low, high := math.Inf(1), math.Inf(-1)
		for _, r := range rows {
			low, high = min(low, cells[r*width+k]), max(high, cells[r*width+k])
		}
		s.Deviation[k] = (high - low) / (to[1] - to[0])
		if !(s.Deviation[k] > 0) {
			s.Deviation[k] = 1 / (to[1] - to[0])
		}
		s.Mean[k] = low - to[0]*s.Deviation[k]
	}
	return s
}

// Restore takes standardizing back: dst[i] = src[i] · deviation + mean. dst may
// be src. It panics where dst is shorter than src.
func (s *Scaler) Restore(dst, src []float32) {
	width := len(s.Mean)
	for i, x := range src {
		k := i % width
		dst[i] = float32(float64(x)*s.Deviation[k] + s.Mean[k])
	}
}

// Apply standardizes rows of cells: dst[i] = (src[i] - mean) / deviation. dst
// may be src. It panics where dst is shorter than src.
func (s *Scaler) Apply(dst, src []float32) {
	width := len(s.Mean)
	for i, x := range src {
		k := i % width
		dst[i] = float32((float64(x) - s.Mean[k]) / s.Deviation[k])
	}
}

// Valid reports whether s can be applied to rows of the given width: as many
// finite means and positive finite deviations.
func (s *Scaler) Valid(width int) bool {
	if len(s.Mean) != width || len(s.Deviation) != width {
		return false
	}
	for k := range width {
		if m, d := s.Mean[k], s.Deviation[k]; math.IsNaN(m) || math.IsInf(m, 0) || !(d > 0) || math.IsInf(d, 0) {
			return false
		}
	}
	return true
}
