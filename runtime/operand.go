package runtime

import (
	"strconv"
	"strings"
)

// Operand is an object that a checked arrow reads or writes, as checks,
// messages and traces look at it: its name in the spec, its set, and a view of
// its numbers. Exactly one of the views is in use; a record has one Operand
// for each tensor in it.
type Operand struct {
	object    string
	set       Set
	dims      []int
	reals     []float32
	ints      []int32
	classes   int
	longs     []int64
	bools     []bool
	text      *string
	parts     []Operand
	parameter bool
}

// RealOperand views numbers of an object whose values lie in set; nil is All.
func RealOperand(object string, set Set, v []float32, dims ...int) Operand {
	if set == nil {
		set = All{}
	}
	return Operand{object: object, set: set, reals: v, dims: dims}
}

// ClassOperand views indices out of 0..classes-1.
func ClassOperand(object string, classes int, v []int32, dims ...int) Operand {
	return Operand{object: object, classes: classes, ints: v, dims: dims}
}

// IntOperand views whole numbers.
func IntOperand(object string, v []int64, dims ...int) Operand {
	return Operand{object: object, longs: v, dims: dims}
}

// BoolOperand views truth values.
func BoolOperand(object string, v []bool, dims ...int) Operand {
	return Operand{object: object, bools: v, dims: dims}
}

// TextOperand views a text.
func TextOperand(object string, v *string) Operand { return Operand{object: object, text: v} }

// RecordOperand is an object of several tensors.
func RecordOperand(object string, parts ...Operand) Operand {
	return Operand{object: object, parts: parts}
}

// Parameter marks what an arrow is given beside its input.
func (o Operand) Parameter() Operand {
	o.parameter = true
	return o
}

// check reports the first number that does not belong to its object.
func (o *Operand) check() error {
	for i := range o.parts {
		if err := o.parts[i].check(); err != nil {
			return err
		}
	}
	if o.ints != nil {
		return CheckIndex(o.object, o.classes, o.ints)
	}
	return Check(o.object, o.set, o.reals)
}

// size is the number of elements of a tensor.
func (o *Operand) size() int { return max(len(o.reals), len(o.ints), len(o.longs), len(o.bools)) }

// shape is the object with its dimensions: Features[30].
func (o *Operand) shape() string {
	if len(o.dims) == 0 {
		return o.object
	}
	dims := make([]string, len(o.dims))
	for i, d := range o.dims {
		dims[i] = strconv.Itoa(d)
	}
	return o.object + "[" + strings.Join(dims, ", ") + "]"
}

const (
	shownElements = 6
	shownRunes    = 40
)

// values lists what a message shows of an operand: Rates = [0.5, 0, 1]. Of a
// tensor that is long it is the beginning, and the element at index, if any
// is.
func (o *Operand) values(index int) string {
	if o.parts != nil {
		parts := make([]string, len(o.parts))
		for i := range o.parts {
			parts[i] = o.parts[i].values(-1)
		}
		return strings.Join(parts, ", ")
	}
	return o.object + " = " + o.elements(index)
}

func (o *Operand) elements(index int) string {
	if o.text != nil {
		if runes := []rune(*o.text); len(runes) > shownRunes {
			return strconv.Quote(string(runes[:shownRunes])) + "…"
		}
		return strconv.Quote(*o.text)
	}
	n := o.size()
	if n == 1 && len(o.dims) == 0 {
		return o.element(0)
	}
	shown := make([]string, 0, shownElements+1)
	for i := range min(n, shownElements) {
		shown = append(shown, o.element(i))
	}
	if n <= shownElements {
		return "[" + strings.Join(shown, ", ") + "]"
	}
	s := "[" + strings.Join(shown, ", ") + ", … " + strconv.Itoa(n) + " in all]"
	if index >= shownElements && index < n {
		s += ", " + o.element(index) + " at " + strconv.Itoa(index)
	}
	return s
}

func (o *Operand) element(i int) string {
	switch {
	case o.reals != nil:
		return number32(float64(o.reals[i]))
	case o.ints != nil:
		return strconv.Itoa(int(o.ints[i]))
	case o.longs != nil:
		return strconv.FormatInt(o.longs[i], 10)
	}
	return strconv.FormatBool(o.bools[i])
}
