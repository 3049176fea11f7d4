package runtime

import (
	"math"
	"strconv"
	"strings"
)

// Set is a subset of the real numbers that an object's values lie in. NaN and
// the infinities belong to no set.
type Set interface {
	Contains(v float64) bool
	String() string // as a spec writes it
}

// All is the set of all real numbers.
type All struct{}

// Interval is the set of numbers between Low and High; an open end does not
// belong to it. Infinite ends are written with math.Inf.
type Interval struct {
	Low, High         float64
	OpenLow, OpenHigh bool
}

// Finite is a set of single numbers.
type Finite []float64

// Simplex is the set of tensors whose last axis, of length Axis, holds
// non-negative numbers with sum one (to SimplexTolerance).
type Simplex struct{ Axis int }

// SimplexTolerance is how far the float32 sum of a distribution may be from 1.
const SimplexTolerance = 1e-4

func finite(v float64) bool { return v-v == 0 }

// Contains reports whether v is finite.
func (All) Contains(v float64) bool { return finite(v) }

// Contains reports whether v lies in s. Values are float32, so the ends are
// what float32 makes of them: 0.1 lies in [0, 0.1].
func (s Interval) Contains(v float64) bool {
	low, high := float64(float32(s.Low)), float64(float32(s.High))
	return finite(v) && (v > low || v == low && !s.OpenLow) && (v < high || v == high && !s.OpenHigh)
}

// Contains reports whether v is a member.
func (s Finite) Contains(v float64) bool {
	for _, e := range s {
		if v == e || v == float64(float32(e)) {
			return true
		}
	}
	return false
}

// Contains reports whether v may stand in a distribution. That the axis sums
// to one is Check's to see.
func (s Simplex) Contains(v float64) bool { return 0 <= v && v <= 1+SimplexTolerance }

func (All) String() string { return "R" }

func (s Interval) String() string {
	open, closed := "[", "]"
	if s.OpenLow || math.IsInf(s.Low, -1) {
		open = "("
	}
	if s.OpenHigh || math.IsInf(s.High, 1) {
		closed = ")"
	}
	return open + number(s.Low) + ", " + number(s.High) + closed
}

func (s Finite) String() string {
	parts := make([]string, len(s))
	for i, v := range s {
		parts[i] = number(v)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (s Simplex) String() string { return "simplex" }

func number(v float64) string {
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// number32 renders a float32 with the fewest digits that name it.
func number32(v float64) string {
	if finite(v) && float64(float32(v)) == v {
		return strconv.FormatFloat(v, 'g', -1, 32)
	}
	return number(v)
}
