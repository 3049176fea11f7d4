package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// rowPredictors prints, for each arrow that scores what follows every place of
// a text, a predictor of the scores at one place. Whoever writes text reads no
// others, and its plan leaves out what only they need.
func (e *emitter) rowPredictors(f *file) {
	for _, t := range e.home.Trains {
		for _, a := range t.Writers(e.home) {
			if e.predictorOf(a) == nil || e.rowPredictorOf(a) != nil {
				continue
			}
			if p := e.rowPredictor(a); p != nil {
				e.addPredictor(f, p)
			}
		}
	}
}

// predictorOf is the predictor of an arrow, or nil.
func (e *emitter) predictorOf(a *category.Arrow) *predictor {
	return e.findPredictor(func(p *predictor) bool { return p.arrow == a })
}

// rowPredictorOf is the predictor of the rows that an arrow gives, or nil.
func (e *emitter) rowPredictorOf(a *category.Arrow) *predictor {
	return e.findPredictor(func(p *predictor) bool { return p.whole == a })
}

func (e *emitter) findPredictor(is func(*predictor) bool) *predictor {
	if i := slices.IndexFunc(e.predictors, is); i >= 0 {
		return e.predictors[i]
	}
	return nil
}

func (e *emitter) rowPredictor(a *category.Arrow) *predictor {
	row := e.rowOf(a)
	if row == nil {
		return nil
	}
	p, err := plan.NewForward(e.c, row.Name, e.drawn(row), plan.Stored)
	if err != nil || !batchedOutputs(p) {
		return nil
	}
	does := a.Name + " at one place"
	return &predictor{
		arrow: row, whole: a, does: does, name: e.names.claim(exported(row.Name)+"Predictor", "Type"),
		bound: e.boundFor(unexported(row.Name)+"Plan", "computes "+does+" for n examples.", p),
		given: e.types.goType(a.Given),
	}
}

// rowOf is the composition of an arrow to rows with std's row_at: one more input
// names the place. It is nil where the arrow gives no row for each place.
func (e *emitter) rowOf(a *category.Arrow) *category.Arrow {
	context, scores := a.Dom.Factors()[0], a.Cod.Factors()[0]
	tokens, dims := context.Leaves()[0].Dims, scores.Leaves()[0].Dims
	if e.c.Row == nil || len(tokens) != 1 || len(dims) != 2 || dims[0] != tokens[0] {
		return nil
	}
	decl := e.c.Row
	place := &category.Type{Kind: category.Fin, N: dims[0]}
	one := category.NewReal(dims[1])
	d := category.NewDiagram()
	in, at := d.AddWire(context, "", a.Span), d.AddWire(place, "at", a.Span)
	d.Given = d.AddWire(a.Given, "", a.Span)
	all, out := d.AddWire(scores, "", a.Span), d.AddWire(one, "row", a.Span)
	d.Ins, d.Outs = []category.WireID{in, at}, []category.WireID{out}
	prim := &category.Prim{Decl: decl, Dims: map[string]int{decl.Ins[0].Shape[0].Var: dims[0]}, Segs: map[string][]int{decl.Ins[0].Shape[1].Var: dims[1:]}}
	d.Nodes = []*category.Node{
		{Op: &category.Call{Arrow: a}, In: []category.WireID{in}, Given: d.Given, Out: []category.WireID{all}, Span: a.Span},
		{Op: &category.Apply{Prim: prim}, In: []category.WireID{all, at}, Given: category.NoWire, Out: []category.WireID{out}, Span: a.Span},
	}
	return &category.Arrow{
		Name: a.Name + "_row", Category: a.Category, Span: a.Span, Decl: a.Decl, Kind: category.Term,
		Dom: category.NewProduct(context, place), Cod: one, Given: a.Given, Inputs: []string{e.factorNames(a)[0], "at"}, Diagram: d,
	}
}

// rowPredictorTest holds a predictor of rows against the predictor of all of
// them, and checks that it allocates nothing.
func (e *emitter) rowPredictorTest(p *predictor) *jen.Statement {
	all := e.predictorOf(p.whole)
	scope := e.names.scope("t", "d", "i", "p", "whole", "params", "at", "dst", "want", "got", "err")
	ins := scope.locals(plurals(e.factorNames(p.whole)))[0]
	context := p.whole.Dom.Factors()[0]
	places := context.Leaves()[0].Dims[0]
	const n = 70 // more than predictors compute at a time
	one := jen.Id("p").Dot("Predict").Call(jen.Id(ins).Index(jen.Lit(0)), jen.Id("at").Index(jen.Lit(0)))
	body := []jen.Code{
		jen.Id("d").Op(":=").Add(lawtest("NewDraws")).Call(jen.Lit(p.arrow.Name)),
		jen.Id("params").Op(":=").New(p.given),
	}
	body = append(body, drawObject(p.arrow.Given, "params", true, plan.ParamArg)...)
	row := func(id *jen.Statement) *jen.Statement { return flat(category.Real, id) }
	body = append(body,
		jen.List(jen.Id(ins), jen.Id("at")).Op(":=").List(jen.Make(jen.Index().Add(e.types.goType(context)), jen.Lit(n)), jen.Make(jen.Index().Int32(), jen.Lit(n))),
		jen.For(jen.Id("i").Op(":=").Range().Lit(n)).Block(append(drawObject(context, ins+"[i]", false, plan.DataArg),
			jen.Id("at").Index(jen.Id("i")).Op("=").Int32().Call(jen.Id("i").Op("%").Lit(places)))...),
		jen.List(jen.Id("p"), jen.Id("whole")).Op(":=").List(jen.Id("New"+p.name).Call(jen.Id("params")), jen.Id("New"+all.name).Call(jen.Id("params"))),
		jen.Id("dst").Op(":=").Make(jen.Index().Add(e.types.goType(p.arrow.Cod)), jen.Lit(n)),
		jen.If(jen.Err().Op(":=").Id("p").Dot("PredictBatch").Call(jen.Id("dst"), jen.Id(ins), jen.Id("at")), jen.Err().Op("!=").Nil()).Block(jen.Id("t").Dot("Fatal").Call(jen.Err())),
		jen.For(jen.Id("i").Op(":=").Range().Id("at")).Block(
			jen.Id("want").Op(":=").Id("whole").Dot("Predict").Call(jen.Id(ins).Index(jen.Id("i"))),
			jen.Id("got").Op(":=").Id("p").Dot("Predict").Call(jen.Id(ins).Index(jen.Id("i")), jen.Id("at").Index(jen.Id("i"))),
			lawtest("Predicted").Call(jen.Id("t"), jen.Lit(p.does+", of one"), row(jen.Op("&").Id("want").Index(jen.Id("at").Index(jen.Id("i")))), row(jen.Op("&").Id("got"))),
			lawtest("Predicted").Call(jen.Id("t"), jen.Lit(p.does+", of many"), row(jen.Op("&").Id("want").Index(jen.Id("at").Index(jen.Id("i")))), row(jen.Op("&").Id("dst").Index(jen.Id("i")))),
		),
		lawtest("NoAllocsPooled").Call(jen.Id("t"), jen.Func().Params().Add(oneLine(one))),
	)
	return e.test(p.name, "holds "+p.name+" against the rows of "+all.name+", and checks that it allocates nothing.", body...)
}
