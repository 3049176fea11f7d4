package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// patches are the rows of a filter's patches on their way from an image and
// back to it.
func patches() []entry {
	return []entry{
		{kernel{name: "copyRows", outs: names("to"), ins: names("from"), unroll: 1,
			each: func(_ *machine, in, _ []vec) []vec { return in[:1] }}, apart},
		{kernel{name: "addRows", outs: names("to"), ins: names("from"), unroll: 1, replaces: true,
			each: two(func(m *machine, from, to vec) vec { return m.add(to, from) })}, apart},
	}
}

// apart kernels compute cols elements of each row of one tensor from those of
// another and from what stands there, for rows that begin toRow and fromRow
// elements apart: f(to, from *float32, rows, cols, toRow, fromRow int).
var apart = kind{
	emit: func(m *machine, k kernel) {
		m.begin(k.name, append(names(k.outs...), k.ins...), names("rows", "cols", "toRow", "fromRow"), nil)
		to, from := m.argument(k.outs[0]), m.argument(k.ins[0])
		rows, cols := m.argument("rows"), m.argument("cols")
		toRow, fromRow := m.argument("toRow"), m.argument("fromRow")
		m.SHLQ(operand.U8(2), toRow)
		m.SHLQ(operand.U8(2), fromRow)
		ins := []reg.GPVirtual{from}
		if k.replaces {
			ins = append(ins, to)
		}
		s := m.measure([]reg.GPVirtual{to}, ins, cols, k.unroll)
		m.rows(rows, func() {
			m.run(s, func(in []vec) []vec { return k.each(m, in, nil) })
			m.ADDQ(toRow, to)
			m.ADDQ(fromRow, from)
		})
		m.end()
	},
	calls: apartCalls, plain: apartPlain,
}
