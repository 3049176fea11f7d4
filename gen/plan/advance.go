package plan

import (
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// advance moves on the parts of the state that training moves on by itself,
// such as what counts the draws of random numbers, and running statistics: each
// once, after all that reads it.
func (l *lowering) advance(state []vid, next []ref) {
	for _, n := range l.g.nodes {
		if n.kind != primNode {
			continue
		}
		for i := range n.prim.Decl.Next {
			l.moveOn(n, &n.prim.Decl.Next[i], state, next)
		}
	}
}

func (l *lowering) moveOn(n *node, line *category.Equation, state []vid, next []ref) {
	decl := n.prim.Decl
	port := portOf(decl.Given, strings.TrimSuffix(line.Target, "'"))
	given := n.given[port]
	v := l.g.resolve(given).v
	k := slices.Index(state, v)
	if k < 0 || l.g.resolve(next[k]).v != v {
		fail(n.span, "`%s` keeps `%s` in a parameter that the next state does not carry on", decl.Name, decl.Given[port].Name)
	}
	op := Op{Kind: Advance, Prim: n.prim, Line: line.Target, Once: true, Rule: decl.Name + " " + line.Target, Span: n.span, Via: n.via}
	if !decl.Given[port].Running {
		at := l.value(v)
		if !slices.ContainsFunc(l.p.Ops, func(op Op) bool { return op.Kind == Advance && op.Out[0] == at }) {
			op.Out, op.In = []ValueID{at}, []ValueID{at}
			l.emit(op)
		}
		return
	}
	at := l.operand(given)
	if slices.ContainsFunc(l.p.Ops, func(op Op) bool { return op.Kind == Advance && op.Out[0] == at }) {
		fail(n.span, "`%s` keeps the statistics of two places in the same `%s`: each use needs its own", decl.Name, decl.Given[port].Name)
	}
	op.Out, op.Once, op.Settings = []ValueID{at}, n.once, l.settings(n)
	for _, name := range NextReads(decl, line) {
		if i := portOf(decl.Given, name); i >= 0 {
			op.In = append(op.In, l.operand(n.given[i]))
		} else {
			op.In = append(op.In, l.value(n.kept[slices.Index(keptLocals(decl), name)]))
		}
	}
	l.emit(op)
}

// NextReads lists what a line that moves running statistics on mentions, in
// the order of its function's arguments: parameters, then what is one for the
// batch.
func NextReads(d *category.PrimDecl, line *category.Equation) []string {
	read := mentions(line.Expr)
	var out []string
	for _, p := range d.Given {
		if read[p.Name] {
			out = append(out, p.Name)
		}
	}
	for _, name := range d.PooledMeans() {
		if read[name] {
			out = append(out, name)
		}
	}
	return out
}
