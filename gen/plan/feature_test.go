package plan_test

import (
	"math/rand"
	"strings"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/stretchr/testify/require"
)

func arrow(t *testing.T, c *category.Category, name string) *category.Arrow {
	t.Helper()
	for _, a := range c.Arrows {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("no arrow %s", name)
	return nil
}

// kernels lists what a plan runs, in order.
func kernels(p *plan.Plan) []string {
	var out []string
	for i := range p.Ops {
		out = append(out, p.Ops[i].Callee())
	}
	return out
}

func count(p *plan.Plan, kind plan.OpKind) (n int) {
	for i := range p.Ops {
		if p.Ops[i].Kind == kind {
			n++
		}
	}
	return n
}

const netSpec = `
category net
object X = R[3]
object H = R[2]
object Y = R[2] in simplex
object C = Fin[2]
object P = R in [0, 1]
object Q = P
object Z = R
object T = R in {0, 1}
object L = R in [0, inf)
object A = { weight: R[2, 3], bias: R[2] }
object B = { weight: R[2, 2], bias: R[2] }
object D = { weight: R[2], bias: R }
arrow up: X -> H given A = std.affine
arrow on: H -> H given B = std.affine
arrow down: H -> Z given D = std.affine
arrow tanh: H -> H = std.tanh
arrow softmax: H -> Y = std.softmax
arrow ce: Y * C -> L = std.cross_entropy
arrow sigmoid: Z -> P = std.sigmoid
arrow other: P -> Q = std.relabel
arrow bce: Q * T -> L = std.binary_cross_entropy
arrow twice(h: H) -> H { h + tanh(h) }
`

func TestLossTakesTheActivationThroughRelabelAndId(t *testing.T) {
	c := checked(t, "net.cat", netSpec+`
arrow measure = (up >> tanh >> down >> sigmoid >> other) * id >> bce
arrow sharp = (up >> softmax) * id >> ce
`)
	for name, want := range map[string]string{"measure": "SigmoidBinaryCrossEntropy", "sharp": "SoftmaxCrossEntropy"} {
		for _, kind := range []string{"forward", "gradient"} {
			p, err := plan.NewForward(c, name, arrow(t, c, name).Diagram, plan.Declared)
			if kind == "gradient" {
				p, err = plan.NewGradient(c, name, arrow(t, c, name).Diagram)
			}
			require.NoError(t, err)
			require.Contains(t, kernels(p), want)
			for _, k := range kernels(p) {
				require.NotContains(t, []string{"Sigmoid", "AffineSigmoid", "Softmax", "CrossEntropy", "BinaryCrossEntropy"}, k)
			}
		}
	}
}

// A probability that is also a result stays, and the loss is stable all the
// same.
func TestRewriteKeepsWhatOthersRead(t *testing.T) {
	c := checked(t, "net.cat", netSpec+`
arrow both(h: H, c: C) -> Y * L {
    y = softmax(h)
    (y, ce(y, c))
}
arrow fan(x: X) -> H * H {
    h = up(x)
    (h, tanh(h))
}
`)
	p, err := plan.NewForward(c, "both", arrow(t, c, "both").Diagram, plan.Declared)
	require.NoError(t, err)
	require.Equal(t, []string{"Softmax", "SoftmaxCrossEntropy"}, kernels(p))
	p, err = plan.NewForward(c, "fan", arrow(t, c, "fan").Diagram, plan.Declared)
	require.NoError(t, err)
	require.Equal(t, []string{"Affine", "Tanh"}, kernels(p), "an affine map is not computed twice")
}

func TestFanOutAccumulates(t *testing.T) {
	c := checked(t, "net.cat", netSpec+`
arrow measure = (up >> twice >> softmax) * id >> ce
arrow tied(x: X, c: C) -> L given (a: A, b: B) {
    ce(softmax(on(on(up(x given a) given b) given b)), c)
}
`)
	p, err := plan.NewGradient(c, "measure", arrow(t, c, "measure").Diagram)
	require.NoError(t, err)
	require.Equal(t, 1, count(p, plan.Accumulate), text(p))
	p, err = plan.NewGradient(c, "tied", arrow(t, c, "tied").Diagram)
	require.NoError(t, err)
	require.Equal(t, 2, count(p, plan.Accumulate), "weight and bias of the shared layer\n%s", text(p))
	r := rand.New(rand.NewSource(1))
	requireGradient(t, c, arrow(t, c, "measure").Diagram, 3, r, nil, "measure")
	requireGradient(t, c, arrow(t, c, "tied").Diagram, 3, r, nil, "tied")
}

func TestUnusedCotangentsAreAbsent(t *testing.T) {
	c := checked(t, "net.cat", netSpec+`
arrow measure = (up >> softmax) * id >> ce
arrow part(x: X, c: C) -> L given (a: A, b: B) {
    h = up(x given a)
    unused = on(h given b)
    ce(softmax(h), c)
}
`)
	p, err := plan.NewGradient(c, "measure", arrow(t, c, "measure").Diagram)
	require.NoError(t, err)
	require.Equal(t, []string{"Affine", "SoftmaxCrossEntropy", "fill", "SoftmaxCrossEntropyDz", "AffineDweight", "AffineDbias"}, kernels(p))
	require.NotContains(t, text(p), "AffineDx", "the input's cotangent has no reader")
	p, err = plan.NewGradient(c, "part", arrow(t, c, "part").Diagram)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(text(p), "Affine("), "what nobody reads is not computed\n%s", text(p))
	args := draw(rand.New(rand.NewSource(1)), p, 2)
	execute(p, 2, args, nil)
	for i, a := range p.Args {
		if a.Role == plan.CotangentArg && a.Leaf.Path[0] == "b" {
			require.Equal(t, make([]float64, len(args[i])), args[i])
		}
	}
}

