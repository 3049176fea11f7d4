package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Offsets of the fields of kernel.panel.
const (
	panelA, panelB, panelC        = 0, 8, 16
	panelBias, panelPart          = 24, 32
	panelM, panelN, panelK        = 40, 48, 56
	panelARow, panelATerm         = 64, 72
	panelBTerm                    = 80
	panelCRow, panelPartRow       = 88, 96
	panelKeep, panelBy, panelEnd  = 104, 108, 112
	panelCopy                     = 120
	panelRows                     = 128
	endBiased, endRectified, into = 1, 2, 3
)

// field reads a word of the structure that p points to.
func field(p Register, offset int) GPVirtual {
	r := GP64()
	MOVQ(Mem{Base: p, Disp: offset}, r)
	return r
}

// panel holds the registers that live through a whole call of tiles.
type panel struct {
	isa
	vectors      int
	last         *mask // of the last vector; nil: all lanes
	p, a, c      Register
	row, term, b Register // strides
	row3         Register // three rows of a
	copies       bool     // whether rows of b are left in a second place
	scattered    bool     // whether a table says where the rows of b lie
}

// tiles emits a function that computes a panel of columns, vectors wide, for
// any number of rows: as many tiles of the full height as leave at least that
// many rows, and then one or two tiles that share the rest evenly, because a
// tile of few rows does not fill the multiply-add units.
func tiles(name string, s isa, vectors, height int, ragged bool) {
	(&panel{isa: s, vectors: vectors}).tiles(name, height, ragged)
}

// scatteredTiles emits the same for rows of b that lie where a table says.
func scatteredTiles(name string, s isa, vectors, height int) {
	(&panel{isa: s, vectors: vectors, scattered: true}).tiles(name, height, true)
}

func (x *panel) tiles(name string, height int, ragged bool) {
	TEXT(name, NOSPLIT, "func(p *byte)")
	Pragma("noescape")
	x.open(ragged)
	m, rows := field(x.p, panelM), GP64()

	tile := func(rows int) string { return fmt.Sprintf("rows%d", rows) }
	Label("next")
	MOVQ(m, rows)
	CMPQ(m, U8(height))
	JLE(LabelRef("choose"))
	INCQ(rows)
	SHRQ(U8(1), rows)
	CMPQ(m, U8(2*height))
	JL(LabelRef("choose"))
	MOVQ(U32(height), rows)
	Label("choose")
	SUBQ(rows, m)
	for r := height; r > 1; r-- {
		CMPQ(rows, U8(r))
		JEQ(LabelRef(tile(r)))
	}
	for r := 1; r <= height; r++ {
		Label(tile(r))
		x.tile(r)
		TESTQ(m, m)
		JG(LabelRef("next"))
		JMP(LabelRef("done"))
	}
	Label("done")
	VZEROUPPER()
	RET()
}

// firstTile emits a function that computes the first rows of a panel, height
// of them, and copies the panel of b on the way to where its rows lie one
// after another, filled up with zeros: the stores are free beside so many
// multiply-adds.
func firstTile(name string, s isa, vectors, height int) {
	TEXT(name, NOSPLIT, "func(p *byte)")
	Pragma("noescape")
	x := &panel{isa: s, vectors: vectors, copies: true}
	x.open(true)
	x.product(height, "")
	VZEROUPPER()
	RET()
}

// open loads the registers of a panel.
func (x *panel) open(ragged bool) {
	x.p = Load(Param("p"), GP64())
	if ragged {
		count := field(x.p, panelN)
		if x.vectors > 1 {
			SUBQ(U8((x.vectors-1)*x.lanes), count)
		}
		x.last = x.first(count)
	}
	x.a, x.c = field(x.p, panelA), field(x.p, panelC)
	x.row, x.term = field(x.p, panelARow), field(x.p, panelATerm)
	if !x.scattered {
		x.b = field(x.p, panelBTerm)
	}
	x.row3 = GP64()
	LEAQ(Mem{Base: x.row, Index: x.row, Scale: 2}, x.row3)
}

