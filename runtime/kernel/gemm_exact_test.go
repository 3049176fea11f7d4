package kernel

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
)

// grid holds the operands of an affine map of up to side rows, inputs and
// outputs, and the exact sums of every smaller one: the oracle of all sizes
// costs hardly more than that of the largest.
type grid struct {
	x, w, dy    [side][side]float32 // x[r][i], w[i][o], dy[r][o]
	bias        [side]float32
	forward     [side + 1][side][side]float32 // [inputs][r][o]
	dots        [side + 1][side][side]float32 // [inputs][r][o], in sixteen lanes
	dx          [side + 1][side][side]float32 // [outputs][r][i]
	dweight     [side + 1][side][side]float32 // [rows][i][o]
	dbias       [side + 1][side]float32       // [rows][o]
	kept, keptB [side][side]float32           // what the forms that mix find
}

const side = 40

func newGrid(r *rand.Rand) *grid {
	g := &grid{}
	for _, m := range []*[side][side]float32{&g.x, &g.w, &g.dy, &g.kept, &g.keptB} {
		for i := range m {
			for j := range m[i] {
				m[i][j] = float32(r.NormFloat64())
			}
		}
	}
	for i := range g.bias {
		g.bias[i] = float32(r.NormFloat64())
	}
	for a := range side {
		for b := range side {
			var d sixteen
			for k := range side {
				g.forward[k+1][a][b] = fma(g.x[a][k], g.w[k][b], g.forward[k][a][b])
				g.dx[k+1][a][b] = fma(g.w[b][k], g.dy[a][k], g.dx[k][a][b])
				g.dweight[k+1][a][b] = fma(g.dy[k][b], g.x[k][a], g.dweight[k][a][b])
				d.add(g.x[a][k], g.w[k][b])
				g.dots[k+1][a][b] = d.sum()
			}
			g.dbias[a+1][b] = g.dbias[a][b] + g.dy[a][b]
		}
	}
	return g
}

// cut copies the first rows and columns of m to an unaligned operand.
func cut(r *rand.Rand, m *[side][side]float32, rows, cols int) []float32 {
	x := newGuarded(r, rows*cols).x
	for i := range rows {
		copy(x[i*cols:], m[i][:cols])
	}
	return x
}

// turnedOver is cut, transposed.
func turnedOver(r *rand.Rand, m *[side][side]float32, rows, cols int) []float32 {
	x := newGuarded(r, rows*cols).x
	for i := range rows {
		for j := range cols {
			x[j*rows+i] = m[i][j]
		}
	}
	return x
}

// Every function of both layouts, at every size, gives the bits of the
// definition and writes its result only.
func TestAffineMapsAreExact(t *testing.T) {
	g, one := newGrid(rand.New(rand.NewPCG(1, 1))), 24 // of so many
	if testing.Short() {
		one = 200
	}
	eachLevel(t, fastLevels(), func(t *testing.T) {
		r := rand.New(rand.NewPCG(2, 2))
		for rows := range side + 1 {
			for i := range side + 1 {
				for o := range side + 1 {
					if os.Getenv("CTGEN_FULL") != "" || r.IntN(one) == 0 {
						g.check(t, r, rows, i, o)
					}
				}
			}
		}
	})
}

