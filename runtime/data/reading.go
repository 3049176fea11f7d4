package data

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime"
)

// reading is one file on its way into a table.
type reading struct {
	spec   *Spec
	name   string
	in     *records
	table  *Table
	places []place // for each factor, the columns of the file that its cells come from
	fields int     // of the first data record, which all others must have
	first  int     // its line
	cells  int
	faults Faults
	// skip, where it is set, is told the first fault of each row that is left out
	// for it.
	skip    func(*Fault)
	skipped int
}

func newReading(spec *Spec, name string, in *records) *reading {
	return &reading{spec: spec, name: name, in: in, table: emptyTable(spec, name)}
}

// errEnough stops the reading when maxFaults are collected.
var errEnough = errors.New("enough faults")

func (r *reading) fault(line, column int, object, message string) error {
	r.faults = append(r.faults, &Fault{File: r.name, Line: line, Column: column, Object: object, Message: message})
	if len(r.faults) >= maxFaults {
		return errEnough
	}
	return nil
}

func (r *reading) read() error {
	err := r.records()
	if err != nil && !errors.Is(err, errEnough) {
		r.faults = append(r.faults, r.textFault(err))
	}
	if len(r.faults) == 0 && r.table.Rows == 0 {
		message := "the file is empty"
		if r.in.line > 0 {
			message = "no rows of data"
		}
		if r.table.Header.Present {
			message += ": " + r.table.Header.Reason
		}
		if r.skipped > 0 {
			message += ": all " + strconv.Itoa(r.skipped) + " were left out"
		}
		return &Fault{File: r.name, Message: message}
	}
	return r.faults.err()
}

// textFault puts an error of the stream below into words.
func (r *reading) textFault(err error) *Fault {
	f := &Fault{File: r.name, Line: r.in.line + 1}
	var text *recordError
	if errors.As(err, &text) {
		f.Line, f.Message = text.line, text.message
	} else {
		f.Message = readMessage(err)
	}
	return f
}

func (r *reading) records() error {
	first, line, err := r.in.next()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return err
	}
	// The scanner reuses its memory, and the header's rule needs two records.
	first = clone(first)
	second, nextLine, rest := r.in.next()
	if rest != nil && !errors.Is(rest, io.EOF) {
		return rest
	}
	if r.table.Header, err = r.header(first, second, line, nextLine); err != nil {
		return err
	}
	r.table.places = r.places
	if !r.table.Header.Present {
		if err := r.add(first, line); err != nil {
			return err
		}
	}
	for fields, line := second, nextLine; !errors.Is(rest, io.EOF); {
		if rest != nil {
			return rest
		}
		if err := r.add(fields, line); err != nil {
			return err
		}
		fields, line, rest = r.in.next()
	}
	return nil
}

// header decides what the first record is, and from which columns of the file
// the factors' cells come.
func (r *reading) header(first, second [][]byte, line, nextLine int) (HeaderFound, error) {
	h := decideHeader(r.spec, first, second, line, nextLine)
	if r.places, r.faults = places(r.spec, r.name, &h); len(r.faults) > 0 {
		return h, errEnough // every record would repeat them
	}
	return h, nil
}

func clone(fields [][]byte) [][]byte {
	c := make([][]byte, len(fields))
	for i, f := range fields {
		c[i] = bytes.Clone(f)
	}
	return c
}

// add appends one record to the table, or leaves it out where it does not fit
// and that is asked for. What makes all further rows meaningless is an error.
func (r *reading) add(fields [][]byte, line int) error {
	rows := r.table.Rows
	err := r.row(fields, line)
	if r.skip == nil || len(r.faults) == 0 || r.fields == 0 || err != nil && !errors.Is(err, errEnough) {
		return err
	}
	r.skip(r.faults[0])
	r.skipped++
	r.faults = nil
	r.table.truncate(rows)
	return nil
}

