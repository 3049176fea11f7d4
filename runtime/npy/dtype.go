package npy

import "strconv"

// Type is the type of an array's elements: f4 is 32-bit floating point. Bytes
// are little-endian; files of the other order are turned as they are read.
type Type struct {
	Kind byte // 'f' floating point, 'i' signed, 'u' unsigned, 'b' truth values
	Size int  // bytes
}

// The types that files may hold.
var (
	Float16 = Type{'f', 2}
	Float32 = Type{'f', 4}
	Float64 = Type{'f', 8}
	Int8    = Type{'i', 1}
	Int16   = Type{'i', 2}
	Int32   = Type{'i', 4}
	Int64   = Type{'i', 8}
	Uint8   = Type{'u', 1}
	Uint16  = Type{'u', 2}
	Uint32  = Type{'u', 4}
	Uint64  = Type{'u', 8}
	Bool    = Type{'b', 1}
)

// String is the type as NumPy writes it without the order of bytes: f4.
func (t Type) String() string { return string(t.Kind) + strconv.Itoa(t.Size) }

// descr is the type as headers hold it.
func (t Type) descr() string {
	if t.Size == 1 {
		return "|" + t.String()
	}
	return "<" + t.String()
}

// parseType reads a descr: <f4, >i8, |b1.
func parseType(descr string) (t Type, big bool, message string) {
	if descr == "|O" || descr == "O" {
		return t, false, "holds Python objects; save numbers"
	}
	unknown := "type " + strconv.Quote(descr) + " is not read; floating point, whole numbers and truth values are"
	if len(descr) != 3 {
		return t, false, unknown
	}
	t = Type{descr[1], int(descr[2] - '0')}
	switch t {
	case Float16, Float32, Float64, Int8, Int16, Int32, Int64, Uint8, Uint16, Uint32, Uint64, Bool:
	default:
		return t, false, unknown
	}
	switch descr[0] {
	case '<', '=':
	case '>':
		big = t.Size > 1
	case '|':
		if t.Size > 1 {
			return t, false, unknown
		}
	default:
		return t, false, unknown
	}
	return t, big, ""
}
