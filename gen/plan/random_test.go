package plan_test

import (
	"fmt"
	"math/rand"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/stretchr/testify/require"
)

// stdSpec uses the standard arrows that random diagrams are made of.
const stdSpec = `
category bench
object V = R[3]
object W = R[3]
object S = R
object U = R in [0, 1]
object Simplex = R[3] in simplex
object Class = Fin[3]
object L = R in [0, inf)
object Pos = R[3] in [0, inf)
object Square = { weight: R[3, 3], bias: R[3] }
arrow affine: V -> W given Square = std.affine
arrow tanh: V -> W = std.tanh
arrow softmax: V -> Simplex = std.softmax
arrow softplus: V -> Pos = std.softplus
arrow silu: V -> W = std.silu
arrow sigmoid: S -> U = std.sigmoid
arrow relabel: V -> W = std.relabel
arrow scale: V -> W = std.scale(by: 0.5)
arrow mul: V * V -> W = std.mul
arrow mean: V -> S = std.mean
arrow squared: S * S -> L = std.squared_error
arrow bce: U * U -> L = std.binary_cross_entropy
arrow ce: Simplex * Class -> L = std.cross_entropy
arrow twice(x: V) -> V { x + x }
`

// stdDecls finds the declarations behind the arrows of stdSpec.
func stdDecls(t *testing.T) (*category.Category, map[string]*category.PrimDecl) {
	c := checked(t, "bench.cat", stdSpec)
	decls := map[string]*category.PrimDecl{}
	for _, a := range c.Arrows {
		for _, n := range a.Diagram.Nodes {
			if op, ok := n.Op.(*category.Apply); ok {
				decls[op.Prim.Decl.Name] = op.Prim.Decl
			}
		}
	}
	require.Contains(t, decls, "add")
	return c, decls
}

// wiring builds diagrams node by node.
type wiring struct {
	t     testing.TB
	r     *rand.Rand
	decls map[string]*category.PrimDecl
	d     *category.Diagram
	given *category.Type // the record of parameters, filled as they are asked for
	depth int
}

func newWiring(t testing.TB, r *rand.Rand, decls map[string]*category.PrimDecl) *wiring {
	return &wiring{t: t, r: r, decls: decls, d: category.NewDiagram(), given: &category.Type{Kind: category.Record}}
}

func (w *wiring) in(t *category.Type) category.WireID {
	id := w.d.AddWire(t, "", diag.Span{})
	w.d.Ins = append(w.d.Ins, id)
	return id
}

func (w *wiring) node(op category.Op, given category.WireID, out *category.Type, in ...category.WireID) category.WireID {
	id := w.d.AddWire(out, "", diag.Span{})
	w.d.Nodes = append(w.d.Nodes, &category.Node{Op: op, In: in, Given: given, Out: []category.WireID{id}})
	return id
}

// param is a parameter of its own.
func (w *wiring) param(t *category.Type) category.WireID {
	if w.d.Given == category.NoWire {
		w.d.Given = w.d.AddWire(w.given, "", diag.Span{})
	}
	name := fmt.Sprintf("p%d", len(w.given.Fields))
	w.given.Fields = append(w.given.Fields, category.Field{Name: name, Type: t})
	return w.node(&category.Project{Field: name, Index: len(w.given.Fields) - 1}, category.NoWire, t, w.d.Given)
}

func (w *wiring) dims(id category.WireID) []int { return w.d.TypeOf(id).Leaves()[0].Dims }

// prim applies a standard arrow; the shape of its output is given.
func (w *wiring) prim(name string, given category.WireID, out *category.Type, in ...category.WireID) category.WireID {
	decl := w.decls[name]
	require.NotNil(w.t, decl, name)
	var ins, givens [][]int
	for _, id := range in {
		ins = append(ins, w.dims(id))
	}
	if given != category.NoWire {
		for _, l := range w.d.TypeOf(given).Leaves() {
			givens = append(givens, l.Dims)
		}
	}
	var settings []category.SettingValue
	for range decl.Settings {
		settings = append(settings, category.SettingValue{Const: 0.7, Wire: -1})
	}
	p, err := plan.SolveScheme(decl, ins, givens, [][]int{out.Leaves()[0].Dims}, settings)
	require.NoError(w.t, err)
	if decl.Each {
		p.Object = out
	}
	return w.node(&category.Apply{Prim: p}, given, out, in...)
}

