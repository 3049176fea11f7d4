package scalar_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/scalar"
)

// functions lists the functions of one argument with what they approximate
// and the bound that their comment states.
var functions = []struct {
	name  string
	f     func(float32) float32
	exact func(float64) float64
	bound float64
}{
	{"Exp", scalar.Exp, math.Exp, 0.7},
	{"Expm1", scalar.Expm1, math.Expm1, 0.7},
	{"Log", scalar.Log, math.Log, 0.6},
	{"Log1p", scalar.Log1p, math.Log1p, 0.6},
	{"Sigmoid", scalar.Sigmoid, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }, 0.7},
	{"Log1pExp", scalar.Log1pExp, log1pExp, 0.7},
	{"Tanh", scalar.Tanh, math.Tanh, 0.7},
	{"Erf", scalar.Erf, math.Erf, 1},
	{"Sin", scalar.Sin, math.Sin, 0.6},
	{"Cos", scalar.Cos, math.Cos, 0.6},
	{"Sqrt", scalar.Sqrt, math.Sqrt, 0.5},
	{"Abs", scalar.Abs, math.Abs, 0},
	{"Floor", scalar.Floor, math.Floor, 0},
}

// log1pExp is what Log1pExp approximates, up to where it is a normal number.
func log1pExp(x float64) float64 {
	y := math.Log1p(math.Exp(-math.Abs(x)))
	if y < 0x1p-126 {
		return float64(scalar.Log1pExp(float32(x)))
	}
	return y
}

// ulps is how far got is from want, in units in the last place of want.
func ulps(got float32, want float64) float64 {
	w := float32(want)
	switch {
	case math.IsNaN(want) || math.IsNaN(float64(got)):
		if math.IsNaN(want) && math.IsNaN(float64(got)) {
			return 0
		}
		return math.Inf(1)
	case math.IsInf(float64(w), 0) || math.IsInf(float64(got), 0):
		if got == w {
			return 0
		}
		return math.Inf(1)
	}
	_, e := math.Frexp(want)
	unit := math.Ldexp(1, max(e-24, -149))
	return math.Abs(float64(got)-want) / unit
}

// everyFew calls f with float32s of all signs and magnitudes.
func everyFew(f func(x float32)) {
	for b := uint64(0); b < 1<<32; b += 4001 {
		f(math.Float32frombits(uint32(b)))
	}
}

func TestErrorsStayWithinTheirBounds(t *testing.T) {
	for _, fn := range functions {
		t.Run(fn.name, func(t *testing.T) {
			worst, at := 0.0, float32(0)
			everyFew(func(x float32) {
				if d := ulps(fn.f(x), fn.exact(float64(x))); d > worst {
					worst, at = d, x
				}
			})
			require.LessOrEqual(t, worst, fn.bound, "at %g: %g, not %g", at, fn.f(at), fn.exact(float64(at)))
		})
	}
}

func TestSmallLog1pExpStaysSmall(t *testing.T) {
	for _, x := range []float32{88, 95, 104, 110, 1e9, float32(math.Inf(1))} {
		for _, x := range []float32{x, -x} {
			y := scalar.Log1pExp(x)
			require.True(t, y >= 0 && y < 0x1p-126, "%g: %g", x, y)
		}
	}
}

// TestSpecialArguments holds zeros, infinities, NaN and the ends of float32
// against package math, signs of zeros included.
func TestSpecialArguments(t *testing.T) {
	inf := float32(math.Inf(1))
	for _, fn := range functions {
		for _, x := range []float32{0, inf, 1, math.SmallestNonzeroFloat32, math.MaxFloat32, 89, 104, 1e4, 700} {
			for _, x := range []float32{x, -x, float32(math.Copysign(float64(x), -1))} {
				got, want := fn.f(x), float32(fn.exact(float64(x)))
				require.LessOrEqual(t, ulps(got, fn.exact(float64(x))), 1.0, "%s(%g) is %g, not %g", fn.name, x, got, want)
				if want == 0 {
					require.Equal(t, math.Signbit(float64(want)), math.Signbit(float64(got)), "%s(%g): the sign of zero", fn.name, x)
				}
			}
		}
		require.True(t, math.IsNaN(float64(fn.f(float32(math.NaN())))), "%s(NaN)", fn.name)
	}
	a, l := scalar.Logistic(float32(math.NaN()))
	require.True(t, a != a && l != l)
	require.Zero(t, scalar.Sign(float32(math.NaN())))
}

