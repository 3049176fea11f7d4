package lawtest

import (
	"testing"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Func is a differentiated plan function at one element type.
type Func[T kernel.Float] struct {
	Name string   // in the spec's words: "grad measure"
	Args []Tensor // its leaf arguments, cotangents left out
	Work int      // floating point operations for one example, where they are many; else 0
	// Least is how many examples there are at least: 1 where it is 0. Where
	// they are the elements of a list, an arrow may need more.
	Least int
	// Run returns the mean loss over n examples at the given arguments. It
	// assigns to grad[i] the gradient by Args[i], for every real argument
	// with Param set; the other entries of grad are nil.
	Run func(n int, at []Values[T], grad [][]T) T
}

// gradients returns room for the gradient by each parameter.
func (f *Func[T]) gradients() [][]T {
	g := make([][]T, len(f.Args))
	for i := range f.Args {
		if a := &f.Args[i]; a.Param && a.Kind == Real {
			g[i] = make([]T, a.Size())
		}
	}
	return g
}

// size is the number of parameter elements and of parameter leaves.
func (f *Func[T]) size() (elements, leaves int) {
	for i := range f.Args {
		if a := &f.Args[i]; a.Param {
			elements += a.Size()
			leaves++
		}
	}
	return elements, leaves
}

func (f *Func[T]) point(r *rng.Rand, n int, in where) []Values[T] {
	at := rooms[T](f.Args, n)
	drawAll(r, f.Args, at, in)
	return at
}

// atLeast are numbers of examples, the smallest of which is least.
func atLeast(least int, sizes ...int) []int {
	for i := range sizes {
		sizes[i] += max(least, 1) - 1
	}
	return sizes
}

// draws bounds the work: models with many parameters get fewer points.
func draws(work int) int {
	limit := 20
	if full() {
		limit = 100
		work /= 4
	}
	return min(max(40_000_000/max(work, 1), 2), limit)
}

// affordable is how many runs of work floating point operations each may be
// made, at most limit and at least one; without work, limit. Portable Go does
// about one such operation in a nanosecond.
func affordable(work, limit int) int {
	budget := 200_000_000
	if full() {
		budget *= 10
	}
	if work == 0 {
		return limit
	}
	return min(max(budget/work, 1), limit)
}

// guard skips a check that meets an unwritten arrow; Written reports those.
func guard(t testing.TB) {
	t.Helper()
	if p := recover(); p != nil {
		if err, ok := unwritten(p); ok {
			t.Skipf("%v", err)
			return
		}
		panic(p)
	}
}
