package eval

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Form distinguishes the shapes of a Value.
type Form uint8

const (
	Numbers Form = iota // a scalar or dense row-major tensor: reals, indices, integers, truth values as 1 and 0
	Parts               // records and products by component, powers and lists by element
	String              // a text
	Nothing             // an absent option
)

// Value is a value of some object. Which one follows from where it stands: a
// Value carries no names.
type Value struct {
	Form  Form
	Data  []float64
	Shape []int
	Parts []Value
	Text  string
}

// Scalar returns the value v.
func Scalar(v float64) Value { return Value{Data: []float64{v}} }

// Tensor returns the tensor of that shape over data, which it keeps.
func Tensor(data []float64, shape ...int) Value { return Value{Data: data, Shape: shape} }

// Tuple returns a record, product, power or list of parts.
func Tuple(parts ...Value) Value { return Value{Form: Parts, Parts: parts} }

// Number returns the one number of a scalar.
func (v Value) Number() float64 { return v.Data[0] }

// Flat returns all numbers of v in order.
func (v Value) Flat() []float64 {
	if v.Form == Numbers {
		return v.Data
	}
	var out []float64
	for _, p := range v.Parts {
		out = append(out, p.Flat()...)
	}
	return out
}

// Clone returns a deep copy of v.
func (v Value) Clone() Value {
	v.Data = append([]float64(nil), v.Data...)
	parts := v.Parts
	v.Parts = nil
	for _, p := range parts {
		v.Parts = append(v.Parts, p.Clone())
	}
	return v
}

// Zero returns the zero of t: the start of a sum of cotangents. Options are
// absent and lists empty.
func Zero(t *category.Type) Value {
	c := t.Carrier()
	switch c.Kind {
	case category.Record:
		v := Value{Form: Parts}
		for _, f := range c.Fields {
			v.Parts = append(v.Parts, Zero(f.Type))
		}
		return v
	case category.Product:
		v := Value{Form: Parts}
		for _, it := range c.Items {
			v.Parts = append(v.Parts, Zero(it))
		}
		return v
	case category.Power:
		v := Value{Form: Parts}
		for range c.N {
			v.Parts = append(v.Parts, Zero(c.Elem))
		}
		return v
	case category.List:
		return Value{Form: Parts}
	case category.Option:
		return Value{Form: Nothing}
	case category.Text:
		return Value{Form: String}
	}
	return Value{Data: make([]float64, size(c.Dims)), Shape: c.Dims}
}

func size(dims []int) int {
	n := 1
	for _, d := range dims {
		n *= d
	}
	return n
}

// accumulate adds w to v, part by part. Both have the same form.
func (v *Value) accumulate(w Value) {
	for i := range w.Data {
		v.Data[i] += w.Data[i]
	}
	for i := range w.Parts {
		v.Parts[i].accumulate(w.Parts[i])
	}
}

// Unflat rebuilds a value of t from its numbers in order, as Flat gives them.
// T has no lists, options or texts.
func Unflat(t *category.Type, data []float64) (Value, error) {
	v := Zero(t)
	rest := v.fill(data)
	if rest == nil || len(rest) > 0 {
		return Value{}, fmt.Errorf("%s does not hold %d numbers", t, len(data))
	}
	return v, nil
}

func (v *Value) fill(data []float64) []float64 {
	if len(v.Data) > len(data) {
		return nil
	}
	data = data[copy(v.Data, data):]
	for i := range v.Parts {
		if data = v.Parts[i].fill(data); data == nil {
			return nil
		}
	}
	if data == nil {
		return []float64{}
	}
	return data
}

// factors splits a value of t into the factors of t.
func factors(v Value, t *category.Type) []Value {
	if t.Kind == category.Product {
		return v.Parts
	}
	return []Value{v}
}

// join is the inverse of factors.
func join(vs []Value, t *category.Type) Value {
	if t.Kind == category.Product {
		return Tuple(vs...)
	}
	return vs[0]
}
