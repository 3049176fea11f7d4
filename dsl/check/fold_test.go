package check

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

const folds = `
object Cell = { weight: R[4, 4], bias: R[4] }
arrow turn: V -> V given Cell = std.affine
arrow cell(v: V, w: W) -> V { turn(v) + std_of(w) }
arrow std_of: W -> V = std.relabel
arrow pair: V * A * W -> V
arrow two: A * B * W -> A * B
`

func TestFoldTypes(t *testing.T) {
	for _, tc := range []struct{ decl, dom, cod, given string }{
		{"arrow x = fold[3](cell)", "V * W ^ 3", "V", "Cell"},
		{"arrow x: V * W ^ 3 -> V = fold(cell)", "V * W ^ 3", "V", "Cell"},
		{"arrow x: V * List[W] -> V = fold(cell)", "V * List[W]", "V", "Cell"},
		{"arrow x = fold[List](cell)", "V * List[W]", "V", "Cell"},
		{"arrow x = fold[2](pair)", "V * (A * W) ^ 2", "V", "1"},
		{"arrow x = fold[2](two)", "A * B * W ^ 2", "A * B", "1"},
		{"object Ws = W ^ 5\narrow x: V * Ws -> V = fold(cell)", "V * Ws", "V", "Cell"},
		{"arrow x = dense * map[3] back >> fold(g1)\narrow g1: V * A -> V", "V * B ^ 3", "V", "L1"},
		{"arrow x(v: V, ws: W ^ 3) -> V { fold(cell)(v, ws) }", "V * W ^ 3", "V", "Cell"},
		{"arrow x = fold[3](cell) * id[W ^ 2] >> (fold(cell) as later)", "V * W ^ 3 * W ^ 2", "V", "{ cell: Cell, later: Cell }"},
		{"arrow x = share (fold[3](cell) * id[W ^ 2] >> fold(cell))", "V * W ^ 3 * W ^ 2", "V", "Cell"},
		{"arrow every[Y, X, dim n](k: Y * X -> Y): Y * X ^ n -> Y = fold(k)\narrow x: V * W ^ 3 -> V = every(cell)", "V * W ^ 3", "V", "Cell"},
		{"arrow x = share (repeat[4] turn)", "V", "V", "Cell"},
		{"arrow x = share repeat[4] (turn >> dense)", "V", "V", "{ turn: Cell, dense: L1 }"},
		{"arrow x = share repeat[4] (turn >> turn)", "V", "V", "Cell"},
		{"arrow x = share ((repeat[4] turn) as label)", "V", "V", "Cell"},
		{"arrow x = share ((repeat[4] turn) as label) >> turn", "V", "V", "{ label: Cell, turn: Cell }"},
		{"arrow often[X, dim n](k: X -> X): X -> X = repeat[n] k\narrow x = share often[4](turn)", "V", "V", "Cell"},
		{"arrow x = share (turn >> share repeat[4] turn)", "V", "V", "Cell"},
		{"arrow x = share (turn >> repeat[2] dense >> turn)", "V", "V", "{ turn: Cell, dense: L1 ^ 2 }"},
		{"arrow fold: A -> B\narrow x = fold >> g", "A", "C", "1"},
		{"arrow x(fold: A) -> A { fold }", "A", "A", "1"},
	} {
		t.Run(tc.decl, func(t *testing.T) {
			a := arrowOf(t, sound(t, prelude+folds+tc.decl), "x")
			assert.Equal(t, tc.dom, a.Dom.String())
			assert.Equal(t, tc.cod, a.Cod.String())
			assert.Equal(t, tc.given, a.Given.String())
		})
	}
}

// A fold is a repetition that carries a value from element to element.
func TestFoldDiagram(t *testing.T) {
	c := sound(t, prelude+folds+"arrow x = fold[3](cell)\narrow y: V * List[W] -> V = fold(cell)\narrow z = share repeat[3] turn\narrow own = repeat[3] turn")
	last := func(name string) *category.Repeat {
		d := arrowOf(t, c, name).Diagram
		op, ok := d.Nodes[len(d.Nodes)-1].Op.(*category.Repeat)
		require.True(t, ok, name)
		return op
	}
	x := last("x")
	assert.Equal(t, []any{3, true, category.Power}, []any{x.N, x.Shared, x.Over})
	assert.Len(t, x.Body.Ins, 2)
	assert.Len(t, x.Body.Outs, 1)
	y := last("y")
	assert.Equal(t, []any{0, true, category.List}, []any{y.N, y.Shared, y.Over})
	z := last("z")
	assert.Equal(t, []any{3, true, category.Real}, []any{z.N, z.Shared, z.Over})
	own := last("own")
	assert.Equal(t, []any{3, false, category.Real}, []any{own.N, own.Shared, own.Over})
}

func TestFoldFaults(t *testing.T) {
	const spec = prelude + folds
	runFaults(t, []fault{
		{"alone", spec + "arrow x = dense >> fold", []string{"CT0323 fold"}},
		{"two arrows", spec + "arrow x = fold(cell, cell)", []string{"CT0323 fold(cell, cell)"}},
		{"given", spec + "arrow x(v: V) -> V given (p: Cell) { fold(cell given p)(v) }", []string{"CT0323 fold(cell given p)"}},
		{"two in brackets", spec + "arrow x = fold[2, 3](cell)", []string{"CT0323 fold[2, 3]"}},
		{"no dim", spec + "arrow x = fold[q](cell)", []string{"CT0203 q"}},
		{"element first", spec + "arrow wrong: W * V -> V\narrow x = fold[3](wrong)", []string{"CT0323 wrong"}},
		{"no element", spec + "arrow x = fold[3](dense)", []string{"CT0323 dense"}},
		{"no power", spec + "arrow x: V * W -> V = fold(cell)", []string{"CT0323 fold(cell)"}},
		{"another number", spec + "arrow x: V * W ^ 3 -> V = fold[4](cell)", []string{"CT0302 fold[4](cell)"}},
		{"a list for a power", spec + "arrow ws: V -> List[W]\narrow x = (id, ws) >> fold[4](cell)", []string{"CT0301 >>"}},
		{"a power for a list", spec + "arrow x(v: V, w: W ^ 3) -> V { fold[List](cell)(v, w) }", []string{"CT0308 fold[List](cell)(v, w)"}},
		{"another element", spec + "arrow x: V * A ^ 3 -> V = fold(cell)", []string{"CT0323 cell"}},
		{"of how many", spec + "arrow x = fold(cell)", []string{"CT0303 fold(cell)"}},
		{"fault inside", spec + "arrow x = fold(cell >> f)", []string{"CT0301 >>"}},
		{"nothing to share", spec + "arrow x = share repeat[3] back2\narrow back2: V -> V", []string{"CT0602 share repeat[3] back2"}},
		{"too many", spec + "arrow x: V * W ^ 40000 -> V = fold(cell)", []string{"CT1011 x"}},
	})
}