func (g *grid) check(t *testing.T, r *rand.Rand, rows, i, o int) {
	n, pos := rows, 1
	if rows%3 == 0 {
		n, pos = rows/3, 3
	}
	x, dy := cut(r, &g.x, rows, i), cut(r, &g.dy, rows, o)
	w, turned := cut(r, &g.w, i, o), turnedOver(r, &g.w, i, o)
	bias := cut(r, (*[side][side]float32)(&[side][side]float32{g.bias}), 1, o)
	keep, by := []float32{0, 1, -0.75}[r.IntN(3)], []float32{1, -0.3}[r.IntN(2)]
	from, to := 0, i
	if i > 0 {
		from = r.IntN(i)
		to = from + r.IntN(i-from+1)
	}
	fromO, toO := 0, o
	if o > 0 {
		fromO = r.IntN(o)
		toO = fromO + r.IntN(o-fromO+1)
	}
	run := func(name string, rowsOut, cols int, start *[side][side]float32, f func(y []float32), want func(a, b int) float32) {
		what := fmt.Sprintf("%s rows=%d i=%d o=%d keep=%g by=%g from=%d to=%d", name, rows, i, o, keep, by, from, to)
		y := newGuarded(r, rowsOut*cols)
		if start != nil {
			copy(y.x, cut(r, start, rowsOut, cols))
		}
		f(y.x)
		y.requireIntact(t, what)
		exact := make([]float32, rowsOut*cols)
		for a := range rowsOut {
			for b := range cols {
				exact[a*cols+b] = want(a, b)
			}
		}
		requireSame(t, exact, y.x, what)
	}
	textbook := func(a, b int) float32 { return g.bias[b] + g.dots[i][a][b] }
	stored := func(a, b int) float32 { return g.bias[b] + g.forward[i][a][b] }
	if o == 1 {
		stored = textbook
	}
	positive := func(f func(a, b int) float32) func(a, b int) float32 {
		return func(a, b int) float32 { return max(f(a, b), 0) }
	}
	mixed := func(sum, old float32) float32 {
		var kept float32
		if keep != 0 {
			kept = keep * old
		}
		return fma(by, sum, kept)
	}
	dx := func(a, b int) float32 { return g.dx[o][a][b] }
	sums := func(b int) float32 { return g.dbias[rows][b] }
	if o == 1 {
		sums = func(int) float32 { return interleaved(dy) }
	}
	dbias := func(_, b int) float32 { return sums(b) }
	dweight := func(a, b int) float32 { return g.dweight[rows][a][b] }
	dweightInto := func(a, b int) float32 {
		if a < from || a >= to {
			return g.kept[a][b]
		}
		return mixed(g.dweight[rows][a][b], g.kept[a][b])
	}
	dbiasInto := func(_, b int) float32 {
		if b < fromO || b >= toO {
			return g.keptB[0][b]
		}
		return mixed(sums(b), g.keptB[0][b])
	}

	run("Affine", rows, o, nil, func(y []float32) { Affine(y, x, turned, bias, n, pos, i, o) }, textbook)
	run("AffineRelu", rows, o, nil, func(y []float32) { AffineRelu(y, x, turned, bias, n, pos, i, o) }, positive(textbook))
	run("AffineDx", rows, i, nil, func(y []float32) { AffineDx(y, turned, dy, n, pos, i, o) }, dx)
	run("AffineDweight", o, i, nil, func(y []float32) { AffineDweight(y, x, dy, n, pos, i, o) },
		func(a, b int) float32 { return dweight(b, a) })
	run("AffineDbias", 1, o, nil, func(y []float32) { AffineDbias(y, dy, n, pos, i, o) }, dbias)

	run("AffineTransposed", rows, o, nil, func(y []float32) { AffineTransposed(y, x, w, bias, n, pos, i, o) }, stored)
	run("AffineTransposedRelu", rows, o, nil, func(y []float32) { AffineTransposedRelu(y, x, w, bias, n, pos, i, o) }, positive(stored))
	run("AffineTransposedTurned", o, i, nil, func(y []float32) { AffineTransposedTurned(y, w, n, pos, i, o) },
		func(a, b int) float32 { return g.w[b][a] })
	run("AffineTransposedDx", rows, i, nil, func(y []float32) { AffineTransposedDx(y, turned, dy, n, pos, i, o) }, dx)
	run("AffineTransposedDweight", i, o, nil, func(y []float32) { AffineTransposedDweight(y, x, dy, n, pos, i, o) }, dweight)
	run("AffineTransposedDweightInto", i, o, &g.kept, func(y []float32) {
		AffineTransposedDweightInto(y, x, dy, n, pos, i, o, keep, by, from, to)
	}, dweightInto)
	columns := func(from, to int, f func(a, b int) float32) func(a, b int) float32 {
		return func(a, b int) float32 {
			if b < from || b >= to {
				return g.kept[a][b]
			}
			return f(a, b)
		}
	}
	chain := func(a, b int) float32 { return g.bias[b] + g.forward[i][a][b] }
	run("AffineTransposedColumns", rows, o, &g.kept, func(y []float32) {
		AffineTransposedColumns(y, x, w, bias, n, pos, i, o, fromO, toO)
	}, columns(fromO, toO, chain))
	run("AffineTransposedReluColumns", rows, o, &g.kept, func(y []float32) {
		AffineTransposedReluColumns(y, x, w, bias, n, pos, i, o, fromO, toO)
	}, columns(fromO, toO, positive(chain)))
	run("AffineTransposedDxColumns", rows, i, &g.kept, func(y []float32) {
		AffineTransposedDxColumns(y, turned, dy, n, pos, i, o, from, to)
	}, columns(from, to, dx))
	run("AffineTransposedReluDzColumns", rows, o, &g.kept, func(y []float32) {
		AffineTransposedReluDzColumns(y, cut(r, &g.x, rows, o), dy, n, pos, i, o, fromO, toO)
	}, columns(fromO, toO, func(a, b int) float32 {
		if g.x[a][b] > 0 {
			return g.dy[a][b]
		}
		return 0 * g.dy[a][b]
	}))
	run("AffineTransposedDweightIntoColumns", i, o, &g.kept, func(y []float32) {
		AffineTransposedDweightIntoColumns(y, x, dy, n, pos, i, o, keep, by, fromO, toO)
	}, columns(fromO, toO, func(a, b int) float32 { return mixed(g.dweight[rows][a][b], g.kept[a][b]) }))
	run("AffineTransposedDbias", 1, o, nil, func(y []float32) { AffineTransposedDbias(y, dy, n, pos, i, o) }, dbias)
	run("AffineTransposedDbiasInto", 1, o, &g.keptB, func(y []float32) {
		AffineTransposedDbiasInto(y, dy, n, pos, i, o, keep, by, fromO, toO)
	}, dbiasInto)
}
