package golang

import (
	"slices"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// How far two ways of putting a composite together may be from each other: what
// is fused on one side may be apart on the other. Hand-written arrows exist in
// float32 only.
const (
	composedWithin     = 1e-9
	composedWithinHand = 1e-4
)

// owedTests hold every composite, as compiled, to the laws of a category in
// which things can be copied: it can be cut anywhere and put together again
// (at its ends: the units; between: associativity), and its result copied is
// what two runs on copies of its input give.
func (e *emitter) owedTests() []jen.Code {
	var out []jen.Code
	for _, a := range e.c.Arrows {
		if a.Kind != category.Term || a.Endo || a.Partial || firstGrad(a.Diagram) != nil {
			continue
		}
		c := without(e.c, a) // what computes a composition otherwise has a law of its own
		whole, err := plan.NewForward(c, a.Name, a.Diagram, plan.Declared)
		if err != nil {
			continue
		}
		o := &owed{e: e, c: c, arrow: a, whole: whole, drawn: e.planTensors(whole), real: jen.Float64(), within: composedWithin}
		if len(whole.Hand) > 0 {
			o.real, o.within = jen.Float32(), composedWithinHand
		}
		var body []jen.Code
		for _, k := range o.places() {
			body = append(body, o.cut(k)...)
		}
		body = append(body, o.copied()...)
		if len(body) > 0 {
			body = append(o.common(), body...)
			out = append(out, e.test(exported(a.Name)+"Composes", "cuts "+a.Name+" in two and puts it together again, and runs it on copies.", body...))
		}
	}
	return out
}

// owed prints the laws that one composite owes.
type owed struct {
	e     *emitter
	c     *category.Category
	arrow *category.Arrow
	whole *plan.Plan
	drawn []tensorOf

	real   *jen.Statement // the element type
	within float64
}

// common prints what all laws of the arrow have: what is drawn, what comes
// out, and the arrow.
func (o *owed) common() []jen.Code {
	return []jen.Code{
		jen.Id("args").Op(":=").Add(tensorList(o.drawn)),
		jen.Id("outs").Op(":=").Add(tensorList(o.e.outTensors(o.whole))),
		jen.Id("whole").Op(":=").Add(o.e.sideRun(o.whole, o.e.byName(o.whole, o.drawn), o.real)),
	}
}

// law prints a law of two sides.
func (o *owed) law(outs jen.Code, left string, run jen.Code, right string, other jen.Code, within float64) jen.Code {
	return lawtest("Law").Call(jen.Id("t"), lawtest("Case").Types(o.real).Add(inLines(append([]jen.Code{
		entry("Name", jen.Lit(left+" = "+right)),
		entry("Args", jen.Id("args")),
		entry("Outs", outs),
		entry("Left", lawtest("Side").Types(o.real).Values(entry("Text", jen.Lit(left)), entry("Run", run))),
		entry("Right", lawtest("Side").Types(o.real).Values(entry("Text", jen.Lit(right)), entry("Run", other))),
		entry("Within", number(within)),
	}, work(o.whole, o.whole)...)...)))
}

// longPlan is from how many statements on an arrow is cut once, in the middle:
// the tests of a deep model would be longer than the model.
const longPlan = 40

// places lists where the arrow is cut: at both ends, and at most twice
// between.
func (o *owed) places() []int {
	n := len(steps(o.arrow.Diagram))
	if n < 2 {
		return nil
	}
	if len(o.whole.Ops) > longPlan {
		return []int{n / 2}
	}
	return slices.Compact([]int{0, (n + 2) / 3, (2*n + 1) / 3, n})
}

// cut prints the law that the first k operations, then the rest, are the
// arrow. A part without operations is an identity.
func (o *owed) cut(k int) []jen.Code {
	first, second := cutDiagram(o.arrow.Diagram, k)
	p, err := plan.NewForward(o.c, o.arrow.Name, first, plan.Declared)
	if err != nil {
		return nil
	}
	q, err := plan.NewForward(o.c, o.arrow.Name, second, plan.Declared)
	if err != nil {
		return nil
	}
	between := o.e.byName(p, o.drawn)
	outs := 0
	for i, a := range p.Args {
		if a.Role == plan.OutputArg {
			between[i] = item("out", outs)
			outs++
		}
	}
	run := sideFunc(o.real).Block(
		jen.Id("between").Op(":=").Add(lawtest("Rooms")).Types(o.real).Call(tensorList(o.e.outTensors(p))),
		jen.Add(o.e.sideRun(p, between, o.real)).Call(jen.Id("in"), jen.Id("between")),
		jen.Add(o.e.sideRun(q, o.after(q), o.real)).Call(jen.Qual("slices", "Concat").Call(jen.Id("in"), jen.Id("between")), jen.Id("out")),
	)
	name := o.arrow.Name
	title := "first " + strconv.Itoa(k) + " of " + name + " >> rest"
	switch k {
	case 0:
		title = "id >> " + name
	case len(steps(o.arrow.Diagram)):
		title = name + " >> id"
	}
	return []jen.Code{o.law(jen.Id("outs"), title, run, name, jen.Id("whole"), o.within)}
}

// after places the arguments of the second part: parameters where they are
// drawn, data behind all that is drawn.
func (o *owed) after(q *plan.Plan) []string {
	used := make([]bool, len(o.drawn))
	places := make([]string, len(q.Args))
	data, outs := len(o.drawn), 0
	for i, a := range q.Args {
		switch a.Role {
		case plan.OutputArg:
			places[i] = item("out", outs)
			outs++
		case plan.DataArg:
			places[i] = item("in", data)
			data++
		default:
			places[i] = item("in", o.e.position(o.drawn, used, a))
		}
	}
	return places
}

// copied prints the law that copying the result is running on copies, bit for
// bit: an arrow depends on its input and parameters only.
func (o *owed) copied() []jen.Code {
	twice := category.NewDiagram()
	d, a := o.arrow.Diagram, o.arrow
	given := category.NoWire
	for _, w := range d.Ins {
		twice.Ins = append(twice.Ins, twice.AddWire(d.TypeOf(w), d.Wires[w].Name, a.Span))
	}
	if d.Given != category.NoWire {
		given = twice.AddWire(d.TypeOf(d.Given), "", a.Span)
		twice.Given = given
	}
	for _, w := range d.Settings {
		twice.Settings = append(twice.Settings, twice.AddWire(d.TypeOf(w), d.Wires[w].Name, a.Span))
	}
	for range 2 {
		n := &category.Node{Op: &category.Call{Arrow: a}, In: twice.Ins, Given: given, Settings: twice.Settings, Span: a.Span}
		for _, w := range d.Outs {
			n.Out = append(n.Out, twice.AddWire(d.TypeOf(w), d.Wires[w].Name, a.Span))
		}
		twice.Nodes, twice.Outs = append(twice.Nodes, n), append(twice.Outs, n.Out...)
	}
	p, err := plan.NewForward(o.c, a.Name, twice, plan.Declared)
	if err != nil {
		return nil
	}
	n := len(o.e.outTensors(o.whole))
	both := sideFunc(o.real).Block(
		jen.Id("whole").Call(jen.Id("in"), jen.Id("out").Index(jen.Empty(), jen.Lit(n))),
		jen.Id("whole").Call(jen.Id("in"), jen.Id("out").Index(jen.Lit(n), jen.Empty())),
	)
	return []jen.Code{o.law(jen.Qual("slices", "Concat").Call(jen.Id("outs"), jen.Id("outs")), "copy >> "+a.Name+" * "+a.Name, o.e.sideRun(p, o.e.byName(p, o.drawn), o.real), a.Name+" >> copy", both, 0)}
}
