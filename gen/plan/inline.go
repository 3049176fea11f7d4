package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// maxNodes bounds what calls and repetitions may unfold to.
const maxNodes = 20_000

// inliner unfolds diagrams into one graph of leaves. Projections, records and
// identities leave no node behind: they only rename wires.
type inliner struct {
	g        *graph
	calls    []*category.Arrow // being unfolded, outermost first
	via      []diag.Span
	fold     []int
	training bool
	reversed bool // what is unfolded lies under a grad
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
			if passesLists(n.Op) {
				checkType(d.TypeOf(w), n.Span)
			} else {
				checkFixed(d.TypeOf(w), n.Span)
			}
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

// checkType refuses objects that are neither a fixed number of tensors nor a
// list of such.
func checkType(t *category.Type, span diag.Span) {
	if t.Kind == category.List {
		t = t.Elem
	}
	checkFixed(t, span)
}

// passesLists reports whether an operation may make a list of one.
func passesLists(op category.Op) bool {
	switch op := op.(type) {
	case *category.Call:
		return op.Arrow.Diagram != nil
	case *category.Apply, *category.Map:
		return true
	}
	return false
}

func checkFixed(t *category.Type, span diag.Span) {
	switch t.Kind {
	case category.List, category.Option:
		fail(span, "%s has no fixed size, and is no list of what has: there is no plan for it", t)
	case category.Text:
		fail(span, "Text has no plan: it is for data and hand-written arrows")
	case category.Power, category.Tangent:
		checkFixed(t.Elem, span)
	case category.Named:
		checkFixed(t.Object.Type, span)
	case category.Record:
		for i := range t.Fields {
			checkFixed(t.Fields[i].Type, span)
		}
	case category.Product:
		for _, it := range t.Items {
			checkFixed(it, span)
		}
	}
}

func (f *frame) set(w category.WireID, leaves []ref) {
	if w == category.NoWire {
		return
	}
	t := f.d.TypeOf(w)
	if want := len(leavesOf(t)); want != len(leaves) {
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
	if n.Mode == category.Training && !f.training && n.Predicts != nil {
		f.node(n.Predicts)
		return
	}
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
	if a.Diagram == nil && a.Partial {
		fail(n.Span, "`%s` may fail, and what may fail has no plan yet", a.Name)
	}
	if a.Diagram == nil || f.standsIn(a) {
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

func (f *frame) hand(cn *category.Node, a *category.Arrow) {
	if len(cn.Settings) > 0 {
		fail(cn.Span, "settings of the hand-written `%s` have no plan", a.Name)
	}
	n := f.newNode(handNode, cn.Span, slices.Concat(f.all(cn.In)...), f.get(cn.Given))
	n.arrow = a
	if a.Diagram != nil {
		n.uses = usesOf(a)
	}
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
