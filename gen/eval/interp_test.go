package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/stretchr/testify/require"
)

func TestImportsNothingOfTheRuntime(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "dsl/category")
	for _, path := range strings.Fields(string(out)) {
		require.NotContains(t, path, "ctgen/runtime")
		require.NotContains(t, path, "ctgen/gen/plan")
	}
}

// gradients must agree with differences of the very same composite.
var composites = map[string]string{
	"repeat": `
object Stream = R[3]
object Turn = { weight: R[3, 3], bias: R[3] }
object Loss = R in [0, inf)
arrow turn: Stream -> Stream given Turn = std.affine
arrow bend: Stream -> Stream = std.tanh
arrow far: Stream * Stream -> Loss = std.mean_squared_error
arrow deep = repeat[3] (turn >> bend)
arrow measure = deep * id >> far`,
	"fold": `
object Stream = R[3]
object Turn = { weight: R[3, 3], bias: R[3] }
object Loss = R in [0, inf)
arrow turn: Stream -> Stream given Turn = std.affine
arrow bend: Stream -> Stream = std.tanh
arrow far: Stream * Stream -> Loss = std.mean_squared_error
arrow cell(s: Stream, x: Stream, y: Stream) -> Stream { (turn >> bend)(s + x) + y }
arrow first_ones: Stream ^ 2 -> Stream ^ 2 = map (turn as other)
arrow deep(s: Stream, xs: Stream ^ 2) -> Stream { (share (fold(pick) * id >> fold(pick)))(s, first_ones(xs), xs) }
arrow pick(s: Stream, x: Stream) -> Stream { cell(s, x, x) }
arrow measure = deep * id >> far`,
	"fold over a power of a product": `
object Stream = R[3]
object Turn = { weight: R[3, 3], bias: R[3] }
object Loss = R in [0, inf)
arrow turn: Stream -> Stream given Turn = std.affine
arrow bend: Stream -> Stream = std.tanh
arrow far: Stream * Stream -> Loss = std.mean_squared_error
arrow cell(s: Stream, x: Stream, y: Stream) -> Stream { (turn >> bend)(s + x) + y }
arrow measure = fold[3](cell) * id >> far`,
	"shared repeat": `
object Stream = R[3]
object Turn = { weight: R[3, 3], bias: R[3] }
object Loss = R in [0, inf)
arrow turn: Stream -> Stream given Turn = std.affine
arrow bend: Stream -> Stream = std.tanh
arrow far: Stream * Stream -> Loss = std.mean_squared_error
arrow deep = share repeat[3] (turn >> bend)
arrow measure = deep * id >> far`,
	"named form and sums": `
object Stream = R[3]
object Turn = { weight: R[3, 3], bias: R[3] }
object Loss = R in [0, inf)
arrow turn: Stream -> Stream given Turn = std.affine
arrow bend: Stream -> Stream = std.tanh
arrow far: Stream * Stream -> Loss = std.squared_distance
arrow block(s: Stream) -> Stream {
    r = s + bend((turn as first_turn)(s))
    r + turn(r)
}
arrow measure = block * id >> far`,
	"map": `
object Point = R[2]
object Cloud = Point ^ 3
object Move = { weight: R[2, 2], bias: R[2] }
object Loss = R in [0, inf)
object Losses = Loss ^ 3
arrow move: Point -> Point given Move = std.affine
arrow bend: Point -> Point = std.sigmoid
arrow far: Point -> Loss = std.mean_of_squares
arrow measure = move >> bend >> far
arrow mean_of_squares(x: Point) -> Loss {
    means   y = sum i: x[i] * x[i]
    keeps   x
    reverse dx[i] = 2 * dy * x[i]
}`,
	"own equations": `
object Point = R[4]
object Loss = R in [0, inf)
object Gain = { rise: R[4], shift: R }
arrow stretch(x: Point) -> Point given Gain {
    means   y[i] = rise[i] * x[i] ^ 3 + shift
    keeps   x
    reverse dx[i] = 3 * dy[i] * rise[i] * x[i] ^ 2
            drise[i] = dy[i] * x[i] ^ 3
            dshift = sum i: dy[i]
}
arrow size(x: Point) -> Loss {
    means   y = sum i: x[i] * x[i]
    keeps   x
    reverse dx[i] = 2 * dy * x[i]
}
arrow measure = stretch >> size`,
}

