package simpler

import "math"

// Reals lists numbers that are easier to read than v, the easiest first.
func Reals(v float64) []float64 {
	var out []float64
	for _, x := range []float64{0, 1, -1, math.Trunc(v / 2), math.Round(v), digits(v, 1), digits(v, 2), digits(v, 3)} {
		if weight(x) < weight(v) {
			out = append(out, x)
		}
	}
	return out
}

// Wholes does so for a count or an index.
func Wholes(v int64) []int64 {
	if v == 0 {
		return nil
	}
	return []int64{0, v / 2}
}

// digits rounds v to so many digits after the point.
func digits(v, n float64) float64 {
	k := math.Pow(10, n)
	return math.Round(v*k) / k
}

// weight orders numbers by how hard they are to read: 0, then 1, whole numbers
// by size, then by digits.
func weight(v float64) float64 {
	if v != v {
		return math.Inf(1)
	}
	w := math.Log2(1 + math.Abs(v))
	switch {
	case v == 0:
		return 0
	case math.Abs(v) == 1:
		w = 1
	case v == math.Trunc(v):
		w += 2
	case v == digits(v, 1):
		w += 20
	case v == digits(v, 2):
		w += 40
	case v == digits(v, 3):
		w += 60
	default:
		w += 100
	}
	if v < 0 {
		w += 0.5
	}
	return w
}
