package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// shifted is addShiftedAVX512, which adds to sixteen numbers of each plane of an
// image what the rows of a filter's patches hold for them. A vector stays in a
// register while all that belongs to it is added, by the filter's rows and
// then its columns, and column j counts in the lanes of masks[j] only.
// Narrow vectors have no masks for that and go by addPlanes, to the same bits.
func shifted() []entry { return []entry{{kernel{name: "addShifted"}, shiftedKind}} }

// shiftedKind: f(to, from *float32, masks *uint16, first, own, planes, rows, cols,
// toPlane, fromPlane, nextRow, nextCol int): rows and cols of the filter lie
// nextRow and nextCol numbers apart, planes toPlane and fromPlane; what the first
// lane meets begins at from[first], which may lie before from where that lane
// does not count; own is the mask of the lanes that are stored.
var shiftedKind = kind{
	emit: func(m *machine, k kernel) {
		if !m.wide() {
			return
		}
		m.Function(k.name + m.suffix)
		m.Attributes(attr.NOSPLIT)
		m.SignatureExpr("func(to, from *float32, masks *uint16, first, own, planes, rows, cols, toPlane, fromPlane, nextRow, nextCol int)")
		m.Pragma("noescape")
		m.labels = 0
		to, from, masks := m.argument("to"), m.argument("from"), m.argument("masks")
		nextRow, nextCol, cols := m.argument("nextRow"), m.argument("nextCol"), m.argument("cols")
		m.LEAQ(operand.Mem{Base: from, Index: m.argument("first"), Scale: 4}, from)
		m.SHLQ(operand.U8(2), nextRow)
		m.SHLQ(operand.U8(2), nextCol)
		own := m.K()
		m.KMOVW(m.argument("own").As32(), own)
		nextCol3 := m.GP64()
		m.LEAQ(operand.Mem{Base: nextCol, Index: nextCol, Scale: 2}, nextCol3)
		// The masks of as many columns as most filters have stay in registers.
		for _, few := range []int{3, 5} {
			other := fmt.Sprintf("not%d", few)
			m.CMPQ(cols, operand.U8(few))
			m.JNE(operand.LabelRef(other))
			some := make([]reg.OpmaskVirtual, few)
			for j := range some {
				some[j] = m.K()
				m.KMOVW(operand.Mem{Base: masks, Disp: 2 * j}, some[j])
			}
			m.shiftedPlanes(to, from, nextRow, own, func(row reg.GPVirtual, sum vec) {
				for j, at := range []operand.Mem{{}, {Index: nextCol, Scale: 1}, {Index: nextCol, Scale: 2}, {Index: nextCol3, Scale: 1}, {Index: nextCol, Scale: 4}}[:few] {
					at.Base = row
					m.VADDPS(at, sum, some[j], sum)
				}
			})
			m.JMP(operand.LabelRef("done"))
			m.Label(other)
		}
		some := m.K()
		m.shiftedPlanes(to, from, nextRow, own, func(row reg.GPVirtual, sum vec) {
			at, column := m.GP64(), m.GP64()
			m.MOVQ(row, at)
			m.XORQ(column, column)
			again := m.label("column")
			m.Label(again)
			m.KMOVW(operand.Mem{Base: masks, Index: column, Scale: 2}, some)
			m.VADDPS(operand.Mem{Base: at}, sum, some, sum)
			m.ADDQ(nextCol, at)
			m.INCQ(column)
			m.CMPQ(column, cols)
			m.JLT(operand.LabelRef(again))
		})
		m.Label("done")
		m.end()
	},
}

// shiftedPlanes emits the loops over planes and rows of the filter: addRow adds
// to sum what the row holds.
func (m *machine) shiftedPlanes(to, from, nextRow reg.GPVirtual, own reg.OpmaskVirtual, addRow func(row reg.GPVirtual, sum vec)) {
	sum := m.vec()
	m.rows(m.argument("planes"), func() {
		m.VMOVUPS_Z(operand.Mem{Base: to}, own, sum)
		row := m.GP64()
		m.MOVQ(from, row)
		m.rows(m.argument("rows"), func() {
			addRow(row, sum)
			m.ADDQ(nextRow, row)
		})
		m.VMOVUPS(sum, own, operand.Mem{Base: to})
		m.next(to, "toPlane")
		m.next(from, "fromPlane")
	})
}