func TestGradientOfComposites(t *testing.T) {
	for name, text := range composites {
		t.Run(name, func(t *testing.T) {
			text = strings.ReplaceAll(text, "std.mean_of_squares", "mean_of_squares")
			c := load(t, text)
			it, rnd := New(c), rand.New(rand.NewSource(3))
			d := arrow(t, c, "measure").Diagram
			var in []Value
			for _, w := range d.Ins {
				in = append(in, anyValue(d.TypeOf(w), rnd))
			}
			p := d.TypeOf(d.Given)
			given := anyValue(p, rnd)
			_, _, grad, err := it.Reverse(d, in, given, nil, []Value{Scalar(1)})
			require.NoError(t, err)
			flat, got := given.Flat(), grad.Flat()
			require.Len(t, got, len(flat))
			for i := range flat {
				at := func(x float64) float64 {
					moved := append([]float64(nil), flat...)
					moved[i] = x
					v, err := Unflat(p, moved)
					require.NoError(t, err)
					out, err := it.Run(d, in, v, nil)
					require.NoError(t, err)
					return out[0].Number()
				}
				const h = 1e-5
				require.InDelta(t, (at(flat[i]+h)-at(flat[i]-h))/(2*h), got[i], 1e-7*math.Max(1, math.Abs(got[i])))
			}
		})
	}
}

const learner = `
object Input = R[2]
object Output = R
object Loss = R in [0, inf)
object Neuron = { weight: R[2], bias: R }
arrow linear: Input -> Output given Neuron = std.affine
arrow far: Output * Output -> Loss = std.squared_error
arrow measure = linear * id >> far
`

// step runs an endo n times on one example and returns the parameters.
func step(t *testing.T, text string, n int) []float64 {
	c := load(t, learner+text)
	a := arrow(t, c, "step")
	s := Zero(a.State)
	if a.State.Object.State == "" {
		s, _ = Unflat(a.State, []float64{1, -1, 0.5})
	} else {
		s.Parts[0], _ = Unflat(a.State.Object.Of, []float64{1, -1, 0.5})
	}
	for range n {
		out, err := New(c).Run(a.Diagram, []Value{Tensor([]float64{0.5, 2}, 2), Scalar(1)}, s, nil)
		require.NoError(t, err)
		s = out[0]
	}
	if len(s.Parts) > 3 {
		require.Equal(t, float64(n), s.Parts[len(s.Parts)-1].Number(), "the count of steps")
	}
	if a.State.Object.State != "" {
		return s.Parts[0].Flat()
	}
	return s.Flat()
}

// The optimizers against their textbook forms, computed here once more.
func TestOptimizers(t *testing.T) {
	x, target := []float64{0.5, 2, 1}, 1.0
	decays := []float64{1, 1, 0}
	gradient := func(p []float64) []float64 {
		diff := p[0]*x[0] + p[1]*x[1] + p[2] - target
		return []float64{2 * diff * x[0], 2 * diff * x[1], 2 * diff}
	}
	run := func(n int, update func(k int, p, g []float64)) []float64 {
		p := []float64{1, -1, 0.5}
		for k := 1; k <= n; k++ {
			update(k, p, gradient(p))
		}
		return p
	}
	zeros := func() []float64 { return make([]float64, 3) }
	adam := func(decay float64) func(int, []float64, []float64) {
		m, v := zeros(), zeros()
		return func(k int, p, g []float64) {
			for i := range p {
				m[i] = 0.9*m[i] + 0.1*g[i]
				v[i] = 0.999*v[i] + 0.001*g[i]*g[i]
				mh, vh := m[i]/(1-math.Pow(0.9, float64(k))), v[i]/(1-math.Pow(0.999, float64(k)))
				p[i] -= 0.05*mh/(math.Sqrt(vh)+1e-8) + 0.05*decay*decays[i]*p[i]
			}
		}
	}
	velocity := zeros()
	for name, c := range map[string]struct {
		text string
		want []float64
	}{
		"sgd": {"endo step on Neuron = grad measure >> sgd(rate: 0.05, l2: 0.3)", run(5, func(_ int, p, g []float64) {
			for i := range p {
				p[i] -= 0.05 * (g[i] + 0.3*decays[i]*p[i])
			}
		})},
		"momentum": {"endo step on Momentum[Neuron] = grad measure >> momentum(rate: 0.05)", run(5, func(_ int, p, g []float64) {
			for i := range p {
				velocity[i] = 0.9*velocity[i] + g[i]
				p[i] -= 0.05 * velocity[i]
			}
		})},
		"adam":  {"endo step on Adam[Neuron] = grad measure >> adam(rate: 0.05)", run(5, adam(0))},
		"adamw": {"endo step on AdamW[Neuron] = grad measure >> adamw(rate: 0.05, decay: 0.1)", run(5, adam(0.1))},
	} {
		t.Run(name, func(t *testing.T) {
			got := step(t, c.text, 5)
			for i := range c.want {
				require.InDelta(t, c.want[i], got[i], 1e-12)
			}
		})
	}
}

