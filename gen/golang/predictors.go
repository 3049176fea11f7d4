package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// predictor is the Go type that applies a composite arrow with parameters,
// stored as kernels like them, from any number of goroutines.
type predictor struct {
	arrow *category.Arrow
	bound *boundPlan
	name  string          // PredictPredictor
	maker string          // its constructor
	given jen.Code        // Go type of the parameters
	does  string          // what it applies
	whole *category.Arrow // of one that gives a row of what this arrow gives; else nil
}

// predictorsFile holds the predictors of arrows that compose others with
// parameters and end in something other than what is learnt by: a
// differentiated arrow measures, it does not predict.
func (e *emitter) predictorsFile() *file {
	f := e.newFile("predictors_gen.go")
	for _, a := range e.c.Arrows {
		if p := e.predictor(a); p != nil {
			e.addPredictor(f, p)
		}
	}
	e.rowPredictors(f)
	return f
}

func (e *emitter) addPredictor(f *file, p *predictor) {
	e.predictors = append(e.predictors, p)
	f.add(p.typ(), p.constructor(e), p.one(e), p.many(e), p.call(e))
}

func (e *emitter) predictor(a *category.Arrow) *predictor {
	if a.Endo || a.Diagram == nil || a.Given.IsUnit() || a.Partial || len(a.Open) > 0 || lone(a.Diagram) != nil ||
		firstGrad(a.Diagram) != nil || e.differentiated(a) || e.types.name(a.Given) == "" {
		return nil
	}
	p, err := plan.NewForward(e.c, a.Name, e.drawn(a), plan.Stored)
	if err != nil || p.Single || p.List || len(a.Dom.Factors()) == 0 || !batchedOutputs(p) {
		return nil // what has no plan for many examples has no predictor; the arrow itself says so
	}
	return &predictor{
		arrow: a, does: a.Name, name: e.names.claim(exported(a.Name)+"Predictor", "Type"),
		bound: e.boundFor(unexported(a.Name)+"Plan", "computes "+a.Name+" for n examples.", p),
		given: e.types.goType(a.Given),
	}
}

func batchedOutputs(p *plan.Plan) bool {
	return !slices.ContainsFunc(outArgs(p), func(a plan.Arg) bool { return !p.Values[a.Value].Batched })
}

// differentiated reports whether some grad differentiates a.
func (e *emitter) differentiated(a *category.Arrow) bool {
	for _, other := range e.c.Arrows {
		if body := firstGrad(other.Diagram); body != nil {
			if body == a.Diagram || len(body.Nodes) == 1 && calls(body.Nodes[0], a) {
				return true
			}
		}
	}
	return false
}

func calls(n *category.Node, a *category.Arrow) bool {
	c, ok := n.Op.(*category.Call)
	return ok && c.Arrow == a
}

func (p *predictor) holding(place string) *holding {
	return &holding{b: p.bound, place: place, root: "params"}
}

func (p *predictor) typ() *jen.Statement {
	return comment(p.name + " applies " + p.does + " with parameters of its own. It is safe for concurrent use. What a").Line().
		Add(comment("call works in is pooled: calls allocate nothing but what the garbage collector has taken from the pool.")).Line().
		Type().Id(p.name).Struct(jen.Id("pool").Add(rt("Pool")).Types(p.bound.typ()))
}

// constructor prints how a predictor is made: the parameters are brought into
// their order once, every call in flight has a workspace.
func (p *predictor) constructor(e *emitter) *jen.Statement {
	name := e.names.claim("New"+p.name, "For")
	p.maker = name
	h := p.holding("shared")
	var body []jen.Code
	if len(h.objects()) > 0 {
		body = append(body, jen.Id("kept").Op(":=").New(p.given), jen.Op("*").Id("kept").Op("=").Op("*").Id("params"))
		h.root = "kept"
	}
	body = append(body, jen.Id("shared").Op(":=").Add(p.bound.typ()).Values())
	body = append(body, h.make()...)
	body = append(body, h.load(false)...)
	own := p.holding("p")
	make := []jen.Code{jen.Id("p").Op(":=").Id("shared")}
	make = append(make, own.workspace(rt("Chunk"))...)
	for _, role := range []plan.ArgRole{plan.DataArg, plan.OutputArg} {
		for _, a := range p.args(role) {
			size := jen.Lit(a.Leaf.Size()).Op("*").Add(rt("Chunk"))
			if a.Leaf.Size() == 1 {
				size = rt("Chunk")
			}
			make = append(make, own.field(a).Op("=").Make(jen.Index().Add(element(a.Leaf.Kind, jen.Float32())), size))
		}
	}
	make = append(make, jen.Return(jen.Op("&").Id("p")))
	body = append(body, jen.Return(jen.Op("&").Id(p.name).Values(rt("NewPool").Call(jen.Func().Params().Op("*").Add(p.bound.typ()).Block(make...)))))
	return comment(name + " copies params.").Line().
		Func().Id(name).Params(jen.Id("params").Op("*").Add(p.given)).Op("*").Id(p.name).Block(body...)
}

