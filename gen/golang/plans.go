package golang

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// planPrinter prints one plan as one function.
type planPrinter struct {
	e     *emitter
	p     *plan.Plan
	scope *names
	ids   []string // of values, "" where nothing refers to one
	used  []bool
	one   bool // one example in float32: n prints as 1
	share bool // examples counts those of a worker, of which none is left out
	// examples counts those that a statement works on; all counts those of
	// the whole batch. They differ in the share of a worker.
	examples, all string
	workPrefix    string // of the workspaces: "p." where they are fields
}

// planFunc prints p as a function called name. It is generic over the element
// type unless it calls hand-written arrows, which exist for float32 only.
func (e *emitter) planFunc(name, doc string, p *plan.Plan) *jen.Statement {
	pp := &planPrinter{e: e, p: p, examples: "n", all: "n", scope: e.planScope(p, "work", "workFin", "workInt", "workBool", "n", "T", "k")}
	pp.mark()
	pp.nameValues()
	f := jen.Add(comment(doc)).Line().Func().Id(name)
	if pp.generic() {
		f = f.Types(jen.Id("T").Add(rt("Float")))
	}
	f = f.Params(pp.params()...)
	if p.Result != plan.NoValue {
		f = f.Add(pp.real())
	}
	return f.BlockFunc(pp.body)
}

// planScope is the scope of a function that prints p. The loops that p calls
// are named before any of its values, so that none hides one.
func (e *emitter) planScope(p *plan.Plan, used ...string) *names {
	for _, op := range p.Ops {
		switch op.Kind {
		case plan.Forward, plan.Reverse:
			e.primFunc(op.Prim.Decl, op.Line)
		case plan.LeafStep, plan.LeafTotal:
			e.primFunc(op.Prim.Decl, op.Line)
		case plan.Advance:
			if p.Values[op.Out[0]].Kind == category.Real {
				e.loops.name(op.Prim.Decl, op.Line)
			}
		}
	}
	return e.names.scope(used...)
}

func (pp *planPrinter) generic() bool { return len(pp.p.Hand) == 0 && !pp.one }

// real is the type of a real number in this plan.
func (pp *planPrinter) real() *jen.Statement {
	if pp.generic() {
		return jen.Id("T")
	}
	return jen.Float32()
}

// mark finds the values that some line reads or writes.
func (pp *planPrinter) mark() {
	pp.used = make([]bool, len(pp.p.Values))
	for i := range pp.p.Ops {
		op := &pp.p.Ops[i]
		for _, v := range slices.Concat(op.Out, op.In) {
			pp.use(v)
		}
		for _, s := range op.Settings {
			pp.use(s.Value)
		}
	}
	for i := range pp.p.Bind {
		pp.use(pp.p.Bind[i].Out[0])
	}
	pp.use(pp.p.Result)
	pp.use(pp.p.Keep)
	for _, a := range pp.p.Args {
		pp.use(a.Value)
	}
}

func (pp *planPrinter) use(v plan.ValueID) {
	for v != plan.NoValue && !pp.used[v] {
		pp.used[v] = true
		if pp.p.Values[v].Store != plan.ViewStore {
			return
		}
		v = pp.p.Values[v].Of
	}
}

// nameValues gives arguments their names first, so that a workspace value
// called like one gives way.
func (pp *planPrinter) nameValues() {
	pp.ids = make([]string, len(pp.p.Values))
	for _, a := range pp.p.Args {
		pp.ids[a.Value] = pp.scope.local(pp.word(a.Value))
	}
	pp.nameLocals()
}

func (pp *planPrinter) nameLocals() {
	for i := range pp.p.Values {
		if pp.used[i] && pp.ids[i] == "" {
			pp.ids[i] = pp.scope.local(pp.word(plan.ValueID(i)))
		}
	}
}

// word is the plan's name for a value without what all of a state's leaves
// begin with.
func (pp *planPrinter) word(v plan.ValueID) string {
	name := pp.p.Values[v].Name
	for _, common := range []string{"state_params_", "state_"} {
		if short := strings.Replace(name, common, "", 1); short != name && short != "" && short != "d_" {
			return short
		}
	}
	return name
}

func (pp *planPrinter) id(v plan.ValueID) *jen.Statement { return jen.Id(pp.ids[v]) }

// params prints the signature, neighbours of one type sharing it.
func (pp *planPrinter) params() []jen.Code {
	var groups paramGroups
	for _, w := range workspaces(pp.p) {
		groups.add(workOf(w.kind), "[]"+workOf(w.kind), jen.Index().Add(element(w.kind, pp.real())))
	}
	groups.add("n", "int", jen.Int())
	for _, a := range pp.p.Args {
		kind := a.Leaf.Kind
		if a.Role == plan.SettingArg {
			groups.add(pp.ids[a.Value], "setting", pp.real())
			continue
		}
		groups.add(pp.ids[a.Value], "[]"+map[bool]string{false: strconv.Itoa(int(kind))}[kind == category.Real],
			jen.Index().Add(element(kind, pp.real())))
	}
	return groups.print()
}

// paramGroups gathers parameters so that runs of one type print as one.
type paramGroups struct {
	ids   [][]string
	keys  []string
	types []jen.Code
}

func (g *paramGroups) add(id, key string, typ jen.Code) {
	if n := len(g.keys); n > 0 && g.keys[n-1] == key {
		g.ids[n-1] = append(g.ids[n-1], id)
		return
	}
	g.ids, g.keys, g.types = append(g.ids, []string{id}), append(g.keys, key), append(g.types, typ)
}

