package plan_test

import (
	"math"
	"math/rand"
	"slices"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/stretchr/testify/require"
)

// turned gives the arguments of the declared plan the order in which the
// stored plan p has them, or, with back, the reverse.
func turned(p *plan.Plan, args [][]float64, back bool) [][]float64 {
	out := clone(args)
	for i, a := range p.Args {
		t := a.Turn
		if t == (plan.Turn{}) {
			continue
		}
		if back {
			t.Rows, t.Cols = t.Cols, t.Rows
		}
		for at := 0; at < len(out[i]); at += t.Rows * t.Cols {
			for r := range t.Rows {
				for c := range t.Cols {
					out[i][at+c*t.Rows+r] = args[i][at+r*t.Cols+c]
				}
			}
		}
	}
	return out
}

func turns(p *plan.Plan) (n int) {
	for _, a := range p.Args {
		if a.Turn != (plan.Turn{}) {
			n++
		}
	}
	return n
}

func requireClose(t *testing.T, want, got [][]float64, what string) {
	t.Helper()
	for i := range want {
		for k := range want[i] {
			require.InDelta(t, want[i][k], got[i][k], 1e-9*math.Max(1, math.Abs(want[i][k])), "%s argument %d element %d", what, i, k)
		}
	}
}

// A step on stored parameters is the step on declared ones: the same state in
// another order, the same loss.
func TestStoredStepsAreSteps(t *testing.T) {
	for spec, steps := range map[string][]string{stepSpec: {"plain", "open", "heavy", "clever", "decoupled", "cut", "short"}, tiedSpec: {"tied", "swept"}} {
		requireStoredSteps(t, spec, steps)
	}
}

// tiedSpec uses one weight twice, so that its derivative has two parts.
const tiedSpec = `
object H = R[4]
object L = R in [0, inf)
object W = { weight: R[4, 4], bias: R[4] }
arrow turn: H -> H given W = std.affine
arrow tanh: H -> H = std.tanh
arrow apart: H * H -> L = std.squared_distance
arrow cycle: H -> H given W = share (turn >> tanh >> turn >> tanh)
arrow loss = cycle * id >> apart
endo tied on W = grad loss >> sgd(rate: 0.1, l2: 0.3)
endo swept on Adam[W] = grad loss >> adam(rate: 0.1)
`

func requireStoredSteps(t *testing.T, spec string, steps []string) {
	t.Helper()
	c := checked(t, "net.cat", spec)
	for _, name := range steps {
		declared, err := plan.NewStep(c, arrow(t, c, name), plan.Declared)
		require.NoError(t, err)
		stored, err := plan.NewStep(c, arrow(t, c, name), plan.Stored)
		require.NoError(t, err)
		requireSound(t, stored)
		require.Zero(t, turns(declared))
		require.NotZero(t, turns(stored), text(stored))
		for n := range 4 {
			args := draw(rand.New(rand.NewSource(int64(n))), declared, n+1)
			for i, a := range declared.Args {
				if a.Role == plan.StateArg && len(a.Leaf.Path) > 0 && a.Leaf.Path[0] == "variance" {
					for k := range args[i] {
						args[i][k] = math.Abs(args[i][k])
					}
				}
			}
			other := turned(stored, args, false)
			require.InDelta(t, execute(declared, n+1, args, nil), execute(stored, n+1, other, nil), 1e-12)
			requireClose(t, args, turned(stored, other, true), name)
		}
	}
}

// Gradient descent stores no gradient of what a kernel can move itself.
func TestGradientDescentMovesParametersInPlace(t *testing.T) {
	c := checked(t, "net.cat", stepSpec)
	p, err := plan.NewStep(c, arrow(t, c, "plain"), plan.Stored)
	require.NoError(t, err)
	require.Zero(t, count(p, plan.LeafStep), text(p))
	keep := 0
	for _, op := range p.Ops {
		if op.Add != nil {
			by, ok := op.Add.By.Number()
			require.True(t, ok)
			require.Equal(t, -0.1, by)
			if k, ok := op.Add.Keep.Number(); ok && k != 1 {
				require.InDelta(t, 1-0.1*0.5, k, 1e-15, "weights shrink")
				keep++
			}
		}
	}
	require.Equal(t, 2, keep)
	p, err = plan.NewStep(c, arrow(t, c, "clever"), plan.Stored)
	require.NoError(t, err)
	require.NotZero(t, count(p, plan.LeafStep), "adam is not linear")
}

