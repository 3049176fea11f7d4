package eval

import (
	"fmt"
	"math"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/stretchr/testify/require"
)

// instances are shapes at which a scheme is tried: extents by variable, and
// axes by segment.
var instances = []struct {
	dim  func(name string) int
	axes func(name string) []int
}{
	{func(string) int { return 1 }, func(string) []int { return nil }},
	{func(n string) int { return 2 + int(n[0])%3 }, func(n string) []int { return []int{2 + int(n[0])%2} }},
	{func(n string) int { return 3 + int(n[0])%2 }, func(n string) []int { return []int{2, 3 - int(n[0])%2} }},
	{func(n string) int { return 5 }, func(n string) []int {
		if n == "t" {
			return nil
		}
		return []int{3}
	}},
}

// instance solves d at the shapes of instances[i].
func instance(d *category.PrimDecl, i int, rnd *rand.Rand) *category.Prim {
	p := &category.Prim{Decl: d, Dims: map[string]int{}, Segs: map[string][]int{}}
	for _, v := range d.Dims {
		if d.Segments[v] {
			p.Segs[v] = instances[i].axes(v)
		} else {
			p.Dims[v] = instances[i].dim(v)
		}
	}
	for _, s := range d.Settings {
		v := category.SettingValue{Wire: -1, Const: 0.5 + rnd.Float64()}
		if s.Set != nil && !s.Set.Contains(v.Const) {
			v.Const = *s.Default
		}
		p.Settings = append(p.Settings, v)
	}
	if d.Type != "" {
		p.Object = &category.Type{Kind: category.Record, Fields: []category.Field{
			{Name: "a", Type: category.NewReal(instances[i].dim("a"))}, {Name: "b", Type: category.NewReal()},
		}}
	}
	return p
}

// portType is an anonymous object for a port.
func portType(p *category.Prim, q category.Port) *category.Type {
	shape := p.PortShape(q)
	switch {
	case q.Whole:
		return p.Object
	case q.Kind == category.Real:
		t := category.NewReal(shape...)
		t.Set = q.Set
		return t
	}
	t := &category.Type{Kind: q.Kind}
	if q.FinSize != nil {
		t.N = p.Dims[q.FinSize.Var]
	}
	for _, n := range slices.Backward(shape) {
		t = &category.Type{Kind: category.Power, N: n, Elem: t}
	}
	return t
}

// applyDiagram is the diagram of one primitive.
func applyDiagram(p *category.Prim) *category.Diagram {
	d := category.NewDiagram()
	n := &category.Node{Op: &category.Apply{Prim: p}, Given: category.NoWire}
	for _, q := range p.Decl.Ins {
		d.Ins = append(d.Ins, d.AddWire(portType(p, q), q.Name, p.Decl.Span))
	}
	n.In = d.Ins
	if len(p.Decl.Given) > 0 {
		rec := &category.Type{Kind: category.Record}
		for _, q := range p.Decl.Given {
			rec.Fields = append(rec.Fields, category.Field{Name: q.Name, Type: portType(p, q)})
		}
		d.Given = d.AddWire(rec, "", p.Decl.Span)
		n.Given = d.Given
	}
	for _, q := range p.Decl.Outs {
		d.Outs = append(d.Outs, d.AddWire(portType(p, q), q.Name, p.Decl.Span))
	}
	n.Out = d.Outs
	d.Nodes = []*category.Node{n}
	return d
}

// draw fills v with numbers inside t's set, away from its ends, so that a
// difference stays inside.
func draw(v *Value, t *category.Type, rnd *rand.Rand) {
	switch t.Kind {
	case category.Record:
		for i := range v.Parts {
			draw(&v.Parts[i], t.Fields[i].Type, rnd)
		}
		return
	case category.Power:
		for i := range v.Parts {
			draw(&v.Parts[i], t.Elem, rnd)
		}
		return
	}
	for i := range v.Data {
		switch set := t.Set; {
		case t.Kind == category.Fin:
			v.Data[i] = float64(rnd.Intn(t.N))
		case set == nil:
			v.Data[i] = 1.5 * rnd.NormFloat64()
		case set.Simplex || set.High == 1 && set.Low == 0:
			v.Data[i] = 0.1 + 0.8*rnd.Float64()
		default:
			v.Data[i] = 0.1 + 2*rnd.Float64()
		}
	}
	if t.Set != nil && t.Set.Simplex {
		k := t.Dims[len(t.Dims)-1]
		for at := 0; at < len(v.Data); at += k {
			total := 0.0
			for _, p := range v.Data[at : at+k] {
				total += p
			}
			for j := range k {
				v.Data[at+j] /= total
			}
		}
	}
}

