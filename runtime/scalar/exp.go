package scalar

import "math"

const (
	// steps is the number of intervals that an octave is cut into.
	steps = 64
	// whole, added to a float64 below 2^51, rounds it to an integer that its
	// lowest bits hold.
	whole = 0x1.8p52
	// perUnit is how many intervals e^1 spans.
	perUnit = steps / math.Ln2

	// e^(r·h) for r in [-1/2, 1/2] and h = ln 2 / steps is 1 + r·(near +
	// r·bend) within 7e-9: Taylor's series to the second power, its third
	// spread over the first as Chebyshev does.
	h    = math.Ln2 / steps
	near = h * (1 + h*h/32)
	bend = h * h / 2
	// twist is the coefficient of the third power.
	twist = h * h * h / 6
)

// Exp returns e^x within 0.7 ulp.
func Exp(x float32) float32 {
	if !(x > -104 && x < 89) {
		return expBeyond(x)
	}
	return float32(pow2(float64(float64(x) * perUnit)))
}

// expBeyond is e^x where it is 0, infinite or NaN.
func expBeyond(x float32) float32 {
	switch {
	case x > 0:
		return float32(math.Inf(1))
	case x < 0:
		return 0
	}
	return x
}

// power is 2^(k/steps) for an integer k, given as the bits of k + whole.
func power(k uint64) float64 {
	return math.Float64frombits(powers[k%steps] + k<<46)
}

// pow2 is 2^(z/steps) for |z| < 1000·steps, within a relative 7e-9.
func pow2(z float64) float64 {
	k := z + whole
	r := z - (k - whole)
	s := power(math.Float64bits(k))
	return s + float64(float64(s*r)*(near+float64(bend*r)))
}

// Expm1 returns e^x - 1 within 0.7 ulp, near zero too.
func Expm1(x float32) float32 {
	if !(x > -104 && x < 89) {
		return expBeyond(x) - 1
	}
	if x == 0 {
		return x
	}
	return float32(pow2m1(float64(float64(x) * perUnit)))
}

// pow2m1 is 2^(z/steps) - 1 for |z| < 1000·steps, within a relative 1e-8. The
// third power is kept: next to zero the first alone is left.
func pow2m1(z float64) float64 {
	k := z + whole
	r := z - (k - whole)
	s := power(math.Float64bits(k))
	return s - 1 + float64(float64(s*r)*(h+float64(r*(bend+float64(r*twist)))))
}
