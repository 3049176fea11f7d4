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
	if listsIn(l.Left) || listsIn(l.Right) {
		return e.objectLaw(l)
	}
	left, err := plan.NewForward(e.c, l.Name, l.Left, plan.Declared)
	if err != nil {
		e.note(l.Span, fmt.Sprintf("law %s has no test: %v", l.Name, err))
		return nil
	}
	right, err := plan.NewForward(e.c, l.Name, l.Right, plan.Declared)
	if err != nil {
		e.note(l.Span, fmt.Sprintf("law %s has no test: %v", l.Name, err))
		return nil
	}
	args := e.planTensors(left)
	if len(e.planTensors(right)) > len(args) {
		args = e.planTensors(right)
	}
	within := l.Within
	if l.Exactly {
		within = 0
	}
	test := e.test(exported(l.Name), "holds the law "+l.Name+" ("+cite(l.Span)+").", lawtest("Law").Call(jen.Id("t"), lawtest("Case").Types(jen.Float32()).Add(inLines(append([]jen.Code{
		entry("Name", jen.Lit(l.Name)),
		entry("Args", tensorList(args)),
		entry("Outs", tensorList(e.outTensors(left))),
		entry("Left", e.side(e.c, l.Left, left, l.LeftText, args)),
		entry("Right", e.side(e.c, l.Right, right, l.RightText, args)),
		entry("Within", number(within)),
	}, work(left, right)...)...))))
	return []jen.Code{test}
}

func (e *emitter) outTensors(p *plan.Plan) []tensorOf {
	var out []tensorOf
	for _, a := range p.Args {
		if a.Role == plan.OutputArg {
			out = append(out, tensorOf{e.leafTitle(a.Type, &a.Leaf), a.Leaf, a.Role})
		}
	}
	return out
}

// side prints one side of a law as a function of the drawn arguments, and its
// stages, planned by c.
func (e *emitter) side(c *category.Category, d *category.Diagram, p *plan.Plan, text string, drawn []tensorOf) *jen.Statement {
	entries := []jen.Code{entry("Text", jen.Lit(text)), entry("Run", e.sideRun(p, e.byName(p, drawn), jen.Float32()))}
	if stages := e.stages(c, p.Name, d, drawn); len(stages) > 1 {
		entries = append(entries, entry("Stages", jen.Index().Add(lawtest("Stage")).Types(jen.Float32()).Add(inLines(stages...))))
	}
	return lawtest("Side").Types(jen.Float32()).Add(inLines(entries...))
}

// mostStages bounds the length of what a counterexample shows of a side.
const mostStages = 8

// stages prints, for each arrow of a side, the side up to it.
func (e *emitter) stages(c *category.Category, name string, d *category.Diagram, drawn []tensorOf) []jen.Code {
	var out []jen.Code
	for i, n := range d.Nodes {
		does := ""
		switch op := n.Op.(type) {
		case *category.Call:
			does = op.Arrow.Name
		case *category.Apply:
			does = op.Prim.Decl.Name
		}
		if does == "" {
			continue
		}
		upTo := *d
		upTo.Nodes, upTo.Outs = d.Nodes[:i+1], n.Out
		p, err := plan.NewForward(c, name, &upTo, plan.Declared)
		if err != nil || len(out) == mostStages {
			return nil
		}
		out = append(out, jen.Values(entry("Arrow", jen.Lit(does)), entry("Outs", tensorList(e.outTensors(p))), entry("Run", e.sideRun(p, e.byName(p, drawn), jen.Float32()))))
	}
	return out
}

// byName places the arguments of a side among the drawn ones, and its results
// in order.
func (e *emitter) byName(p *plan.Plan, drawn []tensorOf) []string {
	used := make([]bool, len(drawn))
	places, outs := make([]string, len(p.Args)), 0
	for i, a := range p.Args {
		if a.Role == plan.OutputArg {
			places[i] = item("out", outs)
			outs++
		} else {
			places[i] = item("in", e.position(drawn, used, a))
		}
	}
	return places
}

func item(slice string, i int) string { return slice + "[" + strconv.Itoa(i) + "]" }

// sideRun prints a plan for one example, at an element type, as a function of
// drawn tensors, in which places says where each argument is.
func (e *emitter) sideRun(p *plan.Plan, places []string, real *jen.Statement) *jen.Statement {
	pp := &planPrinter{e: e, p: p, scope: e.planScope(p, "t", "in", "out", "between", "whole", "args", "outs", "k", "work", "workFin", "workInt", "workBool"), one: true}
	pp.mark()
	pp.ids = make([]string, len(p.Values))
	for i, a := range p.Args {
		pp.ids[a.Value] = places[i] + "." + valuesField(a.Leaf.Kind)
		if a.Role == plan.SettingArg {
			pp.ids[a.Value] += "[0]"
		}
	}
	pp.nameLocals()
	return sideFunc(real).BlockFunc(func(g *jen.Group) {
		for _, w := range workspaces(p) {
			g.Id(workOf(w.kind)).Op(":=").Make(jen.Index().Add(element(w.kind, real)), jen.Lit(w.size.PerExample+w.size.Fixed))
		}
		pp.body(g)
	})
}

// sideFunc prints the head of a side at an element type.
func sideFunc(real *jen.Statement) *jen.Statement {
	return jen.Func().Params(jen.List(jen.Id("in"), jen.Id("out")).Add(jen.Index().Add(lawtest("Values")).Types(real)))
}

// position finds the drawn tensor that an argument of a side stands for.
func (e *emitter) position(drawn []tensorOf, used []bool, a plan.Arg) int {
	title := e.leafTitle(a.Type, &a.Leaf)
	for i := range drawn {
		if !used[i] && drawn[i].role == a.Role && drawn[i].name == title {
			used[i] = true
			return i
		}
	}
	return 0
}
