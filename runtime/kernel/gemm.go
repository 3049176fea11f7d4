package kernel

// The three matrix products of an affine map. Every element is summed in the
// order of its index from zero, whatever tile it falls into, so a row's
// result does not depend on the rows beside it.

// mulT assigns y[r, c] = bias[c] + Σ_k w[c, k]·x[r, k] for rows×cols results
// over k terms, in tiles of 2×4.
func mulT[T Float](y, x, w, bias []T, rows, cols, k int) {
	r := 0
	for ; r+2 <= rows; r += 2 {
		x0, x1 := x[r*k:r*k+k], x[(r+1)*k:(r+1)*k+k]
		y0, y1 := y[r*cols:r*cols+cols], y[(r+1)*cols:(r+1)*cols+cols]
		c := 0
		for ; c+4 <= cols; c += 4 {
			tile2x4(y0[c:c+4], y1[c:c+4], x0, x1, w[c*k:(c+4)*k], bias[c:c+4])
		}
		for ; c < cols; c++ {
			row := w[c*k : c*k+k]
			y0[c], y1[c] = bias[c]+dot(x0, row), bias[c]+dot(x1, row)
		}
	}
	if r < rows {
		x0, y0 := x[r*k:r*k+k], y[r*cols:r*cols+cols]
		c := 0
		for ; c+4 <= cols; c += 4 {
			tile1x4(y0[c:c+4], x0, w[c*k:(c+4)*k], bias[c:c+4])
		}
		for ; c < cols; c++ {
			y0[c] = bias[c] + dot(x0, w[c*k:c*k+k])
		}
	}
}

func tile2x4[T Float](y0, y1, x0, x1, w, bias []T) {
	k := len(x0)
	x1 = x1[:len(x0)]
	w0, w1, w2, w3 := w[:k], w[k:2*k], w[2*k:3*k], w[3*k:4*k]
	w0, w1, w2, w3 = w0[:len(x0)], w1[:len(x0)], w2[:len(x0)], w3[:len(x0)]
	var a0, a1, a2, a3, b0, b1, b2, b3 T
	for i, a := range x0 {
		b := x1[i]
		v0, v1, v2, v3 := w0[i], w1[i], w2[i], w3[i]
		a0 += v0 * a
		b0 += v0 * b
		a1 += v1 * a
		b1 += v1 * b
		a2 += v2 * a
		b2 += v2 * b
		a3 += v3 * a
		b3 += v3 * b
	}
	_, _, _ = y0[3], y1[3], bias[3]
	y0[0], y0[1], y0[2], y0[3] = bias[0]+a0, bias[1]+a1, bias[2]+a2, bias[3]+a3
	y1[0], y1[1], y1[2], y1[3] = bias[0]+b0, bias[1]+b1, bias[2]+b2, bias[3]+b3
}

func tile1x4[T Float](y, x, w, bias []T) {
	k := len(x)
	w0, w1, w2, w3 := w[:k], w[k:2*k], w[2*k:3*k], w[3*k:4*k]
	w0, w1, w2, w3 = w0[:len(x)], w1[:len(x)], w2[:len(x)], w3[:len(x)]
	var a0, a1, a2, a3 T
	for i, a := range x {
		a0 += w0[i] * a
		a1 += w1[i] * a
		a2 += w2[i] * a
		a3 += w3[i] * a
	}
	_, _ = y[3], bias[3]
	y[0], y[1], y[2], y[3] = bias[0]+a0, bias[1]+a1, bias[2]+a2, bias[3]+a3
}

func dot[T Float](a, b []T) (s T) {
	b = b[:len(a)]
	for i, v := range a {
		s += b[i] * v
	}
	return s
}

// mulN assigns y[r, k] = Σ_c w[c, k]·d[r, c]: a combination of the rows of w
// for each row of d.
func mulN[T Float](y, d, w []T, rows, cols, k int) {
	for r := range rows {
		combine(y[r*k:r*k+k], w, k, d[r*cols:r*cols+cols], 1, cols)
	}
}

// mulTN assigns y[c, k] = Σ_r d[r, c]·x[r, k]: for each c the combination of
// the rows of x with the column c of d.
func mulTN[T Float](y, d, x []T, rows, cols, k int) {
	for c := range cols {
		col := d
		if rows > 0 {
			col = d[c:]
		}
		combine(y[c*k:c*k+k], x, k, col, cols, rows)
	}
}

// combine assigns y = Σ_j f[j·stride]·m[j, :] over count rows of m, which lie
// k apart.
func combine[T Float](y, m []T, k int, f []T, stride, count int) {
	if count == 0 {
		clear(y)
		return
	}
	a, row := f[0], m[:len(y)]
	for i := range y {
		y[i] = a * row[i]
	}
	j := 1
	for ; j+4 <= count; j += 4 {
		axpy4(y, m[j*k:], k, f[j*stride], f[(j+1)*stride], f[(j+2)*stride], f[(j+3)*stride])
	}
	for ; j < count; j++ {
		axpy(y, m[j*k:j*k+len(y)], f[j*stride])
	}
}

// axpy4 adds four rows of m, k apart, to y.
func axpy4[T Float](y, m []T, k int, a0, a1, a2, a3 T) {
	m0, m1, m2, m3 := m[:len(y)], m[k:][:len(y)], m[2*k:][:len(y)], m[3*k:][:len(y)]
	for i, v := range y {
		v += a0 * m0[i]
		v += a1 * m1[i]
		v += a2 * m2[i]
		v += a3 * m3[i]
		y[i] = v
	}
}

func axpy[T Float](y, m []T, a T) {
	m = m[:len(y)]
	for i := range y {
		y[i] += a * m[i]
	}
}

// sumRows assigns y[c] = Σ_r d[r, c].
func sumRows[T Float](y, d []T, rows, cols int) {
	y = y[:cols]
	clear(y)
	for r := range rows {
		row := d[r*cols : r*cols+cols]
		row = row[:len(y)]
		for c := range y {
			y[c] += row[c]
		}
	}
}
