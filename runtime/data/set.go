package data

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Set is a refinement of a real object: an interval, a finite set, or the
// simplex over all cells of the column. NaN and infinities lie in no set.
type Set struct {
	Elems             []float64 // finite set when not nil
	Low, High         float64   // interval; ±Inf where unbounded
	OpenLow, OpenHigh bool
	Simplex           bool
}

// Contains reports whether the single number v lies in s. A simplex holds
// numbers of [0, 1] here; their sum is a matter of the whole row.
func (s *Set) Contains(v float64) bool {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return false
	}
	switch {
	case s == nil:
		return true
	case s.Simplex:
		return 0 <= v && v <= 1
	case s.Elems != nil:
		return slices.Contains(s.Elems, v)
	}
	return (v > s.Low || v == s.Low && !s.OpenLow) && (v < s.High || v == s.High && !s.OpenHigh)
}

// String renders s as a spec would write it.
func (s *Set) String() string {
	switch {
	case s == nil:
		return "R"
	case s.Simplex:
		return "simplex"
	case s.Elems != nil:
		parts := make([]string, len(s.Elems))
		for i, v := range s.Elems {
			parts[i] = number(v)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	left, right := "[", "]"
	if s.OpenLow || math.IsInf(s.Low, -1) {
		left = "("
	}
	if s.OpenHigh || math.IsInf(s.High, 1) {
		right = ")"
	}
	return left + number(s.Low) + ", " + number(s.High) + right
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
