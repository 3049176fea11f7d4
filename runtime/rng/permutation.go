package rng

// Permutation returns the numbers 0..n-1 in the random order of seed.
func Permutation(seed uint64, n int) []int {
	p := make([]int, n)
	New(seed, "permutation").Permute(p)
	return p
}

// Permute fills p with 0..len(p)-1 in random order (Fisher and Yates, in
// Durstenfeld's form). It allocates nothing.
func (r *Rand) Permute(p []int) {
	for i := range p {
		p[i] = i
	}
	for i := len(p) - 1; i > 0; i-- {
		j := r.Intn(i + 1)
		p[i], p[j] = p[j], p[i]
	}
}
