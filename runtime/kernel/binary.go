package kernel

import "math"

// BinaryCrossEntropy assigns y = -Σ_s (t·log p + (1 - t)·log(1 - p)) / s with
// both logarithms of at least Tiny.
func BinaryCrossEntropy[T Float](y, p, t []T, n, s int) {
	for r := range n {
		var sum T
		truth := t[r*s : r*s+s]
		for i, v := range p[r*s : r*s+s] {
			sum += truth[i]*log(v) + (1-truth[i])*log(1-v)
		}
		y[r] = -sum / T(s)
	}
}

// BinaryCrossEntropyDp assigns
// dp[s] = dy·((1 - t) / max(1 - p, Tiny) - t / max(p, Tiny)) / s.
// Outside [0, 1], where hand-written code may put p, the clamped logarithm is
// flat and its term is left out.
func BinaryCrossEntropyDp[T Float](dp, p, t, dy []T, n, s int) {
	for r, d := range dy[:n] {
		truth, to := t[r*s:r*s+s], dp[r*s:r*s+s]
		for i, v := range p[r*s : r*s+s] {
			var slope T
			if !(v > 1) {
				slope = (1 - truth[i]) / max(1-v, Tiny)
			}
			if !(v < 0) {
				slope -= truth[i] / max(v, Tiny)
			}
			to[i] = d * slope / T(s)
		}
	}
}

// BinaryCrossEntropyDt assigns dt[s] = dy·(log(1 - p) - log p) / s.
func BinaryCrossEntropyDt[T Float](dt, p, dy []T, n, s int) {
	for r, d := range dy[:n] {
		to := dt[r*s : r*s+s]
		for i, v := range p[r*s : r*s+s] {
			to[i] = d * (log(1-v) - log(v)) / T(s)
		}
	}
}

// SigmoidBinaryCrossEntropy assigns
// y = Σ_s (max(z, 0) - z·t + log(1 + e^-|z|)) / s.
func SigmoidBinaryCrossEntropy[T Float](y, z, t []T, n, s int) {
	for r := range n {
		var sum T
		truth := t[r*s : r*s+s]
		for i, v := range z[r*s : r*s+s] {
			soft := T(math.Log1p(math.Exp(-math.Abs(float64(v)))))
			sum += max(v, 0) - v*truth[i] + soft
		}
		y[r] = sum / T(s)
	}
}

// SigmoidBinaryCrossEntropyDz assigns dz[s] = dy·(sigmoid(z) - t) / s. The
// difference is taken in float64, where a logit far on the right side of its
// target still has a gradient.
func SigmoidBinaryCrossEntropyDz[T Float](dz, z, t, dy []T, n, s int) {
	for r, d := range dy[:n] {
		truth, to := t[r*s:r*s+s], dz[r*s:r*s+s]
		for i, v := range z[r*s : r*s+s] {
			to[i] = d * T(logistic(float64(v))-float64(truth[i])) / T(s)
		}
	}
}

// SigmoidBinaryCrossEntropyDt assigns dt[s] = -dy·z / s.
func SigmoidBinaryCrossEntropyDt[T Float](dt, z, dy []T, n, s int) {
	for r, d := range dy[:n] {
		to := dt[r*s : r*s+s]
		for i, v := range z[r*s : r*s+s] {
			to[i] = -d * v / T(s)
		}
	}
}
