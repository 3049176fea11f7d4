package kernel

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// Patches go back to their image with the same bits at every level, whatever
// part of them it is: some rows, some columns of a row, channels cut in two.
func TestUnpackIsTheSameAtEveryLevel(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 400 {
		f := filter{c: 1 + r.IntN(4), h: 1 + r.IntN(20), w: 1 + r.IntN(40), k: 1 + r.IntN(5), l: 1 + r.IntN(5),
			stride: 1 + r.IntN(5)/4, padding: r.IntN(3)}
		f.p, f.q = (f.h+2*f.padding-f.k)/f.stride+1, (f.w+2*f.padding-f.l)/f.stride+1
		if f.h+2*f.padding < f.k || f.w+2*f.padding < f.l {
			continue
		}
		at := patch{terms: f.c * f.k * f.l, row: r.IntN(f.p), col: r.IntN(f.q)}
		at.rows, at.cols = 1+r.IntN(f.p-at.row), 1+r.IntN(f.q-at.col)
		if r.IntN(4) == 0 {
			at.term = r.IntN(at.terms)
			at.terms -= at.term
		}
		image, columns := make([]float32, f.c*f.h*f.w), make([]float32, at.terms*at.size())
		for _, v := range [][]float32{image, columns} {
			for i := range v {
				v[i] = float32(r.NormFloat64())
			}
		}
		var want []float32
		for _, l := range sameBits() {
			atLevel(t, l)
			got := append([]float32{}, image...)
			unpack(got, columns, &f, &at)
			if want == nil {
				want = got
			}
			require.Equal(t, want, got, "%v: %+v %+v", l, f, at)
		}
	}
}
