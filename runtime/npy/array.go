package npy

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strconv"
)

// Array is an array in memory. Its elements are read by their place in
// row-major order, where the last index runs fastest.
type Array struct {
	Header
	data []byte // little-endian, row-major
}

// Decode reads an .npy file. The array may keep b, which is not to change.
func Decode(b []byte) (*Array, error) {
	h, err := ReadHeader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	data := b[h.length:]
	if err := h.checkLength(uint64(len(data))); err != nil {
		return nil, err
	}
	return h.array(data), nil
}

// checkLength compares the size of the shape with the bytes there are.
func (h *Header) checkLength(n uint64) error {
	if uint64(h.Bytes()) == n {
		return nil
	}
	return errors.New(ShapeText(h.Shape) + " of " + h.Type.String() + " takes " + strconv.Itoa(h.Bytes()) +
		" bytes, and " + strconv.FormatUint(n, 10) + " follow the header")
}

// array is the array whose elements stand in data as the file has them.
func (h *Header) array(data []byte) *Array {
	a := &Array{*h, data}
	if h.big || h.fortran && len(h.Shape) > 1 {
		a.data = h.turned(data)
	}
	return a
}

// turned copies data into row-major order and little-endian.
func (h *Header) turned(data []byte) []byte {
	size := h.Type.Size
	out := make([]byte, len(data))
	step := make([]int, len(h.Shape)) // in elements of the file, for each axis
	n := 1
	for i := range h.Shape {
		k := i
		if !h.fortran {
			k = len(h.Shape) - 1 - i
		}
		step[k] = n
		n *= h.Shape[k]
	}
	index := make([]int, len(h.Shape))
	from := 0
	for to := 0; to < len(out); to += size {
		copy(out[to:to+size], data[from*size:])
		if h.big {
			slices.Reverse(out[to : to+size])
		}
		for k := len(index) - 1; k >= 0; k-- {
			index[k]++
			from += step[k]
			if index[k] < h.Shape[k] {
				break
			}
			from -= index[k] * step[k]
			index[k] = 0
		}
	}
	return out
}

// Data returns the elements, little-endian and row-major. It is not to be
// written to.
func (a *Array) Data() []byte { return a.data }

// Float returns element i as a floating point number; truth values are 0 and 1.
// It is exact but for whole numbers beyond 2^53, which are rounded.
func (a *Array) Float(i int) float64 {
	b := a.data[i*a.Type.Size:]
	switch a.Type {
	case Float16:
		return half(binary.LittleEndian.Uint16(b))
	case Float32:
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
	case Float64:
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	case Uint64:
		return float64(binary.LittleEndian.Uint64(b))
	}
	n, _ := a.Int(i)
	return float64(n)
}

// Int returns element i as a whole number, and whether it is one that an int64
// holds.
func (a *Array) Int(i int) (n int64, ok bool) {
	b := a.data[i*a.Type.Size:]
	switch a.Type {
	case Int8:
		return int64(int8(b[0])), true
	case Int16:
		return int64(int16(binary.LittleEndian.Uint16(b))), true
	case Int32:
		return int64(int32(binary.LittleEndian.Uint32(b))), true
	case Int64:
		return int64(binary.LittleEndian.Uint64(b)), true
	case Uint8:
		return int64(b[0]), true
	case Bool:
		if b[0] != 0 {
			return 1, true
		}
		return 0, true
	case Uint16:
		return int64(binary.LittleEndian.Uint16(b)), true
	case Uint32:
		return int64(binary.LittleEndian.Uint32(b)), true
	case Uint64:
		u := binary.LittleEndian.Uint64(b)
		return int64(u), u <= math.MaxInt64
	}
	v := a.Float(i)
	if v != math.Trunc(v) || v < -1<<63 || v >= 1<<63 {
		return 0, false
	}
	return int64(v), true
}

// half is the value of an IEEE 754 number of 16 bits: a sign, five bits of
// exponent and ten of fraction.
func half(b uint16) float64 {
	exponent, fraction := int(b>>10&0x1f), float64(b&0x3ff)
	var v float64
	switch exponent {
	case 0:
		v = math.Ldexp(fraction, -24)
	case 0x1f:
		if v = math.Inf(1); fraction != 0 {
			v = math.NaN()
		}
	default:
		v = math.Ldexp(1024+fraction, exponent-25)
	}
	if b&0x8000 != 0 {
		v = -v
	}
	return v
}
