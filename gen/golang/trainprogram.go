package golang

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// ProgramName is the function of the generated package that returns the
// training declaration t for runtime/train.
func ProgramName(t *category.Train) string { return exported(t.Name) + "Program" }

// program prints the training declaration as the engine wants it.
func (b *trainBench) program(spec string) *jen.Statement {
	name := b.e.names.claim(ProgramName(b.t), "Declaration")
	b.programName = name
	entries := []jen.Code{
		entry("Category", jen.Lit(b.e.c.Name)),
		entry("Name", jen.Lit(b.t.Name)),
		entry("Spec", jen.Lit(b.digest())),
		entry("Data", jen.Id(spec)),
		entry("Batch", jen.Lit(b.t.Batch)),
		entry("Epochs", jen.Lit(b.t.Epochs)),
	}
	if b.t.MicroBatch > 0 && parted(b.trainer.bound.plan) {
		entries = append(entries, entry("MicroBatch", jen.Lit(b.t.MicroBatch)))
	}
	if b.t.On.InLists() {
		entries = append(entries, entry("Least", jen.Lit(b.leastList())))
	}
	entries = append(entries, b.stopping()...)
	if len(b.t.Metrics) > 0 {
		entries = append(entries, entry("Metrics", jen.Index().Add(train("Metric")).Add(inLines(b.metricList(spec)...))))
	}
	if len(b.t.Settings) > 0 {
		entries = append(entries, entry("Settings", jen.Index().Add(train("Setting")).Add(inLines(b.settingList()...))))
	}
	if isState(b.endo.State) {
		entries = append(entries, entry("Params", jen.Lit(paramsField+".")))
	}
	entries = append(entries, entry("New", jen.Func().Params(jen.List(jen.Id("capacity"), jen.Id("threads")).Int()).Params(train("Instance"), jen.Error()).
		Add(oneLine(jen.Return(jen.Id("new"+exported(b.typ)).Call(jen.Id("capacity"), jen.Id("threads")))))))
	s := jen.Null()
	for _, l := range docLines(name+" is the training declaration "+b.t.Name+" ("+cite(b.t.Span)+").", b.t.Doc) {
		s = s.Add(l).Line()
	}
	return s.Func().Id(name).Params().Op("*").Add(train("Program")).
		Block(jen.Return(jen.Op("&").Add(train("Program")).Add(inLines(entries...))))
}

func (b *trainBench) metricList(spec string) []jen.Code {
	out := make([]jen.Code, len(b.t.Metrics))
	for i, m := range b.t.Metrics {
		r := b.readings[b.metrics[i]]
		fields := []jen.Code{entry("Name", jen.Lit(m.Name))}
		if m.Own != nil {
			fields = append(fields, entry("Own", jen.True()))
		}
		if m.Of != nil {
			fields = append(fields, entry("Of", jen.Lit(b.e.title(m.Of))))
		}
		if m.K > 0 {
			fields = append(fields, entry("K", jen.Lit(m.K)))
		}
		if m.Average != "" {
			fields = append(fields, entry("Average", jen.Lit(m.Average)))
		}
		if n := classesOf(m.Name, r.target.typ); n > 0 {
			fields = append(fields, entry("Classes", jen.Lit(n)))
		}
		if k := r.target.factor; k >= 0 && len(b.t.On.Columns) > k && len(b.t.On.Columns[k].Classes) > 0 && !b.t.On.Columns[k].OneHot && tellsApart(&m) {
			fields = append(fields, entry("Labels", jen.Id(spec).Dot("Columns").Index(jen.Lit(k)).Dot("Classes")))
		}
		if b.metrics[i] > 0 {
			fields = append(fields, entry("Reading", jen.Lit(b.metrics[i])))
		}
		if t := threshold(r.pred); t != 0 && m.Own == nil {
			fields = append(fields, entry("Threshold", number(t)))
		}
		out[i] = jen.Values(fields...)
	}
	return out
}

