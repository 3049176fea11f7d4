package kernel_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

func random(r *rand.Rand, n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = r.NormFloat64()
	}
	return v
}

func narrow(v []float64) []float32 {
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = float32(x)
	}
	return out
}

func requireClose(t *testing.T, want, got []float64, tol float64, what string) {
	t.Helper()
	require.Len(t, got, len(want), what)
	for i := range want {
		require.InDelta(t, want[i], got[i], tol*math.Max(1, math.Abs(want[i])), "%s at %d", what, i)
	}
}

// naiveAffine reads the declaration's lines as they stand.
func naiveAffine(x, w, b, dy []float64, rows, in, out int) (y, dx, dw, db []float64) {
	y, dx, dw, db = make([]float64, rows*out), make([]float64, rows*in), make([]float64, out*in), make([]float64, out)
	for r := range rows {
		for o := range out {
			y[r*out+o] = b[o]
			db[o] += dy[r*out+o]
			for i := range in {
				y[r*out+o] += w[o*in+i] * x[r*in+i]
				dx[r*in+i] += w[o*in+i] * dy[r*out+o]
				dw[o*in+i] += dy[r*out+o] * x[r*in+i]
			}
		}
	}
	return y, dx, dw, db
}

func TestAffineAgainstNaiveLoops(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	check := func(n, pos, in, out int) {
		rows := n * pos
		what := fmt.Sprintf("n=%d t=%d i=%d o=%d", n, pos, in, out)
		x, w, b, dy := random(r, rows*in), random(r, out*in), random(r, out), random(r, rows*out)
		y, dx, dw, db := naiveAffine(x, w, b, dy, rows, in, out)
		gy, gdx, gdw, gdb := random(r, rows*out), random(r, rows*in), random(r, out*in), random(r, out)
		kernel.Affine(gy, x, w, b, n, pos, in, out)
		kernel.AffineDx(gdx, w, dy, n, pos, in, out)
		kernel.AffineDweight(gdw, x, dy, n, pos, in, out)
		kernel.AffineDbias(gdb, dy, n, pos, in, out)
		requireClose(t, y, gy, 1e-12, "y "+what)
		requireClose(t, dx, gdx, 1e-12, "dx "+what)
		requireClose(t, dw, gdw, 1e-12, "dweight "+what)
		requireClose(t, db, gdb, 1e-12, "dbias "+what)
	}
	for n := range 4 {
		for pos := 1; pos <= 3; pos++ {
			for in := range 6 {
				for out := range 10 {
					check(n, pos, in, out)
				}
			}
		}
	}
	for range 20 {
		check(1+r.IntN(40), 1+r.IntN(3), 1+r.IntN(70), 1+r.IntN(40))
	}
}

// A row's bits must not depend on the rows computed beside it.
func TestAffineRowsAreIndependent(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const n, in, out = 7, 33, 11
	x, w, b, dy := narrow(random(r, n*in)), narrow(random(r, out*in)), narrow(random(r, out)), narrow(random(r, n*out))
	y, dx := make([]float32, n*out), make([]float32, n*in)
	kernel.Affine(y, x, w, b, n, 1, in, out)
	kernel.AffineDx(dx, w, dy, n, 1, in, out)
	for k := range n {
		y1, dx1 := make([]float32, out), make([]float32, in)
		kernel.Affine(y1, x[k*in:(k+1)*in], w, b, 1, 1, in, out)
		kernel.AffineDx(dx1, w, dy[k*out:(k+1)*out], 1, 1, in, out)
		require.Equal(t, y1, y[k*out:(k+1)*out])
		require.Equal(t, dx1, dx[k*in:(k+1)*in])
	}
}

