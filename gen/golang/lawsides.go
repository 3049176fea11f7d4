package golang

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// lawTest prints the test of one law: both sides as plans on drawn inputs.
func (e *emitter) lawTest(l *category.Law) []jen.Code {
	left, err := e.lawSide(l, "Left", l.Left)
	if err != nil {
		e.note(l.Span, fmt.Sprintf("law %s has no test: %v", l.Name, err))
		return nil
	}
	right, err := e.lawSide(l, "Right", l.Right)
	if err != nil {
		e.note(l.Span, fmt.Sprintf("law %s has no test: %v", l.Name, err))
		return nil
	}
	args := planTensors(left.plan)
	if len(planTensors(right.plan)) > len(args) {
		args = planTensors(right.plan)
	}
	within := l.Within
	if l.Exactly {
		within = 0
	}
	test := e.test(exported(l.Name), "holds the law "+l.Name+" ("+cite(l.Span)+").", lawtest("Law").Call(jen.Id("t"), lawtest("Case").Add(inLines(
		entry("Name", jen.Lit(l.Name)),
		entry("Args", tensorList(args)),
		entry("Outs", tensorList(outTensors(left.plan))),
		entry("Left", e.side(left, l.LeftText, args)),
		entry("Right", e.side(right, l.RightText, args)),
		entry("Within", number(within)),
	))))
	return []jen.Code{test, e.planFunc(left.name, left.doc, left.plan), e.planFunc(right.name, right.doc, right.plan)}
}

func (e *emitter) lawSide(l *category.Law, side string, d *category.Diagram) (*planned, error) {
	name := e.names.claim("law"+exported(l.Name)+side, "Plan")
	p, err := plan.NewForward(e.c, l.Name, d)
	return &planned{name: name, doc: name + " is one side of the law " + l.Name + ".", plan: p}, err
}

func outTensors(p *plan.Plan) []tensorOf {
	var out []tensorOf
	for _, a := range p.Args {
		if a.Role == plan.OutputArg {
			out = append(out, tensorOf{leafTitle(a.Type, &a.Leaf), a.Leaf, a.Role})
		}
	}
	return out
}

// side prints one side of a law as a function of the drawn arguments.
func (e *emitter) side(p *planned, text string, drawn []tensorOf) *jen.Statement {
	var args []jen.Code
	if w := p.plan.Work; w != (plan.Extent{}) {
		args = append(args, jen.Make(jen.Index().Float32(), jen.Lit(w.PerExample+w.Fixed)))
	}
	args = append(args, jen.Lit(1))
	used := make([]bool, len(drawn))
	outs := 0
	for _, a := range p.plan.Args {
		if a.Role == plan.OutputArg {
			args = append(args, jen.Id("out").Index(jen.Lit(outs)).Dot(valuesField(a.Leaf.Kind)))
			outs++
			continue
		}
		i := position(drawn, used, a)
		v := jen.Id("in").Index(jen.Lit(i)).Dot(valuesField(a.Leaf.Kind))
		if a.Role == plan.SettingArg {
			v = v.Index(jen.Lit(0))
		}
		args = append(args, v)
	}
	values := jen.Index().Add(lawtest("Values")).Types(jen.Float32())
	run := jen.Func().Params(jen.List(jen.Id("in"), jen.Id("out")).Add(values)).Block(jen.Id(p.name).Call(args...))
	return lawtest("Side").Values(entry("Text", jen.Lit(text)), entry("Run", run))
}

// position finds the drawn tensor that an argument of a side stands for.
func position(drawn []tensorOf, used []bool, a plan.Arg) int {
	title := leafTitle(a.Type, &a.Leaf)
	for i := range drawn {
		if !used[i] && drawn[i].role == a.Role && drawn[i].name == title {
			used[i] = true
			return i
		}
	}
	return 0
}
