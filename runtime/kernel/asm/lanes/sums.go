package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// summed kernels add a term per element to 16 interleaved partial sums and
// fold them: f(y, outs…, ins… *float32, rows, s int, by, settings… float32)
// assigns the folded sum over by. Rows of one element go through a mapped
// form, whose name ends in Ones; pieces of rows that are too long for one call
// through f(sums, outs…, ins… *float32, n int, settings… float32), whose name
// ends in Piece, which leaves the 16 partial sums to be folded later.
var summed = kind{
	emit: func(m *machine, k kernel) {
		emitOnes(m, k)
		emitPiece(m, k)

		m.begin(k.name, append(append(names("y"), k.outs...), k.ins...), names("rows", "s"), append(names("by"), k.settings...))
		y, outs, ins := m.argument("y"), m.arguments(k.outs), m.arguments(k.ins)
		rows, size := m.argument("rows"), m.argument("s")
		s := m.measureSum(outs, ins, size)
		m.SHLQ(operand.U8(2), size)
		settings, by := m.settingsOf(k), m.scalar("by")
		m.rows(rows, func() {
			sums := m.sums()
			for _, v := range sums {
				m.VXORPS(v, v, v)
			}
			m.runSum(s, sums, func(sum vec, in []vec) (vec, []vec) { return k.term(m, sum, in, settings) })
			total := m.fold(sums)
			m.VDIVSS(by, total, total)
			m.VMOVSS(total, operand.Mem{Base: y})
			for _, p := range append(append([]reg.GPVirtual{}, outs...), ins...) {
				m.ADDQ(size, p)
			}
			m.ADDQ(operand.U8(4), y)
		})
		m.end()
	},
	calls: sumCalls, plain: sumPlain,
}

func emitOnes(m *machine, k kernel) {
	ones := k
	ones.name, ones.outs, ones.settings = k.name+"Ones", append(names("y"), k.outs...), append(names("by"), k.settings...)
	ones.each = func(m *machine, in, settings []vec) []vec {
		sum, outs := k.term(m, m.zero(), in, settings[1:])
		sum = m.add(sum, m.zero()) // as the other 15 sums do: -0 becomes 0
		return append([]vec{m.div(sum, settings[0])}, outs...)
	}
	mapped.emit(m, ones)
}

func emitPiece(m *machine, k kernel) {
	m.begin(k.name+"Piece", append(append(names("sums"), k.outs...), k.ins...), names("n"), k.settings)
	at, outs, ins := m.argument("sums"), m.arguments(k.outs), m.arguments(k.ins)
	s := m.measureSum(outs, ins, m.argument("n"))
	settings := m.settingsOf(k)
	sums := m.sums()
	for i, v := range sums {
		m.VMOVUPS(operand.Mem{Base: at, Disp: i * m.bytes}, v)
	}
	m.runSum(s, sums, func(sum vec, in []vec) (vec, []vec) { return k.term(m, sum, in, settings) })
	for i, v := range sums {
		m.VMOVUPS(v, operand.Mem{Base: at, Disp: i * m.bytes})
	}
	m.end()
}

// sums are the registers of 16 partial sums.
func (m *machine) sums() []vec {
	if m.wide() {
		return []vec{m.vec()}
	}
	return []vec{m.vec(), m.vec()}
}

// sumStretch is a stretch in steps of 16 numbers.
type sumStretch struct {
	outs, ins []reg.GPVirtual
	index     reg.GPVirtual
	whole     reg.GPVirtual // bytes of whole steps
	rest      []part        // of the last step, one per register
	count     []reg.GPVirtual
}

func (m *machine) measureSum(outs, ins []reg.GPVirtual, n reg.GPVirtual) sumStretch {
	s := sumStretch{outs: outs, ins: ins, index: m.GP64(), whole: m.GP64()}
	count := m.GP64()
	m.MOVQ(n, count)
	m.ANDQ(operand.U8(15), count)
	m.MOVQ(n, s.whole)
	m.SUBQ(count, s.whole)
	m.SHLQ(operand.U8(2), s.whole)
	if m.wide() {
		s.count, s.rest = []reg.GPVirtual{count}, []part{m.part(count)}
		return s
	}
	low, high, eight := m.GP64(), m.GP64(), m.GP64()
	m.MOVQ(operand.U32(8), eight)
	m.MOVQ(count, low)
	m.CMPQ(low, eight)
	m.CMOVQGT(eight, low)
	m.MOVQ(count, high)
	m.SUBQ(low, high)
	s.count, s.rest = []reg.GPVirtual{low, high}, []part{m.part(low), m.part(high)}
	s.rest[0].full = true
	return s
}

// runSum emits the loops of a stretch around a term.
func (m *machine) runSum(s sumStretch, sums []vec, term func(sum vec, in []vec) (vec, []vec)) {
	again, rest, done := m.label("again"), m.label("rest"), m.label("done")
	m.XORQ(s.index, s.index)
	at := func(p reg.GPVirtual, i int) operand.Mem {
		return operand.Mem{Base: p, Index: s.index, Scale: 1, Disp: i * m.bytes}
	}
	m.CMPQ(s.index, s.whole)
	m.JGE(operand.LabelRef(rest))
	m.Label(again)
	for i, sum := range sums {
		var in []vec
		for _, p := range s.ins {
			in = append(in, m.load(at(p, i)))
		}
		next, outs := term(sum, in)
		if next != sum {
			m.VMOVAPS(next, sum)
		}
		for j, v := range outs {
			m.VMOVUPS(v, at(s.outs[j], i))
		}
	}
	m.ADDQ(operand.U8(64), s.index)
	m.CMPQ(s.index, s.whole)
	m.JLT(operand.LabelRef(again))
	m.Label(rest)
	for i, sum := range sums {
		m.TESTQ(s.count[i], s.count[i])
		m.JZ(operand.LabelRef(done))
		var in []vec
		for _, p := range s.ins {
			in = append(in, m.loadPart(at(p, i), s.rest[i]))
		}
		old := m.copy(sum)
		next, outs := term(sum, in)
		m.VMOVAPS(m.choose(m.lanes(s.rest[i]), next, old), sum)
		for j, v := range outs {
			m.storePart(v, at(s.outs[j], i), s.rest[i])
		}
	}
	m.Label(done)
}

// fold adds the 16 partial sums: s[l] += s[l+8], then s[l+4], s[l+2], s[l+1].
func (m *machine) fold(sums []vec) reg.VecVirtual {
	low, high := m.YMM(), m.YMM()
	if m.wide() {
		m.VEXTRACTF64X4(operand.U8(1), sums[0], high)
		m.VADDPS(high, sums[0].AsY(), low)
	} else {
		m.VADDPS(sums[1], sums[0], low)
	}
	x, y := m.XMM(), m.XMM()
	m.VEXTRACTF128(operand.U8(1), low, y)
	m.VADDPS(y, low.AsX(), x)
	m.VMOVHLPS(x, x, y)
	m.VADDPS(y, x, x)
	m.VMOVSHDUP(x, y)
	m.VADDSS(y, x, x)
	return x
}

// pieced kernels are summed kernels of which only the Piece is called.
var pieced = kind{emit: emitPiece, calls: pieceCalls, plain: piecePlain}
