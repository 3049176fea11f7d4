package plan_test

import (
	"math/rand"
	"slices"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/stretchr/testify/require"
)

// cellAt is one number in memory: of an argument, or of a workspace.
type cellAt int64

func inArg(id plan.ValueID, at int) cellAt { return cellAt(id)<<32 | cellAt(at) }

func inWork(kind category.Kind, at int) cellAt { return -1 - (cellAt(kind)<<32 | cellAt(at)) }

// cellsOf lists the numbers of a value for n examples, example by example.
func cellsOf(p *plan.Plan, id plan.ValueID, n int) []cellAt {
	v := &p.Values[id]
	size := v.Size()
	if v.Batched {
		size *= n
	}
	out := make([]cellAt, size)
	switch v.Store {
	case plan.ViewStore:
		copy(out, cellsOf(p, v.Of, n)[v.Start:])
	case plan.ArgStore:
		for i := range out {
			out[i] = inArg(id, i)
		}
	default:
		for i := range out {
			out[i] = inWork(v.Kind, v.Offset.PerExample*n+v.Offset.Fixed+i)
		}
	}
	return out
}

// touched lists what worker w of several touches of an operand, by the words
// of the Share constants.
func touched(p *plan.Plan, op *plan.Op, id plan.ValueID, written bool, w, workers, n int) []cellAt {
	all := cellsOf(p, id, n)
	part := func(rows int) []cellAt {
		each := len(all) / rows
		return all[rows*w/workers*each : rows*(w+1)/workers*each]
	}
	// The operands of which a worker who computes columns reads columns, by
	// their place: weight and bias, y and dy, turned, dy, dy.
	columns := map[string][]int{"": {1, 2}, "dz": {0, 1}, "dx": {0}, "dweight": {1}, "dbias": {0}}
	if op.Share == plan.ByColumn {
		if !written && !slices.ContainsFunc(columns[op.Line], func(i int) bool { return op.In[i] == id }) {
			return all
		}
		tiles := (op.Rows + 15) / 16
		from, to := min(op.Rows, 16*(tiles*w/workers)), min(op.Rows, 16*(tiles*(w+1)/workers))
		var out []cellAt
		for row := 0; row < len(all); row += op.Rows {
			out = append(out, all[row+from:row+to]...)
		}
		return out
	}
	switch {
	case op.Share == plan.Alone && w > 0:
		return nil
	case op.Share == plan.ByExample && p.Values[id].Batched:
		return part(n)
	case op.Share == plan.ByRow && (written || (op.Kind == plan.LeafStep || op.Kind == plan.Forward) && len(all) == p.Values[op.Out[0]].Size()):
		return part(op.Rows)
	}
	return all
}

// Between two waits no worker touches what another writes.
func requireNoRace(t *testing.T, p *plan.Plan, n, workers int) (waits int) {
	t.Helper()
	writer, readers := map[cellAt]int{}, map[cellAt]uint{} // readers as a set of bits
	for i := range p.Ops {
		op := &p.Ops[i]
		if op.Wait {
			waits++
			clear(writer)
			clear(readers)
		}
		for w := range workers {
			reads := op.In
			if op.Add != nil {
				reads = append(reads[:len(reads):len(reads)], op.Out...)
			}
			for _, id := range reads {
				for _, c := range touched(p, op, id, op.Add != nil && id == op.Out[0], w, workers, n) {
					if by, ok := writer[c]; ok && by != w {
						t.Fatalf("statement %d reads %s, written by another worker\n%s", i, p.Values[id].Name, text(p))
					}
					readers[c] |= 1 << w
				}
			}
		}
		for w := range workers {
			for _, id := range op.Out {
				if id == plan.NoValue {
					continue
				}
				for _, c := range touched(p, op, id, true, w, workers, n) {
					if by, ok := writer[c]; ok && by != w {
						t.Fatalf("statement %d writes %s, written by another worker\n%s", i, p.Values[id].Name, text(p))
					}
					if readers[c]&^(1<<w) != 0 {
						t.Fatalf("statement %d writes %s, read by another worker\n%s", i, p.Values[id].Name, text(p))
					}
					writer[c] = w
				}
			}
		}
	}
	return waits
}

