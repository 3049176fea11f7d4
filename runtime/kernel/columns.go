package kernel

// Forms of the affine kernels that compute some columns of their target, from
// from up to to, for all rows: what one of several workers does who own
// columns of a weight. An element has the bits that it has in any other range.

// AffineTransposedColumns assigns y[t, o] = bias[o] + Σ_i weight[i, o]·x[t, i]
// for the outputs from up to to.
func AffineTransposedColumns[T Float](y, x, weight, bias []T, n, t, i, o, from, to int) {
	affineColumns(y, x, weight, bias, n*t, i, o, biased, from, to)
}

// AffineTransposedReluColumns assigns the positive part of that.
func AffineTransposedReluColumns[T Float](y, x, weight, bias []T, n, t, i, o, from, to int) {
	affineColumns(y, x, weight, bias, n*t, i, o, rectified, from, to)
}

// affineColumns ends in assign, without a bias, biased or rectified.
func affineColumns[T Float](y, x, weight, bias []T, rows, i, o int, end epilogue, from, to int) {
	if from >= to || rows == 0 {
		return
	}
	if fast[T]() {
		p := product{c: narrow(y[from:]), a: narrow(x), m: rows, n: to - from, k: i, aRow: i, aTerm: 1, bTerm: o, cRow: o, end: end}
		if i > 0 {
			p.b = narrow(weight[from:])
		}
		if end != assign {
			p.bias = narrow(bias[from:])
		}
		p.run()
		return
	}
	for r := range rows {
		part := y[r*o+from : r*o+to]
		if i == 0 {
			clear(part)
		} else {
			combine(part, weight[from:], o, x[r*i:r*i+i], 1, i)
		}
		if end != assign {
			Accumulate(part, bias[from:to])
		}
		if end == rectified {
			Relu(part, part, 1, to-from)
		}
	}
}

// AffineTransposedDxColumns assigns dx[t, i] = Σ_o turned[o, i]·dy[t, o] for
// the inputs from up to to.
func AffineTransposedDxColumns[T Float](dx, turned, dy []T, n, t, i, o, from, to int) {
	affineColumns(dx, dy, turned, nil, n*t, o, i, assign, from, to)
}

// AffineTransposedReluDxColumns assigns dx[t, i] = Σ_o turned[o, i]·dz[t, o]
// for the inputs from up to to.
func AffineTransposedReluDxColumns[T Float](dx, turned, dz []T, n, t, i, o, from, to int) {
	AffineTransposedDxColumns(dx, turned, dz, n, t, i, o, from, to)
}

// AffineTransposedReluDzColumns assigns the cotangent before the activation,
// dy where y > 0, for the outputs from up to to.
func AffineTransposedReluDzColumns[T Float](dz, y, dy []T, n, t, i, o, from, to int) {
	if from == 0 && to == o {
		AffineTransposedReluDz(dz, y, dy, n, t, i, o)
		return
	}
	for r := range n * t {
		a, b := r*o+from, r*o+to
		ReluDx(dz[a:b], y[a:b], dy[a:b], 1, to-from)
	}
}

// AffineTransposedDweightIntoColumns assigns dweight[i, o] =
// keep·dweight[i, o] + by·Σ_t dy[t, o]·x[t, i] for the outputs from up to to,
// over all positions of all examples. A keep of zero does not read dweight.
func AffineTransposedDweightIntoColumns[T Float](dweight, x, dy []T, n, t, i, o int, keep, by T, from, to int) {
	rows := n * t
	if from >= to || i == 0 {
		return
	}
	if fast[T]() {
		p := product{c: narrow(dweight[from:]), a: narrow(x), m: i, n: to - from, k: rows, aRow: 1, aTerm: i, bTerm: o, cRow: o,
			end: into, keep: float32(keep), by: float32(by)}
		if rows > 0 {
			p.b = narrow(dy[from:])
		}
		p.run()
		return
	}
	var sum [columnsOfSum]T
	for c := range i {
		for j := from; j < to; j += len(sum) {
			s := sum[:min(len(sum), to-j)]
			if rows == 0 {
				clear(s)
			} else {
				combine(s, dy[j:], o, x[c:], i, rows)
			}
			mix(dweight[c*o+j:c*o+j+len(s)], s, keep, by)
		}
	}
}

// AffineTransposedReluDweightIntoColumns assigns dweight[i, o] =
// keep·dweight[i, o] + by·Σ_t dz[t, o]·x[t, i] for the outputs from up to to,
// over all positions of all examples. A keep of zero does not read dweight.
func AffineTransposedReluDweightIntoColumns[T Float](dweight, x, dz []T, n, t, i, o int, keep, by T, from, to int) {
	AffineTransposedDweightIntoColumns(dweight, x, dz, n, t, i, o, keep, by, from, to)
}
