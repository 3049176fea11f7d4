package check

import (
	"fmt"
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

const monoids = `
arrow zero: 1 -> A = 0
arrow plus(x1: A, x2: A) -> A { x1 + x2 }
arrow origin: 1 -> A * A = (zero, zero)
arrow sums(x1: A, x2: A, x3: A, x4: A) -> A * A { (x1 + x3, x2 + x4) }
monoid total on A = (zero, plus) within 1e-7
monoid both on A * A = (origin, sums)
monoid exact on A = (zero, std.add) exactly
`

func TestMonoids(t *testing.T) {
	c := sound(t, prelude+monoids+`
arrow x: A ^ 3 -> A = fold[total]
arrow y: (A * A) ^ 3 -> A * A = fold[both]
arrow z: List[A] -> A = fold[total]
arrow w(xs: A ^ 4) -> A { fold[exact](xs) }
object Five = A ^ 5
arrow v: Five -> A = fold[total]
`)
	for name, want := range map[string]string{"x": "A ^ 3 -> A", "y": "(A * A) ^ 3 -> A * A", "z": "List[A] -> A", "w": "A ^ 4 -> A", "v": "Five -> A"} {
		a := arrowOf(t, c, name)
		assert.Equal(t, want, a.Dom.String()+" -> "+a.Cod.String())
		assert.True(t, a.Given.IsUnit())
	}
	var laws []string
	for _, l := range c.Laws {
		laws = append(laws, fmt.Sprintf("%s: %s = %s, %g", l.Name, l.LeftText, l.RightText, l.Within))
	}
	assert.Equal(t, []string{
		"total_associativity: plus * id >> plus = id * plus >> plus, 1e-07",
		"total_left_unit: zero * id >> plus = id, 1e-07",
		"total_right_unit: id * zero >> plus = id, 1e-07",
		"both_associativity: sums * id >> sums = id * sums >> sums, 1e-05",
		"both_left_unit: origin * id >> sums = id, 1e-05",
		"both_right_unit: id * origin >> sums = id, 1e-05",
		"exact_associativity: std.add * id >> std.add = id * std.add >> std.add, 0",
		"exact_left_unit: zero * id >> std.add = id, 0",
		"exact_right_unit: id * zero >> std.add = id, 0",
	}, laws)
}

func TestMonoidFaults(t *testing.T) {
	const spec = prelude + monoids + "arrow b0: 1 -> V\narrow bb(v1: V, v2: V) -> V { dense(v1) + v2 }\n"
	runFaults(t, []fault{
		{"no pair", spec + "monoid m on A = plus", []string{"CT0114 plus"}},
		{"three", spec + "monoid m on A = (zero, plus, plus)", []string{"CT0114 (zero, plus, plus)"}},
		{"turned", spec + "monoid m on A = (plus, zero)", []string{"CT0324 plus"}},
		{"of another object", spec + "monoid m on B = (zero, plus)", []string{"CT0324 zero"}},
		{"on nothing", spec + "monoid m on 1 = (id, id)", []string{"CT0324 1"}},
		{"parameters", spec + "monoid m on V = (b0, bb)", []string{"CT0324 bb"}},
		{"open setting", spec + "monoid m on A = (zero, plus >> rescale)\narrow rescale: A -> A = std.scale", []string{"CT0707 rescale"}},
		{"unknown object", spec + "monoid m on Q = (zero, plus)\narrow x = fold[m]", []string{"CT0203 Q"}},
		{"unknown arrow", spec + "monoid m on A = (zero, pluss)\narrow x = fold[m]", []string{"CT0203 pluss"}},
		{"name of its law", spec + "monoid m on A = (zero, plus)\nlaw m_left_unit: f = f", []string{"CT0201 m_left_unit"}},
		{"tolerance", spec + "monoid m on A = (zero, plus) within -1", []string{"CT0503 -1"}},
		{"through itself", spec + "monoid m on A = (zero, pick)\narrow pick: A * A -> A = two_of >> fold[m]\narrow two_of: A * A -> A ^ 2", []string{"CT0207 m"}},
		{"an arrow like any other", spec + "monoid m on A = (zero, plus)\narrow x = m", []string{"CT0205 m"}},
		{"no such monoid", spec + "arrow x = fold[mm]", []string{"CT0203 mm"}},
		{"an object", spec + "arrow x = fold[A]", []string{"CT0205 A"}},
		{"a number alone", spec + "arrow x = fold[3]", []string{"CT0323 3"}},
		{"another power", spec + "arrow x: B ^ 3 -> A = fold[total]", []string{"CT0323 fold[total]"}},
		{"of how many", spec + "arrow x = fold[total]", []string{"CT0303 fold[total]"}},
	})
}

func TestMonoidAcrossImports(t *testing.T) {
	p, files := folder(`
-- lib.cat --
object A
arrow zero: 1 -> A = 0
arrow plus(x1: A, x2: A) -> A { x1 + x2 }
monoid total on A = (zero, plus)
-- a.cat --
import "lib.cat"
arrow zero: lib.A -> lib.A
arrow x: lib.A ^ 3 -> lib.A = fold[lib.total]
-- b.cat --
import "lib.cat"
arrow x: lib.A ^ 3 -> lib.A = fold[lib.totals]
arrow y: lib.A ^ 3 -> lib.A = fold[lab.total]
`)
	c, list := Check(files["a.cat"], Options{Program: p})
	require.Empty(t, list.All())
	assert.Empty(t, c.Laws, "its laws are those of the specification that declares it")
	_, list = Check(files["b.cat"], Options{Program: p})
	assert.Equal(t, []string{"CT0203 lib.totals", "CT0203 lab.total"}, found(list))
}
