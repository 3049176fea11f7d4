package generated_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/next_token"
	"github.com/ctgen-lang/ctgen/generated/residual"
	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
)

// The gradient of an instance is the slope of its loss, by each parameter: of
// a plain model, of one whose parameters are a power, and of one on lists.
func TestGradientIsTheSlopeOfTheLoss(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	reals := func(object string, n, width int) data.Values {
		v := data.Values{Object: object, Kind: data.Real, Width: width, Real: make([]float32, n*width)}
		for i := range v.Real {
			v.Real[i] = r.Float32()
		}
		return v
	}
	classes := func(object string, n, of int) data.Values {
		v := data.Values{Object: object, Kind: data.Fin, Width: 1, Fin: make([]int32, n)}
		for i := range v.Fin {
			v.Fin[i] = r.Int32N(int32(of))
		}
		return v
	}
	diagnoses := reals("Diagnosis", 9, 1)
	for i := range diagnoses.Real {
		diagnoses.Real[i] = float32(i % 2)
	}
	list := classes("Token", 12, 5)
	list.Starts = []int{0, 12}
	for name, c := range map[string]struct {
		program *train.Program
		batch   data.Batch
	}{
		"wdbc":       {wdbc.FitProgram(), data.Batch{N: 9, Factors: []data.Values{reals("Features", 9, 30), diagnoses}}},
		"residual":   {residual.FitProgram(), data.Batch{N: 9, Factors: []data.Values{reals("Image", 9, 64), classes("Digit", 9, 10)}}},
		"next_token": {next_token.FitProgram(), data.Batch{N: 1, Factors: []data.Values{list}}},
	} {
		in, err := c.program.New(12, 1)
		require.NoError(t, err)
		in.Init(1)
		gradient := in.(train.Differentiable).Gradient(&c.batch)
		byName := map[string][]float32{}
		greatest := 0.0
		for _, g := range gradient {
			byName[g.Name] = g.F32
			for _, v := range g.F32 {
				greatest = max(greatest, math.Abs(float64(v)))
			}
		}
		require.Positive(t, greatest, name)
		checked := 0
		for _, p := range in.Tensors() {
			if len(p.Name) < len(c.program.Params) || p.Name[:len(c.program.Params)] != c.program.Params {
				continue
			}
			g, ok := byName[p.Name[len(c.program.Params):]]
			require.True(t, ok, "%s: %s", name, p.Name)
			require.Len(t, g, len(p.F32))
			for k := 0; k < len(g); k += 1 + len(g)/7 {
				const h = 1e-2
				at := p.F32[k]
				slope := 0.0
				for _, way := range []float32{1, -1} {
					p.F32[k] = at + way*h
					in.Changed()
					slope += float64(way) * float64(in.Loss(&c.batch)) / (2 * h)
				}
				p.F32[k] = at
				in.Changed()
				require.InDelta(t, slope, g[k], 1e-4+5e-3*greatest, "%s: %s[%d]", name, p.Name, k)
				checked++
			}
		}
		require.Greater(t, checked, 6, name)
	}
}
