package kernel

// lanesPeak raises 16 interleaved greatest elements by those of x. A NaN may
// or may not come through.
func lanesPeak(peaks *[16]float32, x []float32) {
	for i, v := range x {
		peaks[i%16] = larger(peaks[i%16], v)
	}
}

// lanesExpSum assigns y = e^(x - peak) and adds it to 16 interleaved sums.
func lanesExpSum(sums *[16]float32, y, x []float32, peak float32) {
	x = x[:len(y)]
	for i, v := range x {
		y[i] = laneExp(v - peak)
		sums[i%16] += y[i]
	}
}

// lanesSoftmaxRows assigns to q the softmax of rows of k scores, 1 to 16, to
// total their sums of e^(z - peak), and to peak their greatest scores. A row
// with a NaN, or one without a finite greatest score, is NaN throughout.
func lanesSoftmaxRows(q, z, total, peak []float32, rows, k int) {
	for r := range rows {
		var sums [16]float32
		from, to := z[r*k:r*k+k], q[r*k:r*k+k]
		peak[r] = from[0]
		for _, v := range from[1:] {
			peak[r] = larger(peak[r], v)
		}
		lanesExpSum(&sums, to, from, peak[r])
		total[r] = fold(&sums)
		lanesScale(to, to, 1/total[r])
	}
}

// lanesSoftmaxDx assigns dx[r, s] = y[r, s]·(dy[r, s] - mean[r]).
func lanesSoftmaxDx(dx, y, dy, mean []float32, rows, s int) {
	for r, mean := range mean[:rows] {
		to, d := dx[r*s:r*s+s], dy[r*s:r*s+s]
		for i, v := range y[r*s : r*s+s] {
			to[i] = v * (d[i] - mean)
		}
	}
}
