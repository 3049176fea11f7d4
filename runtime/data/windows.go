package data

import (
	"fmt"
	"strconv"
)

// Rows of text are windows: they begin Stride tokens apart, overlap where that
// is less than their length, and all read one slice of tokens.

// offset is where column i begins in a row, in tokens from the row's first:
// each factor ends one token behind the one before. Factors that are longer
// than those before them by more than that begin the row.
func (s *Spec) offset(i int) int {
	first := 0
	for k := range s.Columns {
		first = min(first, s.start(k))
	}
	return s.start(i) - first
}

// start is offset from the first factor's beginning.
func (s *Spec) start(i int) int { return s.Columns[0].Width() + i - s.Columns[i].Width() }

// span is the number of tokens that a row reaches over.
func (s *Spec) span() int {
	last := len(s.Columns) - 1
	return s.offset(last) + s.Columns[last].Width()
}

// NewText makes a table of the rows of a text that the caller has as tokens; where
// rows are lines, they are one. The table keeps the slice. Name stands for a file
// in messages. It fails with a *Fault where a token is not one of the spec's, or
// the text is too short for the parts that the spec splits it into.
func NewText(spec *Spec, name string, tokens []int32) (*Table, error) {
	if err := spec.Validate(); err != nil {
		return nil, err
	}
	if err := spec.checkTokens(name, tokens); err != nil {
		return nil, err
	}
	if spec.Rows != RowsFixed {
		return inLists(spec, name, tokens)
	}
	if err := longEnough(spec, name, len(tokens)); err != nil {
		return nil, err
	}
	t := emptyTable(spec, name)
	t.tokens, t.span = len(tokens), spec.span()
	t.Rows = windows(len(tokens), t.span, spec.Stride)
	for i := range t.Factors {
		v := &t.Factors[i]
		from := spec.offset(i)
		v.Step, v.Fin = spec.Stride, tokens[from:from+(t.Rows-1)*spec.Stride+v.Width]
	}
	unit := "byte"
	if spec.Alphabet != "" {
		unit = "character"
	}
	t.Header.Reason = plural(len(tokens), unit) + ", a row every " + plural(spec.Stride, unit)
	if spec.Stride == 1 {
		t.Header.Reason = plural(len(tokens), unit) + ", a row at each"
	}
	return t, nil
}

// checkTokens requires that tokens are those of the spec.
func (s *Spec) checkTokens(name string, tokens []int32) error {
	n := s.Columns[0].N
	for i, t := range tokens {
		if uint(t) >= uint(n) {
			return &Fault{File: name, Object: s.Columns[0].Object, Message: fmt.Sprintf("token %d is %d, which is not in 0..%d", i+1, t, n-1)}
		}
	}
	return nil
}

// windows is the number of windows in n tokens.
func windows(n, span, stride int) int {
	if n < span {
		return 0
	}
	return (n-span)/stride + 1
}

// border is the number of tokens in the training part of n: its share, up to
// where a row begins.
func border(split [2]int, n, stride int) int {
	a, b := float64(split[0]), float64(split[1])
	if b == 0 {
		return n
	}
	return int(float64(n)*a/(a+b)+0.5) / stride * stride
}

// parts returns how many rows of n tokens lie in the training part, and which is
// the first that lies in the held-out part. Rows across the border are in
// neither.
func parts(split [2]int, n, span, stride int) (train, held int) {
	at := border(split, n, stride)
	return windows(at, span, stride), at / stride
}

// longEnough requires that each part of a text holds a row.
func longEnough(spec *Spec, name string, n int) error {
	span := spec.span()
	all := func(n int) bool {
		train, held := parts(spec.Split, n, span, spec.Stride)
		return train > 0 && (spec.Split[1] == 0 || held < windows(n, span, spec.Stride))
	}
	if all(n) {
		return nil
	}
	message := "a row reaches over " + plural(span, "token") + ", and the text has " + strconv.Itoa(n)
	if a, b := spec.Split[0], spec.Split[1]; b > 0 {
		// The border moves by whole strides, so that here and there a longer
		// text is too short again: what is asked for is enough from there on.
		enough := int(float64(span+spec.Stride+1)*(float64(a)+float64(b))/float64(min(a, b))) + 1
		for all(enough - 1) {
			enough--
		}
		message += fmt.Sprintf("; split %d / %d, %d are enough", a, b, enough)
	}
	return &Fault{File: name, Message: "the text is too short: " + message}
}

// splitText is Split for rows of text: what is held out is the end of it.
func (t *Table) splitText(spec *Spec) (train, held []int, err error) {
	if err := longEnough(spec, t.File, t.tokens); err != nil {
		return nil, nil, err
	}
	n, first := parts(spec.Split, t.tokens, t.span, spec.Stride)
	return ascending(0, n), ascending(first, max(first, t.Rows)), nil
}

func ascending(from, to int) []int {
	rows := make([]int, to-from)
	for i := range rows {
		rows[i] = from + i
	}
	return rows
}