func TestOutputsThatAreInputs(t *testing.T) {
	c := checked(t, "net.cat", netSpec+`
arrow dup(h: H) -> H * H { (h, h) }
arrow same(h: H) -> H * H {
    y = tanh(h)
    (y, y)
}
arrow half: 1 -> P = 0.5
`)
	for _, name := range []string{"dup", "same", "half"} {
		p, err := plan.NewForward(c, name, arrow(t, c, name).Diagram, plan.Declared)
		require.NoError(t, err)
		args := draw(rand.New(rand.NewSource(2)), p, 3)
		execute(p, 3, args, nil)
		for i, a := range p.Args {
			if a.Role != plan.OutputArg {
				continue
			}
			for e := range 3 {
				ins, _ := example(p, args, e, 3)
				want := direct(arrow(t, c, name).Diagram, ins, nil, nil, nil, nil)[a.Index][0]
				require.Equal(t, want, args[i][e*len(want):(e+1)*len(want)], name)
			}
		}
	}
}

const cardSpec = `
object Input
object Logit
object Probability
object Target
object Loss
object Neuron = { weight: R, bias: R }
arrow affine:  Input -> Logit given Neuron
arrow sigmoid: Logit -> Probability
arrow bce:     Probability * Target -> Loss
arrow predict = affine >> sigmoid
arrow measure = predict * id >> bce
arrow deep(x: Input, t: Target) -> Loss given (n: Neuron) {
    y = affine(x given n)
    bce(sigmoid(y), t)
}
`

// Hand-written arrows with smooth stand-ins for what they compute.
var cardHands = map[string]hand{
	"affine": {
		func(in, g [][]float64) [][]float64 { return [][]float64{{g[0][0]*in[0][0] + g[1][0]}} },
		func(in, g, out, dout, dg [][]float64) [][]float64 {
			dg[0][0] += dout[0][0] * in[0][0]
			dg[1][0] += dout[0][0]
			return [][]float64{{dout[0][0] * g[0][0]}}
		},
	},
	"sigmoid": {
		func(in, g [][]float64) [][]float64 { return [][]float64{{in[0][0] * in[0][0]}} },
		func(in, g, out, dout, dg [][]float64) [][]float64 { return [][]float64{{2 * in[0][0] * dout[0][0]}} },
	},
	"bce": {
		func(in, g [][]float64) [][]float64 { return [][]float64{{in[0][0] * in[1][0]}} },
		func(in, g, out, dout, dg [][]float64) [][]float64 {
			return [][]float64{{dout[0][0] * in[1][0]}, {dout[0][0] * in[0][0]}}
		},
	},
}

func TestHandWrittenArrows(t *testing.T) {
	c := checked(t, "card.cat", cardSpec)
	r := rand.New(rand.NewSource(3))
	for _, name := range []string{"measure", "deep"} {
		d := arrow(t, c, name).Diagram
		p, err := plan.NewGradient(c, name, d)
		require.NoError(t, err)
		require.False(t, p.Generic)
		require.Len(t, p.Hand, 3)
		requireGradient(t, c, d, 3, r, cardHands, name)
	}
}

// A gradient met inside another arrow is one for the whole batch, the same as
// the gradient's own plan computes.
func TestGradientAsAnOutput(t *testing.T) {
	c := checked(t, "net.cat", netSpec+`
arrow predict: X -> Y given M = up >> tanh >> on >> softmax
arrow measure = predict * id >> ce
arrow gradient = grad measure
arrow slope = gradient
`)
	f, err := plan.NewForward(c, "slope", arrow(t, c, "slope").Diagram, plan.Declared)
	require.NoError(t, err)
	g, err := plan.NewGradient(c, "gradient", arrow(t, c, "measure").Diagram)
	require.NoError(t, err)
	args := draw(rand.New(rand.NewSource(6)), f, 3)
	same := clone(args)
	execute(f, 3, args, nil)
	execute(g, 3, same, nil)
	require.Equal(t, same, args)
}
