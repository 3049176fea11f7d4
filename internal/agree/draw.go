package agree

import (
	"math"
	"math/rand"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Draw returns the numbers of a random value of t, leaf by leaf. They lie in
// t's sets and are float32 numbers, so that both element types start from the
// same point. Sums over a tensor's last axis stay near one. The squares
// that an optimizer gathers are positive.
func Draw(r *rand.Rand, t *category.Type) []float64 {
	var out []float64
	for _, l := range t.Leaves() {
		out = append(out, drawLeaf(r, &l)...)
	}
	return out
}

// DrawValue is Draw with the numbers in the order of a Go value: the elements
// of a power of records lie one behind another, each with all its fields.
func DrawValue(r *rand.Rand, t *category.Type) []float64 { return drawValue(r, t, nil) }

func drawValue(r *rand.Rand, t *category.Type, path []string) (out []float64) {
	switch c := t.Carrier(); {
	case c.Kind == category.Record:
		for _, f := range c.Fields {
			out = append(out, drawValue(r, f.Type, append(path[:len(path):len(path)], f.Name))...)
		}
	case c.Kind == category.Product:
		for _, it := range c.Items {
			out = append(out, drawValue(r, it, path)...)
		}
	case c.Kind == category.Power && len(c.Elem.Leaves()) > 1:
		for range c.N {
			out = append(out, drawValue(r, c.Elem, path)...)
		}
	default:
		for _, l := range t.Leaves() {
			l.Path = path
			out = append(out, drawLeaf(r, &l)...)
		}
	}
	return out
}

// squares are the parts of std's states that hold sums or means of squares.
var squares = []string{"variance", "square", "total"}

func drawLeaf(r *rand.Rand, l *category.Leaf) []float64 {
	v := make([]float64, l.Size())
	scale := 0.7
	if len(l.Dims) > 0 {
		scale = 1.5 / math.Sqrt(float64(l.Dims[len(l.Dims)-1]))
	}
	positive := slices.ContainsFunc(l.Path, func(name string) bool { return slices.Contains(squares, name) })
	for i := range v {
		switch l.Kind {
		case category.Fin:
			v[i] = float64(r.Intn(l.N))
		case category.Int:
			v[i] = float64(r.Intn(6))
		case category.Bool:
			v[i] = float64(r.Intn(2))
		default:
			v[i] = drawNumber(r, l.Set, scale)
			if positive {
				v[i] = 0.01 + math.Abs(v[i])
			}
		}
	}
	if l.Set != nil && l.Set.Simplex {
		normalize(v, l.Dims[len(l.Dims)-1])
	}
	for i := range v {
		v[i] = float64(float32(v[i]))
	}
	return v
}

func drawNumber(r *rand.Rand, s *category.Set, scale float64) float64 {
	switch {
	case s == nil:
		return scale * r.NormFloat64()
	case s.Simplex:
		return math.Exp(r.NormFloat64())
	case s.Finite:
		return s.Elems[r.Intn(len(s.Elems))]
	}
	low, high := !math.IsInf(s.Low, -1), !math.IsInf(s.High, 1)
	away := math.Exp(0.5 * r.NormFloat64())
	switch {
	case low && high:
		return s.Low + (0.05+0.9*r.Float64())*(s.High-s.Low)
	case low:
		return s.Low + away
	case high:
		return s.High - away
	}
	return scale * r.NormFloat64()
}

func normalize(v []float64, axis int) {
	for at := 0; at < len(v); at += axis {
		total := 0.0
		for _, x := range v[at : at+axis] {
			total += x
		}
		for i := range axis {
			v[at+i] /= total
		}
	}
}

// Distance is the Euclidean distance of got from want, relative to the length
// of want and 0.005 more, so that a sum that nearly cancels may keep the
// rounding of its terms. It is infinite where the two are not as many
// numbers, or one of them is none.
func Distance(got, want []float64) float64 {
	if len(got) != len(want) {
		return math.Inf(1)
	}
	apart := 0.0
	for i, w := range want {
		apart += (got[i] - w) * (got[i] - w)
	}
	if d := math.Sqrt(apart) / (Length(want) + 0.005); d-d == 0 {
		return d
	}
	return math.Inf(1)
}

// Length is the Euclidean length of v.
func Length(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	return math.Sqrt(sum)
}

// Finite replaces what JSON cannot hold, NaN and the infinities, by the
// greatest number: that is infinitely far from what float32 can be.
func Finite(values [][]float64) [][]float64 {
	for _, v := range values {
		for i, x := range v {
			if x-x != 0 {
				v[i] = math.MaxFloat64
			}
		}
	}
	return values
}
