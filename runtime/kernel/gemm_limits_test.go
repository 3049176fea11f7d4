package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

var nan32, inf32 = float32(math.NaN()), float32(math.Inf(1))

// The assembly reads the structures at these offsets.
func TestPanelLayout(t *testing.T) {
	var p panel
	require.Equal(t, []uintptr{0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 108, 112, 120, 128}, []uintptr{
		unsafe.Offsetof(p.a), unsafe.Offsetof(p.b), unsafe.Offsetof(p.c), unsafe.Offsetof(p.bias), unsafe.Offsetof(p.part),
		unsafe.Offsetof(p.m), unsafe.Offsetof(p.n), unsafe.Offsetof(p.k), unsafe.Offsetof(p.aRow), unsafe.Offsetof(p.aTerm),
		unsafe.Offsetof(p.bTerm), unsafe.Offsetof(p.cRow), unsafe.Offsetof(p.partRow), unsafe.Offsetof(p.keep),
		unsafe.Offsetof(p.by), unsafe.Offsetof(p.end), unsafe.Offsetof(p.copy), unsafe.Offsetof(p.rows),
	})
	require.Equal(t, []epilogue{0, 1, 2, 3}, []epilogue{assign, biased, rectified, into})
	var d dots
	require.Equal(t, []uintptr{0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80}, []uintptr{
		unsafe.Offsetof(d.a), unsafe.Offsetof(d.b), unsafe.Offsetof(d.c), unsafe.Offsetof(d.bias), unsafe.Offsetof(d.m),
		unsafe.Offsetof(d.n), unsafe.Offsetof(d.k), unsafe.Offsetof(d.aRow), unsafe.Offsetof(d.bRow), unsafe.Offsetof(d.cRow),
		unsafe.Offsetof(d.biasStep),
	})
}

// everyLevel runs f at all levels of the machine, portable included.
func everyLevel(t *testing.T, f func(t *testing.T)) {
	eachLevel(t, append(fastLevels(), portable), f)
}

// NaN and infinities reach the results that depend on them and no others.
func TestProductsPassNaN(t *testing.T) {
	everyLevel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(7, 7))
		for _, s := range [][3]int{{1, 5, 3}, {6, 20, 16}, {9, 33, 21}, {40, 300, 35}, {3, 4, 1}} {
			rows, i, o := s[0], s[1], s[2]
			for _, bad := range []float32{nan32, inf32} {
				x, w, bias, dy := filled(r, rows*i), filled(r, i*o), filled(r, o), filled(r, rows*o)
				row, in, out := r.IntN(rows), r.IntN(i), r.IntN(o)
				x[row*i+in], dy[row*o+out] = bad, bad
				y, dx, dw, turned := make([]float32, rows*o), make([]float32, rows*i), make([]float32, i*o), make([]float32, i*o)
				spread := func(v []float32, cols int, affected func(a, b int) bool) {
					for e, v := range v {
						finite := v-v == 0
						require.Equal(t, !affected(e/cols, e%cols), finite, "%v %v: %d is %v", s, bad, e, v)
					}
				}
				AffineTransposedRelu(y, x, w, bias, rows, 1, i, o)
				if bad != bad {
					spread(y, o, func(a, _ int) bool { return a == row })
				}
				AffineTransposed(y, x, w, bias, rows, 1, i, o)
				spread(y, o, func(a, _ int) bool { return a == row })
				AffineTransposedTurned(turned, w, rows, 1, i, o)
				AffineRelu(y, x, turned, bias, rows, 1, i, o)
				if bad != bad {
					spread(y, o, func(a, _ int) bool { return a == row })
				}
				AffineTransposedDx(dx, turned, dy, rows, 1, i, o)
				spread(dx, i, func(a, _ int) bool { return a == row })
				AffineTransposedDweight(dw, x, dy, rows, 1, i, o)
				spread(dw, o, func(a, b int) bool { return a == in || b == out })
			}
		}
	})
}

