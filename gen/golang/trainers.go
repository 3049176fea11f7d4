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
	bound *boundPlan
	name  string   // StepTrainer
	maker string   // its constructor
	state jen.Code // Go type of the state
	loss  *category.Type
	short *straightStep // for few examples at a time; nil where kernels are always faster
}

// stepsFile holds the trainers and the plans that arrows and trainers run.
func (e *emitter) stepsFile() *file {
	f := e.newFile("steps_gen.go")
	for _, a := range e.c.Arrows {
		if a.Endo {
			t := e.trainer(a)
			e.trainers = append(e.trainers, t)
			f.add(t.typ(), t.constructor(e))
			f.add(t.exchange()...)
			f.add(t.step(e), t.epoch(e))
			if t.short != nil {
				f.add(t.short.code)
			}
		}
	}
	for _, p := range e.plans {
		f.add(e.planFunc(p.name, p.doc, p.plan))
	}
	return f
}

// trainer makes the stored plan of an endo and the type that runs it.
func (e *emitter) trainer(a *category.Arrow) *trainer {
	layout := plan.Stored
	if e.inParts(a) {
		layout = plan.Parted
	}
	p, err := plan.NewStep(e.c, a, layout)
	if err != nil {
		e.fail(err)
		p = &plan.Plan{Result: plan.NoValue, Keep: plan.NoValue}
	}
	does := "updates the state by n examples."
	if p.Result != plan.NoValue {
		does = "updates the state by the mean over n examples and computes the loss before it."
	}
	return &trainer{
		endo: a, name: e.names.claim(exported(a.Name)+"Trainer", "Type"),
		bound: e.boundFor(unexported(a.Name)+"Plan", does, p),
		state: e.types.goType(a.State), loss: lossOf(a, p), short: e.straightFor(a, len(p.Ops)),
	}
}

func (t *trainer) holding() *holding {
	return &holding{b: t.bound, place: "t.plan", root: "s"}
}

func (t *trainer) typ() *jen.Statement {
	over := "batches"
	if t.bound.plan.List {
		over = "lists"
	}
	return comment(t.name+" iterates "+t.endo.Name+" over "+over+" without allocating. It is not safe for concurrent use.").Line().
		Type().Id(t.name).Struct(jen.Op("*").Add(rt("Trainer")).Types(t.state), jen.Id("plan").Add(t.bound.typ()))
}

func (t *trainer) data(ids []string) *columns {
	return &columns{h: t.holding(), ids: ids}
}

func (t *trainer) constructor(e *emitter) *jen.Statement {
	name := e.names.claim("New"+t.name, "For")
	t.maker = name
	h := t.holding()
	newTrainer := "NewTrainer"
	if parted(t.bound.plan) {
		newTrainer = "NewPartedTrainer"
	}
	body := []jen.Code{
		jen.List(jen.Id("base"), jen.Err()).Op(":=").Add(rt(newTrainer)).Call(jen.Id("s"), jen.Id("batch"), jen.Id("options").Op("...")),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err())),
		jen.Id("t").Op(":=").Op("&").Id(t.name).Values(entry("Trainer", jen.Id("base"))),
	}
	body = append(body, h.workspace(t.capacity())...)
	body = append(body, t.data(nil).make(t.capacity())...)
	if made := h.make(); len(made) > 0 {
		body = append(body, jen.Id("s").Op("=").Id("base").Dot("State").Call())
		body = append(body, made...)
	}
	if h.some() {
		body = append(body, jen.Id("t").Dot("load").Call())
	}
	doc := " starts from a copy of s; batches hold at most batch examples."
	if t.bound.plan.List {
		doc = " starts from a copy of s; a list holds at most batch elements."
	}
	return comment(name+doc).Line().
		Func().Id(name).Params(jen.Id("s").Op("*").Add(t.state), jen.Id("batch").Int(), jen.Id("options").Op("...").Add(rt("TrainerOption"))).
		Params(jen.Op("*").Id(t.name), jen.Error()).
		Block(append(body, jen.Return(jen.Id("t"), jen.Nil()))...)
}

func (t *trainer) method(name string) *jen.Statement {
	return jen.Func().Params(jen.Id("t").Op("*").Id(t.name)).Id(name)
}

