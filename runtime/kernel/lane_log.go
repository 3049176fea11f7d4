package kernel

import "math"

// logTail is (log(1 + f) - f) / f² for 1 + f from √½ to √2, least in the
// greatest error that it makes in log(1 + f): 2^-27.8 of it.
var logTail = [...]float32{-0x1.fffff8p-2, 0x1.55555p-2, -0x1.00043p-2, 0x1.99a3dap-3, -0x1.5425eep-3, 0x1.2274e8p-3, -0x1.0f4692p-3, 0x1.0831ap-3, -0x1.37a734p-4}

// laneLogNear is log(1 + f) + k·ln 2 for 1 + f from √½ to √2.
func laneLogNear(f, k float32) float32 {
	p := logTail[8]
	for i := 7; i >= 0; i-- {
		p = fma(p, f, logTail[i])
	}
	s := fma(p, float32(f*f), float32(k*ln2Low))
	return fma(k, ln2High, f+s)
}

// laneLog is the natural logarithm of at least Tiny, within 1 ulp.
func laneLog(x float32) float32 {
	const sqrtHalf = 0x3f3504f3 // √½ as bits
	x = larger(Tiny, x)
	if !(x < infinity) {
		return x
	}
	bits := math.Float32bits(x)
	n := int32(bits-sqrtHalf) >> 23
	f := math.Float32frombits(bits-uint32(n)<<23) - 1
	return laneLogNear(f, float32(n))
}

var infinity = float32(math.Inf(1))

// laneLog1p is log(1 + e) for e from 0 to 1.
func laneLog1p(e float32) float32 {
	if e > 0x1.a8279ap-2 { // √2 - 1
		return laneLogNear(float32((e-1)*0.5), 1)
	}
	return laneLogNear(e, 0)
}

func lanesLog(y, x []float32) {
	for i, v := range x[:len(y)] {
		y[i] = laneLog(v)
	}
}

func lanesLogDx(dx, x, dy []float32) {
	x, dy = x[:len(dx)], dy[:len(dx)]
	for i, v := range x {
		dx[i] = dy[i] / larger(Tiny, v)
	}
}

func lanesLogit(y, x []float32) {
	for i, v := range x[:len(y)] {
		y[i] = laneLog(v) - laneLog(1-v)
	}
}

func lanesLogitDx(dx, x, dy []float32) {
	x, dy = x[:len(dx)], dy[:len(dx)]
	for i, v := range x {
		dx[i] = dy[i]/larger(Tiny, v) + dy[i]/larger(Tiny, 1-v)
	}
}
