package runtime

// Mean returns the mean of v, NaN of none. It adds in float64, every fourth
// number to one of four sums, so that no addition waits for the one before.
func Mean[T Float](v []T) T {
	var a, b, c, d float64
	rest := v
	for ; len(rest) >= 4; rest = rest[4:] {
		a += float64(rest[0])
		b += float64(rest[1])
		c += float64(rest[2])
		d += float64(rest[3])
	}
	for _, x := range rest {
		a += float64(x)
	}
	return T(((a + b) + (c + d)) / float64(len(v)))
}

// Repeat fills dst with copies of src, one after another: one value that
// meets a batch. It panics unless dst holds a whole number of them.
func Repeat[E any](dst, src []E) {
	pieces(len(dst), len(src))
	for len(dst) > 0 {
		copy(dst, src)
		dst = dst[len(src):]
	}
}

// SumBatch assigns to dst the sum of the pieces of src that are as long as
// dst, added in order: the reverse of Repeat. It panics unless src holds a
// whole number of them.
func SumBatch[T Float](dst, src []T) {
	pieces(len(src), len(dst))
	clear(dst)
	for len(src) > 0 {
		for i := range dst {
			dst[i] += src[i]
		}
		src = src[len(dst):]
	}
}

// Part assigns to dst, for each of n examples, the elements of src from start
// on, as many as dst has of each: one element of a power. It panics unless both
// hold n examples and the range lies within them.
func Part[E any](dst, src []E, n, start int) {
	d, s := each(len(dst), n), each(len(src), n)
	for i := range n {
		copy(dst[i*d:(i+1)*d], src[i*s+start : (i+1)*s][:d])
	}
}

// AddPart adds src to those elements of dst that Part would take: its reverse.
func AddPart[T Float](dst, src []T, n, start int) {
	d, s := each(len(dst), n), each(len(src), n)
	for i := range n {
		to := dst[i*d+start : (i+1)*d][:s]
		for k, v := range src[i*s : (i+1)*s] {
			to[k] += v
		}
	}
}

// each is the number of elements of one of n examples.
func each(whole, n int) int {
	pieces(whole, n)
	if n == 0 {
		return 0
	}
	return whole / n
}

func pieces(whole, piece int) {
	if whole != 0 && (piece == 0 || whole%piece != 0) {
		panic("runtime: a batch is no whole number of examples")
	}
}
