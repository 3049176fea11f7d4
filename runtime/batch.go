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

func pieces(whole, piece int) {
	if whole != 0 && (piece == 0 || whole%piece != 0) {
		panic("runtime: a batch is no whole number of examples")
	}
}
