package plan_test

import (
	"math"
	"math/rand"
	"slices"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/stretchr/testify/require"
)

const stepSpec = netSpec + `
object Rate = R in (0, inf)
arrow predict: X -> Y given M = up >> tanh >> on >> softmax
arrow measure = predict * id >> ce
endo plain on M = grad measure >> sgd(rate: 0.1, l2: 0.5)
endo open on M given Rate = grad measure >> sgd
endo heavy on Momentum[M] = grad measure >> momentum(rate: 0.1, momentum: 0.8)
endo clever on Adam[M] = grad measure >> adam(rate: 0.1)
endo decoupled on AdamW[M] = grad measure >> adamw(rate: 0.1, decay: 0.3)
endo cut on M = grad measure >> clip(at: 0.01) >> sgd(rate: 0.1)
endo short on M = grad measure >> clip_norm(at: 0.01) >> sgd(rate: 0.1)
`

// gradientOf evaluates the gradient plan of measure at the parameters params,
// on the data that args begin with.
func gradientOf(t *testing.T, c *category.Category, data, params [][]float64, n int) (loss float64, grad [][]float64) {
	t.Helper()
	p, err := plan.NewGradient(c, "grad", arrow(t, c, "measure").Diagram)
	require.NoError(t, err)
	args := slices.Concat(data, params)
	for _, x := range params {
		grad = append(grad, make([]float64, len(x)))
	}
	return execute(p, n, append(args, grad...), nil), grad
}

func clone(xs [][]float64) [][]float64 {
	out := make([][]float64, len(xs))
	for i := range xs {
		out[i] = slices.Clone(xs[i])
	}
	return out
}

// weights tells weights from biases in M = { up: A, on: B }.
var weights = []float64{1, 0, 1, 0}

func TestStepsFollowTheirFormulas(t *testing.T) {
	c := checked(t, "net.cat", stepSpec)
	const n, leafs = 3, 4
	for _, name := range []string{"plain", "open", "heavy", "clever", "decoupled", "cut", "short"} {
		p, err := plan.NewStep(c, arrow(t, c, name), plan.Declared)
		require.NoError(t, err)
		require.False(t, p.Single)
		requireSound(t, p)
		require.Zero(t, count(p, plan.Copy), "the state is stepped in place\n%s", text(p))
		args := draw(rand.New(rand.NewSource(4)), p, n)
		data, state := args[:2], args[2:]
		if name == "open" {
			args[len(args)-1][0] = 0.25
		}
		for i := 2 * leafs; i < 3*leafs && (name == "clever" || name == "decoupled"); i++ {
			for k := range state[i] {
				state[i][k] = math.Abs(state[i][k]) // variances
			}
		}
		before := clone(state)
		wantLoss, g := gradientOf(t, c, data, before[:leafs], n)
		loss := execute(p, n, args, nil)
		require.InDelta(t, wantLoss, loss, 1e-12)
		norm := 0.0
		for _, leaf := range g {
			for _, v := range leaf {
				norm = math.Hypot(norm, v)
			}
		}
		require.Greater(t, norm, 0.01)
		for i := range leafs {
			for k, p0 := range before[i] {
				var want float64
				switch name {
				case "plain":
					want = p0 - 0.1*(g[i][k]+0.5*weights[i]*p0)
				case "open":
					want = p0 - 0.25*g[i][k]
				case "cut":
					want = p0 - 0.1*max(-0.01, min(0.01, g[i][k]))
				case "short":
					want = p0 - 0.1*0.01*g[i][k]/(norm+1e-6)
				case "heavy":
					v := 0.8*before[leafs+i][k] + g[i][k]
					require.InDelta(t, v, state[leafs+i][k], 1e-12)
					want = p0 - 0.1*v
				case "clever", "decoupled":
					m := 0.9*before[leafs+i][k] + 0.1*g[i][k]
					v := 0.999*before[2*leafs+i][k] + 0.001*g[i][k]*g[i][k]
					require.InDelta(t, m, state[leafs+i][k], 1e-12)
					require.InDelta(t, v, state[2*leafs+i][k], 1e-12)
					want = p0 - 0.1*(m/(1-math.Pow(0.9, 4)))/(math.Sqrt(v/(1-math.Pow(0.999, 4)))+1e-8)
					if name == "decoupled" {
						want -= 0.1 * 0.3 * weights[i] * p0
					}
				}
				require.InDelta(t, want, state[i][k], 1e-12, "%s leaf %d", name, i)
			}
		}
		if name == "clever" {
			require.Equal(t, 4.0, state[3*leafs][0], "count")
		}
	}
}

