package kernel_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

// every calls all kernels on n examples and reports what it wrote to.
func every(n int, x []float32, class []int32) [][]float32 {
	const t, i, o, k = 2, 3, 5, 5
	size := n * t * o
	out := make([][]float32, 13)
	for j := range out {
		out[j] = make([]float32, size)
	}
	w, b := make([]float32, o*i), make([]float32, o)
	run(n, x, class, w, b, out)
	return append(out, w)
}

func run(n int, x []float32, class []int32, w, b []float32, out [][]float32) {
	const t, i, o, k = 2, 3, 5, 5
	kernel.Affine(out[0], x, w, b, n, t, i, o)
	kernel.AffineRelu(out[1], x, w, b, n, t, i, o)
	kernel.AffineReluDz(out[2], out[1], x, n, t, i, o)
	kernel.AffineDx(out[3], w, x, n, t, i, o)
	kernel.AffineDweight(w, x, out[2], n, t, i, o)
	kernel.AffineDbias(b, x, n, t, i, o)
	kernel.Sigmoid(out[4], x, n, t*o)
	kernel.Softmax(out[5], x, n, t, k)
	kernel.SoftmaxCrossEntropy(out[6], out[7], x, class, n, t, k)
	kernel.SoftmaxCrossEntropyDz(out[8], class, out[7], out[6], n, t, k)
	kernel.CrossEntropy(out[9], x, class, n, t, k)
	kernel.Logit(out[10], x, n, t*o)
	kernel.SigmoidBinaryCrossEntropy(out[11], out[12], x, x, n, t*o)
	kernel.Sgd(w, w, w, len(w), 0.1, 0.1, 1)
	kernel.Adam(b, b, b, b, b, b, b, []int64{1}, len(b), 0.1, 0.9, 0.99, 1e-8)
	kernel.Lookup(out[0], class, w, n, i, t, o)
	kernel.LookupDtable(w, class, out[0], n, i, t, o)
	kernel.TokenPositionEmbedding(out[0], class, w, w, n, i, t, o)
	kernel.TokenPositionEmbeddingDposition(w, out[0], n, i, t, o)
}

func TestZeroExamples(t *testing.T) {
	every(0, nil, nil)
	dw := []float32{1, 2}
	kernel.AffineDweight(dw, nil, nil, 0, 1, 1, 2)
	require.Equal(t, []float32{0, 0}, dw)
}

func TestKernelsDoNotAllocate(t *testing.T) {
	const n = 4
	x := make([]float32, n*2*5)
	class := make([]int32, n*2)
	out := every(n, x, class)
	w, b := make([]float32, 15), make([]float32, 5)
	require.Zero(t, testing.AllocsPerRun(10, func() { run(n, x, class, w, b, out) }))
}

func TestSameBitsEveryTime(t *testing.T) {
	const n = 6
	x := make([]float32, n*2*5)
	for i := range x {
		x[i] = float32(math.Sin(float64(i)))
	}
	class := make([]int32, n*2)
	require.Equal(t, every(n, x, class), every(n, x, class))
}

func TestNaNPasses(t *testing.T) {
	nan := float32(math.NaN())
	x := []float32{1, nan, 3, 4}
	w, b := []float32{1, 1, 1, 1}, []float32{0, 0}
	y := make([]float32, 4)
	kernel.AffineRelu(y, x, w, b, 2, 1, 2, 2)
	require.True(t, math.IsNaN(float64(y[0])) && math.IsNaN(float64(y[1])))
	require.Equal(t, []float32{7, 7}, y[2:])

	loss, q := make([]float32, 2), make([]float32, 4)
	kernel.SoftmaxCrossEntropy(loss, q, x, []int32{0, 0}, 2, 1, 2)
	require.True(t, math.IsNaN(float64(loss[0])))
	require.False(t, math.IsNaN(float64(loss[1])))
	kernel.SigmoidBinaryCrossEntropy(loss, q, []float32{nan, 1}, []float32{1, 1}, 2, 1)
	require.True(t, math.IsNaN(float64(loss[0])))
	kernel.BinaryCrossEntropy(loss, []float32{nan, 1}, []float32{1, 1}, 2, 1)
	require.True(t, math.IsNaN(float64(loss[0])))
}

func TestWrongClassPanics(t *testing.T) {
	y, p := []float32{0}, []float32{0.5, 0.5}
	require.Panics(t, func() { kernel.CrossEntropy(y, p, []int32{2}, 1, 1, 2) })
	require.Panics(t, func() { kernel.SoftmaxCrossEntropy(y, []float32{0, 0}, p, []int32{-1}, 1, 1, 2) })
}

func BenchmarkMLPStep(b *testing.B) {
	const n, in, hidden = 64, 784, 128
	x, w, bias := make([]float32, n*in), make([]float32, in*hidden), make([]float32, hidden)
	y, dw := make([]float32, n*hidden), make([]float32, in*hidden)
	for i := range x {
		x[i] = float32(i%7) - 3
	}
	for b.Loop() {
		kernel.AffineRelu(y, x, w, bias, n, 1, in, hidden)
		kernel.AffineReluDweight(dw, x, y, n, 1, in, hidden)
	}
	b.ReportMetric(4*n*in*hidden*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOP/s")
}
