package runtime

import "sync"

// Chunk is the number of examples that predictors compute at a time: enough
// to keep kernels busy, few enough that what passes between them stays in
// the cache.
const Chunk = 64

// Pool keeps what the calls of a predictor work in, one for each call in
// flight.
type Pool[A any] struct{ pool *sync.Pool }

// NewPool returns a pool of what make makes.
func NewPool[A any](make func() *A) Pool[A] {
	return Pool[A]{&sync.Pool{New: func() any { return make() }}}
}

// Get takes one out of the pool, or makes one.
func (p Pool[A]) Get() *A { return p.pool.Get().(*A) }

// Put gives one back.
func (p Pool[A]) Put(a *A) { p.pool.Put(a) }

// ColumnSize returns the common length of columns, which may be 0. It fails
// with a *BatchError where they differ.
func ColumnSize(columns ...int) (int, error) {
	for _, n := range columns {
		if n != columns[0] {
			return 0, columnsDiffer(columns[0], n)
		}
	}
	return columns[0], nil
}
