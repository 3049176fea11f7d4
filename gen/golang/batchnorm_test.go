package golang_test

import "testing"

// normSpec normalizes images by channel, again in a repetition, and features,
// and moves on by two optimizers.
const normSpec = `category normed
object X = R[2, 4, 3]
object H = R[3, 4, 3]
object Y = R[5]
object D = Fin[5]
object L = R in [0, inf)
object Filter   = { weight: R[3, 2, 1, 1], bias: R[3] }
object Same     = { weight: R[3, 3, 1, 1], bias: R[3] }
object Channels = { scale: R[3], shift: R[3], mean: R[3] running, variance: R[3] running }
object Features = { scale: R[5], shift: R[5], mean: R[5] running, variance: R[5] running }
object Head     = { weight: R[5, 36], bias: R[5] }
object Flat     = R[36]
arrow filter: X -> H given Filter = std.conv2d
arrow same: H -> H given Same = std.conv2d
arrow channels: H -> H given Channels = std.batch_norm2d(momentum: 0.3)
arrow features: Y -> Y given Features = std.batch_norm
arrow bend: H -> H = std.tanh
arrow flat: H -> Flat = std.flatten
arrow head: Flat -> Y given Head = std.affine
arrow nll: Y * D -> L = std.softmax_cross_entropy
arrow predict: X -> Y given Net = filter >> channels >> bend >> repeat[2] (same >> channels >> bend) >> flat >> head >> features
arrow measure = predict * id >> nll
endo step on Adam[Net] = grad measure >> adam(rate: 0.01, epsilon: 0.01)
endo plain on Net = grad measure >> sgd(rate: 0.1)
`

// Compiled steps on batches of several sizes give the interpreter's states,
// running statistics included, and the same bits for any number of threads.
func TestBatchNormSteps(t *testing.T) {
	t.Parallel()
	requireBatches(t, "normed", normSpec, []batchStep{{"step", "NetAdam"}, {"plain", "Net"}}, []int{0})
}
