package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

var testParam = jen.Id("t").Op("*").Qual("testing", "T")

// test prints a test function.
func (e *emitter) test(name, doc string, body ...jen.Code) *jen.Statement {
	name = e.names.claim("Test"+name, "Again")
	return comment(name + " " + doc).Line().Func().Id(name).Params(jen.Add(testParam)).Block(body...)
}

// lawsFile holds the tests of a package: what the spec states, that gradients
// are derivatives, that steps allocate nothing, that stubs are written.
func (e *emitter) lawsFile() *file {
	f := e.newFile("laws_gen_test.go")
	f.add(e.handTests()...)
	f.add(e.derivativeTests()...)
	for _, l := range e.c.Laws {
		f.add(e.lawTest(l)...)
	}
	f.add(e.owedTests()...)
	f.add(e.stepTests()...)
	f.add(e.resumeTests()...)
	f.add(e.predictorTests()...)
	f.add(e.allocationTests()...)
	return f
}

// derivativeTests hold every gradient against differences: those that some
// arrow computes, and those that only a step has inside, planned for the test.
func (e *emitter) derivativeTests() []jen.Code {
	var out []jen.Code
	shipped := len(e.plans)
	done := map[string]bool{}
	for _, a := range e.c.Arrows {
		body := firstGrad(a.Diagram)
		if body == nil || done[e.gradName(body, a.Name)] {
			continue
		}
		done[e.gradName(body, a.Name)] = true
		p := e.gradientPlan(body, a.Name)
		out = append(out, e.twin(p, e.gradName(body, a.Name)), e.derivativeTest(p, e.gradName(body, a.Name)))
	}
	for _, p := range e.plans[shipped:] {
		out = append(out, e.planFunc(p.name, p.doc, p.plan))
	}
	e.plans = e.plans[:shipped]
	return out
}

// twin prints the description of a gradient by which tests call it at either
// element type.
func (e *emitter) twin(p *planned, of string) *jen.Statement {
	real := jen.Id("T")
	if len(p.plan.Hand) > 0 {
		real = jen.Float32()
	}
	p.twin = e.names.claim(p.name+"Func", "Twin")
	f := jen.Func().Id(p.twin)
	if len(p.plan.Hand) == 0 {
		f = f.Types(jen.Id("T").Add(rt("Float")))
	}
	typ := lawtest("Func").Types(real)
	entries := append([]jen.Code{entry("Name", jen.Lit("grad "+of)), entry("Args", tensorList(e.planTensors(p.plan)))}, append(work(p.plan), least(p.plan)...)...)
	return f.Params().Add(typ).Block(jen.Return(jen.Add(typ).Add(inLines(append(entries, entry("Run", e.runGradient(p, real)))...))))
}

// manyOperations is from how many on tests are told what a run costs.
const manyOperations = 5_000_000

// work prints what one run of the plans costs, where that is much, so that
// tests draw less often.
func work(plans ...*plan.Plan) []jen.Code {
	total := 0
	for _, p := range plans {
		total += p.Arithmetic()
	}
	if total < manyOperations {
		return nil
	}
	return []jen.Code{entry("Work", jen.Lit(total))}
}

// entry is one field of a composite literal.
func entry(field string, value jen.Code) *jen.Statement { return jen.Id(field).Op(":").Add(value) }

// inLines prints a composite literal with one entry a line.
func inLines(entries ...jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, entries...)
}

func (e *emitter) runGradient(p *planned, real *jen.Statement) *jen.Statement {
	at := jen.Index().Add(lawtest("Values")).Types(real)
	args := append(workArgs(p.plan, real, jen.Id("n")), jen.Id("n"))
	params := map[string]int{}
	i := 0
	for _, a := range p.plan.Args {
		if a.Role == plan.CotangentArg {
			args = append(args, jen.Id("grad").Index(jen.Lit(params[dotted(a.Leaf.Path)])))
			continue
		}
		if a.Role == plan.ParamArg {
			params[dotted(a.Leaf.Path)] = i
		}
		args = append(args, lawArg(a, i))
		i++
	}
	return jen.Func().Params(jen.Id("n").Int(), jen.Id("at").Add(at), jen.Id("grad").Index().Index().Add(real)).Add(real).
		Block(jen.Return(jen.Id(p.name).Call(args...)))
}

