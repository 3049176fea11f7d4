package kernel

// Affine assigns y[t, o] = bias[o] + Σ_i weight[o, i]·x[t, i] for n examples
// of t positions.
func Affine[T Float](y, x, weight, bias []T, n, t, i, o int) {
	switch rows := n * t; {
	case !fast[T]():
		mulT(y, x, weight, bias, rows, o, i)
	case o == 1:
		dotsWith(narrow(y), narrow(x), narrow(weight), narrow(bias), rows, i)
	default:
		dotProducts(narrow(y), narrow(x), narrow(weight), narrow(bias), rows, o, i)
	}
}

// AffineDx assigns dx[t, i] = Σ_o weight[o, i]·dy[t, o].
func AffineDx[T Float](dx, weight, dy []T, n, t, i, o int) {
	if !fast[T]() {
		mulN(dx, dy, weight, n*t, o, i)
		return
	}
	combineRows(narrow(dx), narrow(dy), narrow(weight), n*t, o, i)
}

// AffineDweight assigns dweight[o, i] = Σ_t dy[t, o]·x[t, i], over all
// positions of all examples.
func AffineDweight[T Float](dweight, x, dy []T, n, t, i, o int) {
	if !fast[T]() {
		mulTN(dweight, dy, x, n*t, o, i)
		return
	}
	combineColumns(narrow(dweight), narrow(dy), narrow(x), n*t, o, i, assign, 0, 0, 0, o)
}

// AffineDbias assigns dbias[o] = Σ_t dy[t, o], over all positions of all
// examples.
func AffineDbias[T Float](dbias, dy []T, n, t, i, o int) {
	if !fast[T]() {
		sumRows(dbias, dy, n*t, o)
		return
	}
	addRows(narrow(dbias), narrow(dy), n*t, o, assign, 0, 0, 0, o)
}