// Five steps of each optimizer, and of clipped gradients, are PyTorch's; the
// settings in their names are those of testdata/optimizers.py.
func TestOptimizersAreThoseOfPyTorch(t *testing.T) {
	text, err := os.ReadFile("testdata/optimizers.json")
	require.NoError(t, err)
	var want map[string][]float64
	require.NoError(t, json.Unmarshal(text, &want))
	require.Len(t, want, 10)
	states := map[string]string{"momentum": "Momentum[Neuron]", "nesterov": "Momentum[Neuron]", "rmsprop": "RMSProp[Neuron]",
		"adagrad": "Adagrad[Neuron]", "adam": "Adam[Neuron]", "adamw": "AdamW[Neuron]"}
	for term, params := range want {
		name, _, _ := strings.Cut(term, "(")
		state := states[name]
		if state == "" {
			state = "Neuron"
		}
		got := step(t, fmt.Sprintf("endo step on %s = grad measure >> %s", state, term), 5)
		require.InDeltaSlice(t, params, got, 1e-12, term)
	}
}

func TestFieldOverridesDecay(t *testing.T) {
	c := load(t, strings.Replace(learner, "weight: R[2], bias: R }", "weight: R[2] nodecay, bias: R decay }", 1)+
		"endo step on Neuron = grad measure >> sgd(rate: 0.05, l2: 0.3)")
	require.Equal(t, map[string]float64{".weight": 0, ".bias": 1}, decaysOf(arrow(t, c, "step").Diagram))
}

// The planner holds the same numbers against the same specification.
func TestDecayOfParts(t *testing.T) {
	text, err := os.ReadFile("../golang/testdata/straight/decay.cat")
	require.NoError(t, err)
	c := load(t, string(text))
	for _, name := range []string{"step", "plunge", "roll", "scale", "settle"} {
		require.Equal(t, map[string]float64{
			".front.weight": 6, ".front.bias": 0.5, ".own.weight": 4, ".own.bias": 0, ".both.inner.weight": 0, ".both.inner.bias": 0,
			".both.outer.weight": 1.5, ".both.outer.bias": 0.125, ".shared.weight": 1, ".shared.bias": 0, ".plain.weight": 1, ".plain.bias": 0,
		}, decaysOf(arrow(t, c, name).Diagram), name)
	}
}

func TestOpenSettings(t *testing.T) {
	c := load(t, learner+"object Rate = R in (0, inf)\nendo step on Neuron given Rate = grad measure >> sgd")
	a := arrow(t, c, "step")
	s, err := Unflat(a.State, []float64{1, -1, 0.5})
	require.NoError(t, err)
	out, err := New(c).Run(a.Diagram, []Value{Tensor([]float64{0.5, 2}, 2), Scalar(1)}, s, []float64{0.1})
	require.NoError(t, err)
	require.InDeltaSlice(t, []float64{1.2, -0.2, 0.9}, out[0].Flat(), 1e-12)
	_, err = New(c).Run(a.Diagram, []Value{Tensor([]float64{0.5, 2}, 2), Scalar(1)}, s, nil)
	require.EqualError(t, err, "0 values for 1 settings")
}

