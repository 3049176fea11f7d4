package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// trainer is the Go type that iterates an endo over batches.
type trainer struct {
	endo  *category.Arrow
	plan  *planned
	name  string // StepTrainer
	state string // Go type of the state
	loss  *category.Type
}

func (e *emitter) trainersFile() *file {
	f := &file{name: "trainers_gen.go"}
	for _, a := range e.c.Arrows {
		if a.Endo {
			t := e.trainer(a)
			e.trainers = append(e.trainers, t)
			f.add(t.typ(), t.constructor(e), t.step(e), t.accessor())
		}
	}
	return f
}

func (e *emitter) trainer(a *category.Arrow) *trainer {
	return &trainer{
		endo: a, plan: e.stepPlan(a), name: e.names.claim(exported(a.Name)+"Trainer", "Type"),
		state: e.types.name(a.State), loss: lossOf(a.Diagram),
	}
}

func (t *trainer) typ() *jen.Statement {
	return comment(t.name+" iterates "+t.endo.Name+" over batches without allocating. It is not safe for concurrent use.").Line().
		Type().Id(t.name).Struct(
		jen.Id("state").Id(t.state),
		jen.Id("work").Index().Float32(),
		jen.Id("batch").Int(),
	)
}

func (t *trainer) constructor(e *emitter) *jen.Statement {
	name := e.names.claim("New"+t.name, "For")
	return comment(name+" starts from a copy of s; batches hold at most batch examples.").Line().
		Func().Id(name).Params(jen.Id("s").Op("*").Id(t.state), jen.Id("batch").Int()).
		Params(jen.Op("*").Id(t.name), jen.Error()).
		Block(
			jen.If(jen.Err().Op(":=").Add(rt("CheckBatch")).Call(jen.Id("batch")), jen.Err().Op("!=").Nil()).Block(
				jen.Return(jen.Nil(), jen.Err())),
			jen.Return(jen.Op("&").Id(t.name).Values(
				jen.Id("state").Op(":").Op("*").Id("s"),
				jen.Id("work").Op(":").Add(workspace(t.plan.plan, jen.Id("batch"))),
				jen.Id("batch").Op(":").Id("batch"),
			), jen.Nil()),
		)
}

// step prints the method that takes columns of examples.
func (t *trainer) step(e *emitter) *jen.Statement {
	s := e.signatureOf(t.endo)
	scope := e.names.scope("t", "err", "n")
	s.recv = "t"
	var params []jen.Code
	s.settings, s.ins = nil, nil
	for _, o := range t.endo.Open {
		id := scope.local(o.Name)
		s.settings = append(s.settings, id)
		params = append(params, jen.Id(id).Add(e.types.goType(o.Type)))
	}
	s.ins = scope.locals(plurals(e.factorNames(t.endo)))
	lengths := []jen.Code{jen.Id("t").Dot("batch")}
	for i, f := range t.endo.Dom.Factors() {
		params = append(params, jen.Id(s.ins[i]).Index().Add(e.types.goType(f)))
		lengths = append(lengths, jen.Len(jen.Id(s.ins[i])))
	}
	call := e.planCall(t.plan, operands{
		work: jen.Id("t").Dot("work"), n: jen.Id("n"), data: s.ins, columns: true,
		state: "t.state", settings: s.settings,
	})
	doc := comment("Step updates the state by the mean over a batch and returns the mean loss before it.").Line()
	head := doc.Func().Params(jen.Id("t").Op("*").Id(t.name)).Id("Step").Params(params...)
	check := jen.List(jen.Id("n"), jen.Err()).Op(":=").Add(rt("BatchSize")).Call(lengths...)
	if t.loss == nil {
		return head.Error().Block(check,
			jen.If(jen.Err().Op("==").Nil()).Block(call),
			jen.Return(jen.Err()))
	}
	return head.Params(e.types.goType(t.loss), jen.Error()).Block(check,
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Lit(0), jen.Err())),
		jen.Return(e.types.goType(t.loss).Call(call), jen.Nil()),
	)
}

func (t *trainer) accessor() *jen.Statement {
	return comment("State is the current state; later steps change it.").Line().
		Func().Params(jen.Id("t").Op("*").Id(t.name)).Id("State").Params().Op("*").Id(t.state).
		Add(oneLine(jen.Return(jen.Op("&").Id("t").Dot("state"))))
}

func plurals(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n + "s"
	}
	return out
}

// examples is the size of a batch that tests use.
func (t *trainer) examples(n int) int {
	if t.plan.plan.Single {
		return 1
	}
	return n
}

// ignored prints the places of results that nobody reads.
func (t *trainer) ignored() []jen.Code {
	if t.loss == nil {
		return []jen.Code{jen.Id("_")}
	}
	return []jen.Code{jen.Id("_"), jen.Id("_")}
}
