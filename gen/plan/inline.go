package plan

import (
	"slices"
	"strconv"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// maxNodes bounds what calls and repetitions may unfold to.
const maxNodes = 200_000

// inliner unfolds diagrams into one graph of leaves. Projections, records and
// identities leave no node behind: they only rename wires.
type inliner struct {
	g        *graph
	calls    []*category.Arrow // being unfolded, outermost first
	via      []diag.Span
	fold     []int
	training bool
}

// frame is one diagram being unfolded: the leaves of each of its wires.
type frame struct {
	*inliner
	d        *category.Diagram
	wires    [][]ref
	settings []setting
}

// diagram unfolds d on the given inputs and returns the leaves of its outputs.
func (in *inliner) diagram(d *category.Diagram, ins [][]ref, given, state []ref, settings []setting) [][]ref {
	if d.Seed != category.NoWire || len(d.Ports) > 0 {
		fail(spanOf(d), "randomness and running statistics have no plan yet")
	}
	f := &frame{in, d, make([][]ref, len(d.Wires)), settings}
	for i, w := range d.Ins {
		f.set(w, ins[i])
	}
	f.set(d.Given, given)
	f.set(d.State, state)
	for _, n := range d.Nodes {
		if len(in.g.nodes) > maxNodes {
			fail(n.Span, "this unfolds to more than %d operations", maxNodes)
		}
		for _, w := range n.Out {
			checkType(d.TypeOf(w), n.Span)
		}
		f.node(n)
	}
	outs := make([][]ref, len(d.Outs))
	for i, w := range d.Outs {
		outs[i] = f.wires[w]
	}
	return outs
}

func spanOf(d *category.Diagram) diag.Span {
	for _, n := range d.Nodes {
		if n.Span.Known() {
			return n.Span
		}
	}
	return diag.Span{}
}

// checkType refuses objects that are not a fixed number of tensors.
func checkType(t *category.Type, span diag.Span) {
	switch t.Kind {
	case category.List, category.Option:
		fail(span, "%s has no fixed size, so there is no plan for it", t)
	case category.Text:
		fail(span, "Text has no plan: it is for data and hand-written arrows")
	case category.Power, category.Tangent:
		checkType(t.Elem, span)
	case category.Named:
		checkType(t.Object.Type, span)
	case category.Record:
		for i := range t.Fields {
			checkType(t.Fields[i].Type, span)
		}
	case category.Product:
		for _, it := range t.Items {
			checkType(it, span)
		}
	}
}

func (f *frame) set(w category.WireID, leaves []ref) {
	if w == category.NoWire {
		return
	}
	t := f.d.TypeOf(w)
	if want := len(t.Leaves()); want != len(leaves) {
		fail(f.d.Wires[w].Span, "%s has %d tensors, but %d arrive", t, want, len(leaves))
	}
	f.wires[w] = leaves
	for _, r := range leaves {
		if v := &f.g.vals[r.v]; v.name == "" && len(leaves) == 1 {
			v.name = snake(f.d.Wires[w].Name)
		}
	}
}

func (f *frame) get(w category.WireID) []ref {
	if w == category.NoWire {
		return nil
	}
	return f.wires[w]
}

func (f *frame) all(ws []category.WireID) [][]ref {
	out := make([][]ref, len(ws))
	for i, w := range ws {
		out[i] = f.wires[w]
	}
	return out
}

func (f *frame) node(n *category.Node) {
	if n.Mode == category.Training && !f.training {
		for i, w := range n.Out {
			f.set(w, f.get(n.In[i]))
		}
		return
	}
	switch op := n.Op.(type) {
	case *category.Call:
		f.call(n, op.Arrow)
	case *category.Apply:
		f.apply(n, op.Prim)
	case *category.Project:
		f.project(n, op)
	case *category.Pack:
		f.pack(n, op.Type)
	case *category.Constant:
		f.constant(n, op.Value)
	case *category.Grad:
		f.grad(n, op.Body)
	case *category.Map:
		f.mapped(n, op)
	case *category.Repeat:
		f.repeat(n, op)
	default:
		fail(n.Span, "this operation has no plan")
	}
}

func (f *frame) call(n *category.Node, a *category.Arrow) {
	if a.Partial {
		fail(n.Span, "`%s` may fail, and what may fail has no plan yet", a.Name)
	}
	if a.Diagram == nil {
		f.hand(n, a)
		return
	}
	if slices.Contains(f.calls, a) {
		fail(n.Span, "`%s` calls itself", a.Name)
	}
	inner := *f.inliner
	inner.calls = append(slices.Clip(f.calls), a)
	if n.Span.Known() {
		inner.via = append(slices.Clip(f.via), n.Span)
	}
	outs := inner.diagram(a.Diagram, f.all(n.In), f.get(n.Given), nil, f.settingsOf(n))
	f.bind(n.Out, outs)
}

func (f *frame) bind(ws []category.WireID, leaves [][]ref) {
	for i, w := range ws {
		f.set(w, leaves[i])
	}
}

// settingsOf finds the numbers bound to a node's open settings: this
// diagram's own, or literals.
func (f *frame) settingsOf(n *category.Node) []setting {
	out := make([]setting, len(n.Settings))
	for i, w := range n.Settings {
		if k := slices.Index(f.d.Settings, w); k >= 0 {
			if k >= len(f.settings) {
				fail(n.Span, "a setting is not bound")
			}
			out[i] = f.settings[k]
			continue
		}
		rs := f.wires[w]
		if len(rs) != 1 || f.g.vals[rs[0].v].node == nil || f.g.vals[rs[0].v].node.kind != constNode {
			fail(n.Span, "a setting takes a number, not the result of an arrow")
		}
		out[i] = setting{number: f.g.vals[rs[0].v].node.number, v: noVal}
	}
	return out
}

// newNode adds a node that reads in and given. It folds as far as its
// operands do.
func (f *frame) newNode(kind nodeKind, span diag.Span, in, given []ref) *node {
	n := &node{kind: kind, in: in, given: given, span: span, via: f.via}
	if !span.Known() && len(f.via) > 0 {
		n.span, n.via = f.via[len(f.via)-1], f.via[:len(f.via)-1]
	}
	for _, r := range slices.Concat(in, given) {
		if len(r.fold) > len(n.fold) {
			n.fold = r.fold
		}
	}
	f.g.nodes = append(f.g.nodes, n)
	return n
}

// refs views what n wrote last as elements of its fold.
func (g *graph) refs(n *node, dims [][]int) []ref {
	out := make([]ref, len(n.out))
	for i, v := range n.out {
		out[i] = ref{v: v, fold: n.fold, dims: dims[i]}
	}
	return out
}

func (f *frame) hand(cn *category.Node, a *category.Arrow) {
	if len(cn.Settings) > 0 {
		fail(cn.Span, "settings of the hand-written `%s` have no plan", a.Name)
	}
	n := f.newNode(handNode, cn.Span, slices.Concat(f.all(cn.In)...), f.get(cn.Given))
	n.arrow = a
	for _, w := range cn.Out {
		t := f.d.TypeOf(w)
		var rs []ref
		for _, l := range t.Leaves() {
			v := f.g.output(n, leafName(f.d.Wires[w].Name, t, &l), l.Kind, l.Dims, t)
			rs = append(rs, ref{v: v, fold: n.fold, dims: l.Dims})
		}
		f.set(w, rs)
	}
}

// project takes one component. Of a record the leaves stand together; of a
// power they are ranges of the stacked leaves.
func (f *frame) project(n *category.Node, op *category.Project) {
	from := f.get(n.In[0])
	t := f.d.TypeOf(n.In[0]).Carrier()
	switch t.Kind {
	case category.Record:
		at, index := 0, -1
		for i := range t.Fields {
			if op.Field != "" && t.Fields[i].Name == op.Field || op.Field == "" && i == op.Index {
				index = i
				break
			}
			at += len(t.Fields[i].Type.Leaves())
		}
		if index < 0 {
			fail(n.Span, "%s has no such component", f.d.TypeOf(n.In[0]))
		}
		for _, w := range n.Out {
			k := len(f.d.TypeOf(w).Leaves())
			if at+k > len(from) {
				fail(n.Span, "%s has no such component", f.d.TypeOf(n.In[0]))
			}
			f.set(w, from[at:at+k])
			at += k
		}
	case category.Power:
		f.set(n.Out[0], f.element(from, op.Index, t.N, n.Span))
	default:
		fail(n.Span, "%s has no components", f.d.TypeOf(n.In[0]))
	}
}

// element is the i-th of the count things stacked in leaves.
func (f *frame) element(leaves []ref, i, count int, span diag.Span) []ref {
	out := make([]ref, len(leaves))
	for k, r := range leaves {
		if len(r.dims) == 0 || r.dims[0] != count || len(r.fold) > 0 || i < 0 || i >= count {
			fail(span, "an element of a power inside map has no plan")
		}
		out[k] = ref{v: r.v, start: r.start + i*product(r.dims[1:]), dims: r.dims[1:]}
	}
	return out
}

// pack builds a record by renaming. A power is built only from what already
// stands in a row.
func (f *frame) pack(n *category.Node, t *category.Type) {
	parts := f.all(n.In)
	c := t.Carrier()
	if c.Kind != category.Power {
		f.set(n.Out[0], slices.Concat(parts...))
		return
	}
	if c.N == 0 || len(parts) != c.N {
		fail(n.Span, "%s is not built from %d elements", t, len(parts))
	}
	stacked := make([]ref, len(parts[0]))
	for k, r := range parts[0] {
		for i, p := range parts {
			if q := p[k]; q.v != r.v || q.start != r.start+i*r.size() || len(q.fold) > 0 {
				fail(n.Span, "building %s from separate elements has no plan", t)
			}
		}
		stacked[k] = ref{v: r.v, start: r.start, dims: append([]int{c.N}, r.dims...)}
	}
	f.set(n.Out[0], stacked)
}

func (f *frame) constant(cn *category.Node, value float64) {
	for _, w := range cn.Out {
		t := f.d.TypeOf(w)
		var rs []ref
		for _, l := range t.Leaves() {
			n := f.newNode(constNode, cn.Span, nil, nil)
			n.number = value
			v := f.g.output(n, leafName(f.d.Wires[w].Name, t, &l), l.Kind, l.Dims, t)
			rs = append(rs, ref{v: v, dims: l.Dims})
		}
		f.set(w, rs)
	}
}

// grad unfolds the body on parameters that are wires of their own, so that
// the reverse pass follows the uses inside the body and no others.
func (f *frame) grad(cn *category.Node, body *category.Diagram) {
	if len(f.fold) > 0 {
		fail(cn.Span, "grad under map has no plan")
	}
	if len(body.Outs) != 1 {
		fail(cn.Span, "grad needs one real number")
	}
	given := f.get(cn.Given)
	n := &node{kind: gradNode, span: cn.Span, via: f.via}
	inner, own := f.own(cn.Given, given, n)
	inner.training = true
	loss := inner.diagram(body, f.all(cn.In), own, nil, f.settingsOf(cn))[0]
	if len(loss) != 1 || loss[0].size() != 1 || f.g.vals[loss[0].v].kind != category.Real {
		fail(cn.Span, "grad needs one real number")
	}
	n.loss = loss[0]
	f.g.nodes = append(f.g.nodes, n)
	var cots []ref
	for _, p := range n.wrt {
		v := f.g.vals[p]
		c := f.g.output(n, "d_"+v.name, category.Real, v.dims, v.typ)
		f.g.vals[c].averaged = true
		cots = append(cots, f.g.whole(c))
	}
	for _, w := range cn.Out {
		if w == cn.Out[len(cn.Out)-1] && len(cn.Out) > 1 && len(cots) == 0 {
			f.set(w, loss)
			continue
		}
		k := len(f.d.TypeOf(w).Leaves())
		if k > len(cots) {
			fail(cn.Span, "the tangent does not have the shape of its parameters")
		}
		f.set(w, cots[:k])
		cots = cots[k:]
	}
}

// own gives every differentiable parameter leaf an alias that n
// differentiates by.
func (f *frame) own(w category.WireID, given []ref, n *node) (*inliner, []ref) {
	inner := *f.inliner
	own := slices.Clone(given)
	if w == category.NoWire {
		return &inner, own
	}
	t := f.d.TypeOf(w)
	for i, l := range t.Leaves() {
		if differentiable(&l) {
			own[i] = f.g.parameter(given[i], leafName("", t, &l), n)
		}
	}
	return &inner, own
}

func (g *graph) parameter(of ref, name string, n *node) ref {
	name0 := g.vals[of.v].name
	if name0 != "" && g.covers(of) {
		name = name0
	}
	v := g.add(val{name: name, kind: category.Real, dims: of.shape(), typ: g.vals[of.v].typ, span: g.vals[of.v].span, alias: &of})
	n.wrt = append(n.wrt, v)
	return ref{v: v, dims: of.shape()}
}

// mapped runs the body once with the power's length folded into the batch.
func (f *frame) mapped(cn *category.Node, op *category.Map) {
	inner := *f.inliner
	inner.fold = append(slices.Clip(f.fold), op.N)
	ins := f.all(cn.In)
	for i, leaves := range ins {
		ins[i] = make([]ref, len(leaves))
		for k, r := range leaves {
			if len(r.dims) == 0 || r.dims[0] != op.N {
				fail(cn.Span, "map over %d elements meets %s", op.N, f.d.TypeOf(cn.In[i]))
			}
			ins[i][k] = ref{v: r.v, start: r.start, fold: append(slices.Clip(r.fold), op.N), dims: r.dims[1:]}
		}
	}
	outs := inner.diagram(op.Body, ins, f.get(cn.Given), nil, f.settingsOf(cn))
	for i, w := range cn.Out {
		leaves := make([]ref, len(outs[i]))
		for k, r := range outs[i] {
			if len(r.fold) == 0 {
				r = f.spread(r, []int{op.N}, cn.Span)
			}
			last := len(r.fold) - 1
			leaves[k] = ref{v: r.v, start: r.start, fold: r.fold[:last:last], dims: append([]int{op.N}, r.dims...)}
		}
		f.set(w, leaves)
	}
}

// spread repeats r over a fold.
func (f *frame) spread(r ref, fold []int, span diag.Span) ref {
	n := f.newNode(copyNode, span, []ref{r}, nil)
	n.fold = fold
	of := f.g.vals[r.v]
	v := f.g.output(n, of.name, of.kind, r.dims, of.typ)
	return ref{v: v, fold: fold, dims: r.dims}
}

// repeat runs the body N times, the i-th time on the i-th element of its
// stacked parameters.
func (f *frame) repeat(cn *category.Node, op *category.Repeat) {
	wires := f.all(cn.In)
	inner := *f.inliner
	for i := range op.N {
		given := f.get(cn.Given)
		if cn.Given != category.NoWire {
			given = f.element(given, i, op.N, cn.Span)
		}
		wires = inner.diagram(op.Body, wires, given, nil, f.settingsOf(cn))
	}
	f.bind(cn.Out, wires)
}

// leafName is the readable name of leaf l of an object of type t.
func leafName(wire string, t *category.Type, l *category.Leaf) string {
	base := snake(wire)
	if base == "" && len(l.Path) == 0 {
		base = typeName(t)
	}
	for _, p := range l.Path {
		if base != "" {
			base += "_"
		}
		base += snake(p)
	}
	if base != "" && base[0] >= '0' && base[0] <= '9' {
		base = "part_" + base
	}
	return base
}

func typeName(t *category.Type) string {
	switch t.Kind {
	case category.Named:
		return snake(t.Object.Name)
	case category.Tangent:
		return "d_" + typeName(t.Elem)
	case category.Power:
		if s := typeName(t.Elem); s != "" {
			return s + "s" + strconv.Itoa(t.N)
		}
	}
	return ""
}
