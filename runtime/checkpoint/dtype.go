package checkpoint

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"
)

// sizeOf returns the bytes of one element of every type that the format knows.
// Models of ours hold F32, F64, I32 and I64; the rest is read as far as names
// and shapes, to say what does not fit.
func sizeOf(dtype string) (int, bool) {
	switch dtype {
	case "F64", "I64", "U64":
		return 8, true
	case "F32", "I32", "U32":
		return 4, true
	case "F16", "BF16", "I16", "U16":
		return 2, true
	case "I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2":
		return 1, true
	}
	return 0, false
}

// dtype is the type of t's elements and how many it holds. A tensor without
// elements may have any of its slices set, or none.
func (t *Tensor) dtype() (dtype string, length int) {
	switch {
	case t.F64 != nil:
		return "F64", len(t.F64)
	case t.I32 != nil:
		return "I32", len(t.I32)
	case t.I64 != nil:
		return "I64", len(t.I64)
	}
	return "F32", len(t.F32)
}

// appendTo appends t's elements to b, little-endian.
func (t *Tensor) appendTo(b []byte) []byte {
	le := binary.LittleEndian
	switch {
	case t.F64 != nil:
		for _, v := range t.F64 {
			b = le.AppendUint64(b, math.Float64bits(v))
		}
	case t.I32 != nil:
		for _, v := range t.I32 {
			b = le.AppendUint32(b, uint32(v))
		}
	case t.I64 != nil:
		for _, v := range t.I64 {
			b = le.AppendUint64(b, uint64(v))
		}
	default:
		for _, v := range t.F32 {
			b = le.AppendUint32(b, math.Float32bits(v))
		}
	}
	return b
}

// fill sets t's elements from b, which has as many of the same type.
func (t *Tensor) fill(b []byte) {
	le := binary.LittleEndian
	switch {
	case t.F64 != nil:
		for i := range t.F64 {
			t.F64[i] = math.Float64frombits(le.Uint64(b[8*i:]))
		}
	case t.I32 != nil:
		for i := range t.I32 {
			t.I32[i] = int32(le.Uint32(b[4*i:]))
		}
	case t.I64 != nil:
		for i := range t.I64 {
			t.I64[i] = int64(le.Uint64(b[8*i:]))
		}
	default:
		for i := range t.F32 {
			t.F32[i] = math.Float32frombits(le.Uint32(b[4*i:]))
		}
	}
}

// shapeText renders a shape: [64, 32], or "a scalar".
func shapeText(shape []int) string {
	if len(shape) == 0 {
		return "a scalar"
	}
	parts := make([]string, len(shape))
	for i, d := range shape {
		parts[i] = strconv.Itoa(d)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
