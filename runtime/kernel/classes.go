package kernel

import "math"

// CrossEntropy assigns y = -Σ_t log p[t, c[t]] / t with logarithms of at least
// Tiny. A class outside 0..k-1 panics.
func CrossEntropy[T Float](y, p []T, c []int32, n, t, k int) {
	y, c = y[:n], c[:n*t]
	if vectors[T]() {
		m := positions{y: narrow(y), t: t, by: -float32(t)}
		var picked [rowBlock]float32
		for r := 0; r < n*t; r += rowBlock {
			some := picked[:min(rowBlock, n*t-r)]
			for i := range some {
				some[i] = float32(p[(r+i)*k : (r+i)*k+k][c[r+i]])
			}
			vecLog(some, some)
			m.add(some)
		}
		m.end()
		return
	}
	for e := range n {
		var sum T
		for r := e * t; r < e*t+t; r++ {
			sum += log(p[r*k : r*k+k][c[r]])
		}
		y[e] = -sum / T(t)
	}
}

// CrossEntropyDp assigns dp[t, k] = -dy·(c[t] == k) / (max(p[t, k], Tiny)·t).
// dp may be p.
func CrossEntropyDp[T Float](dp, p []T, c []int32, dy []T, n, t, k int) {
	for e, d := range dy[:n] {
		rest := d / T(math.Inf(1)) // 0, or NaN
		for r := e * t; r < e*t+t; r++ {
			class := c[r]
			slope := -d / (max(p[r*k : r*k+k][class], Tiny) * T(t))
			row := dp[r*k : r*k+k]
			Fill(row, rest)
			row[class] = slope
		}
	}
}

// SoftmaxCrossEntropy assigns to q the softmax of z over its k scores and to
// y the mean over t positions of log Σ e^z - z[t, c[t]]. A class outside
// 0..k-1 panics.
func SoftmaxCrossEntropy[T Float](y, q, z []T, c []int32, n, t, k int) {
	y, q, z, c = y[:n], q[:n*t*k], z[:n*t*k], c[:n*t]
	if vectors[T]() {
		m := positions{y: narrow(y), t: t, by: float32(t)}
		var total, peak [rowBlock]float32
		for r := 0; r < n*t; r += rowBlock {
			rows := min(rowBlock, n*t-r)
			from, class := narrow(z[r*k:]), c[r:r+rows]
			softmaxRows(narrow(q[r*k:]), from, &total, &peak, rows, k)
			terms := total[:rows]
			vecLog(terms, terms)
			for i, c := range class {
				terms[i] += peak[i] - from[i*k : i*k+k][c]
			}
			m.add(terms)
		}
		m.end()
		return
	}
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

// SoftmaxCrossEntropyDz assigns dz[t, k] = dy·(q[t, k] - (c[t] == k)) / t. dz
// may be q.
func SoftmaxCrossEntropyDz[T Float](dz []T, c []int32, q, dy []T, n, t, k int) {
	dz, c, q, dy = dz[:n*t*k], c[:n*t], q[:n*t*k], dy[:n]
	if len(dz) > 0 && &dz[0] == &q[0] {
		for r, class := range c {
			q[r*k : r*k+k][class]--
		}
		scaleRows(dz, q, dy, n, t*k, T(t))
		return
	}
	scaleRows(dz, q, dy, n, t*k, T(t))
	at := 0
	for e, d := range dy {
		by := d
		if t != 1 {
			by /= T(t)
		}
		for _, class := range c[e*t : e*t+t] {
			to, from := dz[at:at+k], q[at:at+k]
			to[class] = by * (from[class] - 1)
			at += k
		}
	}
}

// positions sums one term per position, t of them for each example.
type positions struct {
	y    []float32 // the sums over by
	t    int
	by   float32
	sums [16]float32
	done int // terms that the sums hold
}

// add takes the terms of the next positions.
func (m *positions) add(terms []float32) {
	if m.t == 1 {
		vecSum(m.y, terms, len(terms), 1, m.by)
		m.y = m.y[len(terms):]
		return
	}
	for _, v := range terms {
		m.sums[m.done%16] += v
		if m.done++; m.done == m.t {
			m.y[0] = fold(&m.sums) / m.by
			m.y, m.sums, m.done = m.y[1:], [16]float32{}, 0
		}
	}
}

// end gives examples without positions the mean of nothing.
func (m *positions) end() {
	if m.t == 0 {
		for i := range m.y {
			m.y[i] = 0 / m.by
		}
	}
}
