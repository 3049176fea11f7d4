package main

import "fmt"

// Registers that live through a whole call of dots.
const (
	dotsA     reg = 1 // of the first row that is left
	dotsB     reg = 2
	dotsC     reg = 3 // of the first row that is left
	dotsBias  reg = 4
	dotsRows  reg = 5 // of a that are left
	dotsCols  reg = 6
	dotsTerms reg = 7
	dotsARow  reg = 8
	dotsBRow  reg = 9
	dotsCRow  reg = 10
	biasStep  reg = 11
)

// Registers of some rows of a against some rows of b.
const (
	bRows    reg = 12 // the first row of b that is left
	biasNow  reg = 13
	cNow     reg = 14
	colsLeft reg = 15
	aNow     reg = 25 // and the next one: two rows of a
	bEach    reg = 19 // and the next three: four rows of b
	count    reg = 24
	quarter  reg = 0 // full vectors of a ragged end

	aHeld vec = 16 // eight of them
	bHeld vec = 24 // four of them
	pad   vec = 31
)

var dotsFields = []reg{dotsA, dotsB, dotsC, dotsBias, dotsRows, dotsCols, dotsTerms, dotsARow, dotsBRow, dotsCRow, biasStep}

// dots writes the function for kernel.dots: the sixteen lanes of a dot product
// are four vectors.
func dots(a *assembly) {
	a.line("")
	a.line("// The factors of the lanes behind the first 1, 2 and 3 of a vector, beside")
	a.line("// zeros: fma(+0, -0, s) is s, whatever s is.")
	const both, upper = 0x8000000080000000, 0x8000000000000000
	for i, half := range []uint64{upper, both, 0, both, 0, upper} {
		a.line("DATA padding<>+%d(SB)/8, $0x%016x", 8*i, half)
	}
	a.line("GLOBL padding<>(SB), RODATA|NOPTR, $48")
	a.function("dotsNEON", "(d *dots)", 8)
	a.op("MOVD d+0(FP), %s", args)
	for i, r := range dotsFields {
		a.op("MOVD %d(%s), %s", 8*i, args, r)
	}
	a.label("twoRows")
	a.op("CMP $2, %s", dotsRows)
	a.op("BLT oneRow")
	against(a, 2, 2)
	a.op("ADD %s<<1, %s, %s", dotsARow, dotsA, dotsA)
	a.op("ADD %s<<1, %s, %s", dotsCRow, dotsC, dotsC)
	a.op("SUB $2, %s, %s", dotsRows, dotsRows)
	a.op("B twoRows")
	a.label("oneRow")
	a.op("CBZ %s, done", dotsRows)
	against(a, 1, 4)
	a.label("done")
	a.op("RET")
}

// against writes the products of some rows of a with all rows of b, so many
// at a time and the last ones singly.
func against(a *assembly, height, few int) {
	name := func(what string) string { return fmt.Sprintf("%s%d", what, height) }
	a.op("MOVD %s, %s", dotsB, bRows)
	a.op("MOVD %s, %s", dotsBias, biasNow)
	a.op("MOVD %s, %s", dotsC, cNow)
	a.op("MOVD %s, %s", dotsCols, colsLeft)
	a.label(name("few"))
	a.op("CMP $%d, %s", few, colsLeft)
	a.op("BLT %s", name("single"))
	block{a, height, few}.write()
	a.op("B %s", name("few"))
	a.label(name("single"))
	a.op("CBZ %s, %s", colsLeft, name("passed"))
	block{a, height, 1}.write()
	a.op("B %s", name("single"))
	a.label(name("passed"))
}

// block writes height·width dot products; their sums take four vectors each.
type block struct {
	*assembly
	height, width int
}

func (d block) name(what string) string { return fmt.Sprintf("%s%dx%d", what, d.height, d.width) }

// lanes is vector v of the sixteen sums of a product.
func (d block) lanes(r, c, v int) vec { return vec((r*d.width+c)*4 + v) }

func (d block) write() {
	for i := range d.height * d.width * 4 {
		d.zero(vec(i))
	}
	d.pointers(dotsA, dotsARow, aNow, d.height)
	d.pointers(bRows, dotsBRow, bEach, d.width)
	d.op("LSR $4, %s, %s", dotsTerms, count)
	d.op("CBZ %s, %s", count, d.name("ragged"))
	d.label(d.name("sixteen"))
	for r := range d.height {
		d.sixteen(aHeld+vec(4*r), aNow+reg(r))
	}
	for c := range d.width {
		d.sixteen(bHeld, bEach+reg(c))
		for r := range d.height {
			for v := range 4 {
				d.fma(d.lanes(r, c, v), aHeld+vec(4*r+v), bHeld+vec(v))
			}
		}
	}
	d.op("SUB $1, %s, %s", count, count)
	d.op("CBNZ %s, %s", count, d.name("sixteen"))
	d.label(d.name("ragged"))
	d.ragged()
	d.label(d.name("reduce"))
	d.reduce()
	for range d.width {
		d.op("ADD %s, %s, %s", dotsBRow, bRows, bRows)
		d.op("ADD %s, %s, %s", biasStep, biasNow, biasNow)
	}
	d.op("ADD $%d, %s, %s", 4*d.width, cNow, cNow)
	d.op("SUB $%d, %s, %s", d.width, colsLeft, colsLeft)
}

