package plan_test

import (
	"testing"

	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/stretchr/testify/require"
)

const sharedSpec = `
object X = R[5, 3]
object H = R[5, 4]
object L = R in [0, inf)
object A = { weight: R[3, 4], bias: R[4] }
object B = { weight: R[4, 4], bias: R[4] }
arrow early: X -> H given A = std.affine_transposed
arrow late: H -> H given B = std.affine_transposed
arrow tanh: H -> H = std.tanh
arrow apart: H * H -> L = std.squared_distance
arrow tower = early >> tanh >> late
arrow loss = tower * id >> apart
arrow slope = grad loss
arrow judge: H ^ 2 -> L
arrow towers: X ^ 2 -> H ^ 2 given Towers = map tower
arrow loss2 = towers >> judge
arrow slope2 = grad loss2
`

// The turned weight is one tensor, made by one call for one example, however
// many examples there are and whatever is folded into them.
func TestIntermediatesOfParametersAreMadeOnce(t *testing.T) {
	c := checked(t, "shared.cat", sharedSpec)
	for _, name := range []string{"slope", "slope2"} {
		p, err := plan.NewGradient(c, name, gradBody(arrow(t, c, name).Diagram))
		require.NoError(t, err, name)
		requireSound(t, p)
		turned := 0
		for _, op := range p.Ops {
			if op.Line != "turned" {
				continue
			}
			turned++
			v := p.Values[op.Out[0]]
			require.True(t, op.Once)
			require.Equal(t, 1, op.Fold)
			require.False(t, v.Batched)
			require.Equal(t, []int{4, 4}, v.Dims)
		}
		require.Equal(t, 1, turned, "the first layer's input needs no cotangent")
	}
}
