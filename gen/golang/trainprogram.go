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
	if len(b.t.Metrics) > 0 {
		entries = append(entries, entry("Metrics", jen.Index().Add(train("Metric")).Add(inLines(b.metricList()...))))
	}
	if isState(b.endo.State) {
		entries = append(entries, entry("Params", jen.Lit(paramsField+".")))
	}
	entries = append(entries, entry("New", jen.Func().Params(jen.Id("capacity").Int()).Add(train("Instance")).
		Add(oneLine(jen.Return(jen.Id("new"+exported(b.typ)).Call(jen.Id("capacity")))))))
	s := jen.Null()
	for _, l := range docLines(name+" is the training declaration "+b.t.Name+" ("+cite(b.t.Span)+").", b.t.Doc) {
		s = s.Add(l).Line()
	}
	return s.Func().Id(name).Params().Op("*").Add(train("Program")).
		Block(jen.Return(jen.Op("&").Add(train("Program")).Add(inLines(entries...))))
}

func (b *trainBench) metricList() []jen.Code {
	out := make([]jen.Code, len(b.t.Metrics))
	for i, m := range b.t.Metrics {
		r := b.readings[b.metrics[i]]
		fields := []jen.Code{entry("Name", jen.Lit(m.Name))}
		if m.Of != nil {
			fields = append(fields, entry("Of", jen.Lit(m.Of.Name)))
		}
		if b.metrics[i] > 0 {
			fields = append(fields, entry("Reading", jen.Lit(b.metrics[i])))
		}
		if t := threshold(r.pred); t != 0 {
			fields = append(fields, entry("Threshold", number(t)))
		}
		out[i] = jen.Values(fields...)
	}
	return out
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
	root, whole := "m.state", b.endo.State
	if isState(whole) {
		root, whole = "m.state.Params", whole.Object.Of
	}
	if t == nil {
		return root
	}
	path, ok := pathTo(whole, t)
	if !ok {
		b.e.fail(fmt.Errorf("train %s: a metric needs %s, which is no part of %s", b.t.Name, t, whole))
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
	fields := []jen.Code{jen.Id("state").Add(b.e.types.goType(b.endo.State))}
	var made []jen.Code
	buffer := func(id string, kind category.Kind, size *jen.Statement) {
		typ := jen.Index().Add(element(kind, jen.Float32()))
		fields = append(fields, jen.Id(id).Add(typ))
		made = append(made, entry(id, jen.Make(typ, size)))
	}
	for _, kind := range []category.Kind{category.Real, category.Fin, category.Int, category.Bool} {
		if size := b.room(kind); size != nil {
			buffer(workOf(kind), kind, size)
		}
	}
	buffer("loss", category.Real, jen.Id("capacity"))
	for _, r := range b.readings {
		for i, a := range outArgs(r.plan.plan) {
			buffer(r.field(i), a.Leaf.Kind, times(a.Leaf.Size(), jen.Id("capacity")))
		}
	}
	return comment(b.typ + " is one model in training.").Line().Type().Id(b.typ).Struct(fields...).Line().Line().
		Func().Id("new" + exported(b.typ)).Params(jen.Id("capacity").Int()).Op("*").Id(b.typ).
		Block(jen.Return(jen.Op("&").Id(b.typ).Add(inLines(made...))))
}

// field names the buffer of the i-th output of a reading.
func (r *reading) field(i int) string {
	if i == 0 {
		return r.name
	}
	return r.name + "Target"
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

// room prints the largest workspace of a kind that a method needs, or nil.
func (b *trainBench) room(kind category.Kind) *jen.Statement {
	var sizes []jen.Code
	seen := map[plan.Extent]bool{}
	for _, p := range append([]*planned{b.e.stepPlan(b.endo)}, b.locals...) {
		for _, w := range roomsOf(p.plan, false, func(plan.Arg) *jen.Statement { return nil }) {
			if w.kind == kind && !seen[w.size] {
				seen[w.size] = true
				sizes = append(sizes, workSize(w.size, jen.Id("capacity")))
			}
		}
	}
	switch len(sizes) {
	case 0:
		return nil
	case 1:
		return jen.Add(sizes[0])
	}
	return jen.Id("max").Call(sizes...)
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
				Add(oneLine(jen.Id("m").Dot("state").Op("=").Op("*").Id(i.name).Call(jen.Id("seed"))))
		}
	}
	return jen.Null()
}

// tensors prints the live views of the state by slot path.
func (b *trainBench) tensors() *jen.Statement {
	list := tensorEntries(b.endo.State, "m.state")
	tensors := jen.Index().Add(checkpoint("Tensor"))
	return comment("Tensors lists the state by slot path.").Line().
		Add(b.method("Tensors")).Params().Add(tensors).
		Block(jen.Return(jen.Add(tensors).Add(inLines(list...))))
}

