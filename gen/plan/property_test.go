package plan_test

import (
	"fmt"
	"math"
	"math/rand"
	"os"
	"strings"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/stretchr/testify/require"
)

func rounds(short int) int {
	if os.Getenv("CTGEN_FULL") != "" {
		return 8 * short
	}
	return short
}

// draw fills the arguments of a plan: small numbers for reals, indices for
// the rest, garbage for what the plan assigns.
func draw(r *rand.Rand, p *plan.Plan, n int) [][]float64 {
	args := make([][]float64, len(p.Args))
	for i, a := range p.Args {
		v := &p.Values[a.Value]
		size := v.Size()
		if v.Batched {
			size *= n
		}
		args[i] = make([]float64, size)
		for k := range args[i] {
			switch {
			case a.Role == plan.OutputArg || a.Role == plan.CotangentArg:
				args[i][k] = garbage
			case a.Leaf.Kind == category.Real && a.Leaf.Set != nil:
				args[i][k] = float64(r.Intn(2))
			case a.Leaf.Kind == category.Real:
				args[i][k] = r.NormFloat64() / 2
			case a.Leaf.Kind == category.Fin:
				args[i][k] = float64(r.Intn(a.Leaf.N))
			case a.Leaf.Kind == category.Int:
				args[i][k] = 3
			}
		}
	}
	return args
}

// example cuts example e out of the arguments, as the wires of d take them.
func example(p *plan.Plan, args [][]float64, e, n int) (ins []leaves, given leaves) {
	for i, a := range p.Args {
		switch a.Role {
		case plan.DataArg:
			for len(ins) <= a.Index {
				ins = append(ins, nil)
			}
			size := len(args[i]) / n
			ins[a.Index] = append(ins[a.Index], args[i][e*size:(e+1)*size])
		case plan.ParamArg, plan.StateArg:
			given = append(given, args[i])
		}
	}
	return ins, given
}

// meanLoss evaluates d directly on every example.
func meanLoss(d *category.Diagram, p *plan.Plan, args [][]float64, n int, hands map[string]hand) float64 {
	sum := 0.0
	for e := range n {
		ins, given := example(p, args, e, n)
		sum += direct(d, ins, given, nil, nil, hands)[0][0][0]
	}
	return sum / float64(n)
}

func text(p *plan.Plan) string {
	var b strings.Builder
	_ = p.Print(&b)
	return b.String()
}

func TestForwardAgreesWithDirectReading(t *testing.T) {
	c, decls := stdDecls(t)
	for seed := range rounds(60) {
		r := rand.New(rand.NewSource(int64(seed)))
		d := randomDiagram(t, r, decls)
		p, err := plan.NewForward(c, "f", d, plan.Declared)
		require.NoError(t, err)
		n := 1 + r.Intn(3)
		args := draw(r, p, n)
		execute(p, n, args, nil)
		out := args[len(args)-1]
		for e := range n {
			ins, given := example(p, args, e, n)
			want := direct(d, ins, given, nil, nil, nil)[0][0][0]
			require.InDelta(t, want, out[e], 1e-9*(1+math.Abs(want)), "seed %d\n%s", seed, text(p))
		}
	}
}

func TestGradientAgreesWithDifferences(t *testing.T) {
	c, decls := stdDecls(t)
	for seed := range rounds(60) {
		r := rand.New(rand.NewSource(int64(seed)))
		d := randomDiagram(t, r, decls)
		requireGradient(t, c, d, 1+r.Intn(3), r, nil, fmt.Sprint("seed ", seed))
	}
}

