package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// loopTable remembers which primitives without a kernel the plans call, and
// under which names their loops are printed.
type loopTable struct {
	names *names
	list  []loopFunc
}

// loopFunc is one function of loops: a primitive's means (line ""), or one
// line of its reverse.
type loopFunc struct {
	decl *category.PrimDecl
	line string
	name string
}

func (lt *loopTable) name(decl *category.PrimDecl, line string) string {
	for _, f := range lt.list {
		if f.decl == decl && f.line == line {
			return f.name
		}
	}
	name := lt.names.claim(unexported(decl.Name+"_"+line0(line)), "Loops")
	lt.list = append(lt.list, loopFunc{decl, line, name})
	return name
}

// loopPrinter prints the equations of one primitive as nested loops, with the
// arguments of the kernel convention.
type loopPrinter struct {
	decl    *category.PrimDecl
	scope   *names
	tensors map[string]tensor
	order   []string // tensors in argument order
	dims    map[string]string
	sets    map[string]string
	example string // the variable that runs over examples, "" in leaf lines
	values  map[string]string
	fail    func(error)
	which   *jen.Statement // of scalars of the state, where they are several
}

// tensor is one slice that the loops read or write.
type tensor struct {
	id      string
	kind    category.Kind
	shape   []category.DimTerm
	batched bool
}

// loopsFunc prints f.
func (e *emitter) loopsFunc(f loopFunc) *jen.Statement {
	lp := &loopPrinter{decl: f.decl, fail: e.fail, scope: e.names.scope("T", "n"), tensors: map[string]tensor{}, dims: map[string]string{}, sets: map[string]string{}}
	var doc string
	switch {
	case f.decl.Each:
		lp.leafTensors()
		doc = f.name + " computes the lines of " + f.decl.Name + " on one leaf."
	case f.line == "":
		lp.forwardTensors()
		doc = f.name + " computes " + f.decl.Name + " for n examples."
	case equation(f.decl.Next, f.line) != nil:
		lp.nextTensors(equation(f.decl.Next, f.line))
		doc = f.name + " moves the " + strings.TrimSuffix(f.line, "'") + " of " + f.decl.Name + " on after a step of n examples."
	default:
		lp.reverseTensors(f.line)
		doc = f.name + " computes the line " + f.line + " of " + f.decl.Name + "† for n examples."
	}
	if f.decl.Span.Known() && !f.decl.Std {
		doc = strings.TrimSuffix(doc, ".") + " (" + cite(f.decl.Span) + ")."
	}
	params := lp.params()
	return jen.Add(comment(doc)).Line().Func().Id(f.name).Types(jen.Id("T").Add(rt("Float"))).Params(params...).BlockFunc(func(g *jen.Group) {
		for _, s := range lp.body(f.line) {
			g.Add(s)
		}
	})
}

func (lp *loopPrinter) add(name string, p category.Port, batched bool) {
	lp.tensors[name] = tensor{lp.scope.local(line0(name)), p.Kind, p.Shape, batched}
	lp.order = append(lp.order, name)
}

// forwardTensors lists outputs, kept intermediates, domain, parameters.
func (lp *loopPrinter) forwardTensors() {
	d := lp.decl
	for _, p := range d.Outs {
		lp.add(p.Name, p, true)
	}
	for _, k := range d.Keeps {
		if l := d.Local(k); l != nil {
			lp.add(k, l.Port, true)
		}
	}
	for _, p := range d.Ins {
		lp.add(p.Name, p, true)
	}
	for _, p := range d.Given {
		lp.add(p.Name, p, false)
	}
}

// reverseTensors lists the target of a line, then what the line mentions.
func (lp *loopPrinter) reverseTensors(line string) {
	d := lp.decl
	eq := equation(d.Reverse, line)
	read := map[string]bool{}
	if eq != nil {
		mentions(eq.Expr, read)
	}
	for _, p := range d.Ins {
		if "d"+p.Name == line {
			lp.add(line, p, true)
		}
	}
	for _, p := range d.Given {
		if "d"+p.Name == line {
			lp.add(line, p, false)
		}
	}
	if l := d.Local(line); l != nil && len(lp.order) == 0 {
		lp.add(line, l.Port, !d.Shared(line))
	}
	use := func(name string, p category.Port, batched bool) {
		if read[name] {
			lp.add(name, p, batched)
		}
	}
	for _, p := range d.Ins {
		use(p.Name, p, true)
	}
	for _, p := range d.Given {
		use(p.Name, p, false)
	}
	for _, p := range d.Outs {
		use(p.Name, p, true)
	}
	for _, reverse := range []bool{false, true} {
		for _, l := range d.Locals {
			if l.Reverse == reverse {
				use(l.Name, l.Port, !d.Shared(l.Name))
			}
		}
	}
	for _, p := range d.Outs {
		use("d"+p.Name, p, true)
	}
}