// tellsApart reports whether a metric is about classes, which notes, tables and
// reports then call by their names.
func tellsApart(m *category.Metric) bool {
	switch m.Name {
	case "accuracy", "top_k", "precision", "recall", "f1", "auc", "confusion":
		return m.Own == nil
	}
	return false
}

// classesOf is how many classes a metric that tells them apart has, 0 for the
// two sides of a number, or where it does not ask.
func classesOf(metric string, target *category.Type) int {
	switch metric {
	case "top_k", "precision", "recall", "f1", "confusion":
		if l := target.Leaves()[0]; l.Kind == category.Fin {
			return l.N
		}
	}
	return 0
}

// threshold parts the two classes of a prediction that is one number: the
// middle of a probability's set, 0 of a score.
func threshold(t *category.Type) float64 {
	if len(t.Carrier().Dims) > 0 {
		return 0
	}
	if s := t.RefinedSet(); s != nil && s.Within(&category.Set{Low: 0, High: 1}) && t.Carrier().Kind == category.Real {
		return 0.5
	}
	return 0
}

// params prints the place of the parameters t inside the state.
func (b *trainBench) params(t *category.Type) string {
	root, whole := "s", b.endo.State
	if isState(whole) {
		root, whole = "s.Params", whole.Object.Of
	}
	if t == nil {
		return root
	}
	path, ok := pathTo(whole, t)
	if !ok {
		b.e.fail(fmt.Errorf("train %s: a metric needs %s, which is no part of %s", b.t.Name, b.e.text(t), b.e.text(whole)))
	}
	return root + path
}

// paramsOf is the parameter object of a plan, or nil.
func paramsOf(p *plan.Plan) *category.Type {
	for _, a := range p.Args {
		if a.Role == plan.ParamArg {
			return a.Type
		}
	}
	return nil
}

// pathTo finds the only, or first, part of whole that is t.
func pathTo(whole, t *category.Type) (string, bool) {
	if whole.Equal(t) {
		return "", true
	}
	for _, f := range whole.Carrier().Fields {
		if path, ok := pathTo(f.Type, t); ok {
			return "." + exported(f.Name) + path, true
		}
	}
	return "", false
}

// instance prints the type that is one model in training, and its making.
func (b *trainBench) instance() *jen.Statement {
	fields := []jen.Code{
		jen.Id("trainer").Op("*").Id(b.trainer.name),
		jen.Id("stale").Bool().Comment("the plans below have not seen the state"),
	}
	if n := len(b.t.Settings); n > 0 {
		fields = append(fields, jen.Id("settings").Index(jen.Lit(n)).Float32())
	}
	body := []jen.Code{
		jen.List(jen.Id("trainer"), jen.Err()).Op(":=").Id("New"+b.trainer.name).Call(jen.New(b.e.types.goType(b.endo.State)), jen.Id("capacity"), rt("Threads").Call(jen.Id("threads"))),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err())),
		jen.Id("m").Op(":=").Op("&").Id(b.typ).Values(entry("trainer", jen.Id("trainer"))),
	}
	var made []jen.Code
	for _, l := range b.locals {
		fields = append(fields, jen.Id(unexported(l.name)).Add(l.typ()))
		h := b.holding(l)
		made = append(made, h.workspace(jen.Id("capacity"))...)
		made = append(made, h.make()...)
		for _, a := range outArgs(l.plan) {
			made = append(made, h.field(a).Op("=").Make(jen.Index().Add(element(a.Leaf.Kind, jen.Float32())), times(a.Leaf.Size(), jen.Id("capacity"))))
		}
	}
	if b.objects() {
		body = append(body, jen.Id("s").Op(":=").Id("trainer").Dot("State").Call())
	}
	body = append(append(body, made...), jen.Return(jen.Id("m"), jen.Nil()))
	return comment(b.typ+" is one model in training.").Line().Type().Id(b.typ).Struct(fields...).Line().Line().
		Func().Id("new"+exported(b.typ)).Params(jen.List(jen.Id("capacity"), jen.Id("threads")).Int()).Params(jen.Op("*").Id(b.typ), jen.Error()).
		Block(body...)
}

