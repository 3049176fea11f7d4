package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// traceable reports whether a diagram can be printed arrow by arrow. What
// cannot is run as a whole.
func traceable(d *category.Diagram) bool {
	if d.Seed != category.NoWire || len(d.Ports) > 0 {
		return false
	}
	for _, n := range d.Nodes {
		if !traceableNode(n) {
			return false
		}
	}
	return true
}

func traceableNode(n *category.Node) bool {
	if n.Mode != category.Always {
		return false
	}
	switch op := n.Op.(type) {
	case *category.Call:
		return !op.Arrow.Endo && gradOf(op.Arrow.Diagram) == nil
	case *category.Apply:
		return op.Prim.Decl.IdentityLike() || !op.Prim.Decl.Each || pointwise(op.Prim)
	case *category.Map:
		return traceable(op.Body)
	case *category.Repeat:
		return traceable(op.Body)
	case *category.Grad:
		return false
	}
	return true
}

// checkedPrinter walks a diagram as forwardPrinter does, with a check after
// each arrow.
type checkedPrinter struct {
	*forwardPrinter
	ch     *checked
	face   *checkedFace
	called map[*category.Arrow]int
	live   []int  // readers of each wire, those of the diagram's outputs included
	round  string // the variable of the repetition around, or ""
	rounds int    // how often the variable was printed
}

func (ch *checked) printer(f *checkedFace, d *category.Diagram) *checkedPrinter {
	return &checkedPrinter{
		forwardPrinter: &forwardPrinter{e: ch.emitter, s: f.signature, d: d, values: make([]wireValue, len(d.Wires)), uses: useCounts(d)},
		ch:             ch, face: f, called: map[*category.Arrow]int{}, live: useCounts(d),
	}
}

func (p *checkedPrinter) all() {
	for _, n := range p.d.Nodes {
		if read(n, p.live) {
			p.node(n)
		}
	}
}

func (p *checkedPrinter) node(n *category.Node) {
	switch op := n.Op.(type) {
	case *category.Call:
		p.call(n, op.Arrow)
	case *category.Apply:
		if op.Prim.Decl.IdentityLike() {
			p.forwardPrinter.node(n)
			return
		}
		p.apply(n, op.Prim)
	case *category.Map:
		p.mapped(n, op)
	case *category.Repeat:
		p.repeat(n, op)
	default:
		p.forwardPrinter.node(n)
	}
}

// fails returns the error of a call, if it gave one.
func (p *checkedPrinter) fails() jen.Code {
	return jen.If(jen.Id(p.face.err).Op("!=").Nil()).Block(jen.Return(jen.Id(p.face.err)))
}

func (p *checkedPrinter) attempt(call jen.Code) {
	p.stmts = append(p.stmts, jen.If(jen.Id(p.face.err).Op(":=").Add(call), jen.Id(p.face.err).Op("!=").Nil()).Block(jen.Return(jen.Id(p.face.err))))
}

// call prints the checked form of a named arrow.
func (p *checkedPrinter) call(n *category.Node, a *category.Arrow) {
	if p.e.foreign[a.Category] != nil {
		p.callForeign(n, a)
		return
	}
	args := []jen.Code{p.trace(n, a)}
	for _, w := range n.Settings {
		args = append(args, p.value(w))
	}
	for _, w := range n.In {
		args = append(args, p.value(w))
	}
	call := p.ch.call(a, p.ch.funcs[a], p.state(n), args)
	results := make([]jen.Code, len(n.Out), len(n.Out)+1)
	some := false
	for i, w := range n.Out {
		results[i] = jen.Id("_")
		if p.uses[w] > 0 {
			id := p.local(w)
			p.values[w] = wireValue{code: jen.Id(id), place: true}
			results[i] = jen.Id(id)
			some = true
		}
	}
	results = append(results, jen.Id(p.face.err))
	assign := jen.List(results...).Op(":=").Add(call)
	if some {
		p.stmts = append(p.stmts, assign, p.fails())
		return
	}
	p.stmts = append(p.stmts, jen.If(assign, jen.Id(p.face.err).Op("!=").Nil()).Block(jen.Return(jen.Id(p.face.err))))
}

