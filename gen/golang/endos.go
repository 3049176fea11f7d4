package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// endo prints one update of a state by one example.
func (e *emitter) endo(a *category.Arrow) *jen.Statement {
	s := e.signatureOf(a)
	p := e.stepPlan(a)
	call := e.planCall(p, operands{n: examplesOf(p.plan, a.Dom, s.ins), data: s.ins, state: s.recv, settings: s.settings, pointers: true})
	loss := lossOf(a, p.plan)
	if p.plan.List {
		return e.listStep(a, s, call, p, loss)
	}
	if loss == nil {
		return e.doc(a, "updates "+s.recv+" by one example").Add(e.head(s)).Block(call.statements(p.name)...)
	}
	return e.doc(a, "updates "+s.recv+" by one example and returns the loss before it").Add(e.head(s)).Add(e.types.goType(loss)).
		Block(call.returning(p.name, e.convert(loss))...)
}

// lossOf is the object of the loss that a step returns, or nil.
func lossOf(a *category.Arrow, p *plan.Plan) *category.Type {
	if p.Result == plan.NoValue {
		return nil
	}
	if body := firstGrad(a.Diagram); body != nil {
		return body.TypeOf(body.Outs[0])
	}
	return category.NewReal()
}

// firstGrad finds the first differentiated diagram that d evaluates, in d
// itself or in what it calls.
func firstGrad(d *category.Diagram) *category.Diagram {
	return firstGradIn(d, map[*category.Diagram]bool{})
}

// firstGradIn looks at each diagram once: arrows that call others twice, level
// upon level, make more calls than could ever be walked.
func firstGradIn(d *category.Diagram, seen map[*category.Diagram]bool) *category.Diagram {
	if d == nil || seen[d] {
		return nil
	}
	seen[d] = true
	for _, n := range d.Nodes {
		if grad, ok := n.Op.(*category.Grad); ok {
			return grad.Body
		}
		if found := firstGradIn(n.Inner(), seen); found != nil {
			return found
		}
	}
	return nil
}

// stepPlan plans one update of the state of an endo.
func (e *emitter) stepPlan(a *category.Arrow) *planned {
	name := e.planName("run", a.Name)
	p := e.planFor(name, "updates the state by n examples.", func() (*plan.Plan, error) { return e.makeStep(a) })
	if p.plan.Result != plan.NoValue {
		p.doc = p.name + " updates the state by the mean over n examples and returns the mean loss before it."
	}
	return p
}

// forwardByPlan prints an arrow whose diagram does not read as plain calls.
func (e *emitter) forwardByPlan(s *signature) *jen.Statement {
	a := s.arrow
	name := e.planName("batch", a.Name)
	p := e.planFor(name, "computes "+a.Name+" for n examples.", func() (*plan.Plan, error) { return e.makeForward(a) })
	var results, ids []jen.Code
	o := operands{n: jen.Lit(1), data: s.ins, param: s.recv, settings: s.settings, pointers: true}
	for _, t := range a.Cod.Factors() {
		id := s.scope.local(e.typeWord(t, "y"))
		o.outs = append(o.outs, id)
		ids = append(ids, jen.Id(id))
		results = append(results, jen.Id(id).Add(e.types.goType(t)))
	}
	return e.doc(a, "is "+e.typeOf(a)).Add(e.head(s)).Params(results...).Block(append(e.planCall(p, o).statements(p.name), jen.Return(ids...))...)
}
