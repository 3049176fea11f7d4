package kernel

import "math"

// BinaryCrossEntropy assigns y = -Σ_s (t·log p + (1 - t)·log(1 - p)) / s with
// both logarithms of at least Tiny.
func BinaryCrossEntropy[T Float](y, p, t []T, n, s int) {
	y, p, t = y[:n], p[:n*s], t[:n*s]
	if vectors[T]() {
		vecBinary(narrow(y), narrow(p), narrow(t), n, s, -float32(s))
		return
	}
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
	dp, p, t, dy = dp[:n*s], p[:n*s], t[:n*s], dy[:n]
	if vectors[T]() {
		vecBinaryDp(narrow(dp), narrow(p), narrow(t), narrow(dy), n, s, float32(s))
		return
	}
	for r, d := range dy {
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
	dt, p, dy = dt[:n*s], p[:n*s], dy[:n]
	if vectors[T]() {
		vecBinaryDt(narrow(dt), narrow(p), narrow(dy), n, s, float32(s))
		return
	}
	for r, d := range dy {
		to := dt[r*s : r*s+s]
		for i, v := range p[r*s : r*s+s] {
			to[i] = d * (log(1-v) - log(v)) / T(s)
		}
	}
}

// SigmoidBinaryCrossEntropy assigns
// y = Σ_s (max(z, 0) - z·t + log(1 + e^-|z|)) / s and its slope before the
// mean, g = sigmoid(z) - t, which keeps its digits where a logit lies far on
// the right side of its target.
func SigmoidBinaryCrossEntropy[T Float](y, g, z, t []T, n, s int) {
	y, g, z, t = y[:n], g[:n*s], z[:n*s], t[:n*s]
	if vectors[T]() {
		vecLogistic(narrow(y), narrow(g), narrow(z), narrow(t), n, s, float32(s))
		return
	}
	for r := range n {
		var sum T
		truth, slope := t[r*s:r*s+s], g[r*s:r*s+s]
		for i, v := range z[r*s : r*s+s] {
			e := math.Exp(-math.Abs(float64(v)))
			sum += max(v, 0) - v*truth[i] + T(math.Log1p(e))
			if far := e / (1 + e); v < 0 {
				slope[i] = T(far - float64(truth[i]))
			} else {
				slope[i] = T(1 - float64(truth[i]) - far)
			}
		}
		y[r] = sum / T(s)
	}
}

// SigmoidBinaryCrossEntropyDz assigns dz[s] = dy·g / s.
func SigmoidBinaryCrossEntropyDz[T Float](dz, g, dy []T, n, s int) {
	scaleRows(dz, g, dy, n, s, T(s))
}

// SigmoidBinaryCrossEntropyDt assigns dt[s] = -dy·z / s.
func SigmoidBinaryCrossEntropyDt[T Float](dt, z, dy []T, n, s int) {
	scaleRows(dt, z, dy, n, s, -T(s))
}
