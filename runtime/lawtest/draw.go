package lawtest

import (
	"math"
	"os"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/kernel"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// where says which part of a set draws come from.
type where uint8

const (
	edges  where = iota // everywhere, closed ends included
	inside              // everywhere but the ends, at times close to one
	middle              // well inside, where coarse differences are fair
)

func seed() uint64 {
	if v, err := strconv.ParseUint(os.Getenv("CTGEN_SEED"), 10, 64); err == nil {
		return v
	}
	return 1
}

// full reports whether many more draws are wanted.
func full() bool { return os.Getenv("CTGEN_FULL") != "" }

// draw fills v with n examples of t. All reals are float32 numbers, so that
// both element types can start from the same point.
func draw[T kernel.Float](r *rng.Rand, t *Tensor, v Values[T], in where) {
	for i := range v.Fin {
		v.Fin[i] = int32(r.Intn(max(t.Classes, 1)))
	}
	for i := range v.Int {
		v.Int[i] = int64(r.Intn(10))
	}
	for i := range v.Bool {
		v.Bool[i] = r.Intn(2) == 1
	}
	if s, ok := t.Set.(runtime.Simplex); ok && t.Kind == Real {
		drawSimplex(r, v.Real, axis(s, t), in)
		return
	}
	scale := t.scale()
	for i := range v.Real {
		v.Real[i] = T(float32(drawNumber(r, t.Set, scale, in)))
	}
}

func drawAll[T kernel.Float](r *rng.Rand, ts []Tensor, at []Values[T], in where) {
	for i := range ts {
		draw(r, &ts[i], at[i], in)
	}
}

// scale keeps sums over a weight's inputs near one, as initialisers do.
func (t *Tensor) scale() float64 {
	if !t.Param {
		return 1
	}
	if len(t.Dims) < 2 {
		return 0.5
	}
	return 1 / math.Sqrt(float64(t.Size()/t.Dims[0]))
}

func axis(s runtime.Simplex, t *Tensor) int {
	switch {
	case s.Axis > 0:
		return s.Axis
	case len(t.Dims) > 0:
		return t.Dims[len(t.Dims)-1]
	}
	return 1
}

func drawNumber(r *rng.Rand, set runtime.Set, scale float64, in where) float64 {
	switch s := set.(type) {
	case runtime.Finite:
		return s[r.Intn(len(s))]
	case runtime.Interval:
		return drawInterval(r, s, scale, in)
	}
	return scale * r.Normal()
}

// drawInterval draws the position within s, then moves it away from ends.
func drawInterval(r *rng.Rand, s runtime.Interval, scale float64, in where) float64 {
	low, high := !math.IsInf(s.Low, -1), !math.IsInf(s.High, 1)
	near := 0.0
	switch k := r.Intn(16); {
	case in == edges && k == 0 && low && !s.OpenLow:
		return s.Low
	case in == edges && k == 1 && high && !s.OpenHigh:
		return s.High
	case in != middle && k < 4:
		near = 0.02 + 0.03*r.Float64()
	}
	away := near
	if near == 0 {
		away = math.Exp(0.5 * r.Normal())
	}
	switch {
	case low && high:
		u := near
		if near == 0 {
			u = 0.1 + 0.8*r.Float64()
		}
		if in == middle {
			u = 0.2 + 0.6*r.Float64()
		}
		if r.Intn(2) == 0 {
			u = 1 - u
		}
		return s.Low + u*(s.High-s.Low)
	case low:
		return s.Low + away
	case high:
		return s.High - away
	}
	return scale * r.Normal()
}

func drawSimplex[T kernel.Float](r *rng.Rand, v []T, axis int, in where) {
	spread := 1.5
	if in == middle {
		spread = 0.4
	}
	for at := 0; at+axis <= len(v); at += axis {
		row := v[at : at+axis]
		sum := 0.0
		for i := range row {
			e := math.Exp(spread * r.Normal())
			row[i] = T(e)
			sum += e
		}
		for i := range row {
			row[i] = T(float32(float64(row[i]) / sum))
		}
	}
}

// direction returns a random unit vector for t of the given length along
// which values stay in t's set: of sum zero on each axis of a simplex.
func direction(r *rng.Rand, t *Tensor, n int) []float64 {
	d := make([]float64, n)
	for i := range d {
		d[i] = r.Normal()
	}
	if s, ok := t.Set.(runtime.Simplex); ok {
		k := axis(s, t)
		for at := 0; at+k <= n; at += k {
			mean := 0.0
			for _, x := range d[at : at+k] {
				mean += x / float64(k)
			}
			for i := range d[at : at+k] {
				d[at+i] -= mean
			}
		}
	}
	if l := norm(d); l > 0 {
		for i := range d {
			d[i] /= l
		}
	}
	return d
}

func norm[T kernel.Float](v []T) float64 {
	s := 0.0
	for _, x := range v {
		s += float64(x) * float64(x)
	}
	return math.Sqrt(s)
}

func dot[T kernel.Float](v []T, d []float64) float64 {
	s := 0.0
	for i, x := range v {
		s += float64(x) * d[i]
	}
	return s
}

func finite(v float64) bool { return v-v == 0 }
