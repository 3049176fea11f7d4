package data

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// ranged is two columns scaled to [-1, 1], one constant, and a standardized one
// that is scaled before.
func ranged() *Spec {
	return &Spec{Name: "d", Format: "csv", Header: HeaderNone, Columns: []Column{
		{Object: "X", First: 1, Last: 3, Standardize: true, Range: [2]float64{-1, 1}},
		{Object: "Y", First: 4, Last: 4, Standardize: true, Scale: 0.5},
		{Object: "Z", First: 1, Last: 2, Scale: 4},
		{Object: "W", First: 1, Last: 1},
	}}
}

func TestScaledToRange(t *testing.T) {
	spec := ranged()
	table, err := ReadFrom(spec, "a.csv", strings.NewReader("10,0.5,7,2\n20,0.25,7,4\n15,0.75,7,6\n1e6,-1e6,1e6,1e6\n"))
	require.NoError(t, err)
	scalers := table.Fit(spec, []int{0, 1, 2}) // the last row is held out
	require.NoError(t, table.Standardize(spec, scalers))
	require.Equal(t, []float32{-1, 0, -1, 1, -1, -1, 0, 1, -1}, table.Factors[0].Real[:9])
	require.Greater(t, table.Factors[0].Real[9], float32(1), "rows that are held out may leave the range")

	for i, want := range [][]float32{{10, 0.5, 7, 20, 0.25, 7, 15, 0.75, 7}, {2, 4, 6}, {10, 0.5, 20, 0.25, 15, 0.75}, {10, 20, 15}} {
		cells := table.Factors[i].Real[:len(want)]
		got := make([]float32, len(cells))
		spec.Restore(i, scalers, got, cells)
		require.InDeltaSlice(t, want, got, 1e-5)
		spec.Restore(i, scalers, cells, cells)
		require.Equal(t, got, cells, "in place")
	}
}

func TestValidateRange(t *testing.T) {
	for _, change := range []func(c *Column){
		func(c *Column) { c.Standardize = false },
		func(c *Column) { c.Range = [2]float64{1, 0} },
		func(c *Column) { c.Range = [2]float64{0, math.Inf(1)} },
		func(c *Column) { c.Range = [2]float64{math.NaN(), 1} },
	} {
		spec := ranged()
		change(&spec.Columns[0])
		require.ErrorContains(t, spec.Validate(), "the range is not of two finite numbers")
	}
}