// nearKink reports whether a tensor that the primitive has kinks in comes
// close to one.
func nearKink(p *category.Prim, in []Value, given Value) bool {
	if len(p.Decl.Kinks) == 0 {
		return false
	}
	prog := compile(p, 0)
	settings := make([]float64, len(p.Settings))
	for i, s := range p.Settings {
		settings[i] = s.Const
	}
	m := prog.start(settings, 1)
	for i, q := range p.Decl.Ins {
		prog.set(m, q.Name, in[i].Flat())
	}
	for i, q := range p.Decl.Given {
		prog.set(m, q.Name, given.Parts[i].Flat())
	}
	prog.run(m, prog.means)
	for _, k := range p.Decl.Kinks {
		for _, v := range prog.get(m, k.Input) {
			if math.Abs(v-k.At) < 1e-3 {
				return true
			}
		}
	}
	return false
}

// leaves lists pointers to the numbers of real tensors in v.
func leaves(v *Value, t *category.Type) []*float64 {
	var out []*float64
	switch t.Kind {
	case category.Record:
		for i := range v.Parts {
			out = append(out, leaves(&v.Parts[i], t.Fields[i].Type)...)
		}
	case category.Real:
		for i := range v.Data {
			out = append(out, &v.Data[i])
		}
	}
	return out
}

// reverseError compares the reverse lines of d with central differences of
// its means lines, over all shapes, and returns the greatest error relative
// to the gradient.
func reverseError(d *category.PrimDecl, seed int64) (worst float64, err error) {
	rnd := rand.New(rand.NewSource(seed))
	it := New(&category.Category{})
	for i := range instances {
		for range 4 {
			prim := instance(d, i, rnd)
			g := applyDiagram(prim)
			e, err := gradientError(it, g, rnd, func(in []Value, given Value) bool { return nearKink(prim, in, given) })
			if err != nil {
				return 0, err
			}
			worst = math.Max(worst, e)
		}
	}
	return worst, nil
}

func gradientError(it *Interp, g *category.Diagram, rnd *rand.Rand, avoid func([]Value, Value) bool) (float64, error) {
	var in []Value
	var given Value
	for tries := 0; tries == 0 || tries < 200 && avoid != nil && avoid(in, given); tries++ {
		in = nil
		for _, w := range g.Ins {
			v := Zero(g.TypeOf(w))
			draw(&v, g.TypeOf(w), rnd)
			in = append(in, v)
		}
		if g.Given != category.NoWire {
			given = Zero(g.TypeOf(g.Given))
			draw(&given, g.TypeOf(g.Given), rnd)
		}
	}
	var cot []Value
	for _, w := range g.Outs {
		v := Zero(g.TypeOf(w))
		free := *g.TypeOf(w)
		free.Set = nil
		draw(&v, &free, rnd)
		cot = append(cot, v)
	}
	out, din, dgiven, err := it.Reverse(g, in, given, nil, cot)
	if err != nil {
		return 0, err
	}
	for i, w := range g.Outs {
		if set := g.TypeOf(w).Set; set != nil {
			for _, v := range out[i].Data {
				if !set.Contains(v) {
					return 0, fmt.Errorf("the output %g leaves %s", v, set)
				}
			}
		}
	}
	pair := func() float64 {
		out, err := it.Run(g, in, given, nil)
		if err != nil {
			panic(err)
		}
		total := 0.0
		for i := range out {
			a, b := out[i].Flat(), cot[i].Flat()
			for j := range a {
				total += a[j] * b[j]
			}
		}
		return total
	}
	norm, worst := 1.0, 0.0
	compare := func(v *Value, t *category.Type, grad Value) {
		got := leaves(&grad, t)
		for j, x := range leaves(v, t) {
			const h = 1e-5
			at := *x
			*x = at + h
			up := pair()
			*x = at - h
			down := pair()
			*x = at
			norm = math.Max(norm, math.Abs(*got[j]))
			worst = math.Max(worst, math.Abs((up-down)/(2*h)-*got[j]))
		}
	}
	for i, w := range g.Ins {
		compare(&in[i], g.TypeOf(w), din[i])
	}
	if g.Given != category.NoWire {
		compare(&given, g.TypeOf(g.Given), dgiven)
	}
	return worst / norm, nil
}

