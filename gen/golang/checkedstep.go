package golang

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// checkedStep prints the checked forms of an endo: a function that looks at
// one example, the update by one example, and a trainer.
type checkedStep struct {
	ch   *checked
	endo *category.Arrow
	t    *trainer
	look string // the function that looks at one example
	name string // of the trainer
}

func (ch *checked) endo(a *category.Arrow) []jen.Code {
	i := slices.IndexFunc(ch.trainers, func(t *trainer) bool { return t.endo == a })
	if i < 0 {
		return nil
	}
	t := ch.trainers[i]
	s := &checkedStep{ch: ch, endo: a, t: t, look: ch.names.claim("check"+exported(a.Name), "Example"), name: ch.names.claim("Checked"+t.name, "Type")}
	ch.steps = append(ch.steps, s)
	out := []jen.Code{s.lookAt(), s.update(), s.typ(), s.constructor(), s.trace(), s.step()}
	copied := *t
	copied.name, copied.short = s.name, nil
	if len(a.Dom.Factors()) > 0 {
		out = append(out, copied.epoch(ch.emitter))
	}
	return out
}

// lookAt prints what an endo computes from one example before the update:
// the arrows, and the derivative.
func (s *checkedStep) lookAt() *jen.Statement {
	a, ch := s.endo, s.ch
	f := ch.face(a)
	p := ch.printer(f, a.Diagram)
	for i, w := range a.Diagram.Ins {
		p.values[w] = wireValue{code: jen.Id(f.ins[i]), place: true}
	}
	for i, w := range a.Diagram.Settings {
		p.values[w] = wireValue{code: jen.Id(f.settings[i]), place: true}
	}
	if w := a.Diagram.State; w != category.NoWire {
		p.values[w] = wireValue{code: jen.Id(f.recv), pointer: true, place: true}
	}
	p.beforeUpdate()
	params := append([]jen.Code{jen.Id(f.trace).Op("*").Add(rt("Trace")), jen.Id(f.recv).Op("*").Add(ch.types.goType(a.State))}, ch.inputs(f.signature)...)
	return comment(s.look + " checks what " + a.Name + " computes from one example, before the update (" + cite(a.Span) + ").").Line().
		Func().Id(s.look).Params(params...).Error().Block(
		jen.Return(checkedRun(jen.Id(f.trace), "Composite", a.Name, cite(a.Span), f.in(), nil, f.closure(append(p.stmts, jen.Return(jen.Nil()))))))
}

// beforeUpdate prints the nodes that depend on no derivative, and the
// derivatives.
func (p *checkedPrinter) beforeUpdate() {
	after := make([]bool, len(p.d.Wires))
	late := func(n *category.Node) bool {
		return slices.ContainsFunc(slices.Concat(n.In, n.Settings, []category.WireID{n.Given}), func(w category.WireID) bool {
			return w != category.NoWire && after[w]
		})
	}
	var nodes []*category.Node
	p.uses = make([]int, len(p.d.Wires))
	for _, n := range p.d.Nodes {
		if late(n) || !read(n, p.live) || !differentiates(n) && !traceableNode(n) {
			for _, w := range n.Out {
				after[w] = true
			}
			continue
		}
		if differentiates(n) {
			for _, w := range n.Out {
				after[w] = true
			}
		}
		nodes = append(nodes, n)
		for _, w := range slices.Concat(n.In, n.Settings, []category.WireID{n.Given}) {
			if w != category.NoWire {
				p.uses[w]++
			}
		}
	}
	for _, n := range nodes {
		if op, ok := n.Op.(*category.Call); ok && differentiates(n) && p.e.foreign[op.Arrow.Category] != nil {
			continue // its lines are in its own package
		}
		if differentiates(n) {
			p.derivative(n)
		} else {
			p.node(n)
		}
	}
}

// differentiates reports whether a node is a derivative, or calls one.
func differentiates(n *category.Node) bool {
	switch op := n.Op.(type) {
	case *category.Grad:
		return n.Mode == category.Always
	case *category.Call:
		return gradOf(op.Arrow.Diagram) != nil
	}
	return false
}

