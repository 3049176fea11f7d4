package kernel

// AffineTransposedRelu assigns y = the positive part of the affine map of x:
// AffineTransposed followed by Relu.
func AffineTransposedRelu[T Float](y, x, weight, bias []T, n, t, i, o int) {
	affineTransposed(y, x, weight, bias, n*t, i, o, rectified)
}

// AffineTransposedReluDz assigns the cotangent before the activation: dy where
// y > 0.
func AffineTransposedReluDz[T Float](dz, y, dy []T, n, t, i, o int) { ReluDx(dz, y, dy, n, t*o) }

// AffineTransposedReluTurned assigns turned[o, i] = weight[i, o], which Dx
// reads.
func AffineTransposedReluTurned[T Float](turned, weight []T, n, t, i, o int) {
	AffineTransposedTurned(turned, weight, n, t, i, o)
}

// AffineTransposedReluDx assigns dx[t, i] = Σ_o turned[o, i]·dz[t, o].
func AffineTransposedReluDx[T Float](dx, turned, dz []T, n, t, i, o int) {
	AffineTransposedDx(dx, turned, dz, n, t, i, o)
}

// AffineTransposedReluDweight assigns dweight[i, o] = Σ_t dz[t, o]·x[t, i],
// over all positions of all examples.
func AffineTransposedReluDweight[T Float](dweight, x, dz []T, n, t, i, o int) {
	AffineTransposedDweight(dweight, x, dz, n, t, i, o)
}

// AffineTransposedReluDweightInto assigns dweight[i, o] = keep·dweight[i, o] +
// by·Σ_t dz[t, o]·x[t, i] for the inputs from up to to, over all positions of
// all examples. A keep of zero does not read dweight.
func AffineTransposedReluDweightInto[T Float](dweight, x, dz []T, n, t, i, o int, keep, by T, from, to int) {
	AffineTransposedDweightInto(dweight, x, dz, n, t, i, o, keep, by, from, to)
}

// AffineTransposedReluDbias assigns dbias[o] = Σ_t dz[t, o], over all
// positions of all examples.
func AffineTransposedReluDbias[T Float](dbias, dz []T, n, t, i, o int) {
	AffineTransposedDbias(dbias, dz, n, t, i, o)
}

// AffineTransposedReluDbiasInto assigns dbias[o] = keep·dbias[o] +
// by·Σ_t dz[t, o] for the outputs from up to to, over all positions of all
// examples. A keep of zero does not read dbias.
func AffineTransposedReluDbiasInto[T Float](dbias, dz []T, n, t, i, o int, keep, by T, from, to int) {
	AffineTransposedDbiasInto(dbias, dz, n, t, i, o, keep, by, from, to)
}
