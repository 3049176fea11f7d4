package plan

import "slices"

// Add makes a Reverse statement assign Keep·target + By·line to its target
// instead of the line alone: a second contribution is added where the first
// stands, and gradient descent moves a parameter without its gradient ever
// being stored.
type Add struct{ Keep, By *Factor }

// fuse drops copies, lets lines whose kernels can add do so, and moves optimizer steps up
// to the gradients that they read, so that these are still in the cache and
// their memory is soon free. In a parted plan gradients are gathered first, and
// the steps stay behind the last part.
func fuse(p *Plan, parted bool) {
	p.aliasCopies()
	p.accumulateInPlace()
	if parted && !p.Single && len(p.gradients) > 0 {
		p.part()
		return
	}
	p.rise()
	p.stepInPlace()
}

// root is the value whose memory id is in.
func (p *Plan) root(id ValueID) ValueID {
	for id != NoValue && p.Values[id].Store == ViewStore {
		id = p.Values[id].Of
	}
	return id
}

func (p *Plan) touches(ids []ValueID, root ValueID) bool {
	return slices.ContainsFunc(ids, func(id ValueID) bool { return id != NoValue && p.root(id) == root })
}

// reads lists what op reads; an Add reads its target, and so does a Gather.
func (op *Op) reads() []ValueID {
	if op.Add != nil || op.Kind == Gather {
		return slices.Concat(op.In, op.Out)
	}
	return op.In
}

// addable reports whether op is a line whose kernel can add to its target.
func (op *Op) addable() bool {
	return op.Kind == Reverse && !op.PerExample && slices.Contains(op.Prim.Decl.Adds, op.Line)
}

// uses lists the statements that touch the memory of root, by index.
func (p *Plan) uses(root ValueID) []int {
	var at []int
	for i := range p.Ops {
		if p.touches(p.Ops[i].Out, root) || p.touches(p.Ops[i].In, root) {
			at = append(at, i)
		}
	}
	return at
}

// accumulateInPlace turns a line and the Accumulate of its value into one
// statement that adds.
func (p *Plan) accumulateInPlace() {
	for i := 0; i < len(p.Ops); i++ {
		add := &p.Ops[i]
		if add.Kind != Accumulate {
			continue
		}
		extra := add.In[0]
		at := p.uses(p.root(extra))
		if len(at) != 2 || at[1] != i || p.root(extra) != extra || p.Result == extra {
			continue
		}
		line := &p.Ops[at[0]]
		if !line.addable() || line.Out[0] != extra || p.Values[extra].Store != WorkStore || p.between(at[0], i, add.Out[0], true) {
			continue
		}
		line.Out = []ValueID{add.Out[0]}
		line.Add = &Add{constant(1), constant(1)}
		p.remove(i)
		i--
	}
}

// between reports whether a statement after from and before to touches the
// memory of id, or, with writes, writes it.
func (p *Plan) between(from, to int, id ValueID, writes bool) bool {
	root := p.root(id)
	for i := from + 1; i < to; i++ {
		if p.touches(p.Ops[i].Out, root) || !writes && p.touches(p.Ops[i].In, root) {
			return true
		}
	}
	return false
}

func (p *Plan) remove(i int) { p.Ops = slices.Delete(p.Ops, i, i+1) }

// rise moves optimizer statements up as far as what they read and write
// allows.
func (p *Plan) rise() {
	for i := range p.Ops {
		if k := p.Ops[i].Kind; k != ScalarStep && k != LeafStep {
			continue
		}
		for k := i; k > 0 && !p.conflict(&p.Ops[k-1], &p.Ops[k]); k-- {
			p.Ops[k-1], p.Ops[k] = p.Ops[k], p.Ops[k-1]
		}
	}
}

// conflict reports whether a and b must keep their order.
func (p *Plan) conflict(a, b *Op) bool {
	if a.Last != b.Last {
		return true
	}
	for _, id := range a.Out {
		if id != NoValue && (p.touches(b.reads(), p.root(id)) || p.touches(b.Out, p.root(id))) {
			return true
		}
	}
	for _, id := range a.reads() {
		if id != NoValue && p.touches(b.Out, p.root(id)) {
			return true
		}
	}
	return false
}

// stepInPlace lets the lines that make a gradient move its parameter, where
// the optimizer is linear in both and nothing else reads the gradient.
func (p *Plan) stepInPlace() {
	for i := 0; i < len(p.Ops); i++ {
		if p.Ops[i].Kind == LeafStep && p.stepByLines(i) {
			p.remove(i)
			i--
		}
	}
}

func (p *Plan) stepByLines(i int) bool {
	step := &p.Ops[i]
	f, ok := linear(step)
	if !ok || step.Out[0] != step.In[0] {
		return false
	}
	param, gradient := step.Out[0], step.In[1]
	at := p.uses(p.root(gradient))
	if p.Values[gradient].Store != WorkStore || p.root(gradient) == p.root(p.Result) || at[len(at)-1] != i || p.between(at[0]-1, i, param, false) {
		return false
	}
	at = at[:len(at)-1]
	for k, j := range at {
		op := &p.Ops[j]
		if !op.addable() || op.Out[0] != gradient || p.touches(op.In, p.root(gradient)) || (op.Add == nil) != (k == 0) {
			return false
		}
	}
	for k, j := range at {
		op := &p.Ops[j]
		op.Out = []ValueID{param}
		op.Add = &Add{f.state, f.gradient}
		if k > 0 {
			op.Add.Keep = constant(1)
		}
		op.Rule += " into " + step.Rule
	}
	return len(at) > 0
}
