package kernel

// Accumulate adds src to dst: a second contribution to a cotangent.
func Accumulate[T Float](dst, src []T) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] += src[i]
	}
}

// Fill assigns v to every element.
func Fill[T Float](dst []T, v T) {
	for i := range dst {
		dst[i] = v
	}
}
