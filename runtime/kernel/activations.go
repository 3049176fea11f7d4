package kernel

import "math"

// Relu assigns y = max(x, 0).
func Relu[T Float](y, x []T, n, s int) {
	y, x = y[:n*s], x[:n*s]
	if vectors[T]() {
		vecRelu(narrow(y), narrow(x))
		return
	}
	for i, v := range x {
		y[i] = max(v, 0)
	}
}

// ReluDx assigns dx = dy where y > 0 and dy·0 elsewhere.
func ReluDx[T Float](dx, y, dy []T, n, s int) {
	dx, y, dy = dx[:n*s], y[:n*s], dy[:n*s]
	if vectors[T]() {
		vecReluDx(narrow(dx), narrow(y), narrow(dy))
		return
	}
	for i, v := range dy {
		if y[i] > 0 {
			dx[i] = v
		} else {
			dx[i] = v * 0
		}
	}
}

// LeakyRelu assigns y = x where x > 0 and slope·x elsewhere.
func LeakyRelu[T Float](y, x []T, n, s int, slope T) {
	y, x = y[:n*s], x[:n*s]
	if vectors[T]() {
		vecLeakyRelu(narrow(y), narrow(x), float32(slope))
		return
	}
	for i, v := range x {
		if !(v > 0) {
			v *= slope
		}
		y[i] = v
	}
}

// LeakyReluDx assigns dx = dy where x > 0 and slope·dy elsewhere.
func LeakyReluDx[T Float](dx, x, dy []T, n, s int, slope T) {
	dx, x, dy = dx[:n*s], x[:n*s], dy[:n*s]
	if vectors[T]() {
		vecLeakyReluDx(narrow(dx), narrow(x), narrow(dy), float32(slope))
		return
	}
	for i, v := range dy {
		if !(x[i] > 0) {
			v *= slope
		}
		dx[i] = v
	}
}

// Sigmoid assigns y = 1 / (1 + e^-x), finite for every x.
func Sigmoid[T Float](y, x []T, n, s int) {
	y, x = y[:n*s], x[:n*s]
	if vectors[T]() {
		vecSigmoid(narrow(y), narrow(x))
		return
	}
	for i, v := range x {
		y[i] = T(logistic(float64(v)))
	}
}

// logistic is 1 / (1 + e^-x): e^-x overflows to infinity where the result
// is zero anyway.
func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// SigmoidDx assigns dx = dy·y·(1 - y).
func SigmoidDx[T Float](dx, y, dy []T, n, s int) {
	dx, y, dy = dx[:n*s], y[:n*s], dy[:n*s]
	if vectors[T]() {
		vecSigmoidDx(narrow(dx), narrow(y), narrow(dy))
		return
	}
	for i, v := range y {
		dx[i] = dy[i] * v * (1 - v)
	}
}

// Tanh assigns the hyperbolic tangent.
func Tanh[T Float](y, x []T, n, s int) {
	y, x = y[:n*s], x[:n*s]
	if vectors[T]() {
		vecTanh(narrow(y), narrow(x))
		return
	}
	for i, v := range x {
		y[i] = T(math.Tanh(float64(v)))
	}
}

// TanhDx assigns dx = dy·(1 - y²).
func TanhDx[T Float](dx, y, dy []T, n, s int) {
	dx, y, dy = dx[:n*s], y[:n*s], dy[:n*s]
	if vectors[T]() {
		vecTanhDx(narrow(dx), narrow(y), narrow(dy))
		return
	}
	for i, v := range y {
		dx[i] = dy[i] * (1 - v*v)
	}
}
