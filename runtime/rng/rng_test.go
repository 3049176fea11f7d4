package rng_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Pinned: a saved seed means the same model on every platform, for ever.
func TestPinnedValues(t *testing.T) {
	r := rng.New(1, "layer1.weight")
	require.Equal(t, []uint64{0x585ea8c39fc15a9a, 0x221dfa53c0f9914c, 0xb64506b251ac3802}, []uint64{r.Uint64(), r.Uint64(), r.Uint64()})

	w := make([]float32, 3)
	rng.Glorot(rng.New(7, "w"), w, 64, 32)
	require.Equal(t, []float32{-0.18471828, -0.19545098, -0.23597941}, w)
	rng.Normal(rng.New(7, "w"), w, 0.02)
	require.Equal(t, []float32{-0.009220942, 0.005285272, 0.0047584167}, w)
	require.Equal(t, []int{9, 4, 7, 2, 8, 3, 1, 5, 6, 0}, rng.Permutation(42, 10))
}

func TestStreamsDependOnSeedAndPathAlone(t *testing.T) {
	a, b := rng.New(3, "a"), rng.New(3, "a")
	require.Equal(t, a.Uint64(), b.Uint64())
	first := func(seed uint64, path string) uint64 { return rng.New(seed, path).Uint64() }
	require.NotEqual(t, first(3, "a"), first(3, "b"))
	require.NotEqual(t, first(3, "a"), first(4, "a"))
	require.NotEqual(t, rng.Key(1, 2), rng.Key(2, 1))
	a.Reset(3, "a")
	require.Equal(t, first(3, "a"), a.Uint64())
}

func moments(v []float64) (mean, deviation float64) {
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for _, x := range v {
		deviation += (x - mean) * (x - mean) / float64(len(v))
	}
	return mean, math.Sqrt(deviation)
}

func TestInitialisers(t *testing.T) {
	const n = 100_000
	v := make([]float64, n)
	rng.Normal(rng.New(1, "n"), v, 0.5)
	mean, dev := moments(v)
	require.InDelta(t, 0, mean, 0.01)
	require.InDelta(t, 0.5, dev, 0.01)
	within := 0
	for _, x := range v {
		if math.Abs(x) < 0.5 {
			within++
		}
	}
	require.InDelta(t, 0.6827, float64(within)/n, 0.01)

	rng.Uniform(rng.New(1, "u"), v, -2, 4)
	mean, _ = moments(v)
	require.InDelta(t, 1, mean, 0.03)
	require.GreaterOrEqual(t, slices.Min(v), -2.0)
	require.Less(t, slices.Max(v), 4.0)

	rng.Glorot(rng.New(1, "g"), v, 30, 20)
	bound := math.Sqrt(6.0 / 50)
	require.InDelta(t, bound, slices.Max(v), 1e-3)
	require.InDelta(t, -bound, slices.Min(v), 1e-3)

	rng.He(rng.New(1, "h"), v, 50)
	_, dev = moments(v)
	require.InDelta(t, 0.2, dev, 0.005)

	w := make([]float32, 3)
	rng.Ones(w)
	require.Equal(t, []float32{1, 1, 1}, w)
	rng.Zeros(w)
	require.Equal(t, []float32{0, 0, 0}, w)
	rng.Constant(w, 0.25)
	require.Equal(t, []float32{0.25, 0.25, 0.25}, w)
}

func TestPermutation(t *testing.T) {
	for n := range 20 {
		p := rng.Permutation(uint64(n), n)
		slices.Sort(p)
		for i, x := range p {
			require.Equal(t, i, x)
		}
	}
	// Each element is first about equally often.
	counts := make([]int, 5)
	for seed := range 5000 {
		counts[rng.Permutation(uint64(seed), 5)[0]]++
	}
	for _, c := range counts {
		require.InDelta(t, 1000, c, 150)
	}
}

func TestIntn(t *testing.T) {
	r := rng.New(1, "i")
	for range 1000 {
		v := r.Intn(3)
		require.True(t, 0 <= v && v < 3)
	}
	require.Panics(t, func() { r.Intn(0) })
}

func TestNoAllocations(t *testing.T) {
	r, w, p := rng.New(1, "a"), make([]float32, 100), make([]int, 100)
	require.Zero(t, testing.AllocsPerRun(10, func() {
		rng.Normal(r, w, 1)
		r.Permute(p)
	}))
}

// Draws of one key are spread over [0, 1), and differ by key, example and
// element; what they are is fixed, for models go on where they were saved.
func TestUniform(t *testing.T) {
	const n = 1 << 16
	var sum, next, apart float64
	for i := range n {
		u := float64(rng.DrawsOf(7, i/256).Uniform(i % 256))
		require.True(t, 0 <= u && u < 1)
		sum += u
		next += u * float64(rng.DrawsOf(8, i/256).Uniform(i%256))
		apart += u * float64(rng.DrawsOf(7, i/256+1).Uniform(i%256))
	}
	require.InDelta(t, 0.5, sum/n, 0.005)
	require.InDelta(t, 0.25, next/n, 0.005)
	require.InDelta(t, 0.25, apart/n, 0.005)
	require.Equal(t, [3]float32{0.0249452, 0.99253947, 0.78364766}, [3]float32{rng.DrawsOf(1, 0).Uniform(0), rng.DrawsOf(1, 1).Uniform(0), rng.DrawsOf(1<<40, 5).Uniform(9)})
}

func TestKeysAreExactAsFloat64(t *testing.T) {
	dst := make([]int64, 1000)
	rng.Keys(rng.New(3, "rest.count"), dst)
	for _, k := range dst {
		require.True(t, 0 <= k && k < 1<<48)
	}
}
