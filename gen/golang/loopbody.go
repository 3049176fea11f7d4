package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// level is one loop body under construction. What does not depend on the
// inner loops is appended to the outer body before the inner loop is.
type level struct {
	parent *level
	stmts  []jen.Code
	bound  map[string]bool   // loop variables of this level
	cache  map[string]string // intermediates that stand ready here
}

func (l *level) add(s jen.Code) { l.stmts = append(l.stmts, s) }

// inner opens the body of a loop over id.
func (l *level) inner(ids ...string) *level {
	in := &level{parent: l, bound: map[string]bool{}, cache: map[string]string{}}
	for _, id := range ids {
		in.bound[id] = true
	}
	return in
}

// home is the outermost body around l that knows the loop variables on.
func (l *level) home(on []string) *level {
	for l.parent != nil && l.parent.bound != nil && !slices.ContainsFunc(on, func(id string) bool { return l.bound[id] }) {
		l = l.parent
	}
	return l
}

// loop closes body as a loop of id over 0..count-1 inside l.
func (l *level) loop(id string, count jen.Code, body *level) {
	l.add(jen.For(jen.Id(id).Op(":=").Range().Add(count)).Block(body.stmts...))
}

// env maps the index variables of a line to Go expressions.
type env map[string]indexValue

// indexValue is an integer expression with the loop variables it depends on.
type indexValue struct {
	code *jen.Statement
	on   []string
	key  string
}

// body prints the loops of the means, or of one reverse line.
func (lp *loopPrinter) body(line string) []jen.Code {
	top := (&level{}).inner()
	lp.values = map[string]string{}
	switch {
	case lp.decl.Each:
		lp.leafLoop(top)
	case line == "":
		for i := range lp.decl.Means {
			if eq := &lp.decl.Means[i]; lp.has(eq.Target) {
				lp.line(top, eq)
			}
		}
	default:
		if eq := equation(lp.decl.Next, line); eq != nil {
			lp.line(top, eq)
		} else if eq := equation(lp.decl.Reverse, line); eq != nil {
			lp.line(top, eq)
		}
	}
	return top.stmts
}

func (lp *loopPrinter) has(name string) bool {
	_, ok := lp.tensors[name]
	return ok
}

// line prints the loop nest of one equation: examples outermost, except where
// the target is the cotangent of a parameter, which sums over them, or the
// same for all.
func (lp *loopPrinter) line(top *level, eq *category.Equation) {
	target := lp.tensors[eq.Target]
	nest := &nest{lp: lp, at: top, env: env{}}
	if target.batched {
		lp.example = nest.open("example", jen.Id("n"))
	}
	for i, v := range eq.Index {
		nest.bind(v, target.shape[i])
	}
	at := nest.at
	var value *jen.Statement
	if target.batched || lp.decl.Shared(eq.Target) || equation(lp.decl.Next, eq.Target) != nil {
		value = lp.expr(at, nest.env, eq.Expr)
	} else {
		value = lp.sumExamples(at, nest.env, eq.Expr)
	}
	at.add(lp.at(target, nest.env.vars(eq.Index)).Op("=").Add(stored(target.kind, value)))
	nest.close()
}

// stored turns a number of type T into an element of a tensor.
func stored(kind category.Kind, value *jen.Statement) *jen.Statement {
	switch kind {
	case category.Real:
		return value
	case category.Bool:
		return parens(value).Op("!=").Lit(0)
	}
	return element(kind, nil).Parens(value)
}

func (lp *loopPrinter) sumExamples(at *level, en env, x category.Expr) *jen.Statement {
	total := lp.scope.local("total")
	at.add(jen.Var().Id(total).Id("T"))
	lp.example = lp.scope.local("example")
	body := at.inner(lp.example)
	body.add(jen.Id(total).Op("+=").Add(lp.expr(body, en, x)))
	at.loop(lp.example, jen.Id("n"), body)
	return jen.Id(total)
}

// leafLoop prints the leafwise lines as one loop. All new values are computed
// before the first is stored, for outputs may be the inputs themselves.
func (lp *loopPrinter) leafLoop(top *level) {
	s := lp.scope.local("s")
	body := top.inner(s)
	var stores []jen.Code
	for i := range lp.decl.Means {
		eq := &lp.decl.Means[i]
		if !leafwise(lp.decl, eq) {
			continue
		}
		en := env{}
		for _, v := range eq.Index {
			en[v] = variable(s)
		}
		value := lp.expr(body, en, eq.Expr)
		id := lp.scope.local("next_" + line0(eq.Target))
		body.add(define(id, eq.Expr, value))
		lp.values[eq.Target] = id
		if lp.has(eq.Target) {
			stores = append(stores, jen.Id(lp.tensors[eq.Target].id).Index(jen.Id(s)).Op("=").Id(id))
		}
	}
	for _, st := range stores {
		body.add(st)
	}
	top.loop(s, jen.Id(lp.dims["size"]), body)
}

// nest is a stack of open loops.
type nest struct {
	lp     *loopPrinter
	at     *level
	env    env
	loops  []string
	counts []jen.Code
}

func (n *nest) open(name string, count jen.Code) string {
	id := n.lp.scope.local(name)
	n.loops, n.counts = append(n.loops, id), append(n.counts, count)
	n.at = n.at.inner(id)
	return id
}

func (n *nest) bind(v string, d category.DimTerm) {
	n.env[v] = variable(n.open(v, n.lp.size(d)))
}

func (n *nest) close() {
	for i := len(n.loops) - 1; i >= 0; i-- {
		outer := n.at.parent
		outer.loop(n.loops[i], n.counts[i], n.at)
		n.at = outer
	}
}

func variable(id string) indexValue {
	return indexValue{code: jen.Id(id), on: []string{id}, key: id}
}

func (en env) vars(names []string) []indexValue {
	out := make([]indexValue, len(names))
	for i, v := range names {
		out[i] = en[v]
	}
	return out
}

// size prints the extent of one declared dimension.
func (lp *loopPrinter) size(d category.DimTerm) *jen.Statement {
	if d.Var == "" {
		return jen.Lit(d.Const)
	}
	if d.Var == category.Batch {
		return jen.Id("n")
	}
	if id, ok := lp.dims[d.Var]; ok {
		return jen.Id(id)
	}
	return jen.Id(lp.sets[d.Var])
}

// at prints one element of a tensor: ((example*sizeA+a)*sizeB+b).
func (lp *loopPrinter) at(t tensor, index []indexValue) *jen.Statement {
	var pos *jen.Statement
	if t.batched && lp.example != "" && !lp.decl.Each {
		pos = jen.Id(lp.example)
	}
	for i, ix := range index {
		if pos == nil {
			pos = jen.Add(ix.code)
			continue
		}
		pos = parens(pos).Op("*").Add(lp.size(t.shape[i])).Op("+").Add(ix.code)
	}
	if pos == nil {
		pos = jen.Lit(0)
	}
	return atom(jen.Id(t.id).Index(pos))
}

// atom marks an expression that needs no parentheses.
func atom(s *jen.Statement) *jen.Statement { return jen.Add(s) }

func parens(s *jen.Statement) *jen.Statement {
	if len(*s) > 1 {
		return jen.Parens(s)
	}
	return jen.Add(s)
}