// A keep of zero forgets what was there, NaN included; the positive part of
// -0 is +0.
func TestMixedResults(t *testing.T) {
	everyLevel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(8, 8))
		for _, s := range [][3]int{{2, 3, 1}, {5, 7, 9}, {5, 30, 40}} {
			rows, i, o := s[0], s[1], s[2]
			x, dy := filled(r, rows*i), filled(r, rows*o)
			dw, want := make([]float32, i*o), make([]float32, i*o)
			db, wantB := make([]float32, o), make([]float32, o)
			Fill(dw, nan32)
			Fill(db, nan32)
			AffineTransposedReluDweightInto(dw, x, dy, rows, 1, i, o, 0, 1, 0, i)
			AffineTransposedReluDweight(want, x, dy, rows, 1, i, o)
			require.Equal(t, want, dw)
			AffineTransposedReluDbiasInto(db, dy, rows, 1, i, o, 0, 1, 0, o)
			AffineTransposedReluDbias(wantB, dy, rows, 1, i, o)
			require.Equal(t, wantB, db)
		}
		negative := float32(math.Copysign(0, -1))
		for _, o := range []int{1, 5, 16, 20} {
			y, x, bias := make([]float32, 2*o), []float32{-1e-30, 0}, make([]float32, o)
			w := make([]float32, o)
			Fill(w, 1e-30) // the product underflows to -0, or is 0
			Fill(bias, negative)
			AffineTransposedRelu(y, x, w, bias, 2, 1, 1, o)
			for _, v := range y {
				require.Zero(t, math.Float32bits(v))
			}
		}
	})
}

// Columns that are computed apart have the bits of all together, and of the
// forms that know no columns.
func TestColumnsInParts(t *testing.T) {
	everyLevel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(10, 9))
		for _, s := range [][3]int{{64, 200, 77}, {1, 31, 128}, {17, 600, 40}, {130, 20, 64}, {3, 2, 2}, {0, 5, 5}, {4, 0, 5}} {
			rows, i, o := s[0], s[1], s[2]
			x, w, bias, dy, turned := filled(r, rows*i), filled(r, i*o), filled(r, o), filled(r, rows*o), filled(r, o*i)
			in := func(cols int, f func(from, to int)) {
				for from := 0; from < cols; {
					to := min(cols, from+1+r.IntN(cols))
					f(from, to)
					from = to
				}
			}
			check := func(name string, start []float32, cols int, whole func(y []float32), part func(y []float32, from, to int)) {
				want, got := append([]float32{}, start...), append([]float32{}, start...)
				whole(want)
				in(cols, func(from, to int) { part(got, from, to) })
				requireSame(t, want, got, name)
			}
			check("y", filled(r, rows*o), o, func(y []float32) { AffineTransposed(y, x, w, bias, rows, 1, i, o) },
				func(y []float32, from, to int) { AffineTransposedColumns(y, x, w, bias, rows, 1, i, o, from, to) })
			check("relu y", filled(r, rows*o), o, func(y []float32) { AffineTransposedRelu(y, x, w, bias, rows, 1, i, o) },
				func(y []float32, from, to int) { AffineTransposedReluColumns(y, x, w, bias, rows, 1, i, o, from, to) })
			check("dx", filled(r, rows*i), i, func(y []float32) { AffineTransposedReluDx(y, turned, dy, rows, 1, i, o) },
				func(y []float32, from, to int) { AffineTransposedReluDxColumns(y, turned, dy, rows, 1, i, o, from, to) })
			y := filled(r, rows*o)
			check("dz", dy, o, func(dz []float32) { AffineTransposedReluDz(dz, y, dz, rows, 1, i, o) },
				func(dz []float32, from, to int) { AffineTransposedReluDzColumns(dz, y, dz, rows, 1, i, o, from, to) })
			check("dweight", w, o, func(dw []float32) { AffineTransposedDweightInto(dw, x, dy, rows, 1, i, o, 0.9, -0.1, 0, i) },
				func(dw []float32, from, to int) {
					AffineTransposedReluDweightIntoColumns(dw, x, dy, rows, 1, i, o, 0.9, -0.1, from, to)
				})
		}
	})
}

// Rows of a gradient that are computed apart have the bits of all together.
func TestGradientsInParts(t *testing.T) {
	everyLevel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(9, 9))
		for _, s := range [][3]int{{64, 200, 37}, {5, 31, 1}, {300, 20, 16}} {
			rows, i, o := s[0], s[1], s[2]
			x, dy, start := filled(r, rows*i), filled(r, rows*o), filled(r, i*o)
			whole, parts := append([]float32{}, start...), append([]float32{}, start...)
			AffineTransposedDweightInto(whole, x, dy, rows, 1, i, o, 0.9, -0.1, 0, i)
			for from := 0; from < i; {
				to := min(i, from+1+r.IntN(i))
				AffineTransposedDweightInto(parts, x, dy, rows, 1, i, o, 0.9, -0.1, from, to)
				from = to
			}
			requireSame(t, whole, parts, "dweight")
			AffineTransposedDbiasInto(whole, dy, rows, 1, i, o, 0.9, -0.1, 0, o)
			for from := 0; from < o; {
				to := min(o, from+1+r.IntN(o))
				AffineTransposedDbiasInto(parts, dy, rows, 1, i, o, 0.9, -0.1, from, to)
				from = to
			}
			requireSame(t, whole, parts, "dbias")
		}
	})
}

