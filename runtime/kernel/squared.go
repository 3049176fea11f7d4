package kernel

// SquaredError assigns y = (p - t)², one number per example.
func SquaredError[T Float](y, p, t []T, n int) { SquaredDistance(y, p, t, n, 1) }

// SquaredErrorDp assigns dp = 2·dy·(p - t).
func SquaredErrorDp[T Float](dp, p, t, dy []T, n int) { SquaredDistanceDp(dp, p, t, dy, n, 1) }

// SquaredErrorDt assigns dt = 2·dy·(t - p).
func SquaredErrorDt[T Float](dt, p, t, dy []T, n int) { SquaredDistanceDt(dt, p, t, dy, n, 1) }

// SquaredDistance assigns y = Σ_s (p - t)².
func SquaredDistance[T Float](y, p, t []T, n, s int) {
	for r := range n {
		a, b := p[r*s:r*s+s], t[r*s:r*s+s]
		b = b[:len(a)]
		var sum T
		for i, v := range a {
			d := v - b[i]
			sum += d * d
		}
		y[r] = sum
	}
}

// SquaredDistanceDp assigns dp[s] = 2·dy·(p - t).
func SquaredDistanceDp[T Float](dp, p, t, dy []T, n, s int) {
	for r, d := range dy[:n] {
		difference(dp[r*s:r*s+s], p[r*s:r*s+s], t[r*s:r*s+s], 2*d)
	}
}

// SquaredDistanceDt assigns dt[s] = 2·dy·(t - p).
func SquaredDistanceDt[T Float](dt, p, t, dy []T, n, s int) {
	SquaredDistanceDp(dt, t, p, dy, n, s)
}

// MeanSquaredError assigns y = Σ_s (p - t)² / s.
func MeanSquaredError[T Float](y, p, t []T, n, s int) {
	SquaredDistance(y, p, t, n, s)
	for r := range n {
		y[r] /= T(s)
	}
}

// MeanSquaredErrorDp assigns dp[s] = 2·dy·(p - t) / s.
func MeanSquaredErrorDp[T Float](dp, p, t, dy []T, n, s int) {
	for r, d := range dy[:n] {
		difference(dp[r*s:r*s+s], p[r*s:r*s+s], t[r*s:r*s+s], 2*d/T(s))
	}
}

// MeanSquaredErrorDt assigns dt[s] = 2·dy·(t - p) / s.
func MeanSquaredErrorDt[T Float](dt, p, t, dy []T, n, s int) {
	MeanSquaredErrorDp(dt, t, p, dy, n, s)
}

// difference assigns to = by·(a - b).
func difference[T Float](to, a, b []T, by T) {
	a, b = a[:len(to)], b[:len(to)]
	for i := range to {
		to[i] = by * (a[i] - b[i])
	}
}
