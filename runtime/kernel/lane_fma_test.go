package kernel

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// exactFma rounds x·y + z once.
func exactFma(x, y, z float32) float32 {
	exact := func(v float32) *big.Float { return new(big.Float).SetPrec(700).SetFloat64(float64(v)) }
	sum := exact(x)
	sum.Mul(sum, exact(y)).Add(sum, exact(z))
	r, _ := sum.Float32()
	return r
}

// Emulated or, on arm64, an instruction that the compiler must not forget to
// fuse.
func TestFmaRoundsOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	check := func(x, y, z float32) {
		want, got := exactFma(x, y, z), fma(x, y, z)
		require.True(t, want == got, "fma(%x, %x, %x) = %x, not %x", x, y, z, got, want)
	}
	finite := func(b uint32) float32 {
		if b&0x7f800000 == 0x7f800000 {
			b &^= 0x40000000
		}
		return math.Float32frombits(b)
	}
	rounds := 100_000
	if testing.Short() {
		rounds = 1000
	}
	for range rounds {
		x, y := finite(r.Uint32()), finite(r.Uint32())
		check(x, y, finite(r.Uint32()))
		x, y = r.Float32(), r.Float32()+1
		check(x, y, -float32(x*y))                                       // what rounding took from the product
		check(x, y, float32(math.Ldexp(r.Float64()-0.5, r.IntN(64)-32))) // neither dwarfs the other
		check(x, y, math.SmallestNonzeroFloat32)
		half := math.Float32frombits(r.Uint32()&0x7fffff | 0x33800000) // ties of the sum, nearly
		check(1+0x1p-12, 1+float32(r.IntN(9))*0x1p-12, half)
		small := math.Float32frombits(r.Uint32() & 0xffffff)
		check(small, r.Float32(), small) // subnormal
	}
	// The sum is a tie but for a bit that float64 has no room for. From a table:
	// the compiler rounds a product of two constants on its own.
	for _, v := range [][3]float32{
		{1 + 0x1p-23, 0x1p-24, 1},
		{0x1p-60, -0x1p-60, 1 + 0x1p-23},
		{1 + 0x1p-12, 1 + 0x1p-12, 0x1p-100},
		{1 + 0x1p-12, 1 + 0x1p-12, -0x1p-100},
		{math.MaxFloat32, math.MaxFloat32, 0},
		{math.MaxFloat32, 1, math.MaxFloat32 * 0x1p-25},
	} {
		check(v[0], v[1], v[2])
	}

	zero, inf, nan := float32(0), float32(math.Inf(1)), float32(math.NaN())
	for _, v := range [][4]float32{
		{inf, 2, -5, inf},
		{3, 2, -inf, -inf},
		{inf, zero, 1, nan},
		{inf, 1, -inf, nan},
		{1, 1, nan, nan},
		{nan, 0, 1, nan},
		{1 / -inf, 1, 1 / -inf, 1 / -inf},
		{1 / -inf, 1, zero, zero},
		{-0x1p-100, 0x1p-100, zero, 1 / -inf}, // an underflow keeps its sign
	} {
		require.Equal(t, canonical(v[3]), canonical(fma(v[0], v[1], v[2])), "fma%v", v)
	}
}
