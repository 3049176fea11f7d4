package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/gen/plan"
)

// run prints the method that does worker w's share of every statement.
func (b *boundPlan) run() *jen.Statement {
	r := &runPrinter{boundPlan: b}
	statements := r.statements() // first: they say which ranges they need
	body := append(r.ranges(), statements...)
	return comment("Run does one worker's share.").Line().
		Add(b.method("Run")).Params(jen.Id("w").Op("*").Add(rt("Worker"))).Block(body...)
}

// runPrinter prints the statements of a plan with their shares. Neighbours
// that are shared alike stand together.
type runPrinter struct {
	*boundPlan
	rows    int  // whose range from, to is at the moment
	columns bool // whether that is a range of columns
	counted bool // some statement reads how many examples the worker has
}

// mine reports whether a worker reads and writes only its own range of v in
// statements that are shared by example.
func (b *boundPlan) mine(v plan.ValueID) bool { return b.plan.Values[v].Batched }

// ranges prints the worker's examples, and its ranges of the values that they
// are in.
func (r *runPrinter) ranges() []jen.Code {
	used := make([]bool, len(r.plan.Values))
	some := false
	for i := range r.plan.Ops {
		op := &r.plan.Ops[i]
		if op.Share != plan.ByExample {
			continue
		}
		some = true
		for _, v := range slices.Concat(op.Out, op.In) {
			if v != plan.NoValue && r.mine(v) {
				used[v] = true
			}
		}
	}
	if !some {
		return nil
	}
	out := []jen.Code{
		jen.List(jen.Id("lo"), jen.Id("hi")).Op(":=").Id("w").Dot("Share").Call(sized(plan.Extent{PerExample: 1, Fixed: -r.plan.Less}, jen.Id("p").Dot("n"))).Comment("this worker's examples"),
	}
	if r.counted {
		out = append(out, jen.Id("m").Op(":=").Id("hi").Op("-").Id("lo"))
	}
	var ids, values []jen.Code
	for i, id := range r.field {
		if !used[i] {
			continue
		}
		size := r.plan.Values[i].Size()
		ids = append(ids, jen.Id(id))
		values = append(values, jen.Id("p."+id).Index(times(size, jen.Id("lo")), times(size, jen.Id("hi"))))
		if len(ids) == 3 {
			out = append(out, jen.List(ids...).Op(":=").List(values...))
			ids, values = nil, nil
		}
	}
	if len(ids) > 0 {
		out = append(out, jen.List(ids...).Op(":=").List(values...))
	}
	return out
}

func (r *runPrinter) statements() []jen.Code {
	var out []jen.Code
	for i := 0; i < len(r.plan.Ops); {
		op := &r.plan.Ops[i]
		if op.Last && (i == 0 || !r.plan.Ops[i-1].Last) {
			out = append(out, jen.If(jen.Op("!").Id("p").Dot("last")).Block(jen.Return()))
		}
		if op.Wait {
			out = append(out, jen.Id("w").Dot("Wait").Call())
		}
		k := i + 1
		for k < len(r.plan.Ops) && r.plan.Ops[k].Share == op.Share && !r.plan.Ops[k].Wait && r.plan.Ops[k].Last == op.Last {
			k++
		}
		var group []jen.Code
		for ; i < k; i++ {
			group = append(group, r.statement(&r.plan.Ops[i])...)
		}
		if op.Share == plan.Alone {
			group = []jen.Code{jen.If(jen.Id("w").Dot("First").Call()).Block(group...)}
		}
		out = append(out, group...)
	}
	return out
}

func (r *runPrinter) statement(op *plan.Op) []jen.Code {
	switch op.Share {
	case plan.ByExample:
		r.own(r.mine)
		r.pp.examples, r.pp.share = "m", true
		r.counted = r.counted || op.Kind == plan.Forward || op.Kind == plan.Reverse || op.Kind == plan.Part || op.Kind == plan.AddPart
		defer func() { r.pp.examples, r.pp.share = "p.n", false }()
	case plan.ByRow:
		r.own(nil)
		return append(r.range1("Share", op.Rows), r.byRow(op)...)
	case plan.ByColumn:
		r.own(nil)
		return append(r.range1("Columns", op.Rows), r.lined(op, r.rangeCall(op))...)
	default:
		r.own(nil)
	}
	return r.lined(op, r.pp.op(op))
}

