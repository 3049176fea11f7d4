package plan

import (
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// The rules that justify the lines of a reverse pass.
const (
	ruleSeed  = "mean† = 1/n"
	ruleAdd   = "copy† = add"
	ruleDrop  = "drop† = 0"
	ruleBatch = "copy† = add, over the examples"
)

// reversal is the reverse derivative of one grad: the cotangents of the
// values between its parameters and its loss.
type reversal struct {
	*lowering
	active map[vid]bool // depends on a parameter
	cots   map[vid]*cotangent
}

// cotangent is the adjoint of one value, gathered range by range.
type cotangent struct {
	id     ValueID
	spans  [][2]int // ranges assigned so far
	pieces bool     // some uses read ranges
	mixed  bool     // ranges overlap without being equal: start from zero
}

// reverse emits the reverse pass of the gradNode at index at.
func (l *lowering) reverse(at int, grad *node) {
	r := &reversal{l, map[vid]bool{}, map[vid]*cotangent{}}
	for i, p := range grad.wrt {
		r.active[p] = true
		id, placed := l.ids[grad.out[i]]
		if !placed {
			id = l.value(grad.out[i])
		}
		r.cots[p] = &cotangent{id: id}
	}
	for _, n := range l.g.nodes[:at] {
		if slices.ContainsFunc(n.operands(), func(x ref) bool { return r.active[x.v] }) && n.kind != gradNode && n.kind != stepNode {
			for _, v := range n.out {
				r.active[v] = l.g.vals[v].kind == category.Real
			}
		}
	}
	r.survey(at, grad)
	if r.active[grad.loss.v] {
		r.contribute(grad.loss, grad.span, func(target ValueID) {
			if l.p.Values[target].Batched {
				l.emit(Op{Kind: FillMean, Number: 1, Out: []ValueID{target}, Rule: ruleSeed, Span: grad.span, Via: grad.via})
			} else {
				l.fill(target, 1, "id† = 1", grad.span)
			}
		})
	}
	for i := at - 1; i >= 0; i-- {
		r.node(l.g.nodes[i])
	}
	for _, p := range grad.wrt {
		r.complete(p, grad.span)
	}
}

// survey finds values of which some uses read only ranges.
func (r *reversal) survey(at int, grad *node) {
	seen := map[vid]map[[2]int]bool{}
	note := func(x ref) {
		if !r.active[x.v] {
			return
		}
		if seen[x.v] == nil {
			seen[x.v] = map[[2]int]bool{}
		}
		seen[x.v][[2]int{x.start, x.start + x.size()}] = true
	}
	for _, n := range r.g.nodes[:at] {
		for _, x := range n.operands() {
			note(x)
		}
	}
	note(grad.loss)
	for v, spans := range seen {
		c := r.cot(v)
		for a := range spans {
			c.pieces = c.pieces || a[1]-a[0] != product(r.g.vals[v].dims)
			for b := range spans {
				if a != b && a[0] < b[1] && b[0] < a[1] {
					c.mixed = true
				}
			}
		}
	}
}

// cot is the cotangent of v; it gets a buffer when first written.
func (r *reversal) cot(v vid) *cotangent {
	c := r.cots[v]
	if c == nil {
		c = &cotangent{id: NoValue}
		r.cots[v] = c
	}
	return c
}

func (r *reversal) buffer(v vid) *cotangent {
	c := r.cot(v)
	if c.id == NoValue {
		x := &r.g.vals[v]
		batched := r.g.vals[r.g.resolve(ref{v: v}).v].batched
		c.id = r.add(Value{Name: "d_" + r.nameOf(v), Kind: category.Real, Dims: x.dims, Batched: batched,
			Store: WorkStore, Of: NoValue, Type: tangentOf(x.typ), Span: x.span})
	}
	return c
}

func (r *reversal) nameOf(v vid) string {
	if id, ok := r.ids[v]; ok {
		return r.p.Values[id].Name
	}
	return r.g.vals[v].name
}

func tangentOf(t *category.Type) *category.Type {
	if t == nil {
		return nil
	}
	return category.NewTangent(t)
}

// contribute lets write assign one contribution to the cotangent of x: into
// the cotangent itself where it is the first, else beside it and then added.
func (r *reversal) contribute(x ref, span diag.Span, write func(target ValueID)) {
	target, finish := r.begin(x, span)
	write(target)
	finish()
}

// begin returns where a contribution to x is to be assigned, and what to do
// once it has been.
func (r *reversal) begin(x ref, span diag.Span) (ValueID, func()) {
	c := r.buffer(x.v)
	if c.mixed && c.spans == nil {
		r.fill(c.id, 0, ruleDrop, span)
		c.spans = [][2]int{{0, product(r.g.vals[x.v].dims)}}
	}
	target := r.view(c.id, x.start, x.size(), x.shape())
	here := [2]int{x.start, x.start + x.size()}
	if !slices.ContainsFunc(c.spans, func(s [2]int) bool { return s[0] <= here[0] && here[1] <= s[1] }) {
		c.spans = append(c.spans, here)
		return target, func() {}
	}
	t := r.p.Values[target]
	extra := r.add(Value{Name: t.Name + "_more", Kind: t.Kind, Dims: t.Dims, Batched: t.Batched, Store: WorkStore, Of: NoValue, Type: t.Type, Span: t.Span})
	return extra, func() {
		r.emit(Op{Kind: Accumulate, Out: []ValueID{target}, In: []ValueID{extra}, Once: !t.Batched, Rule: ruleAdd, Span: span})
	}
}

// complete zeroes what nobody contributed to and returns the cotangent.
func (r *reversal) complete(v vid, span diag.Span) ValueID {
	c := r.buffer(v)
	size := product(r.g.vals[v].dims)
	at := 0
	slices.SortFunc(c.spans, func(a, b [2]int) int { return a[0] - b[0] })
	zero := func(from, to int) {
		if from < to {
			r.fill(r.view(c.id, from, to-from, []int{to - from}), 0, ruleDrop, span)
		}
	}
	for _, s := range c.spans {
		zero(at, s[0])
		at = max(at, s[1])
	}
	zero(at, size)
	c.spans = [][2]int{{0, size}}
	return c.id
}

// touched reports whether some output of n has a cotangent to pass on.
func (r *reversal) touched(n *node) bool {
	return slices.ContainsFunc(n.out, func(v vid) bool { return r.cots[v] != nil && r.cots[v].spans != nil })
}

func (r *reversal) node(n *node) {
	if !r.touched(n) || !slices.ContainsFunc(n.operands(), func(x ref) bool { return r.active[x.v] }) {
		return
	}
	switch n.kind {
	case primNode:
		r.prim(n)
	case handNode:
		r.handReverse(n)
	case copyNode:
		from := r.complete(n.out[0], n.span)
		r.contribute(n.in[0], n.span, func(target ValueID) {
			kind, rule := SumBatch, ruleBatch
			if r.p.Values[target].Batched == r.p.Values[from].Batched && r.p.Values[target].Size() == r.p.Values[from].Size() {
				kind, rule = Copy, "id† = id"
			}
			r.emit(Op{Kind: kind, Out: []ValueID{target}, In: []ValueID{from}, Once: !r.p.Values[from].Batched, Rule: rule, Span: n.span, Via: n.via})
		})
	}
}

// prim emits the reverse lines that some parameter needs.
func (r *reversal) prim(n *node) {
	decl := n.prim.Decl
	x := r.lines(n)
	for i, p := range slices.Concat(decl.Ins, decl.Given) {
		arg := slices.Concat(n.in, n.given)[i]
		if !r.active[arg.v] {
			continue
		}
		line := lineOf(decl, "d"+p.Name)
		if line == nil {
			if p.Kind != category.Real {
				continue
			}
			fail(n.span, "`%s` has no reverse line for `%s`, but a gradient needs it", decl.Name, p.Name)
		}
		r.contribute(arg, n.span, func(target ValueID) { x.emit(line, target) })
	}
}

func lineOf(d *category.PrimDecl, target string) *category.Equation {
	for i := range d.Reverse {
		if d.Reverse[i].Target == target {
			return &d.Reverse[i]
		}
	}
	return nil
}

// reverseLines knows the tensors that a node's reverse lines may mention.
type reverseLines struct {
	*reversal
	n      *node
	names  []string                   // in the kernel's order
	stored map[string]ValueID         // of values that exist
	cot    map[string]vid             // outputs by the name of their cotangent
	locals map[string]*category.Local // reverse intermediates
}

func (r *reversal) lines(n *node) *reverseLines {
	decl := n.prim.Decl
	x := &reverseLines{r, n, nil, map[string]ValueID{}, map[string]vid{}, map[string]*category.Local{}}
	put := func(name string, id ValueID) {
		if _, twice := x.stored[name]; !twice {
			x.names = append(x.names, name)
			x.stored[name] = id
		}
	}
	for i, p := range decl.Ins {
		put(p.Name, r.operand(n.in[i]))
	}
	for i, p := range decl.Given {
		put(p.Name, r.operand(n.given[i]))
	}
	for i, p := range decl.Outs {
		put(p.Name, r.value(n.out[i]))
	}
	for i, name := range keptLocals(decl) {
		put(name, r.value(n.kept[i]))
	}
	for i := range decl.Locals {
		if decl.Locals[i].Reverse {
			x.names = append(x.names, decl.Locals[i].Name)
			x.locals[decl.Locals[i].Name] = &decl.Locals[i]
		}
	}
	for i, p := range decl.Outs {
		x.names = append(x.names, "d"+p.Name)
		x.cot["d"+p.Name] = n.out[i]
	}
	return x
}

// emit computes one line into target, after the intermediates it reads.
func (x *reverseLines) emit(line *category.Equation, target ValueID) {
	mentioned := mentions(line.Expr)
	op := Op{Kind: Reverse, Prim: x.n.prim, Line: line.Target, Once: x.n.once, PerExample: x.n.perExample, Fold: x.n.count(),
		Rule: strings.TrimSuffix(x.n.prim.Decl.Name+"† "+line.Target, " "), Span: x.n.span, Via: x.n.via}
	for _, name := range x.names {
		if mentioned[name] {
			op.In = append(op.In, x.tensor(name))
			delete(mentioned, name)
		}
	}
	for name := range mentioned {
		fail(x.n.span, "the reverse line `%s` of `%s` reads `%s`, which is not kept", line.Target, x.n.prim.Decl.Name, name)
	}
	op.Out, op.Settings = []ValueID{target}, x.settings(x.n)
	x.reversal.emit(op)
}

func (x *reverseLines) tensor(name string) ValueID {
	if id, ok := x.stored[name]; ok {
		return id
	}
	if v, ok := x.cot[name]; ok {
		x.stored[name] = x.complete(v, x.n.span)
		return x.stored[name]
	}
	local := x.locals[name]
	line := lineOf(x.n.prim.Decl, name)
	if line == nil {
		fail(x.n.span, "`%s` has no line for `%s`", x.n.prim.Decl.Name, name)
	}
	dims := slices.Concat(x.n.fold, x.n.prim.PortShape(local.Port))
	id := x.add(Value{Name: x.n.prim.Decl.Name + "_" + snake(name), Kind: local.Kind, Dims: dims,
		Batched: !x.n.once, Store: WorkStore, Of: NoValue, Span: x.n.span})
	x.stored[name] = id
	x.emit(line, id)
	return id
}

// handReverse calls the reverse of a hand-written arrow, which gives all
// input tangents at once and adds to the parameters' tangent.
func (r *reversal) handReverse(n *node) {
	a := n.arrow
	op := Op{Kind: HandReverse, Arrow: a, Once: n.once, PerExample: n.perExample, Fold: n.count(), Rule: a.Name + "†", Span: n.span, Via: n.via}
	op.In = append(r.operands(slices.Concat(n.in, n.given)), r.outputs(n.out)...)
	for i, l := range a.Cod.Leaves() {
		if differentiable(&l) {
			op.In = append(op.In, r.complete(n.out[i], n.span))
		}
	}
	var finish []func()
	for i, l := range a.Dom.Leaves() {
		switch {
		case !differentiable(&l):
		case r.active[n.in[i].v]:
			target, done := r.begin(n.in[i], n.span)
			op.Out, finish = append(op.Out, target), append(finish, done)
		default:
			op.Out = append(op.Out, NoValue)
		}
	}
	for i, l := range a.Given.Leaves() {
		if !differentiable(&l) {
			continue
		}
		x := n.given[i]
		if r.active[x.v] {
			op.Out = append(op.Out, r.sum(x, n.span))
			continue
		}
		id := r.operand(x)
		v := r.p.Values[id]
		scratch := r.add(Value{Name: "unused_d_" + v.Name, Kind: category.Real, Dims: v.Dims, Batched: v.Batched, Store: WorkStore, Of: NoValue, Span: n.span})
		r.fill(scratch, 0, ruleDrop, n.span)
		op.Out = append(op.Out, scratch)
	}
	r.emit(op)
	for _, done := range finish {
		done()
	}
}

// sum returns the cotangent of x for a statement that adds to it: zeroed
// where nothing stands there yet.
func (r *reversal) sum(x ref, span diag.Span) ValueID {
	c := r.buffer(x.v)
	here := [2]int{x.start, x.start + x.size()}
	target := r.view(c.id, x.start, x.size(), x.shape())
	switch {
	case c.mixed && c.spans == nil:
		r.fill(c.id, 0, ruleDrop, span)
		c.spans = [][2]int{{0, product(r.g.vals[x.v].dims)}}
	case !slices.ContainsFunc(c.spans, func(s [2]int) bool { return s[0] <= here[0] && here[1] <= s[1] }):
		r.fill(target, 0, ruleDrop, span)
		c.spans = append(c.spans, here)
	}
	return target
}
