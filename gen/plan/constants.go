package plan

import "slices"

// constants takes out of the statements those that assign a number, or a
// number over the size of the batch, to what nothing else writes: they run
// when the size of the batch changes, not in every call.
func constants(p *Plan) {
	kept := p.Ops[:0:0]
	for i := range p.Ops {
		op := &p.Ops[i]
		if p.constant(op) {
			p.Bind = append(p.Bind, *op)
		} else {
			kept = append(kept, *op)
		}
	}
	p.Ops = kept
}

func (p *Plan) constant(op *Op) bool {
	if op.Kind != Fill && op.Kind != FillMean {
		return false
	}
	out := op.Out[0]
	if p.Values[out].Store != WorkStore || p.Result == out {
		return false
	}
	writes := 0
	for i := range p.Ops {
		if p.touches(p.Ops[i].Out, out) {
			writes++
		}
	}
	return writes == 1
}

// bound reports whether a value keeps what it was assigned when the plan was
// bound.
func (p *Plan) bound(id ValueID) bool {
	return slices.ContainsFunc(p.Bind, func(op Op) bool { return op.Out[0] == id })
}
