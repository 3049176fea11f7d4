package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// NewForward plans d: batched data in, batched outputs out. An output that comes
// from a gradient is one for the whole batch, the mean over the examples.
func NewForward(c *category.Category, name string, d *category.Diagram, layout Layout) (p *Plan, err error) {
	defer guard(&err)
	b := newBuilder(c, name, spanOf(d))
	b.layout = layout
	ins := b.data(d, true)
	var given []ref
	if d.Given != category.NoWire {
		given = b.arguments(ParamArg, 0, d.TypeOf(d.Given), d.Wires[d.Given].Name)
	}
	in := &inliner{g: b.g}
	outs := in.diagram(d, ins, given, nil, b.settings(d))
	for _, o := range outs {
		b.g.roots = append(b.g.roots, o...)
	}
	b.passes()
	l := b.lowering()
	var copies []func()
	for i, w := range d.Outs {
		t := d.TypeOf(w)
		for k, leaf := range leavesOf(t) {
			if done := b.output(l, i, t, d.Wires[w].Name, leaf, outs[i][k]); done != nil {
				copies = append(copies, done)
			}
		}
	}
	l.nodes()
	for _, done := range copies {
		done()
	}
	return b.finish(l), nil
}

// NewGradient plans grad body: data and parameters in, the cotangents of the
// parameters out, averaged over the batch; it returns the loss.
func NewGradient(c *category.Category, name string, body *category.Diagram) (p *Plan, err error) {
	defer guard(&err)
	b := newBuilder(c, name, spanOf(body))
	if body.Given == category.NoWire || len(body.Outs) != 1 {
		fail(b.span, "grad needs an arrow with parameters to one real number")
	}
	ins := b.data(body, true)
	t := body.TypeOf(body.Given)
	given := b.arguments(ParamArg, 0, t, body.Wires[body.Given].Name)
	in := &inliner{g: b.g, training: true, reversed: true}
	n := &node{kind: gradNode, span: b.span}
	leaves := t.Leaves()
	for i := range leaves {
		if differentiable(&leaves[i]) {
			given[i] = b.g.parameter(given[i], "", n)
		}
	}
	loss := in.diagram(body, ins, given, nil, b.settings(body))[0]
	if len(loss) != 1 || loss[0].size() != 1 || b.g.vals[loss[0].v].kind != category.Real {
		fail(b.span, "grad needs an arrow to one real number")
	}
	n.loss = loss[0]
	b.g.nodes = append(b.g.nodes, n)
	tangent := category.NewTangent(t)
	targets := tangent.Leaves()
	if len(targets) != len(n.wrt) {
		fail(b.span, "the tangent does not have the shape of its parameters")
	}
	for i, v := range n.wrt {
		x := b.g.vals[v]
		c := b.g.output(n, "d_"+x.name, category.Real, x.dims, tangent)
		b.args = append(b.args, Arg{Role: CotangentArg, Type: tangent, Leaf: targets[i]})
		b.argVals = append(b.argVals, c)
		b.g.roots = append(b.g.roots, b.g.whole(c))
	}
	b.g.roots = append(b.g.roots, loss[0])
	b.passes()
	l := b.lowering()
	l.nodes()
	l.p.Result = l.operand(loss[0])
	return b.finish(l), nil
}

// NewStep plans an endo: its state is updated in place. It returns the loss of
// the gradient inside, if there is one.
func NewStep(c *category.Category, endo *category.Arrow, layout Layout) (p *Plan, err error) {
	p, err = stepPlan(c, endo, layout, true)
	if err == error(errBatchedState) {
		return stepPlan(c, endo, layout, false)
	}
	return p, err
}

func stepPlan(c *category.Category, endo *category.Arrow, layout Layout, batched bool) (p *Plan, err error) {
	defer guard(&err)
	d := endo.Diagram
	if d == nil || d.State == category.NoWire || len(d.Outs) != 1 {
		fail(endo.Span, "`%s` is not an endo with a diagram", endo.Name)
	}
	b := newBuilder(c, endo.Name, endo.Span)
	b.layout = layout
	ins := b.data(d, batched)
	state := b.arguments(StateArg, 0, d.TypeOf(d.State), d.Wires[d.State].Name)
	roots := make([]vid, len(state))
	for i, r := range state {
		roots[i] = r.v
	}
	in := &inliner{g: b.g, training: true}
	given := []ref(nil)
	if d.Given != category.NoWire {
		fail(endo.Span, "an endo takes its parameters from its state")
	}
	next := in.diagram(d, ins, given, state, b.settings(d))[0]
	if len(next) != len(state) {
		fail(endo.Span, "`%s` does not give back its state", endo.Name)
	}
	b.g.roots = slices.Clone(next)
	b.own = roots
	b.passes()
	for _, r := range next {
		if b.g.vals[b.g.resolve(r).v].batched {
			panic(errBatchedState)
		}
	}
	l := b.lowering()
	l.p.Single = !batched
	l.place(roots, next)
	l.nodes()
	l.store(roots, next)
	l.advance(roots, next)
	for _, n := range b.g.nodes {
		if n.kind == gradNode && l.p.Result == NoValue {
			l.p.Result = l.operand(n.loss)
		}
	}
	return b.finish(l), nil
}

