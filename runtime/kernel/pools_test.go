package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// pooled are shapes of pools: c, h, w, size, stride. Those of two by two have
// rows of windows that end within a vector, with one, and behind one.
func pooled() [][5]int {
	list := [][5]int{{1, 1, 1, 1, 1}, {2, 5, 7, 3, 1}, {3, 6, 9, 3, 2}, {2, 8, 7, 2, 3}, {1, 4, 4, 4, 4}, {2, 5, 6, 2, 1}, {1, 7, 7, 1, 2}}
	for _, q := range []int{1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 15, 16, 17, 23, 24, 31, 32, 33, 40} {
		list = append(list, [5]int{2, 4 + q%2, 2*q + q/2%2, 2, 2})
	}
	return list
}

// tied are numbers of which many are equal, some zeros of both signs, some
// infinite and, if asked, some none at all.
func tied(r *rand.Rand, size int, none bool) []float32 {
	x := make([]float32, size)
	odd := []float32{0, float32(math.Copysign(0, -1)), infinity, -infinity, float32(math.NaN())}
	if !none {
		odd = odd[:4]
	}
	for i := range x {
		x[i] = float32(r.IntN(5) - 2)
		if r.IntN(6) == 0 {
			x[i] = odd[r.IntN(len(odd))]
		}
	}
	return x
}

// poolByFormula finds the greatest of each window, where it stands, and the
// mean, and brings dy back through both, window by window.
func poolByFormula(s [5]int, n int, x, dy []float32) (y, at, mean, dx, dmean []float64) {
	c, h, w, size, stride := s[0], s[1], s[2], s[3], s[4]
	p, q := (h-size)/stride+1, (w-size)/stride+1
	y, at, mean = make([]float64, n*c*p*q), make([]float64, n*c*p*q), make([]float64, n*c*p*q)
	dx, dmean = make([]float64, len(x)), make([]float64, len(x))
	for i := range y {
		first := i/(p*q)*h*w + i/q%p*stride*w + i%q*stride
		best, where, sum := math.Inf(-1), -1, 0.0
		for k := range size * size {
			v := float64(x[first+k/size*w+k%size])
			sum += v
			dmean[first+k/size*w+k%size] += float64(dy[i]) / float64(size*size)
			if where < 0 || v > best {
				best, where = v, k
			}
		}
		for k := range size * size {
			if v := float64(x[first+k/size*w+k%size]); v != v {
				best, where = v, size*size
			}
		}
		y[i], at[i], mean[i] = best, float64(where), sum/float64(size*size)
		if where < size*size {
			dx[first+where/size*w+where%size] += float64(dy[i])
		}
	}
	return y, at, mean, dx, dmean
}

// At every level pools are what their formulas say, in the same bits, whether
// several examples come at once or one after another: ties go to the first,
// what is no number comes through and gets no derivative. They allocate
// nothing and write nothing beside their results.
func TestPools(t *testing.T) {
	const n = 3
	for _, s := range pooled() {
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			c, h, w, size, stride := s[0], s[1], s[2], s[3], s[4]
			p, q := (h-size)/stride+1, (w-size)/stride+1
			in, out := c*h*w, c*p*q
			r := rand.New(rand.NewPCG(uint64(w), 2))
			for _, none := range []bool{false, true} {
				x, dy := tied(r, n*in, none), filled(r, n*out)
				y, at, mean, dx, dmean := poolByFormula(s, n, x, dy)
				for _, l := range append([]level{portable}, sameBits()...) {
					atLevel(t, l)
					what := fmt.Sprint(l)
					gotY, endY := fenced(n*out, 1)
					gotAt, endAt := fenced(n*out, 3)
					gotDx, endDx := fenced(n*in, 2)
					require.Zero(t, testing.AllocsPerRun(1, func() {
						MaxPool(gotY, gotAt, x, n, c, h, w, p, q, size, stride)
						MaxPoolDx(gotDx, gotAt, dy, n, c, h, w, p, q, size, stride)
					}))
					endY(t, what)
					endAt(t, what)
					endDx(t, what)
					requireNear(t, y, gotY, 0, what+": y")
					requireNear(t, at, gotAt, 0, what+": at")
					requireNear(t, dx, gotDx, 1e-6, what+": dx")
					alone := [][]float32{make([]float32, n*out), make([]float32, n*out), make([]float32, n*in)}
					for e := range n {
						MaxPool(alone[0][e*out:], alone[1][e*out:], x[e*in:], 1, c, h, w, p, q, size, stride)
						MaxPoolDx(alone[2][e*in:], alone[1][e*out:], dy[e*out:], 1, c, h, w, p, q, size, stride)
					}
					sameTensors(t, [][]float32{gotY, gotAt, gotDx}, alone, what+": one after another")

					require.Zero(t, testing.AllocsPerRun(1, func() {
						AvgPool(gotY, x, n, c, h, w, p, q, size, stride)
						AvgPoolDx(gotDx, dy, n, c, h, w, p, q, size, stride)
					}))
					endY(t, what)
					endDx(t, what)
					requireNear(t, mean, gotY, 1e-6, what+": mean")
					requireNear(t, dmean, gotDx, 1e-6, what+": dx of the mean")
				}
			}
		})
	}
}

// requireNear fails at the first number that is further away than within.
// What is no number is near what is none, and infinity near itself.
func requireNear(t *testing.T, want []float64, got []float32, within float64, what string) {
	t.Helper()
	for i, w := range want {
		g := float64(got[i])
		if w != g && !(w != w && g != g) && !(math.Abs(w-g) <= within) {
			require.Fail(t, "far", "%s at %d: %v, not %v", what, i, g, w)
		}
	}
}

// Pools of the two types agree: those of float64 are what compiled code is
// held against.
func TestPoolsOfFloat64(t *testing.T) {
	const n = 2
	for _, s := range pooled() {
		c, h, w, size, stride := s[0], s[1], s[2], s[3], s[4]
		p, q := (h-size)/stride+1, (w-size)/stride+1
		r := rand.New(rand.NewPCG(3, 4))
		x, dy := tied(r, n*c*h*w, true), filled(r, n*c*p*q)
		y, at, _, dx, _ := poolByFormula(s, n, x, dy)
		gotY, gotAt, gotDx := make([]float64, len(y)), make([]float64, len(y)), make([]float64, len(dx))
		MaxPool(gotY, gotAt, widened(x), n, c, h, w, p, q, size, stride)
		MaxPoolDx(gotDx, gotAt, widened(dy), n, c, h, w, p, q, size, stride)
		for i := range y {
			require.True(t, gotY[i] == y[i] || gotY[i] != gotY[i] && y[i] != y[i], "%v: y at %d", s, i)
		}
		require.Equal(t, at, gotAt, s)
		require.InDeltaSlice(t, dx, gotDx, 1e-12, s)
	}
}
