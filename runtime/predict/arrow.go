package predict

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

// Arrow is a trained arrow and how its inputs are read. Program and declaration
// agree by construction: ctgen writes both.
type Arrow struct {
	Name    string
	Data    data.Spec      // of the training
	Columns []int          // of Data, one for each factor of the domain
	Scalers []*data.Scaler // one for each standardized column of Data
	Results []string       // the factors of the codomain, as the spec calls them
	Restore []int          // for each result, 1 + the column of Data from whose scaled units it comes back, or 0; nil for none
	Func    any            // of the generated package
	Leading []any          // what Func takes before the domain: parameters of another package
}

// spec is the data declaration with the arrow's own columns only, and the
// scalers of those.
func (a *Arrow) spec() (*data.Spec, []*data.Scaler) {
	own := a.Data
	own.Columns = nil
	var scalers []*data.Scaler
	for _, i := range a.Columns {
		own.Columns = append(own.Columns, a.Data.Columns[i])
		if a.Data.Columns[i].Standardize {
			before := 0
			for _, c := range a.Data.Columns[:i] {
				if c.Standardize {
					before++
				}
			}
			scalers = append(scalers, a.Scalers[before])
		}
	}
	return &own, scalers
}

// apply computes the results of one row.
func (a *Arrow) apply(b *data.Batch, row int) ([]reflect.Value, error) {
	f := reflect.ValueOf(a.Func)
	var in []reflect.Value
	for _, v := range a.Leading {
		in = append(in, reflect.ValueOf(v))
	}
	for i := range b.Factors {
		v := reflect.New(f.Type().In(len(in))).Elem()
		at := row * b.Factors[i].Width
		fill(v, &b.Factors[i], &at)
		in = append(in, v)
	}
	out := f.Call(in)
	if n := len(a.Results); len(out) > n {
		if err, ok := out[n].Interface().(error); ok && err != nil {
			return nil, err
		}
		out = out[:n]
	}
	for i, column := range a.Restore {
		if column > 0 {
			out[i] = restored(&a.Data, column-1, a.Scalers, out[i])
		}
	}
	for i, v := range out {
		if name := a.className(i, v); name != "" {
			out[i] = reflect.ValueOf(name)
		}
	}
	return out, nil
}

// restored is v, a tensor in the scaled units of a column, in those of the data.
func restored(spec *data.Spec, column int, scalers []*data.Scaler, v reflect.Value) reflect.Value {
	to := reflect.New(v.Type()).Elem()
	to.Set(v)
	var numbers []float32
	each(to, func(x reflect.Value) { numbers = append(numbers, float32(x.Float())) })
	spec.Restore(column, scalers, numbers, numbers)
	each(to, func(x reflect.Value) {
		x.SetFloat(float64(numbers[0]))
		numbers = numbers[1:]
	})
	return to
}

// each calls f with the numbers of a tensor in order.
func each(v reflect.Value, f func(x reflect.Value)) {
	if v.Kind() != reflect.Array {
		f(v)
		return
	}
	for i := range v.Len() {
		each(v.Index(i), f)
	}
}

// className is the name of a class, in the place of its value.
type className string

// className is what the data calls v, the result number i; "" where it names no
// values of that object.
func (a *Arrow) className(i int, v reflect.Value) className {
	for k := range a.Data.Columns {
		c := &a.Data.Columns[k]
		if c.Object != a.Results[i] {
			continue
		}
		switch {
		case v.CanInt():
			return className(c.ClassName(float64(v.Int())))
		case v.CanFloat():
			return className(c.ClassName(v.Float()))
		case v.Kind() == reflect.Bool && v.Bool():
			return className(c.ClassName(1))
		case v.Kind() == reflect.Bool:
			return className(c.ClassName(0))
		}
	}
	return ""
}

// fill takes the cells of v from values, from at on.
func fill(v reflect.Value, values *data.Values, at *int) {
	switch v.Kind() {
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), values, at)
		}
		return
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), values, at)
		}
		return
	}
	switch values.Kind {
	case data.Real:
		v.SetFloat(float64(values.Real[*at]))
	case data.Fin:
		v.SetInt(int64(values.Fin[*at]))
	case data.Int:
		v.SetInt(values.Int[*at])
	case data.Bool:
		v.SetBool(values.Bool[*at])
	}
	*at++
}

// errCells is the fault of results that are no row of cells.
var errCells = errors.New("lists, options and text have no place in a row of CSV; --json prints them")

// cells appends v as cells of a row, and their names under name.
func cells(row, names []string, v reflect.Value, name string) (_, _ []string, err error) {
	cell := ""
	if class, ok := v.Interface().(className); ok {
		return append(row, quoted(string(class))), append(names, name), nil
	}
	switch v.Kind() {
	case reflect.Array:
		for i := range v.Len() {
			if row, names, err = cells(row, names, v.Index(i), name+"["+strconv.Itoa(i)+"]"); err != nil {
				return nil, nil, err
			}
		}
		return row, names, nil
	case reflect.Struct:
		for i := range v.NumField() {
			if row, names, err = cells(row, names, v.Field(i), name+"."+v.Type().Field(i).Tag.Get("json")); err != nil {
				return nil, nil, err
			}
		}
		return row, names, nil
	case reflect.Float32:
		x := v.Float()
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, nil, notFinite(name, x)
		}
		cell = strconv.FormatFloat(x, 'g', -1, 32)
	case reflect.Int32, reflect.Int64:
		cell = strconv.FormatInt(v.Int(), 10)
	case reflect.Bool:
		cell = strconv.FormatBool(v.Bool())
	default:
		return nil, nil, errCells
	}
	return append(row, cell), append(names, name), nil
}

// quoted is text as a cell of CSV.
func quoted(text string) string {
	if !strings.ContainsAny(text, ",\"\r\n") {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}

func notFinite(name string, x float64) error {
	return errors.New(name + ": " + strconv.FormatFloat(x, 'g', -1, 32) + " came out, which is no number")
}

// value is the JSON form of the results: an array where there are several.
func value(results []reflect.Value, names []string) ([]byte, error) {
	var all []any
	for _, v := range results {
		all = append(all, v.Interface())
	}
	var text []byte
	var err error
	if len(all) == 1 {
		text, err = json.Marshal(all[0])
	} else {
		text, err = json.Marshal(all)
	}
	var unsupported *json.UnsupportedValueError
	if errors.As(err, &unsupported) {
		return nil, errors.New(names[0] + ": " + unsupported.Str + " came out, which is no number")
	}
	return text, err
}