// requireGradient holds the gradient plan of d against central differences of
// the direct reading, in a random direction and in every parameter.
func requireGradient(t *testing.T, c *category.Category, d *category.Diagram, n int, r *rand.Rand, hands map[string]hand, what string) {
	t.Helper()
	p, err := plan.NewGradient(c, "grad", d)
	require.NoError(t, err, what)
	args := draw(r, p, n)
	got := execute(p, n, args, hands)
	want := meanLoss(d, p, args, n, hands)
	require.InDelta(t, want, got, 1e-9*(1+math.Abs(want)), "%s\n%s", what, text(p))
	k := 0
	for i, a := range p.Args {
		if a.Role != plan.ParamArg || a.Leaf.Kind != category.Real || a.Leaf.Set != nil && a.Leaf.Set.Finite {
			continue
		}
		for p.Args[k].Role != plan.CotangentArg {
			k++
		}
		cot := args[k]
		k++
		require.Len(t, cot, len(args[i]))
		for j := range args[i] {
			const h = 1e-5
			old := args[i][j]
			args[i][j] = old + h
			up := meanLoss(d, p, args, n, hands)
			args[i][j] = old - h
			down := meanLoss(d, p, args, n, hands)
			args[i][j] = old
			diff := (up - down) / (2 * h)
			// The difference itself is only as good as the loss's rounding.
			require.InDelta(t, diff, cot[j], 1e-6*(1+math.Abs(diff))+1e-10*math.Abs(want), "%s: %v[%d]\n%s", what, a.Leaf.Path, j, text(p))
		}
	}
}

// Two values that are alive at the same time must not share their place. A
// value lives from the first statement that touches it to the last.
func TestBuffersNeverOverlap(t *testing.T) {
	c, decls := stdDecls(t)
	shared := false
	for seed := range rounds(60) {
		d := randomDiagram(t, rand.New(rand.NewSource(int64(seed))), decls)
		p, err := plan.NewGradient(c, "grad", d)
		require.NoError(t, err)
		for _, n := range []int{1, 7} {
			shared = requireNoOverlap(t, p, n) || shared
		}
	}
	require.True(t, shared, "no buffer was ever reused")
}

// requireNoOverlap also reports whether two values do share a place.
func requireNoOverlap(t *testing.T, p *plan.Plan, n int) (shared bool) {
	t.Helper()
	type span struct{ id, from, to, first, last int }
	spans := map[plan.ValueID]*span{}
	touch := func(id plan.ValueID, i int) {
		for id != plan.NoValue && p.Values[id].Store == plan.ViewStore {
			id = p.Values[id].Of
		}
		if id == plan.NoValue || p.Values[id].Store != plan.WorkStore {
			return
		}
		v := &p.Values[id]
		if spans[id] == nil {
			size := v.Size()
			if v.Batched {
				size *= n
			}
			at := v.Offset.PerExample*n + v.Offset.Fixed
			spans[id] = &span{int(id), at, at + size, i, i}
			require.LessOrEqual(t, at+size, p.Work.PerExample*n+p.Work.Fixed)
		}
		spans[id].last = i
	}
	for i, op := range p.Ops {
		for _, id := range append(append([]plan.ValueID{}, op.Out...), op.In...) {
			touch(id, i)
		}
	}
	for _, op := range p.Bind {
		touch(op.Out[0], 0)
		touch(op.Out[0], len(p.Ops))
		spans[op.Out[0]].first = -1
	}
	touch(p.Result, len(p.Ops))
	for _, a := range spans {
		for _, b := range spans {
			if a.id >= b.id || a.to <= b.from || b.to <= a.from {
				continue
			}
			shared = true
			if a.from == b.from && a.to == b.to && (a.last == b.first || b.last == a.first) {
				op := &p.Ops[max(a.first, b.first)]
				require.Len(t, op.Out, 1, "in place\n%s", text(p))
				require.True(t, op.Kind == plan.Forward || op.Kind == plan.Reverse || op.Kind == plan.LeafStep)
				continue // the machine reads all of an operand before it writes: TestInPlace looks at the equations
			}
			require.False(t, a.first <= b.last && b.first <= a.last, "%s and %s overlap\n%s",
				p.Values[a.id].Name, p.Values[b.id].Name, text(p))
		}
	}
	return shared
}
