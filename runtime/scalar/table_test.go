package scalar

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTables(t *testing.T) {
	for i := range steps {
		require.InEpsilon(t, math.Exp2(float64(i)/steps), power(uint64(i)), 3e-16, i)
		require.InEpsilon(t, math.Exp2(float64(i-5*steps)/steps), power(uint64(int64(i-5*steps))), 3e-16, i)
	}
	for i, c := range centers {
		middle := 0.75 + float64(i)/128
		if i >= 32 {
			middle = 1 + float64(i-32)/64
		}
		require.Equal(t, 1/middle, c.inverse)
		require.InDelta(t, -math.Log(c.inverse), c.log, 1e-16)
		_, base := split(middle)
		require.InDelta(t, math.Log(middle), base, 2e-16, "the interval of %g", middle)
	}
	require.Zero(t, centers[32].log)
}
