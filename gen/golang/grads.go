package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// gradOf returns the node of a diagram that is one grad and nothing else.
func gradOf(d *category.Diagram) *category.Node {
	if d == nil || len(d.Nodes) != 1 || len(d.Outs) != 1 {
		return nil
	}
	n := d.Nodes[0]
	if _, ok := n.Op.(*category.Grad); !ok || d.Outs[0] != n.Out[0] {
		return nil
	}
	return n
}

// gradBody is the differentiated diagram of a grad.
func gradBody(n *category.Node) *category.Diagram { return n.Op.(*category.Grad).Body }

// gradName names a differentiated diagram by the arrow that it is, or by the
// arrow that differentiates it.
func (e *emitter) gradName(body *category.Diagram, otherwise string) string {
	if len(body.Nodes) == 1 {
		if c, ok := body.Nodes[0].Op.(*category.Call); ok {
			return e.word(c.Arrow)
		}
	}
	return otherwise
}

// gradTitle is gradName in the user's words.
func (e *emitter) gradTitle(body *category.Diagram, otherwise string) string {
	if len(body.Nodes) == 1 {
		if c, ok := body.Nodes[0].Op.(*category.Call); ok {
			return e.title(c.Arrow)
		}
	}
	return otherwise
}

// gradient prints `grad f` for one example.
func (e *emitter) gradient(a *category.Arrow) *jen.Statement {
	s := e.signatureOf(a)
	body := gradBody(gradOf(a.Diagram))
	p := e.gradientPlan(body, a.Name)
	dst := s.scope.local("dst")
	loss := body.TypeOf(body.Outs[0])
	call := e.planCall(p, operands{n: examplesOf(p.plan, a.Dom, s.ins), data: s.ins, param: s.recv, cotan: dst, settings: s.settings, pointers: true})
	does := "assigns to " + dst + " the derivative of " + e.gradTitle(body, a.Name) + " by its parameters and returns its value"
	if p.plan.List {
		check := e.listCheck(a, p.plan, s.ins, jen.Lit(0))
		return e.doc(a, does).Add(e.head(s, jen.Id(dst).Op("*").Add(e.types.goType(a.Cod)))).Params(e.types.goType(loss), jen.Error()).
			Block(append(check, call.returning(p.name, e.convert(loss), jen.Nil())...)...)
	}
	return e.doc(a, does).Add(e.head(s, jen.Id(dst).Op("*").Add(e.types.goType(a.Cod)))).Add(e.types.goType(loss)).
		Block(call.returning(p.name, e.convert(loss))...)
}

// gradientPlan plans the derivative of body by its parameters.
func (e *emitter) gradientPlan(body *category.Diagram, arrow string) *planned {
	of := e.gradTitle(body, arrow)
	name := e.planName("grad", e.gradName(body, arrow))
	does := "assigns the mean derivative of " + of + " over n examples and returns the mean of " + of + "."
	if takesList(body) {
		does = "assigns the derivative of " + of + " at a list of n elements and returns its value."
	}
	return e.planFor(name, does, func() (*plan.Plan, error) { return e.makeGradient(body, of) })
}

// planName names the function of a plan: gradMeasure.
func (e *emitter) planName(verb, arrow string) string { return verb + exported(arrow) }

// convert makes a plain number a value of t.
func (e *emitter) convert(t *category.Type) func(*jen.Statement) *jen.Statement {
	return func(v *jen.Statement) *jen.Statement { return e.types.goType(t).Call(v) }
}
