package npy

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
)

// AppendHeader appends the header of an .npy file of version 1 to b: what
// stands before the elements, which follow little-endian and row-major.
func AppendHeader(b []byte, t Type, shape []int) []byte {
	var s strings.Builder
	s.WriteString("{'descr': '" + t.descr() + "', 'fortran_order': False, 'shape': (")
	for i, d := range shape {
		if i > 0 {
			s.WriteByte(' ')
		}
		s.WriteString(strconv.Itoa(d))
		if i < len(shape)-1 || len(shape) == 1 {
			s.WriteByte(',')
		}
	}
	s.WriteString("), }")
	// The elements start at a multiple of 64 bytes, after the end of a line.
	const start = len(magic) + 2 + 2
	for (start+s.Len()+1)%64 != 0 {
		s.WriteByte(' ')
	}
	s.WriteByte('\n')
	b = append(b, magic+"\x01\x00"...)
	b = binary.LittleEndian.AppendUint16(b, uint16(s.Len()))
	return append(b, s.String()...)
}

// Writer writes an .npz archive, uncompressed as numpy.savez does. The same
// arrays give the same bytes.
type Writer struct {
	zip  *zip.Writer
	seen map[string]bool
}

// NewWriter writes to w. The archive is whole once Close returned nil.
func NewWriter(w io.Writer) *Writer { return &Writer{zip.NewWriter(w), map[string]bool{}} }

// Add writes an array whose elements are data, little-endian and row-major. It
// fails where the name is used or where data does not fill the shape.
func (w *Writer) Add(name string, t Type, shape []int, data []byte) error {
	size := t.Size
	for _, d := range shape {
		if d < 0 || d > 0 && size > math.MaxInt/d {
			return errors.New(strconv.Quote(name) + ": " + ShapeText(shape) + " is no shape")
		}
		size *= d
	}
	switch {
	case w.seen[name]:
		return errors.New("two arrays are named " + strconv.Quote(name))
	case size != len(data) || len(shape) > maxAxes:
		return errors.New(strconv.Quote(name) + ": " + strconv.Itoa(len(data)) + " bytes do not fill " + ShapeText(shape) + " of " + t.String())
	}
	w.seen[name] = true
	f, err := w.zip.CreateHeader(&zip.FileHeader{Name: name + ".npy", Method: zip.Store})
	if err == nil {
		_, err = f.Write(AppendHeader(nil, t, shape))
	}
	if err == nil {
		_, err = f.Write(data)
	}
	return err
}

// Close writes the archive's directory; it does not close what it writes to.
func (w *Writer) Close() error { return w.zip.Close() }
