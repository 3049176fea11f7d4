package kernel

// Accumulate adds src to dst: a second contribution to a cotangent.
func Accumulate[T Float](dst, src []T) { Add(dst, dst, src, len(dst)) }

// Gather assigns keep·dst + src to dst, for a keep of 0, which does not read
// dst, or 1.
func Gather[T Float](dst, src []T, keep T) {
	if keep == 0 {
		copy(dst, src)
		return
	}
	Accumulate(dst, src)
}

// Fill assigns v to every element.
func Fill[T Float](dst []T, v T) {
	if vectors[T]() {
		vecFill(narrow(dst), float32(v))
		return
	}
	for i := range dst {
		dst[i] = v
	}
}

// FillIndices assigns v to every element.
func FillIndices[I ~int32 | ~int64](dst []I, v I) {
	for i := range dst {
		dst[i] = v
	}
}
