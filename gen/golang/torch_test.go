package golang_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/internal/torchvalues"
)

// TestCompiledAgreesWithTorch holds values, gradients and steps of compiled
// float32 against PyTorch's in float64, tensor by tensor.
func TestCompiledAgreesWithTorch(t *testing.T) {
	t.Parallel()
	groups, err := torchvalues.Load()
	require.NoError(t, err)
	sources := map[string]source{}
	for _, g := range groups {
		steps := slices.ContainsFunc(g.Cases, func(c *torchvalues.Case) bool { return c.Arrow.Endo })
		sources[g.Name] = source{text: g.Text, quick: true, lean: !steps}
	}
	p := compile(t, false, sources)
	for _, g := range groups {
		for _, c := range g.Cases {
			near := func(got, want []eval.Value, what string) {
				require.LessOrEqual(t, torchvalues.Apart(got, want), compiledTolerance, "%s of %s.%s", what, g.Name, c.Arrow.Name)
			}
			if c.Arrow.Endo {
				state := c.States[0].Flat()
				for i, in := range c.Inputs {
					args := append([][]float64{state}, flats(in)...)
					state = p.call(t, g.Name+"."+c.Arrow.Name, args)[0]
					near(values(t, [][]float64{state}, c.Arrow.State), c.States[i+1:i+2], "a step")
				}
				continue
			}
			args := flats(c.In)
			if !c.Arrow.Given.IsUnit() {
				args = append([][]float64{c.Given.Flat()}, args...)
			}
			out := p.call(t, g.Name+"."+c.Arrow.Name, args)[len(args):]
			near(values(t, out, c.Arrow.Cod.Factors()...), c.Out, "the values")
			if c.Slope == nil {
				continue
			}
			args = append([][]float64{c.Moving().Flat(), nil}, flats(c.PullIn())...)
			slopes := p.call(t, g.Name+"."+c.Slope.Name, args)[1:2]
			near(values(t, slopes, category.NewTangent(c.Pull.Given)), []eval.Value{c.Slopes()}, "the gradient")
		}
	}
}

// flats lists the numbers of each value.
func flats(values []eval.Value) (out [][]float64) {
	for _, v := range values {
		out = append(out, v.Flat())
	}
	return out
}

// values reads one value of each type from its numbers.
func values(t *testing.T, numbers [][]float64, types ...*category.Type) (out []eval.Value) {
	require.Len(t, numbers, len(types))
	for i, typ := range types {
		v, err := eval.Unflat(typ, numbers[i])
		require.NoError(t, err)
		out = append(out, v)
	}
	return out
}
