package histogram_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/histogram"
)

func TestBins(t *testing.T) {
	h := histogram.Of([]float32{0, 1, 1, 2, 3.9, 4, float32(math.NaN()), float32(math.Inf(1))}, 4)
	require.Equal(t, []int64{1, 2, 1, 2}, h.Bins)
	require.Equal(t, []float64{0, 1, 2, 3, 4}, []float64{h.Edge(0), h.Edge(1), h.Edge(2), h.Edge(3), h.Edge(4)})
	require.Equal(t, [4]int64{6, 1, 1, 1}, [4]int64{h.Finite, h.NaN, h.Infinite, h.Zeros})
	require.Equal(t, int64(8), h.Size())
	require.InDelta(t, 11.9/6, h.Mean(), 1e-6)
	require.InDelta(t, math.Sqrt((0+1+1+4+3.9*3.9+16)/6-(11.9/6)*(11.9/6)), h.Deviation(), 1e-6)
}

// What has no range is one bin, or none.
func TestDegenerate(t *testing.T) {
	require.Equal(t, []int64{3}, histogram.Of([]int64{7, 7, 7}, 10).Bins)
	require.Empty(t, histogram.Of([]float64{}, 10).Bins)
	require.Empty(t, histogram.Of([]float64{math.NaN(), math.Inf(-1)}, 10).Bins)
}

// Every finite number is in one bin, between whose edges it lies.
func FuzzBins(f *testing.F) {
	f.Add(1.0, 2.0, 3.0, 5)
	f.Add(1.0, 1.7, 4.0, 5)
	f.Add(-math.MaxFloat64, 0.0, math.MaxFloat64, 3)
	f.Add(0.0, 5e-324, 1e-323, 7)
	f.Add(math.NaN(), math.Inf(1), 1.0, 1)
	f.Fuzz(func(t *testing.T, a, b, c float64, bins int) {
		bins = bins&63 + 1
		v := []float64{a, b, c, a, c}
		h := histogram.Of(v, bins)
		sum := int64(0)
		for _, n := range h.Bins {
			sum += n
		}
		require.Equal(t, h.Finite, sum)
		require.Equal(t, int64(len(v)), h.Size())
		for k := range h.Bins {
			require.LessOrEqual(t, h.Edge(k), h.Edge(k+1))
		}
		// Each bin counts what lies between its edges, but for rounding there.
		slack := max(1e-12*max(math.Abs(h.Min), math.Abs(h.Max)), 2*math.SmallestNonzeroFloat64)
		for k, n := range h.Bins {
			inside, near := int64(0), int64(0)
			for _, x := range v {
				if x-x != 0 {
					continue
				}
				from, to := h.Edge(k), h.Edge(k+1)
				if x >= from-slack && x <= to+slack {
					near++
				}
				if x >= from+slack && x <= to-slack {
					inside++
				}
			}
			require.LessOrEqual(t, inside, n, "bin %d", k)
			require.GreaterOrEqual(t, near, n, "bin %d", k)
		}
	})
}
