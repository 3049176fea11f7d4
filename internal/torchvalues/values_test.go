package torchvalues

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/gen/eval"
)

// interpretedWithin is how far the interpreter may be from PyTorch, relative
// to the norm of each tensor; both compute in float64.
const interpretedWithin = 1e-9

// absent are the standard arrows that no case reaches, and why.
var absent = map[string]string{
	"relabel":      "it is the identity",
	"mean[List]":   "lists have no case: generated/next_token_test.go holds it",
	"sum[List]":    "lists have no case",
	"append[List]": "indices alone, which have no gradient; its laws are those of specs/traces.cat",
	"empty":        "it has no input",
	"dropout":      "its masks are its own; gen/golang holds them against the interpreter",
}

// TestInterpreterAgrees holds values, gradients and steps as the interpreter
// computes them against PyTorch's.
func TestInterpreterAgrees(t *testing.T) {
	groups, err := Load()
	require.NoError(t, err)
	require.NotEmpty(t, groups)
	for _, g := range groups {
		it := eval.New(g.Category)
		for _, c := range g.Cases {
			t.Run(g.Name+"/"+c.Arrow.Name, func(t *testing.T) {
				if c.Arrow.Endo {
					requireSteps(t, it, c)
					return
				}
				out, err := it.Run(c.Arrow.Diagram, c.In, c.Given, nil)
				require.NoError(t, err)
				require.LessOrEqual(t, Apart(out, c.Out), interpretedWithin, "values")
				if c.Slope == nil {
					return
				}
				_, din, dgiven, err := it.Reverse(c.Arrow.Diagram, c.In, c.Given, nil, c.Cotangent)
				require.NoError(t, err)
				got, want := c.moving(c.moved(din), dgiven), c.Slopes()
				require.LessOrEqual(t, Apart([]eval.Value{got}, []eval.Value{want}), interpretedWithin, "gradients")
				slope, err := it.Run(c.Slope.Diagram, c.PullIn(), c.Moving(), nil)
				require.NoError(t, err)
				require.LessOrEqual(t, Apart(slope, []eval.Value{want}), interpretedWithin, "the pull")
			})
		}
	}
}

func requireSteps(t *testing.T, it *eval.Interp, c *Case) {
	if c.Batches != nil {
		requireBatches(t, it, c)
		return
	}
	require.Len(t, c.States, len(c.Inputs)+1)
	require.Greater(t, len(c.Inputs), 1)
	state := c.States[0]
	for i, in := range c.Inputs {
		out, err := it.Run(c.Arrow.Diagram, in, state, nil)
		require.NoError(t, err)
		require.LessOrEqual(t, Apart(out, c.States[i+1:i+2]), interpretedWithin, "after step %d", i+1)
		state = out[0]
	}
}

// requireBatches holds steps on batches, whose examples all know the new state.
func requireBatches(t *testing.T, it *eval.Interp, c *Case) {
	require.Len(t, c.States, len(c.Batches)+1)
	require.Greater(t, len(c.Batches), 1)
	state := c.States[0]
	for i, batch := range c.Batches {
		outs, err := it.RunBatch(c.Arrow.Diagram, batch, state, nil)
		require.NoError(t, err)
		for _, out := range outs {
			require.LessOrEqual(t, Apart(out, c.States[i+1:i+2]), interpretedWithin, "after step %d", i+1)
		}
		state = outs[0][0]
	}
}

// TestStandardArrowsHaveCases lists what no case reaches: each standard arrow
// is held against PyTorch, or it is said why not.
func TestStandardArrowsHaveCases(t *testing.T) {
	groups, err := Load()
	require.NoError(t, err)
	reached := map[string]bool{}
	for _, g := range groups {
		for _, c := range g.Cases {
			reach(reached, c.Arrow.Diagram)
		}
	}
	prims, _ := check.Std()
	for _, name := range slices.Sorted(maps.Keys(prims)) {
		if prims[name].Moves() {
			continue // objects, whole: no number is computed
		}
		if absent[name] == "" {
			require.True(t, reached[name], "std.%s has no case: add one to cases, or say in absent why there is none", name)
		} else {
			require.False(t, reached[name], "std.%s has a case", name)
		}
	}
	for name := range absent {
		require.Contains(t, prims, name)
	}
}

// reach notes the standard arrows that a diagram applies.
func reach(reached map[string]bool, d *category.Diagram) {
	for _, n := range d.Nodes {
		switch op := n.Op.(type) {
		case *category.Apply:
			reached[op.Prim.Decl.Name] = reached[op.Prim.Decl.Name] || op.Prim.Decl.Std
		case *category.Call:
			reach(reached, op.Arrow.Diagram)
		case *category.Grad:
			reach(reached, op.Body)
		case *category.Map:
			reach(reached, op.Body)
		case *category.Repeat:
			reach(reached, op.Body)
		}
	}
}

func TestApart(t *testing.T) {
	of := func(v ...float64) eval.Value { return eval.Tensor(v, len(v)) }
	for _, tt := range []struct {
		name      string
		got, want []eval.Value
		apart     float64
	}{
		{"equal", []eval.Value{of(3, 4)}, []eval.Value{of(3, 4)}, 0},
		{"by its own norm", []eval.Value{of(300, 400), of(3, 5)}, []eval.Value{of(300, 400), of(3, 4)}, 0.2},
		{"what vanishes, by all", []eval.Value{of(3, 4), of(1)}, []eval.Value{of(3, 4), of(1e-17)}, 0.2},
		{"not a number", []eval.Value{of(math.NaN())}, []eval.Value{of(1)}, math.Inf(1)},
		{"too many", []eval.Value{of(1, 2)}, []eval.Value{of(1)}, math.Inf(1)},
		{"one is missing", []eval.Value{of(1)}, []eval.Value{of(1), of(2)}, math.Inf(1)},
		{"zeros", []eval.Value{of(0)}, []eval.Value{of(0)}, 0},
		{"inside", []eval.Value{eval.Tuple(of(1), of(2))}, []eval.Value{eval.Tuple(of(1), of(1))}, 1},
	} {
		require.InDelta(t, 1/(1+tt.apart), 1/(1+Apart(tt.got, tt.want)), 1e-12, tt.name)
	}
}
