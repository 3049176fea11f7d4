package kernel

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// NaN passes and infinities do what the formulas make of them, at every level,
// portable among them.
func TestSpecialValues(t *testing.T) {
	inf, nan := infinity, float32(math.NaN())
	minus0 := 1 / -inf
	leaky := func(y, x []float32, n, s int) { LeakyRelu(y, x, n, s, 0.5) }
	last := float32(math.Exp(88))
	least := float32(-126 * math.Ln2)
	tests := []struct {
		name string
		f    func(y, x []float32, n, s int)
		x, y float32
	}{
		{"relu", Relu[float32], nan, nan},
		{"relu", Relu[float32], -inf, 0},
		{"relu", Relu[float32], inf, inf},
		{"leaky relu", leaky, nan, nan},
		{"leaky relu", leaky, -inf, -inf},
		{"leaky relu", leaky, inf, inf},
		{"sigmoid", Sigmoid[float32], nan, nan},
		{"sigmoid", Sigmoid[float32], -inf, 0},
		{"sigmoid", Sigmoid[float32], inf, 1},
		{"sigmoid", Sigmoid[float32], 0, 0.5},
		{"tanh", Tanh[float32], nan, nan},
		{"tanh", Tanh[float32], -inf, -1},
		{"tanh", Tanh[float32], inf, 1},
		{"tanh", Tanh[float32], minus0, minus0},
		{"tanh", Tanh[float32], 0x1p-149, 0x1p-149},
		{"softplus", Softplus[float32], nan, nan},
		{"softplus", Softplus[float32], -inf, 0},
		{"softplus", Softplus[float32], inf, inf},
		{"gelu", Gelu[float32], nan, nan},
		{"gelu", Gelu[float32], -inf, 0},
		{"gelu", Gelu[float32], minus0, minus0},
		{"gelu", Gelu[float32], inf, inf},
		{"gelu", Gelu[float32], -30, 0},
		{"silu", Silu[float32], nan, nan},
		{"silu", Silu[float32], -inf, nan},
		{"silu", Silu[float32], inf, inf},
		{"exp", Exp[float32], nan, nan},
		{"exp", Exp[float32], -inf, 0},
		{"exp", Exp[float32], inf, last},
		{"exp", Exp[float32], 89, last},
		{"exp", Exp[float32], 0, 1},
		{"exp", Exp[float32], -103.97207, 0x1p-149},
		{"exp", Exp[float32], -103.97209, 0},
		{"log", Log[float32], nan, nan},
		{"log", Log[float32], -inf, least},
		{"log", Log[float32], 0, least},
		{"log", Log[float32], 0x1p-149, least},
		{"log", Log[float32], inf, inf},
		{"log", Log[float32], 1, 0},
		{"logit", Logit[float32], nan, nan},
		{"logit", Logit[float32], 0, least},
		{"logit", Logit[float32], 1, -least},
		{"logit", Logit[float32], 0.5, 0},
	}
	eachLevel(t, append(sameBits(), portable), func(t *testing.T) {
		for _, tt := range tests {
			y := []float32{42}
			tt.f(y, []float32{tt.x}, 1, 1)
			if tt.y == 0 && tt.x != minus0 { // of either sign
				require.Zero(t, y[0], "%s(%v)", tt.name, tt.x)
				continue
			}
			require.Equal(t, canonical(tt.y), canonical(y[0]), "%s(%v) = %v", tt.name, tt.x, y[0])
		}
	})
}

// A logit far on the right side of its target has the slope that it should,
// to the last digits, where sigmoid(z) - t would be 0.
func TestLogisticSlopeKeepsItsDigits(t *testing.T) {
	eachLevel(t, append(sameBits(), portable), func(t *testing.T) {
		for z := float32(1); z < 87; z += 0.37 {
			y, g := make([]float32, 2), make([]float32, 2)
			SigmoidBinaryCrossEntropy(y, g, []float32{z, -z}, []float32{1, 0}, 2, 1)
			want := 1 / (1 + math.Exp(float64(z)))
			require.InEpsilon(t, -want, g[0], 3e-7, "%v against 1", z)
			require.InEpsilon(t, want, g[1], 3e-7, "%v against 0", -z)
			loss := math.Log1p(math.Exp(-float64(z)))
			require.InEpsilon(t, loss, y[0], 3e-7, "the loss of %v", z)
			require.InEpsilon(t, loss, y[1], 3e-7, "the loss of %v", -z)
		}
	})
}

// The distribution of a row does not depend on the rows beside it.
func TestSoftmaxOfOneRow(t *testing.T) {
	eachLevel(t, sameBits(), func(t *testing.T) {
		for k := 1; k <= 40; k++ {
			const rows = 70
			z, all, alone := make([]float32, rows*k), make([]float32, rows*k), make([]float32, k)
			for i := range z {
				z[i] = float32(10 * math.Sin(float64(i*i)))
			}
			Softmax(all, z, rows, 1, k)
			for r := range rows {
				Softmax(alone, z[r*k:r*k+k], 1, 1, k)
				require.Equal(t, alone, all[r*k:r*k+k], fmt.Sprint(k))
			}
		}
	})
}

func TestPowerFollowsMath(t *testing.T) {
	for _, base := range []float64{0, 0.5, 0.9, 0.999, 1 - 0x1p-24} {
		for _, n := range []int64{0, 1, 2, 3, 10, 1000, 123_456_789} {
			want := math.Pow(base, float64(n))
			require.InDelta(t, want, power(base, n), 1e-15+1e-12*want)
		}
	}
}