// A row's bits do not depend on the rows beside it, in either layout.
func TestRowsAreIndependent(t *testing.T) {
	everyLevel(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(10, 10))
		for _, s := range [][3]int{{23, 77, 11}, {140, 90, 33}, {9, 700, 1}} {
			rows, i, o := s[0], s[1], s[2]
			x, w, bias, dy := filled(r, rows*i), filled(r, i*o), filled(r, o), filled(r, rows*o)
			y, z, dx := make([]float32, rows*o), make([]float32, rows*o), make([]float32, rows*i)
			Affine(y, x, w, bias, rows, 1, i, o)
			AffineTransposed(z, x, w, bias, rows, 1, i, o)
			AffineDx(dx, w, dy, rows, 1, i, o)
			y1, z1, dx1 := make([]float32, o), make([]float32, o), make([]float32, i)
			for k := range rows {
				Affine(y1, x[k*i:][:i], w, bias, 1, 1, i, o)
				AffineTransposed(z1, x[k*i:][:i], w, bias, 1, 1, i, o)
				AffineDx(dx1, w, dy[k*o:][:o], 1, 1, i, o)
				requireSame(t, y[k*o:][:o], y1, "y")
				requireSame(t, z[k*o:][:o], z1, "y, transposed")
				requireSame(t, dx[k*i:][:i], dx1, "dx")
			}
		}
	})
}

// An operand that is too short panics: the assembly checks nothing.
func TestShortOperandsPanic(t *testing.T) {
	const rows, i, o = 5, 9, 11
	everyLevel(t, func(t *testing.T) {
		for short := range 4 {
			for _, o := range []int{o, 1} {
				size := func(at, n int) []float32 {
					if at == short {
						n--
					}
					return make([]float32, n)
				}
				require.Panics(t, func() {
					Affine(size(0, rows*o), size(1, rows*i), size(2, i*o), size(3, o), rows, 1, i, o)
				})
				require.Panics(t, func() {
					AffineTransposed(size(0, rows*o), size(1, rows*i), size(2, i*o), size(3, o), rows, 1, i, o)
				})
				if short < 3 {
					require.Panics(t, func() { AffineDx(size(0, rows*i), size(1, i*o), size(2, rows*o), rows, 1, i, o) })
					require.Panics(t, func() { AffineDweight(size(0, i*o), size(1, rows*i), size(2, rows*o), rows, 1, i, o) })
					require.Panics(t, func() {
						AffineTransposedDweight(size(0, i*o), size(1, rows*i), size(2, rows*o), rows, 1, i, o)
					})
					require.Panics(t, func() {
						AffineTransposedDweightInto(size(0, i*o), size(1, rows*i), size(2, rows*o), rows, 1, i, o, 1, 1, 0, i)
					})
				}
				if short < 2 {
					require.Panics(t, func() { AffineDbias(size(0, o), size(1, rows*o), rows, 1, i, o) })
					require.Panics(t, func() { AffineTransposedTurned(size(0, i*o), size(1, i*o), rows, 1, i, o) })
				}
			}
		}
	})
}

func TestProductsDoNotAllocate(t *testing.T) {
	everyLevel(t, func(t *testing.T) {
		for _, s := range [][3]int{{1, 5, 3}, {64, 784, 128}, {3, 700, 20}, {130, 30, 70}, {20, 9, 1}} {
			rows, i, o := s[0], s[1], s[2]
			x, w, bias, y := make([]float32, rows*i), make([]float32, i*o), make([]float32, o), make([]float32, rows*o)
			turned := make([]float32, i*o)
			require.Zero(t, testing.AllocsPerRun(3, func() {
				Affine(y, x, w, bias, rows, 1, i, o)
				AffineTransposedRelu(y, x, w, bias, rows, 1, i, o)
				AffineTransposedReluTurned(turned, w, rows, 1, i, o)
				AffineTransposedReluDx(x, turned, y, rows, 1, i, o)
				AffineTransposedReluDweightInto(w, x, y, rows, 1, i, o, 1, 0, 0, i)
				AffineTransposedReluDbiasInto(bias, y, rows, 1, i, o, 1, 0, 0, o)
			}))
		}
	})
}
