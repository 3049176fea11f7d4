package golang

import (
	"fmt"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// lawTest prints the test of one law: both sides as plans on drawn inputs.
func (e *emitter) lawTest(l *category.Law) []jen.Code {
	left, err := e.lawSide(l, l.Left)
	if err != nil {
		e.note(l.Span, fmt.Sprintf("law %s has no test: %v", l.Name, err))
		return nil
	}
	right, err := e.lawSide(l, l.Right)
	if err != nil {
		e.note(l.Span, fmt.Sprintf("law %s has no test: %v", l.Name, err))
		return nil
	}
	args := planTensors(left)
	if len(planTensors(right)) > len(args) {
		args = planTensors(right)
	}
	within := l.Within
	if l.Exactly {
		within = 0
	}
	test := e.test(exported(l.Name), "holds the law "+l.Name+" ("+cite(l.Span)+").", lawtest("Law").Call(jen.Id("t"), lawtest("Case").Add(inLines(
		entry("Name", jen.Lit(l.Name)),
		entry("Args", tensorList(args)),
		entry("Outs", tensorList(outTensors(left))),
		entry("Left", e.side(left, l.LeftText, args)),
		entry("Right", e.side(right, l.RightText, args)),
		entry("Within", number(within)),
	))))
	return []jen.Code{test}
}

func (e *emitter) lawSide(l *category.Law, d *category.Diagram) (*plan.Plan, error) {
	return plan.NewForward(e.c, l.Name, d, plan.Declared)
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

// side prints one side of a law as a function of the drawn arguments: its
// plan for one example, on the drawn tensors themselves.
func (e *emitter) side(p *plan.Plan, text string, drawn []tensorOf) *jen.Statement {
	pp := &planPrinter{e: e, p: p, scope: e.planScope(p, "t", "in", "out", "k", "work", "workFin", "workInt", "workBool"), one: true}
	pp.mark()
	pp.ids = make([]string, len(p.Values))
	used := make([]bool, len(drawn))
	outs := 0
	for _, a := range p.Args {
		place, i := "in", 0
		if a.Role == plan.OutputArg {
			place, i = "out", outs
			outs++
		} else {
			i = position(drawn, used, a)
		}
		pp.ids[a.Value] = place + "[" + strconv.Itoa(i) + "]." + valuesField(a.Leaf.Kind)
		if a.Role == plan.SettingArg {
			pp.ids[a.Value] += "[0]"
		}
	}
	pp.nameLocals()
	run := jen.Func().Params(jen.List(jen.Id("in"), jen.Id("out")).Add(jen.Index().Add(lawtest("Values")).Types(jen.Float32()))).
		BlockFunc(func(g *jen.Group) {
			for _, w := range workspaces(p) {
				g.Id(workOf(w.kind)).Op(":=").Make(jen.Index().Add(element(w.kind, jen.Float32())), jen.Lit(w.size.PerExample+w.size.Fixed))
			}
			pp.body(g)
		})
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
