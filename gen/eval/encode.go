package eval

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Encode renders a value of t as JSON on one line, numbers in the shortest
// form that reads back the same. Numbers that JSON cannot write (NaN and the
// infinities) become the texts "NaN", "Infinity" and "-Infinity".
func Encode(v Value, t *category.Type) []byte {
	var b bytes.Buffer
	encode(&b, v, t)
	return b.Bytes()
}

// EncodeOuts renders the outputs of a run as one value of cod.
func EncodeOuts(out []Value, cod *category.Type) []byte {
	return Encode(join(out, cod), cod)
}

func encode(b *bytes.Buffer, v Value, t *category.Type) {
	c := t.Carrier()
	switch c.Kind {
	case category.Text:
		text, _ := json.Marshal(v.Text) // a string always marshals
		b.Write(text)
	case category.Bool:
		b.WriteString(strconv.FormatBool(v.Data[0] != 0))
	case category.Fin, category.Int:
		b.WriteString(strconv.FormatFloat(v.Data[0], 'f', -1, 64))
	case category.Real:
		encodeTensor(b, v.Data, c.Dims)
	case category.Record:
		b.WriteByte('{')
		for i, f := range c.Fields {
			if i > 0 {
				b.WriteByte(',')
			}
			name, _ := json.Marshal(f.Name)
			b.Write(name)
			b.WriteByte(':')
			encode(b, v.Parts[i], f.Type)
		}
		b.WriteByte('}')
	case category.Option:
		if v.Form == Nothing {
			b.WriteString("null")
			return
		}
		encode(b, v.Parts[0], c.Elem)
	default:
		b.WriteByte('[')
		for i, p := range v.Parts {
			if i > 0 {
				b.WriteByte(',')
			}
			elem := c.Elem
			if c.Kind == category.Product {
				elem = c.Items[i]
			}
			encode(b, p, elem)
		}
		b.WriteByte(']')
	}
}

func encodeTensor(b *bytes.Buffer, data []float64, dims []int) {
	if len(dims) == 0 {
		b.WriteString(number(data[0]))
		return
	}
	stride := size(dims[1:])
	b.WriteByte('[')
	for i := range dims[0] {
		if i > 0 {
			b.WriteByte(',')
		}
		encodeTensor(b, data[i*stride:(i+1)*stride], dims[1:])
	}
	b.WriteByte(']')
}

func number(v float64) string {
	switch {
	case math.IsNaN(v):
		return `"NaN"`
	case math.IsInf(v, 1):
		return `"Infinity"`
	case math.IsInf(v, -1):
		return `"-Infinity"`
	}
	text, err := json.Marshal(v)
	if err != nil {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return string(text)
}
