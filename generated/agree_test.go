// Package generated_test holds the committed packages against the reference
// interpreter: float32 code that runs kernels against float64 code that reads
// the standard library's equations. The two share no arithmetic.
package generated_test

import (
	"fmt"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/generated/autoencoder"
	"github.com/ctgen-lang/ctgen/generated/bigram"
	"github.com/ctgen-lang/ctgen/generated/digits"
	"github.com/ctgen-lang/ctgen/generated/gpt"
	"github.com/ctgen-lang/ctgen/generated/lenet"
	"github.com/ctgen-lang/ctgen/generated/mnist"
	"github.com/ctgen-lang/ctgen/generated/neuron"
	"github.com/ctgen-lang/ctgen/generated/outcomes"
	"github.com/ctgen-lang/ctgen/generated/recurrent"
	"github.com/ctgen-lang/ctgen/generated/residual"
	"github.com/ctgen-lang/ctgen/generated/screening"
	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/internal/agree"
)

// tolerance is how far float32 may be from float64, relative to the length of
// the tensor (see agree.Distance). Most of it is Adam's 1 - 0.999, which
// float32 knows to 1.3e-5.
const tolerance = 2e-5

// compiled is what a committed package offers, by the arrows of its spec.
type compiled struct {
	arrows  map[string]any // functions, and methods as functions of their receiver
	trainer any            // of the endo `step`
	// update is the optimizer as textbooks have it: the state after a step by
	// the gradient g. Decays holds 1 for parameters that weight decay touches.
	update func(state, g, decays []float64, settings []float64) []float64
}

