package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// GradientsFile is the file of a generated package that holds the derivatives
// of its training declarations.
const GradientsFile = "gradients_gen.go"

// gradientsFile holds, for each training declaration, the derivative of its
// loss: what its steps move along, which they do not keep.
func (e *emitter) gradientsFile() *file {
	f := e.newFile(GradientsFile)
	printed := len(e.plans)
	for _, b := range e.benches {
		f.add(b.gradient())
	}
	for _, p := range e.plans[printed:] {
		f.add(e.planFunc(p.name, p.doc, p.plan))
	}
	return f
}

// gradient prints the method that differentiates the measured diagram.
func (b *trainBench) gradient() *jen.Statement {
	body := b.t.Measure
	p := b.e.gradientPlan(body, b.t.Name)
	path, _ := pathTo(b.paramsType(), body.TypeOf(body.Given))
	place := func(root string, pointer bool) *jen.Statement {
		if pointer && path == "" {
			return jen.Id(root)
		}
		return jen.Op("&").Id(root + path)
	}
	at := place("m.trainer.State()", true)
	if isState(b.endo.State) {
		at = place("m.trainer.State().Params", false)
	}
	made, by := b.e.types.goType(b.paramsType()), place("g", true)
	list := jen.Index().Add(checkpoint("Tensor")).Add(inLines(b.derivatives("g")...))
	if b.e.types.decl(b.paramsType()) != nil && b.allDiffer() {
		made, by = jen.Id(b.modelType), place("g."+b.e.types.name(b.paramsType()), false)
		list = jen.Id("g").Dot("tensors").Call()
	}
	call := b.e.planCall(p, operands{n: b.examples(), param: "at", cotan: "by", pointers: true, special: b.special})
	stmts := []jen.Code{
		jen.Id("g").Op(":=").New(made),
		jen.List(jen.Id("at"), jen.Id("by")).Op(":=").List(at, by),
	}
	stmts = append(append(stmts, call.statements(p.name)...), jen.Return(list))
	return comment("Gradient returns the derivative of the mean loss over b by each parameter.").Line().
		Add(b.method("Gradient")).Params(jen.Id("b").Op("*").Add(data("Batch"))).Index().Add(checkpoint("Tensor")).Block(stmts...)
}

// allDiffer reports whether every number among the parameters has a
// derivative: running statistics have none.
func (b *trainBench) allDiffer() bool {
	return len(category.NewTangent(b.paramsType()).Leaves()) == len(b.paramsType().Leaves())
}

// derivatives describes the tensors among the parameters in root that have a
// derivative.
func (b *trainBench) derivatives(root string) []jen.Code {
	var paths []string
	for _, l := range category.NewTangent(b.paramsType()).Leaves() {
		paths = append(paths, dotted(l.Path))
	}
	var list []jen.Code
	all := b.e.tensorEntries(b.paramsType(), root, true)
	for i, p := range piecesOf(b.paramsType()) {
		if slices.Contains(paths, dotted(p.leaf.Path)) {
			list = append(list, all[i])
		}
	}
	return list
}
