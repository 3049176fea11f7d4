package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// convolved are shapes of convolutions: b, c, h, w, o, k, l, stride, padding.
// The last ones take several parts: of weights, of places, of channels.
var convolved = [][9]int{
	{1, 1, 1, 1, 1, 1, 1, 1, 0},
	{1, 1, 28, 28, 8, 5, 5, 1, 0},
	{2, 3, 9, 7, 5, 3, 2, 1, 1},
	{1, 2, 8, 11, 9, 3, 3, 2, 1},
	{1, 2, 5, 6, 3, 4, 5, 3, 4},
	{1, 60, 6, 6, 35, 3, 3, 1, 1},
	{1, 1, 3, 700, 2, 2, 600, 1, 3},
	{1, 1, 2, 600, 2, 1, 3, 1, 1},
	{1, 12, 14, 40, 50, 3, 3, 1, 1},
	{1, 20, 5, 9, 3, 5, 5, 1, 0},
}

// randomConvolutions are the shapes above and small ones of all kinds.
func randomConvolutions() [][9]int {
	list, r := convolved, rand.New(rand.NewPCG(9, 10))
	for range 40 {
		s := [9]int{1 + r.IntN(2), 1 + r.IntN(20), 1 + r.IntN(14), 1 + r.IntN(14), 1 + r.IntN(40), 1 + r.IntN(4), 1 + r.IntN(6), 1 + r.IntN(5)/4, r.IntN(3)}
		if s[2]+2*s[8] >= s[5] && s[3]+2*s[8] >= s[6] {
			list = append(list, s)
		}
	}
	return list
}

// correlate computes a convolution, or spreads dy where back is set, by the
// formula.
func correlate(s [9]int, n int, y, x, weight, bias, dx, dweight, dy []float64) {
	b, c, h, w, o, k, l, stride, padding := s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8]
	p, q := (h+2*padding-k)/stride+1, (w+2*padding-l)/stride+1
	for e := range n * b {
		for at := range o * p * q {
			z, row, col := at/(p*q), at/q%p, at%q
			y[e*o*p*q+at] = bias[z]
			for t := range c * k * l {
				i, j := row*stride+t/l%k-padding, col*stride+t%l-padding
				if i < 0 || i >= h || j < 0 || j >= w {
					continue
				}
				from := ((e*c+t/(k*l))*h+i)*w + j
				y[e*o*p*q+at] += weight[z*c*k*l+t] * x[from]
				dx[from] += weight[z*c*k*l+t] * dy[e*o*p*q+at]
				dweight[z*c*k*l+t] += x[from] * dy[e*o*p*q+at]
			}
		}
	}
}

// At every level a convolution is what its formula says, in the bits of the
// other levels but portable, and workers that share its derivative by the
// weight compute the same bits.
func TestConvolutions(t *testing.T) {
	const n = 2
	for _, s := range randomConvolutions() {
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			b, c, h, w, o, k, l, stride, padding := s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8]
			p, q := (h+2*padding-k)/stride+1, (w+2*padding-l)/stride+1
			r := rand.New(rand.NewPCG(1, 2))
			x, weight, bias, dy := filled(r, n*b*c*h*w), filled(r, o*c*k*l), filled(r, o), filled(r, n*b*o*p*q)
			want := [][]float64{make([]float64, len(dy)), make([]float64, len(x)), make([]float64, len(weight))}
			correlate(s, n, want[0], widened(x), widened(weight), widened(bias), want[1], want[2], widened(dy))
			var before [][]float32
			for _, level := range append([]level{portable}, fastLevels()...) {
				atLevel(t, level)
				y, dx, dw, shared, db := make([]float32, len(dy)), make([]float32, len(x)), make([]float32, len(weight)), make([]float32, len(weight)), make([]float32, o)
				all := func() {
					Conv2d(y, x, weight, bias, n, b, c, h, w, o, k, l, p, q, stride, padding)
					Conv2dDx(dx, weight, dy, n, b, c, h, w, o, k, l, p, q, stride, padding)
					Conv2dDweight(dw, x, dy, n, b, c, h, w, o, k, l, p, q, stride, padding)
					Conv2dDbias(db, dy, n, b, c, h, w, o, k, l, p, q, stride, padding)
				}
				all()
				require.Zero(t, testing.AllocsPerRun(1, all))
				for _, to := range []int{(o + 1) / 2, o} {
					Conv2dDweightInto(shared, x, dy, n, b, c, h, w, o, k, l, p, q, stride, padding, 0, 1, to-(o+1)/2, to)
				}
				require.Equal(t, dw, shared)
				now := [][]float32{y, dx, dw}
				for i, got := range now {
					requireNear(t, want[i], got, 2e-3, fmt.Sprintf("%s, result %d", level, i))
				}
				if level != portable {
					if before != nil {
						require.Equal(t, before, append(now, db), level)
					}
					before = append(now, db)
				}
			}
		})
	}
}

// pinnedConvolutions are hashes of the bits that convolutions and their reverse
// lines give at all levels but portable, on every machine.
var pinnedConvolutions = map[string]string{
	"[1 20 5 9 3 5 5 1 0]":    "230d9bed9c6eeb56",
	"[1 12 14 40 50 3 3 1 1]": "55dd19cf009d1def",
	"[1 1 2 600 2 1 3 1 1]":   "8edb67bd6829a8c8",
	"[1 1 3 700 2 2 600 1 3]": "46345c573ba8ddd5",
	"[1 60 6 6 35 3 3 1 1]":   "f514f1d6266ac978",
	"[1 2 5 6 3 4 5 3 4]":     "eb7878be5ed71489",
	"[1 2 8 11 9 3 3 2 1]":    "a5c420fccb3925d4",
	"[2 3 9 7 5 3 2 1 1]":     "c24b65eed68cc09c",
	"[1 1 28 28 8 5 5 1 0]":   "d7e4f787b284191a",
	"[1 1 1 1 1 1 1 1 0]":     "e66e2cefd4271fa9",
}

func TestPinnedConvolutions(t *testing.T) {
	const n = 2
	eachLevel(t, fastLevels(), func(t *testing.T) {
		for _, s := range convolved {
			b, c, h, w, o, k, l, stride, padding := s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8]
			p, q := (h+2*padding-k)/stride+1, (w+2*padding-l)/stride+1
			r := rand.New(rand.NewPCG(2026, 1))
			x, weight, bias, dy := drawnExactly(r, n*b*c*h*w), drawnExactly(r, o*c*k*l), drawnExactly(r, o), drawnExactly(r, n*b*o*p*q)
			y, dx, dw, db := make([]float32, len(dy)), make([]float32, len(x)), drawnExactly(r, len(weight)), drawnExactly(r, o)
			Conv2d(y, x, weight, bias, n, b, c, h, w, o, k, l, p, q, stride, padding)
			Conv2dDx(dx, weight, dy, n, b, c, h, w, o, k, l, p, q, stride, padding)
			Conv2dDweightInto(dw, x, dy, n, b, c, h, w, o, k, l, p, q, stride, padding, 0.9, -0.125, 0, o)
			Conv2dDbiasInto(db, dy, n, b, c, h, w, o, k, l, p, q, stride, padding, 0.9, -0.125, 0, o)
			require.Equal(t, pinnedConvolutions[fmt.Sprint(s)], hashed(y, dx, dw, db), "%v", s)
		}
	})
}

func widened(x []float32) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}
