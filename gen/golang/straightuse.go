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
	kernelRow         = 15.0 // an example of a statement that takes rows one by one
)

// straightFor prints the straight form of an endo where there is one and it
// pays beside so many statements of kernels.
func (e *emitter) straightFor(a *category.Arrow, statements int) *straightStep {
	p, err := plan.NewStep(e.c, a, plan.Separate)
	if err != nil || p.Single || len(a.Dom.Factors()) == 0 {
		return nil
	}
	each, once, rows := 0, 0, 0
	for i := range p.Ops {
		if rowByRow(&p.Ops[i]) {
			rows += p.Ops[i].Fold
		}
		if p.Ops[i].Once {
			once += p.Flops(&p.Ops[i])
		} else {
			each += p.Flops(&p.Ops[i])
		}
	}
	spare := kernelCall*float64(statements) - straightOperation*float64(once)
	limit := int(spare / max(straightExample+straightOperation*float64(each)-kernelRow*float64(rows), 1))
	if each+once == 0 || limit < 1 {
		return nil
	}
	for _, f := range a.Dom.Factors() {
		if !oneTensor(columnOf(f)) {
			return nil
		}
	}
	s := &straightStep{plan: p, limit: limit}
	name := "straight" + exported(a.Name)
	doc := name + " is " + a.Name + " on consecutive batches without kernels: the state stays in registers."
	if p.List {
		doc = name + " is " + a.Name + " on a list without kernels: the state is read and written once."
	}
	code, ok := e.straight(name, doc, p)
	if !ok {
		return nil
	}
	if claimed := e.names.claim(name, "Plan"); claimed != name {
		return nil
	}
	s.name, s.code = name, code
	return s
}

// rowByRow reports whether a statement's kernel takes one row after another,
// since each has an extreme of its own or a place that an index chooses.
func rowByRow(op *plan.Op) bool {
	if op.Kind != plan.Forward || op.Once {
		return false
	}
	found := false
	for i := range op.Prim.Decl.Means {
		category.Walk(op.Prim.Decl.Means[i].Expr, func(e category.Expr) {
			switch e := e.(type) {
			case *category.Reduce:
				found = found || e.Op == "max" || e.Op == "min"
			case *category.Element:
				for _, ix := range e.Index {
					_, chosen := ix.(*category.Element)
					found = found || chosen
				}
			}
		})
	}
	return found
}

// branch prints the use of the straight form where batches or lists are small.
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

// sizes are the first arguments of a call: a list has no batches.
func (s *straightStep) sizes(n, batch jen.Code) []jen.Code {
	if s.plan.List {
		return []jen.Code{n}
	}
	return []jen.Code{n, batch}
}

// call prints a call on the state that a trainer holds; other prints the
// arguments that are none.
func (s *straightStep) call(h *holding, n, batch jen.Code, other func(plan.Arg) *jen.Statement) *jen.Statement {
	args := s.sizes(n, batch)
	for i, a := range s.plan.Args {
		if a.Role == plan.DataArg || a.Role == plan.SettingArg {
			args = append(args, other(a))
		} else {
			args = append(args, h.field(h.b.plan.Args[i]))
		}
	}
	return jen.Id(s.name).Call(args...)
}