func (p *predictor) args(role plan.ArgRole) []plan.Arg {
	var out []plan.Arg
	for _, a := range p.bound.plan.Args {
		if a.Role == role {
			out = append(out, a)
		}
	}
	return out
}

func (p *predictor) method(name string) *jen.Statement {
	return jen.Func().Params(jen.Id("p").Op("*").Id(p.name)).Id(name)
}

// names of the inputs and outputs of one example, or of many.
func (p *predictor) names(e *emitter) (ins, outs []string) {
	scope := e.names.scope("p", "q", "n", "k", "from", "to", "err", "dst", "w", "i", "j")
	ins = scope.locals(e.factorNames(p.arrow))
	for _, t := range p.arrow.Cod.Factors() {
		outs = append(outs, scope.local(e.typeWord(t, "y")))
	}
	return ins, outs
}

// one prints the method that takes one example. Inputs are copied into the
// pooled memory: a pointer to an argument would move it to the heap.
func (p *predictor) one(e *emitter) *jen.Statement {
	ins, outs := p.names(e)
	var params, results, ids []jen.Code
	for i, t := range p.arrow.Dom.Factors() {
		params = append(params, jen.Id(ins[i]).Add(e.types.goType(t)))
	}
	for i, t := range p.arrow.Cod.Factors() {
		results = append(results, jen.Id(outs[i]).Add(e.types.goType(t)))
		ids = append(ids, jen.Id(outs[i]))
	}
	body := []jen.Code{jen.Id("q").Op(":=").Id("p").Dot("pool").Dot("Get").Call()}
	for _, a := range p.args(plan.DataArg) {
		body = append(body, p.copyOne(a, ins[a.Index], false))
	}
	body = append(body, jen.Id("q").Dot("call").Call(jen.Lit(1)))
	for _, a := range p.args(plan.OutputArg) {
		body = append(body, p.copyOne(a, outs[a.Index], true))
	}
	body = append(body, jen.Id("p").Dot("pool").Dot("Put").Call(jen.Id("q")), jen.Return(ids...))
	return comment("Predict applies " + p.does + " to one example.").Line().
		Add(p.method("Predict")).Params(params...).Params(results...).Block(body...)
}

// copyOne copies one leaf of one object into pooled memory, or back.
func (p *predictor) copyOne(a plan.Arg, root string, back bool) jen.Code {
	w := &packLoop{id: "q." + p.bound.field[a.Value], kind: a.Leaf.Kind, back: back}
	return w.walk(a.Type, a.Leaf.Path, jen.Id(root), nil, a.Leaf.Dims)
}

