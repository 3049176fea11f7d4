package runtime

// Reals describes an object of real numbers to its generated constructor and
// decoder. Set is nil where all numbers belong to the object.
type Reals[A any] struct {
	Name string // in the spec's words
	Set  Set
	Dims []int
}

// New makes an A from its numbers in row-major order. It fails with a
// *SizeError where their count is wrong and with a *SetError where one does
// not belong to the object.
func (o Reals[A]) New(v ...float32) (A, error) {
	if o.Set == nil {
		return NewTensor[A](o.Name, All{}, v)
	}
	return NewTensor[A](o.Name, o.Set, v)
}

// Check fails with a *SetError where a does not belong to the object.
func (o Reals[A]) Check(a A) error {
	if o.Set == nil {
		return Check(o.Name, All{}, Flat(&a))
	}
	return Check(o.Name, o.Set, Flat(&a))
}

// Decode reads an A from JSON, strictly.
func (o Reals[A]) Decode(text []byte, a *A) error {
	return DecodeTensor(text, o.Name, o.Set, Flat(a), o.Dims...)
}

// Classes describes an object of indices out of 0..N-1.
type Classes[A any] struct {
	Name string
	N    int
	Dims []int
}

// New makes an A from its indices. It fails with a *SizeError where their
// count is wrong and with a *ClassError where one is no class.
func (o Classes[A]) New(v ...int32) (A, error) { return NewIndices[A](o.Name, o.N, v) }

// Decode reads an A from JSON, strictly.
func (o Classes[A]) Decode(text []byte, a *A) error {
	return DecodeIndices(text, o.Name, o.N, Ints(a), o.Dims...)
}

// RealField is a field that holds a tensor; object says whose, in messages.
func RealField(name, object string, set Set, dst []float32, dims ...int) Field {
	return Field{name, func(text []byte) error { return DecodeTensor(text, object, set, dst, dims...) }}
}
