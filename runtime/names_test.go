package runtime

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

type species int32

var speciesNames = Names[species]{Object: "Species", Values: []species{0, 1}, Names: []string{"setosa", "virginica"}}

func (s species) String() string { return speciesNames.Of(s) }

func TestNames(t *testing.T) {
	require.Equal(t, "virginica (no Species)", fmt.Sprint(species(1), species(7)))
	s, err := speciesNames.Parse("virginica")
	require.NoError(t, err)
	require.Equal(t, species(1), s)
	s, err = speciesNames.Parse("rose")
	require.EqualError(t, err, `no Species is called "rose"; there are "setosa", "virginica"`)
	require.Zero(t, s)

	verdict := Names[float32]{Object: "Verdict", Values: []float32{-1, 1}, Names: []string{"benign", "malignant"}}
	require.Equal(t, "malignant", verdict.Of(1))
	require.Equal(t, "(no Verdict)", verdict.Of(0.5))
	require.Equal(t, "(no Verdict)", verdict.Of(float32(math.NaN())))
}
