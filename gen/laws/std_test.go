package laws

import (
	"cmp"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// differentiable lists the primitives of std that have reverse lines.
func differentiable(t *testing.T) []*category.PrimDecl {
	t.Helper()
	prims, _ := check.Std()
	var out []*category.PrimDecl
	for name, d := range prims {
		if len(d.Reverse) == 0 && !d.Moves() {
			counts := !slices.ContainsFunc(d.Ins, func(q category.Port) bool { return q.Kind == category.Real }) // nothing to differentiate by
			require.True(t, counts || d.State+d.Type != "" || d.Outs[0].Kind != category.Real, "%s can be differentiated, and has no reverse lines", name)
			continue
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b *category.PrimDecl) int { return cmp.Compare(a.Name, b.Name) })
	require.Greater(t, len(out), 20)
	return out
}

// Every reverse line of std is the derivative of its means lines, with a
// symmetric Hessian, at every shape.
func TestStandardArrowsOweTheirLaws(t *testing.T) {
	seeds := uint64(1)
	if os.Getenv("CTGEN_FULL") != "" {
		seeds = 10
	}
	for _, d := range differentiable(t) {
		for _, l := range owed {
			for seed := range seeds {
				worst, err := worstOf(l, d, shapes, seed, 4)
				require.NoError(t, err, "%s of %s", l.name, d.Name)
				require.LessOrEqual(t, worst.difference, l.within, "%s of %s: %s", l.name, d.Name, worst.fault)
			}
		}
	}
}

// The laws refute every spoilt reverse line of std. One that survives is an
// equivalent line, a shape that is never tried, or a law that is missing.
func TestStandardMutants(t *testing.T) {
	score := Mutants(differentiable(t), 1)
	t.Logf("%d of %d spoilt reverse lines refuted, by kind %v, by law %v", score.Killed, score.Mutants, score.Kinds, score.By)
	require.GreaterOrEqual(t, len(score.Kinds), 6)
	require.Greater(t, score.Mutants, 300)
	for _, m := range score.Survivors {
		t.Errorf("%s of %s survives: %s", m.Kind, m.Prim, m.Text)
	}
	require.Equal(t, score.Mutants, score.Killed)
	require.Zero(t, score.By[evaluation], "a change that cannot be computed proves nothing of a law")
}

// Two uses of which one reads the other's input are not the sum of two.
func TestSharingBites(t *testing.T) {
	prims, _ := check.Std()
	r := rng.New(1, "sharing")
	j := &subject{eval.New(&category.Category{}), alone(instance(prims["affine"], square, r))}
	m, err := j.sharingAt(&sampler{r: r, in: inside})
	require.NoError(t, err)
	require.LessOrEqual(t, m.difference, sharingWithin)
	m, err = j.sharingOf(&sampler{r: r, in: inside}, func(d *category.Diagram) *category.Diagram {
		both := twice(d)
		both.Nodes[1].In = both.Nodes[0].In
		return both
	})
	require.NoError(t, err)
	require.Greater(t, m.difference, 1e-3)
}

// Each law bites by itself: what it is there for is refuted by it alone.
func TestEachOwedLawBites(t *testing.T) {
	prims, _ := check.Std()
	tanh := prims["tanh"]
	for _, tt := range []struct {
		law  lawOwed
		kind string
	}{{owed[0], mutateScale}, {owed[1], mutateResidual}} {
		fails := 0
		decl := tanh
		if tt.law.name == "symmetry" {
			decl = prims["softmax"]
		}
		for _, m := range mutants(decl) {
			if m.Kind != tt.kind {
				continue
			}
			worst, err := worstOf(tt.law, m.decl, shapes, 1, 3)
			if err != nil || worst.difference > tt.law.within {
				fails++
			}
		}
		require.NotZero(t, fails, tt.law.name)
	}
}