// objects reports whether some plan has parameters.
func (b *trainBench) objects() bool {
	for _, l := range b.locals {
		if len(b.holding(l).objects()) > 0 {
			return true
		}
	}
	return false
}

// holding connects a plan of the instance with the state.
func (b *trainBench) holding(l *boundPlan) *holding {
	root := b.params(paramsOf(l.plan))
	return &holding{b: l, place: "m." + unexported(l.name), root: root, value: root != "s"}
}

func outArgs(p *plan.Plan) []plan.Arg {
	var out []plan.Arg
	for _, a := range p.Args {
		if a.Role == plan.OutputArg {
			out = append(out, a)
		}
	}
	return out
}

func times(k int, n *jen.Statement) *jen.Statement {
	if k == 1 {
		return n
	}
	return jen.Lit(k).Op("*").Add(n)
}

func (b *trainBench) method(name string) *jen.Statement {
	return jen.Func().Params(jen.Id("m").Op("*").Id(b.typ)).Id(name)
}

// init prints the method that draws the state.
func (b *trainBench) init() *jen.Statement {
	for _, i := range b.e.inits {
		if i.typ.Equal(b.endo.State) {
			return comment("Init draws the state from seed.").Line().
				Add(b.method("Init")).Params(jen.Id("seed").Uint64()).
				Block(jen.Id("m").Dot("trainer").Dot("Load").Call(jen.Id(i.name).Call(jen.Id("seed"))), jen.Id("m").Dot("stale").Op("=").True())
		}
	}
	return jen.Null()
}

// tensors prints the live views of the state by slot path.
func (b *trainBench) tensors() *jen.Statement {
	list := b.e.tensorEntries(b.endo.State, "s", true)
	tensors := jen.Index().Add(checkpoint("Tensor"))
	return comment("Tensors lists the state by slot path.").Line().
		Add(b.method("Tensors")).Params().Add(tensors).
		Block(jen.Id("s").Op(":=").Id("m").Dot("trainer").Dot("State").Call(), jen.Return(jen.Add(tensors).Add(inLines(list...))))
}

// changed prints the method that takes in what was written to the tensors.
func (b *trainBench) changed() *jen.Statement {
	body := []jen.Code{jen.Id("m").Dot("stale").Op("=").True()}
	if b.trainer.holding().some() {
		body = append([]jen.Code{jen.Id("m").Dot("trainer").Dot("load").Call()}, body...)
	}
	return comment("Changed takes in what was written to the tensors.").Line().Add(b.method("Changed")).Params().Block(body...)
}

// tensorEntries describes the tensors of an object that lies in root, or that
// root points to.
func (e *emitter) tensorEntries(t *category.Type, root string, pointer bool) []jen.Code {
	var list []jen.Code
	for _, p := range piecesOf(t) {
		fields := []jen.Code{entry("Name", jen.Lit(p.name()))}
		if len(p.dims) > 0 {
			fields = append(fields, entry("Shape", jen.Index().Int().Values(lits(p.dims)...)))
		}
		fields = append(fields, entry(tensorField(p.leaf.Kind), flat(p.leaf.Kind, p.address(root, pointer))))
		if object := p.object(e.text); object != "" {
			fields = append(fields, entry("Object", jen.Lit(object)))
		}
		switch {
		case p.leaf.Set != nil:
			fields = append(fields, entry("Set", set(p.leaf.Set, p.dims)))
		case p.leaf.Kind == category.Fin:
			fields = append(fields, entry("Classes", jen.Lit(p.leaf.N)))
		}
		list = append(list, jen.Values(fields...))
	}
	return list
}

