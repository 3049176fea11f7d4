package golang

import (
	"math"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// checkedGrad is the function that runs the derivative of a diagram line by
// line for one example. Every value has a place of its own, so that a line
// that went wrong can show what it read.
type checkedGrad struct {
	ch   *checked
	name string
	of   string
	body *category.Diagram
	plan *plan.Plan
}

// gradOfBody makes the function for a differentiated diagram, once.
func (ch *checked) gradOfBody(body *category.Diagram, arrow string) *checkedGrad {
	for _, g := range ch.grads {
		if g.body == body {
			return g
		}
	}
	of := ch.gradName(body, arrow)
	p, err := ch.makeGradient(body, of)
	if err != nil {
		ch.fail(err)
		p = &plan.Plan{Result: plan.NoValue}
	}
	g := &checkedGrad{ch: ch, name: ch.names.claim("checked"+exported("grad_"+of), "Lines"), of: ch.gradTitle(body, arrow), body: body, plan: p}
	ch.grads = append(ch.grads, g)
	return g
}

// gradient prints the checked form of `grad f`.
func (ch *checked) gradient(a *category.Arrow) *jen.Statement {
	n := gradOf(a.Diagram)
	body := gradBody(n)
	loss := body.TypeOf(body.Outs[0])
	f := ch.face(a, loss)
	p := ch.printer(f, a.Diagram)
	p.bindInterface()
	p.differentiate(n, "dst", f.outs[0])
	out := []jen.Code{ch.operand(loss, jen.Op("&").Id(f.outs[0])), ch.operand(a.Cod, jen.Id("dst"))}
	run := jen.Id(f.err).Op("=").Add(checkedRun(jen.Id(f.trace), "Composite", a.Name, cite(a.Span), f.in(), out,
		f.closure(append(p.stmts, jen.Return(jen.Nil())))))
	return comment(f.name+" is "+ch.emitter.funcs[a]+" with each arrow and each line of the derivative checked ("+cite(a.Span)+").").Line().
		Add(f.head(jen.Id("dst").Op("*").Add(ch.types.goType(a.Cod)))).Add(f.results([]*category.Type{loss})).Block(run, f.returns())
}

// differentiate prints the arrows of a differentiated diagram and then the
// lines of its derivative, which go to where dst points; the value goes to
// result unless that is "".
func (p *checkedPrinter) differentiate(n *category.Node, dst, result string) {
	body := gradBody(n)
	q := p.inner(n, body)
	o := operands{n: jen.Lit(1), cotan: dst, pointers: true}
	for i, w := range n.In {
		p.store(w)
		q.values[body.Ins[i]] = p.values[w]
		o.data = append(o.data, source(p.place(w)))
	}
	o.param = p.pointerTo(n.Given)
	q.values[body.Given] = p.values[n.Given]
	for _, w := range n.Settings {
		o.settings = append(o.settings, source(p.value(w)))
	}
	for _, w := range body.Outs {
		q.uses[w]-- // the lines compute it again
	}
	q.all()
	g := p.ch.gradOfBody(body, p.s.arrow.Name)
	call := p.ch.planCall(&planned{name: g.name, plan: withoutWork(g.plan)}, o)
	lines := jen.Id(g.name).Call(append([]jen.Code{jen.Id(p.face.trace)}, call.args[1:]...)...)
	p.stmts = append(append(p.stmts, q.stmts...), call.before...)
	if result == "" {
		p.stmts = append(p.stmts, jen.If(jen.List(jen.Id("_"), jen.Id(p.face.err)).Op(":=").Add(lines), jen.Id(p.face.err).Op("!=").Nil()).Block(jen.Return(jen.Id(p.face.err))))
	} else {
		p.stmts = append(p.stmts, jen.List(jen.Id("result"), jen.Id(p.face.err)).Op(":=").Add(lines), p.fails())
	}
	p.stmts = append(p.stmts, call.after...)
	if result != "" {
		p.stmts = append(p.stmts, jen.Id(result).Op("=").Add(p.e.types.goType(body.TypeOf(body.Outs[0]))).Call(jen.Id("result")))
	}
}

// pointerTo is a variable that points to what a wire carries.
func (p *checkedPrinter) pointerTo(w category.WireID) string {
	if v := p.values[w]; v.pointer {
		return source(v.code)
	}
	id := p.local(w)
	p.stmts = append(p.stmts, jen.Id(id).Op(":=").Add(p.pointer(w)))
	p.values[w] = wireValue{code: jen.Id(id), pointer: true, place: true}
	return id
}

// withoutWork is p as a function sees it that brings its own workspace.
func withoutWork(p *plan.Plan) *plan.Plan {
	q := *p
	q.Work, q.WorkFin, q.WorkInt, q.WorkBool = plan.Extent{}, plan.Extent{}, plan.Extent{}, plan.Extent{}
	return &q
}

// function prints the lines.
func (g *checkedGrad) function() *jen.Statement {
	err := g.ch.names.scope().local("err")
	pp := &planPrinter{e: g.ch.emitter, p: g.plan, one: true, examples: "n", all: "n", scope: g.ch.planScope(g.plan, "t", err, "n", "k", "result")}
	pp.mark()
	pp.nameValues()
	var params paramGroups
	for _, a := range g.plan.Args {
		typ := element(a.Leaf.Kind, jen.Float32())
		if a.Role != plan.SettingArg {
			typ = jen.Index().Add(typ)
		}
		params.add(pp.ids[a.Value], source(typ), typ)
	}
	body := g.places(pp)
	for i := range g.plan.Ops {
		op := &g.plan.Ops[i]
		body = append(body, jen.If(jen.Id(err).Op(":=").Add(g.line(pp, op)), jen.Id(err).Op("!=").Nil()).Block(jen.Return(jen.Id(err))))
	}
	if r := g.plan.Result; r != plan.NoValue {
		body = append(body, jen.Id("result").Op("=").Add(pp.result(r)))
	}
	body = append(body, jen.Return(jen.Nil()))
	made := jen.Lit(g.ch.text(category.NewTangent(g.body.TypeOf(g.body.Given))))
	out := rt("RecordOperand").Call(append([]jen.Code{made}, g.views(pp, g.args(plan.CotangentArg))...)...)
	lines := checkedRun(jen.Id("t"), "Composite", g.title(), cite(g.plan.Span), g.views(pp, g.args(plan.DataArg)), []jen.Code{out},
		jen.Func().Params(jen.Id("t").Op("*").Add(rt("Trace"))).Error().Block(body...))
	return comment(g.name+" computes the derivative of "+g.of+" for one example, each line checked, and the value of "+g.of+".").Line().
		Func().Id(g.name).Params(append([]jen.Code{jen.Id("t").Op("*").Add(rt("Trace"))}, params.print()...)...).
		Params(jen.Id("result").Float32(), jen.Id(err).Error()).Block(
		jen.Id(err).Op("=").Add(lines),
		jen.Return(jen.Id("result"), jen.Id(err)),
	)
}

// title names the derivative in traces.
func (g *checkedGrad) title() string {
	if of := g.ch.gradTitle(g.body, ""); of != "" {
		return of + "†"
	}
	return "derivative"
}

func (g *checkedGrad) args(role plan.ArgRole) []plan.ValueID {
	var out []plan.ValueID
	for _, a := range g.plan.Args {
		if a.Role == role {
			out = append(out, a.Value)
		}
	}
	return out
}

// places makes the memory of the lines.
func (g *checkedGrad) places(pp *planPrinter) []jen.Code {
	var out []jen.Code
	for i := range g.plan.Values {
		v := &g.plan.Values[i]
		switch {
		case !pp.used[i] || v.Store == plan.ArgStore:
		case v.Store == plan.ViewStore:
			out = append(out, jen.Id(pp.ids[i]).Op(":=").Add(pp.id(v.Of)).Index(jen.Lit(v.Start), jen.Lit(v.Start+v.Size())))
		default:
			out = append(out, jen.Id(pp.ids[i]).Op(":=").Make(jen.Index().Add(element(v.Kind, jen.Float32())), jen.Lit(v.Size())))
		}
	}
	return out
}

// line prints one statement between what it reads and what it writes.
func (g *checkedGrad) line(pp *planPrinter, op *plan.Op) *jen.Statement {
	return checkedRun(jen.Id("t"), "Arrow", ruleOf(op), cite(op.Span), g.views(pp, op.In), g.views(pp, op.Out), jen.Func().Params().Block(pp.op(op)))
}

func (g *checkedGrad) views(pp *planPrinter, values []plan.ValueID) []jen.Code {
	var out []jen.Code
	for _, id := range values {
		if id == plan.NoValue {
			continue
		}
		v := &g.plan.Values[id]
		title, leaf, given := v.Name, category.Leaf{Kind: v.Kind, N: math.MaxInt32}, false
		for _, a := range g.plan.Args {
			if a.Value == id && a.Role != plan.SettingArg {
				title, leaf, given = g.ch.leafTitle(a.Type, &a.Leaf), a.Leaf, a.Role == plan.ParamArg
			}
		}
		view := viewOperand(title, leaf, pp.id(id), v.Dims)
		if given {
			view = view.Dot("Parameter").Call()
		}
		out = append(out, view)
	}
	return out
}
