package golang

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// trainer is the Go type that iterates an endo over batches.
type trainer struct {
	endo  *category.Arrow
	plan  *planned
	name  string // StepTrainer
	state string // Go type of the state
	loss  *category.Type
}

// stepsFile holds the trainers and the plans that arrows and trainers run.
func (e *emitter) stepsFile() *file {
	f := &file{name: "steps_gen.go"}
	for _, a := range e.c.Arrows {
		if a.Endo {
			t := e.trainer(a)
			e.trainers = append(e.trainers, t)
			f.add(t.typ(), t.constructor(e), t.step(e))
		}
	}
	for _, p := range e.plans {
		f.add(e.planFunc(p.name, p.doc, p.plan))
	}
	return f
}

func (e *emitter) trainer(a *category.Arrow) *trainer {
	p := e.stepPlan(a)
	return &trainer{
		endo: a, plan: p, name: e.names.claim(exported(a.Name)+"Trainer", "Type"),
		state: e.types.name(a.State), loss: lossOf(a, p),
	}
}

func (t *trainer) typ() *jen.Statement {
	doc := comment(t.name + " iterates " + t.endo.Name + " over batches without allocating. It is not safe for concurrent use.").Line()
	base := jen.Op("*").Add(rt("Trainer")).Types(jen.Id(t.state))
	if len(t.others()) == 0 {
		return doc.Type().Id(t.name).Id("struct").Add(oneLine(base))
	}
	fields := []jen.Code{base}
	for _, w := range t.others() {
		fields = append(fields, jen.Id(workOf(w.kind)).Index().Add(element(w.kind, jen.Float32())))
	}
	return doc.Type().Id(t.name).Struct(fields...)
}

// others lists the workspaces that do not hold reals.
func (t *trainer) others() []workspace {
	var out []workspace
	for _, w := range roomsOf(t.plan.plan, true, nil) {
		if w.kind != category.Real {
			out = append(out, w)
		}
	}
	return out
}

// reals is the size of the workspace of reals.
func (t *trainer) reals() plan.Extent {
	for _, w := range roomsOf(t.plan.plan, true, nil) {
		if w.kind == category.Real {
			return w.size
		}
	}
	return plan.Extent{}
}

func (t *trainer) constructor(e *emitter) *jen.Statement {
	name := e.names.claim("New"+t.name, "For")
	batch := jen.Id("batch")
	made := []jen.Code{jen.Id("t")}
	if others := t.others(); len(others) > 0 {
		made = []jen.Code{entry("Trainer", jen.Id("t"))}
		for _, w := range others {
			made = append(made, entry(workOf(w.kind), jen.Make(jen.Index().Add(element(w.kind, jen.Float32())), workSize(w.size, jen.Id("max").Call(batch, jen.Lit(0))))))
		}
	}
	return comment(name+" starts from a copy of s; batches hold at most batch examples.").Line().
		Func().Id(name).Params(jen.Id("s").Op("*").Id(t.state), jen.Id("batch").Int()).
		Params(jen.Op("*").Id(t.name), jen.Error()).
		Block(
			jen.List(jen.Id("t"), jen.Err()).Op(":=").Add(rt("NewTrainer")).Call(jen.Id("s"), jen.Id("batch"), workSize(t.reals(), batch)),
			jen.Return(jen.Op("&").Id(t.name).Values(made...), jen.Err()),
		)
}

