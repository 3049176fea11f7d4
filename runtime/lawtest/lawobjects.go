package lawtest

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
)

// ObjectCase is a user's law about lists or options: two functions of objects
// that agree.
type ObjectCase struct {
	Name        string
	Left, Right string  // as the spec writes them
	Within      float64 // 0: exactly
	// Run draws inputs and applies both sides to them.
	Run func(d *Draws) (in []Input, left, right Result)
}

// Input is an object that both sides read.
type Input struct {
	Name  string // of the object, in the spec
	Value any
}

// Result is what a side makes: values, or an error where a list is too short.
type Result struct {
	Values []any
	Err    error
}

// Made is the result of a side.
func Made(err error, values ...any) Result { return Result{values, err} }

// longestList is the length of the longest list drawn.
const longestList = 4

// Length draws how many elements a list has: few at first, so that what refutes
// a law is short.
func (d *Draws) Length() int { return d.r.Intn(min(d.round/8+1, longestList) + 1) }

// Some draws whether an option holds something.
func (d *Draws) Some() bool { return d.r.Intn(4) > 0 }

// LawOfObjects is Law for sides that are functions of objects. Lists have the
// same number of elements, options hold something on both sides or on neither,
// and where one side has no value because a list is too short, the other has
// none either.
func LawOfObjects(t testing.TB, c ObjectCase) {
	t.Helper()
	defer guard(t)
	d := NewDraws("law " + c.Name)
	const points = 100
	worst, made := 0.0, 0
	for d.round = range points {
		in, left, right := c.Run(d)
		gap := c.gap(left, right)
		if gap > c.Within {
			t.Errorf("law %s: %s = %s does not hold%s%s\n  left   %s\n  right  %s", c.Name, c.Left, c.Right, tolerance(c.Within), inputText(in), left, right)
			return
		}
		if left.Err == nil {
			made++
		}
		worst = math.Max(worst, gap)
	}
	if made == 0 {
		t.Errorf("law %s: neither side had a value in %d draws, so nothing was tested", c.Name, points)
		return
	}
	t.Logf("law %s: %d draws, largest difference %s", c.Name, made, show(worst))
}

// gap is the largest relative difference of two results.
func (c *ObjectCase) gap(a, b Result) float64 {
	if a.Err != nil || b.Err != nil {
		return unequal((a.Err == nil) != (b.Err == nil))
	}
	worst := 0.0
	for i := range a.Values {
		worst = math.Max(worst, apartObjects(reflect.ValueOf(a.Values[i]), reflect.ValueOf(b.Values[i])))
	}
	return worst
}

// apartObjects is the largest relative difference of two objects of one type:
// infinite where they differ in form, in an index, or where a number is NaN.
func apartObjects(a, b reflect.Value) float64 {
	worst := 0.0
	both := func(x, y reflect.Value) { worst = math.Max(worst, apartObjects(x, y)) }
	switch a.Kind() {
	case reflect.Float32, reflect.Float64:
		_, worst = apart(Values[float64]{Real: []float64{a.Float()}}, Values[float64]{Real: []float64{b.Float()}})
	case reflect.Slice, reflect.Array:
		if a.Len() != b.Len() {
			return math.Inf(1)
		}
		for i := range a.Len() {
			both(a.Index(i), b.Index(i))
		}
	case reflect.Struct:
		for i := range a.NumField() {
			both(a.Field(i), b.Field(i))
		}
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return unequal(a.IsNil() != b.IsNil())
		}
		both(a.Elem(), b.Elem())
	default:
		return unequal(!a.Equal(b))
	}
	return worst
}

func inputText(in []Input) string {
	var text strings.Builder
	for _, x := range in {
		text.WriteString("\n  " + x.Name + " = " + objectText(x.Value))
	}
	return text.String()
}

func (r Result) String() string {
	if r.Err != nil {
		return "no value: " + r.Err.Error()
	}
	parts := make([]string, len(r.Values))
	for i, v := range r.Values {
		parts[i] = objectText(v)
	}
	return strings.Join(parts, ", ")
}

// objectText writes an object as JSON, or as Go where JSON has no word for it.
func objectText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%v", v)
	}
	return string(text)
}