// derivative prints a derivative whose result is only looked at.
func (p *checkedPrinter) derivative(n *category.Node) {
	t := p.d.TypeOf(n.Out[0])
	id := p.s.scope.local("gradient")
	p.stmts = append(p.stmts, jen.Id(id).Op(":=").New(p.e.types.goType(t)))
	if op, ok := n.Op.(*category.Call); ok {
		args := []jen.Code{p.trace(n, op.Arrow), jen.Id(id)}
		for _, w := range slices.Concat(n.Settings, n.In) {
			args = append(args, p.value(w))
		}
		call := p.ch.call(op.Arrow, p.ch.funcs[op.Arrow], p.state(n), args)
		p.stmts = append(p.stmts, jen.If(jen.List(jen.Id("_"), jen.Id(p.face.err)).Op(":=").Add(call), jen.Id(p.face.err).Op("!=").Nil()).
			Block(jen.Return(jen.Id(p.face.err))))
		return
	}
	p.pointerTo(n.Given)
	var in []jen.Code
	for _, w := range n.In {
		in = append(in, p.ch.operand(p.d.TypeOf(w), p.pointer(w)))
	}
	in = append(in, p.ch.parameter(p.d.TypeOf(n.Given), p.pointer(n.Given)))
	outer := p.stmts
	p.stmts = nil
	p.differentiate(n, id, "")
	body := append(p.stmts, jen.Return(jen.Nil()))
	p.stmts = outer
	name := strings.TrimSpace("grad " + p.e.gradTitle(gradBody(n), ""))
	p.attempt(checkedRun(jen.Id(p.face.trace), "Composite", name, cite(n.Span),
		in, []jen.Code{p.ch.operand(t, jen.Id(id))}, p.face.closure(body)))
}

// updater names what makes the next state: the optimizer.
func (s *checkedStep) updater() (name, line string) {
	d := s.endo.Diagram
	for _, n := range d.Nodes {
		if !slices.Contains(n.Out, d.Outs[0]) {
			continue
		}
		switch op := n.Op.(type) {
		case *category.Apply:
			return op.Prim.Decl.Name, cite(n.Span)
		case *category.Call:
			return op.Arrow.Name, cite(op.Arrow.Span)
		}
	}
	return s.endo.Name, cite(s.endo.Span)
}

// looks prints the checks after an update: of the loss, and of the state.
func (s *checkedStep) looks(trace, state jen.Code, loss string, settings []string) jen.Code {
	var given []jen.Code
	for i, o := range s.endo.Open {
		given = append(given, s.ch.setting(o, settings[i]))
	}
	look := func(name, line string, in []jen.Code, out jen.Code) jen.Code {
		return checkedRun(jen.Add(trace), "Look", name, line, in, []jen.Code{out})
	}
	name, line := s.updater()
	ofState := look(name, line, given, s.ch.operand(s.endo.State, state))
	if loss == "" {
		return ofState
	}
	ofLoss := look(s.endo.Name, cite(s.endo.Span), nil, s.ch.operand(s.t.loss, jen.Op("&").Id(loss)))
	return rt("First").Call(jen.Line().Add(ofLoss), jen.Line().Add(ofState))
}

// update prints the method of the state that takes one example.
func (s *checkedStep) update() *jen.Statement {
	a, ch := s.endo, s.ch
	var types []*category.Type
	loss := ""
	if s.t.loss != nil {
		types = []*category.Type{s.t.loss}
	}
	f := ch.face(a, types...)
	if len(f.outs) > 0 {
		loss = f.outs[0]
	}
	args := append(ids(f.settings), ids(f.ins)...)
	check := jen.Id(s.look).Call(append([]jen.Code{jen.Id(f.trace), jen.Id(f.recv)}, args...)...)
	step := ch.call(a, ch.emitter.funcs[a], pointerIn(f.recv), args)
	if loss != "" {
		step = jen.Id(loss).Op("=").Add(step)
	}
	after := s.looks(jen.Id(f.trace), jen.Id(f.recv), loss, f.settings)
	return comment(f.name+" is "+ch.emitter.funcs[a]+" with each arrow and each line of the derivative checked before the update, and").Line().
		Add(comment("the state after it ("+cite(a.Span)+").")).Line().
		Add(f.head()).Add(f.results(types)).Block(
		jen.If(jen.Id(f.err).Op("=").Add(check), jen.Id(f.err).Op("!=").Nil()).Block(f.returns()),
		step,
		jen.Return(append(ids(f.outs), after)...),
	)
}
