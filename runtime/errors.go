package runtime

import "strconv"

// SetError says that a value does not belong to its object.
type SetError struct {
	Object string  // in the spec's words: "Probability", "Neuron.weight"
	Value  float64 // of a simplex whose numbers are fine one by one: their sum
	Index  int     // position among the object's numbers, -1 of a scalar
	Set    Set
	Sum    bool // Value is the sum of the axis that starts at Index
}

func (e *SetError) Error() string {
	s := e.Object + ": " + number32(e.Value)
	if e.Sum {
		s = e.Object + ": sum " + number32(e.Value)
	}
	if e.Index >= 0 {
		s += " at " + strconv.Itoa(e.Index)
	}
	if e.Sum {
		return s + " is not 1, so it is not in " + e.Set.String()
	}
	if !finite(e.Value) {
		return s + " is not a number of " + e.Set.String()
	}
	return s + " is not in " + e.Set.String()
}

// SizeError says that a slice does not have as many numbers as its object.
type SizeError struct {
	Object    string
	Got, Want int
}

func (e *SizeError) Error() string {
	return e.Object + ": " + strconv.Itoa(e.Got) + " numbers, want " + strconv.Itoa(e.Want)
}

// ClassError says that an index is not one of its object's classes.
type ClassError struct {
	Object  string
	Value   int64
	Index   int // position among the object's indices, -1 of a single one
	Classes int
}

func (e *ClassError) Error() string {
	s := e.Object + ": " + strconv.FormatInt(e.Value, 10)
	if e.Index >= 0 {
		s += " at " + strconv.Itoa(e.Index)
	}
	return s + " is not in 0.." + strconv.Itoa(e.Classes-1)
}