// builder gathers a plan's arguments and its graph.
type builder struct {
	c       *category.Category
	name    string
	span    diag.Span
	g       *graph
	layout  Layout
	own     []vid // state leaves, parallel to the roots of a step
	args    []Arg
	argVals []vid // parallel to args; output arguments come later
}

func newBuilder(c *category.Category, name string, span diag.Span) *builder {
	g := &graph{leaves: map[vid]category.Leaf{}}
	if c != nil {
		g.standIns = c.StandIns
	}
	return &builder{c: c, name: name, span: span, g: g}
}

// arguments adds the leaves of one object of the interface.
func (b *builder) arguments(role ArgRole, index int, t *category.Type, name string) []ref {
	checkType(t, b.span)
	if role == ParamArg || role == StateArg {
		name = "" // paths and objects say more than "state"
	}
	var out []ref
	for _, l := range leavesOf(t) {
		v := b.g.add(val{name: leafName(name, t, &l), kind: l.Kind, dims: l.Dims, typ: t, span: b.span})
		if role == ParamArg || role == StateArg {
			b.g.leaves[v] = l
		}
		b.args = append(b.args, Arg{Role: role, Index: index, Type: t, Leaf: l})
		b.argVals = append(b.argVals, v)
		out = append(out, ref{v: v, dims: l.Dims})
	}
	return out
}

// data adds the domain.
func (b *builder) data(d *category.Diagram, batched bool) [][]ref {
	out := make([][]ref, len(d.Ins))
	b.list(d)
	for i, w := range d.Ins {
		out[i] = b.arguments(DataArg, i, d.TypeOf(w), d.Wires[w].Name)
		for _, r := range out[i] {
			b.g.vals[r.v].batched = batched
			if b.g.list {
				b.g.vals[r.v].batched = d.TypeOf(w).Carrier().Kind == category.List
			}
		}
	}
	return out
}

// settings adds the open settings.
func (b *builder) settings(d *category.Diagram) []setting {
	var out []setting
	for i, w := range d.Settings {
		for _, r := range b.arguments(SettingArg, i, d.TypeOf(w), d.Wires[w].Name) {
			out = append(out, setting{v: r.v})
		}
	}
	return out
}

func (b *builder) passes() {
	if b.layout != Declared {
		b.g.prune()
		b.g.store(b.own)
	}
	if b.c != nil {
		b.g.rewrite(b.c.Rewrites)
	}
	b.g.prune()
	if b.c != nil {
		b.g.rows(b.c.Row)
	}
	b.g.batch()
	b.g.prune() // literals that only their batched copies stood for
}

// lowering starts the plan with the arguments in signature order.
func (b *builder) lowering() *lowering {
	l := newLowering(b.g, &Plan{Name: b.name, Span: b.span, Result: NoValue, Keep: NoValue})
	order := make([]int, len(b.args))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return int(b.args[x].Role) - int(b.args[y].Role) })
	for _, i := range order {
		a := b.args[i]
		x := b.g.vals[b.argVals[i]]
		a.Turn = x.turn
		a.Value = l.argument(x.name, a, x.batched)
		l.p.Values[a.Value].Dims = x.dims
		l.ids[b.argVals[i]] = a.Value
		l.p.Args = append(l.p.Args, a)
	}
	return l
}

func (l *lowering) argument(name string, a Arg, batched bool) ValueID {
	return l.add(Value{Name: name, Kind: a.Leaf.Kind, Dims: a.Leaf.Dims, Batched: batched, Store: ArgStore, Of: NoValue, Type: a.Type, Span: l.p.Span})
}

// output adds an output argument. What computes r writes it directly where it
// can; else the returned function copies it in the end.
func (b *builder) output(l *lowering, i int, t *category.Type, name string, leaf category.Leaf, r ref) func() {
	root := b.g.resolve(r)
	x := &b.g.vals[root.v]
	a := Arg{Role: OutputArg, Index: i, Type: t, Leaf: leaf}
	if name = leafName(name, t, &leaf); name == "" {
		name = x.name
	}
	a.Value = l.argument(name, a, x.batched || !x.averaged)
	l.p.Values[a.Value].Less = x.less
	l.p.Args = append(l.p.Args, a)
	_, placed := l.ids[root.v]
	direct := !placed && x.node != nil && b.g.covers(root)
	if direct && (x.batched || x.averaged || x.node.kind == constNode && b.onlyRoot(root.v)) {
		l.ids[root.v] = a.Value
		return nil
	}
	return func() { l.copy(a.Value, l.operand(r), "id", b.span) }
}

// onlyRoot reports whether no node reads v.
func (b *builder) onlyRoot(v vid) bool {
	for _, n := range b.g.nodes {
		if slices.ContainsFunc(n.operands(), func(r ref) bool { return r.v == v }) {
			return false
		}
	}
	return true
}

// finish lays the plan out.
func (b *builder) finish(l *lowering) *Plan {
	l.p.List, l.p.Least = b.g.list, b.g.least
	l.p.Generic = len(l.p.Hand) == 0
	if b.layout.owned() {
		fuse(l.p, b.layout == Parted)
		constants(l.p)
		share(l.p)
	}
	layout(l.p, b.layout.owned())
	if b.layout.owned() {
		waits(l.p)
	}
	return l.p
}
