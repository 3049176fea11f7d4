package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/gen/plan"
)

// straightBranch is one of the loops of a straight function: its formulas,
// and how they are laid out in statements.
type straightBranch struct {
	*straightPrinter
	g      *formulas
	single bool // batches of one example: every stage but the first is one
	scope  *names
	leaves []*formula // the state before a step
	next   []*formula // and after it, nil where it stays
	result *formula   // the loss, or nil

	reached []*formula // operands before what reads them
	uses    map[*formula]int
	vars    map[*formula]string // of formulas that have a variable
	pairs   map[*formula]pair   // by the argument of against and log1pExp
	cost    int
	// scattered holds the sums over a batch that are elements of an array.
	scattered map[*formula]*scattering
	sums      []jen.Code // the variables that gather sums
	arrays    []jen.Code // and the declarations of arrays of them
	blocks    [afterBatch + 1][]jen.Code
}

// pair is what one call of Logistic computes.
type pair struct{ against, log *formula }

// settle decides how the differences are computed, drops what no result
// needs, and finds what deserves a variable.
func (b *straightBranch) settle() {
	b.reach()
	sigmoid := map[*formula]*formula{}
	for _, f := range b.reached {
		if f.op == function && f.name == "Sigmoid" {
			sigmoid[f.args[0]] = f
		}
	}
	for _, f := range b.reached {
		if f.op != difference {
			continue
		}
		x, t := f.args[0], f.args[1]
		if y := sigmoid[x]; y != nil { // it is computed anyway
			f.op, f.name, f.args = operator, "-", []*formula{y, t}
			continue
		}
		e := b.g.make(formula{op: against, typ: wide, args: []*formula{x}})
		t = b.g.as(wide, t)
		rest := b.g.binary("-", b.g.binary("-", b.g.number(1), t), b.g.binary("*", t, e))
		f.op, f.args = convert, []*formula{b.g.binary("/", rest, b.g.binary("+", b.g.number(1), e))}
	}
	b.reach()
	b.pairs = map[*formula]pair{}
	for _, f := range b.reached {
		if f.op > leaf {
			b.cost++
		}
		switch p := b.pairs[first(f.args)]; f.op {
		case against:
			b.pairs[f.args[0]] = pair{f, p.log}
		case log1pExp:
			b.pairs[f.args[0]] = pair{p.against, f}
		}
	}
	read := map[*formula]bool{}
	for _, f := range b.reached {
		read[f] = true
	}
	for i := range b.state {
		v := &b.state[i]
		v.used = v.used || read[b.leaves[i]]
		v.moves = v.moves || b.next[i] != nil
	}
}