// callForeign prints the call of an imported arrow, of whose inside its own
// package knows: what it takes and gives is checked.
func (p *checkedPrinter) callForeign(n *category.Node, a *category.Arrow) {
	var in, out, args, results []jen.Code
	for _, w := range n.Settings {
		args = append(args, p.value(w))
	}
	for _, w := range n.In {
		in = append(in, p.ch.operand(p.d.TypeOf(w), p.pointer(w)))
		args = append(args, p.value(w))
	}
	if n.Given != category.NoWire {
		in = append(in, p.ch.parameter(p.d.TypeOf(n.Given), p.pointer(n.Given)))
	}
	for _, w := range n.Out {
		id := p.local(w)
		p.values[w] = wireValue{code: jen.Id(id), place: true}
		p.stmts = append(p.stmts, jen.Var().Id(id).Add(p.e.types.goType(p.d.TypeOf(w))))
		out = append(out, p.ch.operand(p.d.TypeOf(w), jen.Op("&").Id(id)))
		results = append(results, jen.Id(id))
	}
	call := p.e.call(a, p.e.funcs[a], p.state(n), args)
	if len(results) > 0 {
		call = jen.List(results...).Op("=").Add(call)
	}
	p.attempt(checkedRun(p.trace(n, a), "Arrow", p.e.title(a), cite(a.Span), in, out, jen.Func().Params().Block(call)))
}

// trace prints the trace as an arrow gets it: it says which use this is where
// the arrow's name alone does not.
func (p *checkedPrinter) trace(n *category.Node, a *category.Arrow) *jen.Statement {
	s := jen.Id(p.face.trace)
	p.called[a]++
	label := p.label(n.Given)
	switch {
	case label != "" && label != a.Name:
		s = s.Dot("Use").Call(jen.Lit("as " + label))
	case p.called[a] > 1:
		s = s.Dot("Use").Call(jen.Lit("#" + strconv.Itoa(p.called[a])))
	}
	return p.inRound(s)
}

func (p *checkedPrinter) inRound(trace *jen.Statement) *jen.Statement {
	if p.round == "" {
		return trace
	}
	p.rounds++
	return trace.Dot("Round").Call(jen.Id(p.round))
}

// label is the field of the gathered parameters that a wire carries, or "". A
// state has no such fields.
func (p *checkedPrinter) label(w category.WireID) string {
	if p.d.State != category.NoWire {
		return ""
	}
	for _, n := range p.d.Nodes {
		if op, ok := n.Op.(*category.Project); ok && w != category.NoWire && len(n.Out) == 1 && n.Out[0] == w {
			return op.Field
		}
	}
	return ""
}

// apply prints a primitive that a term uses without naming it.
func (p *checkedPrinter) apply(n *category.Node, prim *category.Prim) {
	var in, out []jen.Code
	for _, w := range n.Out {
		id := p.local(w)
		p.values[w] = wireValue{code: jen.Id(id), place: true}
		p.stmts = append(p.stmts, jen.Var().Id(id).Add(p.e.types.goType(p.d.TypeOf(w))))
		out = append(out, p.ch.operand(p.d.TypeOf(w), jen.Op("&").Id(id)))
	}
	for _, w := range n.In {
		in = append(in, p.ch.operand(p.d.TypeOf(w), p.pointer(w)))
	}
	if n.Given != category.NoWire {
		in = append(in, p.ch.parameter(p.d.TypeOf(n.Given), p.pointer(n.Given)))
	}
	call := p.kernelCall(n, prim)
	p.attempt(checkedRun(p.inRound(jen.Id(p.face.trace)), "Arrow", prim.Decl.Name, cite(n.Span), in, out, jen.Func().Params().Block(call)))
}