// nextTensors lists the parameter that a line moves on, then what it mentions.
func (lp *loopPrinter) nextTensors(eq *category.Equation) {
	d := lp.decl
	port := func(name string) category.Port {
		for _, p := range d.Given {
			if p.Name == name {
				return p
			}
		}
		return d.Local(name).Port
	}
	lp.add(eq.Target, port(strings.TrimSuffix(eq.Target, "'")), false)
	for _, name := range plan.NextReads(d, eq) {
		lp.add(name, port(name), false)
	}
}

// leafTensors lists what the leafwise lines of a primitive with `each` write
// and read: new values, parameters, inputs, then scalars of the state.
func (lp *loopPrinter) leafTensors() {
	d := lp.decl
	read := map[string]bool{}
	for i := range d.Means {
		if leafwise(d, &d.Means[i]) {
			mentions(d.Means[i].Expr, read)
		}
	}
	for _, p := range d.Outs {
		if p.Whole && equation(d.Means, p.Name) != nil {
			lp.add(p.Name, p, true)
		}
	}
	for _, ports := range [][]category.Port{d.Given, d.Ins} {
		for _, p := range ports {
			if p.Whole {
				lp.add(p.Name, p, true)
			}
		}
	}
	for _, p := range d.Given {
		if !p.Whole && read[p.Name] {
			lp.add(p.Name, p, false)
		}
		if !p.Whole && read[p.Name+"'"] {
			lp.add(p.Name+"'", p, false)
		}
	}
}

// leafwise reports whether a line of a primitive with `each` has a target
// that is mapped over the leaves.
func leafwise(d *category.PrimDecl, eq *category.Equation) bool {
	for _, p := range d.Outs {
		if p.Name == eq.Target {
			return p.Whole
		}
	}
	return len(eq.Index) > 0
}

func equation(list []category.Equation, target string) *category.Equation {
	for i := range list {
		if list[i].Target == target {
			return &list[i]
		}
	}
	return nil
}

// mentions collects the names of the tensors and settings that x reads.
func mentions(x category.Expr, into map[string]bool) {
	category.Walk(x, func(e category.Expr) {
		switch e := e.(type) {
		case *category.Element:
			into[e.Name] = true
		case *category.SettingRef:
			into[e.Name] = true
		}
	})
}

// params prints the signature and gives dimensions and settings their names.
func (lp *loopPrinter) params() []jen.Code {
	var g paramGroups
	for _, name := range lp.order {
		t := lp.tensors[name]
		g.add(t.id, "[]"+viewName(t.kind), jen.Index().Add(element(t.kind, jen.Id("T"))))
	}
	if lp.decl.Each {
		lp.dims["size"] = lp.scope.local("size")
		g.add(lp.dims["size"], "int", jen.Int())
	} else {
		lp.example = "n"
		g.add("n", "int", jen.Int())
		for _, d := range lp.decl.Dims {
			lp.dims[d] = lp.scope.local("size_" + d)
			g.add(lp.dims[d], "int", jen.Int())
		}
	}
	decays := map[string]bool{}
	for i := range lp.decl.Means {
		mentions(lp.decl.Means[i].Expr, decays)
	}
	for _, s := range lp.decl.Settings {
		lp.sets[s.Name] = lp.scope.local(s.Name)
		if s.Dim {
			g.add(lp.sets[s.Name], "int", jen.Int())
			continue
		}
		g.add(lp.sets[s.Name], "T", jen.Id("T"))
	}
	if lp.decl.Each && decays["decays"] {
		lp.sets["decays"] = lp.scope.local("decays")
		g.add(lp.sets["decays"], "T", jen.Id("T"))
	}
	return g.print()
}
