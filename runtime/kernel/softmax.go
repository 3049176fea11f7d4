package kernel

import "math"

// Softmax assigns to each of the t positions the distribution e^x / Σ e^x over
// its k scores. The greatest score is subtracted first.
func Softmax[T Float](y, x []T, n, t, k int) {
	for r := range n * t {
		distribution(y[r*k:r*k+k], x[r*k:r*k+k])
	}
}

// distribution assigns the softmax of x to y and returns the greatest score
// and the sum of e^(x - greatest).
func distribution[T Float](y, x []T) (greatest, sum T) {
	if len(x) == 0 {
		return 0, 0
	}
	y = y[:len(x)]
	greatest = x[0]
	for _, v := range x[1:] {
		greatest = max(greatest, v)
	}
	for i, v := range x {
		e := T(math.Exp(float64(v - greatest)))
		y[i] = e
		sum += e
	}
	for i := range y {
		y[i] /= sum
	}
	return greatest, sum
}

// SoftmaxS assigns s[t] = Σ_k dy[t, k]·y[t, k].
func SoftmaxS[T Float](s, y, dy []T, n, t, k int) {
	for r := range n * t {
		s[r] = dot(y[r*k:r*k+k], dy[r*k:r*k+k])
	}
}

// SoftmaxDx assigns dx[t, k] = y[t, k]·(dy[t, k] - s[t]).
func SoftmaxDx[T Float](dx, y, s, dy []T, n, t, k int) {
	for r, mean := range s[:n*t] {
		to, p, d := dx[r*k:r*k+k], y[r*k:r*k+k], dy[r*k:r*k+k]
		p, d = p[:len(to)], d[:len(to)]
		for i := range to {
			to[i] = p[i] * (d[i] - mean)
		}
	}
}