// exchange prints how the state comes out of the trainer's own memory and
// goes into it.
func (t *trainer) exchange() []jen.Code {
	h := t.holding()
	if !h.some() {
		return nil
	}
	state := jen.Id("s").Op(":=").Id("t").Dot("Trainer").Dot("State").Call()
	return []jen.Code{
		comment("State is the current state, brought into the order of its types. It is valid until the next step; to").Line().
			Add(comment("change the state, use Load.")).Line().
			Add(t.method("State")).Params().Op("*").Add(t.state).
			Block(append(append([]jen.Code{jen.Add(state)}, h.load(true)...), jen.Return(jen.Id("s")))...),
		comment("Load sets the state to a copy of s.").Line().
			Add(t.method("Load")).Params(jen.Id("s").Op("*").Add(t.state)).
			Block(jen.Id("t").Dot("Trainer").Dot("Load").Call(jen.Id("s")), jen.Id("t").Dot("load").Call()),
		comment("load brings the state into the order that the step stores it in.").Line().
			Add(t.method("load")).Params().Block(append([]jen.Code{jen.Add(state)}, h.load(false)...)...),
	}
}

// face is the signature of the methods that take columns of examples.
type face struct {
	settings, ins []string
	params        []jen.Code
	args          []jen.Code // the same, handed on
	lengths       []jen.Code
}

func (t *trainer) face(e *emitter) *face {
	scope := e.names.scope("t", "s", "p", "err", "n", "k", "total", "from", "to", "batch", "loss", "base")
	f := &face{}
	for _, o := range t.endo.Open {
		id := scope.local(o.Name)
		f.settings = append(f.settings, id)
		f.params = append(f.params, jen.Id(id).Add(e.types.goType(o.Type)))
		f.args = append(f.args, jen.Id(id))
	}
	f.ins = scope.locals(t.columnNames(e))
	for i, x := range t.endo.Dom.Factors() {
		f.params = append(f.params, jen.Id(f.ins[i]).Add(t.columnType(e, x)))
		f.lengths = append(f.lengths, jen.Len(jen.Id(f.ins[i])))
	}
	return f
}

// results prints what a method that trains returns.
func (t *trainer) results(e *emitter) *jen.Statement {
	if t.loss == nil {
		return jen.Error()
	}
	return jen.Params(e.types.goType(t.loss), jen.Error())
}

// failure returns an error.
func (t *trainer) failure() *jen.Statement {
	if t.loss == nil {
		return jen.Return(jen.Err())
	}
	return jen.Return(jen.Lit(0), jen.Err())
}

func (t *trainer) zero() []jen.Code {
	if t.loss == nil {
		return nil
	}
	return []jen.Code{jen.Lit(0)}
}

// step prints the method that takes one batch.
func (t *trainer) step(e *emitter) *jen.Statement {
	f, h := t.face(e), t.holding()
	doc := comment("Step updates the state by the mean over a batch and returns the mean loss before it.").Line()
	if t.loss == nil {
		doc = comment("Step updates the state by a batch.").Line()
	}
	body := e.settingChecks(t.endo, f.settings, t.zero()...)
	if t.bound.plan.List {
		doc = t.listDoc()
		body = append(body, t.listSize(e, f)...)
	} else {
		body = append(body, jen.List(jen.Id("n"), jen.Err()).Op(":=").Id("t").Dot("BatchSize").Call(f.lengths...),
			jen.If(jen.Err().Op("!=").Nil()).Block(t.failure()))
	}
	body = append(body, h.settings(f.settings)...)
	if t.bound.plan.Single {
		body = append(body, t.oneByOne(e, f)...)
	} else {
		if t.short != nil {
			body = append(body, t.short.branch(t, e, f, jen.Id("n"), jen.Id("n")))
		}
		if parted(t.bound.plan) {
			body = append(body, t.stepInParts(e, f)...)
			return doc.Add(t.method("Step")).Params(f.params...).Add(t.results(e)).Block(body...)
		}
		body = append(body, t.data(f.ins).bind()...)
		bind := jen.Id("t").Dot("plan").Dot("bind").Call(jen.Id("n"))
		if !t.bound.plan.Shifted() {
			bind = jen.If(jen.Id("t").Dot("plan").Dot("n").Op("!=").Id("n")).Block(bind)
		}
		body = append(body, bind, jen.Id("t").Dot("Do").Call(jen.Op("&").Id("t").Dot("plan")))
		if t.loss == nil {
			body = append(body, jen.Return(jen.Nil()))
		} else {
			body = append(body, jen.Return(e.types.goType(t.loss).Call(h.result()), jen.Nil()))
		}
	}
	return doc.Add(t.method("Step")).Params(f.params...).Add(t.results(e)).Block(body...)
}

