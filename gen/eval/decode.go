package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// maxDepth caps how deeply JSON nests, deeper than any object does.
const maxDepth = 1000

// Decode reads a value of t from JSON and requires all of it: every element
// and field, nothing besides, every number in its set. Errors name the place,
// the object, the value and the set.
func Decode(data []byte, t *category.Type) (Value, error) {
	d := newDecoder(data)
	v, err := d.value(t, "")
	if err != nil {
		return Value{}, err
	}
	return v, d.end()
}

// Arguments reads what an evaluation takes: {"given": …, "in": …}. Either may
// be left out where it is 1. The domain is split into its factors.
func Arguments(data []byte, dom, given *category.Type) (in []Value, params Value, err error) {
	d := newDecoder(data)
	seen := map[string]bool{}
	if len(bytes.TrimSpace(data)) > 0 {
		err = d.object("", func(key string) error {
			if seen[key] {
				return fmt.Errorf("%q is given twice", key)
			}
			seen[key] = true
			switch key {
			case "in":
				v, err := d.value(dom, "in")
				in = factors(v, dom)
				return err
			case "given":
				params, err = d.value(given, "given")
				return err
			}
			return fmt.Errorf("unknown field %q: an evaluation reads \"given\" and \"in\"", key)
		})
		if err == nil {
			err = d.end()
		}
	}
	switch {
	case err != nil:
	case !seen["in"] && !dom.IsUnit():
		err = fmt.Errorf("\"in\" is missing: it holds %s", dom)
	case !seen["given"] && !given.IsUnit():
		err = fmt.Errorf("\"given\" is missing: it holds %s", given)
	}
	return in, params, err
}

type decoder struct {
	d     *json.Decoder
	depth int
}

func newDecoder(data []byte) *decoder {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return &decoder{d: d}
}

func (d *decoder) end() error {
	if t, err := d.d.Token(); err != io.EOF {
		if err != nil {
			return fmt.Errorf("not JSON: %v", err)
		}
		return fmt.Errorf("after the value stands %v", t)
	}
	return nil
}

func (d *decoder) token() (json.Token, error) {
	t, err := d.d.Token()
	switch {
	case err == io.EOF, err == io.ErrUnexpectedEOF:
		return nil, fmt.Errorf("the JSON ends too early")
	case err != nil:
		return nil, fmt.Errorf("not JSON: %v", err)
	}
	return t, nil
}

// at renders a place for errors.
func at(path string) string {
	if path == "" {
		return ""
	}
	return strings.TrimPrefix(path, ".") + ": "
}

func shown(t json.Token) string {
	switch t := t.(type) {
	case nil:
		return "null"
	case json.Delim:
		if t == '{' {
			return "an object"
		}
		return "an array"
	case string:
		return strconv.Quote(t)
	}
	return fmt.Sprint(t)
}

func (d *decoder) value(t *category.Type, path string) (Value, error) {
	if d.depth++; d.depth > maxDepth {
		return Value{}, fmt.Errorf("%sthe JSON nests too deeply", at(path))
	}
	defer func() { d.depth-- }()
	c := t.Carrier()
	switch c.Kind {
	case category.Real:
		v := Value{Shape: c.Dims, Data: make([]float64, 0, min(size(c.Dims), 1<<20))}
		err := d.tensor(&v, c.Dims, t, path)
		if err == nil {
			err = checkSimplex(v, t, path)
		}
		return v, err
	case category.Fin, category.Int, category.Bool:
		n, err := d.number(t, c, path)
		return Scalar(n), err
	case category.Text:
		tok, err := d.token()
		if err != nil {
			return Value{}, err
		}
		s, ok := tok.(string)
		if !ok {
			return Value{}, fmt.Errorf("%s%s needs a text, not %s", at(path), t, shown(tok))
		}
		return Value{Form: String, Text: s}, nil
	case category.Record:
		return d.record(t, c, path)
	case category.Product:
		if c.IsUnit() {
			return d.unit(path)
		}
		return d.parts(t, path, len(c.Items), func(i int) *category.Type { return c.Items[i] })
	case category.Power:
		return d.parts(t, path, c.N, func(int) *category.Type { return c.Elem })
	case category.List:
		return d.parts(t, path, -1, func(int) *category.Type { return c.Elem })
	case category.Option:
		return d.option(c, path)
	}
	return Value{}, fmt.Errorf("%s%s has no JSON form", at(path), t)
}

// option reads null or a value.
func (d *decoder) option(c *category.Type, path string) (Value, error) {
	var raw json.RawMessage
	if err := d.d.Decode(&raw); err != nil {
		return Value{}, fmt.Errorf("not JSON: %v", err)
	}
	if string(raw) == "null" {
		return Value{Form: Nothing}, nil
	}
	inner := newDecoder(raw)
	inner.depth = d.depth
	v, err := inner.value(c.Elem, path)
	return Tuple(v), err
}

// unit accepts the empty array or null.
func (d *decoder) unit(path string) (Value, error) {
	tok, err := d.token()
	if err != nil || tok == nil {
		return Value{Form: Parts}, err
	}
	if tok == json.Delim('[') {
		if tok, err = d.token(); err == nil && tok == json.Delim(']') {
			return Value{Form: Parts}, nil
		}
	}
	if err == nil {
		err = fmt.Errorf("%s1 holds nothing: leave it out", at(path))
	}
	return Value{}, err
}

