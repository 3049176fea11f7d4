package plan

import "slices"

// A parted plan takes a batch in parts, so that its workspace has room for the
// examples of one part only. The parts' gradients add up to that of the batch:
// the seed of the reverse pass is one over the number of all its examples. What
// depends on a gradient, and what changes the state, runs once, in the call
// about the last part.

// part makes p a plan of parts.
func (p *Plan) part() {
	p.Keep = p.newValue(Value{Name: "keep", Store: ArgStore, Of: NoValue, Span: p.Span})
	p.behind()
	for _, root := range p.gradientRoots() {
		if !p.gatherInPlace(root) {
			p.gather(root)
		}
	}
}

func (p *Plan) newValue(v Value) ValueID {
	p.Values = append(p.Values, v)
	return ValueID(len(p.Values) - 1)
}

// gradientRoots lists the memory of all gradients, each once.
func (p *Plan) gradientRoots() []ValueID {
	var out []ValueID
	for _, id := range p.gradients {
		if root := p.root(id); !slices.Contains(out, root) && len(p.uses(root)) > 0 {
			out = append(out, root)
		}
	}
	return out
}

// behind finds the statements that run behind the last part, and moves them
// there.
func (p *Plan) behind() {
	late := map[ValueID]bool{}
	for _, id := range p.gradients {
		late[p.root(id)] = true
	}
	reads := func(ids []ValueID) bool {
		return slices.ContainsFunc(ids, func(id ValueID) bool { return id != NoValue && late[p.root(id)] })
	}
	for i := range p.Ops {
		op := &p.Ops[i]
		switch op.Kind {
		case LeafStep, LeafTotal, ScalarStep, Advance:
			op.Last = true
		default:
			op.Last = reads(op.In) || p.changesState(op)
		}
		if op.Pooled() && !op.Once {
			fail(op.Span, "`%s` gathers over the examples of a batch, and a part of it has not all of them", op.Prim.Decl.Name)
		}
		for _, id := range op.Out {
			if op.Last && id != NoValue {
				if p.Values[id].Batched {
					fail(op.Span, "what depends on a gradient differs from example to example here, and has no plan in parts")
				}
				late[p.root(id)] = true
			}
		}
	}
	slices.SortStableFunc(p.Ops, func(a, b Op) int {
		switch {
		case a.Last == b.Last:
			return 0
		case b.Last:
			return -1
		}
		return 1
	})
}

// changesState reports whether op writes an argument.
func (p *Plan) changesState(op *Op) bool {
	return slices.ContainsFunc(op.Out, func(id ValueID) bool { return id != NoValue && p.Values[p.root(id)].Store == ArgStore })
}

// firstLast is the place of the first statement behind the last part.
func (p *Plan) firstLast() int {
	if i := slices.IndexFunc(p.Ops, func(op Op) bool { return op.Last }); i >= 0 {
		return i
	}
	return len(p.Ops)
}

// gatherInPlace lets the lines that assign a gradient add to what the parts
// before have left there, where all of them can add and nothing else reads it.
func (p *Plan) gatherInPlace(root ValueID) bool {
	var assign []*Op
	for _, i := range p.uses(root) {
		op := &p.Ops[i]
		switch {
		case op.Last:
			continue
		case p.touches(op.In, root):
			return false
		case op.Kind == Accumulate || op.Add != nil:
			continue
		case !op.addable():
			return false
		}
		assign = append(assign, op)
	}
	for _, op := range assign {
		op.Add = &Add{Keep: &Factor{Scalar: Scalar{Value: p.Keep}}, By: constant(1)}
	}
	return true
}

// gather adds a gradient up beside what each part assigns, and brings the sum
// back behind the last.
func (p *Plan) gather(root ValueID) {
	at := p.firstLast()
	if !slices.ContainsFunc(p.uses(root), func(i int) bool { return i < at && p.Ops[i].Kind != Fill }) {
		return // zero in every part
	}
	v := p.Values[root]
	sum := p.newValue(Value{Name: v.Name + "_sum", Kind: v.Kind, Dims: v.Dims, Store: WorkStore, Of: NoValue, Type: v.Type, Span: v.Span})
	p.Ops = slices.Insert(p.Ops, at,
		Op{Kind: Gather, Out: []ValueID{sum}, In: []ValueID{root}, Once: true, Fold: 1, Settings: []Scalar{{Value: p.Keep}}, Rule: "the sum over the parts", Span: v.Span},
		Op{Kind: Copy, Out: []ValueID{root}, In: []ValueID{sum}, Once: true, Fold: 1, Last: true, Rule: "the sum over the parts", Span: v.Span})
}

// gathered reports whether a value keeps what was assigned to it from one part
// of a batch to the next.
func (p *Plan) gathered(id ValueID) bool {
	if p.Keep == NoValue {
		return false
	}
	return slices.ContainsFunc(p.Ops, func(op Op) bool {
		if op.Last || len(op.Out) == 0 || p.root(op.Out[0]) != id {
			return false
		}
		return op.Kind == Gather || op.Add != nil && op.Add.Keep.Scalar.Value == p.Keep
	})
}
