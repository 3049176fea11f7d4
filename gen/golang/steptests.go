package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// examplesOfPart is how many examples of a batch tests take at once, where they
// are taken in parts.
const examplesOfPart = 2

// stepTests hold the plan of every trainer against the declared plan of its
// endo, and against itself on several workers. Hand-written arrows exist in
// float32 only, where two orders of adding are too far apart to compare.
func (e *emitter) stepTests() []jen.Code {
	var out []jen.Code
	for _, t := range e.trainers {
		if len(t.bound.plan.Hand) > 0 || t.bound.plan.Single {
			continue
		}
		declared := e.stepPlan(t.endo)
		twin := e.names.claim(unexported(t.endo.Name)+"Steps", "Twin")
		body := []jen.Code{lawtest("Trains").Call(jen.Id("t"), jen.Id(twin).Types(jen.Float32()).Call(), jen.Id(twin).Types(jen.Float64()).Call())}
		if t.short != nil {
			body = append(body, lawtest("Straight").Call(jen.Id("t"), jen.Id(twin).Types(jen.Float32()).Call(), t.straightRun()))
		}
		out = append(out, e.stepTwin(t, declared, twin),
			e.test(t.name, "holds the trainer's plan against the declared one, and against itself on several workers.", body...))
	}
	return out
}

// stepTwin prints the description of a step by which tests call both of its
// plans at either element type.
func (e *emitter) stepTwin(t *trainer, declared *planned, twin string) *jen.Statement {
	real := jen.Id("T")
	typ := lawtest("Steps").Types(real)
	at := jen.Id("at").Index().Add(lawtest("Values")).Types(real)
	n := jen.Id("n")
	args := append(workArgs(declared.plan, real, n), n)
	for i, a := range declared.plan.Args {
		args = append(args, lawArg(a, i))
	}
	run := jen.Id(declared.name).Call(args...)
	body := []jen.Code{jen.Return(run)}
	if declared.plan.Result == plan.NoValue {
		body = []jen.Code{run, jen.Return(jen.Lit(0))}
	}
	entries := append([]jen.Code{entry("Name", jen.Lit(t.endo.Name)), entry("Args", e.stepTensors(t, declared.plan))}, append(work(declared.plan), least(declared.plan)...)...)
	return jen.Func().Id(twin).Types(jen.Id("T").Add(rt("Float"))).Params().Add(typ).Block(jen.Return(jen.Add(typ).Add(inLines(append(entries,
		entry("Declared", jen.Func().Params(jen.Id("n").Int(), jen.Add(at)).Add(real).Block(body...)),
		entry("Stored", jen.Func().Params(jen.List(jen.Id("n"), jen.Id("workers")).Int(), jen.Add(at)).Add(real).Block(t.storedRun(real)...)),
	)...))))
}

// stepTensors lists the arguments; what an optimizer adds starts at zero.
func (e *emitter) stepTensors(t *trainer, p *plan.Plan) *jen.Statement {
	ts := e.planTensors(p)
	codes := tensorCodes(ts)
	for i := range ts {
		if ts[i].role == plan.StateArg && isState(t.endo.State) && ts[i].leaf.Path[0] != paramsField {
			codes[i] = lawtest("Fresh").Call(ts[i].kind())
		}
	}
	return jen.Index().Add(lawtest("Tensor")).Add(inLines(codes...))
}

// storedRun prints a run of the trainer's plan on drawn arguments.
func (t *trainer) storedRun(real *jen.Statement) []jen.Code {
	b := t.bound
	h := &holding{b: b, place: "p"}
	out := []jen.Code{jen.Id("p").Op(":=").Op("&").Id(b.name).Types(real).Values()}
	for _, w := range workspaces(b.plan) {
		out = append(out, jen.Id("p").Dot(workOf(w.kind)).Op("=").Make(jen.Index().Add(element(w.kind, real)), sized(w.size, jen.Id("n"))))
	}
	var back, bind []jen.Code
	for i, a := range b.plan.Args {
		if parted(b.plan) && a.Role == plan.DataArg {
			size := a.Leaf.Size()
			bind = append(bind, h.field(a).Op("=").Add(lawArg(a, i)).Index(times(size, jen.Id("from")), times(size, jen.Id("to"))))
			continue
		}
		if a.Turn == (plan.Turn{}) {
			out = append(out, h.field(a).Op("=").Add(lawArg(a, i)))
			continue
		}
		out = append(out, h.field(a).Op("=").Make(jen.Index().Add(element(category.Real, real)), jen.Len(lawArg(a, i))),
			turnCall(h.field(a), lawArg(a, i), a.Turn.Rows, a.Turn.Cols))
		back = append(back, turnCall(lawArg(a, i), h.field(a), a.Turn.Cols, a.Turn.Rows))
	}
	run := rt("RunOn").Call(jen.Id("workers"), jen.Id("p"))
	result := h.result
	if parted(b.plan) {
		out = append(out, partLoop(h, jen.Id("n"), jen.Lit(examplesOfPart), bind, run)...)
		result = func() *jen.Statement { return jen.Add(real).Parens(partMean(jen.Id("n"))) }
	} else {
		out = append(out, jen.Id("p").Dot("bind").Call(jen.Id("n")), run)
	}
	out = append(out, back...)
	if b.plan.Result == plan.NoValue {
		return append(out, jen.Return(jen.Lit(0)))
	}
	return append(out, jen.Return(result()))
}

// straightRun prints a run of the straight form on drawn arguments, which are
// in the declared order.
func (t *trainer) straightRun() *jen.Statement {
	at := jen.Id("at").Index().Add(lawtest("Values")).Types(jen.Float32())
	args := t.short.sizes(jen.Id("n"), jen.Id("n"))
	var before, after []jen.Code
	for i, a := range t.short.plan.Args {
		arg := lawArg(a, i)
		if turn := t.bound.plan.Args[i].Turn; turn != (plan.Turn{}) {
			id := jen.Id("turned" + strconv.Itoa(i))
			before = append(before, jen.Add(id).Op(":=").Make(jen.Index().Float32(), jen.Len(arg)), turnCall(id, arg, turn.Rows, turn.Cols))
			after = append(after, turnCall(arg, id, turn.Cols, turn.Rows))
			arg = id
		}
		args = append(args, arg)
	}
	call := jen.Id(t.short.name).Call(args...)
	body := before
	if t.loss == nil {
		body = append(append(body, call), append(after, jen.Return(jen.Lit(0)))...)
	} else {
		body = append(append(body, jen.Id("loss").Op(":=").Add(call)), append(after, jen.Return(jen.Id("loss")))...)
	}
	return jen.Func().Params(jen.Id("n").Int(), at).Float32().Block(body...)
}
