package report

import (
	"math"
	"strconv"
)

// axis places numbers between two ends of a chart.
type axis struct {
	low, high float64 // of the numbers
	from, to  float64 // where they lie
	log       bool
	ticks     []float64
	step      float64 // between two ticks; 0 where they have no even one
}

// newAxis spans the numbers, which are finite, with about so many ticks at
// round ones. Numbers above zero that span two decades and more are placed by
// their logarithm, if they may be.
func newAxis(low, high, from, to float64, ticks int, mayLog bool) *axis {
	a := &axis{low: low, high: high, from: from, to: to}
	if mayLog && low > 0 && high/low >= 100 {
		a.log = true
		for e := math.Floor(math.Log10(low)); e <= math.Ceil(math.Log10(high)); e++ {
			if v := math.Pow(10, e); v >= low*0.999 && v <= high*1.001 {
				a.ticks = append(a.ticks, v)
			}
		}
		for len(a.ticks) > 2*ticks {
			a.ticks = everySecond(a.ticks)
		}
		return a
	}
	step := roundStep(high/float64(ticks) - low/float64(ticks))
	if high/2-low/2 == 0 || !(step > 0) || math.IsInf(step, 0) {
		// One number alone, or several that no chart tells apart.
		pad := math.Abs(low)/10 + 1e-9
		a.low, a.high = max(low-pad, -math.MaxFloat64), min(low+pad, math.MaxFloat64)
		a.ticks = []float64{low}
		return a
	}
	a.step = step
	for k := math.Ceil(low/step - 1e-9); k*step-high <= step*1e-9 && len(a.ticks) < 4*ticks; k++ {
		a.ticks = append(a.ticks, k*step)
	}
	return a
}

// roundStep is the least of 1, 2 and 5 times a power of ten from v on.
func roundStep(v float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(v)))
	for _, k := range []float64{1, 2, 5} {
		if k*unit >= v*0.999 {
			return k * unit
		}
	}
	return 10 * unit
}

func everySecond(v []float64) []float64 {
	out := v[:0]
	for i := 0; i < len(v); i += 2 {
		out = append(out, v[i])
	}
	return out
}

func (a *axis) at(v float64) float64 {
	// The span of two float64 may be none; that of their halves is.
	share := (v/2 - a.low/2) / (a.high/2 - a.low/2)
	if a.log {
		share = (math.Log(v) - math.Log(a.low)) / (math.Log(a.high) - math.Log(a.low))
	}
	return a.from + share*(a.to-a.from)
}

// tick writes a tick: at least as many digits as tell it from its neighbours.
func (a *axis) tick(v float64) string {
	if v == 0 {
		return "0"
	}
	m, digits := math.Abs(v), 6
	if m >= 1e5 || m < 1e-3 {
		digits = 3
	}
	if a.step > 0 {
		digits = max(digits, int(math.Floor(math.Log10(m))-math.Floor(math.Log10(a.step)))+1)
	}
	return strconv.FormatFloat(v, 'g', digits, 64)
}
