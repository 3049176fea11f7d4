package kernel_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

func TestSgd(t *testing.T) {
	p := []float64{1, -2}
	kernel.Sgd(p, p, []float64{10, 20}, 2, 0.1, 0.5, 0)
	require.InDeltaSlice(t, []float64{0, -4}, p, 1e-15)
	p = []float64{1, -2}
	kernel.Sgd(p, p, []float64{10, 20}, 2, 0.1, 0.5, 1)
	require.InDeltaSlice(t, []float64{-0.05, -3.9}, p, 1e-15)
}

func TestMomentum(t *testing.T) {
	p, v := []float64{1}, []float64{2}
	kernel.Momentum(p, v, p, v, []float64{3}, 1, 0.1, 0.9, 0.5, 1)
	require.InDelta(t, 0.9*2+3+0.5, v[0], 1e-15)
	require.InDelta(t, 1-0.1*5.3, p[0], 1e-15)
}

// The lines of the declaration, one after another.
func TestAdam(t *testing.T) {
	const rate, beta1, beta2, epsilon = 1e-2, 0.9, 0.999, 1e-8
	for _, decay := range []float64{0, 0.1} {
		p, m, v := []float64{1, -2, 3}, make([]float64, 3), make([]float64, 3)
		wp, wm, wv := append([]float64(nil), p...), make([]float64, 3), make([]float64, 3)
		for step := 1; step <= 5; step++ {
			g := []float64{0.5 * float64(step), -1, 1e-3}
			count := []int64{int64(step)}
			if decay == 0 {
				kernel.Adam(p, m, v, p, m, v, g, count, 3, rate, beta1, beta2, epsilon)
			} else {
				kernel.Adamw(p, m, v, p, m, v, g, count, 3, rate, beta1, beta2, epsilon, decay, 1)
			}
			for i := range wp {
				wm[i] = beta1*wm[i] + (1-beta1)*g[i]
				wv[i] = beta2*wv[i] + (1-beta2)*g[i]*g[i]
				mhat, vhat := wm[i]/(1-math.Pow(beta1, float64(step))), wv[i]/(1-math.Pow(beta2, float64(step)))
				wp[i] = wp[i]*(1-rate*decay) - rate*mhat/(math.Sqrt(vhat)+epsilon)
			}
		}
		require.InDeltaSlice(t, wp, p, 1e-14)
		require.InDeltaSlice(t, wm, m, 1e-14)
		require.InDeltaSlice(t, wv, v, 1e-14)
	}
}

func TestAdamwLeavesOtherLeavesAlone(t *testing.T) {
	p, m, v := []float64{1}, []float64{0}, []float64{0}
	q, m2, v2 := []float64{1}, []float64{0}, []float64{0}
	kernel.Adamw(p, m, v, p, m, v, []float64{2}, []int64{1}, 1, 0.1, 0.9, 0.999, 1e-8, 0.5, 0)
	kernel.Adam(q, m2, v2, q, m2, v2, []float64{2}, []int64{1}, 1, 0.1, 0.9, 0.999, 1e-8)
	require.Equal(t, q, p)
}