func first(list []*formula) *formula {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// reach lists what the results need, operands first, and counts the uses.
func (b *straightBranch) reach() {
	b.reached, b.uses = nil, map[*formula]int{}
	var visit func(f *formula)
	visit = func(f *formula) {
		if b.uses[f]++; b.uses[f] > 1 {
			return
		}
		for _, a := range f.args {
			visit(a)
		}
		b.reached = append(b.reached, f)
	}
	for _, f := range b.next {
		if f != nil {
			visit(f)
		}
	}
	if b.result != nil {
		visit(b.result)
	}
}

// stageOf is the block that a formula is computed in.
func (b *straightBranch) stageOf(f *formula) stage {
	if b.single && f.stage > atStart {
		return perExample
	}
	return f.stage
}

// layOut puts the statements into the blocks of their stages.
func (b *straightBranch) layOut() {
	b.vars = map[*formula]string{}
	b.scatter()
	named := b.named()
	for _, f := range b.reached {
		switch {
		case f.op == batchSum:
			b.accumulate(f)
		case named[f]:
			b.define(f)
		}
	}
	if b.result != nil {
		b.addResult()
	}
	b.assign()
}

// loop lays the statements out and prints the loops around them.
func (b *straightBranch) loop() []jen.Code {
	b.layOut()
	rows := b.exampleRows()
	if b.single {
		head := jen.Range().Id("n")
		if len(rows) > 0 {
			head = jen.Id("k").Op(":=").Range().Id("n")
		}
		return append(b.blocks[atStart], jen.For(head).Block(append(rows, b.blocks[perExample]...)...))
	}
	each := append(rows, b.blocks[perExample]...)
	body := append([]jen.Code{jen.Id("end").Op(":=").Id("min").Call(jen.Id("at").Op("+").Id("batch"), jen.Id("n"))}, b.blocks[perBatch]...)
	body = append(body, b.sumsDeclared()...)
	body = append(body, jen.For(jen.Id("k").Op(":=").Id("at"), jen.Id("k").Op("<").Id("end"), jen.Id("k").Op("++")).Block(each...))
	body = append(body, b.blocks[afterBatch]...)
	// A batch is no larger than n, so that at cannot overflow.
	out := append(b.blocks[atStart], jen.Id("batch").Op("=").Id("min").Call(jen.Id("batch"), jen.Id("n")))
	return append(out, jen.For(jen.Id("at").Op(":=").Lit(0), jen.Id("at").Op("<").Id("n"), jen.Id("at").Op("+=").Id("batch")).Block(body...))
}

// named finds the formulas that become variables: what is read more than
// once or by a later stage, what the plan has a name for, tables, and the
// results of one call.
func (b *straightBranch) named() map[*formula]bool {
	named := map[*formula]bool{}
	for _, f := range b.reached {
		if f.op <= leaf || b.inPlace(f) {
			continue
		}
		if b.uses[f] > 1 || f.op == tableOf || f.hint != "" && b.stageOf(f) == perExample || b.paired(f) {
			named[f] = true
		}
	}
	for _, f := range b.reached {
		for _, a := range f.args {
			at := b.stageOf(f)
			if f.op == batchSum {
				at = perExample
			}
			if a.op > leaf && !b.inPlace(a) && b.stageOf(a) < at {
				named[a] = true
			}
		}
	}
	for i, f := range b.next {
		if f != nil && b.clashes(i, f, named) {
			named[f] = true
		}
	}
	return named
}

// inPlace reports whether f costs nothing and is printed where it is read.
func (b *straightBranch) inPlace(f *formula) bool {
	return f.op == batchSum || f.op == convert && f.args[0].op == leaf && f.stage == atStart
}

func (b *straightBranch) paired(f *formula) bool {
	if f.op != against && f.op != log1pExp {
		return false
	}
	p := b.pairs[f.args[0]]
	return p.against != nil && p.log != nil
}

// clashes reports whether the i-th assignment of the state reads a variable
// that one before it has overwritten.
func (b *straightBranch) clashes(i int, f *formula, named map[*formula]bool) bool {
	if named[f] {
		return false
	}
	if f.op == leaf {
		for j := range i {
			if b.next[j] != nil && b.leaves[j] == f {
				return true
			}
		}
		return false
	}
	for _, a := range f.args {
		if b.clashes(i, a, named) {
			return true
		}
	}
	return false
}

// define prints the variable of a formula.
func (b *straightBranch) define(f *formula) {
	if _, done := b.vars[f]; done {
		return
	}
	at := b.stageOf(f)
	if b.paired(f) {
		p := b.pairs[f.args[0]]
		x := b.print(f.args[0])
		b.vars[p.against], b.vars[p.log] = b.variable(p.against, "against"), b.variable(p.log, "rest")
		s := jen.List(jen.Id(b.vars[p.against]), jen.Id(b.vars[p.log])).Op(":=").Add(scalar("Logistic")).Call(x)
		b.blocks[at] = append(b.blocks[at], s)
		return
	}
	value := b.rounded(f)
	id := b.variable(f, "v")
	s := jen.Id(id).Op(":=").Add(value)
	if f.why != "" {
		s = s.Add(comment(f.why))
	}
	b.blocks[at] = append(b.blocks[at], s)
	b.vars[f] = id
}

func (b *straightBranch) variable(f *formula, other string) string {
	if f.hint != "" {
		return b.scope.local(f.hint)
	}
	return b.scope.local(other)
}

// accumulate prints a sum over the batch, and the variable that gathers it.
func (b *straightBranch) accumulate(f *formula) {
	if s := b.scattered[f]; s != nil {
		b.scatterOnce(s)
		return
	}
	id := b.variable(f, "sum")
	b.vars[f] = id
	b.sums = append(b.sums, jen.Id(id))
	b.blocks[perExample] = append(b.blocks[perExample], jen.Id(id).Op("+=").Add(b.rounded(f.args[0])))
}

// sumsDeclared prints the variables that gather sums.
func (b *straightBranch) sumsDeclared() (out []jen.Code) {
	for sums := range slices.Chunk(b.sums, 8) {
		out = append(out, jen.Var().List(sums...).Float32())
	}
	return append(out, b.arrays...)
}

// addResult adds the loss to what the function returns the mean of.
func (b *straightBranch) addResult() {
	if b.p.List { // before the state moves
		b.blocks[afterBatch] = append(b.blocks[afterBatch], jen.Id("total").Op(":=").Add(b.print(b.result)))
		return
	}
	loss := jen.Float64().Parens(b.print(b.result))
	if r := b.p.Result; !b.single && !b.p.Values[r].Batched {
		at := max(b.stageOf(b.result), perBatch)
		b.blocks[at] = append(b.blocks[at], jen.Id("total").Op("+=").Float64().Parens(loss.Op("*").Float64().Parens(jen.Id("end").Op("-").Id("at"))))
		return
	}
	if b.stageOf(b.result) == afterBatch {
		noStraight("a loss of whole batches")
	}
	b.blocks[perExample] = append(b.blocks[perExample], jen.Id("total").Op("+=").Add(loss))
}

// assign prints the next values of the state.
func (b *straightBranch) assign() {
	at := afterBatch
	if b.single {
		at = perExample
	}
	for i, f := range b.next {
		if f == nil {
			continue
		}
		v := &b.state[i]
		s := jen.Id(v.id).Op("=").Add(b.print(f))
		if _, named := b.vars[f]; !named && f.op == operator && (f.name == "+" || f.name == "-") && f.args[0] == b.leaves[i] {
			s = jen.Id(v.id).Op(f.name + "=").Add(b.rounded(f.args[1]))
		}
		if _, named := b.vars[f]; !named && f.why != "" {
			s = s.Add(comment(f.why))
		}
		b.blocks[at] = append(b.blocks[at], s)
	}
}

// exampleRows prints the variables for the data of one example.
func (b *straightBranch) exampleRows() []jen.Code {
	read := map[plan.ValueID]bool{}
	for _, f := range b.reached {
		if id, ok := b.data[f.name]; ok && f.op == leaf {
			read[id] = true
		}
	}
	var out []jen.Code
	for _, id := range b.columns() {
		if read[id] {
			out = append(out, jen.Id(b.rows[id]).Op(":=").Add(b.row(id)))
		}
	}
	return out
}
