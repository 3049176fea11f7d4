package data

import (
	"errors"
	"io"
	"os"
)

// Stream reads the rows of CSV, plain or gzipped, a few at a time and as they
// arrive. Its memory is that of the longest record and of the rows asked for at
// once: it does not grow with the file, and is used again for the rows that follow.
type Stream struct {
	// Skip, where it is set, is told of each row that does not fit, which is left
	// out then. What makes all further rows meaningless is an error all the same.
	Skip func(fault *Fault)

	r     *reading
	given Table    // what Next returned last: over the rows of r's table
	ahead []record // read for the header's sake, and data
	begun bool
	fault error // after the rows before it
	file  *os.File
}

type record struct {
	fields [][]byte
	line   int
}

// Open streams the file at path, as Read reads it whole. The caller closes the stream.
func Open(spec *Spec, path string) (*Stream, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	s, err := NewStream(spec, path, f)
	if err != nil {
		f.Close()
		return nil, err
	}
	s.file = f
	return s, nil
}

// Close closes the file that Open opened.
func (s *Stream) Close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// NewStream reads in as spec says; name stands for it in messages. Columns that
// spec does not bind may be there or not.
func NewStream(spec *Spec, name string, in io.Reader) (*Stream, error) {
	if err := spec.Validate(); err != nil {
		return nil, err
	}
	if spec.Format != "csv" {
		return nil, &Fault{File: name, Message: "data " + spec.Name + " is of format " + spec.Format + "; only csv is read row by row"}
	}
	in, err := unzipped(name, in)
	if err != nil {
		return nil, err
	}
	return &Stream{r: newReading(spec, name, newRecords(in))}, nil
}

// Next returns at most n rows, at least one, and no more than have arrived; the
// table is valid until the next call. After the last it returns io.EOF; other
// errors are a *Fault or Faults.
func (s *Stream) Next(n int) (*Table, error) {
	if s.fault != nil {
		return nil, s.fault
	}
	s.empty()
	t := s.r.table
	for t.Rows < n && (t.Rows == 0 || len(s.ahead) > 0 || s.r.in.in.Buffered() > 0) {
		if s.fault = s.add(); s.fault != nil {
			if t.Rows == 0 {
				return nil, s.fault
			}
			break
		}
	}
	return s.give(), nil
}

// empty takes back the memory of the rows that were given.
func (s *Stream) empty() {
	t := s.r.table
	t.truncate(0)
	s.r.cells = 0
	for i := range s.given.Factors {
		if t.raw[i] != nil { // what Standardize made
			t.Factors[i].Real = s.given.Factors[i].Real[:0]
		}
	}
}

// give returns the rows as a table that may be standardized.
func (s *Stream) give() *Table {
	factors, raw := s.given.Factors, s.given.raw
	s.given = *s.r.table
	s.given.Factors = append(factors[:0], s.r.table.Factors...)
	s.given.raw = append(raw[:0], s.r.table.raw...)
	return &s.given
}

// add reads one record and appends its row, if it fits.
func (s *Stream) add() error {
	next, err := s.record()
	if errors.Is(err, io.EOF) {
		return err
	}
	if errors.Is(err, errEnough) {
		return s.r.faults.err()
	}
	if err != nil {
		return s.r.textFault(err)
	}
	rows := s.r.table.Rows
	s.r.skip = s.Skip
	err = s.r.add(next.fields, next.line)
	faults := s.r.faults
	s.r.faults = nil
	if err != nil && !errors.Is(err, errEnough) {
		return s.r.textFault(err)
	}
	if len(faults) == 0 {
		return nil
	}
	s.r.table.truncate(rows)
	return faults.err()
}

// record returns the next record that is data.
func (s *Stream) record() (record, error) {
	if !s.begun {
		if err := s.begin(); err != nil {
			return record{}, err
		}
		s.begun = true
	}
	if len(s.ahead) > 0 {
		next := s.ahead[0]
		s.ahead = s.ahead[1:]
		return next, nil
	}
	fields, line, err := s.r.in.next()
	return record{fields, line}, err
}

// begin decides whether the first record is a header. Only the rule that has to
// guess waits for a second one.
func (s *Stream) begin() error {
	fields, line, err := s.r.in.next()
	if err != nil {
		return err
	}
	first, second := record{clone(fields), line}, record{}
	if s.r.spec.Header == HeaderAuto && !s.r.spec.named() {
		fields, line, err = s.r.in.next()
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err == nil {
			second = record{clone(fields), line}
		}
	}
	header, err := s.r.header(first.fields, second.fields, first.line, second.line)
	if err != nil {
		return err
	}
	s.r.table.places = s.r.places
	if !header.Present {
		s.ahead = append(s.ahead, first)
	}
	if second.fields != nil {
		s.ahead = append(s.ahead, second)
	}
	return nil
}

// Line is the line of the file at which a row of t stands.
func (t *Table) Line(row int) int { return int(t.lines[row]) }

// truncate leaves the first rows of a table that is being read.
func (t *Table) truncate(rows int) {
	t.Rows, t.lines = rows, t.lines[:rows]
	for i := range t.Factors {
		v := &t.Factors[i]
		n := rows * v.Width
		if t.raw[i] != nil {
			t.raw[i] = t.raw[i][:n]
			continue
		}
		switch v.Kind {
		case Real:
			v.Real = v.Real[:n]
		case Fin:
			v.Fin = v.Fin[:n]
		case Int:
			v.Int = v.Int[:n]
		case Bool:
			v.Bool = v.Bool[:n]
		}
	}
}
