package agree

import (
	"fmt"
	"reflect"
)

// Numbers appends the numbers inside v in declaration order. V is a number, a
// truth value, or an array, slice, struct or pointer of those.
func Numbers(to []float64, v reflect.Value) []float64 {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		return append(to, v.Float())
	case reflect.Int32, reflect.Int64:
		return append(to, float64(v.Int()))
	case reflect.Bool:
		if v.Bool() {
			return append(to, 1)
		}
		return append(to, 0)
	case reflect.Pointer:
		return Numbers(to, v.Elem())
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			to = Numbers(to, v.Index(i))
		}
		return to
	case reflect.Struct:
		for i := range v.NumField() {
			to = Numbers(to, v.Field(i))
		}
		return to
	}
	panic(fmt.Sprintf("%s holds no numbers", v.Type()))
}

// Fill sets the numbers inside v, as Numbers lists them, and returns those
// that are left.
func Fill(v reflect.Value, from []float64) []float64 {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		v.SetFloat(from[0])
	case reflect.Int32, reflect.Int64:
		v.SetInt(int64(from[0]))
	case reflect.Bool:
		v.SetBool(from[0] != 0)
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return Fill(v.Elem(), from)
	case reflect.Array:
		for i := range v.Len() {
			from = Fill(v.Index(i), from)
		}
		return from
	case reflect.Struct:
		for i := range v.NumField() {
			from = Fill(v.Field(i), from)
		}
		return from
	default:
		panic(fmt.Sprintf("%s holds no numbers", v.Type()))
	}
	return from[1:]
}

// Call calls f. The numbers in each of args fill the argument at its place; a
// nil one stands for a fresh value behind a pointer, to be written to. Call
// returns the numbers of every argument as the call left them, then those of
// every result.
func Call(f reflect.Value, args [][]float64) [][]float64 {
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		in[i] = reflect.New(f.Type().In(i)).Elem()
		if a != nil {
			if rest := Fill(in[i], a); len(rest) > 0 {
				panic(fmt.Sprintf("argument %d, a %s, takes %d numbers less", i, in[i].Type(), len(rest)))
			}
		} else {
			in[i].Set(reflect.New(in[i].Type().Elem()))
		}
	}
	var out [][]float64
	results := f.Call(in)
	for _, v := range append(in, results...) {
		out = append(out, Numbers(nil, v))
	}
	return out
}
