package kernel

import "math"

// lanesInverseRoot assigns root = 1 / √(v + epsilon).
func lanesInverseRoot(root, v []float32, epsilon float32) {
	for i, v := range v[:len(root)] {
		root[i] = 1 / float32(math.Sqrt(float64(v+epsilon)))
	}
}

// lanesMulSquare assigns y = x·by².
func lanesMulSquare(y, x, by []float32) {
	x, by = x[:len(y)], by[:len(y)]
	for i, v := range x {
		y[i] = float32(v*by[i]) * by[i]
	}
}

// lanesVariance assigns to y the sums over by of (x[r, s] - mean[r])².
func lanesVariance(y, x, mean []float32, rows, s int, by float32) {
	for r, mean := range mean[:rows] {
		var sums [16]float32
		for i, v := range x[r*s : r*s+s] {
			d := v - mean
			sums[i%16] = fma(d, d, sums[i%16])
		}
		y[r] = fold(&sums) / by
	}
}

// lanesWeighted assigns to y the sums over by of dy[r, s]·scale[s].
func lanesWeighted(y, dy, scale []float32, rows, s int, by float32) {
	for r := range rows {
		lanesDot(y[r:], dy[r*s:], scale, 1, s, by)
	}
}

// lanesCentredWeighted assigns to y the sums over by of
// dy[r, s]·scale[s]·(x[r, s] - mean[r]).
func lanesCentredWeighted(y, x, dy, scale, mean []float32, rows, s int, by float32) {
	for r, mean := range mean[:rows] {
		var sums [16]float32
		d := dy[r*s : r*s+s]
		for i, v := range x[r*s : r*s+s] {
			sums[i%16] = fma(float32(d[i]*scale[i]), v-mean, sums[i%16])
		}
		y[r] = fold(&sums) / by
	}
}

// lanesPlainWeighted assigns to y the sums over by of dy[r, s]·scale[s]·x[r, s].
func lanesPlainWeighted(y, x, dy, scale []float32, rows, s int, by float32) {
	for r := range rows {
		var sums [16]float32
		d := dy[r*s : r*s+s]
		for i, v := range x[r*s : r*s+s] {
			sums[i%16] = fma(float32(d[i]*scale[i]), v, sums[i%16])
		}
		y[r] = fold(&sums) / by
	}
}

// lanesLayerNorm assigns y[r, s] = shift[s] + scale[s]·root[r]·(x[r, s] - mean[r]).
func lanesLayerNorm(y, x, scale, shift, mean, root []float32, rows, s int) {
	for r, mean := range mean[:rows] {
		to, root := y[r*s:r*s+s], root[r]
		for i, v := range x[r*s : r*s+s] {
			to[i] = fma(float32((v-mean)*root), scale[i], shift[i])
		}
	}
}

// lanesRmsNorm assigns y[r, s] = scale[s]·root[r]·x[r, s].
func lanesRmsNorm(y, x, scale, root []float32, rows, s int) {
	for r, root := range root[:rows] {
		to := y[r*s : r*s+s]
		for i, v := range x[r*s : r*s+s] {
			to[i] = float32(v*root) * scale[i]
		}
	}
}

// lanesLayerNormDx assigns dx[r, s] = root[r]·(scale[s]·dy[r, s] - a[r] -
// b[r]·(x[r, s] - mean[r])).
func lanesLayerNormDx(dx, x, dy, scale, mean, root, a, b []float32, rows, s int) {
	for r, mean := range mean[:rows] {
		to, d, root, a, b := dx[r*s:r*s+s], dy[r*s:r*s+s], root[r], a[r], b[r]
		for i, v := range x[r*s : r*s+s] {
			pull := float32(d[i]*scale[i]) - a
			to[i] = fma(-(v-mean), b, pull) * root
		}
	}
}

// lanesRmsNormDx assigns dx[r, s] = root[r]·(scale[s]·dy[r, s] - b[r]·x[r, s]).
func lanesRmsNormDx(dx, x, dy, scale, root, b []float32, rows, s int) {
	for r, root := range root[:rows] {
		to, d, b := dx[r*s:r*s+s], dy[r*s:r*s+s], b[r]
		for i, v := range x[r*s : r*s+s] {
			to[i] = fma(-v, b, float32(d[i]*scale[i])) * root
		}
	}
}

// lanesLayerNormDscale adds to y the columns of dy[r, i]·root[r]·(x[r, i] -
// mean[r]), whose rows are stride apart.
func lanesLayerNormDscale(y, x, dy, mean, root []float32, rows, stride int) {
	for r, mean := range mean[:rows] {
		d, root := dy[r*stride:], root[r]
		for i, v := range x[r*stride : r*stride+len(y)] {
			y[i] = fma(float32((v-mean)*root), d[i], y[i])
		}
	}
}

// lanesRmsNormDscale adds to y the columns of dy[r, i]·root[r]·x[r, i], whose
// rows are stride apart.
func lanesRmsNormDscale(y, x, dy, root []float32, rows, stride int) {
	for r, root := range root[:rows] {
		d := dy[r*stride:]
		for i, v := range x[r*stride : r*stride+len(y)] {
			y[i] = fma(float32(v*root), d[i], y[i])
		}
	}
}