// specs lists every specification in specs/ that trains.
var specs = map[string]compiled{
	"neuron": {
		arrows: map[string]any{
			"affine": (*neuron.Neuron).Affine, "sigmoid": neuron.Sigmoid, "decide": neuron.Decide, "bce": neuron.Bce,
			"predict": (*neuron.Neuron).Predict, "measure": (*neuron.Neuron).Measure,
			"gradient": (*neuron.Neuron).Gradient, "step": (*neuron.Neuron).Step,
		},
		trainer: neuron.NewStepTrainer,
		update: func(state, g, decays, settings []float64) []float64 {
			return descend(state, g, decays, settings[0], 0)
		},
	},
	"wdbc": {
		arrows: map[string]any{
			"affine": (*wdbc.Neuron).Affine, "sigmoid": wdbc.Sigmoid, "bce": wdbc.Bce,
			"predict": (*wdbc.Neuron).Predict, "measure": (*wdbc.Neuron).Measure, "step": (*wdbc.Neuron).Step,
		},
		trainer: wdbc.NewStepTrainer,
		update: func(state, g, decays, _ []float64) []float64 {
			return descend(state, g, decays, 0.1, 1e-3)
		},
	},
	"bigram": {
		arrows: map[string]any{
			"scores": (*bigram.Table).Scores, "nll": bigram.Nll, "measure": (*bigram.Table).Measure, "step": (*bigram.TableAdam).Step,
		},
		trainer: bigram.NewStepTrainer,
		update: func(state, g, _, _ []float64) []float64 {
			return adam(state, g, 0.05, 0.9, 0.999, 1e-8)
		},
	},
	"digits": {
		arrows: map[string]any{
			"layer1": (*digits.Layer1).Layer1, "relu": digits.Relu, "layer2": (*digits.Layer2).Layer2,
			"softmax": digits.Softmax, "nll": digits.Nll,
			"classify": (*digits.Network).Classify, "measure": (*digits.Network).Measure, "step": (*digits.NetworkAdam).Step,
		},
		trainer: digits.NewStepTrainer,
		update: func(state, g, _, _ []float64) []float64 {
			return adam(state, g, 1e-3, 0.9, 0.999, 1e-8)
		},
	},
	"mnist": {
		arrows: map[string]any{
			"layer1": (*mnist.Layer1).Layer1, "relu": mnist.Relu, "layer2": (*mnist.Layer2).Layer2,
			"softmax": mnist.Softmax, "nll": mnist.Nll,
			"classify": (*mnist.Network).Classify, "measure": (*mnist.Network).Measure, "step": (*mnist.NetworkAdam).Step,
		},
		trainer: mnist.NewStepTrainer,
		update: func(state, g, _, _ []float64) []float64 {
			return adam(state, g, 7e-4, 0.9, 0.999, 1e-8)
		},
	},
	"screening": {
		arrows: map[string]any{
			"read": (*screening.Reading).Read, "bend": screening.Bend, "weigh": (*screening.Weighing).Weigh,
			"screen": (*screening.Network).Screen, "measure": (*screening.Network).Measure, "step": (*screening.NetworkAdam).Step,
			"certain": screening.Certain, "yes": screening.Yes, "nothing": screening.Nothing,
		},
		trainer: screening.NewStepTrainer,
		update: func(state, g, _, _ []float64) []float64 {
			return adam(state, g, 3e-3, 0.9, 0.999, 1e-8)
		},
	},
	"gpt": {
		arrows: map[string]any{
			"embed": (*gpt.Table).Embed, "norm": (*gpt.Norm).Norm, "query": (*gpt.Ask).Query, "key": (*gpt.Offer).Key,
			"value": (*gpt.Carry).Value, "mix": gpt.Mix, "project": (*gpt.Gather).Project, "widen": (*gpt.Up).Widen,
			"gelu": gpt.Gelu, "narrow": (*gpt.Down).Narrow, "unembed": (*gpt.Unembed).Unembed, "nll": gpt.Nll,
			"attend": (*gpt.AttendParams).Attend, "think": (*gpt.ThinkParams).Think, "block": (*gpt.BlockParams).Block,
			"scores": (*gpt.GPT).Scores, "measure": (*gpt.GPT).Measure, "step": (*gpt.GPTAdamW).Step,
		},
		trainer: gpt.NewStepTrainer,
		update: func(state, g, decays, _ []float64) []float64 {
			out := adam(state, g, 3e-4, 0.9, 0.999, 1e-8)
			for i, d := range decays { // Loshchilov and Hutter (2019): beside the step
				out[i] -= 3e-4 * 0.1 * d * state[i]
			}
			return out
		},
	},
	"lenet": {
		arrows: map[string]any{
			"look": (*lenet.Filters1).Look, "stroke": lenet.Stroke, "shrink": lenet.Shrink,
			"combine": (*lenet.Filters2).Combine, "shape": lenet.Shape, "sum_up": lenet.SumUp,
			"flatten": lenet.Flatten, "dense": (*lenet.Dense).Dense, "know": lenet.Know, "read": (*lenet.Readout).Read,
			"decide": lenet.Decide, "fall": lenet.Fall, "nll": lenet.Nll, "see": (*lenet.SeeParams).See, "score": (*lenet.Network).Score,
			"predict": (*lenet.Network).Predict, "measure": (*lenet.Network).Measure, "step": (*lenet.NetworkMomentum).Step,
		},
		trainer: lenet.NewStepTrainer,
		update: func(state, g, decays, settings []float64) []float64 {
			return momentum(state, g, decays, settings[0], 0.9, 5e-4)
		},
	},
	"recurrent": {
		arrows: map[string]any{
			"keep": (*recurrent.Kept).Keep, "take": (*recurrent.Taken).Take, "tame": recurrent.Tame, "say": (*recurrent.Said).Say,
			"squash": recurrent.Squash, "bce": recurrent.Bce, "blank": recurrent.Blank,
			"cell": (*recurrent.Cell).Cell, "hear": (*recurrent.Cell).Hear,
			"predict": (*recurrent.Network).Predict, "measure": (*recurrent.Network).Measure, "step": (*recurrent.NetworkAdam).Step,
		},
		trainer: recurrent.NewStepTrainer,
		update: func(state, g, _, _ []float64) []float64 {
			return adam(state, g, 3e-3, 0.9, 0.999, 1e-8)
		},
	},
	"autoencoder": {
		arrows: map[string]any{
			"encode": (*autoencoder.Down).Encode, "decode": (*autoencoder.Up).Decode, "miss": autoencoder.Miss,
			"rebuild": (*autoencoder.RebuildParams).Rebuild, "measure": (*autoencoder.RebuildParams).Measure, "step": (*autoencoder.RebuildParamsAdam).Step,
		},
		trainer: autoencoder.NewStepTrainer,
		update: func(state, g, _, _ []float64) []float64 {
			return adam(state, g, 3e-3, 0.9, 0.999, 1e-8)
		},
	},
	"residual": {
		arrows: map[string]any{
			"enter": (*residual.Enter).Enter, "widen": (*residual.Up).Widen, "gelu": residual.Gelu, "narrow": (*residual.Down).Narrow,
			"leave": (*residual.Leave).Leave, "softmax": residual.Softmax, "nll": residual.Nll, "think": (*residual.ThinkParams).Think,
			"classify": (*residual.Network).Classify, "measure": (*residual.Network).Measure, "step": (*residual.NetworkAdam).Step,
		},
		trainer: residual.NewStepTrainer,
		update: func(state, g, _, _ []float64) []float64 {
			return adam(state, g, 1e-3, 0.9, 0.999, 1e-8)
		},
	},
}