// A state may change without any gradient, also by an amount that depends on
// the example: then the plan takes one example at a time.
func TestEndosWithoutGradient(t *testing.T) {
	c := checked(t, "walk.cat", `
object M = R[2]
object X = R[2]
arrow move: X -> M given M { means y[s] = p[s] + x[s] }
arrow fade: 1 -> M given M { means y[s] = 0.5 * p[s] }
endo walk on M = move
endo rest on M = fade
`)
	walk, err := plan.NewStep(c, arrow(t, c, "walk"), plan.Declared)
	require.NoError(t, err)
	require.True(t, walk.Single)
	require.Equal(t, plan.NoValue, walk.Result)
	m := []float64{1, 2}
	execute(walk, 1, [][]float64{{10, 20}, m}, nil)
	require.Equal(t, []float64{11, 22}, m)
	rest, err := plan.NewStep(c, arrow(t, c, "rest"), plan.Declared)
	require.NoError(t, err)
	require.False(t, rest.Single)
	execute(rest, 5, [][]float64{m}, nil)
	require.Equal(t, []float64{5.5, 11}, m)
}

// Parts of a state that change places are read before they are overwritten.
func TestStatePartsMayChangePlaces(t *testing.T) {
	v := category.NewReal(2)
	s := &category.Type{Kind: category.Record, Fields: []category.Field{{Name: "a", Type: v}, {Name: "b", Type: v}}}
	d := category.NewDiagram()
	d.State = d.AddWire(s, "state", diag.Span{})
	a, b, out := d.AddWire(v, "", diag.Span{}), d.AddWire(v, "", diag.Span{}), d.AddWire(s, "", diag.Span{})
	d.Nodes = []*category.Node{
		{Op: &category.Project{Field: "a"}, In: []category.WireID{d.State}, Out: []category.WireID{a}, Given: category.NoWire},
		{Op: &category.Project{Field: "b", Index: 1}, In: []category.WireID{d.State}, Out: []category.WireID{b}, Given: category.NoWire},
		{Op: &category.Pack{Type: s}, In: []category.WireID{b, a}, Out: []category.WireID{out}, Given: category.NoWire},
	}
	d.Outs = []category.WireID{out}
	p, err := plan.NewStep(nil, &category.Arrow{Name: "swap", Endo: true, Diagram: d}, plan.Declared)
	require.NoError(t, err)
	x, y := []float64{1, 2}, []float64{3, 4}
	execute(p, 1, [][]float64{x, y}, nil)
	require.Equal(t, []float64{3, 4}, x)
	require.Equal(t, []float64{1, 2}, y)
}

// A part that takes over the current parameters gets them as they were before
// the step.
func TestStateMayRememberItsParameters(t *testing.T) {
	c := checked(t, "net.cat", stepSpec)
	var sgd *category.Prim
	for _, n := range arrow(t, c, "plain").Diagram.Nodes {
		if op, ok := n.Op.(*category.Apply); ok {
			sgd = op.Prim
		}
	}
	v := category.NewReal(2)
	prim := *sgd
	prim.Object = v
	s := &category.Type{Kind: category.Record, Fields: []category.Field{{Name: "now", Type: v}, {Name: "before", Type: v}}}
	d := category.NewDiagram()
	wire := func(t *category.Type) category.WireID { return d.AddWire(t, "", diag.Span{}) }
	d.State = wire(s)
	now, slope, next, out := wire(v), wire(category.NewTangent(v)), wire(v), wire(s)
	d.Nodes = []*category.Node{
		{Op: &category.Project{Field: "now"}, In: []category.WireID{d.State}, Out: []category.WireID{now}, Given: category.NoWire},
		{Op: &category.Constant{Value: 10}, Out: []category.WireID{slope}, Given: category.NoWire},
		{Op: &category.Apply{Prim: &prim}, In: []category.WireID{slope}, Given: now, Out: []category.WireID{next}},
		{Op: &category.Pack{Type: s}, In: []category.WireID{next, now}, Out: []category.WireID{out}, Given: category.NoWire},
	}
	d.Outs = []category.WireID{out}
	p, err := plan.NewStep(nil, &category.Arrow{Name: "remember", Endo: true, Diagram: d}, plan.Declared)
	require.NoError(t, err)
	x, y := []float64{1, 2}, []float64{3, 4}
	execute(p, 1, [][]float64{x, y}, nil)
	require.Equal(t, []float64{1, 2}, y, text(p))
	require.InDeltaSlice(t, []float64{1 - 0.1*(10+0.5), 2 - 0.1*(10+1)}, x, 1e-12)
}

