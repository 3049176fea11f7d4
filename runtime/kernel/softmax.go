package kernel

import "math"

// Softmax assigns to each of the t positions the distribution e^x / Σ e^x over
// its k scores. The greatest score is subtracted first.
func Softmax[T Float](y, x []T, n, t, k int) {
	y, x = y[:n*t*k], x[:n*t*k]
	if vectors[T]() {
		var total, peak [rowBlock]float32
		for r := 0; r < n*t; r += rowBlock {
			softmaxRows(narrow(y[r*k:]), narrow(x[r*k:]), &total, &peak, min(rowBlock, n*t-r), k)
		}
		return
	}
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

// rowBlock is how many rows softmaxRows takes at a time.
const rowBlock = 64

// softmaxRows assigns to q the softmax of rows of k scores, and the sum of
// e^(z - peak) and the greatest score of each.
func softmaxRows(q, z []float32, total, peak *[rowBlock]float32, rows, k int) {
	switch {
	case k == 0:
	case k <= 16:
		vecSoftmaxRows(q, z, total[:], peak[:], rows, k)
	default:
		for r := range rows {
			total[r], peak[r] = softmaxRow(q[r*k:r*k+k], z[r*k:r*k+k])
		}
	}
}

// softmaxRow is softmaxRows for a row that does not fit the registers.
func softmaxRow(q, z []float32) (total, peak float32) {
	peaks := [16]float32{}
	for l := range peaks {
		peaks[l] = -infinity
	}
	vecPeak(&peaks, z)
	peak = peaks[0]
	for _, v := range peaks[1:] {
		peak = larger(peak, v)
	}
	var sums [16]float32
	vecExpSum(&sums, q, z, peak)
	total = fold(&sums)
	vecScale(q, q, 1/total)
	return total, peak
}

// SoftmaxS assigns s[t] = Σ_k dy[t, k]·y[t, k].
func SoftmaxS[T Float](s, y, dy []T, n, t, k int) {
	s, y, dy = s[:n*t], y[:n*t*k], dy[:n*t*k]
	if vectors[T]() {
		vecDot(narrow(s), narrow(y), narrow(dy), n*t, k, 1)
		return
	}
	for r := range s {
		d := dy[r*k : r*k+k]
		var sum T
		for i, p := range y[r*k : r*k+k] {
			sum += p * d[i]
		}
		s[r] = sum
	}
}

// SoftmaxDx assigns dx[t, k] = y[t, k]·(dy[t, k] - s[t]).
func SoftmaxDx[T Float](dx, y, s, dy []T, n, t, k int) {
	dx, y, s, dy = dx[:n*t*k], y[:n*t*k], s[:n*t], dy[:n*t*k]
	if vectors[T]() {
		vecSoftmaxDx(narrow(dx), narrow(y), narrow(dy), narrow(s), n*t, k)
		return
	}
	for r, mean := range s {
		to, p, d := dx[r*k:r*k+k], y[r*k:r*k+k], dy[r*k:r*k+k]
		p, d = p[:len(to)], d[:len(to)]
		for i := range to {
			to[i] = p[i] * (d[i] - mean)
		}
	}
}