// pointers points registers from to on to consecutive rows.
func (d block) pointers(first, step, to reg, rows int) {
	d.op("MOVD %s, %s", first, to)
	for r := 1; r < rows; r++ {
		d.op("ADD %s, %s, %s", step, to+reg(r-1), to+reg(r))
	}
}

// sixteen loads four vectors and goes on.
func (d block) sixteen(to vec, from reg) {
	d.op("FLDPQ (%s), (%s, %s)", from, to.f(), (to + 1).f())
	d.op("FLDPQ 32(%s), (%s, %s)", from, (to + 2).f(), (to + 3).f())
	d.op("ADD $64, %s, %s", from, from)
}

// each runs f for each row of a and of b, with the register of its vector.
func (d block) each(f func(from reg, to vec)) {
	for r := range d.height {
		f(aNow+reg(r), aHeld+vec(r))
	}
	for c := range d.width {
		f(bEach+reg(c), bHeld+vec(c))
	}
}

// vector adds the products of one vector of each row to vector v of the lanes.
func (d block) vector(v int) {
	for r := range d.height {
		for c := range d.width {
			d.fma(d.lanes(r, c, v), aHeld+vec(r), bHeld+vec(c))
		}
	}
}

// ragged adds the last up to fifteen terms: full vectors to the lanes from 0
// on, then a part of one to those that follow.
func (d block) ragged() {
	d.op("AND $15, %s, %s", dotsTerms, count)
	d.op("LSR $2, %s, %s", count, quarter)
	for v := range 3 {
		d.op("CMP $%d, %s", v+1, quarter)
		d.op("BLT %s", d.name("part"))
		d.each(func(from reg, to vec) { d.op("FMOVQ.P 16(%s), %s", from, to.f()) })
		d.vector(v)
	}
	d.label(d.name("part"))
	d.op("ANDS $3, %s, %s", count, count)
	d.op("BEQ %s", d.name("reduce"))
	d.op("MOVD $padding<>-16(SB), %s", scratch)
	d.op("ADD %s<<4, %s, %s", count, scratch, scratch)
	d.op("FMOVQ (%s), %s", scratch, pad.f())
	d.op("CMP $2, %s", count)
	d.op("BLT %s", d.name("one"))
	d.op("BEQ %s", d.name("two"))
	d.each(func(from reg, to vec) { loadPart(d.assembly, to, from, 3) })
	d.op("B %s", d.name("pad"))
	d.label(d.name("two"))
	d.each(func(from reg, to vec) { loadPart(d.assembly, to, from, 2) })
	d.op("B %s", d.name("pad"))
	d.label(d.name("one"))
	d.each(func(from reg, to vec) { loadPart(d.assembly, to, from, 1) })
	d.label(d.name("pad"))
	for c := range d.width {
		held := bHeld + vec(c)
		d.op("VORR %s, %s, %s", pad.b16(), held.b16(), held.b16())
	}
	for v := range 4 {
		if v < 3 {
			d.op("CMP $%d, %s", v, quarter)
			d.op("BNE %s", d.name(fmt.Sprintf("after%dof", v)))
		}
		d.vector(v)
		if v < 3 {
			d.op("B %s", d.name("reduce"))
			d.label(d.name(fmt.Sprintf("after%dof", v)))
		}
	}
}

// reduce adds the lanes of each product, adds that to its bias and stores it.
func (d block) reduce() {
	for c := range d.width {
		if c == 0 {
			d.op("MOVD %s, %s", biasNow, scratch)
		} else {
			d.op("ADD %s, %s, %s", biasStep, scratch, scratch)
		}
		d.op("FMOVS (%s), %s", scratch, (bHeld + vec(c)).f())
	}
	for r := range d.height {
		for c := range d.width {
			sum, other := d.lanes(r, c, 0), d.lanes(r, c, 1)
			d.assembly.add(sum, sum, d.lanes(r, c, 2))
			d.assembly.add(other, other, d.lanes(r, c, 3))
			d.assembly.add(sum, sum, other)
			d.op("VEXT $8, %s, %s, %s", sum.b16(), sum.b16(), other.b16())
			d.assembly.add(sum, sum, other)
			d.op("VEXT $4, %s, %s, %s", sum.b16(), sum.b16(), other.b16())
			d.assembly.add(sum, sum, other)
			d.assembly.add(sum, bHeld+vec(c), sum)
		}
	}
	for r := range d.height {
		if r == 0 {
			d.op("MOVD %s, %s", cNow, scratch)
		} else {
			d.op("ADD %s, %s, %s", dotsCRow, scratch, scratch)
		}
		for c := range d.width {
			d.op("FMOVS %s, %d(%s)", d.lanes(r, c, 0).f(), 4*c, scratch)
		}
	}
}