func record(weight, bias *category.Type) *category.Type {
	return &category.Type{Kind: category.Record, Fields: []category.Field{{Name: "weight", Type: weight}, {Name: "bias", Type: bias}}}
}

// affine gives a vector of length o. Its parameters are parameters, shared
// ones, or, sometimes, data.
func (w *wiring) affine(x category.WireID, o int) category.WireID {
	i := w.dims(x)[0]
	weight, bias := category.NewReal(o, i), category.NewReal(o)
	p := category.NoWire
	if w.depth == 0 && w.r.Intn(4) == 0 {
		p = w.node(&category.Pack{Type: record(weight, bias)}, category.NoWire, record(weight, bias), w.in(weight), w.param(bias))
	} else {
		p = w.param(record(weight, bias))
	}
	y := w.prim("affine", p, category.NewReal(o), x)
	if w.r.Intn(3) == 0 && i == o {
		y = w.prim("affine", p, category.NewReal(o), y) // the same parameters again
	}
	return y
}

// pick chooses a vector among xs.
func (w *wiring) pick(xs []category.WireID) category.WireID { return xs[w.r.Intn(len(xs))] }

// grow adds up to k operations to the vectors xs.
func (w *wiring) grow(xs []category.WireID, k int) []category.WireID {
	for range k {
		x := w.pick(xs)
		t := w.d.TypeOf(x)
		switch w.r.Intn(11) {
		case 0, 1:
			x = w.affine(x, 1+w.r.Intn(3))
		case 2:
			x = w.prim([]string{"tanh", "softmax", "softplus", "silu", "sigmoid"}[w.r.Intn(5)], category.NoWire, t, x)
		case 3:
			x = w.prim("mul", category.NoWire, t, x, w.same(xs, t))
		case 4:
			x = w.prim("add", category.NoWire, t, x, w.same(xs, t))
		case 5:
			x = w.prim("scale", category.NoWire, t, x)
		case 6:
			x = w.prim("relabel", category.NoWire, t, x)
		case 7:
			x = w.call(x)
		case 8:
			x = w.repeat(x)
		case 9:
			x = w.prim("mul", category.NoWire, t, x, w.param(t)) // a parameter as data
		case 10:
			x = w.fold(x)
		}
		xs = append(xs, x)
	}
	return xs
}

// same picks a vector of type t.
func (w *wiring) same(xs []category.WireID, t *category.Type) category.WireID {
	for range 5 {
		if y := w.pick(xs); w.d.TypeOf(y).Equal(t) {
			return y
		}
	}
	if w.r.Intn(2) == 0 {
		return w.node(&category.Constant{Value: 0.3}, category.NoWire, t)
	}
	return w.param(t)
}

// cell is a diagram from t to t of its own.
func (w *wiring) cell(t *category.Type) *wiring {
	c := newWiring(w.t, w.r, w.decls)
	c.depth = w.depth + 1
	x := c.in(t)
	xs := c.grow([]category.WireID{x}, 1+w.r.Intn(2)*(3-min(c.depth, 3)))
	y := xs[len(xs)-1]
	if !c.d.TypeOf(y).Equal(t) {
		y = c.affine(y, t.Dims[0])
	}
	c.d.Outs = []category.WireID{y}
	return c
}

func (w *wiring) shallow() bool { return w.depth >= 2 }

func (w *wiring) call(x category.WireID) category.WireID {
	if w.shallow() {
		return x
	}
	t := w.d.TypeOf(x)
	c := w.cell(t)
	a := &category.Arrow{Name: "cell", Kind: category.Term, Dom: t, Cod: t, Given: category.Unit, Diagram: c.d}
	given := category.NoWire
	if c.d.Given != category.NoWire {
		a.Given = c.given
		given = w.param(c.given)
	}
	return w.node(&category.Call{Arrow: a}, given, t, x)
}

