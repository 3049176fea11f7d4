package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// inParts reports whether a training asks for steps of an endo that take their
// batch in parts.
func (e *emitter) inParts(endo *category.Arrow) bool {
	return slices.ContainsFunc(e.c.Trains, func(t *category.Train) bool { return t.Step == endo && t.MicroBatch > 0 })
}

// parted reports whether a plan takes a batch in parts.
func parted(p *plan.Plan) bool { return p.Keep != plan.NoValue }

// partFields declares what a parted plan is told of the part at hand.
func (b *boundPlan) partFields() []jen.Code {
	if !parted(b.plan) {
		return nil
	}
	fields := []jen.Code{jen.Id("batch").Int().Comment("examples of the batch that they are a part of")}
	if b.draws() {
		fields = append(fields, jen.Id("first").Int().Comment("the number of their first one"))
	}
	return append(fields,
		jen.Id("last").Bool().Comment("whether they are the batch's last part"),
		jen.Id(b.field[b.plan.Keep]).Add(b.pp.real()).Comment("what gradients so far are multiplied by: 0 in the first part, else 1"))
}

// draws reports whether some statement is told the number of its first example.
func (b *boundPlan) draws() bool {
	return slices.ContainsFunc(b.plan.Ops, func(op plan.Op) bool { return op.Draws && !op.Once })
}

// part prints the method that makes the next call one about a part of a batch.
func (b *boundPlan) part() jen.Code {
	if !parted(b.plan) {
		return jen.Null()
	}
	field := func(name string) *jen.Statement { return jen.Id("p").Dot(name) }
	keep := b.field[b.plan.Keep]
	body := []jen.Code{
		jen.List(field("last"), field(keep)).Op("=").List(jen.Id("to").Op("==").Id("batch"), jen.Lit(1)),
		jen.If(jen.Id("from").Op("==").Lit(0)).Block(field(keep).Op("=").Lit(0)),
	}
	if b.draws() {
		body = append(body, field("first").Op("=").Id("from"))
	}
	body = append(body, jen.If(field("n").Op("!=").Id("to").Op("-").Id("from").Op("||").Add(field("batch")).Op("!=").Id("batch")).Block(
		field("batch").Op("=").Id("batch"), field("bind").Call(jen.Id("to").Op("-").Id("from"))))
	return comment("part makes the next call one about the examples from up to to of a batch.").Line().
		Add(b.method("part")).Params(jen.List(jen.Id("from"), jen.Id("to"), jen.Id("batch")).Int()).Block(body...)
}

// partLoop prints the calls about the parts of a batch: size is how many
// examples one has at most, bind the statements that give the plan its data,
// do the call. The loss, if there is one, is gathered in total.
func partLoop(h *holding, n, size *jen.Statement, bind []jen.Code, do jen.Code) []jen.Code {
	loop := []jen.Code{jen.Id("to").Op(":=").Min(jen.Id("from").Op("+").Add(size), n)}
	loop = append(append(loop, bind...), jen.Id(h.place).Dot("part").Call(jen.Id("from"), jen.Id("to"), n), do)
	var out []jen.Code
	if h.b.plan.Result != plan.NoValue {
		out = append(out, jen.Id("total").Op(":=").Lit(0.0))
		loop = append(loop, jen.Id("total").Op("+=").Float64().Parens(h.result()).Op("*").Float64().Parens(jen.Id("to").Op("-").Id("from")))
	}
	return append(out, jen.For(jen.Id("from").Op(":=").Lit(0), jen.Id("from").Op("<").Add(n), jen.Id("from").Op("+=").Add(size)).Block(loop...))
}

// partMean is the mean loss of the parts.
func partMean(n *jen.Statement) *jen.Statement {
	return jen.Id("total").Op("/").Float64().Parens(n)
}

// stepInParts prints the body of a trainer's step that takes its batch in parts.
func (t *trainer) stepInParts(e *emitter, f *face) []jen.Code {
	ids := make([]string, len(f.ins))
	for i, id := range f.ins {
		ids[i] = id + "[from:to]"
	}
	out := partLoop(t.holding(), jen.Id("n"), jen.Id("t").Dot("AtOnce").Call(), t.data(ids).bind(), jen.Id("t").Dot("Do").Call(jen.Op("&").Id("t").Dot("plan")))
	if t.loss == nil {
		return append(out, jen.Return(jen.Nil()))
	}
	return append(out, jen.Return(e.types.goType(t.loss).Call(partMean(jen.Id("n"))), jen.Nil()))
}

// callInParts prints the step of a training that takes its batch in parts.
func (b *trainBench) callInParts(h *holding) []jen.Code {
	var settings, bind []jen.Code
	for _, a := range h.b.plan.Args {
		switch a.Role {
		case plan.DataArg:
			size := a.Leaf.Size()
			bind = append(bind, h.field(a).Op("=").Add(b.factor(a.Index, a.Leaf.Kind)).Index(times(size, jen.Id("from")), times(size, jen.Id("to"))))
		case plan.SettingArg:
			settings = append(settings, h.field(a).Op("=").Add(b.setting(a)))
		}
	}
	loop := partLoop(h, b.examples(), jen.Id("m").Dot("trainer").Dot("AtOnce").Call(), bind, jen.Id("m").Dot("trainer").Dot("Do").Call(jen.Op("&").Id(h.place)))
	return append(settings, loop...)
}

// capacity prints for how many examples a trainer has room.
func (t *trainer) capacity() *jen.Statement {
	if parted(t.bound.plan) {
		return jen.Id("base").Dot("AtOnce").Call()
	}
	return jen.Id("batch")
}
