package runtime

// Check reports the first of the numbers v that does not belong to object,
// whose values lie in set, as a *SetError; nil if all do.
func Check(object string, set Set, v []float32) error {
	if _, ok := set.(All); ok && allFinite(v) {
		return nil
	}
	for i, x := range v {
		if !set.Contains(float64(x)) {
			return &SetError{Object: object, Value: float64(x), Index: place(i, len(v)), Set: set}
		}
	}
	if s, ok := set.(Simplex); ok && s.Axis > 0 {
		return checkSums(object, s, v)
	}
	return nil
}

// allFinite is quicker than asking the set of all numbers for each.
func allFinite(v []float32) bool {
	for _, x := range v {
		if x-x != 0 {
			return false
		}
	}
	return true
}

func checkSums(object string, s Simplex, v []float32) error {
	for at := 0; at+s.Axis <= len(v); at += s.Axis {
		sum := 0.0
		for _, x := range v[at : at+s.Axis] {
			sum += float64(x)
		}
		if sum < 1-SimplexTolerance || sum > 1+SimplexTolerance {
			start := at
			if len(v) == s.Axis {
				start = -1
			}
			return &SetError{Object: object, Value: sum, Index: start, Set: s, Sum: true}
		}
	}
	return nil
}

// CheckIndex reports the first of the indices v that is none of the classes
// 0..classes-1, as a *ClassError.
func CheckIndex(object string, classes int, v []int32) error {
	for i, x := range v {
		if x < 0 || int(x) >= classes {
			return &ClassError{Object: object, Value: int64(x), Index: place(i, len(v)), Classes: classes}
		}
	}
	return nil
}

func place(i, n int) int {
	if n == 1 {
		return -1
	}
	return i
}

// NewScalar makes an object over R: it fails with a *SetError where v is not
// in set.
func NewScalar[A ~float32](object string, set Set, v float32) (A, error) {
	if !set.Contains(float64(v)) {
		return 0, &SetError{Object: object, Value: float64(v), Index: -1, Set: set}
	}
	return A(v), nil
}

// NewTensor makes an object over R[…] from its numbers in row-major order. It
// fails with a *SizeError where their count is wrong and with a *SetError
// where one is not in set.
func NewTensor[A any](object string, set Set, v []float32) (A, error) {
	var a, zero A
	flat := Flat(&a)
	if len(v) != len(flat) {
		return zero, &SizeError{object, len(v), len(flat)}
	}
	if err := Check(object, set, v); err != nil {
		return zero, err
	}
	copy(flat, v)
	return a, nil
}

// NewIndex makes an object over Fin[classes]; it fails with a *ClassError
// unless 0 <= v < classes.
func NewIndex[A ~int32](object string, classes, v int) (A, error) {
	if v < 0 || v >= classes {
		return 0, &ClassError{Object: object, Value: int64(v), Index: -1, Classes: classes}
	}
	return A(v), nil
}

// NewIndices makes a power of Fin[classes] from its indices.
func NewIndices[A any](object string, classes int, v []int32) (A, error) {
	var a, zero A
	cells := Ints(&a)
	if len(v) != len(cells) {
		return zero, &SizeError{object, len(v), len(cells)}
	}
	if err := CheckIndex(object, classes, v); err != nil {
		return zero, err
	}
	copy(cells, v)
	return a, nil
}

// First returns the first error that is not nil: the check of a record is
// First of the checks of its fields.
func First(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
