package kernel

// AffineTransposed assigns y[t, o] = bias[o] + Σ_i weight[i, o]·x[t, i] for n
// examples of t positions: Affine with a weight that is stored input first,
// so that no product of a training step needs a copy of its operands.
func AffineTransposed[T Float](y, x, weight, bias []T, n, t, i, o int) {
	affineTransposed(y, x, weight, bias, n*t, i, o, biased)
}

// affineTransposed ends in biased or rectified.
func affineTransposed[T Float](y, x, weight, bias []T, rows, i, o int, end epilogue) {
	switch {
	case !fast[T]() && o == 1:
		mulT(y, x, weight, bias, rows, o, i)
	case !fast[T]():
		mulN(y, x, weight, rows, i, o)
		for r := range rows {
			Accumulate(y[r*o:r*o+o], bias)
		}
	case o == 1:
		dotsWith(narrow(y), narrow(x), narrow(weight), narrow(bias), rows, i)
	default:
		p := product{c: narrow(y), a: narrow(x), b: narrow(weight), bias: narrow(bias), m: rows, n: o, k: i,
			aRow: i, aTerm: 1, bTerm: o, cRow: o, end: end}
		p.run()
		return
	}
	if end == rectified {
		Relu(y, y, rows, o)
	}
}

// AffineTransposedTurned assigns turned[o, i] = weight[i, o], which Dx reads.
func AffineTransposedTurned[T Float](turned, weight []T, n, t, i, o int) {
	Transpose(turned, weight, i, o)
}

// AffineTransposedDx assigns dx[t, i] = Σ_o turned[o, i]·dy[t, o].
func AffineTransposedDx[T Float](dx, turned, dy []T, n, t, i, o int) {
	AffineDx(dx, turned, dy, n, t, i, o)
}

// AffineTransposedDweight assigns dweight[i, o] = Σ_t dy[t, o]·x[t, i], over
// all positions of all examples.
func AffineTransposedDweight[T Float](dweight, x, dy []T, n, t, i, o int) {
	switch rows := n * t; {
	case fast[T]():
		combineColumns(narrow(dweight), narrow(x), narrow(dy), rows, i, o, assign, 0, 0, 0, i)
	case o == 1:
		mulTN(dweight, dy, x, rows, o, i)
	default:
		mulTN(dweight, x, dy, rows, i, o)
	}
}

// AffineTransposedDweightInto assigns dweight[i, o] = keep·dweight[i, o] +
// by·Σ_t dy[t, o]·x[t, i] for the inputs from up to to, over all positions of
// all examples. A keep of zero does not read dweight.
func AffineTransposedDweightInto[T Float](dweight, x, dy []T, n, t, i, o int, keep, by T, from, to int) {
	if !fast[T]() {
		mulTNInto(dweight, x, dy, n*t, i, o, keep, by, from, to)
		return
	}
	combineColumns(narrow(dweight), narrow(x), narrow(dy), n*t, i, o, into, float32(keep), float32(by), from, to)
}

// AffineTransposedDbias assigns dbias[o] = Σ_t dy[t, o], over all positions of
// all examples.
func AffineTransposedDbias[T Float](dbias, dy []T, n, t, i, o int) {
	AffineDbias(dbias, dy, n, t, i, o)
}

// AffineTransposedDbiasInto assigns dbias[o] = keep·dbias[o] + by·Σ_t dy[t, o]
// for the outputs from up to to, over all positions of all examples. A keep of
// zero does not read dbias.
func AffineTransposedDbiasInto[T Float](dbias, dy []T, n, t, i, o int, keep, by T, from, to int) {
	addRowsInto(dbias, dy, n*t, o, keep, by, from, to)
}
