package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/internal/exportdata"
)

// TestConfusionsDoNotCompile type-checks small programs over the packages of
// generated/. Each confuses two things of one carrier, and Go's type checker
// refuses it at that place; the sound program beside it passes.
func TestConfusionsDoNotCompile(t *testing.T) {
	const generated = "github.com/ctgen-lang/ctgen/generated/"
	imp, err := exportdata.Importer(generated+"neuron", generated+"wdbc", generated+"digits")
	require.NoError(t, err)
	const head = `package p

import (
	"github.com/ctgen-lang/ctgen/generated/digits"
	"github.com/ctgen-lang/ctgen/generated/neuron"
	"github.com/ctgen-lang/ctgen/generated/wdbc"
)

var (
	_ digits.Digit
	_ neuron.Bias
	_ wdbc.Logit
)

`
	tests := map[string]struct{ sound, confused, message string }{
		"a logit passed as a probability": {
			"func f(n *neuron.Neuron, x neuron.Input) neuron.Prediction { return neuron.Decide(neuron.Sigmoid(n.Affine(x))) }",
			"func f(n *neuron.Neuron, x neuron.Input) neuron.Prediction { return neuron.Decide(n.Affine(x)) }",
			"neuron.Logit.* as neuron.Probability",
		},
		"a probability returned as a prediction": {
			"func f(z neuron.Logit) neuron.Probability { return neuron.Sigmoid(z) }",
			"func f(z neuron.Logit) neuron.Prediction { return neuron.Sigmoid(z) }",
			"neuron.Probability.* as neuron.Prediction",
		},
		"a gradient where its base belongs": {
			"func f(n *neuron.Neuron, g *neuron.Gradient, x neuron.Input, t neuron.Target) { n.Gradient(g, x, t) }",
			"func f(n *neuron.Neuron, g *neuron.Neuron, x neuron.Input, t neuron.Target) { n.Gradient(g, x, t) }",
			"neuron.Neuron.* as \\*neuron.Gradient",
		},
		"a gradient used as a neuron": {
			"func f(n *neuron.Neuron, x neuron.Input) neuron.Logit { return n.Affine(x) }",
			"func f(n *neuron.Gradient, x neuron.Input) neuron.Logit { return n.Affine(x) }",
			"n.Affine undefined",
		},
		"a weight plus its gradient": {
			"func f(n *neuron.Neuron) neuron.Weight { return n.Weight }",
			"func f(n *neuron.Neuron, g *neuron.Gradient) neuron.Weight { n.Bias += g.Bias; return n.Weight }",
			"mismatched types neuron.Bias and neuron.BiasTangent",
		},
		"a neuron of another specification": {
			"func f(n *neuron.Neuron) *neuron.Neuron { return n }",
			"func f(n *wdbc.Neuron) *neuron.Neuron { return n }",
			"wdbc.Neuron.* as \\*neuron.Neuron",
		},
		"a probability of another specification": {
			"func f(p neuron.Probability) neuron.Prediction { return neuron.Decide(p) }",
			"func f(p wdbc.Probability) neuron.Prediction { return neuron.Decide(p) }",
			"wdbc.Probability.* as neuron.Probability",
		},
		"input and target swapped": {
			"func f(n *neuron.Neuron, x neuron.Input, t neuron.Target) neuron.Loss { return n.Measure(x, t) }",
			"func f(n *neuron.Neuron, x neuron.Input, t neuron.Target) neuron.Loss { return n.Measure(t, x) }",
			"neuron.Target.* as neuron.Input",
		},
		"a loss passed as a learning rate": {
			"func f(n *neuron.Neuron, r neuron.LearningRate, x neuron.Input, t neuron.Target) { n.Step(r, x, t) }",
			"func f(n *neuron.Neuron, r neuron.Loss, x neuron.Input, t neuron.Target) { n.Step(r, x, t) }",
			"neuron.Loss.* as neuron.LearningRate",
		},
		"scores passed as a distribution": {
			"func f(p digits.Distribution, d digits.Digit) digits.Loss { return digits.Nll(p, d) }",
			"func f(p digits.Scores, d digits.Digit) digits.Loss { return digits.Nll(p, d) }",
			"digits.Scores.* as digits.Distribution",
		},
		"an image of another shape": {
			"func f(n *digits.Network, x digits.Image) digits.Distribution { return n.Classify(x) }",
			"func f(n *digits.Network, x [63]float32) digits.Distribution { return n.Classify(x) }",
			`\[63\]float32.* as digits.Image`,
		},
		"one layer's parameters for another's": {
			"func f(n *digits.Network) *digits.Layer1 { return &n.Layer1 }",
			"func f(n *digits.Network) *digits.Layer1 { return &n.Layer2 }",
			"digits.Layer2.* as \\*digits.Layer1",
		},
	}
	check := func(t *testing.T, program string) error {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "p.go", head+program, 0)
		require.NoError(t, err)
		_, err = (&types.Config{Importer: imp}).Check("p", fset, []*ast.File{f}, nil)
		return err
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, check(t, tt.sound))
			err := check(t, tt.confused)
			require.Error(t, err)
			require.Regexp(t, tt.message, err.Error())
		})
	}
}
