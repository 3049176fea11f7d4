package checkpoint

import "github.com/ctgen-lang/ctgen/runtime"

// Tensor is a named, live view of one tensor. Exactly one of F32, F64, I32
// and I64 is set, with as many elements as Shape says; a scalar has no shape.
type Tensor struct {
	Name  string // slot path: "layer1.weight", "params.layer1.weight", "count"
	Shape []int
	F32   []float32
	F64   []float64
	I32   []int32
	I64   []int64

	// What the spec says of the tensor. Files hold nothing of it: loading
	// names the object where a file differs, and refuses values outside.
	Object  string      // "Weights", or by its field "Neuron.weight"
	Set     runtime.Set // of the numbers of F32; nil for all of R
	Classes int         // of I32, whose values are in 0..Classes-1; 0 for any
}

// Size is the number of elements that the shape stands for.
func (t *Tensor) Size() int {
	n := 1
	for _, d := range t.Shape {
		n *= d
	}
	return n
}

// title names element index of t, or t as a whole, with its object.
func (t *Tensor) title(index string) string {
	if t.Object == "" {
		return t.Name + index
	}
	return t.Name + index + " (" + t.Object + ")"
}
