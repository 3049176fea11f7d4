package runtime

import (
	"bytes"
	"strconv"
)

// The strict decoding of values: arrays have the exact shape, objects all
// fields and no other, nothing is null, and every number lies in its set.
// Faults are *JSONError, *SetError or *ClassError. Where decoding fails the
// destination holds what had been read.

// DecodeTensor reads a real tensor from JSON: a number without dims, else
// arrays nested in the order of dims. set may be nil.
func DecodeTensor(text []byte, object string, set Set, dst []float32, dims ...int) error {
	s := &scanner{object: object, text: text}
	i := 0
	s.tensor(dims, func() {
		dst[i] = s.real()
		i++
	})
	if s.end(); s.err != nil {
		return s.err
	}
	if set == nil {
		set = All{}
	}
	return Check(object, set, dst)
}

// DecodeIndices reads indices out of 0..classes-1 from JSON: a number without
// dims, else nested arrays.
func DecodeIndices(text []byte, object string, classes int, dst []int32, dims ...int) error {
	s := &scanner{object: object, text: text}
	i := 0
	s.tensor(dims, func() {
		v := s.integer()
		if s.err == nil && (v < 0 || v >= int64(classes)) {
			s.err = &ClassError{Object: object, Value: v, Index: place(i, len(dst)), Classes: classes}
			return
		}
		dst[i] = int32(v)
		i++
	})
	s.end()
	return s.err
}

// DecodeInts reads Int values from JSON: a number without dims, else nested
// arrays.
func DecodeInts(text []byte, object string, dst []int64, dims ...int) error {
	s := &scanner{object: object, text: text}
	i := 0
	s.tensor(dims, func() {
		dst[i] = s.integer()
		i++
	})
	s.end()
	return s.err
}

// DecodeBools reads Bool values from JSON: true or false without dims, else
// nested arrays.
func DecodeBools(text []byte, object string, dst []bool, dims ...int) error {
	s := &scanner{object: object, text: text}
	i := 0
	s.tensor(dims, func() {
		dst[i] = s.truth()
		i++
	})
	s.end()
	return s.err
}

// DecodeText reads a Text value from JSON.
func DecodeText(text []byte, object string, dst *string) error {
	s := &scanner{object: object, text: text}
	*dst = s.quoted()
	s.end()
	return s.err
}

// tensor consumes arrays nested as dims say; each consumes one element.
func (s *scanner) tensor(dims []int, each func()) {
	if s.err != nil {
		return
	}
	if len(dims) == 0 {
		each()
		return
	}
	s.exactly(dims[0], func(int) { s.tensor(dims[1:], each) })
}

// exactly consumes an array of n items.
func (s *scanner) exactly(n int, each func(i int)) {
	s.peek()
	start := s.at
	got := s.items(func(i int) {
		if i >= n {
			s.skip(0)
			return
		}
		each(i)
	})
	if got != n {
		s.fail(start, "an array of "+strconv.Itoa(got)+", want "+strconv.Itoa(n))
	}
}

// Field is a named part of a record: Decode reads its value from JSON.
type Field struct {
	Name   string
	Decode func(text []byte) error
}

// DecodeRecord reads an object with exactly the given fields from JSON.
func DecodeRecord(text []byte, object string, fields ...Field) error {
	s := &scanner{object: object, text: text}
	seen := make([]bool, len(fields))
	s.members(func(name string, at int) {
		i := 0
		for i < len(fields) && fields[i].Name != name {
			i++
		}
		switch {
		case i == len(fields):
			s.fail(at, "no field is called "+strconv.Quote(name))
		case seen[i]:
			s.fail(at, "field "+strconv.Quote(name)+" occurs twice")
		default:
			seen[i] = true
			s.part(fields[i].Decode)
		}
	})
	s.end()
	for i := range fields {
		if !seen[i] {
			s.fail(len(text), "field "+strconv.Quote(fields[i].Name)+" is missing")
		}
	}
	return s.err
}

// DecodeProduct reads an array with exactly one item for each part from JSON.
func DecodeProduct(text []byte, object string, parts ...func(text []byte) error) error {
	s := &scanner{object: object, text: text}
	s.exactly(len(parts), func(i int) { s.part(parts[i]) })
	s.end()
	return s.err
}

// DecodePower reads an array of exactly n items from JSON.
func DecodePower(text []byte, object string, n int, each func(i int, text []byte) error) error {
	s := &scanner{object: object, text: text}
	s.exactly(n, func(i int) { s.part(func(text []byte) error { return each(i, text) }) })
	s.end()
	return s.err
}

// part consumes one value and hands its text to decode, whose faults count
// from the start of the whole text.
func (s *scanner) part(decode func(text []byte) error) {
	s.peek()
	start := s.at
	text := s.value()
	if s.err != nil {
		return
	}
	err := decode(text)
	if e, ok := err.(*JSONError); ok {
		err = &JSONError{e.Object, e.Offset + start, e.Message}
	}
	s.err = err
}

// DecodeList reads an array of any number of items from JSON.
func DecodeList[A any](text []byte, object string, dst *[]A, each func(item *A, text []byte) error) error {
	s := &scanner{object: object, text: text}
	list := []A{}
	s.items(func(int) {
		var item A
		s.part(func(text []byte) error { return each(&item, text) })
		list = append(list, item)
	})
	s.end()
	*dst = list
	return s.err
}

// DecodeOption reads null or a value from JSON.
func DecodeOption[A any](text []byte, object string, dst **A, decode func(value *A, text []byte) error) error {
	*dst = nil
	if string(bytes.TrimSpace(text)) == "null" {
		return nil
	}
	*dst = new(A)
	s := &scanner{object: object, text: text}
	s.part(func(text []byte) error { return decode(*dst, text) })
	s.end()
	return s.err
}