func TestSlots(t *testing.T) {
	c := checked(t, "net.cat", stepSpec+`
object E = { weight: R[2, 3] init normal(0.1) nodecay, bias: R[2] decay }
arrow own: X -> H given E = std.affine
`)
	slots, err := plan.Slots(c, arrow(t, c, "clever").Diagram)
	require.NoError(t, err)
	byPath := map[string]plan.Slot{}
	for _, s := range slots {
		path := ""
		for _, p := range s.Path {
			path += "." + p
		}
		byPath[path] = s
	}
	require.Len(t, slots, 13)
	up := byPath[".params.up.weight"]
	require.Equal(t, "glorot", up.Init.Name)
	require.Equal(t, []int{3, 2, 6}, []int{up.FanIn, up.FanOut, up.Elements})
	require.Equal(t, 1.0, up.Decay)
	bias := byPath[".params.on.bias"]
	require.Equal(t, "zeros", bias.Init.Name)
	require.Zero(t, bias.Decay)
	require.Equal(t, "zeros", byPath[".variance.up.weight"].Init.Name)

	slots, err = plan.Slots(c, arrow(t, c, "own").Diagram)
	require.NoError(t, err)
	require.Equal(t, category.Init{Name: "normal", Args: []float64{0.1}}, slots[0].Init)
	require.Zero(t, slots[0].Decay)
	require.Equal(t, 1.0, slots[1].Decay)
}

func TestRepeatStacksItsParameters(t *testing.T) {
	c := checked(t, "deep.cat", netSpec+`
arrow deep: X -> Y given Deep = up >> repeat[3] (on >> tanh) >> softmax
arrow measure = deep * id >> ce
endo step on Deep = grad measure >> sgd(rate: 0.1)
`)
	d := arrow(t, c, "measure").Diagram
	requireGradient(t, c, d, 2, rand.New(rand.NewSource(5)), nil, "repeat")
	slots, err := plan.Slots(c, d)
	require.NoError(t, err)
	for _, s := range slots {
		if len(s.Leaf.Dims) == 3 {
			require.Equal(t, []int{2, 2, 4}, []int{s.FanIn, s.FanOut, s.Elements})
			require.Equal(t, "glorot", s.Init.Name)
		}
	}
	p, err := plan.NewStep(c, arrow(t, c, "step"), plan.Declared)
	require.NoError(t, err)
	requireSound(t, p)
}

// A fold takes the same parameters at each element. The elements of data stand
// apart in memory, and so do their cotangents where something came before.
func TestFoldSharesItsParameters(t *testing.T) {
	c := checked(t, "fold.cat", netSpec+`
object Start = { weight: R[2, 3], bias: R[2] }
arrow start: X -> H given Start = std.affine
object Take = { weight: R[2, 3], bias: R[2] }
arrow take: X -> H given Take = std.affine
arrow cell(h: H, x: X) -> H { tanh(on(h) + take(x)) }
arrow pair(h: H, x: X, k: H) -> H { tanh(on(h) + take(x)) + k }
arrow read: H * X ^ 3 -> H = fold(cell)
arrow seen: X ^ 3 -> H ^ 3 = map take
arrow mixed(h: H, k: H) -> H { tanh(on(h)) + k }
arrow late: H * X ^ 3 -> H = id * seen >> fold(mixed)
arrow measure: X * X ^ 3 * C -> L = ((start >> tanh) * id >> read >> softmax) * id >> ce
arrow both: X * X ^ 3 * C -> L = ((start >> tanh) * id >> late >> softmax) * id >> ce
arrow shared: X * C -> L = ((start >> share repeat[4] (on >> tanh)) >> softmax) * id >> ce
endo step on Read = grad measure >> sgd(rate: 0.1)
arrow named: X * X ^ 3 * C -> L given Read = measure
`)
	for _, name := range []string{"measure", "both", "shared"} {
		requireGradient(t, c, arrow(t, c, name).Diagram, 3, rand.New(rand.NewSource(5)), nil, name)
	}
	p, err := plan.NewGradient(c, "measure", arrow(t, c, "measure").Diagram)
	require.NoError(t, err)
	require.Equal(t, []int{3, 0}, []int{count(p, plan.Part), count(p, plan.AddPart)}, "no one needs the cotangents of data\n%s", text(p))
	p, err = plan.NewGradient(c, "both", arrow(t, c, "both").Diagram)
	require.NoError(t, err)
	require.Equal(t, []int{3, 3}, []int{count(p, plan.Part), count(p, plan.AddPart)}, text(p))
	step, err := plan.NewStep(c, arrow(t, c, "step"), plan.Stored)
	require.NoError(t, err)
	requireSound(t, step)
	slots, err := plan.Slots(c, arrow(t, c, "shared").Diagram)
	require.NoError(t, err)
	for _, s := range slots {
		require.Less(t, len(s.Leaf.Dims), 3, "one layer for all rounds: %v", s.Leaf)
	}
}