// mask is that of vector v.
func (x *panel) mask(v int) *mask {
	if v == x.vectors-1 {
		return x.last
	}
	return nil
}

// tile emits the product for some rows and moves on to the rows after them.
func (x *panel) tile(rows int) {
	x.product(rows, fmt.Sprint(rows))
	for range rows {
		ADDQ(x.row, x.a)
	}
}

// product emits the product for some rows; its labels end in the suffix.
func (x *panel) product(rows int, suffix string) {
	label := func(s string) string { return s + suffix }
	sum := make([][]VecVirtual, rows)
	for r := range sum {
		for range x.vectors {
			v := x.vec()
			x.zero(v)
			sum[r] = append(sum[r], v)
		}
	}
	x.resume(sum, label)
	x.terms(sum, label)
	x.finish(sum, label)
}

// resume takes up stored partial sums and moves part on.
func (x *panel) resume(sum [][]VecVirtual, label func(string) string) {
	part := field(x.p, panelPart)
	TESTQ(part, part)
	JZ(LabelRef(label("fresh")))
	stride := field(x.p, panelPartRow)
	for r := range sum {
		for v := range sum[r] {
			x.load(Mem{Base: part, Disp: v * x.bytes()}, x.mask(v), sum[r][v])
		}
		ADDQ(stride, part)
	}
	MOVQ(part, Mem{Base: x.p, Disp: panelPart})
	Label(label("fresh"))
}

// terms adds the products of all terms.
func (x *panel) terms(sum [][]VecVirtual, label func(string) string) {
	k, b, a0 := field(x.p, panelK), field(x.p, panelB), GP64()
	from := Mem{Base: b}
	var to, next GPVirtual
	if x.copies {
		to = field(x.p, panelCopy)
	}
	if x.scattered {
		next = field(x.p, panelRows)
		from.Index, from.Scale = GP64(), 1
	}
	TESTQ(k, k)
	JZ(LabelRef(label("summed")))
	MOVQ(x.a, a0)
	var down []GPVirtual
	if len(sum) > 1 {
		down = x.rows(a0, len(sum))
	}
	Label(label("term"))
	if x.scattered {
		MOVQ(Mem{Base: next}, from.Index)
		ADDQ(U8(8), next)
	}
	if len(sum) == 1 {
		x.oneRow(sum[0], a0, from)
	} else {
		across := x.across(from)
		if x.copies {
			for v := range across {
				VMOVUPS(across[v], Mem{Base: to, Disp: v * x.bytes()})
			}
			ADDQ(U8(x.vectors*x.bytes()), to)
		}
		x.manyRows(sum, down, across)
		for _, a := range down[1:] {
			ADDQ(x.term, a)
		}
	}
	ADDQ(x.term, a0)
	if !x.scattered {
		ADDQ(x.b, b)
	}
	DECQ(k)
	JNZ(LabelRef(label("term")))
	Label(label("summed"))
}

// oneRow adds one term to a row of any width.
func (x *panel) oneRow(sum []VecVirtual, a Register, b Mem) {
	down := x.vec()
	VBROADCASTSS(Mem{Base: a}, down)
	for v := range sum {
		from := b.Offset(v * x.bytes())
		if x.mask(v) == nil {
			VFMADD231PS(from, down, sum[v])
			continue
		}
		across := x.vec()
		x.load(from, x.mask(v), across)
		VFMADD231PS(across, down, sum[v])
	}
}

// across loads the row of b that a term needs.
func (x *panel) across(b Mem) []VecVirtual {
	across := make([]VecVirtual, x.vectors)
	for v := range across {
		across[v] = x.vec()
		x.load(b.Offset(v*x.bytes()), x.mask(v), across[v])
	}
	return across
}

