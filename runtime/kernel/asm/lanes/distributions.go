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
	q, z, total, peak := m.argument("q"), m.argument("z"), m.argument("total"), m.argument("peak")
	rows, size := m.argument("rows"), m.argument("k")
	bytes := m.GP64()
	m.MOVQ(size, bytes)
	m.SHLQ(operand.U8(2), bytes)
	low := m.splat(m.bits(infinity | 1<<31))
	loop := func(whole int, rest part) {
		m.rows(rows, func() {
			var x []vec
			greatest := low
			for i := range whole {
				x = append(x, m.load(operand.Mem{Base: z, Disp: i * m.bytes}))
			}
			last := m.choose(m.lanes(rest), m.loadPart(operand.Mem{Base: z, Disp: whole * m.bytes}, rest), low)
			x = append(x, last)
			greatest = x[0]
			for _, v := range x[1:] {
				greatest = m.larger(greatest, v)
			}
			one := m.greatest(greatest)
			m.VMOVSS(one, operand.Mem{Base: peak})
			all := m.vec()
			m.VBROADCASTSS(one, all)
			for i, v := range x {
				x[i] = m.exp(m.sub(v, all))
			}
			sums := x
			if !m.wide() && whole == 0 {
				sums = []vec{x[0], m.zero()}
			}
			sum := m.fold(sums)
			m.VMOVSS(sum, operand.Mem{Base: total})
			m.VBROADCASTSS(sum, all)
			all = m.div(m.splat(m.c(1)), all)
			for i, v := range x {
				x[i] = m.mul(v, all)
			}
			for i := range whole {
				m.VMOVUPS(x[i], operand.Mem{Base: q, Disp: i * m.bytes})
			}
			m.storePart(x[whole], operand.Mem{Base: q, Disp: whole * m.bytes}, rest)
			m.ADDQ(bytes, z)
			m.ADDQ(bytes, q)
			m.ADDQ(operand.U8(4), total)
			m.ADDQ(operand.U8(4), peak)
		})
	}
	if m.wide() {
		loop(0, m.part(size))
		m.end()
		return
	}
	double, done := m.label("double"), m.label("done")
	m.CMPQ(size, operand.U8(8))
	m.JG(operand.LabelRef(double))
	rest := m.part(size)
	rest.full = true
	loop(0, rest)
	m.JMP(operand.LabelRef(done))
	m.Label(double)
	m.SUBQ(operand.U8(8), size)
	rest = m.part(size)
	rest.full = true
	loop(1, rest)
	m.Label(done)
	m.end()
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
