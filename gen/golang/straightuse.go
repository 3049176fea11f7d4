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

// straightWork is the arithmetic of a batch, in operations, up to which
// straight lines are faster than calls of kernels, as measured on logistic
// regressions and perceptrons of 3 to 300 parameters: kernels cost some 150 ns
// before they have computed anything, straight lines about 0.5 ns an
// operation.
const straightWork = 400

// straightFor prints the straight form of an endo where it pays and there is
// one.
func (e *emitter) straightFor(a *category.Arrow) *straightStep {
	p, err := plan.NewStep(e.c, a, plan.Separate)
	if err != nil || p.Single || len(a.Dom.Factors()) == 0 {
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
	if each+once == 0 || each+once > straightWork {
		return nil
	}
	for _, f := range a.Dom.Factors() {
		if !oneTensor(f) {
			return nil
		}
	}
	s := &straightStep{plan: p, limit: max((straightWork-once)/max(each, 1), 1)}
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
