package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// forward prints an arrow for one example: a composite as the composition of
// the emitted functions, a lifted primitive as one kernel call.
func (e *emitter) forward(a *category.Arrow) *jen.Statement {
	s := e.signatureOf(a)
	if !composes(a.Diagram) {
		return e.forwardByPlan(s)
	}
	p := &forwardPrinter{e: e, s: s, d: a.Diagram, values: make([]wireValue, len(a.Diagram.Wires)), uses: useCounts(a.Diagram)}
	if prim := lone(a.Diagram); prim != nil && !prim.Decl.IdentityLike() && !prim.Decl.OverLists() {
		return e.lifted(p, prim)
	}
	p.bindInterface()
	p.nodes()
	results := p.outs()
	if a.Partial {
		results = append(results, jen.Nil())
	}
	p.stmts = append(p.stmts, jen.Return(results...))
	return e.doc(a, "is "+e.typeOf(a)).Add(e.head(s)).Add(resultList(e.results(a))).Add(body(p.stmts))
}

// resultList prints results with parentheses only where they are several.
func resultList(r []jen.Code) *jen.Statement {
	switch len(r) {
	case 0:
		return jen.Null()
	case 1:
		return jen.Add(r[0])
	}
	return jen.Params(r...)
}

// composes reports whether a diagram reads as plain Go calls, folds as loops of them. Gradients, own or
// called, repetition and maps over leaves or powers go through a plan.
func composes(d *category.Diagram) bool {
	for _, n := range d.Nodes {
		switch op := n.Op.(type) {
		case *category.Grad:
			return false
		case *category.Repeat:
			if op.Over == category.Real || !composes(op.Body) {
				return false
			}
		case *category.Map:
			if op.Over != category.List && op.Over != category.Option || !composes(op.Body) {
				return false
			}
		case *category.Call:
			if gradOf(op.Arrow.Diagram) != nil {
				return false // the function of a gradient assigns, it does not return one
			}
		case *category.Apply:
			if op.Prim.Decl.Each && !pointwise(op.Prim) {
				return false
			}
		}
		if n.Mode != category.Always {
			return false
		}
	}
	return d.State == category.NoWire && d.Seed == category.NoWire && len(d.Ports) == 0
}

// pointwise reports whether a primitive over objects acts on each number of
// one tensor by itself: it has a kernel of its inputs and outputs alone.
func pointwise(p *category.Prim) bool {
	d := p.Decl
	if d.State != "" || len(d.Given) > 0 || len(d.Settings) > 0 || p.Object == nil || len(p.Object.Leaves()) != 1 {
		return false
	}
	for _, port := range append(append([]category.Port{}, d.Ins...), d.Outs...) {
		if !port.Whole {
			return false
		}
	}
	return true
}

// lone returns the primitive of a diagram that applies one and nothing else.
func lone(d *category.Diagram) *category.Prim {
	if len(d.Nodes) != 1 || !slices.Equal(d.Nodes[0].Out, d.Outs) {
		return nil
	}
	if op, ok := d.Nodes[0].Op.(*category.Apply); ok {
		return op.Prim
	}
	return nil
}

// useCounts counts the readers of each wire that some output depends on.
func useCounts(d *category.Diagram) []int {
	uses := make([]int, len(d.Wires))
	count := func(ws ...category.WireID) {
		for _, w := range ws {
			if w != category.NoWire {
				uses[w]++
			}
		}
	}
	count(d.Outs...)
	for i := len(d.Nodes) - 1; i >= 0; i-- {
		if n := d.Nodes[i]; read(n, uses) {
			count(n.In...)
			count(n.Given)
			count(n.Settings...)
		}
	}
	return uses
}

// read reports whether anything reads an output of n.
func read(n *category.Node, uses []int) bool {
	return slices.ContainsFunc(n.Out, func(w category.WireID) bool { return uses[w] > 0 })
}

// wireValue is the Go expression that stands for a wire.
type wireValue struct {
	code    *jen.Statement
	pointer bool // code is a pointer to the value
	place   bool // code can be addressed
}

// forwardPrinter walks one diagram.
type forwardPrinter struct {
	e      *emitter
	s      *signature
	d      *category.Diagram
	values []wireValue
	uses   []int
	stmts  []jen.Code
}

// bindInterface gives the diagram's own wires the names of the signature.
func (p *forwardPrinter) bindInterface() {
	if p.d.Given != category.NoWire {
		p.values[p.d.Given] = wireValue{code: jen.Id(p.s.recv), pointer: true, place: true}
	}
	for i, w := range p.d.Ins {
		p.values[w] = wireValue{code: jen.Id(p.s.ins[i]), place: true}
	}
	for i, w := range p.d.Settings {
		p.values[w] = wireValue{code: jen.Id(p.s.settings[i]), place: true}
	}
}

// value prints wire w as a value.
func (p *forwardPrinter) value(w category.WireID) *jen.Statement {
	v := p.values[w]
	if v.pointer {
		return jen.Op("*").Add(v.code)
	}
	return jen.Add(v.code)
}

// pointer prints the address of wire w, which is stored first if need be.
func (p *forwardPrinter) pointer(w category.WireID) *jen.Statement {
	p.store(w)
	v := p.values[w]
	if v.pointer {
		return jen.Add(v.code)
	}
	return jen.Op("&").Add(v.code)
}

// place prints wire w as something a method can be called on or a field be
// taken of.
func (p *forwardPrinter) place(w category.WireID) *jen.Statement {
	p.store(w)
	return jen.Add(p.values[w].code)
}