// row appends one record to the table.
func (r *reading) row(fields [][]byte, line int) error {
	if r.fields == 0 {
		for i := range r.spec.Columns {
			if last := r.places[i].last(); last > len(fields) {
				c := &r.spec.Columns[i]
				// Every further record would repeat this fault.
				r.fault(line, last, c.Object, "the record has only "+plural(len(fields), "field")+separatorHint(fields))
				return errEnough
			}
		}
		r.fields, r.first = len(fields), line
	}
	if len(fields) != r.fields {
		return r.fault(line, 0, "", fmt.Sprintf("the record has %s, the first one (line %d) has %d", plural(len(fields), "field"), r.first, r.fields))
	}
	if r.table.Rows >= maxRows {
		return &recordError{line, "more than " + strconv.Itoa(maxRows) + " rows"}
	}
	for i := range r.spec.Columns {
		c := &r.spec.Columns[i]
		if r.cells += c.Width(); r.cells > maxCells {
			return &recordError{line, "more than " + strconv.Itoa(maxCells) + " numbers"}
		}
		for _, run := range r.places[i] {
			for k := run.first + r.reals(i, fields[run.first-1:run.last]); k <= run.last; k++ {
				if message := r.cell(i, bytes.TrimSpace(fields[k-1])); message != "" {
					if err := r.fault(line, k, c.Object, message); err != nil {
						return err
					}
				}
			}
		}
		if message := r.wholeRow(i); message != "" {
			if err := r.fault(line, 0, c.Object, message); err != nil {
				return err
			}
		}
	}
	r.table.Rows++
	r.table.lines = append(r.table.lines, int32(min(line, math.MaxInt32)))
	return nil
}

// separatorHint helps with files whose fields are parted by something else
// than commas.
func separatorHint(fields [][]byte) string {
	if len(fields) == 1 {
		for _, c := range []byte(";\t|") {
			if bytes.IndexByte(fields[0], c) >= 0 {
				return "; fields must be separated by commas, not " + strconv.QuoteRune(rune(c))
			}
		}
	}
	return ""
}

// cell appends one cell to factor i, or says what is wrong with it; then it
// appends a placeholder, so that the reading can go on.
func (r *reading) cell(i int, cell []byte) (message string) {
	c, v := &r.spec.Columns[i], &r.table.Factors[i]
	if len(c.Classes) > 0 {
		return classCell(c, v, cell)
	}
	if len(cell) == 0 {
		message = "the cell is empty"
	}
	switch c.Kind {
	case Real:
		x, ok := parseReal(cell)
		if message == "" {
			message = realMessage(c, &x, ok, cell)
		}
		if c.Standardize {
			r.table.raw[i] = append(r.table.raw[i], x)
		} else {
			v.Real = append(v.Real, float32(x))
		}
	case Fin:
		x, ok := parseInteger(cell)
		switch {
		case message != "":
		case !ok:
			message = quote(cell) + " is not a class"
		default:
			message = classMessage(x, c)
		}
		v.Fin = append(v.Fin, int32(x))
	case Int:
		x, ok := parseInteger(cell)
		if message == "" && !ok {
			message = quote(cell) + " is not an integer"
		}
		v.Int = append(v.Int, x)
	case Bool:
		x, ok := parseBool(cell)
		if message == "" && !ok {
			message = quote(cell) + " is not true or false"
		}
		v.Bool = append(v.Bool, x)
	}
	return message
}

// realMessage scales *x and checks it. The set of a standardized column is
// checked when the scaler is known.
func realMessage(c *Column, x *float64, ok bool, cell []byte) string {
	if !ok {
		return quote(cell) + " is not a number"
	}
	if c.Scale != 0 {
		*x *= c.Scale
	}
	if rounded := float64(float32(*x)); math.IsInf(rounded, 0) {
		return quote(cell) + " is too large for a 32-bit number"
	} else if !c.Standardize && c.Set != nil && !c.Set.Contains(rounded) {
		return notIn(*x, c)
	}
	return ""
}

func classMessage(x int64, c *Column) string {
	if x < 0 || x >= int64(c.N) {
		return strconv.FormatInt(x, 10) + " is not in 0.." + strconv.Itoa(c.N-1)
	}
	return ""
}

func notIn(x float64, c *Column) string {
	s := strconv.FormatFloat(x, 'g', -1, 32) + " is not in " + c.Set.String()
	if c.Scale != 0 {
		s += " (after scaling by " + strconv.FormatFloat(c.Scale, 'g', -1, 64) + ")"
	}
	return s
}

// wholeRow checks what concerns the last row of factor i as a whole: that a
// distribution sums to one.
func (r *reading) wholeRow(i int) string {
	c, v := &r.spec.Columns[i], &r.table.Factors[i]
	if _, ok := c.Set.(runtime.Simplex); !ok || c.Standardize || len(r.faults) > 0 {
		return ""
	}
	return sumMessage(c, v.Real[len(v.Real)-v.Width:])
}

// sumMessage says where a row of c's is no distribution.
func sumMessage(c *Column, row []float32) string {
	if err := runtime.Check(c.Object, c.Set, row); err != nil {
		var set *runtime.SetError
		if errors.As(err, &set) && set.Sum {
			return "the numbers sum to " + strconv.FormatFloat(set.Value, 'g', 6, 64) + ", not to 1"
		}
	}
	return ""
}
