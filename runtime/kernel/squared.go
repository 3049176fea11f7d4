package kernel

// SquaredError assigns y = (p - t)², one number per example.
func SquaredError[T Float](y, p, t []T, n int) { squares(y, p, t, n, 1, 1) }

// SquaredErrorDp assigns dp = 2·dy·(p - t).
func SquaredErrorDp[T Float](dp, p, t, dy []T, n int) { squaresDa(dp, p, t, dy, n, 1, 1) }

// SquaredErrorDt assigns dt = 2·dy·(t - p).
func SquaredErrorDt[T Float](dt, p, t, dy []T, n int) { squaresDa(dt, t, p, dy, n, 1, 1) }

// SquaredDistance assigns y = Σ_s (p - t)².
func SquaredDistance[T Float](y, p, t []T, n, s int) { squares(y, p, t, n, s, 1) }

// SquaredDistanceDp assigns dp[s] = 2·dy·(p - t).
func SquaredDistanceDp[T Float](dp, p, t, dy []T, n, s int) { squaresDa(dp, p, t, dy, n, s, 1) }

// SquaredDistanceDt assigns dt[s] = 2·dy·(t - p).
func SquaredDistanceDt[T Float](dt, p, t, dy []T, n, s int) { squaresDa(dt, t, p, dy, n, s, 1) }

// MeanSquaredError assigns y = Σ_s (p - t)² / s.
func MeanSquaredError[T Float](y, p, t []T, n, s int) { squares(y, p, t, n, s, T(s)) }

// MeanSquaredErrorDp assigns dp[s] = 2·dy·(p - t) / s.
func MeanSquaredErrorDp[T Float](dp, p, t, dy []T, n, s int) { squaresDa(dp, p, t, dy, n, s, T(s)) }

// MeanSquaredErrorDt assigns dt[s] = 2·dy·(t - p) / s.
func MeanSquaredErrorDt[T Float](dt, p, t, dy []T, n, s int) { squaresDa(dt, t, p, dy, n, s, T(s)) }

// squares assigns to y the squared distances of rows of s elements, over by.
func squares[T Float](y, a, b []T, rows, s int, by T) {
	y, a, b = y[:rows], a[:rows*s], b[:rows*s]
	if vectors[T]() {
		vecSquares(narrow(y), narrow(a), narrow(b), rows, s, float32(by))
		return
	}
	for r := range rows {
		from := b[r*s : r*s+s]
		var sum T
		for i, v := range a[r*s : r*s+s] {
			d := v - from[i]
			sum += d * d
		}
		y[r] = sum / by
	}
}

// squaresDa assigns da[r, s] = 2·dy[r]/by · (a[r, s] - b[r, s]).
func squaresDa[T Float](da, a, b, dy []T, rows, s int, by T) {
	da, a, b, dy = da[:rows*s], a[:rows*s], b[:rows*s], dy[:rows]
	if vectors[T]() {
		vecSquaresDa(narrow(da), narrow(a), narrow(b), narrow(dy), rows, s, float32(by))
		return
	}
	for r, d := range dy {
		step, from, to := 2*d/by, b[r*s:r*s+s], da[r*s:r*s+s]
		for i, v := range a[r*s : r*s+s] {
			to[i] = step * (v - from[i])
		}
	}
}
