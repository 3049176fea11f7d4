package check

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// advances reports whether a line gives a parameter of std, a whole number or
// running statistics, the value that it has after a step of training.
func (b *primBuilder) advances(e syntax.Equation) bool {
	p := findPort(b.decl.Given, e.Target.Text)
	return b.std && p != nil && (p.Running || p.Kind == category.Int && len(p.Shape) == 0)
}

// draws finds out whether means draws random numbers, and holds such a
// primitive to what its being absent from predictions asks for.
func (b *primBuilder) draws() {
	for i := range b.decl.Means {
		category.Walk(b.decl.Means[i].Expr, func(e category.Expr) {
			f, is := e.(*category.Func)
			b.decl.Draws = b.decl.Draws || is && f.Name == "uniform"
		})
	}
	d := b.decl
	if d.Draws && (d.Kernel == "" || len(d.Ins) != 1 || len(d.Outs) != 1 || !slices.Equal(d.Ins[0].Shape, d.Outs[0].Shape)) {
		b.fail(diag.CT0810, b.a.Name.Span, "an arrow that draws random numbers has a kernel, and one input and one output of the same shape")
	}
	for _, next := range d.Next {
		category.Walk(next.Expr, func(e category.Expr) {
			el, is := e.(*category.Element)
			if !is || d.Pooled(el.Name) {
				return
			}
			if p := findPort(d.Given, el.Name); p == nil || p.Kind != category.Int && !p.Running {
				b.fail(diag.CT0810, el.Span, "what training moves on follows from whole numbers and running statistics among the parameters, and from what is one for the whole batch")
			}
		})
	}
}

func elementName(e *category.Element, is bool) string {
	if !is {
		return ""
	}
	return e.Name
}

// uniform resolves uniform(key), whose key is a parameter of std.
func (l *line) uniform(e *syntax.ExprCall) category.Expr {
	if len(e.Args) == 1 {
		key, is := l.expr(e.Args[0]).(*category.Element)
		if p := findPort(l.b.decl.Given, elementName(key, is)); p != nil && p.Kind == category.Int && !l.reverse {
			return &category.Func{Name: "uniform", Args: []category.Expr{key}}
		}
	}
	l.b.fail(diag.CT0811, e.Span, "uniform takes one whole number among the parameters, in a line of means")
	return nil
}
