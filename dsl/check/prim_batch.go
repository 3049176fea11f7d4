package check

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// batch holds a primitive that reads all examples of a batch to what its
// readers rely on: what gathers over them is one for the whole batch and has a
// line of its own, and something else stands for the arrow where there is no
// batch.
func (b *primBuilder) batch() {
	d := b.decl
	for _, eqs := range [][]category.Equation{d.Means, d.Reverse} {
		for i := range eqs {
			if category.OverBatch(eqs[i].Expr) && !d.Pooled(eqs[i].Target) {
				b.fail(diag.CT0810, eqs[i].Span, "what is said of the whole batch is one for all examples, and has a line of its own: no example is read beside it")
			}
		}
	}
	if d.ReadsBatch() && (b.a.Equations.Predicts == nil || d.Kernel == "" || d.Each) {
		b.fail(diag.CT0810, b.a.Name.Span, "an arrow that reads the batch has a kernel, and `predicts` says what stands for it outside of training")
	}
}

// predicts links a primitive to the one that stands for it outside of training.
func (c *checker) predicts(a *syntax.ArrowDecl) {
	name := a.Equations.Predicts
	from, to := c.std.prims[a.Name.Text], c.std.prims[name.Text]
	switch {
	case from == nil:
	case to == nil:
		c.report(diag.CT0810, name.Span, fmt.Sprintf("no arrow by equations is called %s", name.Text))
	case !sameScheme(from, to):
		c.report(diag.CT0810, name.Span, fmt.Sprintf("%s and %s differ in their objects, parameters or settings", name.Text, from.Name))
	default:
		from.Predicts = to
	}
}

// sameScheme reports whether two primitives take and give the same.
func sameScheme(a, b *category.PrimDecl) bool {
	same := func(p, q category.Port) bool {
		return p.Kind == q.Kind && p.Name == q.Name && p.Running == q.Running && slices.Equal(p.Shape, q.Shape) && p.Set.Equal(q.Set)
	}
	setting := func(s, t category.SettingDecl) bool { return s.Name == t.Name && s.Dim == t.Dim }
	return slices.EqualFunc(a.Ins, b.Ins, same) && slices.EqualFunc(a.Outs, b.Outs, same) && slices.EqualFunc(a.Given, b.Given, same) &&
		slices.EqualFunc(a.Settings, b.Settings, setting) && !b.ReadsBatch()
}

// predicting is the node that stands for node, a use of prim, outside of
// training. Both have one scheme, so what solves the one solves the other.
func predicting(node *category.Node, prim *category.Prim) {
	node.Mode = category.Training
	if prim.Decl.Predicts == nil {
		return
	}
	running, other := *prim, *node
	running.Decl = prim.Decl.Predicts
	other.Op, other.Mode = &category.Apply{Prim: &running}, category.Always
	node.Predicts = &other
}