// store gives wire w a variable of its own unless it has an address already.
func (p *forwardPrinter) store(w category.WireID) {
	if v := p.values[w]; !v.place {
		p.values[w] = wireValue{code: p.declare(w, v.code), place: true}
	}
}

func (p *forwardPrinter) declare(w category.WireID, value jen.Code) *jen.Statement {
	id := p.local(w)
	p.stmts = append(p.stmts, jen.Id(id).Op(":=").Add(value))
	return jen.Id(id)
}

// local names a wire: as the spec does, or after its object.
func (p *forwardPrinter) local(w category.WireID) string {
	wire := p.d.Wires[w]
	if wire.Name != "" {
		return p.s.scope.local(wire.Name)
	}
	return p.s.scope.local(p.e.typeWord(wire.Type, "y"))
}

// set records the value of a node's single output: in line where it is read
// once, in a variable where it is read more often.
func (p *forwardPrinter) set(w category.WireID, code *jen.Statement) {
	if p.uses[w] > 1 || p.d.Wires[w].Name != "" && p.uses[w] > 0 {
		p.values[w] = wireValue{code: p.declare(w, code), place: true}
		return
	}
	p.values[w] = wireValue{code: code}
}

func (p *forwardPrinter) outs() []jen.Code {
	out := make([]jen.Code, len(p.d.Outs))
	for i, w := range p.d.Outs {
		out[i] = p.value(w)
	}
	return out
}

// nodes prints what some output depends on. What may fail is run in any case.
func (p *forwardPrinter) nodes() {
	for _, n := range p.d.Nodes {
		if read(n, p.uses) || mayFail(n) {
			p.node(n)
		}
	}
}

// mayFail reports whether a node gives an error beside its results.
func mayFail(n *category.Node) bool {
	switch op := n.Op.(type) {
	case *category.Call:
		return op.Arrow.Partial
	case *category.Apply:
		return op.Prim.Decl.Partial
	case *category.Map:
		return slices.ContainsFunc(op.Body.Nodes, mayFail)
	}
	return false
}

func (p *forwardPrinter) node(n *category.Node) {
	switch op := n.Op.(type) {
	case *category.Map:
		p.mapped(n, op)
	case *category.Call:
		if op.Arrow.Partial {
			p.attemptCall(n, p.call(n, op.Arrow))
			return
		}
		p.assign(n, p.call(n, op.Arrow))
	case *category.Project:
		p.project(n, op)
	case *category.Pack:
		p.set(n.Out[0], p.pack(n, op.Type))
	case *category.Repeat:
		p.fold(n, op)
	case *category.Constant:
		p.set(n.Out[0], p.e.types.goType(p.d.TypeOf(n.Out[0])).Call(number(op.Value)))
	case *category.Apply:
		if op.Prim.Decl.IdentityLike() {
			p.set(n.Out[0], p.e.types.goType(p.d.TypeOf(n.Out[0])).Call(p.value(n.In[0])))
			return
		}
		if op.Prim.Decl.Moves() {
			p.move(n, op.Prim)
			return
		}
		p.apply(n, op.Prim)
	}
}

// assign spreads the results of a call over a node's outputs.
func (p *forwardPrinter) assign(n *category.Node, call *jen.Statement) {
	if len(n.Out) == 1 {
		p.set(n.Out[0], call)
		return
	}
	ids := make([]jen.Code, len(n.Out))
	for i, w := range n.Out {
		ids[i] = jen.Id("_")
		if p.uses[w] > 0 {
			id := p.local(w)
			p.values[w] = wireValue{code: jen.Id(id), place: true}
			ids[i] = jen.Id(id)
		}
	}
	p.stmts = append(p.stmts, jen.List(ids...).Op(":=").Add(call))
}

// call prints the application of a named arrow.
func (p *forwardPrinter) call(n *category.Node, a *category.Arrow) *jen.Statement {
	var args []jen.Code
	for _, w := range n.Settings {
		args = append(args, p.value(w))
	}
	for _, w := range n.In {
		args = append(args, p.value(w))
	}
	return p.e.call(a, p.e.funcs[a], p.state(n), args)
}

// state prints what a node is given, as emitter.call wants it.
func (p *forwardPrinter) state(n *category.Node) func(place bool) *jen.Statement {
	return func(place bool) *jen.Statement {
		if place {
			return p.place(n.Given)
		}
		return p.pointer(n.Given)
	}
}

func (p *forwardPrinter) project(n *category.Node, op *category.Project) {
	field := p.place(n.In[0])
	if op.Field != "" {
		field = field.Dot(exported(op.Field))
	} else {
		field = field.Index(jen.Lit(op.Index))
	}
	if len(n.Out) == 1 {
		p.values[n.Out[0]] = wireValue{code: field, place: true}
		return
	}
	for i, w := range n.Out {
		p.values[w] = wireValue{code: jen.Add(field).Dot(factorField(i)), place: true}
	}
}

// pack prints a composite literal.
func (p *forwardPrinter) pack(n *category.Node, t *category.Type) *jen.Statement {
	c := t.Carrier()
	fields := make([]jen.Code, len(n.In))
	for i, w := range n.In {
		fields[i] = p.value(w)
		if c.Kind == category.Record && i < len(c.Fields) {
			fields[i] = jen.Id(exported(c.Fields[i].Name)).Op(":").Add(p.value(w))
		}
	}
	return p.e.types.goType(t).Values(fields...)
}