func tensorField(kind category.Kind) string {
	switch kind {
	case category.Fin:
		return "I32"
	case category.Int:
		return "I64"
	}
	return "F32"
}

// factor prints the values of one factor of a batch; of lists there is one.
func (b *trainBench) factor(k int, kind category.Kind) *jen.Statement {
	f := jen.Id("b").Dot("Factors").Index(jen.Lit(k))
	if b.t.On.InLists() {
		return f.Dot("Row").Call(jen.Lit(0))
	}
	return f.Dot(valuesField(kind))
}

// examples prints how many examples a batch is: of a list its elements.
func (b *trainBench) examples() *jen.Statement {
	if b.t.On.InLists() {
		return jen.Len(b.factor(0, category.Fin))
	}
	return jen.Id("b").Dot("N")
}

// leastList is how many elements a list of the data must have.
func (b *trainBench) leastList() int {
	least := max(1, b.trainer.bound.plan.Least)
	for _, l := range b.locals {
		least = max(least, l.plan.Least)
	}
	return least
}

// special prints the data and settings of a step.
func (b *trainBench) special(a plan.Arg) *jen.Statement {
	if a.Role == plan.DataArg {
		return b.factor(a.Index, a.Leaf.Kind)
	}
	return b.setting(a)
}

// setting prints the value that the engine gave a setting for this step.
func (b *trainBench) setting(a plan.Arg) *jen.Statement {
	return jen.Id("m").Dot("settings").Index(jen.Lit(a.Index))
}

// call prints a plan on a batch: factors gives the row's factor behind each
// data argument.
func (b *trainBench) call(l *boundPlan, place string, factors []int) []jen.Code {
	var out []jen.Code
	h := &holding{b: l, place: place}
	for _, a := range l.plan.Args {
		switch a.Role {
		case plan.DataArg:
			k := a.Index
			if factors != nil {
				k = factors[a.Index]
			}
			values := b.factor(k, a.Leaf.Kind)
			if l.plan.Single {
				values = slice(values, a.Leaf.Size())
			}
			out = append(out, h.field(a).Op("=").Add(values))
		case plan.SettingArg:
			out = append(out, h.field(a).Op("=").Add(b.setting(a)))
		}
	}
	bind := jen.Id(place + ".bind").Call(b.examples())
	switch {
	case l.plan.Shifted():
		out = append(out, bind)
	case !l.plan.Single:
		out = append(out, jen.If(jen.Id(place+".n").Op("!=").Add(b.examples())).Block(bind))
	}
	return append(out, jen.Id("m").Dot("trainer").Dot("Do").Call(jen.Op("&").Id(place)))
}

func (b *trainBench) step() *jen.Statement {
	t := b.trainer
	const place = "m.trainer.plan"
	h := &holding{b: t.bound, place: place}
	stmts := b.call(t.bound, place, nil)
	if parted(t.bound.plan) {
		stmts = b.callInParts(h)
	}
	head := comment("Step makes one step and returns the mean loss before it.").Line().
		Add(b.method("Step")).Params(jen.Id("b").Op("*").Add(data("Batch"))).Float32()
	stale := jen.Id("m").Dot("stale").Op("=").True()
	if s := t.short; s != nil && t.loss != nil {
		n := b.examples()
		call := s.call(h, n, n, b.special)
		stmts = append([]jen.Code{jen.If(jen.Add(n).Op("<=").Lit(s.limit)).Block(stale, jen.Return(call))}, stmts...)
	}
	if t.bound.plan.Result != plan.NoValue && !t.bound.plan.Single {
		result := h.result()
		if parted(t.bound.plan) {
			result = jen.Float32().Parens(partMean(b.examples()))
		}
		return head.Block(append(append(stmts, stale), jen.Return(result))...)
	}
	body := []jen.Code{jen.Id("loss").Op(":=").Id("m").Dot("Loss").Call(jen.Id("b"))}
	if t.bound.plan.Single {
		body = append(body, jen.Id(place+".bind").Call(jen.Lit(1)))
		stmts = []jen.Code{jen.For(jen.Id("k").Op(":=").Range().Id("b").Dot("N")).Block(stmts...)}
	}
	return head.Block(append(append(body, stmts...), stale, jen.Return(jen.Id("loss")))...)
}