// What two packages have of a third one mixes.
var _ outcomes.Loss = outcomes.Penalty((*screening.Network).Screen(new(screening.Network), screening.Features{}), outcomes.Outcome(1))

// descend is gradient descent on mean loss + l2/2 · ‖decaying parameters‖².
func descend(p, g, decays []float64, rate, l2 float64) []float64 {
	out := make([]float64, len(p))
	for i := range p {
		out[i] = p[i] - rate*(g[i]+l2*decays[i]*p[i])
	}
	return out
}

// momentum is the heavy ball on parameters and velocity, one after another,
// on mean loss + l2/2 · ‖decaying parameters‖².
func momentum(state, g, decays []float64, rate, momentum, l2 float64) []float64 {
	k := len(g)
	out := make([]float64, 2*k)
	for i := range k {
		out[k+i] = momentum*state[k+i] + g[i] + l2*decays[i]*state[i]
		out[i] = state[i] - rate*out[k+i]
	}
	return out
}

// adam is Algorithm 1 of Kingma and Ba (2015) on parameters, first moments,
// second moments and the number of steps, one after another.
func adam(state, g []float64, rate, beta1, beta2, epsilon float64) []float64 {
	k := len(g)
	out := make([]float64, 3*k+1)
	t := state[3*k] + 1
	out[3*k] = t
	for i := range k {
		m := beta1*state[k+i] + (1-beta1)*g[i]
		v := beta2*state[2*k+i] + (1-beta2)*g[i]*g[i]
		mean, variance := m/(1-math.Pow(beta1, t)), v/(1-math.Pow(beta2, t))
		out[i], out[k+i], out[2*k+i] = state[i]-rate*mean/(math.Sqrt(variance)+epsilon), m, v
	}
	return out
}

// bench is one spec, checked, beside its compiled package.
type bench struct {
	compiled
	c  *category.Category
	it *eval.Interp
	r  *rand.Rand
}

// each runs f on every spec in specs/; one that is not listed above fails.
func each(t *testing.T, f func(t *testing.T, b *bench)) {
	paths, err := filepath.Glob("../specs/*.cat")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	paths = append(paths, "../specs/screening/screening.cat", "../specs/residual/residual.cat")
	for _, path := range paths {
		switch filepath.Base(path) { // whose arrows take lists
		case "next_token.cat":
			continue // TestListsAgree
		case "traces.cat":
			continue // TestTracesAreAMonoid
		}
		name := strings.TrimSuffix(filepath.Base(path), ".cat")
		t.Run(name, func(t *testing.T) {
			pkg, ok := specs[name]
			require.True(t, ok, "specs/%s.cat is not held against its compiled package: add it to specs", name)
			src, err := source(path)
			require.NoError(t, err)
			beside := func(_ *diag.Source, name string) (*diag.Source, error) {
				return source(filepath.Join(filepath.Dir(path), name))
			}
			c, diags := check.Check(src, check.Options{Program: check.NewProgram(beside)})
			require.False(t, diags.HasErrors())
			f(t, &bench{compiled: pkg, c: c, it: eval.New(c), r: rand.New(rand.NewSource(1))})
		})
	}
}

func source(path string) (*diag.Source, error) {
	text, err := os.ReadFile(path)
	return diag.NewSource(filepath.Base(path), string(text)), err
}

