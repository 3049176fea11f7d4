package main

import (
	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// downward kernels go down the columns of matrices of rows×cols numbers,
// whose rows lie stride numbers apart, and read a number per column:
// f(outs…, ins…, heads… *float32, rows, cols, stride int, settings… float32).
// A kernel that carries replaces the first number of each column by what it
// has become at the last row.
var downward = kind{emit: emitDownward, calls: downCalls, plain: downPlain}

func downwards() []entry {
	// ahead says which elements of a column count: those of row i and column j
	// with i <= j + ahead.
	return []entry{
		{kernel{name: "columnPeaks", ins: names("x"), heads: names("peak"), settings: names("ahead"), carries: true, limited: true,
			down: func(m *machine, at []vec, in, _ []vec, counts reg.Register) ([]vec, []vec) {
				x := m.choose(counts, in[0], m.splat(m.bits(minusInfinity)))
				return []vec{m.larger(at[0], x)}, nil
			}}, downward},
		{kernel{name: "columnExps", outs: names("y"), ins: names("x"), heads: names("sum", "peak"), settings: names("ahead"), carries: true, limited: true,
			down: func(m *machine, at []vec, in, _ []vec, counts reg.Register) ([]vec, []vec) {
				e := m.keep(counts, m.exp(m.sub(in[0], at[1])))
				return []vec{m.add(at[0], e)}, []vec{e}
			}}, downward},
		{kernel{name: "columnShares", outs: names("y"), ins: names("x"), heads: names("sum"),
			prepare: func(m *machine, sum vec, _ []vec) vec { return m.div(m.splat(m.c(1)), sum) },
			down: func(m *machine, at []vec, in, _ []vec, _ reg.Register) ([]vec, []vec) {
				return nil, []vec{m.mul(in[0], at[0])}
			}}, downward},
		{kernel{name: "columnSlopes", outs: names("dx"), ins: names("y", "dy"), heads: names("mean"), settings: names("by"),
			down: func(m *machine, at []vec, in, settings []vec, _ reg.Register) ([]vec, []vec) {
				return nil, []vec{m.mul(m.mul(in[0], m.sub(in[1], at[0])), settings[0])}
			}}, downward},
	}
}

// emitDownward writes a kernel that takes two vectors of columns at a time,
// then one, then what is left.
func emitDownward(m *machine, k kernel) {
	pointers := append(append(names(k.outs...), k.ins...), k.heads...)
	m.begin(k.name, pointers, names("rows", "cols", "stride"), k.settings)
	c := &columnLoop{m: m, k: k, outs: m.arguments(k.outs), ins: m.arguments(k.ins), heads: m.arguments(k.heads)}
	c.rows, c.stride = m.argument("rows"), m.argument("stride")
	left := m.argument("cols")
	m.SHLQ(operand.U8(2), c.stride)
	c.settings = m.settingsOf(k)
	if k.limited {
		c.column = m.vec()
		m.VADDPS(m.ramp(), c.settings[0], c.column)
	}
	lanes := m.bytes / 4
	single, rest, done := m.label("single"), m.label("rest"), m.label("done")
	for _, step := range []struct {
		vectors int
		next    string
	}{{2, single}, {1, rest}} {
		again := m.label("again")
		m.Label(again)
		m.CMPQ(left, operand.U32(step.vectors*lanes))
		m.JL(operand.LabelRef(step.next))
		c.strip(step.vectors, nil)
		m.SUBQ(operand.U32(step.vectors*lanes), left)
		m.JMP(operand.LabelRef(again))
		m.Label(step.next)
	}
	m.TESTQ(left, left)
	m.JZ(operand.LabelRef(done))
	p := m.part(left)
	c.strip(1, &p)
	m.Label(done)
	m.end()
}

// ramp is a vector of 0, 1, 2 and so on.
func (m *machine) ramp() operand.Mem {
	const name = "lanes_ramp"
	at, ok := m.tables[name]
	if !ok {
		at = m.StaticGlobal(name)
		m.DataAttributes(attr.RODATA | attr.NOPTR)
		for i := range 16 {
			m.AppendDatum(operand.F32(i))
		}
		m.tables[name] = at
	}
	return at
}

// columnLoop is where a kernel that goes down columns stands.
type columnLoop struct {
	m                *machine
	k                kernel
	outs, ins, heads []reg.GPVirtual
	rows, stride     reg.GPVirtual
	settings         []vec
	column           vec // the columns' numbers plus ahead, where the kernel is limited
}

// strip goes down some vectors of columns, or the part p of one, and moves on
// to those behind.
func (c *columnLoop) strip(vectors int, p *part) {
	m := c.m
	load := func(at operand.Mem) vec {
		if p != nil {
			return m.loadPart(at, *p)
		}
		return m.load(at)
	}
	state := make([][]vec, vectors)
	numbers := make([]vec, vectors)
	for v := range state {
		for _, from := range c.heads {
			x := load(operand.Mem{Base: from, Disp: v * m.bytes})
			if c.k.prepare != nil {
				x = c.k.prepare(m, x, c.settings)
			}
			state[v] = append(state[v], x)
		}
		if c.k.limited {
			numbers[v] = m.copy(c.column)
			for range v {
				m.VADDPS(m.splat(m.c(float32(m.bytes/4))), numbers[v], numbers[v])
			}
		}
	}
	var row vec
	if c.k.limited {
		row = m.zero()
	}
	at, count := m.GP64(), m.GP64()
	m.XORQ(at, at)
	m.MOVQ(c.rows, count)
	m.rows(count, func() {
		for v := range state {
			mem := func(p reg.GPVirtual) operand.Mem {
				return operand.Mem{Base: p, Index: at, Scale: 1, Disp: v * m.bytes}
			}
			var counts reg.Register
			if c.k.limited {
				counts = m.test(numbers[v], notLess, row)
			}
			var in []vec
			for _, from := range c.ins {
				in = append(in, load(mem(from)))
			}
			next, out := c.k.down(m, state[v], in, c.settings, counts)
			for i, x := range next {
				m.VMOVAPS(x, state[v][i])
			}
			for i, x := range out {
				if p != nil {
					m.storePart(x, mem(c.outs[i]), *p)
				} else {
					m.VMOVUPS(x, mem(c.outs[i]))
				}
			}
		}
		if c.k.limited {
			m.VADDPS(m.splat(m.c(1)), row, row)
		}
		m.ADDQ(c.stride, at)
	})
	if c.k.carries {
		for v := range state {
			mem := operand.Mem{Base: c.heads[0], Disp: v * m.bytes}
			if p != nil {
				m.storePart(state[v][0], mem, *p)
			} else {
				m.VMOVUPS(state[v][0], mem)
			}
		}
	}
	if p != nil {
		return
	}
	for _, list := range [][]reg.GPVirtual{c.outs, c.ins, c.heads} {
		for _, x := range list {
			m.ADDQ(operand.U32(vectors*m.bytes), x)
		}
	}
	if c.k.limited {
		for range vectors {
			m.VADDPS(m.splat(m.c(float32(m.bytes/4))), c.column, c.column)
		}
	}
}
