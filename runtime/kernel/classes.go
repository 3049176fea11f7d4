package kernel

// CrossEntropy assigns y = -Σ_t log p[t, c[t]] / t with logarithms of at least
// Tiny. A class outside 0..k-1 panics.
func CrossEntropy[T Float](y, p []T, c []int32, n, t, k int) {
	for e := range n {
		var sum T
		for r := e * t; r < e*t+t; r++ {
			sum += log(p[r*k : r*k+k][c[r]])
		}
		y[e] = -sum / T(t)
	}
}

// CrossEntropyDp assigns dp[t, k] = -dy·(c[t] == k) / (max(p[t, k], Tiny)·t).
func CrossEntropyDp[T Float](dp, p []T, c []int32, dy []T, n, t, k int) {
	for e, d := range dy[:n] {
		for r := e * t; r < e*t+t; r++ {
			to, class := dp[r*k:r*k+k], c[r]
			Fill(to, d*0)
			to[class] = -d / (max(p[r*k : r*k+k][class], Tiny) * T(t))
		}
	}
}

// SoftmaxCrossEntropy assigns to q the softmax of z over its k scores and to
// y the mean over t positions of log Σ e^z - z[t, c[t]]. A class outside
// 0..k-1 panics.
func SoftmaxCrossEntropy[T Float](y, q, z []T, c []int32, n, t, k int) {
	for e := range n {
		var sum T
		for r := e * t; r < e*t+t; r++ {
			row := z[r*k : r*k+k]
			greatest, total := distribution(q[r*k:r*k+k], row)
			sum += log(total) + (greatest - row[c[r]])
		}
		y[e] = sum / T(t)
	}
}

// SoftmaxCrossEntropyDz assigns dz[t, k] = dy·(q[t, k] - (c[t] == k)) / t.
func SoftmaxCrossEntropyDz[T Float](dz []T, c []int32, q, dy []T, n, t, k int) {
	for e, d := range dy[:n] {
		by := d / T(t)
		for r := e * t; r < e*t+t; r++ {
			to, from := dz[r*k:r*k+k], q[r*k:r*k+k]
			from = from[:len(to)]
			class := c[r]
			truth := by * (from[class] - 1) // dz may be q
			for i := range to {
				to[i] = by * from[i]
			}
			to[class] = truth
		}
	}
}