// draws is how many random points a comparison takes.
func (b *bench) draws(few int) int {
	switch {
	case b.deep():
		return 1
	case os.Getenv("CTGEN_FULL") != "" && !b.large():
		return 25 * few
	}
	return few
}

// large reports whether interpreting b takes so long that comparisons make do
// with fewer of everything. Smaller specs of the same arrows see the rest.
func (b *bench) large() bool {
	for _, a := range b.c.Arrows {
		if size(a.Given) > 10_000 {
			return true
		}
	}
	return false
}

// deep reports whether one example takes the interpreter a second or more: of
// parameters that are read once each, or of images whose filters are read at
// every place.
func (b *bench) deep() bool {
	return slices.ContainsFunc(b.c.Arrows, func(a *category.Arrow) bool {
		images := slices.ContainsFunc(a.Dom.Leaves(), func(l category.Leaf) bool { return len(l.Dims) > 2 })
		return size(a.Given) > 200_000 || images
	})
}

// upTo is n, or of a large spec at most few.
func (b *bench) upTo(n, few int) int {
	if b.large() {
		return min(n, few)
	}
	return n
}

func (b *bench) arrow(t *testing.T, name string) *category.Arrow {
	for _, a := range b.c.Arrows {
		if a.Name == name {
			return a
		}
	}
	require.FailNow(t, "no arrow "+name)
	return nil
}

// point is one random argument of an arrow, as numbers.
type point struct {
	state    []float64 // parameters, or the state of an endo
	settings [][]float64
	data     [][]float64
}

// receiver is the type of a's parameters or state.
func receiver(a *category.Arrow) *category.Type {
	if a.Endo {
		return a.State
	}
	return a.Given
}

func (b *bench) point(a *category.Arrow) point {
	p := point{state: agree.Draw(b.r, receiver(a))}
	for _, s := range a.Open {
		p.settings = append(p.settings, agree.Draw(b.r, s.Type))
	}
	for _, f := range a.Dom.Factors() {
		p.data = append(p.data, agree.Draw(b.r, f))
	}
	return p
}

// interpret runs a at p.
func (b *bench) interpret(t *testing.T, a *category.Arrow, p point) []float64 {
	var in []eval.Value
	for i, f := range a.Dom.Factors() {
		in = append(in, value(t, f, p.data[i]))
	}
	out, err := b.it.Run(a.Diagram, in, value(t, receiver(a), p.state), flat(p.settings))
	require.NoError(t, err)
	return out[0].Flat()
}

// gradient is the derivative of the measured diagram by its parameters, and
// its value, averaged over the batch.
func (b *bench) gradient(t *testing.T, params []float64, batch []point) (g []float64, loss float64) {
	a := b.arrow(t, "measure")
	g = make([]float64, len(params))
	for _, p := range batch {
		var in []eval.Value
		for i, f := range a.Dom.Factors() {
			in = append(in, value(t, f, p.data[i]))
		}
		out, _, d, err := b.it.Reverse(a.Diagram, in, value(t, a.Given, params), nil, []eval.Value{eval.Scalar(1)})
		require.NoError(t, err)
		loss += out[0].Number() / float64(len(batch))
		for i, v := range d.Flat() {
			g[i] += v / float64(len(batch))
		}
	}
	return g, loss
}

func value(t *testing.T, typ *category.Type, numbers []float64) eval.Value {
	v, err := eval.Unflat(typ, numbers)
	require.NoError(t, err)
	return v
}

func flat(list [][]float64) []float64 {
	var out []float64
	for _, v := range list {
		out = append(out, v...)
	}
	return out
}

// decays says for each number of the parameters whether it is a weight, or of
// a table of tokens.
func decays(params *category.Type) []float64 {
	var out []float64
	for _, l := range params.Leaves() {
		for range l.Size() {
			if len(l.Path) > 0 && slices.Contains([]string{"weight", "token"}, l.Path[len(l.Path)-1]) {
				out = append(out, 1)
			} else {
				out = append(out, 0)
			}
		}
	}
	return out
}

func requireClose(t *testing.T, what string, got, want []float64) {
	t.Helper()
	requireWithin(t, tolerance, what, got, want)
}

