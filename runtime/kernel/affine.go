package kernel

// Affine assigns y[t, o] = bias[o] + Σ_i weight[o, i]·x[t, i] for n examples
// of t positions.
func Affine[T Float](y, x, weight, bias []T, n, t, i, o int) {
	mulT(y, x, weight, bias, n*t, o, i)
}

// AffineDx assigns dx[t, i] = Σ_o weight[o, i]·dy[t, o].
func AffineDx[T Float](dx, weight, dy []T, n, t, i, o int) {
	mulN(dx, dy, weight, n*t, o, i)
}

// AffineDweight assigns dweight[o, i] = Σ_t dy[t, o]·x[t, i], over all
// positions of all examples.
func AffineDweight[T Float](dweight, x, dy []T, n, t, i, o int) {
	mulTN(dweight, dy, x, n*t, o, i)
}

// AffineDbias assigns dbias[o] = Σ_t dy[t, o], over all positions of all
// examples.
func AffineDbias[T Float](dbias, dy []T, n, t, i, o int) {
	sumRows(dbias, dy, n*t, o)
}
