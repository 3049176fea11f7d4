package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// patches are the rows of a filter's patches on their way from an image and
// back to it.
func patches() []entry {
	return []entry{
		{kernel{name: "copyPlanes", outs: names("to"), ins: names("from"), unroll: 1,
			each: func(_ *machine, in, _ []vec) []vec { return in[:1] }}, apart},
		{kernel{name: "addPlanes", outs: names("to"), ins: names("from"), unroll: 1, replaces: true,
			each: two(func(m *machine, from, to vec) vec { return m.add(to, from) })}, apart},
	}
}

// apart kernels compute cols elements of each row of each plane of one tensor
// from those of another and from what stands there, for rows that begin toRow
// and fromRow elements apart in planes that begin toPlane and fromPlane apart:
// f(to, from *float32, planes, rows, cols, toPlane, fromPlane, toRow, fromRow int).
var apart = kind{
	emit: func(m *machine, k kernel) {
		m.begin(k.name, append(names(k.outs...), k.ins...),
			names("planes", "rows", "cols", "toPlane", "fromPlane", "toRow", "fromRow"), nil)
		firstTo, firstFrom := m.argument(k.outs[0]), m.argument(k.ins[0])
		toRow, fromRow := m.argument("toRow"), m.argument("fromRow")
		m.SHLQ(operand.U8(2), toRow)
		m.SHLQ(operand.U8(2), fromRow)
		to, from, rows := m.GP64(), m.GP64(), m.GP64()
		ins := []reg.GPVirtual{from}
		if k.replaces {
			ins = append(ins, to)
		}
		s := m.measure([]reg.GPVirtual{to}, ins, m.argument("cols"), k.unroll)
		m.rows(m.argument("planes"), func() {
			m.MOVQ(firstTo, to)
			m.MOVQ(firstFrom, from)
			m.Load(m.Param("rows"), rows)
			m.rows(rows, func() {
				m.run(s, func(in []vec) []vec { return k.each(m, in, nil) })
				m.ADDQ(toRow, to)
				m.ADDQ(fromRow, from)
			})
			m.next(firstTo, "toPlane")
			m.next(firstFrom, "fromPlane")
		})
		m.end()
	},
	calls: apartCalls, plain: apartPlain,
}

// next moves a pointer on by as many elements as the argument says.
func (m *machine) next(p reg.GPVirtual, argument string) {
	m.LEAQ(operand.Mem{Base: p, Index: m.argument(argument), Scale: 4}, p)
}
