package kernel

import "math"

// millsTail is, by t = 1 / (1 + 0.4·a), the polynomial p for which t·p(t) is
// Φ(-a)·e^(a²/2), the tail of the normal distribution over its density (Mills'
// ratio) up to a factor √2π, for a from 0 to 14.35. It errs by 2^-25.7 of it.
var millsTail = [...]float32{0x1.46cfd6p-3, 0x1.46e8a4p-3, 0x1.10bcfcp-3, 0x1.758084p-4, -0x1.b13646p-6, 0x1.e69cfap-4, -0x1.7e3b0cp-2, 0x1.86f09ap-2, -0x1.69aebap-3, 0x1.0798ccp-5}

// laneNormal is |x| up to where all is 0, the probability that a standard normal
// variable stays below -|x|, and √2π times its density there, e^(-x²/2). x² is
// not rounded before n·ln 2, of which the first part is exact, is taken from it.
func laneNormal(x float32) (a, tail, density float32) {
	const far = 16 // the density is 0 from 14.43 on
	a = smaller(far, magnitude(x))
	half := float32(a * -0.5)
	exponent := float32(half * a)
	if !(exponent < expFloor) {
		shifted := fma(exponent, log2e, bigShift+254)
		n := shifted - (bigShift + 254)
		r := fma(n, -ln2Rest, fma(half, a, -float32(n*ln2Short)))
		density = laneTimesPower(fma(fma(laneExpTail(r), r, 1), r, 1), math.Float32bits(shifted))
	}
	t := 1 / fma(a, 0.4, 1)
	p := millsTail[9]
	for i := 8; i >= 0; i-- {
		p = fma(p, t, millsTail[i])
	}
	return a, float32(float32(t*p) * density), density
}

// lanesGelu takes |x|·Φ(-|x|) from x or 0, which is x·Φ(x) rounded once.
func lanesGelu(y, x []float32) {
	for i, v := range x[:len(y)] {
		a, tail, _ := laneNormal(v)
		y[i] = fma(-a, tail, larger(0, v))
	}
}

func lanesGeluDx(dx, x, dy []float32) {
	const perDensity = 0x1.988454p-2 // 1 / √2π
	x, dy = x[:len(dx)], dy[:len(dx)]
	for i, v := range x {
		_, tail, density := laneNormal(v)
		below := 1 - tail
		if v < 0 {
			below = tail
		}
		dx[i] = dy[i] * fma(v, float32(density*perDensity), below)
	}
}
