package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Offsets of the fields of kernel.dots.
const (
	dotsA, dotsB, dotsC, dotsBias = 0, 8, 16, 24
	dotsM, dotsN, dotsK           = 32, 40, 48
	dotsARow, dotsBRow, dotsCRow  = 56, 64, 72
	dotsBiasStep                  = 80
	lanesOfDot                    = 16
)

// dotter holds the registers that live through a whole call of dots.
type dotter struct {
	isa
	p, a, aRow, bRow Register
	b, n, at         Register // rows of b that are left, and their place in c
}

// dots emits dot products of all rows of a with all rows of b: groups of rows
// of a stay in the first cache while b passes by.
func dots(name string, s isa) {
	TEXT(name, NOSPLIT, "func(d *byte)")
	Pragma("noescape")
	x := &dotter{isa: s}
	x.p = Load(Param("d"), GP64())
	x.a, x.aRow, x.bRow = field(x.p, dotsA), field(x.p, dotsARow), field(x.p, dotsBRow)
	x.b, x.n, x.at = GP64(), GP64(), GP64()
	m := Mem{Base: x.p, Disp: dotsM}
	few := 2 // columns at a time beside several rows: twelve sums fit into the registers
	if s.masks {
		few = 4
	}
	Label("three")
	CMPQ(m, U8(3))
	JL(LabelRef("two"))
	x.against(3, few)
	SUBQ(U8(3), m)
	JMP(LabelRef("three"))
	Label("two")
	CMPQ(m, U8(2))
	JL(LabelRef("one"))
	x.against(2, few)
	JMP(LabelRef("done"))
	Label("one")
	CMPQ(m, U8(1))
	JL(LabelRef("done"))
	x.against(1, 4)
	Label("done")
	VZEROUPPER()
	RET()
}

// against emits the products of some rows of a with all rows of b, width of
// them at a time, and then fewer.
func (x *dotter) against(rows, width int) {
	label := func(s string, w int) string { return fmt.Sprintf("%s%dx%d", s, rows, w) }
	MOVQ(Mem{Base: x.p, Disp: dotsB}, x.b)
	MOVQ(Mem{Base: x.p, Disp: dotsN}, x.n)
	MOVQ(Mem{Base: x.p, Disp: dotsC}, x.at)
	for w := width; w > 0; w /= 2 {
		Label(label("columns", w))
		CMPQ(x.n, U8(w))
		JL(LabelRef(label("fewer", w)))
		x.tile(rows, w, func(s string) string { return label(s, w) })
		SUBQ(U8(w), x.n)
		JMP(LabelRef(label("columns", w)))
		Label(label("fewer", w))
	}
	down := field(x.p, dotsCRow)
	for range rows {
		ADDQ(down, Mem{Base: x.p, Disp: dotsC})
		ADDQ(x.aRow, x.a)
	}
}

// halves is how many vectors hold the sixteen lanes.
func (x *dotter) halves() int { return lanesOfDot / x.lanes }

func (x *dotter) tile(rows, cols int, label func(string) string) {
	sum := make([][][]VecVirtual, rows)
	for r := range sum {
		sum[r] = make([][]VecVirtual, cols)
		for c := range sum[r] {
			for range x.halves() {
				v := x.vec()
				x.zero(v)
				sum[r][c] = append(sum[r][c], v)
			}
		}
	}
	a, b, b2, k := GP64(), GP64(), GP64(), field(x.p, dotsK)
	MOVQ(x.a, a)
	MOVQ(x.b, b)
	LEAQ(Mem{Base: x.b, Index: x.bRow, Scale: 2}, b2)
	SUBQ(U8(lanesOfDot), k)
	JL(LabelRef(label("ragged")))
	Label(label("terms"))
	for h := range x.halves() {
		x.half(sum, h, nil, a, b, b2)
	}
	for _, p := range []Register{a, b, b2} {
		ADDQ(U8(4*lanesOfDot), p)
	}
	SUBQ(U8(lanesOfDot), k)
	JGE(LabelRef(label("terms")))
	Label(label("ragged"))
	ADDQ(U8(lanesOfDot), k)
	for h := range x.halves() {
		JZ(LabelRef(label("summed")))
		count := GP64()
		MOVQ(k, count)
		if x.halves() > 1 {
			limit := GP64()
			MOVQ(U32(x.lanes), limit)
			CMPQ(count, limit)
			CMOVQGT(limit, count)
		}
		x.half(sum, h, x.first(count), a, b, b2)
		SUBQ(count, k)
	}
	Label(label("summed"))
	x.finish(sum, label)
}

