package kernel

import "math"

// A lane is one element of a vector. The functions whose names begin with lane
// compute one element with exactly the operations that the assembly performs
// on each of its own, those that begin with lanes go over slices of them, and
// those that begin with vec take the widest vectors that the level allows.
// Lanes are what arm64 runs, where the compiler makes of fma the instruction
// of that name, and what the assembly is tested against.
//
// Every product that is added to something is either an fma or rounded by a
// conversion: a compiler may fuse the others.

// vectors reports whether reals of type T go through vec functions rather than
// through the portable loops.
func vectors[T Float]() bool { return is32[T]() && active != portable }

// larger is a where a > b and else b: a NaN in b comes through, one in a does
// not (VMAXPS).
func larger(a, b float32) float32 {
	if a > b {
		return a
	}
	return b
}

// smaller is a where a < b and else b: a NaN in b comes through (VMINPS).
func smaller(a, b float32) float32 {
	if a < b {
		return a
	}
	return b
}

// magnitude is |x|.
func magnitude(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ signBit) }

const signBit = 1 << 31

// fold adds 16 interleaved partial sums: lane l holds the elements l, l+16, …
// of a row, in that order, from 0.
func fold(s *[16]float32) float32 {
	for half := 8; half > 0; half /= 2 {
		for l := range half {
			s[l] += s[l+half]
		}
	}
	return s[0]
}
