package golang

import (
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// unroller follows a plan through one batch with formulas in place of
// numbers. What is batched stands for one example.
type unroller struct {
	g      *formulas
	p      *plan.Plan
	values map[plan.ValueID][]*formula
	word   func(plan.ValueID) string // the plan's name for a value
	cite   func(*plan.Op) string     // the rule and spec line of a statement
}

// run follows all statements.
func (u *unroller) run() {
	for i := range u.p.Ops {
		u.op(&u.p.Ops[i])
	}
}

// get is a value's elements.
func (u *unroller) get(id plan.ValueID) []*formula {
	v := &u.p.Values[id]
	if list := u.values[id]; list != nil {
		return list
	}
	if v.Store == plan.ViewStore {
		of := u.get(v.Of)
		if v.Start+v.Size() > len(of) || v.Batched != u.p.Values[v.Of].Batched {
			noStraight("a view of %s", v.Name)
		}
		return of[v.Start : v.Start+v.Size()]
	}
	list := make([]*formula, v.Size())
	u.values[id] = list
	return list
}

// read is get where all elements are known.
func (u *unroller) read(id plan.ValueID) []*formula {
	list := u.get(id)
	for _, f := range list {
		if f == nil {
			noStraight("%s is read before it is written", u.p.Values[id].Name)
		}
	}
	return list
}

// write assigns elements of a value and names them after it.
func (u *unroller) write(op *plan.Op, id plan.ValueID, at int, list []*formula) {
	to, v := u.get(id), &u.p.Values[id]
	for i, f := range list {
		to[at+i] = f
		if f.op <= leaf || !v.Batched && !u.p.Single && f.op != batchSum {
			continue
		}
		if f.hint != "" && (!f.vague || v.Type == nil) {
			continue
		}
		f.vague = v.Type == nil
		if f.hint = u.word(id); len(to) > 1 {
			f.hint = elementName(f.hint, at+i)
		}
		if at+i == 0 {
			f.why = u.cite(op)
		}
	}
}

func (u *unroller) op(op *plan.Op) {
	switch op.Kind {
	case plan.Forward:
		u.forward(op)
	case plan.Reverse:
		u.reverse(op)
	case plan.LeafStep:
		u.leafStep(op)
	case plan.LeafTotal:
		u.leafTotal(op)
	case plan.ScalarStep:
		u.scalarStep(op)
	case plan.Accumulate:
		u.write(op, op.Out[0], 0, u.added(u.read(op.Out[0]), u.read(op.In[0])))
	case plan.Fill:
		u.fill(op, u.g.number(op.Number))
	case plan.FillMean:
		u.fill(op, u.g.binary("/", u.g.number(op.Number), u.g.size))
	case plan.Copy:
		u.copy(op)
	case plan.Part:
		k := len(u.get(op.Out[0])) / op.Fold
		for e := range op.Fold {
			from := e*len(u.read(op.In[0]))/op.Fold + op.Start
			u.write(op, op.Out[0], e*k, u.read(op.In[0])[from:from+k])
		}
	case plan.AddPart:
		k := len(u.read(op.In[0])) / op.Fold
		for e := range op.Fold {
			to := e*len(u.get(op.Out[0]))/op.Fold + op.Start
			u.write(op, op.Out[0], to, u.added(u.read(op.Out[0])[to:to+k], u.read(op.In[0])[e*k:(e+1)*k]))
		}
	case plan.SumBatch:
		u.sumBatch(op)
	default:
		noStraight("%s has no formula", op.Callee())
	}
}

func (u *unroller) fill(op *plan.Op, f *formula) {
	list := make([]*formula, len(u.get(op.Out[0])))
	for i := range list {
		list[i] = f
	}
	u.write(op, op.Out[0], 0, list)
}

func (u *unroller) added(a, b []*formula) []*formula {
	if len(a) != len(b) {
		noStraight("a sum of %d and %d elements", len(a), len(b))
	}
	out := make([]*formula, len(a))
	for i := range a {
		out[i] = u.g.binary("+", a[i], b[i])
	}
	return out
}

func (u *unroller) copy(op *plan.Op) {
	in, out := u.read(op.In[0]), make([]*formula, len(u.get(op.Out[0])))
	if u.p.Values[op.In[0]].Batched && len(in) != len(out) || len(in) == 0 {
		noStraight("a batch that is repeated")
	}
	for i := range out {
		out[i] = in[i%len(in)]
	}
	u.write(op, op.Out[0], 0, out)
}

func (u *unroller) sumBatch(op *plan.Op) {
	in, out := u.read(op.In[0]), make([]*formula, len(u.get(op.Out[0])))
	from, to := u.p.Values[op.In[0]].Batched, u.p.Values[op.Out[0]].Batched
	if to && len(in) != len(out) || len(out) == 0 {
		noStraight("a batch that is added up in parts")
	}
	for i, f := range in {
		if k := i % len(out); out[k] == nil {
			out[k] = f
		} else {
			out[k] = u.g.binary("+", out[k], f)
		}
	}
	if from && !to {
		u.sumOverBatch(out)
	}
	u.write(op, op.Out[0], 0, out)
}

func (u *unroller) sumOverBatch(list []*formula) {
	for i, f := range list {
		list[i] = u.g.sumOverBatch(f)
	}
}

// lines reads the equations behind a statement with its settings.
func (u *unroller) lines(op *plan.Op) *lineReader {
	x := newLineReader(u.g, op.Prim)
	for i, s := range op.Settings {
		f := u.g.number(s.Const)
		if s.Value != plan.NoValue {
			f = u.read(s.Value)[0]
		}
		if i < len(op.Prim.Decl.Settings) {
			x.settings[op.Prim.Decl.Settings[i].Name] = f
		} else {
			x.settings["decays"] = f
		}
	}
	return x
}

// piece is what element e of a fold reads of a value: its own part, or all of
// it where all share it.
func (u *unroller) piece(id plan.ValueID, e int, shared bool, size int) []*formula {
	list := u.read(id)
	if shared {
		e = 0
	}
	if (e+1)*size > len(list) || shared && size != len(list) {
		noStraight("%s has another shape than its use", u.p.Values[id].Name)
	}
	return list[e*size : (e+1)*size]
}

func portNames(ports []category.Port) []string {
	out := make([]string, len(ports))
	for i := range ports {
		out[i] = ports[i].Name
	}
	return out
}

func (u *unroller) forward(op *plan.Op) {
	d := op.Prim.Decl
	if d.Draws {
		noStraight("`%s` draws random numbers", d.Name)
	}
	if d.ReadsBatch() {
		noStraight("`%s` reads the whole batch", d.Name)
	}
	outs := portNames(d.Outs)
	for _, k := range d.Keeps {
		if d.Local(k) != nil {
			outs = append(outs, k)
		}
	}
	ins := append(portNames(d.Ins), portNames(d.Given)...)
	if len(op.Out) != len(outs) || len(op.In) != len(ins) {
		noStraight("`%s` has other operands than its lines", d.Name)
	}
	for e := range op.Fold {
		x := u.lines(op)
		for i, name := range ins {
			x.tensors[name] = u.piece(op.In[i], e, i >= len(d.Ins) && !op.PerExample, x.size(name))
		}
		for i := range d.Means {
			x.line(&d.Means[i])
		}
		for i, name := range outs {
			u.write(op, op.Out[i], e*x.size(name), x.tensors[name])
		}
	}
}

// reverse follows one line of a reverse. The cotangent of a parameter is
// added up over the fold and the batch.
func (u *unroller) reverse(op *plan.Op) {
	d := op.Prim.Decl
	eq := equation(d.Reverse, op.Line)
	if eq == nil {
		noStraight("`%s` has no line `%s`", d.Name, op.Line)
	}
	read := map[string]bool{}
	mentions(eq.Expr, read)
	given := func(name string) bool {
		for _, p := range d.Given {
			if p.Name == name || "d"+p.Name == name {
				return true
			}
		}
		return false
	}
	shared := given(op.Line) && !op.PerExample
	var total []*formula
	for e := range op.Fold {
		x := u.lines(op)
		in := op.In
		for _, name := range reverseOrder(d) {
			if !read[name] || len(in) == 0 {
				continue
			}
			x.tensors[name] = u.piece(in[0], e, given(name) && !op.PerExample, x.size(name))
			in = in[1:]
		}
		list := x.line(eq)
		switch {
		case !shared:
			u.write(op, op.Out[0], e*len(list), list)
		case total == nil:
			total = list
		default:
			total = u.added(total, list)
		}
	}
	if shared {
		if !op.Once {
			u.sumOverBatch(total)
		}
		u.write(op, op.Out[0], 0, total)
	}
}

// reverseOrder lists what a reverse line may mention in the order of the
// kernel convention.
func reverseOrder(d *category.PrimDecl) []string {
	order := append(append(portNames(d.Ins), portNames(d.Given)...), portNames(d.Outs)...)
	for _, reverse := range []bool{false, true} {
		for _, l := range d.Locals {
			if l.Reverse == reverse {
				order = append(order, l.Name)
			}
		}
	}
	for _, o := range d.Outs {
		order = append(order, "d"+o.Name)
	}
	return order
}

// leafStep follows the leafwise lines for one element after another.
func (u *unroller) leafStep(op *plan.Op) {
	d := op.Prim.Decl
	var in, scalars, outs []string
	read := map[string]bool{}
	for i := range d.Means {
		if leafwise(d, &d.Means[i]) {
			mentions(d.Means[i].Expr, read)
		}
	}
	for _, ports := range [][]category.Port{d.Given, d.Ins} {
		for _, p := range ports {
			if p.Whole {
				in = append(in, p.Name)
				continue
			}
			for _, name := range []string{p.Name, p.Name + "'"} {
				if read[name] {
					scalars = append(scalars, name)
				}
			}
		}
	}
	for _, p := range d.Outs {
		if p.Whole && equation(d.Means, p.Name) != nil {
			outs = append(outs, p.Name)
		}
	}
	for _, line := range d.Totals() {
		if read[line.Target] {
			scalars = append(scalars, line.Target)
		}
	}
	if len(op.In) != len(in)+len(scalars) || len(op.Out) != len(outs) {
		noStraight("`%s` has other operands than its lines", d.Name)
	}
	next := make([][]*formula, len(outs))
	for e := range u.get(op.Out[0]) {
		x := u.lines(op)
		for i, name := range append(in[:len(in):len(in)], scalars...) {
			if i < len(in) {
				x.tensors[name] = u.piece(op.In[i], e, false, 1)
			} else {
				x.tensors[name] = u.piece(op.In[i], 0, true, 1)
			}
		}
		for i := range d.Means {
			if eq := &d.Means[i]; leafwise(d, eq) {
				x.line(eq)
			}
		}
		for i, name := range outs {
			next[i] = append(next[i], x.tensors[name][0])
		}
	}
	for i := range outs {
		u.write(op, op.Out[i], 0, next[i])
		next[i][0].why = u.cite(op)
	}
}

// leafTotal adds up a line over the elements of one leaf.
func (u *unroller) leafTotal(op *plan.Op) {
	d := op.Prim.Decl
	eq := equation(d.Means, op.Line)
	sum, is := eq.Expr.(*category.Reduce)
	if !is {
		noStraight("`%s` adds up by no sum", d.Name)
	}
	read := map[string]bool{}
	mentions(eq.Expr, read)
	var names []string
	for _, ports := range [][]category.Port{d.Given, d.Ins} {
		for _, p := range ports {
			if p.Whole && read[p.Name] {
				names = append(names, p.Name)
			}
		}
	}
	var total *formula
	for e := range u.get(op.In[0]) {
		x := u.lines(op)
		for i, name := range names {
			x.tensors[name] = u.piece(op.In[i], e, false, 1)
		}
		for _, v := range sum.Vars {
			x.vars[v] = 0
		}
		term := x.expr(eq, sum.Body)
		if total == nil {
			total = term
		} else {
			total = u.g.binary("+", total, term)
		}
	}
	u.write(op, op.Out[0], 0, []*formula{total})
}

// scalarStep follows the lines that are about no leaf, such as count' =
// count + 1.
func (u *unroller) scalarStep(op *plan.Op) {
	d, x, in, out := op.Prim.Decl, u.lines(op), op.In, op.Out
	for _, p := range d.Given {
		if !p.Whole && len(in) > 0 {
			x.tensors[p.Name] = u.read(in[0])
			in = in[1:]
		}
	}
	for i := range d.Means {
		eq := &d.Means[i]
		if leafwise(d, eq) || len(out) == 0 {
			continue
		}
		list := x.line(eq)
		if u.p.Values[out[0]].Kind == category.Int {
			list = []*formula{u.integer(x, eq.Expr)}
			x.tensors[eq.Target] = list
		}
		if strings.HasSuffix(eq.Target, "'") {
			u.write(op, out[0], 0, list)
			out = out[1:]
		}
	}
}

// integer follows a line over int64 scalars.
func (u *unroller) integer(x *lineReader, e category.Expr) *formula {
	switch e := e.(type) {
	case *category.Number:
		return u.g.number(e.Value)
	case *category.Element:
		if t := x.tensors[e.Name]; len(t) == 1 && t[0].typ == whole {
			return t[0]
		}
	case *category.Binary:
		if e.Op == "+" || e.Op == "-" || e.Op == "*" {
			l, r := u.integer(x, e.L), u.integer(x, e.R)
			return u.g.make(formula{op: operator, typ: whole, name: e.Op, args: []*formula{l, r}})
		}
	}
	noStraight("a line over integers holds a %T", e)
	return nil
}
