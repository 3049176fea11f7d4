package laws

import (
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// where says which part of a set draws come from.
type where uint8

const (
	edges  where = iota // everywhere, closed ends included
	inside              // away from ends, so that differences stay in the set
)

// mostElements is the length of the longest list drawn.
const mostElements = 4

// sampler draws values of objects.
type sampler struct {
	r     *rng.Rand
	in    where
	kinks []float64 // on both sides of which draws lie at times
}

// value draws a value of t. A weight's numbers are scaled so that sums over
// its inputs stay near one.
func (s *sampler) value(t *category.Type, param bool) eval.Value {
	c := t.Carrier()
	switch c.Kind {
	case category.Record:
		parts := make([]eval.Value, len(c.Fields))
		for i, f := range c.Fields {
			parts[i] = s.value(f.Type, param)
		}
		return eval.Tuple(parts...)
	case category.Product:
		parts := make([]eval.Value, len(c.Items))
		for i, it := range c.Items {
			parts[i] = s.value(it, param)
		}
		return eval.Tuple(parts...)
	case category.Power:
		return s.elements(c.Elem, c.N, param)
	case category.List:
		return s.elements(c.Elem, s.r.Intn(mostElements+1), param)
	case category.Option:
		if s.r.Intn(4) == 0 {
			return eval.Zero(t)
		}
		return s.elements(c.Elem, 1, param)
	}
	v := eval.Zero(t)
	set := t.RefinedSet()
	for i := range v.Data {
		v.Data[i] = s.number(c, set, scaleOf(c, param))
	}
	if set != nil && set.Simplex && len(c.Dims) > 0 {
		normalize(v.Data, c.Dims[len(c.Dims)-1])
	}
	return v
}

func (s *sampler) elements(t *category.Type, n int, param bool) eval.Value {
	parts := make([]eval.Value, n)
	for i := range parts {
		parts[i] = s.value(t, param)
	}
	return eval.Tuple(parts...)
}

func scaleOf(c *category.Type, param bool) float64 {
	if !param {
		return 1
	}
	if len(c.Dims) < 2 {
		return 0.5
	}
	inputs := 1
	for _, d := range c.Dims[1:] {
		inputs *= d
	}
	return 1 / math.Sqrt(float64(inputs))
}

func (s *sampler) number(c *category.Type, set *category.Set, scale float64) float64 {
	switch c.Kind {
	case category.Fin:
		return float64(s.r.Intn(max(c.N, 1)))
	case category.Bool:
		return float64(s.r.Intn(2))
	case category.Int:
		return float64(s.r.Intn(10))
	}
	switch {
	case set == nil && scale == 1 && s.r.Intn(12) == 0: // large ones too
		return math.Pow(100, s.r.Float64()) * s.r.Normal()
	case set == nil && len(s.kinks) > 0 && s.r.Intn(8) == 0:
		return s.kinks[s.r.Intn(len(s.kinks))] + s.r.Normal()
	case set == nil:
		return scale * s.r.Normal()
	case set.Simplex:
		return math.Exp(s.r.Normal())
	case set.Finite:
		return set.Elems[s.r.Intn(len(set.Elems))]
	}
	return s.between(set, scale)
}

// between draws from an interval: at a closed end at times, elsewhere a
// twentieth of a finite length away from both.
func (s *sampler) between(set *category.Set, scale float64) float64 {
	low, high := !math.IsInf(set.Low, -1), !math.IsInf(set.High, 1)
	end := s.r.Intn(16)
	if s.in == edges {
		switch {
		case end == 0 && low && !set.OpenLow:
			return set.Low
		case end == 1 && high && !set.OpenHigh:
			return set.High
		}
	}
	away := 0.05 + math.Exp(0.7*s.r.Normal())
	switch {
	case low && high:
		return set.Low + (0.05+0.9*s.r.Float64())*(set.High-set.Low)
	case low:
		return set.Low + away
	case high:
		return set.High - away
	}
	return scale * s.r.Normal()
}

// normalize makes each row of v sum to one.
func normalize(v []float64, row int) {
	for ; len(v) >= row && row > 0; v = v[row:] {
		sum := 0.0
		for _, x := range v[:row] {
			sum += x
		}
		for i := range v[:row] {
			v[i] /= sum
		}
	}
}
