package lawtest

import "math"

// slope is what differences along one line say about a function at 0.
type slope struct {
	value         float64 // extrapolated central difference
	coarse, fine  float64 // central differences with the step and its half
	jumpC, jumpF  float64 // disagreement of the one-sided differences of each
	finiteSamples bool
}

// slopeOf takes central differences of f around 0, where it is at, with the
// steps h and h/2 and extrapolates them (Richardson), so that the error is of
// fourth order in h.
func slopeOf(f func(float64) float64, at, h float64) slope {
	ahead, behind := f(h), f(-h)
	ahead2, behind2 := f(h/2), f(-h/2)
	var s slope
	s.coarse = (ahead - behind) / (2 * h)
	s.fine = (ahead2 - behind2) / h
	s.value = (4*s.fine - s.coarse) / 3
	s.jumpC = math.Abs(ahead+behind-2*at) / h
	s.jumpF = math.Abs(ahead2+behind2-2*at) / (h / 2)
	s.finiteSamples = finite(ahead) && finite(behind) && finite(ahead2) && finite(behind2)
	return s
}

// kinked reports whether the samples themselves look like those of a function
// with a kink nearby, whatever a gradient says. For a smooth function the two
// central differences agree up to third derivatives, and the one-sided
// disagreement halves with the step; across a kink neither happens. scale and
// tol say what counts as a disagreement.
func (s *slope) kinked(scale, tol float64) bool {
	if !s.finiteSamples {
		return false
	}
	noise := tol * scale
	apart := math.Abs(s.coarse-s.fine) > noise/2
	jump := s.jumpC > noise && s.jumpF > 0.6*s.jumpC
	return apart || jump
}
