package plan_test

import (
	"math/rand"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/stretchr/testify/require"
)

// cellAt is one number in memory: of an argument, or of a workspace.
type cellAt struct {
	arg  plan.ValueID // NoValue: workspace of kind
	kind category.Kind
	at   int
}

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
			out[i] = cellAt{arg: id, at: i}
		}
	default:
		for i := range out {
			out[i] = cellAt{arg: plan.NoValue, kind: v.Kind, at: v.Offset.PerExample*n + v.Offset.Fixed + i}
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
	switch {
	case op.Share == plan.Alone && w > 0:
		return nil
	case op.Share == plan.ByExample && p.Values[id].Batched:
		return part(n)
	case op.Share == plan.ByRow && (written || op.Kind == plan.LeafStep && len(all) == p.Values[op.Out[0]].Size()):
		return part(op.Rows)
	}
	return all
}

// Between two waits no worker touches what another writes.
func requireNoRace(t *testing.T, p *plan.Plan, n, workers int) (waits int) {
	t.Helper()
	writer, reader := map[cellAt]int{}, map[cellAt]map[int]bool{}
	for i := range p.Ops {
		op := &p.Ops[i]
		if op.Wait {
			waits++
			clear(writer)
			clear(reader)
		}
		for w := range workers {
			reads := op.In
			if op.Add != nil {
				reads = append(reads[:len(reads):len(reads)], op.Out...)
			}
			for _, id := range reads {
				for _, c := range touched(p, op, id, op.Add != nil && id == op.Out[0], w, workers, n) {
					if by, ok := writer[c]; ok {
						require.Equal(t, by, w, "statement %d reads %s, written by another worker\n%s", i, p.Values[id].Name, text(p))
					}
					if reader[c] == nil {
						reader[c] = map[int]bool{}
					}
					reader[c][w] = true
				}
			}
		}
		for w := range workers {
			for _, id := range op.Out {
				if id == plan.NoValue {
					continue
				}
				for _, c := range touched(p, op, id, true, w, workers, n) {
					if by, ok := writer[c]; ok {
						require.Equal(t, by, w, "statement %d writes %s, written by another worker\n%s", i, p.Values[id].Name, text(p))
					}
					for other := range reader[c] {
						require.Equal(t, other, w, "statement %d writes %s, read by another worker\n%s", i, p.Values[id].Name, text(p))
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
	for _, name := range []string{"plain", "open", "heavy", "clever", "decoupled"} {
		p, err := plan.NewStep(c, arrow(t, c, name), plan.Stored)
		require.NoError(t, err)
		waits := requireNoRace(t, p, 5, 3)
		require.NotZero(t, waits, "gradients read what all workers computed")
		require.Less(t, waits, len(p.Ops)/2, text(p))
	}
	c, decls := stdDecls(t)
	for seed := range rounds(60) {
		d := randomDiagram(t, rand.New(rand.NewSource(int64(seed))), decls)
		p, err := plan.NewForward(c, "f", d, plan.Stored)
		require.NoError(t, err)
		requireNoRace(t, p, 5, 3)
	}
}
