//go:build !arm64

package kernel

import "math"

// fma is x·y + z, rounded once. The product of two float32 is exact in
// float64. Their sum with z is rounded to odd there: where it is not exact, to
// the neighbour whose last bit is 1, so that the second rounding, to 29 bits
// less, sees on which side of it the exact sum lies
// (Boldo and Melquiond, "Emulation of a FMA and correctly rounded sums", 2008).
func fma(x, y, z float32) float32 {
	product, addend := float64(x)*float64(y), float64(z)
	sum := product + addend
	back := sum - product
	rest := (product - (sum - back)) + (addend - back)
	// rest is the exact error of the sum (Knuth's two-sum), or NaN where the
	// sum is not finite.
	if bits := math.Float64bits(sum); rest != 0 && bits&1 == 0 && rest-rest == 0 {
		if (rest > 0) == (sum > 0) {
			bits++
		} else {
			bits--
		}
		sum = math.Float64frombits(bits)
	}
	return float32(sum)
}
