package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// isa is an instruction set with vectors of some width.
type isa struct {
	name   string
	lanes  int  // float32s in a vector
	masks  bool // whether loads and stores take mask registers
	height int  // rows of a tile of two vectors, whose sums must fit the registers
	narrow int  // rows of a tile of one vector
}

var (
	avx2   = isa{"AVX2", 8, false, 6, 8}
	avx512 = isa{"AVX512", 16, true, 12, 12}
)

// bytes is the size of a vector.
func (s isa) bytes() int { return 4 * s.lanes }

func (s isa) vec() VecVirtual {
	if s.masks {
		return ZMM()
	}
	return YMM()
}

// zero clears v. VXORPS is the only form whose result avo knows not to depend
// on its operands.
func (s isa) zero(v VecVirtual) { VXORPS(v, v, v) }

// mask selects the first lanes of a vector, at least one.
type mask struct {
	isa
	count GPVirtual // how many, 1 to lanes
	k     OpmaskVirtual
	v     VecVirtual
}

// first builds the mask of the first count lanes.
func (s isa) first(count GPVirtual) *mask {
	m := &mask{isa: s, count: count}
	if s.masks {
		m.k = K()
		bits := GP32()
		MOVL(I32(-1), bits)
		BZHIL(count.As32(), bits, bits)
		KMOVW(bits, m.k)
		return m
	}
	at := GP64()
	LEAQ(lanesOn(), at)
	shift := GP64()
	MOVQ(count, shift)
	NEGQ(shift)
	m.v = s.vec()
	VMOVUPS(Mem{Base: at, Index: shift, Scale: 4, Disp: 32}, m.v)
	return m
}

var windowOfLanes Mem

// lanesOn is a table of eight lanes that are on and eight that are off: the
// window that starts count lanes before the middle is a mask of count lanes.
func lanesOn() Mem {
	if windowOfLanes.Symbol.Name == "" {
		windowOfLanes = GLOBL("lanesOn", RODATA|NOPTR)
		for i := range 16 {
			on := uint32(0)
			if i < 8 {
				on = 1<<32 - 1
			}
			DATA(4*i, U32(on))
		}
	}
	return windowOfLanes
}

// load reads the lanes of m, all of them where m is nil, and zeros elsewhere.
func (s isa) load(from Mem, m *mask, to VecVirtual) {
	switch {
	case m == nil:
		VMOVUPS(from, to)
	case s.masks:
		VMOVUPS_Z(from, m.k, to)
	default:
		VMASKMOVPS(from, m.v, to)
	}
}

// store writes the lanes of m, all of them where m is nil, and may destroy v.
// AVX2 writes a ragged end in pieces of 4, 2 and 1, because masked stores are
// slow on AMD's processors.
func (s isa) store(v VecVirtual, m *mask, to Mem, label string) {
	switch {
	case m == nil:
		VMOVUPS(v, to)
	case s.masks:
		VMOVUPS(v, m.k, to)
	default:
		s.storePieces(v, m.count, to, label)
	}
}

func (s isa) storePieces(v VecVirtual, count GPVirtual, to Mem, label string) {
	whole, four, two, one := label+"_whole", label+"_four", label+"_two", label+"_one"
	at := GP64()
	LEAQ(to, at)
	BTL(U8(3), count.As32())
	JCS(LabelRef(whole))
	BTL(U8(2), count.As32())
	JCC(LabelRef(four))
	VMOVUPS(v.AsX(), Mem{Base: at})
	VEXTRACTF128(U8(1), v, v.AsX())
	ADDQ(U8(16), at)
	Label(four)
	BTL(U8(1), count.As32())
	JCC(LabelRef(two))
	VMOVLPS(v.AsX(), Mem{Base: at})
	VPERMILPS(U8(0b1110), v.AsX(), v.AsX())
	ADDQ(U8(8), at)
	Label(two)
	BTL(U8(0), count.As32())
	JCC(LabelRef(one))
	VMOVSS(v.AsX(), Mem{Base: at})
	JMP(LabelRef(one))
	Label(whole)
	VMOVUPS(v, Mem{Base: at})
	Label(one)
}
