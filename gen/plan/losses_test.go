package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

const lossSpec = `
object Input       = R[2]
object Logit       = R
object Probability = R in [0, 1]
object Target      = R in {0, 1}
object Loss        = R in [0, inf)
object Scores      = R[3]
object Shares      = R[3] in simplex
object Class       = Fin[3]
object Both        = { p: Probability, t: Target }
object Neuron      = { weight: R[2], bias: R }
object Layer       = { weight: R[3, 2], bias: R[3] }
arrow affine:  Input -> Logit given Neuron  = std.affine
arrow sigmoid: Logit -> Probability         = std.sigmoid
arrow same:    Probability -> Probability   = std.relabel
arrow bce:     Probability * Target -> Loss = std.binary_cross_entropy
arrow dense:   Input -> Scores given Layer  = std.affine
arrow softmax: Scores -> Shares             = std.softmax
arrow kept:    Shares -> Shares             = std.relabel
arrow ce:      Shares * Class -> Loss       = std.cross_entropy
arrow calibrate: Probability -> Probability
arrow smooth:    Shares -> Shares
arrow squared: Probability -> Probability {
    means   y = x * x
    keeps   x
    reverse dx = 2 * x * dy
}
arrow judge(p: Probability, t: Target) -> Loss { bce(same(p), t) }
arrow strict(p: Probability, t: Target) -> Loss { bce(calibrate(p), t) }
arrow guess   = affine >> sigmoid >> same
arrow guesses = dense >> softmax
`

// The warning about a loss that is kept apart from its activation is given
// where the planner could not make one operation of the two, and only there.
func TestLossesWarnedOf(t *testing.T) {
	for _, c := range []struct {
		measure string
		joined  bool
	}{
		{"arrow measure = guess * id >> bce", true},
		{"arrow measure = (affine >> sigmoid) * id >> judge", true},
		{"arrow measure = guess * id >> judge", true},
		{"arrow measure = (guess >> calibrate) * id >> bce", false},
		{"arrow measure = (guess >> squared) * id >> bce", false},
		{"arrow measure = (guess >> squared >> calibrate >> same) * id >> judge", false},
		{"arrow measure = guess * id >> strict", false},
		{"arrow measure(x: Input, t: Target) -> Loss {\n p = guess(x)\n bce(p, t)\n}", true},
		{"arrow measure(x: Input, t: Target) -> Loss {\n p = guess(x)\n _q = calibrate(p)\n judge(p, t)\n}", true},
		{"arrow measure(x: Input, t: Target) -> Loss {\n p = guess(x)\n bce(p, t) + strict(p, t)\n}", false},
		{"arrow measure = guesses * id >> ce", true},
		{"arrow measure = (guesses >> kept) * id >> ce", true},
		{"arrow measure = (guesses >> smooth) * id >> ce", false},
	} {
		cat, list := check.Check(diag.NewSource("loss.cat", lossSpec+c.measure+"\narrow gradient = grad measure\n"), check.Options{Vet: true})
		require.NotNil(t, cat, list.All())
		warned := false
		for _, d := range list.All() {
			warned = warned || d.Code == diag.CT1105
		}
		require.Equal(t, !c.joined, warned, c.measure)

		p, err := plan.NewGradient(cat, "measure", arrow(t, cat, "measure").Diagram)
		require.NoError(t, err)
		apart := false
		for _, op := range p.Ops {
			if op.Prim != nil && (op.Prim.Decl.Name == "binary_cross_entropy" || op.Prim.Decl.Name == "cross_entropy") {
				apart = true
			}
		}
		require.Equal(t, !c.joined, apart, c.measure)
	}
}
