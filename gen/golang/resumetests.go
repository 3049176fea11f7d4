package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// examplesOfStep is how many examples a step of the tests of resumed training
// takes.
const examplesOfStep = 3

// resumeTests hold every trainer to going on from a saved state as if it had
// never stopped.
func (e *emitter) resumeTests() []jen.Code {
	var out []jen.Code
	for _, t := range e.trainers {
		scope := e.names.scope("t", "d", "i", "k", "err", "start", "s", "trainer", "step")
		ids := scope.locals(t.columnNames(e))
		n := t.examples(examplesOfStep)
		body := []jen.Code{
			jen.Id("d").Op(":=").Add(lawtest("NewDraws")).Call(jen.Lit("resuming " + t.endo.Name)),
			jen.Id("start").Op(":=").New(t.state),
		}
		body = append(body, e.drawParams(t.endo)...)
		var args, fill []jen.Code
		for range t.endo.Open {
			args = append(args, jen.Lit(0.1))
		}
		count := jen.Lit(n).Op("*").Add(lawtest("StepsInAll"))
		for i, f := range t.endo.Dom.Factors() {
			body = append(body, jen.Id(ids[i]).Op(":=").Make(jen.Index().Add(e.types.goType(columnOf(f))), jen.Add(count)))
			fill = append(fill, drawObject(columnOf(f), ids[i]+"[i]", false, plan.DataArg)...)
			if t.besides(f) { // one for each step: more were drawn than there are steps
				args = append(args, jen.Id(ids[i]).Index(jen.Id("k")))
				continue
			}
			from := jen.Lit(n).Op("*").Id("k")
			args = append(args, jen.Id(ids[i]).Index(jen.Add(from), jen.Add(from).Op("+").Lit(n)))
		}
		if len(fill) > 0 {
			body = append(body, jen.For(jen.Id("i").Op(":=").Range().Add(count)).Block(fill...))
		}
		step := []jen.Code{
			jen.List(append(t.ignored()[1:], jen.Err())...).Op(":=").Id("trainer").Dot("Step").Call(args...),
			jen.Return(jen.Err()),
		}
		state := jen.Op("*").Add(t.state)
		open := jen.Func().Params(jen.Id("s").Add(state)).
			Params(jen.Func().Params(jen.Int()).Error(), jen.Func().Params().Add(state)).Block(
			jen.List(jen.Id("trainer"), jen.Err()).Op(":=").Id("New"+t.name).Call(jen.Id("s"), jen.Lit(n)),
			jen.If(jen.Err().Op("!=").Nil()).Block(jen.Id("t").Dot("Fatal").Call(jen.Err())),
			jen.Id("step").Op(":=").Func().Params(jen.Id("k").Int()).Error().Block(step...),
			jen.Return(jen.Id("step"), jen.Id("trainer").Dot("State")),
		)
		body = append(body, lawtest("Resumes").Call(jen.Id("t"), jen.Lit(t.endo.Name), jen.Id("start"), open))
		out = append(out, e.test(t.name+"Resumes", "checks that "+t.name+" goes on from a saved state as if it had never stopped.", body...))
	}
	return out
}

// drawParams prints the drawing of a state's parameters; what an optimizer adds
// to them starts at zero.
func (e *emitter) drawParams(endo *category.Arrow) []jen.Code {
	if !isState(endo.State) {
		return drawObject(endo.State, "start", true, plan.ParamArg)
	}
	var out []jen.Code
	for _, p := range piecesOf(endo.State) {
		if len(p.leaf.Path) > 0 && p.leaf.Path[0] == paramsField {
			out = append(out, drawPiece(p, "start", true, plan.ParamArg))
		}
	}
	return out
}
