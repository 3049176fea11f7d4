package scalar

import "math"

// lowest is where the first interval of log begins, as the bits of a float64:
// half an interval below 3/4.
const lowest = 0x3fe8<<48 - 1<<45

// Log returns the natural logarithm of x within 0.6 ulp.
func Log(x float32) float32 {
	if !(x > 0 && x <= math.MaxFloat32) {
		return float32(math.Log(float64(x))) // exact: infinite or NaN
	}
	return float32(log(float64(x)))
}

// Log1p returns the natural logarithm of 1 + x within 0.6 ulp, near zero too.
func Log1p(x float32) float32 {
	if !(x > -1 && x <= math.MaxFloat32) {
		return float32(math.Log1p(float64(x)))
	}
	if x == 0 {
		return x
	}
	d := float64(x)
	u, lost := onePlus(d)
	r, base := split(u)
	return float32(base + (r + (series(r) + lost)))
}

// onePlus is 1 + x as far as a float64 holds it, and what it loses of a small
// x. There log(1 + x) is the logarithm of the one plus the other.
func onePlus(x float64) (u, lost float64) {
	u = 1 + x
	return u, x - (u - 1)
}

// log is the natural logarithm of a positive normal x, within a relative
// 1e-11.
func log(x float64) float64 {
	r, base := split(x)
	return base + (r + series(r))
}

// split writes a positive normal x as 2^e·c·(1 + r), with c in the middle of
// one of 64 intervals of [3/4, 3/2), and returns r and log(2^e·c).
func split(x float64) (r, base float64) {
	b := math.Float64bits(x)
	t := b - lowest
	c := &centers[t>>46%64]
	r = float64(math.Float64frombits(b-t&(0xfff<<52))*c.inverse) - 1
	return r, float64(float64(int64(t)>>52)*math.Ln2) + c.log
}

// series is log(1 + r) - r for |r| ≤ 1/128, four terms of Mercator's.
func series(r float64) float64 {
	r2 := float64(r * r)
	return float64(r2 * (float64(r*(1./3)) - 1./2 + float64(r2*(float64(r*(1./5))-1./4))))
}
