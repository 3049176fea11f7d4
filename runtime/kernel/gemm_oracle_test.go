package kernel

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// fastLevels are the levels of this machine whose matrix products are written
// in assembly: all of them must give the bits of the oracle.
func fastLevels() (list []level) {
	for _, l := range []level{neon, avx2, avx512} {
		if l.supported(best()) {
			list = append(list, l)
		}
	}
	return list
}

// sixteen is a dot product in sixteen lanes that are added up as a tree.
type sixteen struct {
	lane [16]float32
	k    int
}

func (d *sixteen) add(a, b float32) {
	d.lane[d.k%16] = fma(a, b, d.lane[d.k%16])
	d.k++
}

func (d *sixteen) sum() float32 {
	s := d.lane
	for half := 8; half > 0; half /= 2 {
		for l := range half {
			s[l] += s[l+half]
		}
	}
	return s[0]
}

// guarded is an operand with words around it that nothing may touch. It
// starts at some offset from the alignment of its allocation.
type guarded struct {
	all   []float32
	first int
	x     []float32
}

const (
	guards    = 40
	guardWord = 12345.678
)

func newGuarded(r *rand.Rand, size int) *guarded {
	g := &guarded{all: make([]float32, size+2*guards), first: guards - r.IntN(16)}
	for i := range g.all {
		g.all[i] = guardWord
	}
	g.x = g.all[g.first : g.first+size : g.first+size]
	return g
}

func (g *guarded) requireIntact(t *testing.T, what string) {
	t.Helper()
	for i, v := range g.all {
		if (i < g.first || i >= g.first+len(g.x)) && v != guardWord {
			t.Fatalf("%s: wrote outside its result, %d from its start", what, i-g.first)
		}
	}
}

// filled draws an operand from the normal distribution.
func filled(r *rand.Rand, size int) []float32 {
	x := newGuarded(r, size).x
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

// requireSame compares bits; all NaN are the same.
func requireSame(t *testing.T, want, got []float32, what string) {
	t.Helper()
	require.Len(t, got, len(want), what)
	for i := range want {
		a, b := want[i], got[i]
		if math.Float32bits(a) != math.Float32bits(b) && (a == a || b == b) {
			t.Fatalf("%s: element %d is %x, not %x", what, i, b, a)
		}
	}
}

// interleaved is the sum of v in the order of dot products: that of a bias
// that stands alone.
func interleaved(v []float32) float32 {
	var d sixteen
	for _, x := range v {
		d.add(x, 1)
	}
	return d.sum()
}
