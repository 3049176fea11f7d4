package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// inPlace finds an operand that l, the result of a statement that reads each
// of the operand's elements before it writes the same element of l and
// nothing after, may be written over: one that no later statement reads. It
// returns the operand's offset.
func (p *Plan) inPlace(l *life, placed []*life) (int, bool) {
	if l.first < 0 || l.first >= len(p.Ops) {
		return 0, false
	}
	op := &p.Ops[l.first]
	if !slices.Contains(op.Out, l.id) {
		return 0, false
	}
	for _, old := range placed {
		x, y := &p.Values[old.id], &p.Values[l.id]
		if old.last != l.first || x.Size() != y.Size() || x.Batched != y.Batched || x.Kind != y.Kind || !op.pointwise(old.id) {
			continue
		}
		clear := !slices.ContainsFunc(placed, func(o *life) bool {
			return o != old && old.offset < o.offset+p.Values[o.id].Size() && o.offset < old.offset+x.Size()
		})
		if clear && !p.viewed(old.id, op) && !p.readAcross(old.id, op) {
			return old.offset, true
		}
	}
	return 0, false
}

// readAcross reports whether workers that share op by example would overwrite
// what others still read: the operand of a statement that is shared otherwise.
func (p *Plan) readAcross(id ValueID, op *Op) bool {
	return op.Share == ByExample && slices.ContainsFunc(p.Ops, func(o Op) bool {
		return o.Share != ByExample && p.touches(o.In, id)
	})
}

// viewed reports whether op also reaches the memory of id through a view.
func (p *Plan) viewed(id ValueID, op *Op) bool {
	return slices.ContainsFunc(slices.Concat(op.In, op.Out), func(x ValueID) bool { return x != NoValue && x != id && p.root(x) == id })
}

// pointwise reports whether op reads element e of operand id only to compute
// element e of its only result.
func (op *Op) pointwise(id ValueID) bool {
	if (op.Kind != Forward && op.Kind != Reverse && op.Kind != LeafStep) || op.PerExample || len(op.Out) != 1 || len(op.names) != len(op.In) {
		return false
	}
	lines, read := op.lines(), op.called(id)
	for i := range lines {
		if len(lines) > 1 || !own(&lines[i], lines[i].Expr, read) {
			return false
		}
	}
	return true
}

// lines are the equations that a statement of a primitive computes.
func (op *Op) lines() []category.Equation {
	switch op.Kind {
	case Reverse:
		return []category.Equation{*lineOf(op.Prim.Decl, op.Line)}
	case LeafStep:
		return leafLines(op.Prim.Decl, nil)
	}
	return meansOf(op.Prim.Decl, op.Line)
}

// called lists what the lines call an operand.
func (op *Op) called(id ValueID) map[string]bool {
	names := map[string]bool{}
	for i, in := range op.In {
		if in == id {
			names[op.names[i]] = true
		}
	}
	return names
}

// own reports whether e reads the given tensors only at the line's own
// element.
func own(line *category.Equation, e category.Expr, read map[string]bool) bool {
	ok := true
	category.Walk(e, func(e category.Expr) {
		x, is := e.(*category.Element)
		if !is || !read[x.Name] {
			return
		}
		ok = ok && len(x.Index) == len(line.Index) && !x.Padded
		for i := range x.Index {
			v, plain := x.Index[i].(*category.Index)
			ok = ok && i < len(line.Index) && plain && v.Var == line.Index[i]
		}
	})
	return ok
}
