package lawtest_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/kernel"
	"github.com/ctgen-lang/ctgen/runtime/lawtest"
)

// recorder is a testing.TB that remembers failures.
type recorder struct {
	testing.TB
	failures []string
	logs     []string
	skips    []string
}

func (r *recorder) Helper()                   {}
func (r *recorder) Errorf(f string, a ...any) { r.failures = append(r.failures, fmt.Sprintf(f, a...)) }
func (r *recorder) Skipf(f string, a ...any)  { r.skips = append(r.skips, fmt.Sprintf(f, a...)) }
func (r *recorder) Logf(f string, a ...any)   { r.logs = append(r.logs, fmt.Sprintf(f, a...)) }

// failure runs a check and returns what it reports, "" where it passes.
func failure(check func(t testing.TB)) string {
	r := &recorder{}
	check(r)
	return strings.Join(r.failures, "\n")
}

// network is affine, relu, affine, softmax cross entropy: a plan as the
// generator prints it. bug, if any, spoils the gradients after each run.
func network[T kernel.Float](bug func(n int, at []lawtest.Values[T], grad [][]T)) lawtest.Func[T] {
	const in, hidden, k = 5, 4, 3
	return lawtest.Func[T]{
		Name: "grad measure",
		Args: []lawtest.Tensor{
			lawtest.Data("Image", runtime.All{}, in),
			lawtest.Class("Digit", k),
			lawtest.Param("layer1.weight", runtime.All{}, hidden, in),
			lawtest.Param("layer1.bias", runtime.All{}, hidden),
			lawtest.Param("layer2.weight", runtime.All{}, k, hidden),
			lawtest.Param("layer2.bias", runtime.All{}, k),
		},
		Run: func(n int, at []lawtest.Values[T], grad [][]T) T {
			x, c, w1, b1, w2, b2 := at[0].Real, at[1].Fin, at[2].Real, at[3].Real, at[4].Real, at[5].Real
			h, dh, dz1 := make([]T, n*hidden), make([]T, n*hidden), make([]T, n*hidden)
			z, q, dz, loss, dloss := make([]T, n*k), make([]T, n*k), make([]T, n*k), make([]T, n), make([]T, n)
			kernel.AffineRelu(h, x, w1, b1, n, 1, in, hidden)
			kernel.Affine(z, h, w2, b2, n, 1, hidden, k)
			kernel.SoftmaxCrossEntropy(loss, q, z, c, n, 1, k)
			kernel.Fill(dloss, 1/T(n))
			kernel.SoftmaxCrossEntropyDz(dz, c, q, dloss, n, 1, k)
			kernel.AffineDx(dh, w2, dz, n, 1, hidden, k)
			kernel.AffineDweight(grad[4], h, dz, n, 1, hidden, k)
			kernel.AffineDbias(grad[5], dz, n, 1, hidden, k)
			kernel.AffineReluDz(dz1, h, dh, n, 1, in, hidden)
			kernel.AffineReluDweight(grad[2], x, dz1, n, 1, in, hidden)
			kernel.AffineReluDbias(grad[3], dz1, n, 1, in, hidden)
			if bug != nil {
				bug(n, at, grad)
			}
			return runtime.Mean(loss)
		},
	}
}

// bugs are mistakes of the size that people make in reverse rules.
func bugs[T kernel.Float]() map[string]func(n int, at []lawtest.Values[T], grad [][]T) {
	type spoil = func(n int, at []lawtest.Values[T], grad [][]T)
	scale := func(i int, by T) spoil {
		return func(_ int, _ []lawtest.Values[T], g [][]T) {
			for j := range g[i] {
				g[i][j] *= by
			}
		}
	}
	return map[string]spoil{
		"a factor on a bias":         scale(5, 1.001),
		"a factor on a weight":       scale(2, 2),
		"a wrong sign":               scale(3, -1),
		"a forgotten contribution":   func(_ int, _ []lawtest.Values[T], g [][]T) { clear(g[4]) },
		"a sum instead of a mean":    func(n int, _ []lawtest.Values[T], g [][]T) { scale(2, T(n))(n, nil, g) },
		"one element off":            func(_ int, _ []lawtest.Values[T], g [][]T) { g[2][7] += 1e-2 },
		"two elements swapped":       func(_ int, _ []lawtest.Values[T], g [][]T) { g[4][0], g[4][1] = g[4][1], g[4][0] },
		"NaN":                        func(_ int, _ []lawtest.Values[T], g [][]T) { g[5][0] = T(math.NaN()) },
		"the value kept from before": func(_ int, at []lawtest.Values[T], g [][]T) { g[3][0] += at[3].Real[0] },
	}
}

