package golang

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

func (e *emitter) makeForward(a *category.Arrow) (*plan.Plan, error) {
	return plan.NewForward(e.c, a.Name, a.Diagram, plan.Declared)
}

func (e *emitter) makeGradient(body *category.Diagram, name string) (*plan.Plan, error) {
	return plan.NewGradient(e.c, name, body)
}

func (e *emitter) makeStep(a *category.Arrow) (*plan.Plan, error) {
	return plan.NewStep(e.c, a, plan.Declared)
}
