package golang

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

func (e *emitter) makeForward(a *category.Arrow) (*plan.Plan, error) { return nil, nil }

func (e *emitter) makeGradient(body *category.Diagram, name string) (*plan.Plan, error) {
	return nil, nil
}

func (e *emitter) makeStep(a *category.Arrow) (*plan.Plan, error) { return nil, nil }