func TestHandWrittenArrowIsRefusedByName(t *testing.T) {
	c := load(t, "object A\nobject B\nobject C\narrow squash: A -> B\narrow keep: B -> C = std.relabel\narrow both = squash >> keep")
	_, err := New(c).Run(arrow(t, c, "both").Diagram, []Value{Scalar(1)}, Value{}, nil)
	var hand *HandWritten
	require.True(t, errors.As(err, &hand))
	require.Equal(t, "squash", hand.Arrow.Name)
	require.Contains(t, err.Error(), "`squash`")
}

func TestWithoutReverseLines(t *testing.T) {
	c := load(t, `object A
arrow double(x: A) -> A { means y = 2 * x }`)
	_, _, _, err := New(c).Reverse(arrow(t, c, "double").Diagram, []Value{Scalar(1)}, Value{}, nil, []Value{Scalar(1)})
	require.ErrorContains(t, err, "`double` has no reverse lines")
}

// The gradient of a multilayer perceptron of the size of the examples takes
// milliseconds, so that tests may compare it often.
func TestGradientIsQuick(t *testing.T) {
	c := load(t, `
object Image = R[64]
object Hidden = R[64]
object Scores = R[10]
object Digit = Fin[10]
object Loss = R in [0, inf)
object First = { weight: R[64, 64], bias: R[64] }
object Second = { weight: R[10, 64], bias: R[10] }
arrow first_layer: Image -> Hidden given First = std.affine
arrow relu: Hidden -> Hidden = std.relu
arrow second_layer: Hidden -> Scores given Second = std.affine
arrow nll: Scores * Digit -> Loss = std.softmax_cross_entropy
arrow measure = (first_layer >> relu >> second_layer) * id >> nll
arrow gradient = grad measure`)
	a := arrow(t, c, "gradient")
	it, rnd := New(c), rand.New(rand.NewSource(1))
	in := []Value{anyValue(a.Dom.Factors()[0], rnd), Scalar(3)}
	given := anyValue(a.Given, rnd)
	best := time.Hour
	for range 5 {
		start := time.Now()
		out, err := it.Run(a.Diagram, in, given, nil)
		require.NoError(t, err)
		require.Len(t, out[0].Flat(), 64*64+64+640+10)
		best = min(best, time.Since(start))
	}
	t.Logf("%v", best)
	require.Less(t, best, 50*time.Millisecond)
}

func TestTangentDropsIndexLikeParts(t *testing.T) {
	rec := &category.Type{Kind: category.Record, Fields: []category.Field{
		{Name: "weight", Type: category.NewReal(2)},
		{Name: "count", Type: &category.Type{Kind: category.Int}},
		{Name: "bias", Type: category.NewReal()},
	}}
	v := Tuple(Tensor([]float64{1, 2}, 2), Scalar(7), Scalar(3))
	require.Equal(t, []float64{1, 2, 3}, tangentOf(v, rec).Flat())
}

// Narrow computes as float32 would where values pass from arrow to arrow.
func TestNarrowRounds(t *testing.T) {
	c := load(t, "object X\nobject Y\narrow part: X -> Y = std.scale(by: 0.3)\narrow back: Y -> X = std.scale(by: 1e9)\narrow both = part >> back")
	both := c.Arrows[2].Diagram
	in := []Value{Scalar(0.7)}
	third := float64(float32(0.3 * 0.7))
	for _, tt := range []struct {
		it          *Interp
		value, grad float64
	}{
		{New(c), 1e9 * (0.3 * 0.7), 0.3 * 1e9},
		{New(c).Narrow(), float64(float32(1e9 * third)), float64(float32(0.3 * 1e9))},
	} {
		out, din, _, err := tt.it.Reverse(both, in, Value{}, nil, []Value{Scalar(1)})
		require.NoError(t, err)
		require.Equal(t, tt.value, out[0].Number())
		require.InEpsilon(t, tt.grad, din[0].Number(), 1e-15)
	}
}
