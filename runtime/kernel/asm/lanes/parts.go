package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// part is the end of a row that does not fill a vector: its first count lanes.
// Loads put 0 into the others and touch no memory there; stores leave the
// memory there alone.
type part struct {
	count reg.GPVirtual // narrow: lanes
	full  bool          // narrow: may be all 8 lanes
	mask  reg.GPVirtual // narrow: where a vector of the mask is stored
	k     reg.OpmaskVirtual
}

// part makes the part of a given number of lanes, fewer than a vector has.
func (m *machine) part(count reg.GPVirtual) part {
	if m.wide() {
		ones, k := m.GP32(), m.K()
		m.MOVL(operand.I32(-1), ones)
		m.BZHIL(count.As32(), ones, ones)
		m.KMOVW(ones, k)
		return part{k: k}
	}
	at := m.GP64()
	m.LEAQ(m.edge(), at)
	back := m.GP64()
	m.MOVQ(count, back)
	m.SHLQ(operand.U8(2), back)
	m.SUBQ(back, at)
	return part{count: count, mask: at}
}

// edge is where lanes that are kept end and lanes that are not begin.
func (m *machine) edge() operand.Mem {
	const name = "lanes_edge"
	at, ok := m.tables[name]
	if !ok {
		at = m.StaticGlobal(name)
		m.DataAttributes(attr.RODATA | attr.NOPTR)
		for i := range 16 {
			m.AppendDatum(operand.U32([2]uint32{0xffffffff, 0}[i/8]))
		}
		m.tables[name] = at
	}
	return at.Offset(32)
}

// lanes is the mask of the lanes of a part.
func (m *machine) lanes(p part) reg.Register {
	if m.wide() {
		return p.k
	}
	v := m.vec()
	m.VMOVUPS(operand.Mem{Base: p.mask}, v)
	return v
}

func (m *machine) load(at operand.Mem) vec {
	v := m.vec()
	m.VMOVUPS(at, v)
	return v
}

func (m *machine) loadPart(at operand.Mem, p part) vec {
	v := m.vec()
	if m.wide() {
		m.VMOVUPS_Z(at, p.k, v)
	} else {
		m.VMASKMOVPS(at, m.lanes(p), v)
	}
	return v
}

// storePart stores narrow vectors by halves: VMASKMOVPS to memory takes dozens
// of micro-operations on AMD's processors.
func (m *machine) storePart(v vec, at operand.Mem, p part) {
	if m.wide() {
		m.VMOVUPS(v, p.k, at)
		return
	}
	to := m.GP64()
	m.LEAQ(at, to)
	two, one, done := m.label("two"), m.label("one"), m.label("stored")
	x := m.XMM()
	m.VMOVAPS(v.AsX(), x)
	if p.full {
		some := m.label("some")
		m.TESTQ(operand.U32(8), p.count)
		m.JZ(operand.LabelRef(some))
		m.VMOVUPS(v, operand.Mem{Base: to})
		m.JMP(operand.LabelRef(done))
		m.Label(some)
	}
	m.TESTQ(operand.U32(4), p.count)
	m.JZ(operand.LabelRef(two))
	m.VMOVUPS(x, operand.Mem{Base: to})
	m.VEXTRACTF128(operand.U8(1), v, x)
	m.ADDQ(operand.U8(16), to)
	m.Label(two)
	m.TESTQ(operand.U32(2), p.count)
	m.JZ(operand.LabelRef(one))
	m.VMOVLPS(x, operand.Mem{Base: to})
	m.VMOVHLPS(x, x, x)
	m.ADDQ(operand.U8(8), to)
	m.Label(one)
	m.TESTQ(operand.U32(1), p.count)
	m.JZ(operand.LabelRef(done))
	m.VMOVSS(x, operand.Mem{Base: to})
	m.Label(done)
}

// label is a label that its function has not used yet.
func (m *machine) label(name string) string {
	m.labels++
	return fmt.Sprintf("%s%d", name, m.labels)
}
