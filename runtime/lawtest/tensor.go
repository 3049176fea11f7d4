package lawtest

import (
	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

// Kind is the element type of a tensor.
type Kind uint8

const (
	Real Kind = iota
	Fin
	Int
	Bool
)

// Tensor describes one leaf argument or result: what it is called in the
// spec, its shape for one example, and the set that its values come from.
type Tensor struct {
	Name    string
	Kind    Kind
	Dims    []int       // of one example; empty for a scalar
	Set     runtime.Set // nil: all real numbers
	Classes int         // of Fin
	// Param marks what all examples of a batch share and what gradients are
	// taken by; Setting marks what they share and no gradient is taken by.
	Param, Setting bool
	// Fresh marks what an optimizer adds to the parameters: it starts at zero.
	Fresh bool
}

// Data describes a batched real tensor.
func Data(name string, set runtime.Set, dims ...int) Tensor {
	return Tensor{Name: name, Dims: dims, Set: set}
}

// Param describes a parameter or state leaf.
func Param(name string, set runtime.Set, dims ...int) Tensor {
	return Tensor{Name: name, Dims: dims, Set: set, Param: true}
}

// Shared describes a parameter or state leaf that holds no real numbers.
func Shared(t Tensor) Tensor {
	t.Param = true
	return t
}

// Fresh describes a leaf of a state that starts at zero.
func Fresh(t Tensor) Tensor {
	t.Fresh = true
	return t
}

// Class describes batched indices out of 0..classes-1.
func Class(name string, classes int, dims ...int) Tensor {
	return Tensor{Name: name, Kind: Fin, Classes: classes, Dims: dims}
}

// Integer describes batched small counts.
func Integer(name string, dims ...int) Tensor { return Tensor{Name: name, Kind: Int, Dims: dims} }

// Truth describes batched Bool values.
func Truth(name string, dims ...int) Tensor { return Tensor{Name: name, Kind: Bool, Dims: dims} }

// Setting describes one number that all examples share, such as a rate.
func Setting(name string, set runtime.Set) Tensor {
	return Tensor{Name: name, Set: set, Setting: true}
}

// Size is the number of elements of one example.
func (t *Tensor) Size() int {
	n := 1
	for _, d := range t.Dims {
		n *= d
	}
	return n
}

func (t *Tensor) batched() bool { return !t.Param && !t.Setting }

// moves reports whether a gradient is taken by t.
func (t *Tensor) moves() bool {
	_, finite := t.Set.(runtime.Finite)
	return t.Kind == Real && !t.Setting && !finite
}

// Values holds the elements of one tensor in the slice of its kind; the
// other slices are nil.
type Values[T kernel.Float] struct {
	Real []T
	Fin  []int32
	Int  []int64
	Bool []bool
}

// room returns zero values for n examples of t.
func room[T kernel.Float](t *Tensor, n int) Values[T] {
	if !t.batched() {
		n = 1
	}
	size := t.Size() * n
	switch t.Kind {
	case Fin:
		return Values[T]{Fin: make([]int32, size)}
	case Int:
		return Values[T]{Int: make([]int64, size)}
	case Bool:
		return Values[T]{Bool: make([]bool, size)}
	}
	return Values[T]{Real: make([]T, size)}
}

func rooms[T kernel.Float](ts []Tensor, n int) []Values[T] {
	out := make([]Values[T], len(ts))
	for i := range ts {
		out[i] = room[T](&ts[i], n)
	}
	return out
}

// convert copies a point to the other element type.
func convert[T, F kernel.Float](at []Values[F]) []Values[T] {
	out := make([]Values[T], len(at))
	for i, v := range at {
		out[i] = Values[T]{Fin: v.Fin, Int: v.Int, Bool: v.Bool}
		if v.Real != nil {
			out[i].Real = make([]T, len(v.Real))
			for j, x := range v.Real {
				out[i].Real[j] = T(x)
			}
		}
	}
	return out
}

// Rooms returns zero values for one example of each tensor.
func Rooms[T kernel.Float](ts []Tensor) []Values[T] { return rooms[T](ts, 1) }
