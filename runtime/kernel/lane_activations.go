package kernel

import "math"

func lanesRelu(y, x []float32) {
	for i, v := range x[:len(y)] {
		y[i] = larger(0, v)
	}
}

func lanesReluDx(dx, y, dy []float32) {
	y, dy = y[:len(dx)], dy[:len(dx)]
	for i, v := range y {
		var slope float32
		if v > 0 {
			slope = 1
		}
		dx[i] = dy[i] * slope
	}
}

func lanesLeakyRelu(y, x []float32, slope float32) {
	for i, v := range x[:len(y)] {
		if !(v > 0) {
			v *= slope
		}
		y[i] = v
	}
}

func lanesLeakyReluDx(dx, x, dy []float32, slope float32) {
	x, dy = x[:len(dx)], dy[:len(dx)]
	for i, v := range x {
		d := dy[i]
		if !(v > 0) {
			d *= slope
		}
		dx[i] = d
	}
}

// laneSigmoid is 1 / (1 + e^-x), within 2.5 ulp on both sides.
func laneSigmoid(x float32) float32 {
	e := laneExp(-magnitude(x))
	if x < 0 {
		return e / (e + 1)
	}
	return 1 / (e + 1)
}

func lanesSigmoid(y, x []float32) {
	for i, v := range x[:len(y)] {
		y[i] = laneSigmoid(v)
	}
}

func lanesSigmoidDx(dx, y, dy []float32) {
	y, dy = y[:len(dx)], dy[:len(dx)]
	for i, v := range y {
		dx[i] = float32(dy[i]*v) * (1 - v)
	}
}

// laneTanh is the hyperbolic tangent (1 - e^-2|x|) / (1 + e^-2|x|) with the
// sign of x, within 2.6 ulp. The numerator is computed as e^-2|x| - 1, which
// keeps its digits near 0.
func laneTanh(x float32) float32 {
	const saturated = 20 // the result is 1 from 9.02 on
	a := float32(smaller(saturated, magnitude(x)) * -2)
	r, bits := laneReduce(a, 127)
	scale := math.Float32frombits(bits << 23)
	e := fma(fma(laneExpTail(r), float32(r*r), r), scale, scale-1)
	y := e / (e + 2)
	return math.Float32frombits(math.Float32bits(y)&^signBit | math.Float32bits(x)&signBit)
}

func lanesTanh(y, x []float32) {
	for i, v := range x[:len(y)] {
		y[i] = laneTanh(v)
	}
}

func lanesTanhDx(dx, y, dy []float32) {
	y, dy = y[:len(dx)], dy[:len(dx)]
	for i, v := range y {
		dx[i] = dy[i] * fma(-v, v, 1)
	}
}

func lanesSoftplus(y, x []float32) {
	for i, v := range x[:len(y)] {
		y[i] = larger(0, v) + laneLog1p(laneExp(-magnitude(v)))
	}
}

func lanesSoftplusDx(dx, x, dy []float32) {
	x, dy = x[:len(dx)], dy[:len(dx)]
	for i, v := range x {
		dx[i] = dy[i] * laneSigmoid(v)
	}
}

func lanesSilu(y, x []float32) {
	for i, v := range x[:len(y)] {
		y[i] = v * laneSigmoid(v)
	}
}

// laneSiluSlope is σ(x)·(1 + x·σ(-x)).
func laneSiluSlope(x float32) float32 {
	e := laneExp(-magnitude(x))
	here := 1 / (e + 1)
	other := float32(e * here)
	if x < 0 {
		here, other = other, here
	}
	return float32(here * fma(x, other, 1))
}

func lanesSiluDx(dx, x, dy []float32) {
	x, dy = x[:len(dx)], dy[:len(dx)]
	for i, v := range x {
		dx[i] = dy[i] * laneSiluSlope(v)
	}
}