// manyRows adds one term to each row.
func (x *panel) manyRows(sum [][]VecVirtual, a []GPVirtual, across []VecVirtual) {
	for r := range sum {
		down := x.vec()
		VBROADCASTSS(x.ofRow(r, a), down)
		for v := range across {
			VFMADD231PS(across[v], down, sum[r][v])
		}
	}
}

// rows points to every fourth of some rows, of which a0 is the first.
func (x *panel) rows(a0 GPVirtual, rows int) []GPVirtual {
	a := []GPVirtual{a0}
	for r := 4; r < rows; r += 4 {
		next := GP64()
		LEAQ(Mem{Base: a[len(a)-1], Index: x.row, Scale: 4}, next)
		a = append(a, next)
	}
	return a
}

// ofRow addresses the current term of row r.
func (x *panel) ofRow(r int, a []GPVirtual) Mem {
	base := a[r/4]
	switch r % 4 {
	case 1, 2:
		return Mem{Base: base, Index: x.row, Scale: uint8(r % 4)}
	case 3:
		return Mem{Base: base, Index: x.row3, Scale: 1}
	}
	return Mem{Base: base}
}

// finish applies the epilogue to the sums, stores them, and moves c on.
func (x *panel) finish(sum [][]VecVirtual, label func(string) string) {
	end := field(x.p, panelEnd)
	TESTQ(end, end)
	JZ(LabelRef(label("store")))
	CMPQ(end, U8(into))
	JEQ(LabelRef(label("into")))
	x.addBias(sum)
	CMPQ(end, U8(endBiased))
	JEQ(LabelRef(label("store")))
	x.rectify(sum)
	JMP(LabelRef(label("store")))
	Label(label("into"))
	stride := field(x.p, panelCRow)
	x.mix(sum, stride, label)
	Label(label("store"))
	stride = field(x.p, panelCRow)
	for r := range sum {
		for v := range sum[r] {
			x.store(sum[r][v], x.mask(v), Mem{Base: x.c, Disp: v * x.bytes()}, label(fmt.Sprintf("store_%d_%d_", r, v)))
		}
		ADDQ(stride, x.c)
	}
}

func (x *panel) addBias(sum [][]VecVirtual) {
	bias := field(x.p, panelBias)
	for v := range x.vectors {
		add := x.vec()
		x.load(Mem{Base: bias, Disp: v * x.bytes()}, x.mask(v), add)
		for r := range sum {
			VADDPS(add, sum[r][v], sum[r][v])
		}
	}
}

// rectify takes the positive part. VMAXPS returns its second source, in Go's
// order the first, where one is NaN or both are zeros; the addition of +0
// makes the zero positive.
func (x *panel) rectify(sum [][]VecVirtual) {
	zero := x.vec()
	x.zero(zero)
	for r := range sum {
		for _, v := range sum[r] {
			VMAXPS(v, zero, v)
			VADDPS(zero, v, v)
		}
	}
}

// mix makes the sums fma(by, sum, keep·c).
func (x *panel) mix(sum [][]VecVirtual, stride Register, label func(string) string) {
	by, keep, kept := x.vec(), x.vec(), x.vec()
	VBROADCASTSS(Mem{Base: x.p, Disp: panelBy}, by)
	bits := GP32()
	MOVL(Mem{Base: x.p, Disp: panelKeep}, bits)
	ADDL(bits, bits)
	JZ(LabelRef(label("forget")))
	VBROADCASTSS(Mem{Base: x.p, Disp: panelKeep}, keep)
	c := GP64()
	MOVQ(x.c, c)
	for r := range sum {
		for v := range sum[r] {
			x.load(Mem{Base: c, Disp: v * x.bytes()}, x.mask(v), kept)
			VMULPS(kept, keep, kept)
			VFMADD213PS(kept, by, sum[r][v])
		}
		ADDQ(stride, c)
	}
	JMP(LabelRef(label("store")))
	Label(label("forget"))
	x.zero(kept)
	for r := range sum {
		for _, v := range sum[r] {
			VFMADD213PS(kept, by, v)
		}
	}
}
