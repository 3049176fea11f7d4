package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// largeShapes reach every way of dividing a product into calls: many rows,
// many terms, copied panels, and all of it at once.
var largeShapes = [][3]int{ // rows, terms, columns
	{1, 1500, 200}, {2, 1100, 33}, {7, 513, 40}, {11, 2000, 17}, {30, 784, 128}, {130, 60, 130}, {200, 700, 9},
	{130, 450, 40}, {13, 70, 600}, {14, 900, 530}, {700, 3, 40}, {128, 17, 129}, {97, 385, 33}, {1, 5000, 1},
	{600, 1, 1}, {1, 1, 700}, {300, 0, 20}, {1024, 64, 70}, {640, 300, 65}, {2048, 0, 64},
	{130, 200, 20}, {130, 400, 11},
}

// shapesToTest are all large shapes, or in short mode, which emulated
// processors run, those of at most 2^20 multiply-adds.
func shapesToTest() (list [][3]int) {
	for _, s := range largeShapes {
		if !testing.Short() || s[0]*s[1]*s[2] <= 1<<20 {
			list = append(list, s)
		}
	}
	return list
}

// Terms and rows that are dealt out over many calls leave no trace in the bits.
func TestLargeProductsAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	shapes := shapesToTest()
	for range 8 {
		if s := [3]int{1 + r.IntN(200), 1 + r.IntN(500), 1 + r.IntN(60)}; !testing.Short() {
			shapes = append(shapes, s)
		}
	}
	type subject struct {
		product
		want []float32
		what string
	}
	var subjects []subject
	for _, s := range shapes {
		m, k, n := s[0], s[1], s[2]
		a, b, bias, c := filled(r, m*k), filled(r, k*n), filled(r, n), filled(r, m*n)
		for _, turned := range []bool{false, true} {
			x := subject{product{c: c, a: a, b: b, bias: bias, m: m, n: n, k: k, aRow: k, aTerm: 1, bTerm: n, cRow: n,
				end: epilogue(r.IntN(4)), keep: []float32{0, 0.5}[r.IntN(2)], by: -1.5}, append([]float32{}, c...), ""}
			if turned {
				x.aRow, x.aTerm = 1, m
			}
			x.what = fmt.Sprintf("%d×%d×%d turned=%t end=%d keep=%g", m, k, n, turned, x.end, x.keep)
			for i := range m {
				sums := make([]float32, n)
				for l := range k {
					for j, v := range b[l*n : l*n+n] {
						sums[j] = fma(a[i*x.aRow+l*x.aTerm], v, sums[j])
					}
				}
				for j, sum := range sums {
					x.want[i*n+j] = x.ended(sum, bias[j], c[i*n+j])
				}
			}
			subjects = append(subjects, x)
		}
	}
	eachLevel(t, fastLevels(), func(t *testing.T) {
		for _, x := range subjects {
			c := newGuarded(r, len(x.c))
			copy(c.x, x.c)
			p := x.product
			p.c = c.x
			p.run()
			requireSame(t, x.want, c.x, x.what)
			c.requireIntact(t, x.what)
		}
	})
}

// ended applies the epilogue.
func (x *product) ended(sum, bias, c float32) float32 {
	switch x.end {
	case biased:
		return sum + bias
	case rectified:
		return max(sum+bias, 0)
	case into:
		var kept float32
		if x.keep != 0 {
			kept = x.keep * c
		}
		return fma(x.by, sum, kept)
	}
	return sum
}

func TestLargeDotProductsAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for _, s := range shapesToTest() {
		m, k, n := s[0], s[1], s[2]
		a, b, bias, want := filled(r, m*k), filled(r, n*k), filled(r, n), make([]float32, m*n)
		for i := range m {
			for j := range n {
				var d sixteen
				for l := range k {
					d.add(a[i*k+l], b[j*k+l])
				}
				want[i*n+j] = bias[j] + d.sum()
			}
		}
		eachLevel(t, fastLevels(), func(t *testing.T) {
			what := fmt.Sprintf("%d×%d×%d", m, k, n)
			c := newGuarded(r, m*n)
			Affine(c.x, a, b, bias, m, 1, k, n)
			requireSame(t, want, c.x, what)
			c.requireIntact(t, what)
		})
	}
}

func TestLargeTranspositions(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for _, l := range append(fastLevels(), portable) {
		t.Run(l.String(), func(t *testing.T) {
			atLevel(t, l)
			for _, s := range [][2]int{{1000, 77}, {77, 1000}, {256, 256}, {20000, 9}, {9, 20000}, {8, 8}, {7, 100}} {
				in, out := filled(r, s[0]*s[1]), newGuarded(r, s[0]*s[1])
				AffineTransposedTurned(out.x, in, 1, 1, s[0], s[1])
				for i := range s[0] {
					for j := range s[1] {
						if in[i*s[1]+j] != out.x[j*s[0]+i] {
							t.Fatalf("%v: %d, %d is not what it was", s, i, j)
						}
					}
				}
				out.requireIntact(t, fmt.Sprint(s))
			}
		})
	}
}

// The portable loops stay within the error that any order of k additions has,
// 2·(k+2)·2^-24 times the sum of the magnitudes (Higham, Accuracy and
// Stability of Numerical Algorithms, 2002, section 3.1), of the others.
func TestPortableIsWithinItsBound(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 40 {
		rows, i, o := 1+r.IntN(50), 1+r.IntN(300), 1+r.IntN(40)
		x, w, bias, dy := filled(r, rows*i), filled(r, i*o), filled(r, o), filled(r, rows*o)
		dweight := filled(r, i*o)
		all := func(l level) [][]float32 {
			atLevel(t, l)
			y, dx, dw, db := make([]float32, rows*o), make([]float32, rows*i), append([]float32{}, dweight...), make([]float32, o)
			z, turned := make([]float32, rows*o), make([]float32, i*o)
			AffineTransposed(y, x, w, bias, rows, 1, i, o)
			AffineTransposedTurned(turned, w, rows, 1, i, o)
			Affine(z, x, turned, bias, rows, 1, i, o)
			AffineTransposedDx(dx, turned, dy, rows, 1, i, o)
			AffineTransposedDweightInto(dw, x, dy, rows, 1, i, o, 0.5, -2, 0, i)
			AffineTransposedDbias(db, dy, rows, 1, i, o)
			return [][]float32{y, z, dx, dw, db}
		}
		magnitude := func(v []float32) (sum float64) {
			for _, v := range v {
				sum = math.Max(sum, math.Abs(float64(v)))
			}
			return sum
		}
		k := []int{i, i, o, rows, rows}
		bound := []float64{magnitude(x) * magnitude(w), magnitude(x) * magnitude(w), magnitude(w) * magnitude(dy), 2 * magnitude(x) * magnitude(dy), magnitude(dy)}
		want := all(portable)
		for _, l := range fastLevels() {
			for q, got := range all(l) {
				tolerance := 2 * float64(k[q]+2) * 0x1p-24 * (float64(k[q])*bound[q] + magnitude(bias) + magnitude(dweight))
				for e := range got {
					require.InDelta(t, want[q][e], got[e], tolerance)
				}
			}
		}
	}
}