// lawArg prints argument i of a drawn point as a plan takes it.
func lawArg(a plan.Arg, i int) *jen.Statement {
	v := jen.Id("at").Index(jen.Lit(i)).Dot(valuesField(a.Leaf.Kind))
	if a.Role == plan.SettingArg {
		return v.Index(jen.Lit(0))
	}
	return v
}

func valuesField(kind category.Kind) string {
	switch kind {
	case category.Fin:
		return "Fin"
	case category.Int:
		return "Int"
	case category.Bool:
		return "Bool"
	}
	return "Real"
}

func (e *emitter) derivativeTest(p *planned, of string) *jen.Statement {
	var batches []jen.Code
	if len(p.plan.Hand) > 0 {
		if !p.plan.List {
			batches = append(batches, lawtest("Batches").Call(jen.Id("t"), jen.Id(p.twin).Call()))
		}
		return e.test(exported(p.name), "holds the gradient of "+of+" against differences.",
			append([]jen.Code{lawtest("Derivative").Call(jen.Id("t"), jen.Id(p.twin).Call())}, batches...)...)
	}
	long := jen.Id(p.twin).Types(jen.Float64()).Call()
	does := "holds the gradient of " + of + " against differences, batches against examples, and float32 against float64."
	together := slices.ContainsFunc(p.plan.Ops, func(op plan.Op) bool { return op.Draws || op.Pooled() })
	// A batch of lists is none, the examples of one draw other numbers, and
	// what reads the batch says nothing of its examples alone.
	if p.plan.List || together {
		does = "holds the gradient of " + of + " against differences, and float32 against float64."
	} else {
		batches = append(batches, lawtest("Batches").Call(jen.Id("t"), jen.Add(long)))
	}
	return e.test(exported(p.name), does, append(append([]jen.Code{
		lawtest("Derivative").Call(jen.Id("t"), jen.Add(long)),
		lawtest("Symmetric").Call(jen.Id("t"), jen.Add(long))}, batches...),
		lawtest("Bridge").Call(jen.Id("t"), jen.Id(p.twin).Types(jen.Float32()).Call(), jen.Add(long)),
	)...)
}

// allocationTests assert that the steps of trainers allocate nothing.
func (e *emitter) allocationTests() []jen.Code {
	var out []jen.Code
	for _, t := range e.trainers {
		body := []jen.Code{
			jen.List(jen.Id("trainer"), jen.Err()).Op(":=").Id("New"+t.name).Call(jen.New(t.state), jen.Lit(max(3, t.bound.plan.Least))),
			jen.If(jen.Err().Op("!=").Nil()).Block(jen.Id("t").Dot("Fatal").Call(jen.Err())),
		}
		scope := e.names.scope("t", "trainer", "err")
		ids := scope.locals(t.columnNames(e))
		var args, columns, values []jen.Code
		for range t.endo.Open {
			args = append(args, jen.Lit(0.1))
		}
		for i, f := range t.endo.Dom.Factors() {
			if t.besides(f) {
				args = append(args, jen.Op("*").New(e.types.goType(f)))
				continue
			}
			args, columns = append(args, jen.Id(ids[i])), append(columns, jen.Id(ids[i]))
			values = append(values, jen.Make(jen.Index().Add(e.types.goType(columnOf(f))), jen.Lit(t.examples(3))))
		}
		if len(values) > 0 {
			body = append(body, jen.List(columns...).Op(":=").List(values...))
		}
		call := jen.List(t.ignored()...).Op("=").Id("trainer").Dot("Step").Call(args...)
		body = append(body, lawtest("NoAllocs").Call(jen.Id("t"), jen.Func().Params().Add(oneLine(call))))
		out = append(out, e.test(exported(t.endo.Name)+"Allocations", "checks that "+t.name+" allocates nothing when it steps.", body...))
	}
	return out
}
