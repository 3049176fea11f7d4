package golang

import "github.com/ctgen-lang/ctgen/dsl/category"

// Applied is the Go of a program that applies the arrow a of the package p,
// which it imports as model, with the parameters of m, a trained model of t: the
// function, and what it takes before the domain, or "". The function is "" where
// there is no such model.
func (p *Package) Applied(t *category.Train, a *category.Arrow) (function, leading string) {
	x := p.exports
	name := x.funcs[a]
	whole := (&trainBench{endo: t.Step}).paramsType()
	if x.table.decl(whole) == nil {
		return "", ""
	}
	if !parametric(a) {
		return "model." + name, ""
	}
	path, _ := pathTo(whole, a.Given)
	params := "m." + x.table.name(whole) + path
	if x.methods[a] {
		return params + "." + name, ""
	}
	return "model." + name, "&" + params
}
