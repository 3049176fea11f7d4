package category

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Set is a refinement of a real carrier, elementwise but for Simplex, which
// constrains the last axis as a whole. NaN and infinities belong to no set.
type Set struct {
	Simplex           bool
	Finite            bool
	Elems             []float64 // finite sets, ascending
	Low, High         float64   // intervals; ±Inf where unbounded
	OpenLow, OpenHigh bool
}

// Contains reports whether the single number v lies in s. For Simplex it
// checks [0, 1]; that the axis sums to one is the caller's to check.
func (s *Set) Contains(v float64) bool {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return false
	}
	switch {
	case s == nil:
		return true
	case s.Simplex:
		return 0 <= v && v <= 1
	case s.Finite:
		return slices.Contains(s.Elems, v)
	}
	return (v > s.Low || v == s.Low && !s.OpenLow) && (v < s.High || v == s.High && !s.OpenHigh)
}

// Within reports whether every value of s also lies in u.
func (s *Set) Within(u *Set) bool {
	if u == nil || u.whole() {
		return true
	}
	if s == nil {
		return false
	}
	switch {
	case u.Simplex:
		return s.Simplex
	case s.Finite:
		return !slices.ContainsFunc(s.Elems, func(v float64) bool { return !u.Contains(v) })
	case u.Finite:
		return false
	}
	a := s
	if s.Simplex {
		a = &Set{Low: 0, High: 1}
	}
	low := a.Low > u.Low || a.Low == u.Low && (a.OpenLow || !u.OpenLow || math.IsInf(a.Low, 0))
	high := a.High < u.High || a.High == u.High && (a.OpenHigh || !u.OpenHigh || math.IsInf(a.High, 0))
	return low && high
}

// whole reports whether s is the interval of all real numbers.
func (s *Set) whole() bool {
	return !s.Simplex && !s.Finite && math.IsInf(s.Low, -1) && math.IsInf(s.High, 1)
}

// Equal reports whether s and u are the same set; nil is all of the reals.
func (s *Set) Equal(u *Set) bool {
	if s == nil || u == nil {
		return s == u
	}
	return s.Simplex == u.Simplex && s.Finite == u.Finite && slices.Equal(s.Elems, u.Elems) &&
		s.Low == u.Low && s.High == u.High && s.OpenLow == u.OpenLow && s.OpenHigh == u.OpenHigh
}

// ClosedUnderAddition reports whether a sum of two members is a member.
func (s *Set) ClosedUnderAddition() bool {
	if s == nil {
		return true
	}
	if s.Simplex || s.Finite {
		return false
	}
	up := math.IsInf(s.High, 1) && (s.Low >= 0 || math.IsInf(s.Low, -1))
	down := math.IsInf(s.Low, -1) && s.High <= 0
	return up || down
}

// String renders s as a spec would write it.
func (s *Set) String() string {
	if s == nil {
		return "R"
	}
	if s.Simplex {
		return "simplex"
	}
	if s.Finite {
		parts := make([]string, len(s.Elems))
		for i, v := range s.Elems {
			parts[i] = number(v)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	open, closed := "[", "]"
	if s.OpenLow {
		open = "("
	}
	if s.OpenHigh {
		closed = ")"
	}
	return open + number(s.Low) + ", " + number(s.High) + closed
}

func number(v float64) string {
	switch {
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
