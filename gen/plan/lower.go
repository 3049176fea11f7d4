package plan

import (
	"slices"
	"strconv"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// lowering turns the nodes of a batched graph into the statements of a plan.
type lowering struct {
	g     *graph
	p     *Plan
	names uniquer
	ids   map[vid]ValueID
	views map[viewKey]ValueID
}

type viewKey struct {
	of          ValueID
	start, size int
}

func newLowering(g *graph, p *Plan) *lowering {
	return &lowering{g: g, p: p, names: uniquer{}, ids: map[vid]ValueID{}, views: map[viewKey]ValueID{}}
}

func (l *lowering) add(v Value) ValueID {
	v.Name = l.names.name(v.Name)
	l.p.Values = append(l.p.Values, v)
	return ValueID(len(l.p.Values) - 1)
}

// value is where v is stored; a workspace buffer unless it was placed before.
func (l *lowering) value(v vid) ValueID {
	id, ok := l.ids[v]
	if !ok {
		x := &l.g.vals[v]
		if x.node != nil && x.node.kind == moveNode {
			return l.shifted(v)
		}
		name := x.name
		if name == "" && x.node != nil && x.node.prim != nil {
			name = snake(x.node.prim.Decl.Name)
		}
		id = l.add(Value{Name: name, Kind: x.kind, Dims: x.dims, Batched: x.batched, Less: x.less, Store: WorkStore, Of: NoValue, Type: x.typ, Span: x.span})
		l.ids[v] = id
	}
	return id
}

// operand is the stored value that r reads.
func (l *lowering) operand(r ref) ValueID {
	r = l.g.resolve(r)
	return l.view(l.value(r.v), r.start, r.size(), r.shape())
}

// view is a range of a stored value: the value itself where it is all of it.
func (l *lowering) view(of ValueID, start, size int, dims []int) ValueID {
	base := &l.p.Values[of]
	if start == 0 && size == base.Size() {
		return of
	}
	key := viewKey{of, start, size}
	id, ok := l.views[key]
	if !ok {
		v := Value{Name: base.Name + "_" + strconv.Itoa(start/size), Kind: base.Kind, Dims: dims, Batched: base.Batched, Less: base.Less,
			Store: ViewStore, Of: of, Start: start, Type: base.Type, Span: base.Span}
		id = l.add(v)
		l.views[key] = id
	}
	return id
}

func (l *lowering) operands(rs []ref) []ValueID {
	out := make([]ValueID, len(rs))
	for i, r := range rs {
		out[i] = l.operand(r)
	}
	return out
}

func (l *lowering) outputs(vs []vid) []ValueID {
	out := make([]ValueID, len(vs))
	for i, v := range vs {
		out[i] = l.value(v)
	}
	return out
}

func (l *lowering) emit(op Op) {
	if op.Fold == 0 {
		op.Fold = 1
	}
	l.p.Ops = append(l.p.Ops, op)
}

// nodes lowers every node of the graph.
func (l *lowering) nodes() {
	for i, n := range l.g.nodes {
		switch n.kind {
		case primNode:
			if n.prim.Decl.ReadsBatch() {
				l.pooling(n)
				continue
			}
			l.emit(Op{Kind: Forward, Prim: n.prim, Out: l.outputs(slices.Concat(n.out, n.kept)),
				In: l.operands(slices.Concat(n.in, n.given)), Once: n.once, PerExample: n.perExample,
				Less: n.less, Fold: n.count(), Settings: l.settings(n), names: portNames(n.prim.Decl), Draws: n.prim.Decl.Draws, Rule: n.rule, Span: n.span, Via: n.via})
		case handNode:
			l.hand(n.arrow)
			l.emit(Op{Kind: Hand, Arrow: n.arrow, Out: l.outputs(n.out), In: l.operands(slices.Concat(n.in, n.given)),
				Once: n.once, PerExample: n.perExample, Less: n.less, Fold: n.count(), Span: n.span, Via: n.via})
		case constNode:
			l.emit(Op{Kind: Fill, Number: n.number, Out: l.outputs(n.out), Once: n.once, Rule: "literal", Span: n.span, Via: n.via})
		case copyNode:
			l.emit(Op{Kind: Copy, Out: l.outputs(n.out), In: l.operands(n.in), Once: n.once, Rule: "copy", Span: n.span, Via: n.via})
		case partNode:
			l.emit(Op{Kind: Part, Start: n.start, Out: l.outputs(n.out), In: l.operands(n.in), Once: n.once, Less: n.less, Fold: n.count(), Rule: "element of a power", Span: n.span, Via: n.via})
		case gradNode:
			l.reverse(i, n)
		case stepNode:
			l.step(n)
		}
	}
}

// count is the number of elements folded into each example. The lines of a
// leafwise primitive treat the elements of a leaf as examples.
func (n *node) count() int {
	fold := product(n.fold)
	if n.prim != nil && n.prim.Decl.Each && len(n.prim.Decl.Dims) == 0 {
		fold *= product(n.in[0].dims)
	}
	return fold
}

func (l *lowering) hand(a *category.Arrow) {
	if !slices.Contains(l.p.Hand, a) {
		l.p.Hand = append(l.p.Hand, a)
	}
}

// settings are the numbers of n's primitive in declaration order.
func (l *lowering) settings(n *node) []Scalar {
	var out []Scalar
	for i := range n.prim.Settings {
		s := n.settingOf(i)
		sc := Scalar{Const: s.number, Value: NoValue, Int: s.whole}
		if s.v != noVal {
			sc.Value = l.value(s.v)
		}
		out = append(out, sc)
	}
	return out
}

// fill assigns a number to a value.
func (l *lowering) fill(v ValueID, number float64, rule string, span diag.Span) {
	l.emit(Op{Kind: Fill, Number: number, Out: []ValueID{v}, Once: !l.p.Values[v].Batched, Rule: rule, Span: span})
}

// copy assigns one value to another.
func (l *lowering) copy(out, in ValueID, rule string, span diag.Span) {
	l.emit(Op{Kind: Copy, Out: []ValueID{out}, In: []ValueID{in}, Once: !l.p.Values[out].Batched, Rule: rule, Span: span})
}

// portNames lists the ports that a primitive reads.
func portNames(d *category.PrimDecl) []string {
	var out []string
	for _, p := range slices.Concat(d.Ins, d.Given) {
		out = append(out, p.Name)
	}
	return out
}
