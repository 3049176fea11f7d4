package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Workers that share a layer by example read all of its weight, most of which
// the others have just moved. Workers that own columns of the weight read only
// what they wrote themselves, and pass on what their columns give for every
// example. Where processors have no cache in common, what crosses between
// them decides whether a second one helps at all.
const (
	// typicalBatch stands for the number of examples, which a plan does not
	// know.
	typicalBatch = 64
	// leastColumns is the width below which a worker's columns do not fill
	// the tiles of a product.
	leastColumns = 64
)

// byColumn decides for which statements workers own columns: for layers whose
// weight is worth it, and for the statements of the reverse pass between them
// that read or write columns of the same values.
func (p *Plan) byColumn() {
	owned := map[ValueID]int{} // the columns of parameters
	for i := range p.Ops {
		op := &p.Ops[i]
		if width := p.columnsOf(op); op.Kind == Forward && width > 0 && p.worthColumns(op, width) {
			op.Share, op.Rows = ByColumn, width
			for _, id := range op.In {
				if !p.Values[id].Batched {
					owned[p.root(id)] = width
				}
			}
		}
	}
	for found := len(owned) > 0; found; {
		found = false
		for i := range p.Ops {
			op := &p.Ops[i]
			if op.Share == ByColumn || op.Kind != Reverse {
				continue
			}
			width := owned[p.root(op.Out[0])]
			if width == 0 && p.besideColumns(op, p.columnsOf(op)) {
				width = p.columnsOf(op)
			}
			if width > 0 {
				op.Share, op.Rows, found = ByColumn, width, true
			}
		}
	}
}

// columnsOf is the number of columns that a statement's kernel can be told to
// compute a range of, or 0.
func (p *Plan) columnsOf(op *Op) int {
	if op.Kind != Forward && op.Kind != Reverse || p.Single || op.PerExample || op.Once || len(op.Out) != 1 {
		return 0
	}
	decl := op.Prim.Decl
	if op.Kind == Reverse {
		if !slices.Contains(decl.Splits, op.Line) {
			return 0
		}
		if l := decl.Local(op.Line); l != nil {
			return lastAxis(op.Prim, l.Port)
		}
		ports := slices.Concat(decl.Ins, decl.Given)
		return lastAxis(op.Prim, ports[portOf(ports, op.Line[1:])])
	}
	if len(decl.Outs) != 1 || !slices.Contains(decl.Splits, decl.Outs[0].Name) {
		return 0
	}
	return lastAxis(op.Prim, decl.Outs[0])
}

// lastAxis is the extent of a port's last axis; a segment is one axis to
// kernels.
func lastAxis(prim *category.Prim, port category.Port) int {
	return product(prim.PortShape(category.Port{Shape: port.Shape[len(port.Shape)-1:]}))
}

// worthColumns weighs what crosses between workers in a step when a layer is
// shared by example, its weight, against what does when it is shared by
// column: its results, and, unless they are given to the plan, its inputs and
// their cotangent.
func (p *Plan) worthColumns(op *Op, width int) bool {
	weight, inputs := 0, 0
	for _, id := range op.In {
		v := &p.Values[id]
		switch {
		case v.Batched && p.Values[p.root(id)].Store != ArgStore:
			inputs += v.Size()
		case v.Batched:
		case !p.readsColumns(op, id) || !p.movedByColumn(id, width):
			return false
		default:
			weight += v.Size()
		}
	}
	return width >= leastColumns && weight > typicalBatch*(p.Values[op.Out[0]].Size()+2*inputs)
}

// movedByColumn reports whether a parameter changes in the plan, and only by
// lines that can be told to change some columns of it. An optimizer that needs
// the gradient for more, as Adam does, goes over whole rows.
func (p *Plan) movedByColumn(id ValueID, width int) bool {
	moved := false
	for i := range p.Ops {
		op := &p.Ops[i]
		if !p.touches(op.Out, p.root(id)) {
			continue
		}
		if op.Add == nil || p.columnsOf(op) != width {
			return false
		}
		moved = true
	}
	return moved
}

// besideColumns reports whether a statement reads columns of what others write
// by column, or writes columns that others read.
func (p *Plan) besideColumns(op *Op, width int) bool {
	return width > 0 && slices.ContainsFunc(p.Ops, func(o Op) bool {
		if o.Share != ByColumn || o.Rows != width {
			return false
		}
		return slices.ContainsFunc(op.In, func(id ValueID) bool {
			return slices.Contains(o.Out, id) && p.readsColumns(op, id)
		}) || slices.Contains(o.In, op.Out[0]) && p.readsColumns(&o, op.Out[0])
	})
}

// readsColumns reports whether a statement that computes some columns reads
// the same columns of id only.
func (p *Plan) readsColumns(op *Op, id ValueID) bool {
	read := op.called(id)
	return !slices.ContainsFunc(op.lines(), func(line category.Equation) bool { return !columnsAlone(&line, read) })
}

// columnsAlone reports whether a line reads the given tensors only where their
// last index is its own.
func columnsAlone(line *category.Equation, read map[string]bool) bool {
	ok := true
	category.Walk(line.Expr, func(e category.Expr) {
		x, is := e.(*category.Element)
		if !is || !read[x.Name] {
			return
		}
		if len(x.Index) == 0 || len(line.Index) == 0 || x.Padded {
			ok = false
			return
		}
		v, plain := x.Index[len(x.Index)-1].(*category.Index)
		ok = ok && plain && v.Var == line.Index[len(line.Index)-1]
	})
	return ok
}