// step prints the method that takes columns of examples.
func (t *trainer) step(e *emitter) *jen.Statement {
	s := e.signatureOf(t.endo)
	scope := e.names.scope("t", "s", "err", "n", "k", "total")
	s.recv = "t"
	var params []jen.Code
	s.settings, s.ins = nil, nil
	for _, o := range t.endo.Open {
		id := scope.local(o.Name)
		s.settings = append(s.settings, id)
		params = append(params, jen.Id(id).Add(e.types.goType(o.Type)))
	}
	s.ins = scope.locals(plurals(e.factorNames(t.endo)))
	var lengths []jen.Code
	for i, f := range t.endo.Dom.Factors() {
		params = append(params, jen.Id(s.ins[i]).Index().Add(e.types.goType(f)))
		lengths = append(lengths, jen.Len(jen.Id(s.ins[i])))
	}
	o := operands{
		n: jen.Id("n"), data: s.ins, columns: true, state: "s", settings: s.settings, pointers: true,
		work: func(kind category.Kind) *jen.Statement {
			if kind == category.Real {
				return jen.Id("t").Dot("Workspace").Call()
			}
			return jen.Id("t").Dot(workOf(kind))
		},
	}
	if t.plan.plan.Single {
		o.n, o.data = jen.Lit(1), oneByOne(s.ins)
	}
	call := e.planCall(t.plan, o)
	state := jen.Id("s").Op(":=").Id("t").Dot("State").Call()
	doc := comment("Step updates the state by the mean over a batch and returns the mean loss before it.").Line()
	if t.loss == nil {
		doc = comment("Step updates the state by a batch.").Line()
	}
	head := doc.Func().Params(jen.Id("t").Op("*").Id(t.name)).Id("Step").Params(params...)
	check := jen.List(jen.Id("n"), jen.Err()).Op(":=").Id("t").Dot("BatchSize").Call(lengths...)
	if t.loss == nil {
		body := append(e.settingChecks(t.endo, s.settings), check, jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())), state)
		body = append(body, t.each(call.statements(t.plan.name))...)
		return head.Error().Block(append(body, jen.Return(jen.Nil()))...)
	}
	body := append(e.settingChecks(t.endo, s.settings, jen.Lit(0)), check, jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Lit(0), jen.Err())), state)
	if t.plan.plan.Single {
		body = append(body, jen.Var().Id("total").Float32())
		body = append(body, t.each(call.adding(t.plan.name, "total"))...)
		mean := jen.Id("total").Op("/").Float32().Parens(jen.Id("n"))
		return head.Params(e.types.goType(t.loss), jen.Error()).Block(append(body, jen.Return(e.types.goType(t.loss).Call(mean), jen.Nil()))...)
	}
	return head.Params(e.types.goType(t.loss), jen.Error()).
		Block(append(body, call.returning(t.plan.name, e.convert(t.loss), jen.Nil())...)...)
}

// oneByOne slices columns to example k.
func oneByOne(columns []string) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c + "[k:k+1]"
	}
	return out
}

// each runs a step for one example after another where its plan takes one.
func (t *trainer) each(stmts []jen.Code) []jen.Code {
	if !t.plan.plan.Single {
		return stmts
	}
	return []jen.Code{jen.For(jen.Id("k").Op(":=").Range().Id("n")).Block(stmts...)}
}

// settingChecks prints the validation of settings that have a set: the zero
// value of a rate is none.
func (e *emitter) settingChecks(a *category.Arrow, ids []string, zero ...jen.Code) []jen.Code {
	var out []jen.Code
	for i, o := range a.Open {
		s := o.Type.RefinedSet()
		if s == nil {
			continue
		}
		check := jen.List(jen.Id("_"), jen.Err()).Op(":=").Add(rt("NewScalar")).Types(jen.Float32()).
			Call(jen.Lit(o.Name), set(s, nil), jen.Float32().Parens(jen.Id(ids[i])))
		if name := e.types.name(o.Type); name != "" {
			check = jen.Err().Op(":=").Id(e.setName(name)).Dot("Check").Call(jen.Id(ids[i]))
		}
		out = append(out, jen.If(check, jen.Err().Op("!=").Nil()).Block(jen.Return(append(zero[:len(zero):len(zero)], jen.Err())...)))
	}
	return out
}

// plurals names the columns of a batch after its examples: logits, features.
func plurals(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		if !strings.HasSuffix(n, "s") {
			n += "s"
		}
		for slices.Contains(out[:i], n) {
			n += "s"
		}
		out[i] = n
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
