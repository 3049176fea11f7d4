package scalar

import (
	"math"
	"math/bits"
)

// Sin returns the sine of x radians within 0.6 ulp; of an infinity, NaN.
func Sin(x float32) float32 {
	if x == 0 {
		return x
	}
	quarter, r := quarters(x)
	return trig(quarter, r)
}

// Cos returns the cosine of x radians within 0.6 ulp; of an infinity, NaN.
func Cos(x float32) float32 {
	quarter, r := quarters(x)
	return trig(quarter+1, r)
}

// trig is the sine of quarter·π/2 + r for |r| ≤ π/4.
func trig(quarter uint64, r float64) float32 {
	w := float64(r * r)
	var y float64
	if quarter&1 == 0 {
		y = float64(r * (1 - float64(w*(1./6-float64(w*(1./120-float64(w*(1./5040-float64(w*(1./362880-float64(w*(1./39916800))))))))))))
	} else {
		y = 1 - float64(w*(1./2-float64(w*(1./24-float64(w*(1./720-float64(w*(1./40320-float64(w*(1./3628800-float64(w*(1./479001600))))))))))))
	}
	if quarter&2 != 0 {
		y = -y
	}
	return float32(y)
}

// twoOverPi holds the first bits of 2/π, after 64 zeros.
var twoOverPi = [...]uint64{0, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561}

// quarters writes x as quarter·π/2 + r with |r| ≤ π/4; quarter counts modulo
// four. An argument of any size is reduced exactly (Payne and Hanek, 1983):
// x is m·2^e with an m of 24 bits, and of 2/π those bits matter that 2^e puts
// between one turn and 2^-128 of one.
func quarters(x float32) (quarter uint64, r float64) {
	b := math.Float32bits(x)
	e := int(b>>23&0xff) - 150
	switch {
	case e == 0xff-150:
		return 0, math.NaN()
	case e < -40: // |x| < 2^-16: no quarter, and r is exact
		return 0, float64(x)
	}
	m := uint64(b&0x7fffff | 0x800000)
	// 2/π·2^e modulo 4 as 128 bits: from bit e-2 behind the point on.
	at := uint(64 + e - 2)
	word, shift := at/64, at%64
	hi := twoOverPi[word]<<shift | twoOverPi[word+1]>>(64-shift)
	lo := twoOverPi[word+1]<<shift | twoOverPi[word+2]>>(64-shift)
	carry, lo := bits.Mul64(m, lo)
	hi = m*hi + carry
	quarter = hi >> 62
	// What is left of a quarter, as a signed fraction with 64 bits.
	rest := int64(hi<<2 | lo>>62)
	if rest < 0 {
		quarter++
	}
	r = float64(float64(rest) * (math.Pi / 2 / (1 << 64)))
	if b>>31 != 0 {
		return -quarter, -r
	}
	return quarter, r
}
