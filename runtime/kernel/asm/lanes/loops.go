package main

import (
	"strings"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// begin opens a function; counts are its int parameters.
func (m *machine) begin(name string, pointers, counts, settings []string) {
	var list []string
	add := func(names []string, typ string) {
		if len(names) > 0 {
			list = append(list, strings.Join(names, ", ")+" "+typ)
		}
	}
	add(pointers, "*float32")
	add(counts, "int")
	add(settings, "float32")
	m.Function(name + m.suffix)
	m.Attributes(attr.NOSPLIT)
	m.SignatureExpr("func(" + strings.Join(list, ", ") + ")")
	m.Pragma("noescape")
	m.labels = 0
}

func (m *machine) end() {
	m.VZEROUPPER()
	m.RET()
}

func (m *machine) argument(name string) reg.GPVirtual {
	r := m.GP64()
	m.Load(m.Param(name), r)
	return r
}

func (m *machine) arguments(names []string) []reg.GPVirtual {
	var list []reg.GPVirtual
	for _, n := range names {
		list = append(list, m.argument(n))
	}
	return list
}

func (m *machine) settingsOf(k kernel) []vec {
	var list []vec
	for _, n := range k.settings {
		list = append(list, m.setting(n))
	}
	return list
}

// stretch goes once over size bytes of tensors at the pointers: as many whole
// vectors as there are, turn of them at a time, then the part. index is at 0
// before it and at the end of the whole vectors after it. whole and rest hold
// the bytes of whole vectors and whether a part remains.
type stretch struct {
	outs, ins []reg.GPVirtual
	index     reg.GPVirtual
	whole     reg.GPVirtual // bytes of whole vectors
	rest      part
	count     reg.GPVirtual // lanes of the part
	unroll    int
}

// measure makes a stretch of n numbers.
func (m *machine) measure(outs, ins []reg.GPVirtual, n reg.GPVirtual, unroll int) stretch {
	s := stretch{outs: outs, ins: ins, index: m.GP64(), whole: m.GP64(), count: m.GP64(), unroll: max(unroll, 1)}
	lanes := m.bytes / 4
	m.MOVQ(n, s.count)
	m.ANDQ(operand.U8(lanes-1), s.count)
	m.MOVQ(n, s.whole)
	m.SUBQ(s.count, s.whole)
	m.SHLQ(operand.U8(2), s.whole)
	s.rest = m.part(s.count)
	return s
}

// run emits the loops of a stretch around a body.
func (m *machine) run(s stretch, body func(in []vec) []vec) {
	many, single, rest, done := m.label("many"), m.label("single"), m.label("rest"), m.label("done")
	m.XORQ(s.index, s.index)
	turn := func(offset int) {
		var in []vec
		for _, p := range s.ins {
			in = append(in, m.load(operand.Mem{Base: p, Index: s.index, Scale: 1, Disp: offset}))
		}
		for i, v := range body(in) {
			m.VMOVUPS(v, operand.Mem{Base: s.outs[i], Index: s.index, Scale: 1, Disp: offset})
		}
	}
	if s.unroll > 1 {
		limit := m.GP64()
		m.MOVQ(s.whole, limit)
		m.ANDQ(operand.I32(-s.unroll*m.bytes), limit)
		m.JZ(operand.LabelRef(single))
		m.Label(many)
		for u := range s.unroll {
			turn(u * m.bytes)
		}
		m.ADDQ(operand.I32(s.unroll*m.bytes), s.index)
		m.CMPQ(s.index, limit)
		m.JLT(operand.LabelRef(many))
		m.Label(single)
	}
	m.CMPQ(s.index, s.whole)
	m.JGE(operand.LabelRef(rest))
	again := m.label("again")
	m.Label(again)
	turn(0)
	m.ADDQ(operand.I32(m.bytes), s.index)
	m.CMPQ(s.index, s.whole)
	m.JLT(operand.LabelRef(again))
	m.Label(rest)
	m.TESTQ(s.count, s.count)
	m.JZ(operand.LabelRef(done))
	var in []vec
	for _, p := range s.ins {
		in = append(in, m.loadPart(operand.Mem{Base: p, Index: s.index, Scale: 1}, s.rest))
	}
	for i, v := range body(in) {
		m.storePart(v, operand.Mem{Base: s.outs[i], Index: s.index, Scale: 1}, s.rest)
	}
	m.Label(done)
}

// mapped kernels compute every element from the elements beside it:
// f(outs…, ins… *float32, n int, settings… float32).
var mapped = kind{
	emit: func(m *machine, k kernel) {
		m.begin(k.name, append(names(k.outs...), k.ins...), names("n"), k.settings)
		outs, ins := m.arguments(k.outs), m.arguments(k.ins)
		s := m.measure(outs, ins, m.argument("n"), k.unroll)
		settings := m.settingsOf(k)
		m.run(s, func(in []vec) []vec { return k.each(m, in, settings) })
		m.end()
	},
	calls: mapCalls, plain: mapPlain,
}

// rowwise kernels also read one number per row of s elements:
// f(outs…, ins…, row *float32, rows, s int, settings… float32). Rows of one
// element go through a mapped form, whose name ends in Ones.
var rowwise = kind{
	emit: func(m *machine, k kernel) {
		prepare := k.prepare
		if prepare == nil {
			prepare = func(_ *machine, row vec, _ []vec) vec { return row }
		}
		ones := k
		ones.name, ones.ins = k.name+"Ones", append(names(k.ins...), k.row)
		ones.each = func(m *machine, in, settings []vec) []vec {
			last := len(in) - 1
			return k.perRow(m, in[:last], prepare(m, in[last], settings), settings)
		}
		mapped.emit(m, ones)

		m.begin(k.name, append(append(names(k.outs...), k.ins...), k.row), names("rows", "s"), k.settings)
		outs, ins, row := m.arguments(k.outs), m.arguments(k.ins), m.argument(k.row)
		rows, size := m.argument("rows"), m.argument("s")
		s := m.measure(outs, ins, size, k.unroll)
		m.SHLQ(operand.U8(2), size)
		settings := m.settingsOf(k)
		m.rows(rows, func() {
			number := m.vec()
			m.VBROADCASTSS(operand.Mem{Base: row}, number)
			number = prepare(m, number, settings)
			m.run(s, func(in []vec) []vec { return k.perRow(m, in, number, settings) })
			for _, p := range append(append([]reg.GPVirtual{}, outs...), ins...) {
				m.ADDQ(size, p)
			}
			m.ADDQ(operand.U8(4), row)
		})
		m.end()
	},
	calls: rowCalls, plain: rowPlain,
}

// rows emits a loop over a number of rows, which it counts down.
func (m *machine) rows(count reg.GPVirtual, body func()) {
	next, none := m.label("row"), m.label("rows")
	m.TESTQ(count, count)
	m.JZ(operand.LabelRef(none))
	m.Label(next)
	body()
	m.DECQ(count)
	m.JNZ(operand.LabelRef(next))
	m.Label(none)
}
