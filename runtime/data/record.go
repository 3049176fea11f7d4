package data

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/bits"
	"strconv"
)

// Limits that keep a damaged or hostile file from exhausting memory.
const (
	maxRecord = 16 << 20 // bytes of one record
	maxFields = 1 << 20  // of one record
	maxCells  = 1 << 30  // numbers of one file
	maxRows   = 1<<31 - 1
)

// records splits CSV text (RFC 4180, commas, LF or CRLF) into records. Lines
// without any character are no records.
type records struct {
	in     *bufio.Reader
	line   int    // lines read so far
	long   []byte // a line that the reader's buffer cannot hold
	whole  []byte // the lines of a record with quotes
	cells  []byte // unquoted text of the record at hand
	ends   []int  // of its fields in cells
	fields [][]byte
}

func newRecords(r io.Reader) *records {
	return &records{in: bufio.NewReaderSize(r, 1<<16)}
}

// recordError is a fault of the text itself, at a line.
type recordError struct {
	line    int
	message string
}

func (e *recordError) Error() string { return e.message }

// next returns the fields of the next record and the line it starts at. They
// are valid until the next call. At the end it returns io.EOF.
func (r *records) next() ([][]byte, int, error) {
	for {
		line, err := r.readLine()
		if err != nil {
			return nil, r.line, err
		}
		if r.line == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
			if bytes.HasPrefix(line, []byte("\xff\xfe")) || bytes.HasPrefix(line, []byte("\xfe\xff")) {
				return nil, 1, &recordError{1, "the text is UTF-16; save it as UTF-8"}
			}
		}
		if len(line) == 0 {
			continue
		}
		if len(line) >= maxFields && bytes.Count(line, []byte(",")) >= maxFields {
			return nil, r.line, tooMany(r.line)
		}
		start := r.line
		r.fields = r.fields[:0]
		if bytes.IndexByte(line, '"') >= 0 {
			err := r.quoted(line)
			return r.fields, start, err
		}
		r.unquoted(line)
		return r.fields, start, nil
	}
}

// unquoted splits a record without quotes at its commas, which are found eight
// bytes at a time: fields are too short for a search of each to pay.
func (r *records) unquoted(line []byte) {
	fields, from, at := r.fields, 0, 0
	for ; at+8 <= len(line); at += 8 {
		commas := matches(binary.LittleEndian.Uint64(line[at:]), bytes8(','))
		for ; commas != 0; commas &= commas - 1 {
			to := at + bits.TrailingZeros64(commas)/8
			fields = append(fields, line[from:to])
			from = to + 1
		}
	}
	for ; at < len(line); at++ {
		if line[at] == ',' {
			fields = append(fields, line[from:at])
			from = at + 1
		}
	}
	r.fields = append(fields, line[from:])
}

// readLine returns the next line without its end. A last line without an end
// counts.
func (r *records) readLine() ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		r.long = append(r.long[:0], line...)
		for errors.Is(err, bufio.ErrBufferFull) {
			if len(r.long) > maxRecord {
				return nil, r.tooLong(r.line + 1)
			}
			line, err = r.in.ReadSlice('\n')
			r.long = append(r.long, line...)
		}
		line = r.long
	}
	if err != nil && (!errors.Is(err, io.EOF) || len(line) == 0) {
		return nil, err
	}
	r.line++
	line = bytes.TrimSuffix(line, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), nil
}

func (r *records) tooLong(line int) error {
	return &recordError{line, "a record is longer than " + strconv.Itoa(maxRecord>>20) + " MiB"}
}

func tooMany(line int) error {
	return &recordError{line, "a record has more than " + strconv.Itoa(maxFields) + " fields"}
}

// quoted splits a record in which some field is quoted; a quoted field may go
// on over several lines. Unquoted text is gathered in r.cells.
func (r *records) quoted(line []byte) error {
	start := r.line
	text, ends := append(r.whole[:0], line...), r.ends[:0]
	r.cells = r.cells[:0]
	defer func() { r.whole, r.ends = text, ends }()
	for at := 0; ; at++ {
		if at < len(text) && text[at] == '"' {
			at++
			// Only new text is searched: a long field costs time linear in
			// its length.
			for searched := at; ; {
				i := bytes.IndexByte(text[searched:], '"')
				if i < 0 {
					searched = len(text)
					more, err := r.readLine()
					if errors.Is(err, io.EOF) {
						return &recordError{start, "a quoted field is never closed"}
					}
					if err != nil {
						return err
					}
					if text = append(append(text, '\n'), more...); len(text) > maxRecord {
						return r.tooLong(start)
					}
					continue
				}
				r.cells = append(r.cells, text[at:searched+i]...)
				at = searched + i + 1
				if at >= len(text) || text[at] != '"' {
					break
				}
				r.cells = append(r.cells, '"')
				at++
				searched = at
			}
			if at < len(text) && text[at] != ',' {
				return &recordError{start, "text follows a closing quote"}
			}
		} else {
			i := bytes.IndexByte(text[at:], ',')
			if i < 0 {
				i = len(text) - at
			}
			if bytes.IndexByte(text[at:at+i], '"') >= 0 {
				return &recordError{start, "a quote stands inside an unquoted field"}
			}
			r.cells = append(r.cells, text[at:at+i]...)
			at += i
		}
		if len(ends) == maxFields {
			return tooMany(start)
		}
		ends = append(ends, len(r.cells))
		if at >= len(text) {
			break
		}
	}
	from := 0
	for _, end := range ends {
		r.fields = append(r.fields, r.cells[from:end])
		from = end
	}
	return nil
}
