package kernel

// millsTail is, by t = 1 / (1 + 0.4·a), the polynomial p for which t·p(t) is
// Φ(-a)·e^(a²/2), the tail of the normal distribution over its density (Mills'
// ratio) up to a factor √2π, for a from 0 to 14.35. It errs by 2^-25.7 of it.
var millsTail = [...]float32{0x1.46cfd6p-3, 0x1.46e8a4p-3, 0x1.10bcfcp-3, 0x1.758084p-4, -0x1.b13646p-6, 0x1.e69cfap-4, -0x1.7e3b0cp-2, 0x1.86f09ap-2, -0x1.69aebap-3, 0x1.0798ccp-5}

// laneNormal is the probability that a standard normal variable stays below x,
// and √2π times its density there, e^(-x²/2).
func laneNormal(x float32) (below, density float32) {
	const far = 16 // the density is 0 from 14.43 on
	a := smaller(far, magnitude(x))
	square := float32(a * a)
	low := fma(a, a, -square) // what rounding took from a²
	density = laneExp(float32(square * -0.5))
	density = fma(float32(low*-0.5), density, density)
	t := 1 / fma(a, 0.4, 1)
	p := millsTail[9]
	for i := 8; i >= 0; i-- {
		p = fma(p, t, millsTail[i])
	}
	tail := float32(float32(t*p) * density)
	if x < 0 {
		return tail, density
	}
	return 1 - tail, density
}

func lanesGelu(y, x []float32) {
	for i, v := range x[:len(y)] {
		below, _ := laneNormal(v)
		y[i] = v * below
	}
}

func lanesGeluDx(dx, x, dy []float32) {
	const perDensity = 0x1.988454p-2 // 1 / √2π
	x, dy = x[:len(dx)], dy[:len(dx)]
	for i, v := range x {
		below, density := laneNormal(v)
		dx[i] = dy[i] * fma(v, float32(density*perDensity), below)
	}
}
