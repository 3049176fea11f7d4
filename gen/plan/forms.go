package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

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
	inner.training, inner.reversed = true, true
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
	if op.Over == category.List {
		f.overList(cn, op)
		return
	}
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
	outs := inner.diagram(op.Body, split(ins, op.Body), f.get(cn.Given), nil, f.settingsOf(cn))
	for i, w := range cn.Out {
		made := outs[i]
		if len(cn.Out) == 1 {
			made = slices.Concat(outs...)
		}
		leaves := make([]ref, len(made))
		for k, r := range made {
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
// stacked parameters, unless all take the same ones, and of what it folds.
func (f *frame) repeat(cn *category.Node, op *category.Repeat) {
	wires := f.all(cn.In)
	var folded []ref
	if op.Over != category.Real {
		last := len(wires) - 1
		wires, folded = wires[:last:last], wires[last]
	}
	inner := *f.inliner
	for i := range op.N {
		given := f.get(cn.Given)
		if cn.Given != category.NoWire && !op.Shared {
			given = f.element(given, i, op.N, cn.Span)
		}
		ins := wires
		if folded != nil {
			rest := f.element(folded, i, op.N, cn.Span)
			for _, w := range op.Body.Ins[len(wires):] {
				k := len(op.Body.TypeOf(w).Leaves())
				ins, rest = append(ins, rest[:k:k]), rest[k:]
			}
		}
		wires = inner.diagram(op.Body, ins, given, nil, f.settingsOf(cn))
	}
	f.bind(cn.Out, wires)
}