// refresh prints the method that shows the plans of loss and metrics the
// state.
func (b *trainBench) refresh() *jen.Statement {
	body := []jen.Code{jen.If(jen.Op("!").Id("m").Dot("stale")).Block(jen.Return()), jen.Id("m").Dot("stale").Op("=").False()}
	var loads []jen.Code
	for _, l := range b.locals {
		loads = append(loads, b.holding(l).load(false)...)
	}
	state := jen.Id("m").Dot("trainer").Dot("State").Call()
	if len(loads) > 0 {
		state = jen.Id("s").Op(":=").Add(state)
	}
	return comment("refresh shows the plans of loss and metrics the state.").Line().Add(b.method("refresh")).Params().
		Block(append(append(body, state), loads...)...)
}

func (b *trainBench) loss() *jen.Statement {
	place := "m." + unexported(b.measure.name)
	outs := outArgs(b.measure.plan)
	body := append([]jen.Code{jen.Id("m").Dot("refresh").Call()}, b.call(b.measure, place, nil)...)
	loss := jen.Id(place+"."+b.measure.field[outs[0].Value]).Index(jen.Empty(), jen.Id("b").Dot("N"))
	return comment("Loss returns the mean loss.").Line().
		Add(b.method("Loss")).Params(jen.Id("b").Op("*").Add(data("Batch"))).Float32().
		Block(append(body, jen.Return(rt("Mean").Call(loss)))...)
}

// read prints the predictions and targets that metrics read.
func (b *trainBench) read() *jen.Statement {
	head := comment("Read returns what the metrics read.").Line().
		Add(b.method("Read")).Params(jen.Id("r").Int(), jen.Id("b").Op("*").Add(data("Batch"))).
		Params(jen.List(jen.Id("prediction"), jen.Id("target")).Add(data("Values")))
	switch len(b.readings) {
	case 0:
		return head.Block(jen.Return())
	case 1:
		return head.Block(b.readOne(b.readings[0])...)
	}
	return head.Block(
		jen.Switch(jen.Id("r")).BlockFunc(func(g *jen.Group) {
			for i, r := range b.readings {
				g.Case(jen.Lit(i)).Block(b.readOne(r)...)
			}
		}),
		jen.Return(),
	)
}

func (b *trainBench) readOne(r *reading) []jen.Code {
	place := "m." + unexported(r.plan.name)
	body := append([]jen.Code{jen.Id("m").Dot("refresh").Call()}, b.call(r.plan, place, r.data)...)
	outs := outArgs(r.plan.plan)
	results := make([]jen.Code, len(outs))
	for i, a := range outs {
		results[i] = b.dataValues(a, jen.Id(place+"."+r.plan.field[a.Value]))
	}
	switch {
	case r.target.factor == none:
		results = append(results[:1], data("Values").Values())
	case r.target.factor >= 0:
		results = append(results[:1], jen.Id("b").Dot("Factors").Index(jen.Lit(r.target.factor)))
	}
	return append(body, jen.Return(results...))
}

// dataValues views an output buffer as the engine's values.
func (b *trainBench) dataValues(a plan.Arg, buffer *jen.Statement) *jen.Statement {
	kind := valuesField(a.Leaf.Kind)
	size := a.Leaf.Size()
	return data("Values").Values(
		entry("Object", jen.Lit(b.e.text(a.Type))),
		entry("Kind", data(kind)),
		entry("Width", jen.Lit(size)),
		entry(kind, buffer.Index(jen.Empty(), times(size, jen.Id("b").Dot("N")))),
	)
}