// tensor reads nested arrays of exactly those extents.
func (d *decoder) tensor(v *Value, dims []int, t *category.Type, path string) error {
	if len(dims) == 0 {
		n, err := d.number(t, t.Carrier(), path)
		v.Data = append(v.Data, n)
		return err
	}
	return d.array(t, path, dims[0], func(i int) error {
		return d.tensor(v, dims[1:], t, path+"["+strconv.Itoa(i)+"]")
	})
}

func (d *decoder) parts(t *category.Type, path string, n int, elem func(int) *category.Type) (Value, error) {
	v := Value{Form: Parts}
	err := d.array(t, path, n, func(i int) error {
		p, err := d.value(elem(i), path+"["+strconv.Itoa(i)+"]")
		v.Parts = append(v.Parts, p)
		return err
	})
	return v, err
}

// array reads an array of n elements, of any number where n is negative.
func (d *decoder) array(t *category.Type, path string, n int, elem func(i int) error) error {
	tok, err := d.token()
	if err != nil {
		return err
	}
	if tok != json.Delim('[') {
		return fmt.Errorf("%s%s needs an array, not %s", at(path), t, shown(tok))
	}
	i := 0
	for ; d.d.More(); i++ {
		if n >= 0 && i == n {
			return fmt.Errorf("%s%s needs %d elements here, and there are more", at(path), t, n)
		}
		if err := elem(i); err != nil {
			return err
		}
	}
	if _, err := d.token(); err != nil {
		return err
	}
	if n >= 0 && i < n {
		return fmt.Errorf("%s%s needs %d elements here, and there are %d", at(path), t, n, i)
	}
	return nil
}

// object reads an object and hands each key to field, which reads the value.
func (d *decoder) object(path string, field func(key string) error) error {
	tok, err := d.token()
	if err != nil {
		return err
	}
	if tok != json.Delim('{') {
		return fmt.Errorf("%sneeds an object, not %s", at(path), shown(tok))
	}
	for d.d.More() {
		key, err := d.token()
		if err != nil {
			return err
		}
		if err := field(key.(string)); err != nil {
			return err
		}
	}
	_, err = d.token()
	return err
}

func (d *decoder) record(t, c *category.Type, path string) (Value, error) {
	v := Value{Form: Parts, Parts: make([]Value, len(c.Fields))}
	seen := make([]bool, len(c.Fields))
	tok := func(key string) error {
		for i, f := range c.Fields {
			if f.Name != key {
				continue
			}
			if seen[i] {
				return fmt.Errorf("%s%s has the field %q twice", at(path), t, key)
			}
			seen[i] = true
			p, err := d.value(f.Type, path+"."+key)
			v.Parts[i] = p
			return err
		}
		return fmt.Errorf("%s%s has no field %q", at(path), t, key)
	}
	if err := d.object(path, tok); err != nil {
		return Value{}, err
	}
	for i, f := range c.Fields {
		if !seen[i] {
			return Value{}, fmt.Errorf("%s%s lacks the field %q", at(path), t, f.Name)
		}
	}
	return v, nil
}

// number reads one number of t, whose carrier is c.
func (d *decoder) number(t, c *category.Type, path string) (float64, error) {
	tok, err := d.token()
	if err != nil {
		return 0, err
	}
	if c.Kind == category.Bool {
		b, ok := tok.(bool)
		if !ok {
			return 0, fmt.Errorf("%s%s needs true or false, not %s", at(path), t, shown(tok))
		}
		return truth(b), nil
	}
	n, ok := tok.(json.Number)
	if !ok {
		return 0, fmt.Errorf("%s%s needs a number, not %s", at(path), t, shown(tok))
	}
	v, err := strconv.ParseFloat(n.String(), 64)
	if err != nil {
		return 0, fmt.Errorf("%s%s: %s is too large", at(path), t, n)
	}
	switch c.Kind {
	case category.Fin:
		if v != math.Trunc(v) || v < 0 || v >= float64(c.N) {
			return 0, fmt.Errorf("%s%s holds 0 to %d, not %s", at(path), t, c.N-1, n)
		}
	case category.Int:
		if v != math.Trunc(v) || math.Abs(v) > 1<<53 {
			return 0, fmt.Errorf("%s%s holds whole numbers, not %s", at(path), t, n)
		}
	default:
		if set := t.RefinedSet(); t.Kind != category.Tangent && !set.Contains(v) {
			return 0, fmt.Errorf("%s%s lies in %s, and %s does not", at(path), t, set, n)
		}
	}
	return v, nil
}

// checkSimplex requires that every last axis of a simplex sums to 1, up to
// the rounding of single precision.
func checkSimplex(v Value, t *category.Type, path string) error {
	set := t.RefinedSet()
	if set == nil || !set.Simplex || t.Kind == category.Tangent || len(v.Shape) == 0 {
		return nil
	}
	k := v.Shape[len(v.Shape)-1]
	for i := 0; i+k <= len(v.Data); i += k {
		total := 0.0
		for _, p := range v.Data[i : i+k] {
			total += p
		}
		if math.Abs(total-1) > 1e-5 {
			return fmt.Errorf("%s%s lies in simplex, and these %d numbers sum to %s", at(path), t, k, strconv.FormatFloat(total, 'g', 6, 64))
		}
	}
	return nil
}
