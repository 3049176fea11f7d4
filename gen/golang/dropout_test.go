package golang_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

// dropSpec drops in a row, in a repetition, in a map, and twice by one count.
const dropSpec = `
object X = R[6]
object H = R[5]
object Y = R[3]
object D = Fin[3]
object L = R in [0, inf)
object A = { weight: R[5, 6], bias: R[5] }
object M = { weight: R[5, 5], bias: R[5] }
object B = { weight: R[3, 5], bias: R[3] }
object Noise = { count: Int }
arrow up: X -> H given A = std.affine
arrow mid: H -> H given M = std.affine
arrow on: H -> Y given B = std.affine
arrow rest: H -> H given Noise = std.dropout(rate: 0.3)
arrow bend: H -> H = std.tanh
arrow nll: Y * D -> L = std.softmax_cross_entropy
arrow predict: X -> Y given Net = up >> bend >> rest >> repeat[2] (mid >> bend >> (rest as within)) >> share ((rest as again) >> mid >> bend >> (rest as again)) >> on
arrow measure = predict * id >> nll
arrow slope = grad measure
endo step on Adam[Net] = grad measure >> adam(rate: 0.01, epsilon: 0.01)
endo plain on Net = grad measure >> sgd(rate: 0.1)
`

// Each example of a batch drops what the interpreter drops for it, whoever
// computes which part of the batch; outside training nothing is dropped.
func TestDropoutByExample(t *testing.T) {
	c := load(t, "drops.cat", dropSpec)
	var rest *category.Arrow
	for _, a := range c.Arrows {
		if a.Name == "rest" {
			rest = a
		}
	}
	const n, s, rate = 40, 5, 0.3
	x, count := make([]float64, n*s), []int64{1 << 47}
	for i := range x {
		x[i] = float64(i + 1)
	}
	y, keep := make([]float64, n*s), make([]float64, n*s)
	kernel.Dropout(y, keep, x, count, n, s, rate, 0)
	part, partKeep := make([]float64, 7*s), make([]float64, 7*s)
	kernel.Dropout(part, partKeep, x[20*s:], count, 7, s, rate, 20)
	require.Equal(t, y[20*s:27*s], part)
	dropped := 0
	for k := range n {
		it := eval.New(c)
		in, given := []eval.Value{eval.Tensor(x[k*s:k*s+s], s)}, eval.Tuple(eval.Scalar(float64(count[0])))
		out, err := it.Run(rest.Diagram, in, given, nil)
		require.NoError(t, err)
		require.Equal(t, x[k*s:k*s+s], out[0].Flat())
		it.Training, it.Example = true, k
		out, err = it.Run(rest.Diagram, in, given, nil)
		require.NoError(t, err)
		require.InDeltaSlice(t, y[k*s:k*s+s], out[0].Flat(), 1e-12)
		for _, v := range out[0].Flat() {
			if v == 0 {
				dropped++
			}
		}
	}
	require.InDelta(t, rate*n*s, dropped, 20)
}

// Compiled Go drops what the interpreter drops: in predictions nothing, in
// gradients and steps, checked or not, the same elements.
func TestDropoutCompiled(t *testing.T) {
	t.Parallel()
	p := compile(t, false, map[string]source{"drops": {text: "category drops\n" + dropSpec}})
	p.requireAgreement(t, "drops", 5)
}

// A step moves every count on by one, and nothing else does.
func TestStepsMoveCountsOn(t *testing.T) {
	c := load(t, "drops.cat", dropSpec)
	for _, a := range c.Arrows {
		if !a.Endo {
			continue
		}
		state := eval.Zero(a.State)
		out, err := eval.New(c).Run(a.Diagram, []eval.Value{eval.Zero(a.Dom.Factors()[0]), eval.Scalar(1)}, state, nil)
		require.NoError(t, err)
		counts := 0
		for _, l := range a.State.Leaves() {
			if l.Kind == category.Int {
				counts += l.Size()
			}
		}
		ones := 0
		for _, v := range out[0].Flat() {
			if v == 1 {
				ones++
			}
		}
		require.Equal(t, counts, ones, a.Name)
	}
}
