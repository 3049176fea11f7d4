package golang

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// Plans returns the plans that the package of c runs, as Generate prints
// them, without what only tests need: those that arrows run on objects
// themselves, then those that trainers, predictors and training declarations
// run on memory of their own.
func Plans(c *category.Category, opts Options) ([]*plan.Plan, error) {
	e := newEmitter(c, nil, opts)
	e.arrowsFile()
	e.stepsFile()
	e.predictorsFile()
	e.dataFile()
	if e.err != nil {
		return nil, e.err
	}
	var plans []*plan.Plan
	for _, p := range e.plans {
		plans = append(plans, p.plan)
	}
	for _, b := range e.bounds {
		plans = append(plans, b.plan)
	}
	return plans, nil
}
