package plan_test

import (
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/stretchr/testify/require"
)

// What has no plan is refused by an error, whoever built the diagram.
func TestWhatHasNoPlan(t *testing.T) {
	real := category.NewReal()
	list := &category.Type{Kind: category.List, Elem: real}
	text := &category.Type{Kind: category.Text}
	one := func(in, out *category.Type, op category.Op) *category.Diagram {
		d := category.NewDiagram()
		a, b := d.AddWire(in, "", diag.Span{}), d.AddWire(out, "", diag.Span{})
		d.Ins, d.Outs = []category.WireID{a}, []category.WireID{b}
		d.Nodes = []*category.Node{{Op: op, In: d.Ins, Out: d.Outs, Given: category.NoWire}}
		return d
	}
	loop := &category.Arrow{Name: "loop", Dom: real, Cod: real, Given: category.Unit}
	loop.Diagram = one(real, real, &category.Call{Arrow: loop})
	risky := &category.Arrow{Name: "risky", Dom: real, Cod: real, Given: category.Unit, Partial: true}
	seeded := one(real, real, &category.Constant{Value: 1})
	seeded.Seed = seeded.AddWire(real, "", diag.Span{})
	grad := one(real, real, &category.Grad{Body: category.NewDiagram()})

	lists := one(list, real, &category.Constant{Value: 1})
	lists.Ins = append(lists.Ins, lists.AddWire(list, "", diag.Span{}))

	for name, c := range map[string]struct {
		d    *category.Diagram
		want string
	}{
		"a list of lists":       {one(&category.Type{Kind: category.List, Elem: list}, real, &category.Constant{Value: 1}), "no fixed size"},
		"several lists":         {lists, "several lists"},
		"an option":             {one(&category.Type{Kind: category.Option, Elem: real}, real, &category.Constant{Value: 1}), "no fixed size"},
		"a list in between":     {one(real, list, &category.Constant{Value: 1}), "no fixed size"},
		"text":                  {one(text, real, &category.Constant{Value: 1}), "Text"},
		"a cycle":               {loop.Diagram, "calls itself"},
		"a partial arrow":       {one(real, real, &category.Call{Arrow: risky}), "may fail"},
		"randomness":            {seeded, "randomness"},
		"no number to derive":   {grad, "one real number"},
		"an absent component":   {one(real, real, &category.Project{Field: "x"}), "no components"},
		"map over no power":     {one(real, real, &category.Map{Body: seeded, N: 3}), "map over 3"},
		"a power out of pieces": {one(real, &category.Type{Kind: category.Power, Elem: real, N: 2}, &category.Pack{Type: &category.Type{Kind: category.Power, Elem: real, N: 2}}), "not built from"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := plan.NewForward(nil, "f", c.d, plan.Declared)
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := plan.NewGradient(nil, "f", one(real, real, &category.Constant{Value: 1}))
	require.ErrorContains(t, err, "parameters")
	_, err = plan.NewStep(nil, loop, plan.Declared)
	require.ErrorContains(t, err, "not an endo")
}

// Repetition inside repetition unfolds to no more than a plan may hold.
func TestUnfoldingIsBounded(t *testing.T) {
	c, decls := stdDecls(t)
	_ = c
	d := category.NewDiagram()
	x, y := d.AddWire(category.NewReal(1), "", diag.Span{}), d.AddWire(category.NewReal(1), "", diag.Span{})
	d.Ins, d.Outs = []category.WireID{x}, []category.WireID{y}
	prim, err := plan.SolveScheme(decls["tanh"], [][]int{{1}}, nil, [][]int{{1}}, nil)
	require.NoError(t, err)
	d.Nodes = []*category.Node{{Op: &category.Apply{Prim: prim}, In: d.Ins, Out: d.Outs, Given: category.NoWire}}
	for range 3 {
		outer := category.NewDiagram()
		a, b := outer.AddWire(category.NewReal(1), "", diag.Span{}), outer.AddWire(category.NewReal(1), "", diag.Span{})
		outer.Ins, outer.Outs = []category.WireID{a}, []category.WireID{b}
		outer.Nodes = []*category.Node{{Op: &category.Repeat{Body: d, N: 1000}, In: outer.Ins, Out: outer.Outs, Given: category.NoWire}}
		d = outer
	}
	_, err = plan.NewForward(nil, "f", d, plan.Declared)
	require.ErrorContains(t, err, "unfolds to more than")
}