// oneByOne prints the body of a step whose plan takes one example per call.
func (t *trainer) oneByOne(e *emitter, f *face) []jen.Code {
	one := make([]string, len(f.ins))
	for i, id := range f.ins {
		one[i] = id + "[k:k+1]"
	}
	h := t.holding()
	loop := append(t.data(one).bind(), jen.Id("t").Dot("Do").Call(jen.Op("&").Id("t").Dot("plan")))
	bind := jen.Id("t").Dot("plan").Dot("bind").Call(jen.Lit(1))
	each := jen.Id("k").Op(":=").Range().Id("n")
	if len(f.ins) == 0 {
		each = jen.Range().Id("n")
	}
	if t.loss == nil {
		return []jen.Code{bind, jen.For(each).Block(loop...), jen.Return(jen.Nil())}
	}
	loop = append(loop, jen.Id("total").Op("+=").Add(h.result()))
	mean := jen.Id("total").Op("/").Float32().Parens(jen.Id("n"))
	return []jen.Code{bind, jen.Var().Id("total").Float32(), jen.For(each).Block(loop...),
		jen.Return(e.types.goType(t.loss).Call(mean), jen.Nil())}
}

// epoch prints the method that steps over consecutive batches.
func (t *trainer) epoch(e *emitter) *jen.Statement {
	f := t.face(e)
	if len(f.ins) == 0 || t.bound.plan.List {
		return jen.Null()
	}
	doc := comment("Epoch steps over consecutive batches of the given size, the last of which may be smaller, and returns the").Line().
		Add(comment("mean over all examples of the loss before their step.")).Line()
	if t.loss == nil {
		doc = comment("Epoch steps over consecutive batches of the given size, the last of which may be smaller.").Line()
	}
	params := append(f.params, jen.Id("batch").Int())
	part := slices.Clone(f.args)
	for _, id := range f.ins {
		part = append(part, jen.Id(id).Index(jen.Id("from"), jen.Id("to")))
	}
	step := jen.Id("t").Dot("Step").Call(part...)
	body := []jen.Code{
		jen.List(jen.Id("n"), jen.Err()).Op(":=").Id("t").Dot("EpochSize").Call(append([]jen.Code{jen.Id("batch")}, f.lengths...)...),
		jen.If(jen.Err().Op("!=").Nil()).Block(t.failure()),
	}
	if t.short != nil {
		body = append(body, e.settingChecks(t.endo, f.settings, t.zero()...)...)
		body = append(body, t.short.branch(t, e, f, jen.Id("n"), jen.Id("batch")))
	}
	loop := []jen.Code{jen.Id("to").Op(":=").Min(jen.Id("from").Op("+").Id("batch"), jen.Id("n"))}
	if t.loss == nil {
		loop = append(loop, jen.If(jen.Err().Op(":=").Add(step), jen.Err().Op("!=").Nil()).Block(t.failure()))
	} else {
		body = append(body, jen.Id("total").Op(":=").Lit(0.0))
		loop = append(loop, jen.List(jen.Id("loss"), jen.Err()).Op(":=").Add(step), jen.If(jen.Err().Op("!=").Nil()).Block(t.failure()),
			jen.Id("total").Op("+=").Float64().Parens(jen.Id("loss")).Op("*").Float64().Parens(jen.Id("to").Op("-").Id("from")))
	}
	body = append(body, jen.For(jen.Id("from").Op(":=").Lit(0), jen.Id("from").Op("<").Id("n"), jen.Id("from").Op("+=").Id("batch")).Block(loop...))
	if t.loss == nil {
		body = append(body, jen.Return(jen.Nil()))
	} else {
		body = append(body, jen.Return(e.types.goType(t.loss).Call(jen.Id("total").Op("/").Float64().Parens(jen.Id("n"))), jen.Nil()))
	}
	return doc.Add(t.method("Epoch")).Params(params...).Add(t.results(e)).Block(body...)
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
		if d := e.types.decl(o.Type); d != nil && d.pkg == "" {
			check = jen.Err().Op(":=").Id(e.setName(d.name)).Dot("Check").Call(jen.Id(ids[i]))
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
	if t.bound.plan.Single {
		return 1
	}
	return max(n, t.bound.plan.Least)
}

// ignored prints the places of results that nobody reads.
func (t *trainer) ignored() []jen.Code {
	if t.loss == nil {
		return []jen.Code{jen.Id("_")}
	}
	return []jen.Code{jen.Id("_"), jen.Id("_")}
}
