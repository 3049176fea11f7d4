package kernel

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEnvironmentLowersTheLevel(t *testing.T) {
	tests := []struct {
		best  level
		asked string
		want  level
	}{
		{avx512, "", avx512},
		{avx512, "avx2", avx2},
		{avx512, "portable", portable},
		{avx512, "neon", avx512},
		{avx2, "avx512", avx2},
		{avx2, "neon", avx2},
		{neon, "avx2", neon},
		{neon, "portable", portable},
		{portable, "avx512", portable},
		{avx2, "nonsense", avx2},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, choose(tt.best, tt.asked), "%v asked for %q", tt.best, tt.asked)
	}
}
