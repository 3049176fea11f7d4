package golang

import (
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// standInTests hold what is written by hand for a against the composition
// that it implements, and measure both.
func (e *emitter) standInTests(a *category.Arrow) []jen.Code {
	s := e.standIn(a)
	if !s.written {
		return nil
	}
	meaning := with(e.c, nil)
	byHand := with(e.c, map[*category.Arrow]category.StandIn{a: {}})
	composed, err := plan.NewForward(meaning, a.Name, a.Diagram, plan.Declared)
	if err != nil {
		e.note(a.Span, fmt.Sprintf("arrow %s has no law that Go for it could pass: %v", a.Name, err))
		return nil
	}
	hand, err := plan.NewForward(byHand, a.Name, a.Use(), plan.Declared)
	if err != nil {
		e.fail(err)
		return nil
	}
	args := e.planTensors(hand)
	name := e.names.claim(unexported(a.Name)+"ByHand", "Law")
	law := comment(name + " is the law of " + s.name + ": it is " + a.Implements.Text + " " + tolerance(a.Implements) + " (" + cite(a.Span) + ").").Line().
		Func().Id(name).Params().Add(lawCase()).Block(jen.Return(lawCase().Add(inLines(
		entry("Name", jen.Lit(a.Name)),
		entry("Args", tensorList(args)),
		entry("Outs", tensorList(e.outTensors(hand))),
		entry("Left", e.side(byHand, a.Use(), hand, s.name, args)),
		entry("Right", e.side(meaning, a.Diagram, composed, a.Implements.Text, args)),
		entry("Within", number(a.Implements.Within)),
	))))
	checks := []jen.Code{lawtest("Law").Call(jen.Id("t"), jen.Id(name).Call())}
	does := "holds " + s.name + " against what it implements."
	if s.reverse {
		checks = append(checks, e.reverseCheck(a))
		does = "holds " + s.name + " against what it implements, and its reverse against differences."
	}
	return []jen.Code{law, e.test(LawOf(a)[len("Test"):], does, checks...), e.standInBenchmark(s, name)}
}

func lawCase() *jen.Statement { return lawtest("Case").Types(jen.Float32()) }

// standInBenchmark measures both on one example; the objects of the
// hand-written one lie as callers have them.
func (e *emitter) standInBenchmark(s *standIn, law string) *jen.Statement {
	a := s.arrow
	scope := e.names.scope("b", "d")
	ins := scope.locals(e.factorNames(a))
	var body []jen.Code
	if parametric(a) || len(a.Dom.Factors()) > 0 {
		body = append(body, jen.Id("d").Op(":=").Add(lawtest("NewDraws")).Call(jen.Lit(a.Name)))
	}
	recv := ""
	if parametric(a) {
		recv = scope.local(initialLetter(e.types.name(a.Given)))
		body = append(body, jen.Id(recv).Op(":=").New(e.types.goType(a.Given)))
		body = append(body, drawObject(a.Given, recv, true, plan.ParamArg)...)
	}
	var args, results []jen.Code
	for i, t := range a.Dom.Factors() {
		body = append(body, jen.Id(ins[i]).Op(":=").New(e.types.goType(t)))
		body = append(body, drawObject(t, ins[i], true, plan.DataArg)...)
		args = append(args, jen.Op("*").Id(ins[i]))
	}
	factors := a.Cod.Factors()
	outs := scope.locals(slices.Repeat([]string{"y"}, len(factors)))
	for i, t := range factors { // results have a place, or nobody would miss the call
		body = append(body, jen.Id(outs[i]).Op(":=").New(e.types.goType(t)))
		results = append(results, jen.Op("*").Id(outs[i]))
	}
	run := e.call(a, s.name, pointerIn(recv), args)
	if len(results) > 0 {
		run = jen.List(results...).Op("=").Add(run)
	}
	body = append(body, lawtest("Compare").Call(jen.Id("b"), jen.Id(law).Call(), jen.Func().Params().Add(oneLine(run))))
	bench := e.names.claim("Benchmark"+exported(a.Name), "Again")
	return comment(bench + " measures " + s.name + " and what it implements.").Line().
		Func().Id(bench).Params(jen.Id("b").Op("*").Qual("testing", "B")).Block(body...)
}
