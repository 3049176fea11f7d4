package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// handTests list the unwritten arrows and hold hand-written reverses against
// differences.
func (e *emitter) handTests() []jen.Code {
	var calls, out []jen.Code
	for _, a := range e.c.Arrows {
		if a.Implements != nil {
			out = append(out, e.standInTests(a)...)
		}
		if a.Kind != category.Hand {
			continue
		}
		for _, h := range e.handFuncs(a) {
			calls = append(calls, e.zeroCall(a, h))
		}
		if a.Differentiated {
			out = append(out, e.reverseTest(a))
		}
	}
	if len(calls) == 0 {
		return out
	}
	args := append([]jen.Code{jen.Id("t")}, calls...)
	written := e.test("HandWritten", "lists the arrows that nobody has written yet.",
		lawtest("Written").Custom(jen.Options{Open: "(", Close: ")", Separator: ",", Multi: true}, args...))
	return append([]jen.Code{written}, out...)
}

// zeroCall calls a hand-written function on zero values.
func (e *emitter) zeroCall(a *category.Arrow, h *handFunc) *jen.Statement {
	f := jen.Id(h.name)
	if e.method(a) {
		f = jen.New(e.types.goType(a.Given)).Dot(h.name)
	}
	args := make([]jen.Code, len(h.types))
	for i, t := range h.types {
		args[i] = jen.Op("*").New(t)
		if h.pointer[i] {
			args[i] = jen.New(t)
		}
	}
	return jen.Func().Params().Add(oneLine(f.Call(args...)))
}

// reverseTest prints the derivative test of a hand-written reverse.
func (e *emitter) reverseTest(a *category.Arrow) *jen.Statement {
	return e.test(exported(a.Name)+"Reverse", "holds the hand-written reverse of "+a.Name+" against differences.", e.reverseCheck(a))
}

// reverseCheck prints the check of a hand-written reverse.
func (e *emitter) reverseCheck(a *category.Arrow) *jen.Statement {
	b := &handBench{e: e}
	ins := b.values("in", a.Dom.Factors(), plan.DataArg)
	params := b.values("in", parameterFactors(a), plan.ParamArg)
	outs := b.values("out", a.Cod.Factors(), plan.OutputArg)
	run := b.op(plan.Hand, a, append(append([]plan.ValueID{}, ins...), params...), outs)
	dout := b.tangents("dout", outs, a.Cod.Factors())
	dins := b.tangents("din", ins, a.Dom.Factors())
	dparams := b.tangents("din", params, parameterFactors(a))
	read := append(append(append(append([]plan.ValueID{}, ins...), params...), outs...), dout...)
	reverse := b.op(plan.HandReverse, a, read, append(append([]plan.ValueID{}, dins...), dparams...))
	values := jen.Index().Add(lawtest("Values")).Types(jen.Float32())
	slopes := jen.Index().Index().Float32()
	return lawtest("HandReverse").Call(jen.Id("t"), lawtest("Hand").Add(inLines(
		entry("Name", jen.Lit(a.Name)),
		entry("Args", tensorList(b.drawn("in"))),
		entry("Outs", tensorList(b.drawn("out"))),
		entry("Run", jen.Func().Params(jen.List(jen.Id("in"), jen.Id("out")).Add(values)).Block(run)),
		entry("Reverse", jen.Func().Params(jen.List(jen.Id("in"), jen.Id("out")).Add(values), jen.List(jen.Id("dout"), jen.Id("din")).Add(slopes)).
			Block(reverse)),
	)))
}

func parameterFactors(a *category.Arrow) []*category.Type {
	if a.Given.IsUnit() {
		return nil
	}
	return []*category.Type{a.Given}
}

// handBench is a plan of one call, whose values are the tensors of a test.
type handBench struct {
	e     *emitter
	plan  plan.Plan
	ids   []string
	from  []benchValue
	count map[string]int
}

type benchValue struct {
	list string
	at   int
	tensorOf
}

func (b *handBench) add(list string, at int, id string, t tensorOf) plan.ValueID {
	b.plan.Values = append(b.plan.Values, plan.Value{Kind: t.leaf.Kind, Dims: t.leaf.Dims})
	b.ids = append(b.ids, id)
	b.from = append(b.from, benchValue{list, at, t})
	return plan.ValueID(len(b.ids) - 1)
}

// values adds the leaves of objects as in[0].Real, in[1].Fin …
func (b *handBench) values(list string, types []*category.Type, role plan.ArgRole) []plan.ValueID {
	if b.count == nil {
		b.count = map[string]int{}
	}
	var out []plan.ValueID
	for _, t := range types {
		for _, l := range t.Leaves() {
			i := b.count[list]
			b.count[list]++
			id := list + "[" + strconv.Itoa(i) + "]." + valuesField(l.Kind)
			out = append(out, b.add(list, i, id, tensorOf{b.e.leafTitle(t, &l), l, role}))
		}
	}
	return out
}

// tangents adds the cotangents of those leaves that have one, as dout[0].
func (b *handBench) tangents(list string, of []plan.ValueID, types []*category.Type) []plan.ValueID {
	var out []plan.ValueID
	k := 0
	for _, t := range types {
		d := category.NewTangent(t)
		moving := map[string]bool{}
		for _, l := range d.Leaves() {
			moving[dotted(l.Path)] = true
		}
		for _, l := range t.Leaves() {
			v := b.from[of[k]]
			k++
			if !d.IsUnit() && moving[dotted(l.Path)] {
				out = append(out, b.add(list, v.at, list+"["+strconv.Itoa(v.at)+"]", tensorOf{leaf: category.Leaf{Dims: l.Dims}}))
			}
		}
	}
	return out
}

func (b *handBench) op(kind plan.OpKind, a *category.Arrow, in, out []plan.ValueID) *jen.Statement {
	pp := &planPrinter{e: b.e, p: &b.plan, scope: b.e.names.scope("t", "in", "out", "din", "dout", "k"), ids: b.ids}
	return pp.op(&plan.Op{Kind: kind, Arrow: a, In: in, Out: out, Once: true, Fold: 1})
}

func (b *handBench) drawn(list string) []tensorOf {
	var out []tensorOf
	for _, v := range b.from {
		if v.list == list {
			out = append(out, v.tensorOf)
		}
	}
	return out
}
