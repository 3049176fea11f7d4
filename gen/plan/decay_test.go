package plan_test

import (
	"os"
	"testing"

	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/stretchr/testify/require"
)

// A leaf decays by what its field says, or its slot, times what the fields
// around it say; every optimizer that decays goes by it.
func TestDecayOfParts(t *testing.T) {
	text, err := os.ReadFile("../golang/testdata/straight/decay.cat")
	require.NoError(t, err)
	c := checked(t, "decay.cat", string(text))
	want := []float64{6, 0.5, 4, 0, 0, 0, 1.5, 0.125, 1, 0, 1, 0}
	for _, name := range []string{"step", "plunge", "roll", "scale", "settle"} {
		slots, err := plan.Slots(c, arrow(t, c, name).Diagram)
		require.NoError(t, err)
		for i, w := range want {
			require.Equal(t, w, slots[i].Decay, "%s %v", name, slots[i].Path)
		}
		p, err := plan.NewStep(c, arrow(t, c, name), plan.Declared)
		require.NoError(t, err)
		var got []float64
		for _, op := range p.Ops {
			if op.Kind == plan.LeafStep {
				got = append(got, op.Settings[len(op.Settings)-1].Const)
			}
		}
		require.Equal(t, want, got[len(got)-len(want):], name) // behind what clips
	}
}
