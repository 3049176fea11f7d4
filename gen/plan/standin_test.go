package plan_test

import (
	"math"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

const fusedSpec = `
object Input       = R[2]
object Logit       = R
object Probability = R in [0, 1]
object Target      = R in {0, 1}
object Loss        = R in [0, inf)
object Rate        = R in (0, inf)
object Neuron      = { weight: R[2], bias: R }
arrow affine:  Input -> Logit given Neuron  = std.affine
arrow sigmoid: Logit -> Probability         = std.sigmoid
arrow bce:     Probability * Target -> Loss = std.binary_cross_entropy
arrow fused:   Input -> Probability given Neuron = hand implements affine >> sigmoid within 1e-6
arrow measure = fused * id >> bce
endo step on Neuron given Rate = grad measure >> sgd(l2: 0.1)
`

var fusedHands = map[string]hand{"fused": {
	func(in, g [][]float64) [][]float64 {
		return [][]float64{{1 / (1 + math.Exp(-g[0][0]*in[0][0]-g[0][1]*in[0][1]-g[1][0]))}}
	},
	func(in, g, out, dout, dg [][]float64) [][]float64 {
		dz := dout[0][0] * out[0][0] * (1 - out[0][0])
		dg[0][0] += dz * in[0][0]
		dg[0][1] += dz * in[0][1]
		dg[1][0] += dz
		return [][]float64{{dz * g[0][0], dz * g[0][1]}}
	},
}}

// standing is c with Go that stands in for fused.
func standing(t *testing.T, c *category.Category, reverse bool) *category.Category {
	with := *c
	with.StandIns = map[*category.Arrow]category.StandIn{arrow(t, c, "fused"): {Reverse: reverse}}
	return &with
}

func kindsOf(p *plan.Plan) map[plan.OpKind]int {
	count := map[plan.OpKind]int{}
	for _, op := range p.Ops {
		count[op.Kind]++
	}
	return count
}

// Without anything that stands in, the arrow is its composition.
func TestImplementationUnfolds(t *testing.T) {
	c := checked(t, "fused.cat", fusedSpec)
	p, err := plan.NewForward(c, "fused", arrow(t, c, "fused").Use(), plan.Declared)
	require.NoError(t, err)
	require.True(t, p.Generic)
	require.Zero(t, kindsOf(p)[plan.Hand])
}

func TestStandInForward(t *testing.T) {
	c := checked(t, "fused.cat", fusedSpec)
	for _, name := range []string{"fused", "measure"} {
		d := arrow(t, c, name).Use()
		for _, layout := range []plan.Layout{plan.Declared, plan.Stored} {
			p, err := plan.NewForward(standing(t, c, false), name, d, layout)
			require.NoError(t, err)
			require.Equal(t, 1, kindsOf(p)[plan.Hand])
			require.Equal(t, []*category.Arrow{arrow(t, c, "fused")}, p.Hand)
			args := draw(rand.New(rand.NewSource(1)), p, 3)
			execute(p, 3, args, fusedHands)
			out := args[len(args)-1]
			for e := range 3 {
				ins, given := example(p, args, e, 3)
				require.InDelta(t, direct(d, ins, given, nil, nil, nil)[0][0][0], out[e], 1e-9, name)
			}
		}
	}
}

// A gradient uses the Go only where its reverse is there: the composition's
// needs the composition's forward pass, and one forward pass is enough.
func TestStandInUnderGrad(t *testing.T) {
	c := checked(t, "fused.cat", fusedSpec)
	d := arrow(t, c, "measure").Diagram
	r := rand.New(rand.NewSource(1))

	p, err := plan.NewGradient(standing(t, c, false), "measure", d)
	require.NoError(t, err)
	require.True(t, p.Generic)
	require.Zero(t, kindsOf(p)[plan.Hand]+kindsOf(p)[plan.HandReverse])
	requireGradient(t, standing(t, c, false), d, 3, r, nil, "composition")

	p, err = plan.NewGradient(standing(t, c, true), "measure", d)
	require.NoError(t, err)
	require.Equal(t, []int{1, 1}, []int{kindsOf(p)[plan.Hand], kindsOf(p)[plan.HandReverse]})
	requireGradient(t, standing(t, c, true), d, 3, r, fusedHands, "by hand")
}

// Who computes an arrow changes neither how parameters start nor which of
// them decay.
func TestStandInLeavesSlotsAlone(t *testing.T) {
	c := checked(t, "fused.cat", fusedSpec)
	by := standing(t, c, true)
	step := arrow(t, c, "step")
	want, err := plan.Slots(c, step.Diagram)
	require.NoError(t, err)
	got, err := plan.Slots(by, step.Diagram)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, []float64{1, 0}, []float64{got[0].Decay, got[1].Decay})

	decays := func(c *category.Category) []float64 {
		p, err := plan.NewStep(c, step, plan.Declared)
		require.NoError(t, err)
		var all []float64
		for _, op := range p.Ops {
			if op.Kind == plan.LeafStep {
				all = append(all, op.Settings[len(op.Settings)-1].Const)
			}
		}
		return all
	}
	require.Equal(t, []float64{1, 0}, decays(c))
	require.Equal(t, decays(c), decays(by))
}
