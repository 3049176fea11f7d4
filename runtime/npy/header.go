package npy

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxHeader bounds the header, and so what a wrong one costs. NumPy itself
// refuses more than 10000 bytes.
const maxHeader = 1 << 16

// maxAxes is how many axes NumPy's arrays have at most.
const maxAxes = 64

const magic = "\x93NUMPY"

// Header says what an array is, before its elements.
type Header struct {
	Type  Type
	Shape []int // without axes: one number

	fortran, big bool // order of elements and of bytes in the file
	length       int  // bytes of the header itself
}

// Len is the number of elements.
func (h *Header) Len() int {
	n := 1
	for _, d := range h.Shape {
		n *= d
	}
	return n
}

// Bytes is the number of bytes that the elements take.
func (h *Header) Bytes() int { return h.Len() * h.Type.Size }

// ReadHeader reads the header of an .npy file, and of r no more than that.
func ReadHeader(r io.Reader) (*Header, error) {
	var start [12]byte
	if _, err := io.ReadFull(r, start[:8]); err != nil {
		return nil, shortened(err, "not an npy file: it is too short")
	}
	if string(start[:6]) != magic {
		return nil, errors.New("not an npy file: it begins with " + strconv.Quote(string(start[:6])))
	}
	lengthSize := 4
	switch start[6] {
	case 1:
		lengthSize = 2
	case 2, 3:
	default:
		return nil, errors.New("version " + strconv.Itoa(int(start[6])) + " of the npy format is not known; 1, 2 and 3 are")
	}
	if _, err := io.ReadFull(r, start[8:8+lengthSize]); err != nil {
		return nil, shortened(err, "the file is cut off in its header")
	}
	n := binary.LittleEndian.Uint32(start[8:]) // the rest is zero
	if n > maxHeader {
		return nil, errors.New("damaged header: it would have " + strconv.FormatUint(uint64(n), 10) + " bytes")
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return nil, shortened(err, "the file is cut off in its header")
	}
	h := &Header{length: 8 + lengthSize + int(n)}
	if err := h.parse(string(text), start[6]); err != nil {
		return nil, err
	}
	return h, nil
}

// shortened is message where a reader had no more, else the reader's error.
func shortened(err error, message string) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New(message)
	}
	return err
}

// parse reads the text of a header, a Python dict of three entries:
// {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }.
func (h *Header) parse(text string, version byte) error {
	if version == 3 && !utf8.ValidString(text) {
		return errors.New("damaged header: text that is not UTF-8")
	}
	s := &scanner{text: text}
	if err := s.expect('{'); err != nil {
		return err
	}
	seen := map[string]bool{}
	for !s.peek('}') {
		key, err := s.str()
		if err == nil {
			err = s.expect(':')
		}
		if err != nil {
			return err
		}
		if seen[key] {
			return s.fail(strconv.Quote(key) + " stands twice")
		}
		seen[key] = true
		switch key {
		case "descr":
			err = h.parseDescr(s)
		case "fortran_order":
			h.fortran, err = s.truth()
		case "shape":
			h.Shape, err = s.shape()
		default:
			err = s.fail(strconv.Quote(key) + " is not known")
		}
		if err != nil {
			return err
		}
		if !s.peek(',') {
			break
		}
		s.at++
	}
	if err := s.expect('}'); err != nil {
		return err
	}
	if s.space(); s.at != len(s.text) {
		return s.fail("text after the end")
	}
	for _, key := range []string{"descr", "fortran_order", "shape"} {
		if !seen[key] {
			return errors.New("damaged header: it does not say " + key)
		}
	}
	return h.checkSize()
}

func (h *Header) parseDescr(s *scanner) error {
	if s.peek('[') {
		return errors.New("holds records of several fields; save each field as an array of its own")
	}
	descr, err := s.str()
	if err != nil {
		return err
	}
	var message string
	if h.Type, h.big, message = parseType(descr); message != "" {
		return errors.New(message)
	}
	return nil
}

// checkSize refuses shapes whose size no number holds. An axis of length zero
// hides no overflow of the others.
func (h *Header) checkSize() error {
	size := h.Type.Size
	for _, d := range h.Shape {
		if d > 0 && size > math.MaxInt/d {
			return errors.New(ShapeText(h.Shape) + " is too large")
		}
		size *= max(d, 1)
	}
	return nil
}

// ShapeText renders a shape as messages do: 2×3, or "one number".
func ShapeText(shape []int) string {
	if len(shape) == 0 {
		return "one number"
	}
	parts := make([]string, len(shape))
	for i, d := range shape {
		parts[i] = strconv.Itoa(d)
	}
	if len(parts) == 1 {
		return "[" + parts[0] + "]"
	}
	return strings.Join(parts, "×")
}