func TestDerivative(t *testing.T) {
	require.Empty(t, failure(func(t testing.TB) { lawtest.Derivative(t, network[float64](nil)) }))
	require.Empty(t, failure(func(t testing.TB) { lawtest.Derivative(t, network[float32](nil)) }))
	for name, bug := range bugs[float64]() {
		require.NotEmpty(t, failure(func(t testing.TB) { lawtest.Derivative(t, network(bug)) }), name)
	}
	for name, bug := range bugs[float32]() {
		if name != "a factor on a bias" { // a thousandth is below what float32 sees
			require.NotEmpty(t, failure(func(t testing.TB) { lawtest.Derivative(t, network(bug)) }), name)
		}
	}
	msg := failure(func(t testing.TB) { lawtest.Derivative(t, network(bugs[float64]()["a wrong sign"])) })
	require.Contains(t, msg, "derivative by layer1.bias")
	require.Contains(t, msg, "Digit = ")
}

func TestBridge(t *testing.T) {
	long := network[float64](nil)
	require.Empty(t, failure(func(t testing.TB) { lawtest.Bridge(t, network[float32](nil), long) }))
	for name, bug := range bugs[float32]() {
		require.NotEmpty(t, failure(func(t testing.TB) { lawtest.Bridge(t, network(bug), long) }), name)
	}
}

// A bug that only batches above a tile show.
func TestBridgeSeesLargerBatches(t *testing.T) {
	tail := func(n int, _ []lawtest.Values[float32], g [][]float32) {
		if n > 32 {
			g[2][0] *= 1.5
		}
	}
	require.Contains(t, failure(func(t testing.TB) { lawtest.Bridge(t, network(tail), network[float64](nil)) }), "batch of 33")
}

// scalar wraps a function of one parameter and its derivative.
func scalar(set runtime.Set, f, df func(float64) float64) lawtest.Func[float64] {
	return lawtest.Func[float64]{Name: "scalar", Args: []lawtest.Tensor{lawtest.Param("w", set)},
		Run: func(_ int, at []lawtest.Values[float64], grad [][]float64) float64 {
			grad[0][0] = df(at[0].Real[0])
			return f(at[0].Real[0])
		}}
}

func TestKinks(t *testing.T) {
	// Kinks every 1e-3: about a fifth of all points lie within a step of one.
	const w = 1e-3
	saw := func(x float64) float64 { return math.Abs(x - w*math.Round(x/w)) }
	slope := func(x float64) float64 { return math.Copysign(1, x-w*math.Round(x/w)) }
	require.Empty(t, failure(func(t testing.TB) { lawtest.Derivative(t, scalar(nil, saw, slope)) }))
	wrong := func(x float64) float64 { return 1.01 * slope(x) }
	require.NotEmpty(t, failure(func(t testing.TB) { lawtest.Derivative(t, scalar(nil, saw, wrong)) }))
	// Nothing but kinks: the check gives up and says so.
	jagged := func(x float64) float64 { return math.Abs(x-1e-6*math.Round(x/1e-6)) * 1e3 }
	require.NotEmpty(t, failure(func(t testing.TB) { lawtest.Derivative(t, scalar(nil, jagged, math.Cos)) }))
}

