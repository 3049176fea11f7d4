package rng

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// Rand is the PCG-DXSM generator of math/rand/v2 with 128 bits of state
// (M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically
// Good Algorithms for Random Number Generation", 2014). It is not safe for
// concurrent use and not fit for cryptography.
type Rand struct{ pcg rand.PCG }

// New returns the generator of the given seed and path: streams of different
// slots ("layer1.weight", "shuffle") do not depend on each other's number,
// order or length.
func New(seed uint64, path string) *Rand {
	r := &Rand{}
	r.Reset(seed, path)
	return r
}

// Reset makes r the generator that New(seed, path) returns.
func (r *Rand) Reset(seed uint64, path string) {
	h := uint64(14695981039346656037) // FNV-1a
	for i := 0; i < len(path); i++ {
		h = (h ^ uint64(path[i])) * 1099511628211
	}
	r.pcg.Seed(mix(seed), mix(h))
	r.pcg.Uint64()
}

// Key derives the seed of a sub-stream: an epoch of a shuffle, a draw of a
// test.
func Key(seed, index uint64) uint64 { return mix(seed ^ mix(index)) }

// mix is the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
func mix(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Uint64 returns 64 random bits.
func (r *Rand) Uint64() uint64 { return r.pcg.Uint64() }

// Float64 returns a number in [0, 1), a multiple of 2^-53.
func (r *Rand) Float64() float64 { return float64(r.Uint64()>>11) * 0x1p-53 }

// Intn returns an integer in [0, n), without bias (Lemire, "Fast Random
// Integer Generation in an Interval", 2019). It panics if n <= 0.
func (r *Rand) Intn(n int) int {
	if n <= 0 {
		panic("rng: Intn of a number that is not positive")
	}
	m := uint64(n)
	hi, lo := bits.Mul64(r.Uint64(), m)
	if lo < m {
		for floor := -m % m; lo < floor; {
			hi, lo = bits.Mul64(r.Uint64(), m)
		}
	}
	return int(hi)
}

// Normal returns a draw of the standard normal distribution by the polar
// method (Marsaglia and Bray, 1964). Only +, *, / and the square root are
// used on the way to the logarithm, which is the portable one below.
func (r *Rand) Normal() float64 {
	for {
		u := 2*r.Float64() - 1
		v := 2*r.Float64() - 1
		// The conversions keep compilers from fusing a product and a sum,
		// which would give other bits on machines that can.
		s := float64(u*u) + float64(v*v)
		if s > 0 && s < 1 {
			return u * math.Sqrt(float64(-2*logUnit(s))/s)
		}
	}
}

// logUnit is the natural logarithm of 0 < s < 1 to about 1e-16 relative. It
// stands here because math.Log is assembly on some platforms and differs in
// the last bit. s = m·2^e with m in [√½, √2); log m = 2·artanh((m-1)/(m+1)).
func logUnit(s float64) float64 {
	m, e := math.Frexp(s)
	if m < math.Sqrt2/2 {
		m *= 2
		e--
	}
	t := (m - 1) / (m + 1)
	t2 := float64(t * t)
	sum := 0.0
	for k := 25; k >= 1; k -= 2 {
		sum = float64(sum*t2) + 1/float64(k)
	}
	return float64(float64(e)*math.Ln2) + float64(2*t*sum)
}