func requireWithin(t *testing.T, within float64, what string, got, want []float64) {
	t.Helper()
	if d := agree.Distance(got, want); d > within {
		require.FailNow(t, what, "compiled is %.2g away from interpreted, %.0g is allowed", d, within)
	}
}

// Every arrow of every spec, one example at a time: values, gradients, steps.
func TestArrowsAgree(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		for _, a := range b.c.Arrows {
			f, ok := b.arrows[a.Name]
			require.True(t, ok, "arrow %s is not held against its compiled form: add it to specs", a.Name)
			for range b.draws(4) {
				p := b.point(a)
				var args [][]float64
				at := 0 // of the result among arguments and results
				if !receiver(a).IsUnit() {
					args = append(args, p.state)
				}
				if isGrad(a) {
					at = len(args)
					args = append(args, nil)
				}
				args = append(append(args, p.settings...), p.data...)
				if !a.Endo && !isGrad(a) {
					at = len(args)
				}
				got := agree.Call(reflect.ValueOf(f), args)
				requireClose(t, a.Name, got[at], b.interpret(t, a, p))
				if len(got) > len(args) && (a.Endo || isGrad(a)) {
					m := b.arrow(t, "measure")
					loss := b.interpret(t, m, point{state: p.state[:size(m.Given)], data: p.data})
					requireClose(t, "the loss of "+a.Name, got[len(args)], loss)
				}
			}
		}
	})
}

func isGrad(a *category.Arrow) bool { return a.Cod.Kind == category.Tangent }

func size(t *category.Type) int {
	n := 0
	for _, l := range t.Leaves() {
		n += l.Size()
	}
	return n
}

// trainer is a generated trainer, seen through reflection.
type trainer struct{ step, state reflect.Value }

func (b *bench) start(t *testing.T, state []float64, batch int) trainer {
	f := reflect.ValueOf(b.trainer)
	s := reflect.New(f.Type().In(0)).Elem()
	require.Empty(t, agree.Fill(s, state))
	out := f.Call([]reflect.Value{s, reflect.ValueOf(batch)})
	require.True(t, out[1].IsNil(), "%v", out[1])
	return trainer{out[0].MethodByName("Step"), out[0].MethodByName("State")}
}

// run makes one step and returns the loss before it and the state after it.
func (tr trainer) run(t *testing.T, settings [][]float64, batch []point) (loss float64, state []float64) {
	typ := tr.step.Type()
	args := make([]reflect.Value, typ.NumIn())
	for i := range args {
		args[i] = reflect.New(typ.In(i)).Elem()
		if i < len(settings) {
			require.Empty(t, agree.Fill(args[i], settings[i]))
			continue
		}
		column := reflect.MakeSlice(typ.In(i), len(batch), len(batch))
		for k, p := range batch {
			require.Empty(t, agree.Fill(column.Index(k), p.data[i-len(settings)]))
		}
		args[i] = column
	}
	out := tr.step.Call(args)
	require.True(t, out[1].IsNil(), "%v", out[1])
	return agree.Numbers(nil, out[0])[0], agree.Numbers(nil, tr.state.Call(nil)[0])
}

// Steps over batches: the interpreter's gradient averaged over the batch,
// then the optimizer's equations, several steps in a row.
func TestTrainersAgree(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		endo, measure := b.arrow(t, "step"), b.arrow(t, "measure")
		params := size(measure.Given)
		for trial := range b.draws(1) {
			sizes := []int{33, 1, 7}[:b.upTo(3, 2)]
			if b.deep() {
				sizes = []int{2}
			}
			for _, n := range sizes {
				want := b.point(endo).state
				if trial == 0 {
					clear(want[params:]) // the state before the first step
				}
				tr := b.start(t, want, n)
				for k := range b.upTo(5, 2) {
					batch := make([]point, n)
					for i := range batch {
						batch[i] = b.point(endo)
					}
					g, meanLoss := b.gradient(t, want[:params], batch)
					want = b.update(want, g, decays(measure.Given), flat(batch[0].settings))
					loss, got := tr.run(t, batch[0].settings, batch)
					what := fmt.Sprintf("step %d over a batch of %d", k+1, n)
					requireClose(t, what+": loss", []float64{loss}, []float64{meanLoss})
					within := tolerance
					if params > 200_000 {
						// The first steps of Adam are as long for small elements of
						// a gradient as for large ones, whose rounding they bear:
						// a key's bias has none, since softmax forgets it.
						within = 1e-3
					}
					// Tensor by tensor: a large one must not hide a small one.
					at := 0
					for _, l := range endo.State.Leaves() {
						next := at + l.Size()
						requireWithin(t, within, what+": "+strings.Join(l.Path, "."), got[at:next], want[at:next])
						at = next
					}
				}
			}
		}
	})
}

