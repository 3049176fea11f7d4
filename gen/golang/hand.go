package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// handPrinter prints the calls of a hand-written arrow, one for each example
// of a batch. An object of one tensor is a view of the plan's buffers; one of
// several is put together in a variable and taken apart again.
type handPrinter struct {
	pp     *planPrinter
	before []jen.Code // once, before the loop
	start  []jen.Code // for each example, before the call
	end    []jen.Code // for each example, after it
	after  []jen.Code
	vars   int
}

// take cuts the leaves of t off a list of values.
func take(values []plan.ValueID, t *category.Type) (mine, rest []plan.ValueID) {
	n := len(t.Leaves())
	return values[:n], values[n:]
}

// handCall prints out = arrow(in given params) over the batch.
func (pp *planPrinter) handCall(op *plan.Op) *jen.Statement {
	h := &handPrinter{pp: pp}
	a, ins, outs := op.Arrow, op.In, op.Out
	var args, results []jen.Code
	var mine []plan.ValueID
	for _, t := range a.Dom.Factors() {
		mine, ins = take(ins, t)
		args = append(args, h.value(t, mine))
	}
	for _, t := range a.Cod.Factors() {
		mine, outs = take(outs, t)
		results = append(results, h.result(t, mine))
	}
	call := h.call(a, pp.e.handName(a), ins, args)
	return h.loop(op, jen.List(results...).Op("=").Add(call))
}

// handReverse prints the reverse of a hand-written arrow over the batch.
func (pp *planPrinter) handReverse(op *plan.Op) *jen.Statement {
	h := &handPrinter{pp: pp}
	a, ins, outs := op.Arrow, op.In, op.Out
	var args, results []jen.Code
	var mine, params []plan.ValueID
	for _, t := range a.Dom.Factors() {
		mine, ins = take(ins, t)
		args = append(args, h.value(t, mine))
	}
	params, ins = take(ins, a.Given)
	for _, t := range a.Cod.Factors() {
		mine, ins = take(ins, t)
		args = append(args, h.value(t, mine))
	}
	for _, t := range a.Cod.Factors() {
		if d := category.NewTangent(t); !d.IsUnit() {
			mine, ins = take(ins, d)
			args = append(args, h.value(d, mine))
		}
	}
	wanted := false
	for _, t := range a.Dom.Factors() {
		if d := category.NewTangent(t); !d.IsUnit() {
			mine, outs = take(outs, d)
			if mine[0] == plan.NoValue {
				results = append(results, jen.Id("_"))
				continue
			}
			wanted = true
			results = append(results, h.result(d, mine))
		}
	}
	if d := category.NewTangent(a.Given); !d.IsUnit() {
		args = append(args, h.accumulator(d, outs))
	}
	call := h.call(a, pp.e.handName(a)+"Reverse", params, args)
	if wanted {
		call = jen.List(results...).Op("=").Add(call)
	}
	return h.loop(op, call)
}

func (h *handPrinter) loop(op *plan.Op, call jen.Code) *jen.Statement {
	body := append(append(h.start, call), h.end...)
	if op.Once && op.Fold <= 1 {
		all := append(append(h.before, body...), h.after...)
		if len(all) == 1 {
			return jen.Add(all[0])
		}
		return jen.Block(all...)
	}
	loop := jen.For(jen.Id("k").Op(":=").Range().Add(h.pp.count(op))).Block(body...)
	if len(h.before)+len(h.after) == 0 {
		return loop
	}
	return jen.Block(append(append(h.before, loop), h.after...)...)
}

// call prints the call of the arrow: of a function, or of a method of its
// parameters.
func (h *handPrinter) call(a *category.Arrow, name string, params []plan.ValueID, args []jen.Code) *jen.Statement {
	return h.pp.e.call(a, name, func(place bool) *jen.Statement {
		if v, ok := h.view(a.Given, params); ok && !h.pp.p.Values[params[0]].Batched {
			return v
		}
		id := h.variable(&h.before, a.Given)
		h.fill(&h.before, id, a.Given, params)
		if place {
			return jen.Id(id)
		}
		return jen.Op("&").Id(id)
	}, args)
}

