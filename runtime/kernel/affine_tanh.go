package kernel

// AffineTanh assigns y = the hyperbolic tangent of the affine map of x: Affine followed by Tanh.
func AffineTanh[T Float](y, x, weight, bias []T, n, t, i, o int) {
	Affine(y, x, weight, bias, n, t, i, o)
	Tanh(y, y, n, t*o)
}

// AffineTanhDz assigns the cotangent before the activation: dy·(1 - y²).
func AffineTanhDz[T Float](dz, y, dy []T, n, t, i, o int) { TanhDx(dz, y, dy, n, t*o) }

// AffineTanhDx assigns dx[t, i] = Σ_o weight[o, i]·dz[t, o].
func AffineTanhDx[T Float](dx, weight, dz []T, n, t, i, o int) {
	AffineDx(dx, weight, dz, n, t, i, o)
}

// AffineTanhDweight assigns dweight[o, i] = Σ_t dz[t, o]·x[t, i], over all
// positions of all examples.
func AffineTanhDweight[T Float](dweight, x, dz []T, n, t, i, o int) {
	AffineDweight(dweight, x, dz, n, t, i, o)
}

// AffineTanhDbias assigns dbias[o] = Σ_t dz[t, o], over all positions of all
// examples.
func AffineTanhDbias[T Float](dbias, dz []T, n, t, i, o int) {
	AffineDbias(dbias, dz, n, t, i, o)
}
