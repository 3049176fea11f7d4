package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// SamplerName is the method of a trained model that writes with the arrow a,
// one of the training's writers.
func SamplerName(a *category.Arrow) string { return exported(a.Name) + "Sampler" }

// LoaderName is the function of the generated package that reads a model of the
// training declaration t.
func LoaderName(t *category.Train) string { return "Load" + exported(t.Name) }

// samplers prints, for each arrow that can continue the text, how a trained
// model writes with it.
func (b *trainBench) samplers(spec string) []jen.Code {
	var out []jen.Code
	if b.e.types.decl(b.paramsType()) == nil {
		return nil // nor is there a trained model
	}
	for _, a := range b.t.Writers(b.e.home) {
		out = append(out, b.sampler(a, spec))
	}
	return out
}

func (b *trainBench) sampler(a *category.Arrow, spec string) *jen.Statement {
	name := SamplerName(a)
	context, scores := a.Dom.Factors()[0], a.Cod.Factors()[0]
	model := []jen.Code{
		entry("Context", flat(category.Fin, jen.Id("context"))),
		entry("Scores", flat(category.Real, jen.Id("scores"))),
	}
	if s := scores.RefinedSet(); s != nil && s.Simplex {
		model = append(model, entry("Shares", jen.True()))
	}
	apply, body := b.apply(a)
	ids, made := []jen.Code{jen.Id("context"), jen.Id("scores")}, []jen.Code{jen.New(b.e.types.goType(context)), jen.New(b.e.types.goType(scores))}
	args := []jen.Code{jen.Op("*").Id("context")}
	if row := b.e.rowPredictorOf(a); row != nil {
		body = []jen.Code{jen.Id("p").Op(":=").Id(row.maker).Call(jen.Op("&").Add(b.paramsOf(a)))}
		ids, made = append(ids, jen.Id("at")), append(made[:1], jen.New(b.e.types.goType(row.arrow.Cod)), jen.New(jen.Int32()))
		args = append(args, jen.Op("*").Id("at"))
		model = append(model, entry("At", jen.Id("at")))
	}
	model = append(model, entry("Score", jen.Func().Params().
		Add(oneLine(jen.Op("*").Id("scores").Op("=").Add(apply).Call(args...)))))
	body = append(body,
		jen.List(ids...).Op(":=").List(made...),
		jen.Return(sample("New").Call(jen.Op("&").Id(spec), sample("Model").Add(inLines(model...)))))
	return comment(name+" writes text token by token as "+a.Name+" scores what follows. It has parameters of its own, and").Line().
		Add(comment("fails where a score depends on tokens behind its place.")).Line().
		Func().Params(jen.Id("m").Op("*").Id(b.modelType)).Id(name).Params().
		Params(jen.Op("*").Add(sample("Sampler")), jen.Error()).Block(body...)
}

// apply prints what computes a, and what makes that ready: a predictor where
// there is one.
func (b *trainBench) apply(a *category.Arrow) (apply *jen.Statement, ready []jen.Code) {
	if a.Given.IsUnit() {
		return jen.Id(b.e.funcs[a]), nil
	}
	params := b.paramsOf(a)
	if p := b.e.predictorOf(a); p != nil {
		return jen.Id("p").Dot("Predict"), []jen.Code{jen.Id("p").Op(":=").Id(p.maker).Call(jen.Op("&").Add(params))}
	}
	own := []jen.Code{jen.Id("params").Op(":=").New(b.e.types.goType(a.Given)), jen.Op("*").Id("params").Op("=").Add(params)}
	if b.e.method(a) {
		return jen.Id("params").Dot(b.e.funcs[a]), own
	}
	context := jen.Func().Params(jen.Id("c").Add(b.e.types.goType(a.Dom.Factors()[0]))).Add(b.e.types.goType(a.Cod.Factors()[0])).
		Add(oneLine(jen.Return(jen.Id(b.e.funcs[a]).Call(jen.Id("params"), jen.Id("c")))))
	return jen.Parens(context), own
}

// paramsOf prints the place of the parameters of a in the model.
func (b *trainBench) paramsOf(a *category.Arrow) *jen.Statement {
	path, _ := pathTo(b.paramsType(), a.Given)
	return jen.Id("m." + b.e.types.name(b.paramsType()) + path)
}
