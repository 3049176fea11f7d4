package kernel

// Reshape assigns y = x: the same s = r elements of n examples in another
// shape.
func Reshape[T Float](y, x []T, n, s, r int) { copy(y[:n*r], x[:n*s]) }

// ReshapeDx assigns dx = dy.
func ReshapeDx[T Float](dx, dy []T, n, s, r int) { copy(dx[:n*s], dy[:n*r]) }

// Each assigns y = x: the same rows rows of s = r elements of n examples.
func Each[T Float](y, x []T, n, rows, s, r int) { copy(y[:n*rows*r], x[:n*rows*s]) }

// EachDx assigns dx = dy.
func EachDx[T Float](dx, dy []T, n, rows, s, r int) { copy(dx[:n*rows*s], dy[:n*rows*r]) }

// Concat assigns to y rows of k = i + j elements: those of a, then those of b,
// for n examples of t positions.
func Concat[T Float](y, a, b []T, n, t, i, j, k int) {
	for r := range n * t {
		copy(y[r*k:r*k+i], a[r*i:r*i+i])
		copy(y[r*k+i:r*k+k], b[r*j:r*j+j])
	}
}

// ConcatDa assigns da[t, i] = dy[t, i].
func ConcatDa[T Float](da, dy []T, n, t, i, j, k int) { Slice(da, dy, n, t, k, i, 0, i) }

// ConcatDb assigns db[t, j] = dy[t, i + j].
func ConcatDb[T Float](db, dy []T, n, t, i, j, k int) { Slice(db, dy, n, t, k, j, i, k) }

// Slice assigns y[t, k] = x[t, from + k] for n examples of t positions of i
// elements, k = to - from of which are taken.
func Slice[T Float](y, x []T, n, t, i, k, from, to int) {
	for r := range n * t {
		copy(y[r*k:r*k+k], x[r*i+from:r*i+to])
	}
}

// SliceDx assigns dx[t, from + k] = dy[t, k] and 0 elsewhere.
func SliceDx[T Float](dx, dy []T, n, t, i, k, from, to int) {
	for r := range n * t {
		row := dx[r*i : r*i+i]
		clear(row[:from])
		copy(row[from:to], dy[r*k:r*k+k])
		clear(row[to:])
	}
}
