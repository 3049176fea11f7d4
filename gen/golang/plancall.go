package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// operands names what a call of a plan hands over: roots are variables of the
// caller, pointers where the caller holds one.
type operands struct {
	n        *jen.Statement
	data     []string
	param    string
	state    string
	cotan    string
	outs     []string
	settings []string
	pointers bool // param, state and cotan are pointers
	// special prints the data and settings of a call that has slices of them,
	// not objects; nil where it has objects.
	special func(plan.Arg) *jen.Statement
}

// planCall is the call of a plan on objects. What lies scattered in memory is
// gathered before and spread after it.
type planCall struct {
	e      *emitter
	o      operands
	p      *plan.Plan
	before []jen.Code
	after  []jen.Code
	args   []jen.Code
	next   map[category.Kind]plan.Extent // end of the workspaces in use
	packs  int
}

// call prints the statements around, and the call itself.
func (e *emitter) planCall(p *planned, o operands) *planCall {
	c := &planCall{e: e, o: o, p: p.plan, next: map[category.Kind]plan.Extent{}}
	all := roomsOf(p.plan)
	for _, w := range workspaces(p.plan) {
		c.next[w.kind] = w.size
	}
	for _, w := range all {
		held := c.work(w)
		_, own := c.next[w.kind]
		if w.size != c.next[w.kind] {
			c.before = append(c.before, jen.Id(workOf(w.kind)).Op(":=").Add(held))
			held = jen.Id(workOf(w.kind))
		}
		if own {
			c.args = append(c.args, held)
		}
	}
	c.args = append(c.args, jen.Add(o.n))
	long := len(p.plan.Args) > 8
	for i, a := range p.plan.Args {
		arg := c.argument(a)
		if long && i%4 == 0 {
			arg = jen.Line().Add(arg)
		}
		c.args = append(c.args, arg)
	}
	return c
}

func (c *planCall) work(w workspace) *jen.Statement {
	return jen.Make(jen.Index().Add(element(w.kind, jen.Float32())), sized(w.size, c.o.n))
}

// statements prints the call where its result is of no interest.
func (c *planCall) statements(name string) []jen.Code {
	return append(append(c.before, jen.Id(name).Call(c.args...)), c.after...)
}

// returning prints the call where its result, made an object by convert, is
// returned with more values behind it.
func (c *planCall) returning(name string, convert func(*jen.Statement) *jen.Statement, more ...jen.Code) []jen.Code {
	call := jen.Id(name).Call(c.args...)
	if len(c.after) == 0 {
		return append(c.before, jen.Return(append([]jen.Code{convert(call)}, more...)...))
	}
	out := append(c.before, jen.Id("result").Op(":=").Add(call))
	out = append(out, c.after...)
	return append(out, jen.Return(append([]jen.Code{convert(jen.Id("result"))}, more...)...))
}

func (c *planCall) argument(a plan.Arg) *jen.Statement {
	kind := a.Leaf.Kind
	root, pointer := "", c.o.pointers
	if c.o.special != nil && (a.Role == plan.DataArg || a.Role == plan.SettingArg) {
		return c.o.special(a)
	}
	switch a.Role {
	case plan.SettingArg:
		return jen.Float32().Parens(jen.Id(c.o.settings[a.Index]))
	case plan.DataArg, plan.OutputArg:
		root, pointer = c.dataRoot(a), false
	case plan.CotangentArg:
		root = c.o.cotan
	case plan.StateArg:
		root = c.o.state
	default:
		root = c.o.param
	}
	if a.Type.Carrier().Kind == category.List && a.Role == plan.DataArg {
		return c.list(root, a)
	}
	if packed(a) {
		return c.pack(root, a)
	}
	return flat(kind, address(root, pointer, a.Type, a.Leaf))
}

func (c *planCall) dataRoot(a plan.Arg) string {
	if a.Role == plan.OutputArg {
		return c.o.outs[a.Index]
	}
	return c.o.data[a.Index]
}

// oneTensor reports whether an object is one stretch of one kind of element.
func oneTensor(t *category.Type) bool { return len(columnOf(t).Leaves()) == 1 }

// sized prints the size of a workspace; a literal number of examples is
// multiplied out.
func sized(w plan.Extent, n *jen.Statement) *jen.Statement {
	if isOne(n) {
		return jen.Lit(w.PerExample + w.Fixed)
	}
	return workSize(w, jen.Add(n))
}

func isOne(n *jen.Statement) bool { return source(n) == "1" }

// workspace is the memory of one kind that a plan, or a call of it, needs.
type workspace struct {
	kind category.Kind
	size plan.Extent
}

// workspaces lists those of a plan that are not empty, in argument order.
func workspaces(p *plan.Plan) []workspace {
	var out []workspace
	for _, w := range []workspace{{category.Real, p.Work}, {category.Fin, p.WorkFin}, {category.Int, p.WorkInt}, {category.Bool, p.WorkBool}} {
		if w.size != (plan.Extent{}) {
			out = append(out, w)
		}
	}
	return out
}

// roomsOf adds to the workspaces of a plan what a call packs.
func roomsOf(p *plan.Plan) []workspace {
	all := []workspace{{category.Real, p.Work}, {category.Fin, p.WorkFin}, {category.Int, p.WorkInt}, {category.Bool, p.WorkBool}}
	for _, a := range p.Args {
		if packed(a) {
			for i := range all {
				if all[i].kind == a.Leaf.Kind {
					all[i].size = grown(all[i].size, a)
				}
			}
		}
	}
	var out []workspace
	for _, w := range all {
		if w.size != (plan.Extent{}) {
			out = append(out, w)
		}
	}
	return out
}

func grown(x plan.Extent, a plan.Arg) plan.Extent {
	x.Fixed += a.Leaf.Size()
	return x
}

// packed reports whether a call has to gather an argument from several
// places: a leaf under a power of records.
func packed(a plan.Arg) bool {
	return a.Role != plan.SettingArg && pieceCount(a) > 1 && scattered(a.Type)
}

func pieceCount(a plan.Arg) int {
	w := pieceWalk{leaf: a.Leaf, typ: a.Type}
	w.walk(a.Type, a.Leaf.Path, nil, 0, a.Leaf.Dims)
	return len(w.out)
}

// workArgs makes the workspaces of a call from a test.
func workArgs(p *plan.Plan, real jen.Code, n *jen.Statement) []jen.Code {
	var out []jen.Code
	for _, w := range workspaces(p) {
		out = append(out, jen.Make(jen.Index().Add(element(w.kind, real)), sized(w.size, n)))
	}
	return out
}