func TestSetsAreRespected(t *testing.T) {
	unit := runtime.Interval{Low: 0, High: 1}
	log := scalar(runtime.Interval{Low: 0, High: math.Inf(1), OpenLow: true}, math.Log, func(x float64) float64 { return 1 / x })
	require.Empty(t, failure(func(t testing.TB) { lawtest.Derivative(t, log) }))
	entropy := scalar(unit, func(x float64) float64 { return x*math.Log(x) + (1-x)*math.Log(1-x) },
		func(x float64) float64 { return math.Log(x) - math.Log(1-x) })
	require.Empty(t, failure(func(t testing.TB) { lawtest.Derivative(t, entropy) }))

	// A loss that holds on the simplex only: its gradient is right up to a
	// multiple of (1, …, 1), which no direction inside the simplex sees.
	simplex := lawtest.Func[float64]{Name: "simplex", Args: []lawtest.Tensor{lawtest.Param("p", runtime.Simplex{Axis: 3}, 3)},
		Run: func(_ int, at []lawtest.Values[float64], grad [][]float64) float64 {
			p := at[0].Real
			copy(grad[0], []float64{2*p[0] + 5, 5, 5})
			return p[0] * p[0]
		}}
	require.Empty(t, failure(func(t testing.TB) { lawtest.Derivative(t, simplex) }))

	for _, set := range []runtime.Set{unit, runtime.Finite{-1, 1}, runtime.Interval{Low: 2, High: math.Inf(1)},
		runtime.Interval{Low: math.Inf(-1), High: 3, OpenHigh: true}, runtime.Simplex{Axis: 4}, runtime.All{}} {
		args := []lawtest.Tensor{lawtest.Data("X", set, 2, 4), lawtest.Class("C", 3, 5), lawtest.Truth("B"), lawtest.Integer("I")}
		seen := map[int32]bool{}
		require.Empty(t, failure(func(t testing.TB) {
			id := lawtest.Side[float32]{Text: "id", Run: func(in, out []lawtest.Values[float32]) {
				if err := runtime.Check("X", set, in[0].Real); err != nil {
					t.Errorf("%v", err)
				}
				for _, c := range in[1].Fin {
					seen[c] = true
				}
			}}
			lawtest.Law(t, lawtest.Case[float32]{Name: "l", Args: args, Left: id, Right: id})
		}))
		require.Equal(t, map[int32]bool{0: true, 1: true, 2: true}, seen)
	}
}

func TestLaw(t *testing.T) {
	unit := runtime.Interval{Low: 0, High: 1}
	law := func(within float64, right func(p float32) float32) string {
		return failure(func(t testing.TB) {
			lawtest.Law(t, lawtest.Case[float32]{
				Name: "odds", Within: within,
				Args: []lawtest.Tensor{lawtest.Data("Probability", unit)},
				Outs: []lawtest.Tensor{lawtest.Data("Probability", unit)},
				Left: lawtest.Side[float32]{Text: "std.logit >> sigmoid", Run: func(in, out []lawtest.Values[float32]) {
					out[0].Real[0] = runtime.Sigmoid[float32](runtime.Logit[float32](in[0].Real[0]))
				}},
				Right: lawtest.Side[float32]{Text: "id[Probability]", Run: func(in, out []lawtest.Values[float32]) {
					out[0].Real[0] = right(in[0].Real[0])
				}},
			})
		})
	}
	require.Empty(t, law(1e-6, func(p float32) float32 { return p }))
	msg := law(1e-6, func(p float32) float32 { return p * 1.00001 })
	require.Contains(t, msg, "law odds: std.logit >> sigmoid = id[Probability] does not hold within 1e-06")
	require.Contains(t, msg, "Probability = ")
	require.NotEmpty(t, law(0, func(p float32) float32 { return p * 1.00001 }))
	require.NotEmpty(t, law(1e-6, func(float32) float32 { return float32(math.NaN()) }))
	require.NotEmpty(t, law(1e-6, func(p float32) float32 {
		if p == 1 { // closed ends are drawn too
			return 0
		}
		return p
	}))

	classes := func(off int32) string {
		return failure(func(t testing.TB) {
			lawtest.Law(t, lawtest.Case[float32]{
				Args: []lawtest.Tensor{lawtest.Class("Digit", 10)}, Outs: []lawtest.Tensor{lawtest.Class("Digit", 10)},
				Left:  lawtest.Side[float32]{Run: func(in, out []lawtest.Values[float32]) { copy(out[0].Fin, in[0].Fin) }},
				Right: lawtest.Side[float32]{Run: func(in, out []lawtest.Values[float32]) { out[0].Fin[0] = in[0].Fin[0] + off }},
			})
		})
	}
	require.Empty(t, classes(0))
	require.NotEmpty(t, classes(1))
}