// many prints the method that takes columns of examples.
func (p *predictor) many(e *emitter) *jen.Statement {
	ins, outs := p.names(e)
	ins = plurals(ins)
	for i := range outs {
		outs[i] = "dst"
		if len(outs) > 1 {
			outs[i] = "dst" + string(rune('1'+i))
		}
	}
	var params, lengths []jen.Code
	for i, t := range p.arrow.Cod.Factors() {
		params = append(params, jen.Id(outs[i]).Index().Add(e.types.goType(t)))
		lengths = append(lengths, jen.Len(jen.Id(outs[i])))
	}
	for i, t := range p.arrow.Dom.Factors() {
		params = append(params, jen.Id(ins[i]).Index().Add(e.types.goType(t)))
		lengths = append(lengths, jen.Len(jen.Id(ins[i])))
	}
	loop := []jen.Code{jen.Id("to").Op(":=").Min(jen.Id("from").Op("+").Add(rt("Chunk")), jen.Id("n"))}
	var after []jen.Code
	for _, a := range p.args(plan.DataArg) {
		loop = append(loop, p.columnOf(a, ins[a.Index]))
	}
	for _, a := range p.args(plan.OutputArg) {
		if oneTensor(a.Type) {
			loop = append(loop, p.columnOf(a, outs[a.Index]))
		} else {
			after = append(after, p.copyMany(a, outs[a.Index], true))
		}
	}
	loop = append(loop, jen.Id("q").Dot("call").Call(jen.Id("to").Op("-").Id("from")))
	loop = append(loop, after...)
	own, restore := p.ownMemory()
	body := []jen.Code{
		jen.List(jen.Id("n"), jen.Err()).Op(":=").Add(rt("ColumnSize")).Call(lengths...),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())),
		jen.Id("q").Op(":=").Id("p").Dot("pool").Dot("Get").Call(),
	}
	body = append(body, own...)
	body = append(body, jen.For(jen.Id("from").Op(":=").Lit(0), jen.Id("from").Op("<").Id("n"), jen.Id("from").Op("+=").Add(rt("Chunk"))).Block(loop...))
	body = append(body, restore...)
	body = append(body, jen.Id("p").Dot("pool").Dot("Put").Call(jen.Id("q")), jen.Return(jen.Nil()))
	return comment("PredictBatch applies " + p.does + " to each example of columns of one length. It fails with a").Line().
		Add(comment("*runtime.BatchError where they differ in length.")).Line().
		Add(p.method("PredictBatch")).Params(params...).Error().Block(body...)
}

// ownMemory keeps the pooled memory of what is read and written in columns,
// and puts it back.
func (p *predictor) ownMemory() (keep, restore []jen.Code) {
	var ids, fields []jen.Code
	for _, role := range []plan.ArgRole{plan.DataArg, plan.OutputArg} {
		for _, a := range p.args(role) {
			if oneTensor(a.Type) {
				f := p.bound.field[a.Value]
				ids = append(ids, jen.Id("own"+exported(f)))
				fields = append(fields, jen.Id("q."+f))
			}
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return []jen.Code{jen.List(ids...).Op(":=").List(fields...)}, []jen.Code{jen.List(fields...).Op("=").List(ids...)}
}

// columnOf lets the plan read, or write, a stretch of a column where it is;
// several tensors are gathered.
func (p *predictor) columnOf(a plan.Arg, column string) jen.Code {
	if !oneTensor(a.Type) {
		return p.copyMany(a, column, false)
	}
	part := flatSlice(a.Leaf.Kind, jen.Id(column).Index(jen.Id("from"), jen.Id("to")))
	return jen.Id("q." + p.bound.field[a.Value]).Op("=").Add(part)
}

// copyMany copies one leaf of a stretch of a column into pooled memory, or
// back.
func (p *predictor) copyMany(a plan.Arg, column string, back bool) jen.Code {
	id := "q." + p.bound.field[a.Value]
	w := &packLoop{id: id, kind: a.Leaf.Kind, back: back}
	k := w.variable()
	part := jen.Id(column).Index(jen.Id("from").Op("+").Id(k))
	return jen.For(jen.Id(k).Op(":=").Range().Parens(jen.Id("to").Op("-").Id("from"))).
		Block(w.walk(a.Type, a.Leaf.Path, part, jen.Id(k), a.Leaf.Dims))
}

// call prints how the pooled memory is run through the plan.
func (p *predictor) call(*emitter) *jen.Statement {
	recv := jen.Id("p").Op("*").Id(p.bound.name)
	if p.bound.pp.generic() {
		recv = recv.Types(jen.Id("T"))
	}
	return comment("call computes the first n examples.").Line().Func().Params(recv).Id("call").Params(jen.Id("n").Int()).Block(
		jen.If(jen.Id("p").Dot("n").Op("!=").Id("n")).Block(jen.Id("p").Dot("bind").Call(jen.Id("n"))),
		jen.Id("p").Dot("Run").Call(rt("Alone").Call()),
	)
}
