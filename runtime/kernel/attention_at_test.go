package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// What one position takes has the bits of what causal attention gives it, and
// its cotangents are those of causal attention where the others give none.
func TestCausalAttentionAtIsARowOfCausalAttention(t *testing.T) {
	for _, s := range [][5]int{{1, 1, 1, 1, 1}, {2, 3, 2, 3, 4}, {2, 64, 4, 16, 16}, {1, 70, 2, 17, 16}, {1, 40, 1, 130, 9}, {1, 150, 2, 4, 33}} {
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			requireRow[float64](t, s, 1e-12)
			eachLevel(t, append(sameBits(), portable), func(t *testing.T) { requireRow[float32](t, s, 1e-5) })
		})
	}
}

func requireRow[T Float](t *testing.T, s [5]int, within float64) {
	n, rows, h, e, f := s[0], s[1], s[2], s[3], s[4]
	d, c := h*e, h*f
	a := newAttended[T]("causal", n, rows, 0, h, e, f, rand.New(rand.NewPCG(5, 5)))
	at := make([]int32, n)
	for place := range rows {
		q, dy := make([]T, n*d), make([]T, n*c)
		all := append([]T(nil), a.dy...)
		clear(all)
		for i := range n {
			at[i] = int32((place + 7*i) % rows)
			row := i*rows + int(at[i])
			copy(q[i*d:(i+1)*d], a.q[row*d:(row+1)*d])
			copy(dy[i*c:(i+1)*c], a.dy[row*c:(row+1)*c])
			copy(all[row*c:(row+1)*c], dy[i*c:(i+1)*c])
		}
		b := *a
		b.dy = all
		b.run()
		y, p, r, ds := make([]T, n*c), make([]T, n*h*rows), make([]T, n*h), make([]T, n*h*rows)
		dq, dk, dv := make([]T, n*d), make([]T, n*rows*d), make([]T, n*rows*c)
		for i := range p {
			p[i] = 7 // what is behind the place is overwritten
		}
		CausalAttentionAt(y, p, q, a.k, a.v, at, n, d, rows, c, h, e, f, h)
		CausalAttentionAtR(r, y, dy, n, d, rows, c, h, e, f, h)
		CausalAttentionAtDs(ds, a.v, p, r, dy, n, d, rows, c, h, e, f, h)
		CausalAttentionAtDq(dq, a.k, ds, n, d, rows, c, h, e, f, h)
		CausalAttentionAtDk(dk, q, ds, n, d, rows, c, h, e, f, h)
		CausalAttentionAtDv(dv, p, dy, n, d, rows, c, h, e, f, h)
		for i := range n {
			row := i*rows + int(at[i])
			require.Equal(t, b.y[row*c:(row+1)*c], y[i*c:(i+1)*c], "y at %d", at[i])
			for k := range h * rows {
				require.Equal(t, b.p[(i*h*rows+k)*rows+int(at[i])], p[i*h*rows+k], "p at %d", at[i])
			}
			require.InDeltaSlice(t, b.dq[row*d:(row+1)*d], dq[i*d:(i+1)*d], within, "dq at %d", at[i])
		}
		require.InDeltaSlice(t, b.dk, dk, within)
		require.InDeltaSlice(t, b.dv, dv, within)
	}
}

func TestCausalAttentionAtNeedsAPlace(t *testing.T) {
	x := make([]float32, 6)
	for _, at := range []int32{-1, 3} {
		require.Panics(t, func() { CausalAttentionAt(x, x, x, x, x, []int32{at}, 1, 2, 3, 2, 1, 2, 2, 1) })
	}
}