func TestElementwiseValues(t *testing.T) {
	type forward func(y, x []float64, n, s int)
	nan, inf := math.NaN(), math.Inf(1)
	leaky := func(y, x []float64, n, s int) { kernel.LeakyRelu(y, x, n, s, 0.1) }
	tests := []struct {
		name string
		f    forward
		x, y float64
	}{
		{"relu", kernel.Relu[float64], -2, 0},
		{"relu", kernel.Relu[float64], 3, 3},
		{"relu", kernel.Relu[float64], nan, nan},
		{"leaky relu", leaky, -2, -0.2},
		{"leaky relu", leaky, 3, 3},
		{"leaky relu", leaky, nan, nan},
		{"softplus", kernel.Softplus[float64], 0, math.Ln2},
		{"softplus", kernel.Softplus[float64], 1e4, 1e4},
		{"softplus", kernel.Softplus[float64], -1e4, 0},
		{"softplus", kernel.Softplus[float64], inf, inf},
		{"softplus", kernel.Softplus[float64], nan, nan},
		{"gelu", kernel.Gelu[float64], 1, 0.8413447460685429},
		{"gelu", kernel.Gelu[float64], inf, inf},
		{"gelu", kernel.Gelu[float64], nan, nan},
		{"silu", kernel.Silu[float64], 2, 2 / (1 + math.Exp(-2))},
		{"silu", kernel.Silu[float64], inf, inf},
		{"silu", kernel.Silu[float64], nan, nan},
		{"sigmoid", kernel.Sigmoid[float64], 0, 0.5},
		{"sigmoid", kernel.Sigmoid[float64], 2, 1 / (1 + math.Exp(-2))},
		{"sigmoid", kernel.Sigmoid[float64], -1e4, 0},
		{"sigmoid", kernel.Sigmoid[float64], 1e4, 1},
		{"sigmoid", kernel.Sigmoid[float64], nan, nan},
		{"tanh", kernel.Tanh[float64], 0.5, math.Tanh(0.5)},
		{"tanh", kernel.Tanh[float64], nan, nan},
		{"exp", kernel.Exp[float64], 1, math.E},
		{"exp", kernel.Exp[float64], 1e4, math.Exp(88)},
		{"exp", kernel.Exp[float64], nan, nan},
		{"log", kernel.Log[float64], math.E, 1},
		{"log", kernel.Log[float64], 0, -126 * math.Ln2},
		{"log", kernel.Log[float64], -3, -126 * math.Ln2},
		{"log", kernel.Log[float64], inf, inf},
		{"log", kernel.Log[float64], nan, nan},
		{"logit", kernel.Logit[float64], 0.5, 0},
		{"logit", kernel.Logit[float64], 0, -126 * math.Ln2},
		{"logit", kernel.Logit[float64], 1, 126 * math.Ln2},
		{"logit", kernel.Logit[float64], nan, nan},
		{"sum", kernel.Sum[float64], 7, 7},
		{"mean", kernel.Mean[float64], 7, 7},
		{"mean", kernel.Mean[float64], nan, nan},
	}
	for _, tt := range tests {
		y := []float64{42}
		tt.f(y, []float64{tt.x}, 1, 1)
		if math.IsNaN(tt.y) || math.IsInf(tt.y, 0) {
			require.True(t, tt.y == y[0] || math.IsNaN(tt.y) && math.IsNaN(y[0]), "%s(%v) = %v", tt.name, tt.x, y[0])
			continue
		}
		require.InDelta(t, tt.y, y[0], 1e-14*math.Max(1, math.Abs(tt.y)), "%s(%v)", tt.name, tt.x)
	}
}

func TestSoftmax(t *testing.T) {
	y := make([]float64, 6)
	kernel.Softmax(y, []float64{1, 2, 3, 1e4, -1e4, 0}, 1, 2, 3)
	z := math.Exp(1) + math.Exp(2) + math.Exp(3)
	requireClose(t, []float64{math.Exp(1) / z, math.Exp(2) / z, math.Exp(3) / z, 1, 0, 0}, y, 1e-15, "softmax")
	kernel.Softmax(y[:3], []float64{1, math.NaN(), 0}, 1, 1, 3)
	for _, v := range y[:3] {
		require.True(t, math.IsNaN(v))
	}
}

func TestLogSoftmax(t *testing.T) {
	y := make([]float64, 6)
	kernel.LogSoftmax(y, []float64{1, 2, 3, 1e4, -1e4, 0}, 1, 2, 3)
	z := math.Log(math.Exp(1) + math.Exp(2) + math.Exp(3))
	requireClose(t, []float64{1 - z, 2 - z, 3 - z, 0, -2e4, -1e4}, y, 1e-15, "log softmax")
	short := make([]float32, 3)
	kernel.LogSoftmax(short, []float32{1e4, -1e4, 0}, 1, 1, 3)
	require.Equal(t, []float32{0, -2e4, -1e4}, short)
	kernel.LogSoftmax(y[:3], []float64{1, math.NaN(), 0}, 1, 1, 3)
	for _, v := range y[:3] {
		require.True(t, math.IsNaN(v))
	}
}

