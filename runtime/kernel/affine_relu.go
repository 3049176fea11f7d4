package kernel

// AffineRelu assigns y = the positive part of the affine map of x: Affine followed by Relu.
func AffineRelu[T Float](y, x, weight, bias []T, n, t, i, o int) {
	Affine(y, x, weight, bias, n, t, i, o)
	Relu(y, y, n, t*o)
}

// AffineReluDz assigns the cotangent before the activation: dy where y > 0.
func AffineReluDz[T Float](dz, y, dy []T, n, t, i, o int) { ReluDx(dz, y, dy, n, t*o) }

// AffineReluDx assigns dx[t, i] = Σ_o weight[o, i]·dz[t, o].
func AffineReluDx[T Float](dx, weight, dz []T, n, t, i, o int) {
	AffineDx(dx, weight, dz, n, t, i, o)
}

// AffineReluDweight assigns dweight[o, i] = Σ_t dz[t, o]·x[t, i], over all
// positions of all examples.
func AffineReluDweight[T Float](dweight, x, dz []T, n, t, i, o int) {
	AffineDweight(dweight, x, dz, n, t, i, o)
}

// AffineReluDbias assigns dbias[o] = Σ_t dz[t, o], over all positions of all
// examples.
func AffineReluDbias[T Float](dbias, dz []T, n, t, i, o int) {
	AffineDbias(dbias, dz, n, t, i, o)
}
