package category

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWithin compares sets as ranges of numbers: nil and (-inf, inf) are the
// same reals, and a border counts where both sides hold it.
func TestWithin(t *testing.T) {
	inf := math.Inf(1)
	reals := &Set{Low: -inf, High: inf, OpenLow: true, OpenHigh: true}
	unit := &Set{Low: 0, High: 1}
	open := &Set{Low: 0, High: 1, OpenLow: true, OpenHigh: true}
	positive := &Set{Low: 0, High: inf, OpenLow: true, OpenHigh: true}
	binary := &Set{Finite: true, Elems: []float64{0, 1}}
	simplex := &Set{Simplex: true}
	for _, tt := range []struct {
		s, u *Set
		want bool
	}{
		{nil, nil, true}, {nil, reals, true}, {reals, nil, true}, {unit, reals, true}, {reals, unit, false}, {nil, unit, false},
		{open, unit, true}, {unit, open, false}, {unit, unit, true}, {open, positive, true}, {unit, positive, false},
		{binary, unit, true}, {binary, open, false}, {unit, binary, false}, {binary, binary, true},
		{simplex, unit, true}, {simplex, simplex, true}, {unit, simplex, false}, {simplex, positive, false},
	} {
		require.Equal(t, tt.want, tt.s.Within(tt.u), "%s within %s", tt.s, tt.u)
		if !tt.want || tt.s == nil {
			continue
		}
		for _, v := range []float64{-2, 0, 0.5, 1, 3} {
			if tt.s.Contains(v) {
				require.True(t, tt.u.Contains(v), "%g of %s in %s", v, tt.s, tt.u)
			}
		}
	}
}