// lined prints a statement with its reason beside it, or above where it is
// long.
func (r *runPrinter) lined(op *plan.Op, s *jen.Statement) []jen.Code {
	if r.pp.long(op) {
		return []jen.Code{r.pp.why(op), s}
	}
	return []jen.Code{s.Add(r.pp.why(op))}
}

// range1 prints the worker's range of rows or columns, once for neighbours of
// one extent.
func (r *runPrinter) range1(method string, rows int) []jen.Code {
	columns := method == "Columns"
	if r.rows == rows && r.columns == columns {
		return nil
	}
	r.columns = columns
	op := "="
	if r.rows == 0 {
		op = ":="
	}
	r.rows = rows
	return []jen.Code{jen.List(jen.Id("from"), jen.Id("to")).Op(op).Id("w").Dot(method).Call(jen.Lit(rows))}
}

func (r *runPrinter) byRow(op *plan.Op) []jen.Code {
	if op.Kind == plan.Reverse || op.Pooled() {
		return r.lined(op, r.rangeCall(op))
	}
	each := r.plan.Values[op.Out[0]].Size() / op.Rows
	var args []jen.Code
	for _, v := range slices.Concat(op.Out, op.In) {
		if !slices.Contains(op.Out, v) && !slices.Contains(op.Leaves(), v) {
			args = append(args, r.pp.id(v))
			continue
		}
		args = append(args, r.pp.id(v).Index(times(each, jen.Id("from")), times(each, jen.Id("to"))))
	}
	size := jen.Id("to").Op("-").Id("from")
	if each > 1 {
		size = jen.Lit(each).Op("*").Parens(size)
	}
	args = append(args, size)
	for _, s := range op.Settings {
		args = append(args, r.pp.scalar(s))
	}
	return []jen.Code{r.pp.why(op), r.pp.e.primFunc(op.Prim.Decl, "").Call(args...)}
}

// rangeCall prints a statement whose kernel computes rows or columns of its
// target, or adds to them; without Add, what could add assigns.
func (r *runPrinter) rangeCall(op *plan.Op) *jen.Statement {
	var args []jen.Code
	for _, v := range slices.Concat(op.Out, op.In) {
		args = append(args, r.pp.id(v))
	}
	args = append(args, r.pp.count(op))
	args = append(args, dimArgs(op.Prim, nil)...)
	for _, s := range op.Settings {
		args = append(args, r.pp.scalar(s))
	}
	name := op.Prim.Decl.Kernel
	if op.Line != "" {
		name += "_" + line0(op.Line)
	}
	form := op.Form()
	switch {
	case op.Add != nil:
		args = append(args, r.pp.factor(op.Add.Keep, 0), r.pp.factor(op.Add.By, 0))
	case form != "columns" && form != "rows":
		args = append(args, jen.Lit(0), jen.Lit(1))
	}
	args = append(args, jen.Id("from"), jen.Id("to"))
	return kernel(exported(name + "_" + form)).Call(args...)
}

// factor prints a number that a plan computes from its settings; level is how
// tightly its place binds.
func (pp *planPrinter) factor(f *plan.Factor, level int) *jen.Statement {
	if f.Op == "" {
		return pp.scalar(f.Scalar)
	}
	binds := map[string]int{"+": 1, "-": 1, "*": 2, "/": 2}[f.Op]
	if v, ok := f.L.Number(); ok && v == 0 && f.Op == "-" {
		return jen.Op("-").Add(pp.factor(f.R, 3))
	}
	s := pp.factor(f.L, binds).Op(f.Op).Add(pp.factor(f.R, binds+1))
	if binds < level {
		return jen.Parens(s)
	}
	return s
}
