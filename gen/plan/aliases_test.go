package plan_test

import (
	"strings"
	"testing"

	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/stretchr/testify/require"
)

// residualSpec adds to a stream what an arrow makes of it, and the stream to
// itself, on rows of 16 numbers.
const residualSpec = `
dim T = ROWS
object S = R[T, 16]
object L = R in [0, inf)
object W = { weight: R[16, 16], bias: R[16] }
object Enter = { weight: R[16, 16], bias: R[16] }
arrow enter: S -> S given Enter = std.affine
arrow turn: S -> S given W = std.affine
arrow tame: S -> S = std.tanh
arrow apart: S * S -> L = std.squared_distance
arrow residual(s: S) -> S given W {
    s + turn(tame(s))
}
arrow double(s: S) -> S {
    s + s
}
arrow stacked: S -> S given Stacked = enter >> repeat[2] residual
arrow doubled = enter >> double
arrow loss = stacked * id >> apart
arrow loss2 = doubled * id >> apart
endo stack on Adam[Stacked] = grad loss >> adam(rate: 0.1)
endo twice on Adam[Enter] = grad loss2 >> adam(rate: 0.1)
`

func residual(rows string) string { return strings.Replace(residualSpec, "ROWS", rows, 1) }

// copied counts the statements that copy a cotangent.
func copied(p *plan.Plan) (n int) {
	for i := range p.Ops {
		if op := &p.Ops[i]; op.Kind == plan.Reverse && op.Prim.Decl.Name == "add" {
			n++
		}
	}
	return n
}

// Of the two copies that a sum's reverse makes, both are its cotangent itself
// where nobody puts off what reads it, else the one that nobody adds to.
func TestReverseOfASumIsAnAlias(t *testing.T) {
	for _, tt := range []struct {
		rows         string
		stack, twice int
	}{{"3", 2, 1}, {"1024", 0, 1}} {
		c := checked(t, "residual.cat", residual(tt.rows))
		for name, want := range map[string]int{"stack": tt.stack, "twice": tt.twice} {
			p, err := plan.NewStep(c, arrow(t, c, name), plan.Stored)
			require.NoError(t, err)
			require.Equal(t, want, copied(p), "%s of %s rows\n%s", name, tt.rows, text(p))
			requireNoRace(t, p, 2, 2)
		}
	}
}

func TestAliasesChangeNothing(t *testing.T) {
	requireStoredSteps(t, residual("3"), []string{"stack", "twice"})
}

// A wide plan reads a layer's cotangents before it goes on to the next layer,
// whose take their place.
func TestWidePlansPutNothingOff(t *testing.T) {
	work := func(rows string) int {
		c := checked(t, "residual.cat", residual(rows))
		p, err := plan.NewStep(c, arrow(t, c, "stack"), plan.Stored)
		require.NoError(t, err)
		requireSound(t, p)
		last, first := 0, len(p.Ops)
		for i := range p.Ops {
			switch op := &p.Ops[i]; {
			case op.Line == "dx":
				last = i
			case op.Line == "dweight":
				first = min(first, i)
			}
		}
		require.Equal(t, rows == "1024", first < last, text(p))
		return p.Work.PerExample
	}
	require.Less(t, work("1024"), work("3")*1024/3)
}
