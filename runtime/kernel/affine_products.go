package kernel

// The products of an affine map in the reverse pass, as products of the tiles.
// The active level must not be portable.

// combineRows assigns y[r, k] = Σ_c w[c, k]·d[r, c]: a combination of the rows
// of w for each row of d.
func combineRows(y, d, w []float32, rows, cols, k int) {
	p := product{c: y, a: d, b: w, m: rows, n: k, k: cols, aRow: cols, aTerm: 1, bTerm: k, cRow: k}
	p.run()
}

// combineColumns ends y[c, k] with Σ_r d[r, c]·x[r, k] for each c from from up
// to to: the combination of the rows of x with the column c of d.
func combineColumns(y, d, x []float32, rows, cols, k int, end epilogue, keep, by float32, from, to int) {
	if from >= to {
		return
	}
	if k == 1 && 0 < rows && rows <= shortTerms && to-from <= tileWidth(1) {
		// One output, as of a logistic regression: one call, and nothing around it.
		last := (rows-1)*cols + to - 1
		_, _, _ = y[to-1], x[rows-1], d[last]
		p := panel{c: &y[from], a: &x[0], b: &d[from], m: 1, n: to - from, k: rows, aTerm: 4, bTerm: 4 * cols,
			end: end, keep: keep, by: by}
		p.run()
		return
	}
	if rows > 0 {
		d = d[from:]
	}
	p := product{c: y[from*k:], a: d, b: x, m: to - from, n: k, k: rows, aRow: 1, aTerm: cols, bTerm: k, cRow: k,
		end: end, keep: keep, by: by}
	if k == 1 { // one row of many columns is much faster than many rows of one
		p.a, p.b, p.m, p.n, p.aRow, p.aTerm, p.bTerm, p.cRow = x, d, 1, to-from, rows, 1, cols, to-from
	}
	p.run()
}

// unit is a matrix of ones when it is read with strides of zero.
var unit = []float32{1}

// addRows ends y[c] with Σ_r d[r, c] for each c from from up to to.
func addRows(y, d []float32, rows, cols int, end epilogue, keep, by float32, from, to int) {
	if from >= to {
		return
	}
	if cols == 1 {
		addAll(y, d[:rows], end, keep, by)
		return
	}
	if rows > 0 {
		d = d[from:]
	}
	p := product{c: y[from:], a: unit, b: d, m: 1, n: to - from, k: rows, bTerm: cols, cRow: to - from,
		end: end, keep: keep, by: by}
	p.run()
}

// addAll ends y[0] with the sum of d, in the order of dot products: a single
// chain would wait for each of its additions.
func addAll(y, d []float32, end epilogue, keep, by float32) {
	var sum [1]float32
	vecSum(sum[:], d, 1, len(d), 1)
	switch {
	case end == assign:
		y[0] = sum[0]
	case keep == 0:
		y[0] = fma(by, sum[0], 0)
	default:
		y[0] = fma(by, sum[0], float32(keep*y[0]))
	}
}
