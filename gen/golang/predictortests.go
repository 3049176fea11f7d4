package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// predictorTests hold every predictor against its arrow, one example at a
// time and many, and assert that it allocates nothing.
func (e *emitter) predictorTests() []jen.Code {
	var out []jen.Code
	for _, p := range e.predictors {
		switch {
		case len(p.bound.plan.Hand) > 0 || !p.plain():
		case p.whole != nil:
			out = append(out, e.rowPredictorTest(p))
		default:
			out = append(out, e.predictorTest(p))
		}
	}
	return out
}

// plain reports whether the result is one tensor of reals, which the test
// can compare.
func (p *predictor) plain() bool {
	outs := outArgs(p.bound.plan)
	return len(outs) == 1 && outs[0].Leaf.Kind == category.Real
}

func (e *emitter) predictorTest(p *predictor) *jen.Statement {
	scope := e.names.scope("t", "d", "i", "p", "params", "dst", "want", "got", "err")
	ins := scope.locals(plurals(e.factorNames(p.arrow)))
	const n = 70 // more than predictors compute at a time
	body := []jen.Code{
		jen.Id("d").Op(":=").Add(lawtest("NewDraws")).Call(jen.Lit(p.arrow.Name)),
		jen.Id("params").Op(":=").New(p.given),
	}
	body = append(body, drawObject(p.arrow.Given, "params", true, plan.ParamArg)...)
	var columns, first, each []jen.Code
	loop := []jen.Code{}
	for i, t := range p.arrow.Dom.Factors() {
		body = append(body, jen.Id(ins[i]).Op(":=").Make(jen.Index().Add(e.types.goType(t)), jen.Lit(n)))
		columns = append(columns, jen.Id(ins[i]))
		first = append(first, jen.Id(ins[i]).Index(jen.Lit(0)))
		each = append(each, jen.Id(ins[i]).Index(jen.Id("i")))
		loop = append(loop, drawObject(t, ins[i]+"[i]", false, plan.DataArg)...)
	}
	if len(loop) > 0 {
		body = append(body, jen.For(jen.Id("i").Op(":=").Range().Lit(n)).Block(loop...))
	}
	out := outArgs(p.bound.plan)[0]
	view := func(id string) *jen.Statement {
		return flat(category.Real, address(id, false, out.Type, out.Leaf))
	}
	batch := append([]jen.Code{jen.Id("dst")}, columns...)
	body = append(body,
		jen.Id("p").Op(":=").Id("New"+p.name).Call(jen.Id("params")),
		jen.Id("dst").Op(":=").Make(jen.Index().Add(e.types.goType(p.arrow.Cod)), jen.Lit(n)),
		jen.If(jen.Err().Op(":=").Id("p").Dot("PredictBatch").Call(batch...), jen.Err().Op("!=").Nil()).Block(jen.Id("t").Dot("Fatal").Call(jen.Err())),
		jen.For(jen.Id("i").Op(":=").Range().Lit(n)).Block(
			jen.List(jen.Id("want"), jen.Id("got")).Op(":=").List(e.call(p.arrow, e.funcs[p.arrow], pointerIn("params"), each), jen.Id("p").Dot("Predict").Call(each...)),
			lawtest("Predicted").Call(jen.Id("t"), jen.Lit(p.arrow.Name+" of one"), view("want"), view("got")),
			lawtest("Predicted").Call(jen.Id("t"), jen.Lit(p.arrow.Name+" of many"), view("want"), view("dst[i]")),
		),
		lawtest("NoAllocsPooled").Call(jen.Id("t"), jen.Func().Params().Add(oneLine(jen.Id("p").Dot("Predict").Call(first...)))),
		lawtest("NoAllocsPooled").Call(jen.Id("t"), jen.Func().Params().Add(oneLine(jen.Id("_").Op("=").Id("p").Dot("PredictBatch").Call(batch...)))),
	)
	return e.test(p.name, "holds "+p.name+" against "+p.arrow.Name+", and checks that it allocates nothing.", body...)
}

// drawObject prints the filling of an object, piece by piece.
func drawObject(t *category.Type, root string, pointer bool, role plan.ArgRole) []jen.Code {
	var out []jen.Code
	for _, p := range piecesOf(t) {
		out = append(out, drawPiece(p, root, pointer, role))
	}
	return out
}

func drawPiece(p piece, root string, pointer bool, role plan.ArgRole) jen.Code {
	leaf := p.leaf
	leaf.Dims = p.dims
	x := tensorOf{p.name(), leaf, role}
	method := map[category.Kind]string{category.Fin: "Ints", category.Int: "Longs", category.Bool: "Bools"}[leaf.Kind]
	if method == "" {
		method = "Reals"
	}
	return jen.Id("d").Dot(method).Call(x.code(), flat(leaf.Kind, p.address(root, pointer)))
}
