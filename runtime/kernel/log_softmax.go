package kernel

import "math"

// LogSoftmax assigns to each of the t positions the logarithm of softmax over
// its k scores: x - greatest - log Σ e^(x - greatest).
func LogSoftmax[T Float](y, x []T, n, t, k int) {
	y, x = y[:n*t*k], x[:n*t*k]
	if vectors[T]() {
		logSoftmaxRows(narrow(y), narrow(x), n*t, k)
		return
	}
	for r := range n * t {
		to, row := y[r*k:r*k+k], x[r*k:r*k+k]
		greatest, sum := distribution(to, row) // whose shares are written over
		shift(to, row, greatest, T(math.Log(float64(sum))))
	}
}

// logSoftmaxRows takes greatest scores and sums from softmax, whose shares it
// writes over.
func logSoftmaxRows(y, x []float32, rows, k int) {
	var total, peak [rowBlock]float32
	for r := 0; r < rows && k > 0; r += rowBlock {
		some := min(rowBlock, rows-r)
		softmaxRows(y[r*k:], x[r*k:], &total, &peak, some, k)
		vecLog(total[:some], total[:some])
		for i := range some {
			at := (r + i) * k
			shift(y[at:at+k], x[at:at+k], peak[i], total[i])
		}
	}
}

// shift assigns y = x - by - more.
func shift[T Float](y, x []T, by, more T) {
	x = x[:len(y)]
	for i := range y {
		y[i] = (x[i] - by) - more
	}
}

// LogSoftmaxS assigns s[t] = Σ_k dy[t, k].
func LogSoftmaxS[T Float](s, dy []T, n, t, k int) { sumOver(s, dy, n*t, k, 1) }

// LogSoftmaxDx assigns dx[t, k] = dy[t, k] - e^y[t, k]·s[t].
func LogSoftmaxDx[T Float](dx, y, s, dy []T, n, t, k int) {
	dx, y, s, dy = dx[:n*t*k], y[:n*t*k], s[:n*t], dy[:n*t*k]
	var shares [128]T // dx may be an operand
	for r, sum := range s {
		for from := 0; from < k; from += len(shares) {
			at, some := r*k+from, min(len(shares), k-from)
			Exp(shares[:some], y[at:at+some], 1, some)
			to, d := dx[at:at+some], dy[at:at+some]
			for i := range to {
				to[i] = d[i] - T(shares[i]*sum) // rounded, so that no processor fuses it
			}
		}
	}
}
