package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Share says which part of a statement each of several workers does. No sum
// is ever split, so the number of workers changes no bit of a result.
type Share uint8

const (
	// Alone: the first worker does all of it.
	Alone Share = iota
	// ByExample: each worker does its range of the examples.
	ByExample
	// ByRow: each worker does its range of the leading axis of what the
	// statement writes (Op.Rows).
	ByRow
	// ByColumn: each worker does its range of the last axis (Op.Rows) of what
	// the statement writes, for all examples.
	ByColumn
)

// share decides how the statements of p are split, and brings those that are
// split alike together: what one worker does goes first, what reads all
// examples last. Then workers wait for each other a few times per call, not
// a few times per layer. In a wide plan, what reads all examples stays where
// its operands are still in the cache and their memory is soon free.
func share(p *Plan) {
	for i := range p.Ops {
		p.Less = max(p.Less, p.lessOf(&p.Ops[i]))
	}
	for i := range p.Ops {
		p.Ops[i].Share, p.Ops[i].Rows = p.split(&p.Ops[i])
	}
	p.byColumn()
	for i := range p.Ops {
		if p.Ops[i].Share != Alone {
			continue
		}
		if p.Ops[i].Kind == Advance {
			continue // nothing reads what it writes before the next call
		}
		for k := i; k > 0 && p.Ops[k-1].Share != Alone && !p.conflict(&p.Ops[k-1], &p.Ops[k]); k-- {
			p.Ops[k-1], p.Ops[k] = p.Ops[k], p.Ops[k-1]
		}
	}
	if p.wide() {
		return
	}
	for i := len(p.Ops) - 1; i >= 0; i-- {
		if !p.Ops[i].late() {
			continue
		}
		for k := i; k+1 < len(p.Ops) && p.Ops[k+1].Share != Alone && !p.Ops[k+1].late() && !p.conflict(&p.Ops[k], &p.Ops[k+1]); k++ {
			p.Ops[k], p.Ops[k+1] = p.Ops[k+1], p.Ops[k]
		}
	}
}

// late reports whether a statement reads all examples.
func (op *Op) late() bool { return op.Share == ByRow || op.Share == ByColumn && op.addable() }

// waits decides where workers wait for each other: before a statement that
// touches memory which another worker wrote, or writes what another reads,
// since the last wait.
func waits(p *Plan) {
	var since []access
	for i := range p.Ops {
		now := p.accesses(&p.Ops[i])
		if slices.ContainsFunc(now, func(a access) bool {
			return slices.ContainsFunc(since, func(b access) bool { return p.clash(a, b) })
		}) {
			p.Ops[i].Wait = true
			since = nil
		}
		since = append(since, now...)
	}
}

// split chooses the share of a statement and the number of rows it has. Hand-
// written arrows are called by one worker: nothing says that they may be
// called by several at once.
func (p *Plan) split(op *Op) (Share, int) {
	if op.Kind == HandReverse {
		return Alone, 0
	}
	out := &p.Values[op.Out[0]]
	switch op.Kind {
	case Forward:
		if op.Pooled() && !p.Single && !op.Once {
			return ByRow, leading(out)
		}
		if op.leafwise() {
			return ByRow, leading(out)
		}
		fallthrough
	case Reverse, Fill, FillMean, Copy, Accumulate, Part, AddPart:
		if p.Single || op.PerExample {
			return Alone, 0
		}
		if p.allBatched(op.Out) && !op.Once && p.lessOf(op) == p.Less {
			return ByExample, 0
		}
		if op.addable() {
			return ByRow, op.lineRows()
		}
		if op.Pooled() && !op.Once {
			return ByRow, leading(out)
		}
	case LeafStep:
		return ByRow, leading(out)
	}
	return Alone, 0
}

// leafwise reports whether op runs lines that treat the elements of a leaf
// alike, on one leaf that is no example's.
func (op *Op) leafwise() bool {
	return op.Kind == LeafStep || op.Kind == Forward && op.Prim.Decl.Each && op.Once && !op.PerExample
}

