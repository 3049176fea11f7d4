package laws

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Where a sigmoid has all but reached 1, the loss has few digits, and so have
// its differences: that is no fault of the reverse lines, and one in them is
// still found.
func TestSaturatedLosses(t *testing.T) {
	const text = `category saturated

object Input       = R[3]
object Logit       = R
object Probability = R in [0, 1]
object Target      = R in {0, 1}
object Loss        = R in [0, inf)
object Neuron      = { weight: R[3], bias: R }

arrow affine:  Input -> Logit given Neuron  = std.affine
arrow sigmoid: Logit -> Probability         = std.sigmoid
arrow bce:     Probability * Target -> Loss = std.binary_cross_entropy
arrow wrong:   Logit -> Logit {
    means   y = 2 * x
    reverse dx = 2.0001 * dy
}

arrow measure = (affine >> sigmoid) * id >> bce
arrow spoilt  = (affine >> wrong >> sigmoid) * id >> bce
`
	c, diags := check.Check(diag.NewSource("saturated.cat", text), check.Options{})
	require.NotNil(t, c, diags.All())
	for seed := range uint64(60) {
		failed := map[string]bool{}
		for _, k := range Certify(c, Options{Seed: seed}).Checks {
			failed[k.Arrow] = failed[k.Arrow] || !k.Holds && k.Skipped == ""
		}
		require.False(t, failed["measure"], "seed %d", seed)
		require.True(t, failed["wrong"] && failed["spoilt"], "seed %d", seed)
	}
}