func TestLossValues(t *testing.T) {
	y, q := make([]float64, 2), make([]float64, 6)
	kernel.BinaryCrossEntropy(y, []float64{0.2, 0.9}, []float64{1, 0}, 2, 1)
	requireClose(t, []float64{-math.Log(0.2), -math.Log(1 - 0.9)}, y, 1e-15, "binary cross entropy")
	kernel.BinaryCrossEntropy(y[:1], []float64{0.2, 0.9}, []float64{1, 0}, 1, 2)
	requireClose(t, []float64{(-math.Log(0.2) - math.Log(1-0.9)) / 2}, y[:1], 1e-15, "mean over elements")
	kernel.SquaredError(y, []float64{1, 5}, []float64{3, 2}, 2)
	require.Equal(t, []float64{4, 9}, y)
	kernel.SquaredDistance(y[:1], []float64{1, 5}, []float64{3, 2}, 1, 2)
	require.Equal(t, 13.0, y[0])
	kernel.MeanSquaredError(y[:1], []float64{1, 5}, []float64{3, 2}, 1, 2)
	require.Equal(t, 6.5, y[0])
	kernel.CrossEntropy(y, []float64{0.2, 0.8, 0.5, 0.5}, []int32{0, 1}, 2, 1, 2)
	requireClose(t, []float64{-math.Log(0.2), math.Ln2}, y, 1e-15, "cross entropy")
	kernel.CrossEntropy(y[:1], []float64{0.2, 0.8, 0.5, 0.5}, []int32{0, 1}, 1, 2, 2)
	requireClose(t, []float64{(math.Ln2 - math.Log(0.2)) / 2}, y[:1], 1e-15, "mean over positions")
	kernel.SoftmaxCrossEntropy(y, q, []float64{1, 2, 3, 0, 0, 0}, []int32{2, 0}, 2, 1, 3)
	z := math.Exp(1) + math.Exp(2) + math.Exp(3)
	requireClose(t, []float64{math.Log(z) - 3, math.Log(3)}, y, 1e-15, "softmax cross entropy")
}

// Losses from logits stay finite, in value and gradient, where probabilities
// have long become 0 or 1.
func TestLossesAreFiniteForLargeScores(t *testing.T) {
	for _, z := range []float32{-1e4, -100, -20, 0, 20, 100, 1e4} {
		for _, truth := range []float32{0, 1} {
			y, dz, one := []float32{0}, []float32{0}, []float32{1}
			g := []float32{0}
			kernel.SigmoidBinaryCrossEntropy(y, g, []float32{z}, []float32{truth}, 1, 1)
			kernel.SigmoidBinaryCrossEntropyDz(dz, g, one, 1, 1)
			wrong := z
			if truth == 1 {
				wrong = -z
			}
			require.InEpsilon(t, 1+math.Max(float64(wrong), 0)+math.Log1p(math.Exp(-math.Abs(float64(z)))), 1+float64(y[0]), 1e-6)
			require.InDelta(t, 1/(1+math.Exp(-float64(z)))-float64(truth), float64(dz[0]), 1e-7)

			q, d3 := make([]float32, 3), make([]float32, 3)
			kernel.SoftmaxCrossEntropy(y, q, []float32{z, -z, 0}, []int32{int32(truth)}, 1, 1, 3)
			kernel.SoftmaxCrossEntropyDz(d3, []int32{int32(truth)}, q, one, 1, 1, 3)
			require.Less(t, float64(y[0]), 2.1e4)
			require.InDelta(t, 0, float64(d3[0]+d3[1]+d3[2]), 1e-6)

			p, dp := []float32{0}, []float32{0}
			kernel.Sigmoid(p, []float32{z}, 1, 1)
			kernel.BinaryCrossEntropy(y, p, []float32{truth}, 1, 1)
			kernel.BinaryCrossEntropyDp(dp, p, []float32{truth}, one, 1, 1)
			kernel.SigmoidDx(dz, p, dp, 1, 1)
			require.False(t, math.IsNaN(float64(dz[0])) || math.IsInf(float64(y[0]), 0))
		}
	}
}

func TestFloat32FollowsFloat64(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	const n, in, out = 33, 64, 10
	x, w, b := random(r, n*in), random(r, in*out), random(r, out)
	y, y32 := make([]float64, n*out), make([]float32, n*out)
	kernel.AffineTanh(y, x, w, b, n, 1, in, out)
	kernel.AffineTanh(y32, narrow(x), narrow(w), narrow(b), n, 1, in, out)
	for i := range y {
		require.InDelta(t, y[i], float64(y32[i]), 2e-5)
	}
}

func TestSliceHelpers(t *testing.T) {
	v := []float32{1, 2, 3}
	kernel.Accumulate(v, []float32{10, 20, 30})
	require.Equal(t, []float32{11, 22, 33}, v)
	kernel.Fill(v, 0.25)
	require.Equal(t, []float32{0.25, 0.25, 0.25}, v)
	kernel.Add(v, []float32{1, 2, 3}, []float32{4, 5, 6}, 3)
	require.Equal(t, []float32{5, 7, 9}, v)
	kernel.AddDa(v, []float32{1, 2, 3}, 3)
	require.Equal(t, []float32{1, 2, 3}, v)
	kernel.AddDb(v, []float32{3, 2, 1}, 3)
	require.Equal(t, []float32{3, 2, 1}, v)
}
