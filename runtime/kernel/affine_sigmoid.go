package kernel

// AffineSigmoid assigns y = the logistic function of the affine map of x: Affine followed by Sigmoid.
func AffineSigmoid[T Float](y, x, weight, bias []T, n, t, i, o int) {
	Affine(y, x, weight, bias, n, t, i, o)
	Sigmoid(y, y, n, t*o)
}

// AffineSigmoidDz assigns the cotangent before the activation: dy·y·(1 - y).
func AffineSigmoidDz[T Float](dz, y, dy []T, n, t, i, o int) { SigmoidDx(dz, y, dy, n, t*o) }

// AffineSigmoidDx assigns dx[t, i] = Σ_o weight[o, i]·dz[t, o].
func AffineSigmoidDx[T Float](dx, weight, dz []T, n, t, i, o int) {
	AffineDx(dx, weight, dz, n, t, i, o)
}

// AffineSigmoidDweight assigns dweight[o, i] = Σ_t dz[t, o]·x[t, i], over all
// positions of all examples.
func AffineSigmoidDweight[T Float](dweight, x, dz []T, n, t, i, o int) {
	AffineDweight(dweight, x, dz, n, t, i, o)
}

// AffineSigmoidDbias assigns dbias[o] = Σ_t dz[t, o], over all positions of all
// examples.
func AffineSigmoidDbias[T Float](dbias, dz []T, n, t, i, o int) {
	AffineDbias(dbias, dz, n, t, i, o)
}
