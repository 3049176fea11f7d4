package plan_test

import (
	"math"
	"math/rand"
	"testing"

	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/stretchr/testify/require"
)

// executeParts executes a parted plan on n examples, at most size at a time,
// in one workspace that has room for those.
func executeParts(p *plan.Plan, n, size int, args [][]float64) (loss float64) {
	m := newMachine(p, size, args)
	m.batch = n
	keep := []float64{0}
	m.args[p.Keep] = keep
	for from := 0; from < n; from += size {
		to := min(from+size, n)
		m.n, m.last = to-from, to == n
		for i, a := range p.Args {
			if v := &p.Values[a.Value]; v.Batched {
				m.args[a.Value] = args[i][from*v.Size() : to*v.Size()]
			}
		}
		loss += m.run() * float64(to-from) / float64(n)
		keep[0] = 1
	}
	return loss
}

// partSpec makes a gradient whose lines cannot add, and one that two uses
// contribute to, in ranges and as a whole.
const partSpec = netSpec + `
object S = R[3]
object N = { weight: R[3, 3], bias: R[3] }
object K = { scale: R[3] }
arrow own: S -> S given K {
    means    y[i] = scale[i] * x[i]
    keeps    x
    reverse  dx[i] = scale[i] * dy[i]
             dscale[i] = x[i] * dy[i]
}
arrow turn: S -> S given N = std.affine
arrow bend: S -> S = std.tanh
arrow far: S * S -> L = std.squared_distance
arrow model: S -> S given Model = own >> share (turn >> bend >> turn) >> repeat[2] (turn as deep) >> bend
arrow measure = model * id >> far
endo plain on Model = grad measure >> sgd(rate: 0.1, l2: 0.5)
endo heavy on Adam[Model] = grad measure >> clip_norm(at: 0.5) >> adam(rate: 0.1)
endo cut on Momentum[Model] = grad measure >> clip(at: 0.1) >> momentum(rate: 0.1)
`

// The parts of a batch, however large, add up to the step by the whole of it:
// the same loss, the same next state.
func TestPartsAddUp(t *testing.T) {
	for spec, steps := range map[string][]string{
		stepSpec: {"plain", "open", "heavy", "clever", "decoupled", "cut", "short"},
		tiedSpec: {"tied", "swept"},
		partSpec: {"plain", "heavy", "cut"},
	} {
		c := checked(t, "net.cat", spec)
		for _, name := range steps {
			declared, err := plan.NewStep(c, arrow(t, c, name), plan.Declared)
			require.NoError(t, err)
			parted, err := plan.NewStep(c, arrow(t, c, name), plan.Parted)
			require.NoError(t, err)
			require.NotEqual(t, plan.NoValue, parted.Keep)
			requireSound(t, parted)
			for _, size := range []int{1, 2, 3, 5, 7} {
				const n = 5
				args := draw(rand.New(rand.NewSource(int64(size))), declared, n)
				for i, a := range declared.Args {
					if a.Role == plan.StateArg && len(a.Leaf.Path) > 0 && a.Leaf.Path[0] == "variance" {
						for k := range args[i] {
							args[i][k] = math.Abs(args[i][k])
						}
					}
				}
				other := turned(parted, args, false)
				require.InDelta(t, execute(declared, n, args, nil), executeParts(parted, n, size, other), 1e-12, "%s by %d", name, size)
				requireClose(t, args, turned(parted, other, true), name)
			}
		}
	}
}

// What can add does so where its gradient stands: no part's gradient has memory
// of its own.
func TestPartsGatherInPlace(t *testing.T) {
	c := checked(t, "net.cat", stepSpec)
	p, err := plan.NewStep(c, arrow(t, c, "clever"), plan.Parted)
	require.NoError(t, err)
	require.Zero(t, count(p, plan.Gather), text(p))
	c = checked(t, "part.cat", partSpec)
	p, err = plan.NewStep(c, arrow(t, c, "plain"), plan.Parted)
	require.NoError(t, err)
	require.Equal(t, 1, count(p, plan.Gather), "one line cannot add\n%s", text(p))
	require.Contains(t, text(p), "behind the last part")
}

// Steps without gradients, and those that go example by example, stay what they
// are.
func TestPartsOfOtherSteps(t *testing.T) {
	c := checked(t, "single.cat", `
object X = R[2]
object C = R[2]
arrow follow: X -> C given C { means y[i] = (p[i] + x[i]) / 2 }
endo walk on C = follow
endo rest on C = id
`)
	p, err := plan.NewStep(c, arrow(t, c, "walk"), plan.Parted)
	require.NoError(t, err)
	require.True(t, p.Single)
	require.Equal(t, plan.NoValue, p.Keep)
	p, err = plan.NewStep(c, arrow(t, c, "rest"), plan.Parted)
	require.NoError(t, err)
	require.Equal(t, plan.NoValue, p.Keep)
}

// A step that gathers over the examples of its batch needs all of them.
func TestBatchNormHasNoParts(t *testing.T) {
	c := checked(t, "norm.cat", `
object X = R[3]
object L = R in [0, inf)
object A = { weight: R[3, 3], bias: R[3] }
object N = { scale: R[3], shift: R[3], mean: R[3] running, variance: R[3] running }
arrow up: X -> X given A = std.affine
arrow norm: X -> X given N = std.batch_norm
arrow far: X * X -> L = std.squared_distance
arrow model: X -> X given M = up >> norm
arrow measure = model * id >> far
endo step on M = grad measure >> sgd(rate: 0.1)
`)
	_, err := plan.NewStep(c, arrow(t, c, "step"), plan.Parted)
	require.ErrorContains(t, err, "`batch_norm` gathers over the examples of a batch")
}