// half adds the terms of one vector of lanes to all sums; lanes behind a
// ragged end stay as they are, a negative zero included.
func (x *dotter) half(sum [][][]VecVirtual, h int, m *mask, a, b, b2 Register) {
	left := make([]VecVirtual, len(sum))
	load := func(r int) VecVirtual {
		at := Mem{Base: a, Disp: h * x.bytes()}
		if r > 0 {
			at.Index, at.Scale = x.aRow, uint8(r)
		}
		v := x.vec()
		x.load(at, m, v)
		return v
	}
	scarce := m != nil && !x.masks // registers
	if !scarce {
		for r := range left {
			left[r] = load(r)
		}
	}
	for c := range sum[0] {
		at := Mem{Base: b, Disp: h * x.bytes()}
		if c >= 2 {
			at.Base = b2
		}
		if c%2 == 1 {
			at.Index, at.Scale = x.bRow, 1
		}
		right := x.vec()
		x.load(at, m, right)
		for r := range sum {
			s := sum[r][c][h]
			switch {
			case m == nil:
				VFMADD231PS(right, left[r], s)
			case x.masks:
				VFMADD231PS(right, left[r], m.k, s)
			default:
				fresh := x.vec()
				VMOVAPS(s, fresh)
				VFMADD231PS(right, load(r), fresh)
				VBLENDVPS(m.v, fresh, s, s)
			}
		}
	}
}

// finish adds the lanes up, adds the bias, stores, and moves on to the
// columns after these.
func (x *dotter) finish(sum [][][]VecVirtual, label func(string) string) {
	cols := len(sum[0])
	bias, down, to := XMM(), field(x.p, dotsCRow), GP64()
	x.loadBias(bias, cols, label)
	MOVQ(x.at, to)
	for r := range sum {
		total := x.total(sum[r])
		VADDPS(bias, total, total)
		switch cols {
		case 1:
			VMOVSS(total, Mem{Base: to})
		case 2:
			VMOVLPS(total, Mem{Base: to})
		case 4:
			VMOVUPS(total, Mem{Base: to})
		}
		ADDQ(down, to)
	}
	ADDQ(U8(4*cols), x.at)
	for range cols {
		ADDQ(x.bRow, x.b)
	}
}

// loadBias reads the biases of some columns: one for all, or those that lie
// as far from the first as the place in c does.
func (x *dotter) loadBias(to VecVirtual, cols int, label func(string) string) {
	bias := field(x.p, dotsBias)
	VBROADCASTSS(Mem{Base: bias}, to)
	CMPQ(Mem{Base: x.p, Disp: dotsBiasStep}, U8(0))
	JEQ(LabelRef(label("shared")))
	ADDQ(x.at, bias)
	SUBQ(Mem{Base: x.p, Disp: dotsC}, bias)
	switch cols {
	case 1:
		VBROADCASTSS(Mem{Base: bias}, to)
	case 2:
		VMOVSD(Mem{Base: bias}, to)
	case 4:
		VMOVUPS(Mem{Base: bias}, to)
	}
	Label(label("shared"))
}

// total adds up the lanes of 1, 2 or 4 sums by the tree of kernel.dots, into
// as many lanes of one vector.
func (x *dotter) total(sums [][]VecVirtual) VecVirtual {
	four := make([]VecVirtual, len(sums)) // four lanes each
	for c, s := range sums {
		low, high := YMM(), YMM()
		if x.halves() > 1 {
			low = s[0]
			VADDPS(s[1], s[0], low)
		} else {
			VEXTRACTF64X4(U8(1), s[0], high)
			VADDPS(high, s[0].AsY(), low)
		}
		VEXTRACTF128(U8(1), low, high.AsX())
		four[c] = XMM()
		VADDPS(high.AsX(), low.AsX(), four[c])
	}
	two := make([]VecVirtual, (len(sums)+1)/2) // two lanes of a sum and two of the next
	for i := range two {
		low, high := XMM(), XMM()
		s, next := four[2*i], four[min(2*i+1, len(sums)-1)]
		VMOVLHPS(next, s, low)
		VMOVHLPS(s, next, high)
		two[i] = XMM()
		VADDPS(high, low, two[i])
	}
	even, odd := XMM(), XMM()
	VSHUFPS(U8(0b10_00_10_00), two[len(two)-1], two[0], even)
	VSHUFPS(U8(0b11_01_11_01), two[len(two)-1], two[0], odd)
	VADDPS(odd, even, even)
	return even
}
