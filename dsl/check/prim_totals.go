package check

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// totals holds the lines of a scheme over objects to what can be computed leaf
// by leaf: a reduction goes over all leaves, so it is a sum and a line of its
// own, of what comes from outside.
func (b *primBuilder) totals() {
	if !b.decl.Each {
		return
	}
	for i := range b.decl.Means {
		line := &b.decl.Means[i]
		if b.decl.Total(line.Target) {
			b.total(line)
			continue
		}
		category.Walk(line.Expr, func(e category.Expr) {
			if _, is := e.(*category.Reduce); is {
				b.fail(diag.CT0810, line.Span, "a sum over all leaves is a line of its own, without index")
			}
		})
	}
	if len(b.decl.Totals()) > 0 && (len(b.a.Equations.Reverse) > 0 || b.decl.Kernel == "") {
		b.fail(diag.CT0810, b.a.Name.Span, "an arrow that adds up over all leaves has a kernel and no reverse lines")
	}
}

func (b *primBuilder) total(line *category.Equation) {
	sum, is := line.Expr.(*category.Reduce)
	if !is || sum.Op != "sum" || len(sum.Vars) != 1 {
		b.fail(diag.CT0810, line.Span, "a line without index adds up over all leaves: "+line.Target+" = sum "+b.leaf+": …")
		return
	}
	outside := slices.Concat(b.decl.Ins, b.decl.Given)
	category.Walk(sum.Body, func(e category.Expr) {
		switch e := e.(type) {
		case *category.Reduce:
			b.fail(diag.CT0810, line.Span, "a sum over all leaves holds no other")
		case *category.Element:
			if p := findPort(outside, e.Name); p == nil || !p.Whole {
				b.fail(diag.CT0810, e.Span, "a sum over all leaves reads inputs and parameters, and "+e.Name+" is neither")
			}
		}
	})
}
