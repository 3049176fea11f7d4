package simpler

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is proposed is lighter, so that proposals end.
func TestProposalsGetLighter(t *testing.T) {
	for _, v := range []float64{0, 1, -1, 2, 0.5, -0.125, math.Pi, -1e9, 1e-9, 123.456789, 1e300, math.NaN()} {
		for _, x := range Reals(v) {
			require.Less(t, weight(x), weight(v), "%g for %g", x, v)
		}
	}
	require.Empty(t, Reals(0))
	require.Equal(t, 0.0, Reals(math.NaN())[0])
	require.Empty(t, Wholes(0))
	require.Equal(t, []int64{0, 3}, Wholes(7))
}
