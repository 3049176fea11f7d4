package data

import (
	"errors"
	"slices"
	"strconv"
)

// Table is a file's rows as typed columns, one Values for each factor of a
// row, in the order of Spec.Columns.
type Table struct {
	File    string
	Rows    int
	Factors []Values
	Header  HeaderFound

	// raw holds, for each standardized factor, the cells as the file has
	// them, until Standardize has fitted a scaler; nil for other factors.
	raw   [][]float64
	lines []int32 // the line of each row, or its record in files without lines

	places []place // of CSV: for each factor, the columns of the file that its cells come from

	tokens, span int // of a text, and of its rows; else 0
}

// emptyTable is a table of spec's factors without rows.
func emptyTable(spec *Spec, name string) *Table {
	t := &Table{File: name, Factors: make([]Values, len(spec.Columns)), raw: make([][]float64, len(spec.Columns))}
	for i := range spec.Columns {
		c := &spec.Columns[i]
		form := Values{Object: c.Object, Kind: c.Kind, Width: c.Width()}
		t.Factors[i] = form.Empty(0)
		if c.Standardize {
			t.raw[i] = []float64{}
		}
	}
	return t
}

// Batch returns the whole table as one batch. Only rows of text are copied.
func (t *Table) Batch() *Batch {
	b := &Batch{Factors: make([]Values, len(t.Factors))}
	b.View(t, 0, t.Rows)
	return b
}

// Take returns the given rows as a table of their own. Neighbouring rows are
// not copied.
func (t *Table) Take(rows []int) *Table {
	if n := len(rows); n > 0 && neighbours(rows) {
		return t.Range(rows[0], rows[0]+n)
	}
	u := &Table{File: t.File, Header: t.Header, places: t.places, Factors: make([]Values, len(t.Factors)), raw: make([][]float64, len(t.Factors))}
	for i := range t.Factors {
		u.Factors[i] = t.Factors[i].Empty(len(rows))
		if t.raw[i] != nil {
			u.raw[i] = take(make([]float64, 0, len(rows)*t.Factors[i].Width), t.raw[i], rows, t.Factors[i].Width)
		}
	}
	u.lines = take(make([]int32, 0, len(rows)), t.lines, rows, 1)
	b := Batch{Factors: u.Factors}
	b.Gather(t, rows)
	u.Rows = b.N
	return u
}

func neighbours(rows []int) bool {
	for i, r := range rows {
		if r != rows[0]+i {
			return false
		}
	}
	return true
}

// Range returns rows from … to-1 as a table over the same cells.
func (t *Table) Range(from, to int) *Table {
	u := t.Share()
	u.Rows = to - from
	if t.tokens > 0 {
		u.tokens = (u.Rows-1)*t.Factors[0].Step + t.span
	}
	for i := range u.Factors {
		v := &u.Factors[i]
		if u.raw[i] != nil {
			u.raw[i] = u.raw[i][from*v.Width : to*v.Width]
			continue
		}
		v.reslice(&t.Factors[i], from, to)
	}
	if u.lines != nil {
		u.lines = u.lines[from:to]
	}
	return u
}

// reslice makes v the rows from … to-1 of src.
func (v *Values) reslice(src *Values, from, to int) {
	if src.Starts != nil {
		v.Fin, v.Starts = src.Fin, src.Starts[from:to+1]
		return
	}
	low, high := from*src.step(), from*src.step()
	if to > from {
		high = (to-1)*src.step() + src.Width
	}
	switch v.Kind {
	case Real:
		v.Real = src.Real[low:high]
	case Fin:
		v.Fin = src.Fin[low:high]
	case Int:
		v.Int = src.Int[low:high]
	case Bool:
		v.Bool = src.Bool[low:high]
	}
}

func (v *Values) step() int {
	if v.Step != 0 {
		return v.Step
	}
	return v.Width
}

// Share returns a table over the same cells: standardizing the one leaves the
// other as it is.
func (t *Table) Share() *Table {
	u := *t
	u.Factors, u.raw = slices.Clone(t.Factors), slices.Clone(t.raw)
	for i := range u.raw {
		if u.raw[i] != nil { // where its values come to lie, is its own affair
			u.Factors[i].Real = nil
		}
	}
	return &u
}

// Empty returns values of the form of v with room for n rows.
func (v *Values) Empty(n int) Values {
	e := Values{Object: v.Object, Kind: v.Kind, Width: v.Width}
	if v.Starts != nil {
		e.Fin, e.Starts = make([]int32, 0, n*v.Longest()), append(make([]int, 0, n+1), 0)
		return e
	}
	switch size := n * v.Width; v.Kind {
	case Real:
		e.Real = make([]float32, 0, size)
	case Fin:
		e.Fin = make([]int32, 0, size)
	case Int:
		e.Int = make([]int64, 0, size)
	case Bool:
		e.Bool = make([]bool, 0, size)
	}
	return e
}

