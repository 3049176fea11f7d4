package runtime

import (
	"strconv"
	"unsafe"
)

// Flat views an object made of float32 alone (a scalar, a nested array, a
// record of these) as the slice of its numbers in declaration order. The
// slice shares memory with *a. The caller vouches for the element type; a
// size that is no multiple of four bytes panics.
func Flat[A any](a *A) []float32 { return cells[float32](a) }

// Ints views an object made of int32 alone (a class, a power of classes) as
// a slice.
func Ints[A any](a *A) []int32 { return cells[int32](a) }

// Longs views an object made of int64 alone (Int, a power of Int) as a slice.
func Longs[A any](a *A) []int64 { return cells[int64](a) }

// Bools views an object made of bool alone as a slice.
func Bools[A any](a *A) []bool { return cells[bool](a) }

// FlatSlice views a column of objects made of float32 alone as the slice of
// all their numbers, row after row.
func FlatSlice[A any](rows []A) []float32 { return cellsOf[float32](rows) }

// IntsSlice is FlatSlice for objects made of int32 alone.
func IntsSlice[A any](rows []A) []int32 { return cellsOf[int32](rows) }

// LongsSlice is FlatSlice for objects made of int64 alone.
func LongsSlice[A any](rows []A) []int64 { return cellsOf[int64](rows) }

// BoolsSlice is FlatSlice for objects made of bool alone.
func BoolsSlice[A any](rows []A) []bool { return cellsOf[bool](rows) }

// View is the reverse of FlatSlice for one row: it views the k-th object in
// buf. It panics where buf ends before that object does.
func View[A any](buf []float32, k int) *A {
	n := count[A, float32]()
	row := buf[k*n : k*n+n : k*n+n]
	return (*A)(unsafe.Pointer(unsafe.SliceData(row)))
}

// AsSlice views flat numbers as a column of objects. It panics unless flat
// holds a whole number of them.
func AsSlice[A any](flat []float32) []A { return rowsOf[A](flat) }

// AsIntSlice is AsSlice for objects made of int32 alone.
func AsIntSlice[A any](flat []int32) []A { return rowsOf[A](flat) }

func cells[E, A any](a *A) []E {
	return unsafe.Slice((*E)(unsafe.Pointer(a)), count[A, E]())
}

func cellsOf[E, A any](rows []A) []E {
	n := count[A, E]()
	return unsafe.Slice((*E)(unsafe.Pointer(unsafe.SliceData(rows))), n*len(rows))
}

func rowsOf[A, E any](flat []E) []A {
	n := count[A, E]()
	if n == 0 || len(flat)%n != 0 {
		panic("runtime: " + strconv.Itoa(len(flat)) + " numbers are no whole number of objects of size " + strconv.Itoa(n))
	}
	return unsafe.Slice((*A)(unsafe.Pointer(unsafe.SliceData(flat))), len(flat)/n)
}

// count is the number of E in an A. Neither is made: a large A would be
// allocated.
func count[A, E any]() int {
	var a *A
	var e *E
	size, unit := unsafe.Sizeof(*a), unsafe.Sizeof(*e)
	if size%unit != 0 || unsafe.Alignof(*a) > unsafe.Alignof(*e) {
		panic("runtime: an object of " + strconv.Itoa(int(size)) + " bytes is not made of elements of " + strconv.Itoa(int(unit)) + " bytes alone")
	}
	return int(size / unit)
}

// Gather copies the given rows of a column into dst: dst[i] = column[rows[i]].
// It panics where dst is shorter than rows or a row is not in the column.
func Gather[A any, I ~int | ~int32 | ~int64](dst, column []A, rows []I) {
	dst = dst[:len(rows):len(dst)]
	for i, r := range rows {
		dst[i] = column[r]
	}
}
