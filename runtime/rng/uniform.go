package rng

// Draws are the random numbers of one example: a function of a key, the
// example and the element, so that it does not matter who computes which of
// them, or in what order.
type Draws struct{ a, b uint32 }

// DrawsOf returns the numbers of an example. The key counts steps: it starts
// anywhere and grows by one.
func DrawsOf(key int64, example int) Draws {
	k := mix(mix(uint64(key)) ^ uint64(example))
	return Draws{uint32(k), uint32(k >> 32)}
}

// Uniform is the number of an element: a multiple of 2^-24 in [0, 1).
func (d Draws) Uniform(element int) float32 {
	x := scramble(uint32(element)*0x9e3779b9 + d.a)
	return float32(scramble(x^d.b)>>8) * 0x1p-24
}

// scramble is a bijection of 32 bits in which each bit depends on all
// (C. Wellons, "Prospecting for Hash Functions", 2018).
func scramble(x uint32) uint32 {
	x = (x ^ x>>16) * 0x7feb352d
	x = (x ^ x>>15) * 0x846ca68b
	return x ^ x>>16
}

// Keys fills dst with keys that leave room for 2^52 steps and are exact as
// float64 numbers.
func Keys(r *Rand, dst []int64) {
	for i := range dst {
		dst[i] = int64(r.Uint64() >> 16)
	}
}