// NewBatch returns an empty batch with room for n rows of t.
func (t *Table) NewBatch(n int) *Batch {
	b := &Batch{Factors: make([]Values, len(t.Factors))}
	for i := range t.Factors {
		b.Factors[i] = t.Factors[i].Empty(n)
	}
	return b
}

// Gather fills b with the given rows of t. Where b has room for them, it
// allocates nothing.
func (b *Batch) Gather(t *Table, rows []int) {
	b.N = len(rows)
	for i := range b.Factors {
		dst, src := &b.Factors[i], &t.Factors[i]
		if src.Starts != nil {
			dst.gather(src, rows)
			continue
		}
		switch dst.Kind {
		case Real:
			dst.Real = take(dst.Real[:0], src.Real, rows, dst.Width)
		case Fin:
			dst.Fin = takeApart(dst.Fin[:0], src.Fin, rows, dst.Width, src.step())
		case Int:
			dst.Int = take(dst.Int[:0], src.Int, rows, dst.Width)
		case Bool:
			dst.Bool = take(dst.Bool[:0], src.Bool, rows, dst.Width)
		}
	}
}

// View makes b, which has room for the factors of t, the rows from … to-1 of t.
// Rows that may overlap are copied into memory of b's own; others are not.
func (b *Batch) View(t *Table, from, to int) {
	b.N = to - from
	for i := range b.Factors {
		dst, src := &b.Factors[i], &t.Factors[i]
		if src.Step == 0 {
			*dst = Values{Object: src.Object, Kind: src.Kind, Width: src.Width}
			dst.reslice(src, from, to)
			continue
		}
		if b.own == nil {
			b.own = make([][]int32, len(b.Factors))
		}
		own := b.own[i][:0]
		for r := from; r < to; r++ {
			own = append(own, src.Fin[r*src.Step:][:src.Width]...)
		}
		b.own[i] = own
		*dst = Values{Object: src.Object, Kind: src.Kind, Width: src.Width, Fin: own}
	}
}

// takeApart is take for rows that begin step elements apart.
func takeApart[E any](dst, src []E, rows []int, width, step int) []E {
	if step == width {
		return take(dst, src, rows, width)
	}
	for _, r := range rows {
		dst = append(dst, src[r*step:][:width]...)
	}
	return dst
}

// take appends the given rows of src to dst.
func take[E any](dst, src []E, rows []int, width int) []E {
	if len(src) == 0 {
		return dst
	}
	if width == 1 {
		for _, r := range rows {
			dst = append(dst, src[r])
		}
		return dst
	}
	for _, r := range rows {
		dst = append(dst, src[r*width:(r+1)*width]...)
	}
	return dst
}

// NewTable makes a table of rows that the caller already has, in the order of
// the spec's columns: name stands for a file in messages. Cells are taken as
// they are: scaling and sets are the caller's, standardizing is not. The
// table keeps the slices.
func NewTable(spec *Spec, name string, factors ...Values) (*Table, error) {
	if err := spec.Validate(); err != nil {
		return nil, err
	}
	if spec.Format == "text" {
		return nil, errors.New("data " + spec.Name + ": rows of text are made by NewText")
	}
	if len(factors) != len(spec.Columns) {
		return nil, &Fault{File: name, Message: "a row has " + plural(len(spec.Columns), "factor") + ", not " + strconv.Itoa(len(factors))}
	}
	t := &Table{File: name, Factors: slices.Clone(factors), raw: make([][]float64, len(factors))}
	for i := range t.Factors {
		c, v := &spec.Columns[i], &t.Factors[i]
		v.Object, v.Width = c.Object, c.Width()
		n := len(v.Real) + len(v.Fin) + len(v.Int) + len(v.Bool)
		if i == 0 {
			t.Rows = n / v.Width
		}
		if v.Kind != c.Kind || n != t.Rows*v.Width || n == 0 {
			return nil, &Fault{File: name, Object: c.Object, Message: strconv.Itoa(n) + " numbers do not make " + plural(t.Rows, "row") + " of " + strconv.Itoa(v.Width)}
		}
		if c.Standardize {
			t.raw[i] = make([]float64, n)
			for k, x := range v.Real {
				t.raw[i][k] = float64(x)
			}
			v.Real = nil
		}
	}
	t.lines = make([]int32, t.Rows)
	return t, nil
}
