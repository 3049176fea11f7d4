package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// planned is one plan with the function that it is printed as.
type planned struct {
	name string
	doc  string
	plan *plan.Plan
}

// planFor makes the plan of an arrow, once, and gives its function a name.
func (e *emitter) planFor(name, doc string, make func() (*plan.Plan, error)) *planned {
	for _, p := range e.plans {
		if p.name == name {
			return p
		}
	}
	p, err := make()
	if err != nil {
		e.fail(err)
		p = &plan.Plan{Result: plan.NoValue}
	}
	out := &planned{name: name, doc: doc, plan: p}
	e.plans = append(e.plans, out)
	return out
}

// loopsFile holds the loops of primitives that have no kernel.
func (e *emitter) loopsFile() *file {
	f := &file{name: "loops_gen.go"}
	for _, l := range e.loops.list {
		f.add(e.loopsFunc(l))
	}
	return f
}

// operands names what a call of a plan hands over: roots are variables of the
// caller, pointers where the caller holds one.
type operands struct {
	work     jen.Code // the workspace of reals, or nil for one made on the spot
	n        jen.Code
	data     []string
	columns  bool // data and outputs are slices of objects
	param    string
	state    string
	cotan    string
	outs     []string
	settings []string
	pointers bool // param, state and cotan are pointers
	// special prints arguments that come from elsewhere; nil leaves one to
	// the fields above.
	special func(plan.Arg) *jen.Statement
}

// planCall prints the call of a plan on objects.
func (e *emitter) planCall(p *planned, o operands) *jen.Statement {
	args := append(workArgs(p.plan, jen.Float32(), jen.Add(o.n), o.work), o.n)
	long := len(p.plan.Args) > 8
	for i, a := range p.plan.Args {
		arg := o.argument(a)
		if long && (i == 0 || i%4 == 0) {
			arg = jen.Line().Add(arg)
		}
		args = append(args, arg)
	}
	return jen.Id(p.name).Call(args...)
}

func (o *operands) argument(a plan.Arg) *jen.Statement {
	kind := a.Leaf.Kind
	if o.special != nil {
		if s := o.special(a); s != nil {
			return s
		}
	}
	switch a.Role {
	case plan.DataArg:
		return o.column(kind, o.data[a.Index], a)
	case plan.OutputArg:
		return o.column(kind, o.outs[a.Index], a)
	case plan.SettingArg:
		return jen.Float32().Parens(jen.Id(o.settings[a.Index]))
	case plan.CotangentArg:
		return flat(kind, address(o.cotan, o.pointers, a.Type, a.Leaf))
	case plan.StateArg:
		return flat(kind, address(o.state, o.pointers, a.Type, a.Leaf))
	}
	return flat(kind, address(o.param, o.pointers, a.Type, a.Leaf))
}

func (o *operands) column(kind category.Kind, id string, a plan.Arg) *jen.Statement {
	if o.columns {
		return flatSlice(kind, jen.Id(id))
	}
	return flat(kind, address(id, false, a.Type, a.Leaf))
}

// workSize prints the size of a workspace for n examples.
func workSize(w plan.Extent, n *jen.Statement) *jen.Statement {
	if w.PerExample == 0 {
		return jen.Lit(w.Fixed)
	}
	size := times(w.PerExample, n)
	if w.Fixed > 0 {
		size = size.Op("+").Lit(w.Fixed)
	}
	return size
}

// workspace is the memory of one kind that a plan needs.
type workspace struct {
	kind category.Kind
	size plan.Extent
}

// workspaces lists those that are not empty, in the order of arguments.
func workspaces(p *plan.Plan) []workspace {
	var out []workspace
	for _, w := range []workspace{{category.Real, p.Work}, {category.Fin, p.WorkFin}, {category.Int, p.WorkInt}, {category.Bool, p.WorkBool}} {
		if w.size != (plan.Extent{}) {
			out = append(out, w)
		}
	}
	return out
}

// workArgs prints the workspaces of a call: real is the element type of the
// one of reals, and held, where it is not nil, is a buffer for that one.
func workArgs(p *plan.Plan, real jen.Code, n *jen.Statement, held jen.Code) []jen.Code {
	var out []jen.Code
	for _, w := range workspaces(p) {
		if w.kind == category.Real && held != nil {
			out = append(out, held)
			continue
		}
		out = append(out, jen.Make(jen.Index().Add(element(w.kind, real)), workSize(w.size, jen.Add(n))))
	}
	return out
}
