package eval

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// backward is the reverse pass over one frame. A cotangent has the whole
// shape of its wire's value, index-like parts included, which stay zero; nil
// is the zero that nobody has contributed to.
type backward struct {
	f   *frame
	cot []*Value
}

// seed starts a reverse pass with the cotangents of the outputs.
func (f *frame) seed(cot []Value) *backward {
	b := &backward{f: f, cot: make([]*Value, len(f.d.Wires))}
	for i, w := range f.d.Outs {
		if i < len(cot) {
			b.add(w, cot[i])
		}
	}
	return b
}

// add contributes v to the cotangent of w: the first contribution assigns,
// later ones accumulate.
func (b *backward) add(w category.WireID, v Value) {
	if w == category.NoWire || !b.f.active[w] {
		return
	}
	if b.cot[w] == nil {
		c := v.Clone()
		b.cot[w] = &c
	} else {
		b.cot[w].accumulate(v)
	}
	b.f.it.narrowed(b.cot[w])
}

// full is the cotangent of w, zero if nobody contributed.
func (b *backward) full(w category.WireID) Value {
	if b.cot[w] != nil {
		return *b.cot[w]
	}
	return zeroLike(b.f.env[w])
}

func (b *backward) run() error {
	for i := len(b.f.d.Nodes) - 1; i >= 0; i-- {
		n := b.f.d.Nodes[i]
		reached := false
		for _, w := range n.Out {
			reached = reached || b.cot[w] != nil
		}
		if _, _, any := b.f.actives(n); reached && any {
			if err := b.step(n); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *backward) step(n *category.Node) error {
	if n.Mode == category.Training && !b.f.training && n.Predicts != nil {
		return b.step(n.Predicts)
	}
	if n.Mode == category.Training && !b.f.training {
		for i, w := range n.Out {
			b.add(n.In[i], b.full(w))
		}
		return nil
	}
	switch op := n.Op.(type) {
	case *category.Call:
		return b.through(n, b.f.nested[n][0], b.outs(n), func(c *backward) { b.give(n, c) })
	case *category.Apply:
		if op.Prim.Decl.Each {
			return b.applyEach(n, op.Prim)
		}
		if op.Prim.Decl.Moves() {
			return b.moveBack(n, op.Prim)
		}
		return b.apply(n, op.Prim)
	case *category.Project:
		in := b.f.env[n.In[0]]
		v := zeroLike(in)
		if len(n.Out) == 1 {
			v.Parts[op.Index] = b.full(n.Out[0])
		} else {
			v.Parts[op.Index] = Tuple(b.outs(n)...)
		}
		b.add(n.In[0], v)
	case *category.Pack:
		b.unpack(n, op.Type)
	case *category.Map:
		return b.mapped(n, op)
	case *category.Repeat:
		return b.repeated(n, op)
	case *category.Grad:
		return &fault{n.Span, "there is no grad of a grad"}
	}
	return nil
}

func (b *backward) outs(n *category.Node) []Value {
	out := make([]Value, len(n.Out))
	for i, w := range n.Out {
		out[i] = b.full(w)
	}
	return out
}

// through runs the reverse pass of a nested frame.
func (b *backward) through(n *category.Node, g *frame, cot []Value, done func(*backward)) error {
	c := g.seed(cot)
	if err := c.run(); err != nil {
		return err
	}
	done(c)
	return nil
}

// give hands a nested frame's cotangents to the wires of its node.
func (b *backward) give(n *category.Node, c *backward) {
	for i, w := range c.f.d.Ins {
		if c.cot[w] != nil {
			b.add(n.In[i], *c.cot[w])
		}
	}
	if w := c.f.param(); w != category.NoWire && c.cot[w] != nil {
		b.add(n.Given, *c.cot[w])
	}
}

func (b *backward) unpack(n *category.Node, t *category.Type) {
	v := b.full(n.Out[0])
	at := 0
	for i, c := range components(t) {
		for _, p := range factors(v.Parts[i], c) {
			b.add(n.In[at], p)
			at++
		}
	}
}

func (b *backward) mapped(n *category.Node, op *category.Map) error {
	cot := b.outs(n)
	ins := make([]Value, len(n.In))
	for j, w := range n.In {
		ins[j] = zeroLike(b.f.env[w])
	}
	for i, g := range b.f.nested[n] {
		err := b.through(n, g, elements(cot, i, len(op.Body.Outs)), func(c *backward) {
			for j, w := range op.Body.Ins {
				switch {
				case c.cot[w] == nil:
				case len(ins) == 1 && len(op.Body.Ins) != 1:
					ins[0].Parts[i].Parts[j].accumulate(*c.cot[w])
				default:
					ins[j].Parts[i].accumulate(*c.cot[w])
				}
			}
			if w := c.f.param(); w != category.NoWire && c.cot[w] != nil {
				b.add(n.Given, *c.cot[w])
			}
		})
		if err != nil {
			return err
		}
	}
	for j, w := range n.In {
		b.add(w, ins[j])
	}
	return nil
}

func (b *backward) repeated(n *category.Node, op *category.Repeat) error {
	cot := b.outs(n)
	frames := b.f.nested[n]
	var params Value
	if n.Given != category.NoWire {
		params = zeroLike(b.f.env[n.Given])
	}
	carried := len(n.In)
	var folded Value
	if op.Over != category.Real {
		carried--
		folded = zeroLike(b.f.env[n.In[carried]])
	}
	for i := len(frames) - 1; i >= 0; i-- {
		err := b.through(n, frames[i], cot, func(c *backward) {
			for j, w := range op.Body.Ins[:carried] {
				cot[j] = c.full(w)
			}
			for j, w := range op.Body.Ins[carried:] {
				switch {
				case c.cot[w] == nil:
				case len(op.Body.Ins)-carried == 1:
					folded.Parts[i] = *c.cot[w]
				default:
					folded.Parts[i].Parts[j] = *c.cot[w]
				}
			}
			if w := c.f.param(); w != category.NoWire && c.cot[w] != nil {
				if op.Shared {
					params.accumulate(*c.cot[w])
				} else {
					params.Parts[i] = *c.cot[w]
				}
			}
		})
		if err != nil {
			return err
		}
	}
	if op.Over != category.Real {
		b.add(n.In[carried], folded)
	}
	for j, w := range n.In[:carried] {
		b.add(w, cot[j])
	}
	if n.Given != category.NoWire {
		b.add(n.Given, params)
	}
	return nil
}

// apply runs the reverse lines of a primitive.
func (b *backward) apply(n *category.Node, prim *category.Prim) error {
	run := b.f.runs[n]
	if len(run.p.revs) == 0 {
		return irreversible(n, prim)
	}
	m := *run.m
	m.tensors = append([][]float64(nil), run.m.tensors...)
	for i, q := range prim.Decl.Outs {
		if q.Kind == category.Real {
			run.p.set(&m, "d"+q.Name, b.full(n.Out[i]).Flat())
		}
	}
	if err := b.f.lines(run.p, &m, run.p.revs); err != nil {
		return err
	}
	for i, q := range prim.Decl.Ins {
		if d := run.p.get(&m, "d"+q.Name); d != nil && b.f.active[n.In[i]] {
			v := zeroLike(b.f.env[n.In[i]])
			v.fill(d)
			b.add(n.In[i], v)
		}
	}
	if len(prim.Decl.Given) == 0 || !b.f.active[n.Given] {
		return nil
	}
	t := b.f.d.TypeOf(n.Given)
	v := Zero(t)
	for i, part := range givenParts(prim.Decl, v, t) {
		name := "d" + prim.Decl.Given[i].Name
		// What is one for the whole batch, one example contributes for all.
		if d := run.p.get(&m, name); d != nil && (b.f.member == 0 || !prim.Decl.Pooled(name)) {
			copy(part.Data, d)
		}
	}
	b.add(n.Given, v)
	return nil
}

func irreversible(n *category.Node, prim *category.Prim) error {
	return &fault{n.Span, fmt.Sprintf("`%s` has no reverse lines, so nothing can be differentiated through it", prim.Decl.Name)}
}

func zeroLike(v Value) Value {
	z := v.Clone()
	z.clear()
	return z
}

func (v *Value) clear() {
	clear(v.Data)
	for i := range v.Parts {
		v.Parts[i].clear()
	}
}

// tangentOf drops the index-like parts of a cotangent of t.
func tangentOf(v Value, t *category.Type) Value {
	c := t.Carrier()
	switch c.Kind {
	case category.Record:
		out := Value{Form: Parts}
		for i, f := range c.Fields {
			if !category.NewTangent(f.Type).IsUnit() {
				out.Parts = append(out.Parts, tangentOf(v.Parts[i], f.Type))
			}
		}
		return out
	case category.Product:
		out := Value{Form: Parts}
		for i, it := range c.Items {
			if !it.IndexLike() {
				out.Parts = append(out.Parts, tangentOf(v.Parts[i], it))
			}
		}
		if len(out.Parts) == 1 {
			return out.Parts[0]
		}
		return out
	case category.Power, category.List:
		out := Value{Form: Parts}
		for _, p := range v.Parts {
			out.Parts = append(out.Parts, tangentOf(p, c.Elem))
		}
		return out
	}
	return v
}
