package data

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// IDX is the format of the MNIST database (LeCun, Cortes, Burges): two zero
// bytes, a type, the number of axes, the length of each axis as 32 bits, then
// the numbers, the last axis fastest; all of it big-endian. The first axis
// counts the records.

// idxType is one of the format's types of numbers.
type idxType struct {
	size int // bytes of a number
	read func([]byte) float64
}

var idxTypes = map[byte]*idxType{
	0x08: {1, func(b []byte) float64 { return float64(b[0]) }},                                             // unsigned bytes
	0x09: {1, func(b []byte) float64 { return float64(int8(b[0])) }},                                       // signed bytes
	0x0B: {2, func(b []byte) float64 { return float64(int16(binary.BigEndian.Uint16(b))) }},                // 16-bit integers
	0x0C: {4, func(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) }},                // 32-bit integers
	0x0D: {4, func(b []byte) float64 { return float64(math.Float32frombits(binary.BigEndian.Uint32(b))) }}, // 32-bit floats
	0x0E: {8, func(b []byte) float64 { return math.Float64frombits(binary.BigEndian.Uint64(b)) }},          // 64-bit floats
}

// idxFile is an IDX file whose header has been read.
type idxFile struct {
	column  *Column
	path    string
	in      io.Reader
	file    io.Closer
	typ     *idxType
	records int
	shape   []int // of a record
	header  int64 // bytes of the header
}

// openIDX opens the file of c at path.
func openIDX(c *Column, path string) (*idxFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, &Fault{File: path, Object: c.Object, Message: openMessage(err)}
	}
	f := &idxFile{column: c, path: path, file: file}
	if f.in, err = unzipped(path, file); err == nil {
		err = f.readHeader()
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return f, nil
}

func (f *idxFile) fault(format string, args ...any) *Fault {
	return &Fault{File: f.path, Object: f.column.Object, Message: fmt.Sprintf(format, args...)}
}

// readHeader reads the header and holds it against the object.
func (f *idxFile) readHeader() error {
	var magic [4]byte
	if err := f.headerBytes(magic[:]); err != nil {
		return err
	}
	axes := int(magic[3])
	if f.typ = idxTypes[magic[2]]; magic[0] != 0 || magic[1] != 0 || axes == 0 {
		return f.fault("not an IDX file: it begins with % x, and not with 00 00, a type and the number of axes", magic)
	} else if f.typ == nil {
		return f.fault("no type of IDX numbers has the code %#02x (offset 2)", magic[2])
	}
	lengths := make([]byte, 4*axes)
	if err := f.headerBytes(lengths); err != nil {
		return err
	}
	dims := make([]int64, axes)
	numbers := int64(1)
	for i := range dims {
		dims[i] = int64(binary.BigEndian.Uint32(lengths[4*i:]))
		if dims[i] == 0 {
			return f.fault("it holds nothing: its axes are %s long", shapeText(dims[:i+1]))
		}
		// Each length is below 2^32, so the product cannot overflow.
		if numbers *= dims[i]; numbers > maxCells || dims[0] > maxRows {
			return f.fault("its header announces %s numbers or more, and %d are the most", shapeText(dims[:i+1]), maxCells)
		}
	}
	f.records = int(dims[0])
	for _, d := range dims[1:] {
		f.shape = append(f.shape, int(d))
	}
	if !sameShape(f.shape, f.column.Shape) {
		return f.fault("a record is %s, and %s is %s", recordText(f.shape), f.column.Object, recordText(f.column.Shape))
	}
	return nil
}

// headerBytes reads the next bytes of the header.
func (f *idxFile) headerBytes(b []byte) error {
	n, err := io.ReadFull(f.in, b)
	f.header += int64(n)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF) && f.header == 0:
		return f.fault("the file is empty")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return f.fault("the file ends at offset %d, inside its header", f.header)
	}
	return f.fault("%s (offset %d)", readMessage(err), f.header)
}

// sameShape reports whether records of one shape are values of the other: the
// same shape up to axes of length 1, or as many numbers where one of the two
// is flat.
func sameShape(record, object []int) bool {
	a, b := longAxes(record), longAxes(object)
	if len(a) > 1 && len(b) > 1 {
		return slices.Equal(a, b)
	}
	return volume(a) == volume(b)
}

func longAxes(shape []int) []int {
	return slices.DeleteFunc(slices.Clone(shape), func(d int) bool { return d == 1 })
}

func volume(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}

func recordText(shape []int) string {
	switch len(shape) {
	case 0:
		return "one number"
	case 1:
		return plural(shape[0], "number")
	}
	return shapeText(shape)
}

// shapeText writes a shape as 28x28.
func shapeText[T int | int64](shape []T) string {
	parts := make([]string, len(shape))
	for i, d := range shape {
		parts[i] = strconv.FormatInt(int64(d), 10)
	}
	return strings.Join(parts, "x")
}
