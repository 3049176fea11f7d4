package kernel

import (
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// ulp is the distance of neighbouring float32 around x.
func ulp(x float64) float64 {
	_, e := math.Frexp(x)
	return math.Ldexp(1, max(e-24, -149))
}

// The elementwise functions against float64, over all finite float32 by
// strides. Errors count in ulps of the result, or absolutely where the
// function cancels.
func TestAccuracy(t *testing.T) {
	sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	tests := []struct {
		name     string
		f        func(y, x []float32)
		want     func(x float64) float64
		ulps     float64
		absolute float64 // alternative to ulps
	}{
		{"exp", vecExp, func(x float64) float64 { return math.Exp(min(x, 88)) }, 1, 0},
		{"log", vecLog, func(x float64) float64 { return math.Log(max(x, Tiny)) }, 1, 0},
		{"sigmoid", vecSigmoid, sigmoid, 2.5, 0},
		{"tanh", vecTanh, math.Tanh, 2.6, 0},
		{"softplus", vecSoftplus, func(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }, 1.8, 0},
		{"silu", vecSilu, func(x float64) float64 { return x * sigmoid(x) }, 3.2, 0x1p-126},
		{"gelu", vecGelu, func(x float64) float64 { return x * normalBelow(x) }, 6, 0x1p-126},
		{"silu slope", func(y, x []float32) { vecSiluDx(y, x, ones[:len(x)]) },
			func(x float64) float64 { return sigmoid(x) * (1 + x*sigmoid(-x)) }, 3.2, 1e-7},
		{"gelu slope", func(y, x []float32) { vecGeluDx(y, x, ones[:len(x)]) },
			func(x float64) float64 { return normalBelow(x) + x*math.Exp(-x*x/2)/math.Sqrt(2*math.Pi) }, 6, 2e-7},
		{"softplus slope", func(y, x []float32) { vecSoftplusDx(y, x, ones[:len(x)]) }, sigmoid, 2.5, 0},
		{"logit", vecLogit, func(x float64) float64 { return math.Log(max(x, Tiny)) - math.Log(max(float64(1-float32(x)), Tiny)) }, 2, 2e-7},
	}
	stride := uint64(4099)
	switch {
	case testing.Short():
		stride = 100003
	case os.Getenv("CTGEN_FULL") != "":
		stride = 97
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if active == portable {
				atLevel(t, neon)
				stride = 100003
			}
			var worst, at float64
			x, y := make([]float32, 0, len(ones)), make([]float32, len(ones))
			flush := func() {
				tt.f(y[:len(x)], x)
				for i, v := range x {
					want, got := tt.want(float64(v)), float64(y[i])
					if math.IsNaN(want) || math.IsInf(want, 0) {
						continue
					}
					off := math.Abs(got - want)
					if bad := off / ulp(want); !(bad <= worst) && !(off <= tt.absolute) {
						worst, at = bad, float64(v)
					}
				}
				x = x[:0]
			}
			for b := uint64(0); b < 1<<32; b += stride {
				v := math.Float32frombits(uint32(b))
				if v-v != 0 { // NaN or infinite
					continue
				}
				if x = append(x, v); len(x) == cap(x) {
					flush()
				}
			}
			flush()
			t.Logf("worst %.3f ulp at %g", worst, at)
			require.LessOrEqual(t, worst, tt.ulps, "at %g", at)
		})
	}
}

var ones = func() []float32 {
	x := make([]float32, 4096)
	for i := range x {
		x[i] = 1
	}
	return x
}()