// tensorEntries describes the tensors of an object that lies in root.
func tensorEntries(t *category.Type, root string) []jen.Code {
	var list []jen.Code
	for _, p := range piecesOf(t) {
		fields := []jen.Code{entry("Name", jen.Lit(p.name()))}
		if len(p.dims) > 0 {
			fields = append(fields, entry("Shape", jen.Index().Int().Values(lits(p.dims)...)))
		}
		fields = append(fields, entry(tensorField(p.leaf.Kind), flat(p.leaf.Kind, p.address(root, false))))
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

// call prints a plan on a batch: factors gives the row's factor behind each
// data argument.
func (b *trainBench) call(p *planned, factors []int, out func(i int, a plan.Arg) *jen.Statement) *planCall {
	outs := 0
	o := operands{n: jen.Id("b").Dot("N"), param: b.params(paramsOf(p.plan)), state: "m.state"}
	o.work = func(kind category.Kind) *jen.Statement { return jen.Id("m").Dot(workOf(kind)) }
	o.special = func(a plan.Arg) *jen.Statement {
		switch a.Role {
		case plan.DataArg:
			k := a.Index
			if factors != nil {
				k = factors[a.Index]
			}
			values := jen.Id("b").Dot("Factors").Index(jen.Lit(k)).Dot(valuesField(a.Leaf.Kind))
			if p.plan.Single {
				return slice(values, a.Leaf.Size())
			}
			return values
		case plan.SettingArg:
			if a.Index < len(b.t.Settings) {
				return number(b.t.Settings[a.Index])
			}
			return jen.Lit(0)
		case plan.OutputArg:
			outs++
			return out(outs-1, a)
		}
		return nil
	}
	if p.plan.Single {
		o.n = jen.Lit(1)
	}
	return b.e.planCall(p, o)
}

func (b *trainBench) step() *jen.Statement {
	p := b.e.stepPlan(b.endo)
	call := b.call(p, nil, nil)
	head := comment("Step makes one step and returns the mean loss before it.").Line().
		Add(b.method("Step")).Params(jen.Id("b").Op("*").Add(data("Batch"))).Float32()
	if p.plan.Result != plan.NoValue && !p.plan.Single {
		return head.Block(call.returning(p.name, func(v *jen.Statement) *jen.Statement { return v })...)
	}
	stmts := call.statements(p.name)
	if p.plan.Single {
		stmts = []jen.Code{jen.For(jen.Id("k").Op(":=").Range().Id("b").Dot("N")).Block(stmts...)}
	}
	body := append([]jen.Code{jen.Id("loss").Op(":=").Id("m").Dot("Loss").Call(jen.Id("b"))}, stmts...)
	return head.Block(append(body, jen.Return(jen.Id("loss")))...)
}

func (b *trainBench) loss() *jen.Statement {
	call := b.call(b.measure, nil, func(int, plan.Arg) *jen.Statement { return jen.Id("m").Dot("loss") })
	return comment("Loss returns the mean loss.").Line().
		Add(b.method("Loss")).Params(jen.Id("b").Op("*").Add(data("Batch"))).Float32().
		Block(append(call.statements(b.measure.name), jen.Return(rt("Mean").Call(jen.Id("m").Dot("loss").Index(jen.Empty(), jen.Id("b").Dot("N")))))...)
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
	call := b.call(r.plan, r.data, func(i int, _ plan.Arg) *jen.Statement { return jen.Id("m").Dot(r.field(i)) })
	outs := outArgs(r.plan.plan)
	results := make([]jen.Code, len(outs))
	for i, a := range outs {
		results[i] = dataValues(a, jen.Id("m").Dot(r.field(i)))
	}
	if r.target.factor >= 0 {
		results = append(results[:1], jen.Id("b").Dot("Factors").Index(jen.Lit(r.target.factor)))
	}
	return append(call.statements(r.plan.name), jen.Return(results...))
}

// dataValues views an output buffer as the engine's values.
func dataValues(a plan.Arg, buffer *jen.Statement) *jen.Statement {
	kind := valuesField(a.Leaf.Kind)
	size := a.Leaf.Size()
	return data("Values").Values(
		entry("Object", jen.Lit(a.Type.String())),
		entry("Kind", data(kind)),
		entry("Width", jen.Lit(size)),
		entry(kind, buffer.Index(jen.Empty(), times(size, jen.Id("b").Dot("N")))),
	)
}