// A logit far out gives a finite loss, the right one, and a finite gradient,
// the right one: in the step the loss is computed from the logit itself.
func TestExtremeLogits(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		endo, measure := b.arrow(t, "step"), b.arrow(t, "measure")
		if len(measure.Dom.Factors()) == 1 {
			return // what comes in is its own target: there are no logits
		}
		leaves := measure.Given.Leaves()
		last := leaves[len(leaves)-1] // the bias of the logits
		if len(last.Path) == 0 {
			t.Skip("the logits are a row of a table")
		}
		classes := last.Size()
		params := size(measure.Given)
		for _, magnitude := range []float64{1e2, 1e3, 1e4} {
			for logit := range b.upTo(classes, 1) {
				for _, sign := range []float64{1, -1} {
					for target := range b.upTo(max(classes, 2), 2) {
						p := b.point(endo)
						clear(p.state)
						p.state[params-classes+logit] = sign * magnitude
						for i := range p.data[1] { // at each position alike
							p.data[1][i] = float64(target)
						}
						for i := range p.settings {
							p.settings[i] = []float64{0.5}
						}
						loss, got := b.start(t, p.state, 1).run(t, p.settings, []point{p})
						z := p.state[params-classes : params]
						wantLoss, dz := surprise(z, target)
						what := fmt.Sprintf("logits %v, target %d", z, target)
						requireClose(t, what+": loss", []float64{loss}, []float64{wantLoss})
						// All weights of the last layer are 0, so the gradient
						// reaches its bias and no layer below.
						g := make([]float64, params)
						copy(g[params-classes:], dz)
						if len(leaves) == 2 { // the last layer is the only one and reads the row
							for i, x := range p.data[0] {
								g[i] = dz[0] * x
							}
						}
						want := b.update(p.state, g, decays(measure.Given), flat(p.settings))
						requireClose(t, what+": weights", got[:params-classes], want[:params-classes])
						requireClose(t, what+": state", got, want)
					}
				}
			}
		}
	})
}

// surprise is the loss of logits and its derivative, in the form that is
// exact far out: of one logit the binary cross entropy, of several that of
// their softmax.
func surprise(z []float64, target int) (loss float64, dz []float64) {
	if len(z) == 1 {
		p := 1 / (1 + math.Exp(-z[0]))
		return math.Max(z[0], 0) - z[0]*float64(target) + math.Log1p(math.Exp(-math.Abs(z[0]))), []float64{p - float64(target)}
	}
	top, total := math.Inf(-1), 0.0
	for _, v := range z {
		top = math.Max(top, v)
	}
	for _, v := range z {
		total += math.Exp(v - top)
	}
	for i, v := range z {
		q := math.Exp(v-top) / total
		if i == target {
			q--
		}
		dz = append(dz, q)
	}
	return math.Log(total) + top - z[target], dz
}

// TestNeuronIsShort keeps the first package that people read short: its
// objects and arrows together, and every other file.
func TestNeuronIsShort(t *testing.T) {
	files, err := filepath.Glob("neuron/*.go")
	require.NoError(t, err)
	first := 0
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		lines := strings.Count(string(text), "\n")
		most := 200
		if strings.HasSuffix(f, "_test.go") { // laws that come without asking
			most = 400
		}
		require.Less(t, lines, most, f)
		if name := filepath.Base(f); name == "objects_gen.go" || name == "arrows_gen.go" {
			first += lines
		}
	}
	require.Greater(t, first, 100)
	require.Less(t, first, 200)
}