// Leaves are the operands of a leafwise statement of which a worker reads its
// own rows only: all but the scalars of the state and totals.
func (op *Op) Leaves() []ValueID {
	if !op.leafwise() {
		return nil
	}
	return op.In[:len(wholePorts(op.Prim.Decl))]
}

func (p *Plan) allBatched(ids []ValueID) bool {
	return !slices.ContainsFunc(ids, func(id ValueID) bool { return id != NoValue && !p.Values[id].Batched })
}

// leading is the extent of a value's first axis.
func leading(v *Value) int {
	if len(v.Dims) == 0 {
		return 1
	}
	return v.Dims[0]
}

// lineRows is the extent of the first axis of a parameter's port, by which
// kernels that add are split; a segment is one axis to them.
func (op *Op) lineRows() int {
	given := op.Prim.Decl.Given
	port := given[portOf(given, op.Line[1:])]
	if len(port.Shape) == 0 {
		return 1
	}
	first := category.Port{Shape: port.Shape[:1]}
	return product(op.Prim.PortShape(first))
}

// access is one operand of one statement: the memory, and who touches which
// part of it.
type access struct {
	id    ValueID
	share Share
	rows  int  // ByRow, ByColumn
	all   bool // every worker reads the whole of it
	write bool
}

func (p *Plan) accesses(op *Op) []access {
	var out []access
	add := func(id ValueID, write bool) {
		if id == NoValue {
			return
		}
		a := access{id: id, share: op.Share, write: write}
		switch op.Share {
		case ByExample:
			a.all = !p.Values[id].Batched
		case ByRow:
			a.rows = op.Rows
			a.all = !slices.Contains(op.Out, id) && !slices.Contains(op.Leaves(), id) && !p.ownRows(op, id)
		case ByColumn:
			a.rows = op.Rows
			a.all = !slices.Contains(op.Out, id) && !p.readsColumns(op, id)
		}
		out = append(out, a)
	}
	for _, id := range op.Out {
		add(id, true)
	}
	for _, id := range op.reads() {
		add(id, false)
	}
	for _, s := range op.Settings {
		add(s.Value, false)
	}
	return out
}

// clash reports whether a and b may touch the same memory from two workers,
// one of them writing.
func (p *Plan) clash(a, b access) bool {
	if !a.write && !b.write || !p.overlap(a.id, b.id) {
		return false
	}
	if a.all || b.all || a.share != b.share {
		return true
	}
	switch a.share {
	case ByExample:
		return !p.sameRanges(a.id, b.id)
	case ByRow, ByColumn:
		return a.rows != b.rows || !p.sameRanges(a.id, b.id)
	}
	return false
}

// sameRanges reports whether equal shares of two overlapping values are equal
// ranges of memory.
func (p *Plan) sameRanges(a, b ValueID) bool {
	x, y := &p.Values[a], &p.Values[b]
	if x.Size() != y.Size() || x.Batched != y.Batched || x.Less != y.Less || x.Shift != y.Shift {
		return false
	}
	if p.root(a) == p.root(b) {
		return p.startIn(a) == p.startIn(b)
	}
	return x.Offset == y.Offset && x.Store == y.Store
}

// startIn is where a value starts in its root.
func (p *Plan) startIn(id ValueID) int {
	at := 0
	for p.Values[id].Store == ViewStore {
		at += p.Values[id].Start
		id = p.Values[id].Of
	}
	return at
}

// overlap reports whether two values may have memory in common. Arguments
// are distinct from each other and from the workspace; batched values of the
// workspace come before all others.
func (p *Plan) overlap(a, b ValueID) bool {
	ra, rb := p.root(a), p.root(b)
	x, y := &p.Values[ra], &p.Values[rb]
	if ra == rb {
		from, to := p.startIn(a), p.startIn(b)
		return from < to+p.Values[b].Size() && to < from+p.Values[a].Size()
	}
	if x.Store != WorkStore || y.Store != WorkStore || x.Kind != y.Kind || x.Batched != y.Batched {
		return false
	}
	at, by := x.Offset.PerExample, y.Offset.PerExample
	if !x.Batched {
		at, by = x.Offset.Fixed, y.Offset.Fixed
	}
	return at < by+y.Size() && by < at+x.Size()
}