func TestLogisticIsBothParts(t *testing.T) {
	everyFew(func(x float32) {
		a, l := scalar.Logistic(x)
		if x == x && (a != scalar.Against(x) || l != scalar.Log1pExp(x)) {
			t.Fatalf("%g: %g and %g, not %g and %g", x, a, l, scalar.Against(x), scalar.Log1pExp(x))
		}
	})
}

// TestAgainstKeepsDifferences checks the identity that Against is for: a
// sigmoid less its target, relative to the difference itself.
func TestAgainstKeepsDifferences(t *testing.T) {
	for x := float32(-87); x < 87; x += 0.37 {
		for _, target := range []float32{0, 1} {
			e := scalar.Against(x)
			require.InEpsilon(t, math.Exp(-float64(x)), e, 1e-8)
			got := (1 - float64(target) - float64(target)*e) / (1 + e)
			want := 1 / (1 + math.Exp(-float64(x)))
			if target == 1 {
				want = -1 / (1 + math.Exp(float64(x)))
			}
			require.InEpsilon(t, want, got, 2e-7, "%g %g", x, target)
		}
	}
}

func TestPow(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	list := []float32{0, 1, 2, 3, 0.5, 0.9, 0.999, 1.0001, 7.25, 64, 1e3, 12345, 1e10, 1e-10, 1e30, 1e-38, 1e-45, 0x1p24, math.MaxFloat32, inf}
	for _, x := range append(list, nan) {
		for _, y := range append(list, nan) {
			for _, sx := range []float32{1, -1} {
				for _, sy := range []float32{1, -1} {
					want := math.Pow(float64(sx*x), float64(sy*y))
					require.LessOrEqual(t, ulps(scalar.Pow(sx*x, sy*y), want), 1.0, "%g^%g is %g, not %g", sx*x, sy*y, scalar.Pow(sx*x, sy*y), want)
				}
			}
		}
	}
}

func TestPowInt(t *testing.T) {
	for _, x := range []float64{0.9, 0.999, -2, 0.5, 1, 1.5} {
		for _, n := range []int64{0, 1, 2, 3, 10, 63, 1000, -1, -5} {
			require.InEpsilon(t, 1+math.Pow(x, float64(n)), 1+scalar.PowInt(x, n), 1e-12, "%g^%d", x, n)
		}
	}
	require.Equal(t, 0.0, scalar.PowInt(0.5, math.MaxInt64))
	require.Equal(t, math.Inf(1), scalar.PowInt(0.5, math.MinInt64))
}

func TestTruth(t *testing.T) {
	require.Equal(t, []float32{1, 0}, []float32{scalar.Truth(true), scalar.Truth(false)})
	require.Equal(t, []float32{1, 0, -1}, []float32{scalar.Sign(3), scalar.Sign(0), scalar.Sign(-2)})
}

var sink float32

// arguments are usual ones, from -2 to 2.
var arguments = func() (x [256]float32) {
	for i := range x {
		x[i] = float32(i*97%256-128) / 64
	}
	return x
}()

func perValue(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(arguments)), "ns/value")
}

func BenchmarkThroughput(b *testing.B) {
	for _, fn := range functions {
		b.Run(fn.name, func(b *testing.B) {
			for b.Loop() {
				sum := float32(0)
				for _, x := range arguments {
					sum += fn.f(x)
				}
				sink += sum
			}
			perValue(b)
		})
	}
}

// BenchmarkLatency feeds each result into the next argument.
func BenchmarkLatency(b *testing.B) {
	for _, fn := range functions {
		b.Run(fn.name, func(b *testing.B) {
			for b.Loop() {
				y := float32(0)
				for _, x := range arguments {
					y = fn.f(x+y) * 0x1p-60
				}
				sink += y
			}
			perValue(b)
		})
	}
}

// TestExtremes holds Max and Min against the builtins, zeros alike whatever
// their signs.
func TestExtremes(t *testing.T) {
	list := []float32{0, float32(math.Copysign(0, -1)), 1, -1, 3e38, -3e38, 1e-45, float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN())}
	for _, x := range list {
		for _, y := range list {
			for _, pair := range [][2]float32{{scalar.Max(x, y), max(x, y)}, {scalar.Min(x, y), min(x, y)}} {
				same := pair[0] == pair[1] || pair[0] != pair[0] && pair[1] != pair[1]
				require.True(t, same, "of %g and %g: %g, not %g", x, y, pair[0], pair[1])
			}
		}
	}
}
