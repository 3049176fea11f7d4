package kernel

// lanesSquares assigns to y the squared distances over by of rows of s
// elements.
func lanesSquares(y, a, b []float32, rows, s int, by float32) {
	for r := range rows {
		var sums [16]float32
		from := b[r*s : r*s+s]
		for i, v := range a[r*s : r*s+s] {
			d := v - from[i]
			sums[i%16] = fma(d, d, sums[i%16])
		}
		y[r] = fold(&sums) / by
	}
}

// lanesSquaresDa assigns da[r, s] = 2·dy[r] / by · (a[r, s] - b[r, s]).
func lanesSquaresDa(da, a, b, dy []float32, rows, s int, by float32) {
	for r, d := range dy[:rows] {
		step, from := (d+d)/by, b[r*s:r*s+s]
		to := da[r*s : r*s+s]
		for i, v := range a[r*s : r*s+s] {
			to[i] = (v - from[i]) * step
		}
	}
}

// laneBinary is t·log p + (1 - t)·log(1 - p).
func laneBinary(p, t float32) float32 {
	return fma(laneLog(p), t, float32(laneLog(1-p)*(1-t)))
}

func lanesBinary(y, p, t []float32, rows, s int, by float32) {
	for r := range rows {
		var sums [16]float32
		truth := t[r*s : r*s+s]
		for i, v := range p[r*s : r*s+s] {
			sums[i%16] += laneBinary(v, truth[i])
		}
		y[r] = fold(&sums) / by
	}
}

// laneBinarySlope is (1 - t) / max(1 - p, Tiny) - t / max(p, Tiny), without the
// term whose logarithm is held.
func laneBinarySlope(p, t float32) float32 {
	var wrong, right float32
	if !(p > 1) {
		wrong = (1 - t) / larger(Tiny, 1-p)
	}
	if !(p < 0) {
		right = t / larger(Tiny, p)
	}
	return wrong - right
}

func lanesBinaryDp(dp, p, t, dy []float32, rows, s int, by float32) {
	for r, d := range dy[:rows] {
		step, truth, to := d/by, t[r*s:r*s+s], dp[r*s:r*s+s]
		for i, v := range p[r*s : r*s+s] {
			to[i] = laneBinarySlope(v, truth[i]) * step
		}
	}
}

func lanesBinaryDt(dt, p, dy []float32, rows, s int, by float32) {
	for r, d := range dy[:rows] {
		step, to := d/by, dt[r*s:r*s+s]
		for i, v := range p[r*s : r*s+s] {
			to[i] = (laneLog(1-v) - laneLog(v)) * step
		}
	}
}

// laneLogistic is the binary cross entropy of sigmoid(z) against t, and its
// slope by z, sigmoid(z) - t, which keeps its digits far on the right side of
// the target.
func laneLogistic(z, t float32) (loss, slope float32) {
	e := laneExp(-magnitude(z))
	far := e / (e + 1)
	if z < 0 {
		slope = far - t
	} else {
		slope = 1 - t - far
	}
	return fma(-z, t, larger(0, z)) + laneLog1p(e), slope
}

func lanesLogistic(y, slope, z, t []float32, rows, s int, by float32) {
	for r := range rows {
		var sums [16]float32
		truth, slopes := t[r*s:r*s+s], slope[r*s:r*s+s]
		for i, v := range z[r*s : r*s+s] {
			loss, d := laneLogistic(v, truth[i])
			sums[i%16] += loss
			slopes[i] = d
		}
		y[r] = fold(&sums) / by
	}
}