func (w *wiring) repeat(x category.WireID) category.WireID {
	if w.shallow() {
		return x
	}
	t := w.d.TypeOf(x)
	c, n, given := w.cell(t), 1+w.r.Intn(3), category.NoWire
	shared := w.r.Intn(3) == 0
	if c.d.Given != category.NoWire {
		p := c.given
		if !shared {
			p = &category.Type{Kind: category.Power, Elem: p, N: n}
		}
		given = w.param(p)
	}
	return w.node(&category.Repeat{Body: c.d, N: n, Shared: shared}, given, t, x)
}

// fold carries x over a power of one or two vectors: of data, parameters, or
// what a map gives.
func (w *wiring) fold(x category.WireID) category.WireID {
	if w.shallow() {
		return x
	}
	t, n, k := w.d.TypeOf(x), 1+w.r.Intn(3), 1+w.r.Intn(2)
	c := newWiring(w.t, w.r, w.decls)
	c.depth = w.depth + 1
	xs := []category.WireID{c.in(t)}
	var elem []*category.Type
	for range k {
		xs = append(xs, c.in(t))
		elem = append(elem, t)
	}
	y := xs[0]
	for _, e := range xs[1:] {
		y = c.prim([]string{"mul", "add"}[w.r.Intn(2)], category.NoWire, t, y, e)
	}
	if y = c.grow([]category.WireID{y}, 1)[1]; !c.d.TypeOf(y).Equal(t) {
		y = c.affine(y, t.Dims[0])
	}
	c.d.Outs = []category.WireID{y}
	over := &category.Type{Kind: category.Power, Elem: category.NewProduct(elem...), N: n}
	given := category.NoWire
	if c.d.Given != category.NoWire {
		given = w.param(c.given)
	}
	folded := w.param
	if w.depth == 0 && w.r.Intn(3) > 0 {
		folded = w.in
	}
	whole := category.NoWire
	if w.depth == 0 && k == 1 && w.r.Intn(2) == 0 {
		whole = w.mapped(n, t)
	} else {
		whole = folded(over)
	}
	return w.node(&category.Repeat{Body: c.d, N: n, Shared: true, Over: category.Power}, given, t, x, whole)
}

// mapped runs a cell over a power and hands the whole power on.
func (w *wiring) mapped(n int, t *category.Type) category.WireID {
	power := &category.Type{Kind: category.Power, Elem: t, N: n}
	x := w.in(power)
	if w.r.Intn(3) == 0 {
		x = w.param(power)
	}
	c, given := w.cell(t), category.NoWire
	if c.d.Given != category.NoWire {
		given = w.param(c.given)
	}
	return w.node(&category.Map{Body: c.d, N: n}, given, power, x)
}

// loss reduces xs to one number.
func (w *wiring) loss(xs []category.WireID) category.WireID {
	real := category.NewReal()
	var total category.WireID
	for i, x := range xs {
		s := w.prim("mean", category.NoWire, real, x)
		switch w.r.Intn(3) {
		case 0:
			s = w.prim("squared_error", category.NoWire, real, s, w.in(real))
		case 1:
			u := w.prim("sigmoid", category.NoWire, real, w.prim("tanh", category.NoWire, real, s))
			s = w.prim("binary_cross_entropy", category.NoWire, real, u, w.node(&category.Constant{Value: 0.25}, category.NoWire, real))
		}
		if i == 0 {
			total = s
		} else {
			total = w.prim("add", category.NoWire, real, total, s)
		}
	}
	return total
}

// randomDiagram is a diagram with parameters and one real output.
func randomDiagram(t testing.TB, r *rand.Rand, decls map[string]*category.PrimDecl) *category.Diagram {
	w := newWiring(t, r, decls)
	xs := []category.WireID{w.in(category.NewReal(1 + r.Intn(3))), w.in(category.NewReal(2))}
	if r.Intn(3) == 0 {
		xs = append(xs, w.param(category.NewReal(2)))
	}
	xs = w.grow(xs, 2+r.Intn(6))
	ends := []category.WireID{xs[len(xs)-1], w.pick(xs)}
	if r.Intn(2) == 0 {
		ends = append(ends, w.mapped(1+r.Intn(3), category.NewReal(2)))
	}
	if w.d.Given == category.NoWire {
		ends = append(ends, w.affine(xs[0], 2))
	}
	w.d.Outs = []category.WireID{w.loss(ends)}
	if w.d.Given == category.NoWire {
		w.param(category.NewReal())
	}
	return w.d
}
