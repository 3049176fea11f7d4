package runtime

import (
	"unsafe"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

// cacheLine is the unit, in bytes, that memory moves in on most processors.
const cacheLine = 64

// Aligned makes n zeros that begin at a cache line.
func Aligned[T Float](n int) []T {
	size := int(unsafe.Sizeof(*new(T)))
	all := make([]T, n+cacheLine/size)
	skip := -int(uintptr(unsafe.Pointer(unsafe.SliceData(all)))) & (cacheLine - 1) / size
	return all[skip : skip+n : skip+n]
}

// Turn stores in dst, transposed, the matrices of rows by cols numbers that
// follow each other in src. It panics unless both have the same length, a
// whole number of matrices.
func Turn[T Float](dst, src []T, rows, cols int) {
	size := rows * cols
	if len(dst) != len(src) {
		panic("runtime: a tensor and its transpose differ in size")
	}
	pieces(len(src), size)
	for at := 0; at < len(src); at += size {
		kernel.Transpose(dst[at:at+size], src[at:at+size], rows, cols)
	}
}