func TestReverseLinesAgainstDifferences(t *testing.T) {
	prims, _ := check.Std()
	checked := 0
	for name, d := range prims {
		if len(d.Reverse) == 0 {
			require.NotEmpty(t, d.State+d.Type, "%s can be differentiated, and has no reverse lines", name)
			continue
		}
		checked++
		t.Run(name, func(t *testing.T) {
			seeds := 2
			if os.Getenv("CTGEN_FULL") != "" {
				seeds = 50
			}
			for seed := range seeds {
				worst, err := reverseError(d, int64(seed))
				require.NoError(t, err)
				require.LessOrEqual(t, worst, 1e-7)
			}
		})
	}
	require.Greater(t, checked, 20)
}

// A fault in a reverse line must not pass for a derivative.
func TestPlantedFaultsAreCaught(t *testing.T) {
	for _, f := range []struct{ prim, old, new string }{
		{"sigmoid", "dx[s] = dy[s] * y[s] * (1 - y[s])", "dx[s] = dy[s] * y[s]"},
		{"tanh", "dx[s] = dy[s] * (1 - y[s] * y[s])", "dx[s] = dy[s] * (1 - y[s])"},
		{"affine", "dweight[o, i] = sum t: dy[t, o] * x[t, i]\n             dbias[o]      = sum t: dy[t, o]\n    kernel   affine\n", "dweight[o, i] = sum t: 2 * dy[t, o] * x[t, i]\n             dbias[o]      = sum t: dy[t, o]\n    kernel   affine\n"},
		{"relu", "dx[s] = dy[s] * (y[s] > 0)", "dx[s] = dy[s]"},
		{"softmax", "dx[t, k] = y[t, k] * (dy[t, k] - s[t])", "dx[t, k] = y[t, k] * (dy[t, k] + s[t])"},
		{"softmax_cross_entropy", "(q[t, k] - (c[t] == k)) / size(t)", "(q[t, k] - (c[t] == k))"},
		{"cross_entropy", "dp[t, k] = -dy *", "dp[t, k] = dy *"},
		{"binary_cross_entropy", "dp[s] = dy * ((1 - t[s]) /", "dp[s] = dy * (1 /"},
		{"squared_error", "dt = 2 * dy * (t - p)", "dt = dy * (t - p)"},
		{"add", "db[s] = dy[s]", "db[s] = 0 * dy[s]"},
		{"logit", "+ dy[s] / max(1 - x[s], tiny)", "- dy[s] / max(1 - x[s], tiny)"},
		{"affine_tanh", "dbias[o]      = sum t: dz[t, o]\n    kernel   affine_tanh", "dbias[o]      = sum t: dy[t, o]\n    kernel   affine_tanh"},
	} {
		t.Run(f.prim, func(t *testing.T) {
			edits := 0
			prims, diags := check.CheckStd(func(name, text string) string {
				edits += strings.Count(text, f.old)
				return strings.Replace(text, f.old, f.new, 1)
			})
			require.Positive(t, edits, "the line to spoil is gone")
			require.False(t, diags.HasErrors())
			worst, err := reverseError(prims[f.prim], 1)
			require.NoError(t, err)
			require.Greater(t, worst, 1e-3)
		})
	}
}
