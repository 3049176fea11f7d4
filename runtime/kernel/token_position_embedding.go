package kernel

// TokenPositionEmbedding assigns y[t, d] = token[c[t], d] + position[t, d] for
// n examples of t positions, with a table of v tokens. An index outside 0..v-1
// panics.
func TokenPositionEmbedding[T Float](y []T, c []int32, token, position []T, n, v, t, d int) {
	y, c, token, position = y[:n*t*d], c[:n*t], token[:v*d], position[:t*d]
	for i, row := range c {
		at := i % t * d
		Add(y[i*d:i*d+d], token[int(row)*d:int(row)*d+d], position[at:at+d], d)
	}
}

// TokenPositionEmbeddingDtoken assigns dtoken[v, d] = Σ_t (c[t] = v)·dy[t, d],
// over all positions of all examples, in their order.
func TokenPositionEmbeddingDtoken[T Float](dtoken []T, c []int32, dy []T, n, v, t, d int) {
	LookupDtable(dtoken, c, dy, n, v, t, d)
}

// TokenPositionEmbeddingDtokenInto is LookupDtableInto.
func TokenPositionEmbeddingDtokenInto[T Float](dtoken []T, c []int32, dy []T, n, v, t, d int, keep, by T, from, to int) {
	LookupDtableInto(dtoken, c, dy, n, v, t, d, keep, by, from, to)
}

// TokenPositionEmbeddingDposition assigns dposition[t, d] = Σ dy[t, d] over
// all examples.
func TokenPositionEmbeddingDposition[T Float](dposition, dy []T, n, v, t, d int) {
	AffineDbias(dposition, dy, n, 1, 0, t*d)
}

// TokenPositionEmbeddingDpositionInto assigns dposition[t, d] =
// keep·dposition[t, d] + by·Σ dy[t, d] over all examples, for the positions
// from up to to. A keep of zero does not read dposition.
func TokenPositionEmbeddingDpositionInto[T Float](dposition, dy []T, n, v, t, d int, keep, by T, from, to int) {
	addRowsInto(dposition, dy, n, t*d, keep, by, from*d, to*d)
}
