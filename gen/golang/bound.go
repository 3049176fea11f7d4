package golang

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// boundPlan is a plan printed as a Go type: its arguments and the places of its
// workspace are fields, bound once, and Run is one worker's share of a call.
// Trainers, predictors and trainings hold one.
type boundPlan struct {
	pp    *planPrinter
	name  string // of the type
	doc   string
	plan  *plan.Plan
	field []string // by ValueID
}

// boundFor prints a plan with Stored layout under a name.
func (e *emitter) boundFor(name, does string, p *plan.Plan) *boundPlan {
	pp := &planPrinter{e: e, p: p, scope: e.planScope(p, "p", "w", "n", "m", "lo", "hi", "from", "to", "T", "k", "work", "workFin", "workInt", "workBool", "batch", "first", "last")}
	pp.examples, pp.all, pp.workPrefix = "p.n", "p.n", "p."
	if p.Keep != plan.NoValue {
		pp.all = "p.batch"
	}
	pp.mark()
	pp.nameValues()
	name = e.names.claim(name, "Bound")
	b := &boundPlan{pp: pp, name: name, doc: name + " " + does, plan: p, field: slices.Clone(pp.ids)}
	e.bounds = append(e.bounds, b)
	return b
}

// typ refers to the type at float32.
func (b *boundPlan) typ() *jen.Statement {
	if b.pp.generic() {
		return jen.Id(b.name).Types(jen.Float32())
	}
	return jen.Id(b.name)
}

// plansFile holds the plans of trainers, predictors and trainings.
func (e *emitter) plansFile() *file {
	f := e.newFile("plans_gen.go")
	for _, b := range e.bounds {
		f.add(b.decls()...)
	}
	return f
}

// decls prints the type and its methods.
func (b *boundPlan) decls() []jen.Code { return []jen.Code{b.decl(), b.bind(), b.part(), b.run()} }

func (b *boundPlan) decl() *jen.Statement {
	fields := append([]jen.Code{jen.Id("n").Int().Comment("examples")}, b.partFields()...)
	for _, w := range workspaces(b.plan) {
		fields = append(fields, jen.Id(workOf(w.kind)).Index().Add(element(w.kind, b.pp.real())))
	}
	for _, a := range b.plan.Args {
		fields = append(fields, b.argField(a))
	}
	var places []jen.Code
	for i := range b.plan.Values {
		if b.pp.used[i] && b.plan.Values[i].Store != plan.ArgStore {
			places = append(places, jen.Id(b.field[i]))
		}
	}
	if len(places) > 0 {
		fields = append(fields, jen.Comment("places in the workspace"))
		fields = append(fields, b.placeFields()...)
	}
	s := comment(b.doc).Line().Type().Id(b.name)
	if b.pp.generic() {
		s = s.Types(jen.Id("T").Add(rt("Float")))
	}
	return s.Struct(fields...)
}

// argField declares an argument, with its shape where it has one.
func (b *boundPlan) argField(a plan.Arg) *jen.Statement {
	v := &b.plan.Values[a.Value]
	f := jen.Id(b.field[a.Value])
	if a.Role == plan.SettingArg {
		return f.Add(b.pp.real())
	}
	f = f.Index().Add(element(a.Leaf.Kind, b.pp.real()))
	var dims []string
	if v.Batched {
		dims = append(dims, "n")
	}
	for _, d := range v.Dims {
		dims = append(dims, fmt.Sprint(d))
	}
	if len(dims) == 0 {
		return f
	}
	note := "[" + strings.Join(dims, ", ") + "]"
	if a.Turn != (plan.Turn{}) {
		note += ", the transpose of " + dotted(a.Leaf.Path)
	}
	return f.Comment(note)
}

// placeFields declares the fields of the workspace, those of one kind on one
// line.
func (b *boundPlan) placeFields() []jen.Code {
	byKind := map[category.Kind][]jen.Code{}
	for i := range b.plan.Values {
		v := &b.plan.Values[i]
		if b.pp.used[i] && v.Store != plan.ArgStore {
			byKind[v.Kind] = append(byKind[v.Kind], jen.Id(b.field[i]))
		}
	}
	var out []jen.Code
	for _, kind := range []category.Kind{category.Real, category.Fin, category.Int, category.Bool} {
		for ids := byKind[kind]; len(ids) > 0; {
			k := min(len(ids), 6)
			out = append(out, jen.List(ids[:k]...).Index().Add(element(kind, b.pp.real())))
			ids = ids[k:]
		}
	}
	return out
}

// receiver prints the head of a method.
func (b *boundPlan) method(name string) *jen.Statement {
	r := jen.Id("p").Op("*").Id(b.name)
	if b.pp.generic() {
		r = r.Types(jen.Id("T"))
	}
	return jen.Func().Params(r).Id(name)
}

// bind prints the method that sets the number of examples and, with it, where
// everything lies in the workspace.
func (b *boundPlan) bind() *jen.Statement {
	b.own(nil)
	body := []jen.Code{jen.Id("p").Dot("n").Op("=").Id("n")}
	was := b.pp.examples
	b.pp.examples = "n"
	body = append(body, b.pp.assignBuffers("=")...)
	for i := range b.plan.Bind {
		body = append(body, b.pp.op(&b.plan.Bind[i]).Add(b.pp.why(&b.plan.Bind[i])))
	}
	b.pp.examples = was
	return comment("bind makes room for n examples.").Line().Add(b.method("bind")).Params(jen.Id("n").Int()).Block(body...)
}

// own makes the operands of the following statements the worker's own ranges
// of the values that local is true for, and the whole of all others.
func (b *boundPlan) own(local func(v plan.ValueID) bool) {
	for i, id := range b.field {
		if id == "" {
			continue
		}
		b.pp.ids[i] = "p." + id
		if local != nil && local(plan.ValueID(i)) {
			b.pp.ids[i] = id
		}
	}
}
