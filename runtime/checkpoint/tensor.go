package checkpoint

// Tensor is a named, live view of one tensor. Exactly one of F32, F64, I32
// and I64 is set, with as many elements as Shape says; a scalar has no shape.
type Tensor struct {
	Name  string // slot path: "layer1.weight", "params.layer1.weight", "count"
	Shape []int
	F32   []float32
	F64   []float64
	I32   []int32
	I64   []int64
}

// Size is the number of elements that the shape stands for.
func (t *Tensor) Size() int {
	n := 1
	for _, d := range t.Shape {
		n *= d
	}
	return n
}
