package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// straightStep is the straight form of a trainer's step, which is faster than
// kernels for batches of at most limit examples.
type straightStep struct {
	name  string
	code  *jen.Statement
	plan  *plan.Plan
	limit int
}

// Nanoseconds on one machine (AMD Zen 3), whose ratios say up to which batch
// straight lines are faster than kernels. Measured on logistic regressions of
// 1 to 30 inputs and perceptrons of 10 to 200 parameters, batches of 1 and 32:
// docs/performance.md.
const (
	straightExample   = 14.0 // an example, whatever its size: elementary functions
	straightOperation = 0.19 // one operation of straight lines
	kernelCall        = 35.0 // one statement of a plan on a small batch
)

// straightFor prints the straight form of an endo where there is one and it
// pays beside so many statements of kernels.
func (e *emitter) straightFor(a *category.Arrow, statements int) *straightStep {
	p, err := plan.NewStep(e.c, a, plan.Separate)
	if err != nil || p.Single || p.List || len(a.Dom.Factors()) == 0 {
		return nil
	}
	each, once := 0, 0
	for i := range p.Ops {
		if p.Ops[i].Once {
			once += p.Flops(&p.Ops[i])
		} else {
			each += p.Flops(&p.Ops[i])
		}
	}
	spare := kernelCall*float64(statements) - straightOperation*float64(once)
	limit := int(spare / (straightExample + straightOperation*float64(each)))
	if each+once == 0 || limit < 1 {
		return nil
	}
	for _, f := range a.Dom.Factors() {
		if !oneTensor(f) {
			return nil
		}
	}
	s := &straightStep{plan: p, limit: limit}
	name := "straight" + exported(a.Name)
	code, ok := e.straight(name, name+" is "+a.Name+" on consecutive batches without kernels: the state stays in registers.", p)
	if !ok {
		return nil
	}
	if claimed := e.names.claim(name, "Plan"); claimed != name {
		return nil
	}
	s.name, s.code = name, code
	return s
}

// branch prints the use of the straight form where batches are small.
func (s *straightStep) branch(t *trainer, e *emitter, f *face, n, batch jen.Code) *jen.Statement {
	call := s.call(t.holding(), n, batch, func(a plan.Arg) *jen.Statement {
		if a.Role == plan.DataArg {
			return flatSlice(a.Leaf.Kind, jen.Id(f.ins[a.Index]))
		}
		return jen.Float32().Parens(jen.Id(f.settings[a.Index]))
	})
	cond := jen.Add(batch).Op("<=").Lit(s.limit)
	if t.loss == nil {
		return jen.If(cond).Block(call, jen.Return(jen.Nil()))
	}
	return jen.If(cond).Block(jen.Return(e.types.goType(t.loss).Call(call), jen.Nil()))
}

// call prints a call on the state that a trainer holds; other prints the
// arguments that are none.
func (s *straightStep) call(h *holding, n, batch jen.Code, other func(plan.Arg) *jen.Statement) *jen.Statement {
	args := []jen.Code{n, batch}
	for i, a := range s.plan.Args {
		if a.Role == plan.DataArg || a.Role == plan.SettingArg {
			args = append(args, other(a))
		} else {
			args = append(args, h.field(h.b.plan.Args[i]))
		}
	}
	return jen.Id(s.name).Call(args...)
}
