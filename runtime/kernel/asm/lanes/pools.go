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
		y, at, top := m.argument("y"), m.argument("at"), m.argument("x")
		rows, count, w := m.argument("rows"), m.argument("cols"), m.argument("w")
		whole, rest, first, second := m.pairs(count)
		index, bottom := m.GP64(), m.GP64()
		m.SHLQ(operand.U8(2), w)

		m.rows(rows, func() {
			again, part, done := m.label("again"), m.label("part"), m.label("done")
			m.MOVQ(top, bottom)
			m.ADDQ(w, bottom)
			m.XORQ(index, index)
			m.Label(again)
			m.CMPQ(index, whole)
			m.JGE(operand.LabelRef(part))
			from := func(row operand.Mem) (vec, vec) { return m.load(row), m.load(row.Offset(m.bytes)) }
			rowAt := func(p operand.Mem) operand.Mem { p.Index, p.Scale = index, 2; return p }
			a, b := from(rowAt(operand.Mem{Base: top}))
			c, d := from(rowAt(operand.Mem{Base: bottom}))
			best, where := m.greatestOfPairs(a, b, c, d)
			m.VMOVUPS(best, operand.Mem{Base: y, Index: index, Scale: 1})
			m.VMOVUPS(where, operand.Mem{Base: at, Index: index, Scale: 1})
			m.ADDQ(operand.I32(m.bytes), index)
			m.JMP(operand.LabelRef(again))
			m.Label(part)
			m.TESTQ(count, count)
			m.JZ(operand.LabelRef(done))
			from = func(row operand.Mem) (vec, vec) {
				return m.loadPart(row, first), m.loadPart(row.Offset(m.bytes), second)
			}
			a, b = from(rowAt(operand.Mem{Base: top}))
			c, d = from(rowAt(operand.Mem{Base: bottom}))
			best, where = m.greatestOfPairs(a, b, c, d)
			m.storePart(best, operand.Mem{Base: y, Index: index, Scale: 1}, rest)
			m.storePart(where, operand.Mem{Base: at, Index: index, Scale: 1}, rest)
			m.Label(done)
			m.LEAQ(operand.Mem{Base: bottom, Index: w, Scale: 1}, top)
			m.ADDQ(whole, y)
			m.ADDQ(whole, at)
			m.LEAQ(operand.Mem{Base: y, Index: count, Scale: 4}, y)
			m.LEAQ(operand.Mem{Base: at, Index: count, Scale: 4}, at)
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
		top, at, dy := m.argument("dx"), m.argument("at"), m.argument("dy")
		rows, count, w := m.argument("rows"), m.argument("cols"), m.argument("w")
		whole, rest, first, second := m.pairs(count)
		index, bottom := m.GP64(), m.GP64()
		m.SHLQ(operand.U8(2), w)
		m.rows(rows, func() {
			again, rests, done := m.label("again"), m.label("part"), m.label("done")
			rows, halves := []reg.GPVirtual{top, bottom}, []part{first, second}
			m.MOVQ(top, bottom)
			m.ADDQ(w, bottom)
			m.XORQ(index, index)
			m.Label(again)
			m.CMPQ(index, whole)
			m.JGE(operand.LabelRef(rests))
			here := func(p reg.GPVirtual) operand.Mem { return operand.Mem{Base: p, Index: index, Scale: 1} }
			pair := func(p reg.GPVirtual) operand.Mem { return operand.Mem{Base: p, Index: index, Scale: 2} }
			for i, v := range m.windows(m.load(here(at)), m.load(here(dy))) {
				m.VMOVUPS(v, pair(rows[i/2]).Offset(i%2*m.bytes))
			}
			m.ADDQ(operand.I32(m.bytes), index)
			m.JMP(operand.LabelRef(again))
			m.Label(rests)
			m.TESTQ(count, count)
			m.JZ(operand.LabelRef(done))
			for i, v := range m.windows(m.loadPart(here(at), rest), m.loadPart(here(dy), rest)) {
				m.storePart(v, pair(rows[i/2]).Offset(i%2*m.bytes), halves[i%2])
			}
			m.Label(done)
			m.LEAQ(operand.Mem{Base: bottom, Index: w, Scale: 1}, top)
			m.ADDQ(whole, at)
			m.ADDQ(whole, dy)
			m.LEAQ(operand.Mem{Base: at, Index: count, Scale: 4}, at)
			m.LEAQ(operand.Mem{Base: dy, Index: count, Scale: 4}, dy)
		})
		m.end()
	},
	calls: spreadCalls, plain: pairPlain,
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