// A parameter that some arrow reads as declared stays so for all.
func TestWhatIsReadAsDeclaredStaysSo(t *testing.T) {
	c := checked(t, "tied.cat", `
object Input = R[9]
object Code  = R[3]
object Weight = R[3, 9]
object Down  = { weight: Weight, bias: R[3] }
object Up    = { weight: Weight, bias: R[9] }
object Loss
arrow encode: Input -> Code given Down = std.affine
arrow decode: Code -> Input given Up   = std.affine_transposed
arrow rebuild(x: Input) -> Input given (w: Weight, up: R[9], down: R[3]) {
    decode(encode(x given { weight: w, bias: down }) given { weight: w, bias: up })
}
arrow far: Input * Input -> Loss = std.squared_distance
arrow measure(x: Input) -> Loss given All { far(rebuild(x), x) }
endo step on All = grad measure >> sgd(rate: 0.1)
`)
	p, err := plan.NewStep(c, arrow(t, c, "step"), plan.Stored)
	require.NoError(t, err)
	require.Zero(t, turns(p), text(p))
}

// Whatever the diagram, both layouts compute the same.
func TestStoredPlansAgreeOnRandomDiagrams(t *testing.T) {
	c, decls := stdDecls(t)
	seen := 0
	for seed := range rounds(80) {
		r := rand.New(rand.NewSource(int64(seed)))
		d := randomDiagram(t, r, decls)
		declared, err := plan.NewForward(c, "f", d, plan.Declared)
		require.NoError(t, err)
		stored, err := plan.NewForward(c, "f", d, plan.Stored)
		require.NoError(t, err)
		requireSound(t, stored)
		seen += turns(stored)
		args := draw(r, declared, 3)
		other := turned(stored, args, false)
		execute(declared, 3, args, nil)
		execute(stored, 3, other, nil)
		requireClose(t, args, turned(stored, other, true), text(stored))
	}
	require.NotZero(t, seen)
}

// A result may stand where an operand stood only if it is read element by
// element; the statement itself may then read nothing else there.
func TestInPlace(t *testing.T) {
	c := checked(t, "net.cat", stepSpec)
	p, err := plan.NewStep(c, arrow(t, c, "plain"), plan.Stored)
	require.NoError(t, err)
	requirePointwise(t, p)
	// A layer as wide as its input, which nobody needs afterwards.
	c = checked(t, "tied.cat", tiedSpec)
	p, err = plan.NewForward(c, "cycle", arrow(t, c, "cycle").Diagram, plan.Stored)
	require.NoError(t, err)
	requirePointwise(t, p)
}

func requirePointwise(t *testing.T, p *plan.Plan) {
	t.Helper()
	place := func(id plan.ValueID) (plan.Extent, bool) {
		v := &p.Values[id]
		return v.Offset, v.Store == plan.WorkStore
	}
	found := 0
	for _, op := range p.Ops {
		for _, out := range op.Out {
			for _, in := range op.In {
				a, okA := place(out)
				b, okB := place(in)
				if !okA || !okB || a != b || in == out {
					continue
				}
				found++
				lines := op.Prim.Decl.Means
				if op.Kind == plan.Reverse {
					lines = slices.DeleteFunc(slices.Clone(op.Prim.Decl.Reverse), func(e category.Equation) bool { return e.Target != op.Line })
				}
				require.Len(t, lines, 1)
				category.Walk(lines[0].Expr, func(e category.Expr) {
					_, sum := e.(*category.Reduce)
					require.False(t, sum, "%s in place", op.Callee())
				})
			}
		}
	}
	require.NotZero(t, found, text(p))
}
