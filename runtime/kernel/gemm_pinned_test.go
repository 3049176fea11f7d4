package kernel

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// pinnedProducts are hashes of the bits of results. They are the same at all
// levels but portable, on every machine, and change where results do.
var pinnedProducts = map[string]string{
	"affine":                                  "672b9711287dbbe8",
	"affine of one example":                   "94e8f280f75974d0",
	"affine to one output":                    "c1fe7a965714b73d",
	"affine relu":                             "bf2ccbdfd2e7619b",
	"affine dx":                               "da2b1e9ed7595c0a",
	"affine dweight":                          "564bdec8b6f7f85a",
	"affine dbias":                            "a62aa728ba5eed10",
	"affine transposed":                       "6a349469d73ad7d8",
	"affine transposed of one example":        "9d11ada207155c73",
	"affine transposed relu":                  "111ae7b873cde71e",
	"affine transposed turned":                "d765bf82340d575d",
	"affine transposed dweight":               "f25397e6cd9e8b55",
	"affine transposed dweight into":          "d47276b8b5badb83",
	"affine transposed dweight of one output": "7ecf1293041a4e68",
	"affine transposed dbias into":            "b268d858c2b9dbdf",
}

// drawnExactly are numbers that are exact everywhere, unlike those of a normal
// distribution.
func drawnExactly(r *rand.Rand, size int) []float32 {
	x := make([]float32, size)
	for e := range x {
		x[e] = float32(int32(r.Uint32())>>8) * 0x1p-23
	}
	return x
}

// hashed is a hash of the bits of some tensors.
func hashed(tensors ...[]float32) string {
	var bits []byte
	for _, x := range tensors {
		for _, v := range x {
			bits = binary.LittleEndian.AppendUint32(bits, math.Float32bits(v))
		}
	}
	sum := sha256.Sum256(bits)
	return hex.EncodeToString(sum[:8])
}

func TestPinnedProducts(t *testing.T) {
	const rows, i, o = 67, 301, 45
	r := rand.New(rand.NewPCG(2025, 1))
	drawn := func(size int) []float32 { return drawnExactly(r, size) }
	x, w, turned, bias, dy, x1, w1 := drawn(rows*i), drawn(i*o), drawn(i*o), drawn(o), drawn(rows*o), drawn(i), drawn(i)
	dw, db := drawn(i*o), drawn(o)
	tests := []struct {
		name string
		size int
		f    func(y []float32)
	}{
		{"affine", rows * o, func(y []float32) { Affine(y, x, turned, bias, rows, 1, i, o) }},
		{"affine of one example", o, func(y []float32) { Affine(y, x1, turned, bias, 1, 1, i, o) }},
		{"affine to one output", rows, func(y []float32) { Affine(y, x, w1, bias[:1], rows, 1, i, 1) }},
		{"affine relu", rows * o, func(y []float32) { AffineRelu(y, x, turned, bias, rows, 1, i, o) }},
		{"affine dx", rows * i, func(y []float32) { AffineDx(y, turned, dy, rows, 1, i, o) }},
		{"affine dweight", i * o, func(y []float32) { AffineDweight(y, x, dy, rows, 1, i, o) }},
		{"affine dbias", o, func(y []float32) { AffineDbias(y, dy, rows, 1, i, o) }},
		{"affine transposed", rows * o, func(y []float32) { AffineTransposed(y, x, w, bias, rows, 1, i, o) }},
		{"affine transposed of one example", o, func(y []float32) { AffineTransposed(y, x1, w, bias, 1, 1, i, o) }},
		{"affine transposed relu", rows * o, func(y []float32) { AffineTransposedRelu(y, x, w, bias, rows, 1, i, o) }},
		{"affine transposed turned", i * o, func(y []float32) { AffineTransposedTurned(y, w, rows, 1, i, o) }},
		{"affine transposed dweight", i * o, func(y []float32) { AffineTransposedDweight(y, x, dy, rows, 1, i, o) }},
		{"affine transposed dweight into", i * o, func(y []float32) {
			copy(y, dw)
			AffineTransposedDweightInto(y, x, dy, rows, 1, i, o, 0.9, -0.125, 5, i-5)
		}},
		{"affine transposed dweight of one output", i, func(y []float32) { AffineTransposedDweight(y, x, x1[:rows], rows, 1, i, 1) }},
		{"affine transposed dbias into", o, func(y []float32) {
			copy(y, db)
			AffineTransposedDbiasInto(y, dy, rows, 1, i, o, 0.9, -0.125, 0, o)
		}},
	}
	eachLevel(t, fastLevels(), func(t *testing.T) {
		for _, tt := range tests {
			y := make([]float32, tt.size)
			tt.f(y)
			require.Equal(t, pinnedProducts[tt.name], hashed(y), tt.name)
		}
		require.Len(t, pinnedProducts, len(tests))
	})
}
