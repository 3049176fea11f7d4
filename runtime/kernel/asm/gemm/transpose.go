package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// transpose emits the transposition of whole blocks of 8×8: out[c, r] =
// in[r, c] for rows and cols that are multiples of 8. Blocks go down the
// rows, so that each of the eight rows of out that are being written grows
// without gaps.
func transpose() {
	TEXT("transposeAVX2", NOSPLIT, "func(out, in *float32, rows, cols, outRow, inRow int)")
	Pragma("noescape")
	out, in := Load(Param("out"), GP64()), Load(Param("in"), GP64())
	rows, cols := Load(Param("rows"), GP64()), Load(Param("cols"), GP64())
	outRow, inRow := Load(Param("outRow"), GP64()), Load(Param("inRow"), GP64())
	outRow3, inRow3 := GP64(), GP64()
	LEAQ(Mem{Base: outRow, Index: outRow, Scale: 2}, outRow3)
	LEAQ(Mem{Base: inRow, Index: inRow, Scale: 2}, inRow3)

	Label("column")
	TESTQ(cols, cols)
	JLE(LabelRef("done"))
	from, to, left := GP64(), GP64(), GP64()
	MOVQ(in, from)
	MOVQ(out, to)
	MOVQ(rows, left)
	Label("block")
	TESTQ(left, left)
	JLE(LabelRef("below"))
	half := GP64()
	LEAQ(Mem{Base: from, Index: inRow, Scale: 4}, half)
	v := rowsOf(from, half, inRow, inRow3, func(m Mem, _ int) VecVirtual {
		y := YMM()
		VMOVUPS(m, y)
		return y
	})
	t := turned(v)
	LEAQ(Mem{Base: to, Index: outRow, Scale: 4}, half)
	rowsOf(to, half, outRow, outRow3, func(m Mem, r int) VecVirtual {
		VMOVUPS(t[r], m)
		return t[r]
	})
	LEAQ(Mem{Base: from, Index: inRow, Scale: 8}, from)
	ADDQ(U8(32), to)
	SUBQ(U8(8), left)
	JMP(LabelRef("block"))
	Label("below")
	ADDQ(U8(32), in)
	LEAQ(Mem{Base: out, Index: outRow, Scale: 8}, out)
	SUBQ(U8(8), cols)
	JMP(LabelRef("column"))
	Label("done")
	VZEROUPPER()
	RET()
}

// rowsOf visits eight rows, the first four from one pointer and the others
// from another.
func rowsOf(low, high, stride, stride3 Register, visit func(Mem, int) VecVirtual) (v [8]VecVirtual) {
	for r := range v {
		at := Mem{Base: low}
		if r >= 4 {
			at.Base = high
		}
		switch r % 4 {
		case 1, 2:
			at.Index, at.Scale = stride, uint8(r%4)
		case 3:
			at.Index, at.Scale = stride3, 1
		}
		v[r] = visit(at, r)
	}
	return v
}

// turned transposes eight vectors: pairs of floats, then pairs of pairs, then
// halves.
func turned(v [8]VecVirtual) (t [8]VecVirtual) {
	for r := 0; r < 8; r += 2 {
		t[r], t[r+1] = YMM(), YMM()
		VUNPCKLPS(v[r+1], v[r], t[r])
		VUNPCKHPS(v[r+1], v[r], t[r+1])
	}
	v = t
	for r := 0; r < 8; r += 4 {
		for c := range 2 {
			low, high := YMM(), YMM()
			VSHUFPS(U8(0b01_00_01_00), v[r+2+c], v[r+c], low)
			VSHUFPS(U8(0b11_10_11_10), v[r+2+c], v[r+c], high)
			t[r+2*c], t[r+2*c+1] = low, high
		}
	}
	v = t
	for r := range 4 {
		t[r], t[r+4] = YMM(), YMM()
		VPERM2F128(U8(0x20), v[r+4], v[r], t[r])
		VPERM2F128(U8(0x31), v[r+4], v[r], t[r+4])
	}
	return t
}