func TestWorkersDoNotRace(t *testing.T) {
	c := checked(t, "net.cat", stepSpec)
	for _, name := range []string{"plain", "open", "heavy", "clever", "decoupled", "cut", "short"} {
		p, err := plan.NewStep(c, arrow(t, c, name), plan.Stored)
		require.NoError(t, err)
		waits := requireNoRace(t, p, 5, 3)
		require.NotZero(t, waits, "gradients read what all workers computed")
		require.Less(t, waits, len(p.Ops)/2, text(p))
	}
	c = checked(t, "wide.cat", wideSpec)
	for name, workers := range map[string]int{"step": 2, "alone": 6, "inner": 2, "deep": 2} { // one of six has no columns
		p, err := plan.NewStep(c, arrow(t, c, name), plan.Stored)
		require.NoError(t, err)
		requireNoRace(t, p, 2, workers)
	}
	c, decls := stdDecls(t)
	for seed := range rounds(60) {
		d := randomDiagram(t, rand.New(rand.NewSource(int64(seed))), decls)
		p, err := plan.NewForward(c, "f", d, plan.Stored)
		require.NoError(t, err)
		requireNoRace(t, p, 5, 3)
	}
}

// Layers wide enough for workers to own columns of them, alone, after another
// one, read twice, and under an optimizer that needs the gradient itself.
const wideSpec = `
object X = R[70]
object H = R[66]
object K = R[64]
object L = R in [0, inf)
object Wide = { weight: R[66, 70], bias: R[66] }
object Mid = { weight: R[64, 66], bias: R[64] }
object P = R[200]
object First = { weight: R[200, 70], bias: R[200] }
object Second = { weight: R[200, 200], bias: R[200] }
object Own = { weight: R[66, 66], bias: R[66] }
arrow wide: X -> H given Wide = std.affine
arrow relu: H -> H = std.relu
arrow mid: H -> K given Mid = std.affine
arrow own: H -> H given Own = std.affine
arrow tanh: H -> H = std.tanh
arrow apart: H * H -> L = std.squared_distance
arrow apartK: K * K -> L = std.squared_distance
arrow net: X -> K given Net = wide >> relu >> mid
arrow single = wide >> relu
arrow cycle: X -> H given Cycle = share (wide >> relu >> own >> tanh >> own)
arrow rise: X -> P given First = std.affine
arrow spread: P -> P given Second = std.affine
arrow apartP: P * P -> L = std.squared_distance
arrow pair: X -> P given Pair = rise >> spread
arrow loss3 = pair * id >> apartP
endo deep on Pair = grad loss3 >> sgd(rate: 0.1)
arrow loss = net * id >> apartK
arrow loss1 = single * id >> apart
arrow loss2 = cycle * id >> apart
endo step on Net = grad loss >> sgd(rate: 0.1)
endo alone on Wide = grad loss1 >> sgd(rate: 0.1)
endo inner on Cycle = grad loss2 >> sgd(rate: 0.1, l2: 0.01)
endo clever on Adam[Net] = grad loss >> adam(rate: 0.1)
`

// columned lists what the statements that are shared by column compute.
func columned(p *plan.Plan) []string {
	var out []string
	for i := range p.Ops {
		if p.Ops[i].Share == plan.ByColumn {
			out = append(out, p.Ops[i].Callee())
		}
	}
	return out
}

// Workers own columns of a layer that is larger than what its columns give,
// where its parameters move in place.
func TestWideLayersAreSharedByColumn(t *testing.T) {
	c := checked(t, "wide.cat", wideSpec)
	step := func(name string) *plan.Plan {
		p, err := plan.NewStep(c, arrow(t, c, name), plan.Stored)
		require.NoError(t, err)
		return p
	}
	require.Equal(t, []string{"AffineTransposedReluColumns", "AffineTransposedDxColumns", "AffineTransposedReluDzColumns",
		"AffineTransposedReluDweightIntoColumns", "AffineTransposedReluDbiasInto"}, columned(step("step")))
	require.Equal(t, []string{"AffineTransposedReluColumns", "AffineTransposedReluDzColumns",
		"AffineTransposedReluDweightIntoColumns", "AffineTransposedReluDbiasInto"}, columned(step("alone")))
	require.Empty(t, columned(step("clever")), "the gradient of a whole row is needed")
}
