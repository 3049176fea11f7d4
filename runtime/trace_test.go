package runtime_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

var nan = float32(math.NaN())

func operands(object string, set runtime.Set, v ...float32) []runtime.Operand {
	if len(v) == 1 {
		return []runtime.Operand{runtime.RealOperand(object, set, v)}
	}
	return []runtime.Operand{runtime.RealOperand(object, set, v, len(v))}
}

func nothing() {}

// TestArrowErrors reads what is said of operands of all kinds.
func TestArrowErrors(t *testing.T) {
	text, long := "a \"word\"", strings.Repeat("ä", 60)
	unit := runtime.Interval{Low: 0, High: 1}
	for _, tt := range []struct {
		title   string
		in, out []runtime.Operand
		want    string
	}{
		{"a scalar", operands("Logit", nil, 2), operands("Chance", unit, 1.5), "f (a.cat:3): Chance: 1.5 is not in [0, 1]; given Logit = 2"},
		{"not finite", operands("Logit", nil, 2), operands("Score", nil, nan), "f (a.cat:3): Score: NaN is not a number of R; given Logit = 2"},
		{"nothing read", nil, operands("Score", nil, float32(math.Inf(-1))), "f (a.cat:3): Score: -inf is not a number of R"},
		{"an element", operands("X", nil, 1, 2, 3), operands("Y", unit, 0, 2, 0), "f (a.cat:3): Y: 2 at 1 is not in [0, 1]; given X = [1, 2, 3]"},
		{
			"the element that it comes from", operands("X", nil, 1, 2, 3, 4, 5, 6, 7, 8), operands("Y", unit, 0, 0, 0, 0, 0, 0, 0, 8),
			"f (a.cat:3): Y: 8 at 7 is not in [0, 1]; given X = [1, 2, 3, 4, 5, 6, … 8 in all], 8 at 7",
		},
		{
			"a distribution as a whole", operands("X", nil, 1, 2), []runtime.Operand{runtime.RealOperand("P", runtime.Simplex{Axis: 2}, []float32{0.5, 0.25}, 2)},
			"f (a.cat:3): P: sum 0.75 is not 1, so it is not in simplex; given X = [1, 2]",
		},
		{
			"a class", []runtime.Operand{runtime.IntOperand("N", []int64{7}), runtime.BoolOperand("On", []bool{true, false}, 2)},
			[]runtime.Operand{runtime.ClassOperand("Digit", 10, []int32{3, 10}, 2)},
			"f (a.cat:3): Digit: 10 at 1 is not in 0..9; given N = 7, On = [true, false]",
		},
		{
			"texts", []runtime.Operand{runtime.TextOperand("Word", &text), runtime.TextOperand("Page", &long)}, operands("Score", nil, nan),
			"f (a.cat:3): Score: NaN is not a number of R; given Word = \"a \\\"word\\\"\", Page = \"" + strings.Repeat("ä", 40) + "\"…",
		},
		{
			"records", []runtime.Operand{runtime.RecordOperand("Neuron", runtime.RealOperand("Neuron.weight", nil, []float32{1, 2}, 2), runtime.ClassOperand("Neuron.kind", 3, []int32{1}))},
			[]runtime.Operand{runtime.RecordOperand("Pair", runtime.RealOperand("Pair.a", nil, []float32{1}), runtime.RealOperand("Pair.b", unit, []float32{-1}))},
			"f (a.cat:3): Pair.b: -1 is not in [0, 1]; given Neuron.weight = [1, 2], Neuron.kind = 1",
		},
		{"what came in", operands("X", unit, 0, 3), operands("Y", nil, nan), "given to f (a.cat:3): X: 3 at 1 is not in [0, 1]"},
	} {
		t.Run(tt.title, func(t *testing.T) {
			var none *runtime.Trace
			require.EqualError(t, none.Arrow("f", "a.cat:3", tt.in, tt.out, nothing), tt.want)
			require.EqualError(t, new(runtime.Trace).Composite("f", "a.cat:3", tt.in, tt.out, func(*runtime.Trace) error { return nil }), tt.want)
		})
	}
}

// The outermost arrow answers for its input, an inner one for what it makes.
func TestBlame(t *testing.T) {
	var trace runtime.Trace
	run := func(bad func(t *runtime.Trace) error) error {
		return trace.Composite("g", "a.cat:9", operands("X", nil, 1), nil, func(t *runtime.Trace) error {
			return t.Composite("f", "a.cat:8", operands("X", nil, nan), nil, bad)
		})
	}
	err := run(func(t *runtime.Trace) error {
		return t.Use("as late").Round(1).Arrow("e", "a.cat:7", operands("X", nil, nan), operands("Y", nil, nan), nothing)
	})
	var e *runtime.ArrowError
	require.ErrorAs(t, err, &e)
	require.Equal(t, "e as late, repetition 2", e.Arrow)
	require.Equal(t, []string{"f (a.cat:8)", "g (a.cat:9)"}, e.Path)
	require.Equal(t, []string{"X = NaN"}, e.Given)
	require.False(t, e.Input)
	var set *runtime.SetError
	require.ErrorAs(t, err, &set)

	// The label was used up, and the stack is empty again.
	require.NoError(t, run(func(*runtime.Trace) error { return nil }))
	own := errors.New("own")
	require.Equal(t, own, run(func(*runtime.Trace) error { return own }))
	require.EqualError(t, trace.Arrow("e", "a.cat:7", operands("X", nil, nan), nil, nothing), "given to e (a.cat:7): X: NaN is not a number of R")

	// So it is after a panic.
	require.Panics(t, func() { _ = run(func(*runtime.Trace) error { panic("unwritten") }) })
	require.EqualError(t, trace.Arrow("e", "a.cat:7", operands("X", nil, nan), nil, nothing), "given to e (a.cat:7): X: NaN is not a number of R")
}

// Steps count from 1, examples by their index; outside of a trainer there is
// neither.
func TestBlameInTraining(t *testing.T) {
	var trace runtime.Trace
	bad := func() error { return trace.Arrow("e", "a.cat:7", nil, operands("Y", nil, nan), nothing) }
	trace.At(3, 0)
	require.ErrorContains(t, bad(), "; step 3, example 0 of its batch")
	trace.At(3, -1)
	require.EqualError(t, trace.Look("sgd", "a.cat:9", operands("rate", nil, 2), operands("W", nil, nan)), "sgd (a.cat:9): W: NaN is not a number of R; given rate = 2; step 3")
	require.NoError(t, trace.Look("sgd", "a.cat:9", operands("rate", nil, 2), operands("W", nil, 1)))
	trace.At(0, -1)
	require.NotContains(t, bad().Error(), "step")
	(*runtime.Trace)(nil).At(1, 1)
	require.Nil(t, (*runtime.Trace)(nil).Use("#2").Round(1))
	require.NotContains(t, trace.String(), "sgd")
}
