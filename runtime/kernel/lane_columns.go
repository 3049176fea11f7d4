package kernel

// Down the columns of a matrix of rows by cols numbers, whose rows lie stride
// numbers apart. Where ahead is given, row i counts for column j where
// i <= j + ahead: in what remains of a triangle from some row on.

// lanesColumnPeaks raises the greatest number of each column by those that
// count. A NaN may or may not come through.
func lanesColumnPeaks(x, peak []float32, rows, cols, stride int, ahead float32) {
	for i := range rows {
		for j := range cols {
			v := -infinity
			if counts(i, j, ahead) {
				v = x[i*stride+j]
			}
			peak[j] = larger(peak[j], v)
		}
	}
}

// lanesColumnExps assigns y = e^(x - peak), 0 where a number does not count,
// and adds it to the sum of its column.
func lanesColumnExps(y, x, sum, peak []float32, rows, cols, stride int, ahead float32) {
	for i := range rows {
		for j := range cols {
			var e float32
			if counts(i, j, ahead) {
				e = laneExp(x[i*stride+j] - peak[j])
			}
			y[i*stride+j] = e
			sum[j] += e
		}
	}
}

func counts(i, j int, ahead float32) bool { return !(float32(j)+ahead < float32(i)) }

// lanesColumnShares assigns y = x / sum.
func lanesColumnShares(y, x, sum []float32, rows, cols, stride int) {
	for i := range rows {
		for j := range cols {
			y[i*stride+j] = x[i*stride+j] * (1 / sum[j])
		}
	}
}

// lanesColumnSlopes assigns dx = by·y·(dy - mean).
func lanesColumnSlopes(dx, y, dy, mean []float32, rows, cols, stride int, by float32) {
	for i := range rows {
		for j := range cols {
			k := i*stride + j
			dx[k] = float32(y[k]*(dy[k]-mean[j])) * by
		}
	}
}
