package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func distributions() []entry {
	return []entry{
		{kernel{name: "peak", ins: names("x"), term: func(m *machine, peak vec, in, _ []vec) (vec, []vec) {
			return m.larger(peak, in[0]), nil
		}}, pieced},
		{kernel{name: "expSum", outs: names("y"), ins: names("x"), settings: names("peak"), term: func(m *machine, sum vec, in, settings []vec) (vec, []vec) {
			e := m.exp(m.sub(in[0], settings[0]))
			return m.add(sum, e), []vec{e}
		}}, pieced},
		{kernel{name: "softmaxDx", outs: names("dx"), ins: names("y", "dy"), row: "mean", unroll: 2,
			perRow: func(m *machine, in []vec, row vec, _ []vec) []vec {
				return []vec{m.mul(in[0], m.sub(in[1], row))}
			}}, rowwise},
		{kernel{name: "softmaxRows"}, kind{emit: emitSoftmaxRows, calls: softmaxCalls, plain: softmaxPlain}},
	}
}

// emitSoftmaxRows writes softmax of rows that fit the registers: of k scores,
// 1 to 16. Beside the distributions it stores the sum of e^(z - peak) and the
// peak of each row.
func emitSoftmaxRows(m *machine, k kernel) {
	m.begin(k.name, names("q", "z", "total", "peak"), names("rows", "k"), nil)
	if m.wide() {
		emitSoftmaxVector(m)
	} else {
		emitSoftmaxPasses(m)
	}
	m.end()
}

// emitSoftmaxVector takes each row as one vector.
func emitSoftmaxVector(m *machine) {
	s := m.softmaxRow(m.argument("k"), 0)
	z := m.argument("z")
	m.rows(m.argument("rows"), func() {
		x := s.load(m, z, m.splat(m.bits(minusInfinity)))
		e := m.exp(m.sub(x[0], m.storePeak(s, x)))
		s.store(m, m.scaleToSum(s, []vec{e}))
		m.ADDQ(s.bytes, z)
	})
}

// emitSoftmaxPasses goes over the rows three times: two vectors per row take
// so many instructions that the processor sees too few rows at once, and
// where rows do not fill them, the exponentials of the remaining lanes would
// be in vain.
func emitSoftmaxPasses(m *machine) {
	size := m.argument("k")
	double, done := m.label("double"), m.label("done")
	m.CMPQ(size, operand.U8(8))
	m.JG(operand.LabelRef(double))
	passes := func(whole int) {
		s := m.softmaxRow(size, whole)
		z := m.argument("z")
		low := m.splat(m.bits(minusInfinity))
		m.rows(m.argument("rows"), func() {
			x := s.load(m, z, low)
			all := m.storePeak(s, x)
			for i, v := range x {
				x[i] = m.sub(v, all)
			}
			s.store(m, x)
			m.ADDQ(s.bytes, z)
		})
		q, n := m.argument("q"), m.argument("rows")
		m.IMULQ(size, n)
		flat := m.measure([]reg.GPVirtual{q}, []reg.GPVirtual{q}, n, 1)
		m.run(flat, func(in []vec) []vec { return []vec{m.exp(in[0])} })
		s.rewind(m)
		m.rows(m.argument("rows"), func() {
			s.store(m, m.scaleToSum(s, s.load(m, s.q, nil)))
		})
	}
	passes(0)
	m.JMP(operand.LabelRef(done))
	m.Label(double)
	passes(1)
	m.Label(done)
}

const minusInfinity = infinity | 1<<31

// softmaxRow is where a loop over rows stands.
type softmaxRow struct {
	whole          int // vectors of a row that are full
	rest           part
	bytes          reg.GPVirtual // of a row
	q, total, peak reg.GPVirtual
}

// softmaxRow measures rows of size elements, of which whole vectors are full.
func (m *machine) softmaxRow(size reg.GPVirtual, whole int) softmaxRow {
	s := softmaxRow{whole: whole, bytes: m.GP64()}
	rest := m.GP64()
	m.MOVQ(size, rest)
	m.SUBQ(operand.U8(whole*m.bytes/4), rest)
	s.rest = m.part(rest)
	s.rest.full = true
	m.MOVQ(size, s.bytes)
	m.SHLQ(operand.U8(2), s.bytes)
	s.q, s.total, s.peak = m.GP64(), m.GP64(), m.GP64()
	s.rewind(m)
	return s
}

// rewind goes back to the first row.
func (s softmaxRow) rewind(m *machine) {
	m.Load(m.Param("q"), s.q)
	m.Load(m.Param("total"), s.total)
	m.Load(m.Param("peak"), s.peak)
}

// load reads a row, whose remaining lanes are as in fill, or 0.
func (s softmaxRow) load(m *machine, from reg.GPVirtual, fill reg.Register) []vec {
	var x []vec
	for i := range s.whole {
		x = append(x, m.load(operand.Mem{Base: from, Disp: i * m.bytes}))
	}
	last := m.loadPart(operand.Mem{Base: from, Disp: s.whole * m.bytes}, s.rest)
	if fill, ok := fill.(vec); ok {
		last = m.choose(m.lanes(s.rest), last, fill)
	}
	return append(x, last)
}

// store writes a row of q and goes to the next.
func (s softmaxRow) store(m *machine, x []vec) {
	for i := range s.whole {
		m.VMOVUPS(x[i], operand.Mem{Base: s.q, Disp: i * m.bytes})
	}
	m.storePart(x[s.whole], operand.Mem{Base: s.q, Disp: s.whole * m.bytes}, s.rest)
	m.ADDQ(s.bytes, s.q)
}

// storePeak writes the greatest score of a row and returns it in all lanes.
func (m *machine) storePeak(s softmaxRow, x []vec) vec {
	greatest := x[0]
	for _, v := range x[1:] {
		greatest = m.larger(greatest, v)
	}
	low, all := m.greatest(greatest), m.vec()
	m.VMOVSS(low, operand.Mem{Base: s.peak})
	m.ADDQ(operand.U8(4), s.peak)
	m.VBROADCASTSS(low, all)
	return all
}

// scaleToSum writes the sum of a row and divides the row by it.
func (m *machine) scaleToSum(s softmaxRow, x []vec) []vec {
	sums := x
	if !m.wide() && len(x) == 1 {
		sums = []vec{x[0], m.zero()}
	}
	low, all := m.fold(sums), m.vec()
	m.VMOVSS(low, operand.Mem{Base: s.total})
	m.ADDQ(operand.U8(4), s.total)
	m.VBROADCASTSS(low, all)
	all = m.div(m.splat(m.c(1)), all)
	var y []vec
	for _, v := range x {
		y = append(y, m.mul(v, all))
	}
	return y
}

// greatest is the greatest lane of v, in the lowest lane.
func (m *machine) greatest(v vec) reg.VecVirtual {
	low := m.YMM()
	if m.wide() {
		high := m.YMM()
		m.VEXTRACTF64X4(operand.U8(1), v, high)
		m.VMAXPS(high, v.AsY(), low)
	} else {
		m.VMOVAPS(v, low)
	}
	x, y := m.XMM(), m.XMM()
	m.VEXTRACTF128(operand.U8(1), low, y)
	m.VMAXPS(y, low.AsX(), x)
	m.VMOVHLPS(x, x, y)
	m.VMAXPS(y, x, x)
	m.VMOVSHDUP(x, y)
	m.VMAXSS(y, x, x)
	return x
}
