package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// shared kernels go through rows of s elements and read, beside each element,
// that of vectors which all rows share, and several numbers per row:
// f(outs…, ins…, shared…, numbers… *float32, rows, s int).
var shared = kind{
	emit: func(m *machine, k kernel) {
		m.begin(k.name, k.pointers(k.outs), names("rows", "s"), nil)
		r := m.sharedRows(k, m.arguments(k.outs))
		s := m.measure(r.outs, r.read, r.size, k.unroll)
		m.SHLQ(operand.U8(2), r.size)
		m.rows(r.rows, func() {
			numbers := r.broadcast(m)
			m.run(s, func(in []vec) []vec { return k.ofRow(m, in, numbers) })
			r.next(m, r.outs)
		})
		m.end()
	},
	calls: sharedCalls, plain: sharedPlain,
}

// sharedSums add a term per element of such rows, as summed kernels do:
// f(y, ins…, shared…, numbers… *float32, rows, s int, by float32).
var sharedSums = kind{
	emit: func(m *machine, k kernel) {
		term := func(numbers []vec) func(sum vec, in []vec) (vec, []vec) {
			return func(sum vec, in []vec) (vec, []vec) { return k.termOfRow(m, sum, in, numbers), nil }
		}
		m.begin(k.name+"Piece", k.pointers(names("sums")), names("n"), nil)
		at, r := m.argument("sums"), m.sharedPointers(k)
		s := m.measureSum(nil, r.read, m.argument("n"))
		sums := m.sums()
		for i, v := range sums {
			m.VMOVUPS(operand.Mem{Base: at, Disp: i * m.bytes}, v)
		}
		m.runSum(s, sums, term(r.broadcast(m)))
		for i, v := range sums {
			m.VMOVUPS(v, operand.Mem{Base: at, Disp: i * m.bytes})
		}
		m.end()

		m.begin(k.name, k.pointers(names("y")), names("rows", "s"), names("by"))
		y := m.argument("y")
		r = m.sharedRows(k, nil)
		s = m.measureSum(nil, r.read, r.size)
		m.SHLQ(operand.U8(2), r.size)
		by := m.scalar("by")
		m.rows(r.rows, func() {
			numbers, sums := r.broadcast(m), m.sums()
			for _, v := range sums {
				m.VXORPS(v, v, v)
			}
			m.runSum(s, sums, term(numbers))
			total := m.fold(sums)
			m.VDIVSS(by, total, total)
			m.VMOVSS(total, operand.Mem{Base: y})
			m.ADDQ(operand.U8(4), y)
			r.next(m, nil)
		})
		m.end()
	},
	calls: sharedSumCalls, plain: sharedSumPlain,
}

// pointers lists the pointers of a shared kernel that writes outs.
func (k kernel) pointers(outs []string) []string {
	return join(outs, k.ins, k.shared, k.numbers)
}

// sharedRow is where a loop over rows stands.
type sharedRow struct {
	outs, ins []reg.GPVirtual
	read      []reg.GPVirtual // ins, then what all rows share
	numbers   []reg.GPVirtual
	rows      reg.GPVirtual
	size      reg.GPVirtual // of a row
}

func (m *machine) sharedPointers(k kernel) sharedRow {
	r := sharedRow{ins: m.arguments(k.ins), numbers: nil}
	r.read = append(append(r.read, r.ins...), m.arguments(k.shared)...)
	r.numbers = m.arguments(k.numbers)
	return r
}

func (m *machine) sharedRows(k kernel, outs []reg.GPVirtual) sharedRow {
	r := m.sharedPointers(k)
	r.outs, r.rows, r.size = outs, m.argument("rows"), m.argument("s")
	return r
}

// broadcast fills a vector with each number of the row.
func (r sharedRow) broadcast(m *machine) []vec {
	var list []vec
	for _, p := range r.numbers {
		v := m.vec()
		m.VBROADCASTSS(operand.Mem{Base: p}, v)
		list = append(list, v)
	}
	return list
}

// next goes to the next row; size is in bytes by then.
func (r sharedRow) next(m *machine, outs []reg.GPVirtual) {
	for _, p := range append(append([]reg.GPVirtual{}, outs...), r.ins...) {
		m.ADDQ(r.size, p)
	}
	for _, p := range r.numbers {
		m.ADDQ(operand.U8(4), p)
	}
}

// columns kernels add a term per row to sums of columns, in the order of rows:
// f(y, ins…, numbers… *float32, rows, stride int) for stripVectors vectors of
// columns, and, in a form whose name ends in Part, with n int for the first n
// columns of one vector. Rows are stride elements apart.
var columns = kind{
	emit: func(m *machine, k kernel) {
		emitColumns(m, k, stripVectors)
		part := k
		part.name += "Part"
		emitColumns(m, part, 0)
	},
	calls: columnCalls, plain: columnPlain,
}

// stripVectors is how many vectors of sums are added at a time.
const stripVectors = 4

// emitColumns adds vectors of columns, or part of one if there are none.
func emitColumns(m *machine, k kernel, vectors int) {
	counts := names("rows", "stride")
	if vectors == 0 {
		counts = append(counts, "n")
	}
	m.begin(k.name, join(names("y"), k.ins, k.numbers), counts, nil)
	y, r := m.argument("y"), m.sharedPointers(k)
	rows := m.argument("rows")
	r.size = m.argument("stride")
	m.SHLQ(operand.U8(2), r.size)
	at := func(p reg.GPVirtual, i int) operand.Mem { return operand.Mem{Base: p, Disp: i * m.bytes} }
	load := func(p reg.GPVirtual, i int) vec { return m.load(at(p, i)) }
	store := func(v vec, i int) { m.VMOVUPS(v, at(y, i)) }
	if vectors == 0 {
		rest := m.part(m.argument("n"))
		rest.full = true
		load = func(p reg.GPVirtual, i int) vec { return m.loadPart(at(p, i), rest) }
		store = func(v vec, i int) { m.storePart(v, at(y, i), rest) }
	}
	var sums []vec
	for i := range max(vectors, 1) {
		sums = append(sums, load(y, i))
	}
	m.rows(rows, func() {
		numbers := r.broadcast(m)
		for i, sum := range sums {
			var in []vec
			for _, p := range r.ins {
				in = append(in, load(p, i))
			}
			if next := k.termOfRow(m, sum, in, numbers); next != sum {
				m.VMOVAPS(next, sum)
			}
		}
		r.next(m, nil)
	})
	for i, sum := range sums {
		store(sum, i)
	}
	m.end()
}
