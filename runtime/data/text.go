package data

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// readText reads a text as the spec's tokens.
func readText(spec *Spec, name string, in io.Reader) (*Table, error) {
	alphabet, err := NewAlphabet(spec.Alphabet, spec.Other)
	if err != nil {
		return nil, err
	}
	r := &textReading{alphabet: alphabet, name: name, object: spec.Columns[0].Object, in: bufio.NewReaderSize(in, 1<<16)}
	r.lines = spec.Rows == RowsLines
	if err := r.read(); err != nil {
		return nil, err
	}
	if r.lines {
		return r.rows(spec)
	}
	return NewText(spec, name, r.tokens)
}

// textReading is one text on its way into tokens.
type textReading struct {
	alphabet     *Alphabet
	name, object string
	in           *bufio.Reader
	tokens       []int32
	line, column int // of the character at hand, from 1
	strange      []*strange
	lines        bool  // rows are lines, and their ends no tokens
	starts       []int // of the rows that have ended
	start        int   // of the row at hand
}

// strange is a character that is not in the alphabet: where it stands first,
// and how often.
type strange struct {
	char         rune
	line, column int
	times        int
}

func (r *textReading) fault(message string) *Fault {
	return &Fault{File: r.name, Line: r.line, Column: r.column, Object: r.object, Message: message}
}

func (r *textReading) read() error {
	if r.alphabet.runes == nil {
		return r.bytes()
	}
	r.line = 1
	for {
		c, size, err := r.in.ReadRune()
		if errors.Is(err, io.EOF) {
			return r.faults()
		}
		if r.column++; err != nil {
			return r.fault(readMessage(err))
		}
		first := r.line == 1 && r.column == 1
		switch {
		case c == utf8.RuneError && size == 1:
			return r.fault("the text is no UTF-8" + r.utf16(first))
		case c == '\uFEFF' && first:
			r.column = 0 // a byte order mark is no part of the text
			continue
		case c == '\r' && (r.lines || r.alphabet.token(c) == r.alphabet.other) && r.lineEnds():
			continue // of CR LF, LF alone is kept
		case c == '\n' && r.lines:
			if err := r.endRow(); err != nil {
				return err
			}
		default:
			if err := r.add(c); err != nil {
				return err
			}
		}
		if c == '\n' {
			r.line++
			r.column = 0
		}
	}
}

// utf16 helps with texts in the other common encoding.
func (r *textReading) utf16(first bool) string {
	if !first {
		return ""
	}
	if err := r.in.UnreadRune(); err == nil {
		if mark, _ := r.in.Peek(2); string(mark) == "\xff\xfe" || string(mark) == "\xfe\xff" {
			return " but UTF-16; save it as UTF-8"
		}
	}
	return ""
}

// lineEnds reports whether LF comes next.
func (r *textReading) lineEnds() bool {
	next, _ := r.in.Peek(1)
	return len(next) == 1 && next[0] == '\n'
}

// add takes one character in.
func (r *textReading) add(c rune) error {
	t := r.alphabet.token(c)
	if t < 0 {
		r.notice(c)
		return nil
	}
	if r.tokens = append(r.tokens, t); len(r.tokens) > maxCells {
		return r.fault("more than " + strconv.Itoa(maxCells) + " tokens")
	}
	return nil
}

// notice counts a character that is not in the alphabet. Of more than maxFaults
// of them the later ones are not told apart.
func (r *textReading) notice(c rune) {
	for _, s := range r.strange {
		if s.char == c {
			s.times++
			return
		}
	}
	if len(r.strange) < maxFaults {
		r.strange = append(r.strange, &strange{c, r.line, r.column, 1})
	}
}

func (r *textReading) faults() error {
	var all Faults
	for _, s := range r.strange {
		message := strconv.QuoteRune(s.char) + " is not in the alphabet"
		if s.times > 1 {
			message += " (" + strconv.Itoa(s.times) + " times, here first)"
		}
		all = append(all, &Fault{File: r.name, Line: s.line, Column: s.column, Object: r.object, Message: message})
	}
	return all.err()
}

// bytes takes everything in as it is.
func (r *textReading) bytes() error {
	block := make([]byte, 1<<16)
	for {
		n, err := r.in.Read(block)
		for _, b := range block[:n] {
			if b == '\n' && r.lines {
				if last := len(r.tokens) - 1; last >= r.start && r.tokens[last] == '\r' {
					r.tokens = r.tokens[:last]
				}
				if err := r.endRow(); err != nil {
					return err
				}
				continue
			}
			r.tokens = append(r.tokens, int32(b))
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return &Fault{File: r.name, Message: readMessage(err) + " (offset " + strconv.Itoa(len(r.tokens)) + ")"}
		case len(r.tokens) > maxCells:
			return &Fault{File: r.name, Message: "more than " + strconv.Itoa(maxCells) + " bytes"}
		}
	}
}