// view points at the object in the plan's buffers, where it is one tensor of
// reals there and of a named Go type.
func (h *handPrinter) view(t *category.Type, leaves []plan.ValueID) (*jen.Statement, bool) {
	if len(leaves) != 1 || h.pp.p.Values[leaves[0]].Kind != category.Real {
		return nil, false
	}
	return rt("View").Types(h.pp.e.types.goType(t)).Call(h.pp.id(leaves[0]), h.index(leaves[0])), true
}

func (h *handPrinter) index(v plan.ValueID) *jen.Statement {
	if h.pp.p.Values[v].Batched {
		return jen.Id("k")
	}
	return jen.Lit(0)
}

// value prints the object of one example.
func (h *handPrinter) value(t *category.Type, leaves []plan.ValueID) *jen.Statement {
	if v, ok := h.view(t, leaves); ok {
		return jen.Op("*").Add(v)
	}
	if len(leaves) == 1 && h.pp.p.Values[leaves[0]].Size() == 1 {
		return h.pp.e.types.goType(t).Call(h.pp.id(leaves[0]).Index(h.index(leaves[0])))
	}
	id := h.variable(&h.start, t)
	h.fill(&h.start, id, t, leaves)
	return jen.Id(id)
}

// result prints where the object of one example is stored.
func (h *handPrinter) result(t *category.Type, leaves []plan.ValueID) *jen.Statement {
	if v, ok := h.view(t, leaves); ok {
		return jen.Op("*").Add(v)
	}
	id := h.variable(&h.start, t)
	for i, l := range t.Leaves() {
		if leaves[i] != plan.NoValue {
			h.each(t, l, func(p piece) {
				h.end = append(h.end, jen.Copy(h.part(leaves[i], p), flat(l.Kind, p.address(id, false))))
			})
		}
	}
	return jen.Id(id)
}

// accumulator prints a pointer to the tangent that the reverse adds to.
func (h *handPrinter) accumulator(t *category.Type, leaves []plan.ValueID) *jen.Statement {
	if v, ok := h.view(t, leaves); ok {
		return v
	}
	id := h.variable(&h.before, t)
	for i, l := range t.Leaves() {
		if leaves[i] != plan.NoValue {
			h.each(t, l, func(p piece) {
				h.after = append(h.after, kernel("Accumulate").Call(h.part(leaves[i], p), flat(l.Kind, p.address(id, false))))
			})
		}
	}
	return jen.Op("&").Id(id)
}

func (h *handPrinter) variable(into *[]jen.Code, t *category.Type) string {
	h.vars++
	id := h.pp.scope.local(h.pp.e.typeWord(t, "value"+strconv.Itoa(h.vars)))
	*into = append(*into, jen.Var().Id(id).Add(h.pp.e.types.goType(t)))
	return id
}

func (h *handPrinter) fill(into *[]jen.Code, id string, t *category.Type, leaves []plan.ValueID) {
	for i, l := range t.Leaves() {
		h.each(t, l, func(p piece) {
			*into = append(*into, jen.Copy(flat(l.Kind, p.address(id, false)), h.part(leaves[i], p)))
		})
	}
}

// each calls f for the pieces of one leaf.
func (h *handPrinter) each(t *category.Type, l category.Leaf, f func(piece)) {
	w := pieceWalk{leaf: l, typ: t}
	w.walk(t, l.Path, nil, 0, l.Dims)
	for _, p := range w.out {
		f(p)
	}
}

// part is what the value of example k holds of a piece.
func (h *handPrinter) part(v plan.ValueID, p piece) *jen.Statement {
	s := h.pp.id(v)
	if h.pp.p.Values[v].Batched {
		s = slice(s, h.pp.p.Values[v].Size())
	}
	if size := sizeOf(p.dims); size != p.leaf.Size() {
		return s.Index(jen.Lit(p.start), jen.Lit(p.start+size))
	}
	return s
}
