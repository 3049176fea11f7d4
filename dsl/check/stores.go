package check

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// stores links a primitive to the one that does the same with the axes of its
// parameters in another order. That both mean the same is what tests hold the
// two kernels against; here their schemes must agree.
func (c *checker) stores(a *syntax.ArrowDecl) {
	name := a.Equations.Stores
	from, to := c.std.prims[a.Name.Text], c.std.prims[name.Text]
	switch {
	case from == nil:
	case to == nil:
		c.report(diag.CT0810, name.Span, fmt.Sprintf("no arrow by equations is called %s", name.Text))
	case !sameButAxes(from, to):
		c.report(diag.CT0810, name.Span, fmt.Sprintf("%s differs from %s in more than the order of axes of parameters", name.Text, from.Name))
	default:
		from.Stores = to
	}
}

// sameButAxes reports whether two schemes are the same except that the shapes
// of parameters may be turned: their leading axes may stand behind.
func sameButAxes(a, b *category.PrimDecl) bool {
	same := func(p, q category.Port) bool { return p.Kind == q.Kind && p.Name == q.Name }
	plain := func(p, q category.Port) bool { return same(p, q) && slices.Equal(p.Shape, q.Shape) }
	turned := func(p, q category.Port) bool {
		return same(p, q) && (slices.Equal(p.Shape, q.Shape) || category.Turned(p.Shape, q.Shape) > 0)
	}
	return slices.EqualFunc(a.Ins, b.Ins, plain) && slices.EqualFunc(a.Outs, b.Outs, plain) &&
		slices.EqualFunc(a.Given, b.Given, turned) && len(a.Settings) == len(b.Settings) && !a.Each && !b.Each
}
