package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/gen/plan"
)

// planned is one plan with the function that it is printed as.
type planned struct {
	key  string // what it computes, the name where that is free
	name string
	twin string // the function that describes it to tests, if any
	doc  string
	plan *plan.Plan
}

// planFor makes the plan of an arrow, once, and gives its function a name.
func (e *emitter) planFor(key, does string, make func() (*plan.Plan, error)) *planned {
	for _, p := range e.plans {
		if p.key == key {
			return p
		}
	}
	p, err := make()
	if err != nil {
		e.fail(err)
		p = &plan.Plan{Result: plan.NoValue}
	}
	name := e.names.claim(key, "Plan")
	out := &planned{key: key, name: name, doc: name + " " + does, plan: p}
	e.plans = append(e.plans, out)
	return out
}

// loopsFile holds the loops of primitives that have no kernel.
func (e *emitter) loopsFile() *file {
	f := e.newFile("loops_gen.go")
	for _, l := range e.loops.list {
		f.add(e.loopsFunc(l))
	}
	return f
}

// workSize prints the size of a workspace for n examples.
func workSize(w plan.Extent, n *jen.Statement) *jen.Statement {
	if w.PerExample == 0 {
		return jen.Lit(w.Fixed)
	}
	size := times(w.PerExample, n)
	switch {
	case w.Fixed > 0:
		size = size.Op("+").Lit(w.Fixed)
	case w.Fixed < 0:
		size = size.Op("-").Lit(-w.Fixed)
	}
	return size
}
