package checkpoint

import (
	"errors"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime"
)

// outside says which of the elements b of t does not belong to t's object: the
// first one, by its index; "" where all do. Where the object is all of R, it
// says so of what is no number only if that is asked.
func (t *Tensor) outside(b []byte, finite bool) string {
	set := t.Set
	if set == nil && finite {
		set = runtime.All{}
	}
	n := t.Size()
	switch {
	case t.F32 != nil && set != nil:
		v := Tensor{F32: make([]float32, n)}
		v.fill(b)
		return t.refused(runtime.Check(t.Object, set, v.F32))
	case t.F64 != nil && finite:
		v := Tensor{F64: make([]float64, n)}
		v.fill(b)
		for i, x := range v.F64 {
			if x-x != 0 {
				return t.refused(&runtime.SetError{Value: x, Index: i, Set: runtime.All{}})
			}
		}
	case t.I32 != nil && t.Classes > 0:
		v := Tensor{I32: make([]int32, n)}
		v.fill(b)
		return t.refused(runtime.CheckIndex(t.Object, t.Classes, v.I32))
	}
	return ""
}

// refused puts an error of a value into words.
func (t *Tensor) refused(err error) string {
	var set *runtime.SetError
	var class *runtime.ClassError
	switch {
	case errors.As(err, &class):
		return t.title(t.index(class.Index)) + ": " + strconv.FormatInt(class.Value, 10) + " is not in 0.." + strconv.Itoa(t.Classes-1)
	case !errors.As(err, &set):
		return ""
	case set.Sum:
		return t.title(t.row(set.Index)) + ": the numbers sum to " + strconv.FormatFloat(set.Value, 'g', 6, 64) + ", not to 1"
	}
	value := strconv.FormatFloat(set.Value, 'g', -1, 32)
	if t.F64 != nil {
		value = strconv.FormatFloat(set.Value, 'g', -1, 64)
	}
	is := " is not in "
	if set.Value-set.Value != 0 {
		is = " is not a number of "
	}
	return t.title(t.index(set.Index)) + ": " + value + is + set.Set.String()
}

// index is the place of element i in t, as [2, 0]; "" in a scalar. Of a single
// element, i is -1.
func (t *Tensor) index(i int) string {
	if len(t.Shape) == 0 {
		return ""
	}
	i = max(i, 0)
	index := make([]int, len(t.Shape))
	for k := len(t.Shape) - 1; k >= 0; k-- {
		index[k] = i % t.Shape[k]
		i /= t.Shape[k]
	}
	return shapeText(index)
}

// row is the place of the last axis that begins at element i; "" where t has
// no other.
func (t *Tensor) row(i int) string {
	last := len(t.Shape) - 1
	if last < 1 {
		return ""
	}
	above := Tensor{Shape: t.Shape[:last]}
	return above.index(max(i, 0) / t.Shape[last])
}
