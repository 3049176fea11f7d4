package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Predicates of VCMPPS: unordered is true where either is no number.
const (
	equal     = 0
	unordered = 3
)

// pools lists the pools of windows of two by two.
func pools() []entry {
	return []entry{
		{kernel{name: "maxPairs", outs: names("y", "at"), ins: names("x")}, paired},
		{kernel{name: "spreadPairs", outs: names("dx"), ins: names("at", "dy")}, spread},
	}
}

// paired kernels compute two results from each window of two by two numbers,
// for rows of cols windows; rows of x begin w apart, those of the results
// follow one another: f(y, at, x *float32, rows, cols, w int).
var paired = kind{
	emit: func(m *machine, k kernel) {
		m.begin(k.name, append(names(k.outs...), k.ins...), names("rows", "cols", "w"), nil)
		y, at := m.argument("y"), m.argument("at")
		m.windowed(m.argument("x"), []reg.GPVirtual{y, at}, func(at places) {
			top0, top1 := at.loadPair(0)
			bottom0, bottom1 := at.loadPair(1)
			best, where := m.greatestOfPairs(top0, top1, bottom0, bottom1)
			at.store(best, 0)
			at.store(where, 1)
		})
		m.end()
	},
	calls: pairCalls, plain: pairPlain,
}

// greatestOfPairs finds the first greatest of each window, and which of its
// four it is: top of two vectors, bottom of two.
func (m *machine) greatestOfPairs(top0, top1, bottom0, bottom1 vec) (best, where vec) {
	v := []vec{m.everySecond(top0, top1, 0), m.everySecond(top0, top1, 1),
		m.everySecond(bottom0, bottom1, 0), m.everySecond(bottom0, bottom1, 1)}
	best, where = v[0], m.zero()
	for i := 1; i < 4; i++ {
		ahead := m.test(v[i], greater, best)
		best, where = m.choose(ahead, v[i], best), m.choose(ahead, m.splat(m.c(float32(i))), where)
	}
	for i := 0; i < 4; i += 2 {
		none := m.test(v[i], unordered, v[i+1])
		best = m.choose(none, m.splat(m.bits(0x7fc00000)), best)
		where = m.choose(none, m.splat(m.c(4)), where)
	}
	return m.inOrder(best), m.inOrder(where)
}

// everySecond is the even or the odd lanes of two vectors, by blocks of 128
// bits: two of the first, then two of the second, block after block.
func (m *machine) everySecond(a, b vec, odd uint8) vec {
	v := m.vec()
	m.VSHUFPS(operand.U8(0b10_00_10_00+odd*0b01_01_01_01), b, a, v)
	return v
}

// inOrder puts what everySecond makes into the order of the lanes.
func (m *machine) inOrder(a vec) vec {
	v := m.vec()
	m.VPERMPD(operand.U8(0b11_01_10_00), a, v)
	if m.wide() {
		m.VSHUFF64X2(operand.U8(0b11_01_10_00), v, v, v)
	}
	return v
}

// spread kernels give each number back to one of its window of two by two and 0
// to the others, for rows of cols windows; rows of dx begin w apart, the others
// follow one another: f(dx, at, dy *float32, rows, cols, w int).
var spread = kind{
	emit: func(m *machine, k kernel) {
		m.begin(k.name, append(names(k.outs...), k.ins...), names("rows", "cols", "w"), nil)
		at, dy := m.argument("at"), m.argument("dy")
		m.windowed(m.argument("dx"), []reg.GPVirtual{at, dy}, func(here places) {
			v := m.windows(here.load(0), here.load(1))
			here.storePair(v[0], v[1], 0)
			here.storePair(v[2], v[3], 1)
		})
		m.end()
	},
	calls: spreadCalls, plain: pairPlain,
}

// places are where a vector of windows lies: two vectors in each of two rows of
// an image, one in each tensor that has a number for a window. In the part at
// the end of a row they have fewer lanes.
type places struct {
	*machine
	index               reg.GPVirtual
	image               [2]reg.GPVirtual
	beside              []reg.GPVirtual
	last                bool
	rest, first, second part
}

func (p places) here(i int) operand.Mem {
	return operand.Mem{Base: p.beside[i], Index: p.index, Scale: 1}
}

func (p places) pair(row int) (low, high operand.Mem) {
	low = operand.Mem{Base: p.image[row], Index: p.index, Scale: 2}
	return low, low.Offset(p.bytes)
}

