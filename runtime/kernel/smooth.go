package kernel

import "math"

// The smooth relatives of Relu.

// Softplus assigns y = log(1 + e^x), finite for every finite x.
func Softplus[T Float](y, x []T, n, s int) {
	y, x = y[:n*s], x[:n*s]
	if vectors[T]() {
		vecSoftplus(narrow(y), narrow(x))
		return
	}
	for i, v := range x {
		y[i] = max(v, 0) + T(math.Log1p(math.Exp(-math.Abs(float64(v)))))
	}
}

// SoftplusDx assigns dx = dy / (1 + e^-x).
func SoftplusDx[T Float](dx, x, dy []T, n, s int) {
	dx, x, dy = dx[:n*s], x[:n*s], dy[:n*s]
	if vectors[T]() {
		vecSoftplusDx(narrow(dx), narrow(x), narrow(dy))
		return
	}
	for i, v := range x {
		dx[i] = dy[i] * T(logistic(float64(v)))
	}
}

// normalBelow is the probability that a standard normal variable stays below
// x, with all its digits in the lower tail.
func normalBelow(x float64) float64 { return 0.5 * math.Erfc(-x*(1/math.Sqrt2)) }

// Gelu assigns y = x·Φ(x), Φ the standard normal distribution, 0 at -∞.
func Gelu[T Float](y, x []T, n, s int) {
	y, x = y[:n*s], x[:n*s]
	if vectors[T]() {
		vecGelu(narrow(y), narrow(x))
		return
	}
	for i, v := range x {
		x := float64(v)
		less := min(math.Abs(x), 40) * normalBelow(-math.Abs(x))
		if x < 0 {
			x = 0
		}
		y[i] = T(x - less)
	}
}

// GeluDx assigns dx = dy·(Φ(x) + x·φ(x)), φ the density of Φ.
func GeluDx[T Float](dx, x, dy []T, n, s int) {
	dx, x, dy = dx[:n*s], x[:n*s], dy[:n*s]
	if vectors[T]() {
		vecGeluDx(narrow(dx), narrow(x), narrow(dy))
		return
	}
	root := math.Sqrt(2 * math.Pi)
	for i, v := range x {
		x := float64(v)
		dx[i] = dy[i] * T(normalBelow(x)+x*math.Exp(-0.5*x*x)/root)
	}
}

// Silu assigns y = x / (1 + e^-x).
func Silu[T Float](y, x []T, n, s int) {
	y, x = y[:n*s], x[:n*s]
	if vectors[T]() {
		vecSilu(narrow(y), narrow(x))
		return
	}
	for i, v := range x {
		y[i] = T(float64(v) * logistic(float64(v)))
	}
}

// SiluDx assigns dx = dy·σ(x)·(1 + x·σ(-x)), σ the logistic function.
func SiluDx[T Float](dx, x, dy []T, n, s int) {
	dx, x, dy = dx[:n*s], x[:n*s], dy[:n*s]
	if vectors[T]() {
		vecSiluDx(narrow(dx), narrow(x), narrow(dy))
		return
	}
	for i, v := range x {
		x := float64(v)
		dx[i] = dy[i] * T(logistic(x)*(1+x*logistic(-x)))
	}
}
