package check

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// The declarations that the cases build on.
const fixBase = `object Input = R[2]
object Logit = R
object Probability = R in [0, 1]
object Target = R in {0, 1}
object Loss = R in [0, inf)
object Neuron = { weight: R[2], bias: R }
arrow affine: Input -> Logit given Neuron = std.affine
arrow sigmoid: Logit -> Probability = std.sigmoid
arrow decide: Probability -> Probability = std.relabel
arrow bce: Probability * Target -> Loss = std.binary_cross_entropy
`

// Each faulty text, and what applying its only fix makes of it.
var fixed = []struct{ name, text, want string }{
	{"object", "arrow f: Imput -> Logit = affine", "arrow f: Input -> Logit = affine"},
	{"object in two places", "arrow f: Lgoit -> Lgoit = std.relabel", "arrow f: Logit -> Logit = std.relabel"},
	{"object differing in case", "arrow f: logit -> Probability = std.sigmoid", "arrow f: Logit -> Probability = std.sigmoid"},
	{"arrow", "arrow f = afine >> sigmoid", "arrow f = affine >> sigmoid"},
	{"arrow in three places", "arrow f = (sigmiod, sigmiod, sigmiod)", "arrow f = (sigmoid, sigmoid, sigmoid)"},
	{"standard arrow", "arrow f: Logit -> Probability = std.sigmoyd", "arrow f: Logit -> Probability = std.sigmoid"},
	{"dim", "dim Width = 3\nobject A = R[Widht]", "dim Width = 3\nobject A = R[Width]"},
	{"field", "arrow f: Neuron -> R[2] = .wieght", "arrow f: Neuron -> R[2] = .weight"},
	{"setting", "endo f on Neuron = grad ((affine >> sigmoid) * id >> bce) >> sgd(rat: 0.1)", "endo f on Neuron = grad ((affine >> sigmoid) * id >> bce) >> sgd(rate: 0.1)"},
	{"value", "arrow f(input: Input) -> Logit given Neuron { affine(inptu) }", "arrow f(input: Input) -> Logit given Neuron { affine(input) }"},
	{"gap", "arrow f = affine >> decide", "arrow f = affine >> sigmoid >> decide"},
	{"gap in brackets", "arrow f(x: Input) -> Probability given Neuron { (affine >> decide)(x) }", "arrow f(x: Input) -> Probability given Neuron { (affine >> sigmoid >> decide)(x) }"},
	{"gap beside", "arrow f: Input * Target -> Loss given Neuron = affine >> sigmoid >> bce", "arrow f: Input * Target -> Loss given Neuron = (affine >> sigmoid) * id >> bce"},
	{"gap beside one arrow", "arrow f: Logit * Target -> Loss = sigmoid >> bce", "arrow f: Logit * Target -> Loss = sigmoid * id >> bce"},
	{"end at infinity", "object A = R in [0, inf]", "object A = R in [0, inf)"},
	{"ends at infinity", "object A = R in [-inf, inf]", "object A = R in (-inf, inf)"},
	{"ends out of order", "object A = R in [1, 0]", "object A = R in [0, 1]"},
	{"repeated element", "object A = R in {0, 1, 1}", "object A = R in {0, 1}"},
	{"keyword", "objekt A", "object A"},
	{"keyword inside", "arrow f: Input -> Logit givn Neuron = std.affine", "arrow f: Input -> Logit given Neuron = std.affine"},
	{"no equals sign", "object A R[3]", "object A = R[3]"},
	{"no equals sign in an arrow", "arrow f: Logit -> Probability std.sigmoid", "arrow f: Logit -> Probability = std.sigmoid"},
	{"no equals sign in a dim", "dim N 3", "dim N = 3"},
	{"arrow sign", "arrow f: Logit → Probability = std.sigmoid", "arrow f: Logit -> Probability = std.sigmoid"},
	{"comment sign", "object A # what comes in", "object A // what comes in"},
	{"semicolon", "object A;", "object A"},
	{"curly quotation marks", "data d: Logit from csv “a.csv” { Logit: column 1 }", `data d: Logit from csv "a.csv" { Logit: column 1 }`},
	{"comma", "object A = { a: R b: R }", "object A = { a: R, b: R }"},
	{"colon", "object A = { a R }", "object A = { a: R }"},
	{"sign twice", "object A = R[3]]", "object A = R[3]"},
	{"colon twice", "object A = { a:: R }", "object A = { a: R }"},
	{"equals sign twice", "arrow f == affine", "arrow f = affine"},
	{"half a sign", "arrow f = affine > sigmoid", "arrow f = affine >> sigmoid"},
	{"half a sign too many", "arrow f = affine >>> sigmoid", "arrow f = affine >> sigmoid"},
	{"word inside", "endo f en Neuron = grad ((affine >> sigmoid) * id >> bce) >> sgd(rate: 0.1)", "endo f on Neuron = grad ((affine >> sigmoid) * id >> bce) >> sgd(rate: 0.1)"},
	{"operand missing", "object A = R[3 * ]", ""},
	{"dividend missing", "data d: Logit from csv \"a.csv\" { Logit: column 1 scaled by /255 }", ""},
	{"inner bracket", "object A = { a: R[3, b: R }", ""},
	{"bracket inside", "object A = { a: R[3 }", "object A = { a: R[3] }"},
	{"two names, one as near", "object Logit2 = R\narrow k: Logit2 -> Probability = std.sigmoid\narrow f: Logti -> Probability = std.sigmoid", "object Logit2 = R\narrow k: Logit2 -> Probability = std.sigmoid\narrow f: Logit -> Probability = std.sigmoid"},
	{"a name as near and one that nothing uses", "object Logit2 = R\narrow f: Logti -> Probability = std.sigmoid", ""},
	{"hexadecimal", "dim N = 0x10", "dim N = 16"},
	{"separators", "dim N = 1_000", "dim N = 1000"},
	{"implied product", "dim N = 3\nobject A = R[2N]", "dim N = 3\nobject A = R[2 * N]"},
	{"bracket", "object A = R[3", "object A = R[3]"},
	{"brace", "object A = { a: R", "object A = { a: R }"},
	{"brace of several lines", "object A = {\n  a: R,\n  b: R\n", "object A = {\n  a: R,\n  b: R\n}\n"},
	{"columns", "data d: Logit * Probability from csv \"a.csv\" { Logit: column 1 Probability: columns 3..2 }", ""},
	{"columns backwards", "data d: Input from csv \"a.csv\" { Input: columns 3..2 }", "data d: Input from csv \"a.csv\" { Input: columns 2..3 }"},
	{"row", "data d: Input from csv \"a.csv\" { Input: columns 1..2 splitt: 80 / 20 }", "data d: Input from csv \"a.csv\" { Input: columns 1..2 split: 80 / 20 }"},
	{"format", "data d: Input from csvv \"a.csv\" { Input: columns 1..2 }", "data d: Input from csv \"a.csv\" { Input: columns 1..2 }"},
	{"header", "data d: Input from csv \"a.csv\" { Input: columns 1..2 header: skipp }", "data d: Input from csv \"a.csv\" { Input: columns 1..2 header: skip }"},
	{"name in equations", "arrow g: Input -> Input {\n means y[s] = 2 * x[s] + z[s]\n reverse dx[s] = dy[s]\n}", ""},
	{"function", "arrow g: Input -> Input {\n means y[s] = tnah(x[s])\n reverse dx[s] = dy[s]\n}", "arrow g: Input -> Input {\n means y[s] = tanh(x[s])\n reverse dx[s] = dy[s]\n}"},
	{"section", "arrow g: Input -> Input {\n mean y[s] = x[s]\n reverse dx[s] = dy[s]\n}", "arrow g: Input -> Input {\n means y[s] = x[s]\n reverse dx[s] = dy[s]\n}"},
	{"not kept", "arrow g: Input -> Input {\n means y[s] = tanh(x[s])\n keeps y\n reverse dx[s] = dy[s] * x[s] * y[s]\n}", "arrow g: Input -> Input {\n means y[s] = tanh(x[s])\n keeps y, x\n reverse dx[s] = dy[s] * x[s] * y[s]\n}"},
	{"nothing kept", "arrow g: Input -> Input {\n  means   y[s] = x[s] * x[s]\n  reverse dx[s] = dy[s] * x[s]\n}", "arrow g: Input -> Input {\n  means   y[s] = x[s] * x[s]\n  keeps   x\n  reverse dx[s] = dy[s] * x[s]\n}"},

	// What is not certain stays help.
	{"two names as near", "object Logij = R\narrow f: Logiw -> Probability = std.sigmoid", ""},
	{"a name that leads to another fault", "arrow f: Lgit -> Target = sigmoid", ""},
	{"two arrows fit", "arrow squash: Logit -> Probability = std.sigmoid\narrow f = affine >> decide", ""},
	{"label or share", "arrow f = (affine, affine)", ""},
	{"round bracket", "arrow f = (affine >> sigmoid", ""},
	{"interval left open", "object A = R in [0, 1", ""},
}

func TestFixes(t *testing.T) {
	for _, c := range fixed {
		t.Run(c.name, func(t *testing.T) {
			src := diag.NewSource("a.cat", fixBase+c.text)
			_, list := Check(src, Options{Fixes: true})
			require.True(t, list.HasErrors())
			text, made := diag.Apply(src, list.All())
			if c.want == "" {
				require.Empty(t, made, text)
				return
			}
			require.Equal(t, fixBase+c.want, text)
			cat, after := Check(diag.NewSource("a.cat", text), Options{})
			require.NotNil(t, cat, after.All())
		})
	}
}

// Without being asked for, nothing is tried.
func TestFixesOnRequest(t *testing.T) {
	_, list := Check(diag.NewSource("a.cat", "objekt A"), Options{})
	require.Empty(t, list.All()[0].Fixes)
}