func (g *paramGroups) print() []jen.Code {
	out := make([]jen.Code, len(g.ids))
	for i, ids := range g.ids {
		out[i] = jen.ListFunc(func(l *jen.Group) {
			for _, id := range ids {
				l.Id(id)
			}
		}).Add(g.types[i])
	}
	return out
}

// n is the number of examples.
func (pp *planPrinter) n() *jen.Statement {
	if pp.one {
		return jen.Lit(1)
	}
	return jen.Id(pp.examples)
}

// total is the number of examples of the whole batch.
func (pp *planPrinter) total() *jen.Statement {
	if pp.one {
		return jen.Lit(1)
	}
	return jen.Id(pp.all)
}

func (pp *planPrinter) body(g *jen.Group) {
	pp.buffers(g)
	for i := range pp.p.Ops {
		pp.line(g, &pp.p.Ops[i])
	}
	if r := pp.p.Result; r != plan.NoValue {
		g.Return(pp.result(r))
	}
}

// buffers names the ranges of the workspace, a few on each line; a view
// comes after what it views.
func (pp *planPrinter) buffers(g *jen.Group) {
	for _, s := range pp.assignBuffers(":=") {
		g.Add(s)
	}
}

func (pp *planPrinter) assignBuffers(op string) []jen.Code {
	var out, ids, ranges []jen.Code
	width := 0
	flush := func() {
		if len(ids) > 0 {
			out = append(out, jen.List(ids...).Op(op).List(ranges...))
		}
		ids, ranges, width = nil, nil, 0
	}
	for i := range pp.p.Values {
		v := &pp.p.Values[i]
		if !pp.used[i] || v.Store == plan.ArgStore {
			continue
		}
		if w := len(pp.ids[i]) + 16; width+w > 100 || v.Store == plan.ViewStore {
			flush()
		}
		width += len(pp.ids[i]) + 16
		ids, ranges = append(ids, jen.Id(pp.ids[i])), append(ranges, pp.storage(v))
	}
	flush()
	return out
}

// line prints a statement with its reason: beside it, or above where the
// statement is long.
func (pp *planPrinter) line(g *jen.Group, op *plan.Op) {
	if pp.long(op) {
		g.Add(pp.why(op))
		g.Add(pp.op(op))
		return
	}
	g.Add(pp.op(op).Add(pp.why(op)))
}

// long reports whether a statement leaves no room for its reason.
func (pp *planPrinter) long(op *plan.Op) bool {
	width := 30
	for _, v := range slices.Concat(op.Out, op.In) {
		if v != plan.NoValue {
			width += len(pp.ids[v]) + 2
		}
	}
	return width > 110 || op.Kind == plan.Hand || op.Kind == plan.HandReverse || op.PerExample
}

func (pp *planPrinter) result(r plan.ValueID) *jen.Statement {
	if !pp.p.Values[r].Batched {
		return pp.id(r).Index(jen.Lit(0))
	}
	return rt("Mean").Call(pp.id(r))
}

// storage prints the range in which a value lives.
func (pp *planPrinter) storage(v *plan.Value) *jen.Statement {
	if v.Store == plan.ViewStore {
		of := &pp.p.Values[v.Of]
		if v.Batched && (v.Shift > 0 || v.Less > of.Less) {
			size := v.Size()
			return pp.id(v.Of).Index(jen.Lit(v.Shift*size), pp.extent(plan.Extent{PerExample: size, Fixed: (v.Shift - v.Less) * size}))
		}
		if v.Batched {
			start := plan.Extent{Fixed: v.Start}
			if of.Size() == v.Size() {
				return pp.id(v.Of)
			}
			return pp.id(v.Of).Index(pp.extent(start), jen.Empty())
		}
		return pp.id(v.Of).Index(jen.Lit(v.Start), jen.Lit(v.Start+v.Size()))
	}
	end := v.Offset
	if v.Batched {
		end.PerExample += v.Size()
		end.Fixed -= v.Less * v.Size()
	} else {
		end.Fixed += v.Size()
	}
	return jen.Id(pp.workPrefix+workOf(v.Kind)).Index(pp.extent(v.Offset), pp.extent(end))
}

func (pp *planPrinter) extent(x plan.Extent) *jen.Statement {
	if pp.one {
		return jen.Lit(x.PerExample + x.Fixed)
	}
	return pp.inBatch(x)
}

// inBatch prints PerExample*n + Fixed.
func (pp *planPrinter) inBatch(x plan.Extent) *jen.Statement { return workSize(x, jen.Id(pp.examples)) }

// workOf is the workspace that holds values of a kind.
func workOf(kind category.Kind) string {
	switch kind {
	case category.Fin:
		return "workFin"
	case category.Int:
		return "workInt"
	case category.Bool:
		return "workBool"
	}
	return "work"
}

// why cites the rule and the spec line behind a statement.
func (pp *planPrinter) why(op *plan.Op) *jen.Statement {
	rule := ruleOf(op)
	if op.Span.Known() {
		rule += "  " + cite(op.Span)
	}
	return comment(rule)
}

// ruleOf names what justifies a statement: affine† dweight.
func ruleOf(op *plan.Op) string {
	rule := op.Rule
	if rule == "" && op.Prim != nil {
		rule = op.Prim.Decl.Name
	}
	if rule == "" && op.Arrow != nil {
		rule = op.Arrow.Name
	}
	return rule
}
