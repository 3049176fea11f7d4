package golang

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// Plans returns the plans that the package of c runs, as Generate prints
// them: those of arrows, of steps and of training declarations, without what
// only tests need.
func Plans(c *category.Category) ([]*plan.Plan, error) {
	e := newEmitter(c, nil)
	e.arrowsFile()
	e.stepsFile()
	e.dataFile()
	if e.err != nil {
		return nil, e.err
	}
	plans := make([]*plan.Plan, len(e.plans))
	for i, p := range e.plans {
		plans[i] = p.plan
	}
	return plans, nil
}
