package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// termsOfShort is how many terms a short dot product has at most: one side of
// it stays in registers while the rows of the other pass by.
const termsOfShort = 2 * lanesOfDot

// negativeZero fills the lanes of a behind its end: their products with zeros
// are negative zeros, which change no sum, not even one that is a negative
// zero itself.
var negativeZero Mem

// shortDots emits the dot products of one row of a, of up to termsOfShort
// terms, with the rows of b, a multiple of four, for one bias.
func shortDots(name string, s isa) {
	TEXT(name, NOSPLIT, "func(d *byte)")
	Pragma("noescape")
	if negativeZero.Symbol.Name == "" {
		negativeZero = GLOBL("negativeZero", RODATA|NOPTR)
		DATA(0, U32(math.Float32bits(float32(math.Copysign(0, -1)))))
	}
	x := &dotter{isa: s}
	x.p = Load(Param("d"), GP64())
	x.b, x.n, x.at, x.bRow = field(x.p, dotsB), field(x.p, dotsN), field(x.p, dotsC), field(x.p, dotsBRow)
	count := field(x.p, dotsK)
	most := termsOfShort / s.lanes
	for v := most; v > 1; v-- {
		CMPQ(count, U8((v-1)*s.lanes))
		JG(LabelRef(fmt.Sprintf("vectors%d", v)))
	}
	for v := 1; v <= most; v++ {
		Label(fmt.Sprintf("vectors%d", v))
		if v > 1 {
			SUBQ(U8((v-1)*s.lanes), count)
		}
		x.rowsOf(v, s.first(count), fmt.Sprintf("rows%d", v))
		JMP(LabelRef("done"))
	}
	Label("done")
	VZEROUPPER()
	RET()
}

// rowsOf emits the loop over rows of b, four at a time, for terms that fill so
// many vectors, the last of them as far as m.
func (x *dotter) rowsOf(vectors int, m *mask, label string) {
	const cols = 4
	a := make([]VecVirtual, vectors)
	from := field(x.p, dotsA)
	for i := range a {
		at := Mem{Base: from, Disp: i * x.bytes()}
		a[i] = x.vec()
		if i < vectors-1 {
			VMOVUPS(at, a[i])
			continue
		}
		VBROADCASTSS(negativeZero, a[i])
		if x.masks {
			VMOVUPS(at, m.k, a[i])
		} else {
			inside := x.vec()
			x.load(at, m, inside)
			VBLENDVPS(m.v, inside, a[i], a[i])
		}
	}
	Label(label)
	sum := make([][]VecVirtual, cols)
	for c := range sum {
		for range x.halves() {
			v := x.vec()
			x.zero(v)
			sum[c] = append(sum[c], v)
		}
	}
	b2 := GP64()
	LEAQ(Mem{Base: x.b, Index: x.bRow, Scale: 2}, b2)
	for i := range a {
		for c := range sum {
			at := Mem{Base: x.b, Disp: i * x.bytes()}
			if c >= 2 {
				at.Base = b2
			}
			if c%2 == 1 {
				at.Index, at.Scale = x.bRow, 1
			}
			to := sum[c][i%x.halves()]
			if i < vectors-1 {
				VFMADD231PS(at, a[i], to)
				continue
			}
			last := x.vec()
			x.load(at, m, last)
			VFMADD231PS(last, a[i], to)
		}
	}
	total, bias := x.total(sum), XMM()
	VBROADCASTSS(Mem{Base: field(x.p, dotsBias)}, bias)
	VADDPS(bias, total, total)
	VMOVUPS(total, Mem{Base: x.at})
	ADDQ(U8(4*cols), x.at)
	LEAQ(Mem{Base: b2, Index: x.bRow, Scale: 2}, x.b)
	SUBQ(U8(cols), x.n)
	JNZ(LabelRef(label))
}
