package scalar

import "math"

// Pow returns x^y within 1 ulp; special cases are those of math.Pow.
func Pow(x, y float32) float32 {
	a, b := float64(x), float64(y)
	switch {
	case y == 0 || x == 1:
		return 1
	case x == 0 || !(math.Abs(a) <= math.MaxFloat32 && math.Abs(b) <= math.MaxFloat32):
		return float32(math.Pow(a, b)) // exact: zero, one, infinite or NaN
	case x > 0:
		return power32(a, b)
	case b != math.Floor(b):
		return float32(math.NaN())
	case math.Floor(b/2) == b/2:
		return power32(-a, b)
	}
	return -power32(-a, b)
}

// power32 is x^y for positive finite x and finite y.
func power32(x, y float64) float32 {
	// Beyond these ends float32 has only infinity and zero.
	e := min(max(float64(y*log(x)), -104), 89)
	return float32(pow2(float64(e * perUnit)))
}

// PowInt returns x^n by squaring, exact as long as the products are: powers of
// constants by a count of steps.
func PowInt(x float64, n int64) float64 {
	if n < 0 {
		return 1 / powUint(x, -uint64(n))
	}
	return powUint(x, uint64(n))
}

func powUint(x float64, n uint64) float64 {
	y := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 != 0 {
			y *= x
		}
		x *= x
	}
	return y
}