// neuron is a hand-written logit = w·x with a spoilt reverse.
func neuron(spoil func(din [][]float32), assign bool) lawtest.Hand {
	return lawtest.Hand{
		Name: "affine",
		Args: []lawtest.Tensor{lawtest.Data("Input", nil), lawtest.Param("Neuron", nil)},
		Outs: []lawtest.Tensor{lawtest.Data("Logit", nil)},
		Run: func(in, out []lawtest.Values[float32]) {
			out[0].Real[0] = float32(math.Sin(float64(in[0].Real[0]))) * in[1].Real[0]
		},
		Reverse: func(in, _ []lawtest.Values[float32], dout, din [][]float32) {
			x, w := float64(in[0].Real[0]), in[1].Real[0]
			din[0][0] = dout[0][0] * w * float32(math.Cos(x))
			if assign {
				din[1][0] = 0
			}
			din[1][0] += dout[0][0] * float32(math.Sin(x))
			if spoil != nil {
				spoil(din)
			}
		},
	}
}

func TestHandReverse(t *testing.T) {
	check := func(h lawtest.Hand) string { return failure(func(t testing.TB) { lawtest.HandReverse(t, h) }) }
	require.Empty(t, check(neuron(nil, false)))
	require.Contains(t, check(neuron(nil, true)), "must add to the tangent of Neuron")
	require.Contains(t, check(neuron(func(d [][]float32) { d[0][0] *= 1.01 }, false)), "reverse of affine: by Input")
	require.NotEmpty(t, check(neuron(func(d [][]float32) { d[0][0] = -d[0][0] }, false)))
	require.NotEmpty(t, check(neuron(func(d [][]float32) { d[0][0] = float32(math.NaN()) }, false)))
	require.NotEmpty(t, check(neuron(func(d [][]float32) { d[1][0] *= 1.1 }, false)))
}

func TestWritten(t *testing.T) {
	stub := func() { panic(runtime.Unwritten("sigmoid", "card.cat:11")) }
	msg := failure(func(t testing.TB) {
		lawtest.Written(t, func() {}, stub, func() { panic("something else") })
	})
	require.Equal(t, "arrow `sigmoid` (card.cat:11) is not written yet", msg)
	// A check that meets a stub leaves it to Written.
	h := neuron(nil, false)
	h.Run = func(_, _ []lawtest.Values[float32]) { stub() }
	r := &recorder{}
	lawtest.HandReverse(r, h)
	require.Empty(t, r.failures)
	require.Equal(t, []string{msg}, r.skips)
	require.Panics(t, func() {
		h.Run = func(_, _ []lawtest.Values[float32]) { panic("a bug") }
		lawtest.HandReverse(&recorder{}, h)
	})
}

func TestNoAllocs(t *testing.T) {
	var sink []float32
	require.Empty(t, failure(func(t testing.TB) { lawtest.NoAllocs(t, func() {}) }))
	require.NotEmpty(t, failure(func(t testing.TB) { lawtest.NoAllocs(t, func() { sink = make([]float32, 10) }) }))
	_ = sink
}

func TestSeedFromEnvironment(t *testing.T) {
	first := func() (x float32) {
		lawtest.Law(&recorder{}, lawtest.Case[float32]{Args: []lawtest.Tensor{lawtest.Data("X", nil)},
			Left:  lawtest.Side[float32]{Run: func(in, _ []lawtest.Values[float32]) { x = in[0].Real[0] }},
			Right: lawtest.Side[float32]{Run: func(_, _ []lawtest.Values[float32]) {}}})
		return x
	}
	a := first()
	require.Equal(t, a, first())
	t.Setenv("CTGEN_SEED", "99")
	require.NotEqual(t, a, first())
}