func (p places) load(i int) vec {
	if p.last {
		return p.loadPart(p.here(i), p.rest)
	}
	return p.machine.load(p.here(i))
}

func (p places) store(v vec, i int) {
	if p.last {
		p.storePart(v, p.here(i), p.rest)
		return
	}
	p.VMOVUPS(v, p.here(i))
}

func (p places) loadPair(row int) (vec, vec) {
	low, high := p.pair(row)
	if p.last {
		return p.loadPart(low, p.first), p.loadPart(high, p.second)
	}
	return p.machine.load(low), p.machine.load(high)
}

func (p places) storePair(a, b vec, row int) {
	low, high := p.pair(row)
	if p.last {
		p.storePart(a, low, p.first)
		p.storePart(b, high, p.second)
		return
	}
	p.VMOVUPS(a, low)
	p.VMOVUPS(b, high)
}

// windowed emits the loops over the rows of windows of an image, whose rows
// begin w apart, and of tensors beside it, whose rows follow one another: body
// is about one vector of windows.
func (m *machine) windowed(image reg.GPVirtual, beside []reg.GPVirtual, body func(places)) {
	rows, count, w := m.argument("rows"), m.argument("cols"), m.argument("w")
	index, bottom := m.GP64(), m.GP64()
	at := places{machine: m, index: index, image: [2]reg.GPVirtual{image, bottom}, beside: beside}
	var whole reg.GPVirtual
	whole, at.rest, at.first, at.second = m.pairs(count)
	m.SHLQ(operand.U8(2), w)
	m.rows(rows, func() {
		again, rest, done := m.label("again"), m.label("part"), m.label("done")
		m.MOVQ(image, bottom)
		m.ADDQ(w, bottom)
		m.XORQ(index, index)
		m.Label(again)
		m.CMPQ(index, whole)
		m.JGE(operand.LabelRef(rest))
		body(at)
		m.ADDQ(operand.I32(m.bytes), index)
		m.JMP(operand.LabelRef(again))
		m.Label(rest)
		m.TESTQ(count, count)
		m.JZ(operand.LabelRef(done))
		at := at
		at.last = true
		body(at)
		m.Label(done)
		m.LEAQ(operand.Mem{Base: bottom, Index: w, Scale: 1}, image)
		for _, p := range beside {
			m.ADDQ(whole, p)
			m.LEAQ(operand.Mem{Base: p, Index: count, Scale: 4}, p)
		}
	})
}

// pairs splits a row of count windows into whole vectors, whose bytes it
// returns, and a part, whose windows count becomes. A part of c windows has 2c
// numbers of a row: two vectors of them, first and second.
func (m *machine) pairs(count reg.GPVirtual) (whole reg.GPVirtual, rest, first, second part) {
	lanes := m.bytes / 4
	whole = m.GP64()
	m.MOVQ(count, whole)
	m.ANDQ(operand.U8(lanes-1), count)
	m.SUBQ(count, whole)
	m.SHLQ(operand.U8(2), whole)
	low, high, most := m.GP64(), m.GP64(), m.GP64()
	m.MOVQ(count, low)
	m.ADDQ(count, low)
	m.XORQ(high, high)
	m.MOVQ(operand.I32(lanes), most)
	m.CMPQ(low, most)
	m.CMOVQGT(low, high)
	m.CMOVQGT(most, low)
	m.TESTQ(high, high)
	some := m.label("some")
	m.JZ(operand.LabelRef(some))
	m.SUBQ(most, high)
	m.Label(some)
	first, second = m.part(low), m.part(high)
	first.full, second.full = true, true
	return whole, m.part(count), first, second
}

// windows puts each of d where its window's number at says: two vectors of the
// top, then two of the bottom.
func (m *machine) windows(at, d vec) []vec {
	var list []vec
	for i := 0; i < 4; i += 2 {
		even := m.apart(m.keep(m.test(at, equal, m.splat(m.c(float32(i)))), d))
		odd := m.apart(m.keep(m.test(at, equal, m.splat(m.c(float32(i+1)))), d))
		low, high := m.vec(), m.vec()
		m.VUNPCKLPS(odd, even, low)
		m.VUNPCKHPS(odd, even, high)
		list = append(list, low, high)
	}
	return list
}

// apart undoes inOrder.
func (m *machine) apart(a vec) vec {
	v := m.vec()
	if m.wide() {
		m.VSHUFF64X2(operand.U8(0b11_01_10_00), a, a, v)
		a = v
	}
	m.VPERMPD(operand.U8(0b11_01_10_00), a, v)
	return v
}
