package laws

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
)

// A fault in a reverse line of std must not pass for a derivative: faults of
// the size that people make, beside those that are made one by one.
func TestPlantedFaultsAreRefuted(t *testing.T) {
	for _, f := range []struct{ prim, old, new string }{
		{"sigmoid", "dx[s] = dy[s] * y[s] * (1 - y[s])", "dx[s] = dy[s] * y[s]"},
		{"tanh", "dx[s] = dy[s] * (1 - y[s] * y[s])", "dx[s] = dy[s] * (1 - y[s])"},
		{"affine", "dweight[o, i] = sum t: dy[t, o] * x[t, i]\n             dbias[o]      = sum t: dy[t, o]\n    kernel   affine\n", "dweight[o, i] = sum t: 2 * dy[t, o] * x[t, i]\n             dbias[o]      = sum t: dy[t, o]\n    kernel   affine\n"},
		{"relu", "dx[s] = dy[s] * (y[s] > 0)", "dx[s] = dy[s]"},
		{"softmax", "dx[t, k] = y[t, k] * (dy[t, k] - s[t])", "dx[t, k] = y[t, k] * (dy[t, k] + s[t])"},
		{"softmax_cross_entropy", "(q[t, k] - (c[t] == k)) / size(t)", "(q[t, k] - (c[t] == k))"},
		{"cross_entropy", "dp[t, k] = -dy *", "dp[t, k] = dy *"},
		{"binary_cross_entropy", "dp[s] = dy * ((1 - t[s]) /", "dp[s] = dy * (1 /"},
		{"squared_error", "dt = 2 * dy * (t - p)", "dt = dy * (t - p)"},
		{"add", "db[s] = dy[s]", "db[s] = 0 * dy[s]"},
		{"logit", "+ dy[s] / max(1 - x[s], tiny)", "- dy[s] / max(1 - x[s], tiny)"},
		{"affine_tanh", "dbias[o]      = sum t: dz[t, o]\n    kernel   affine_tanh", "dbias[o]      = sum t: dy[t, o]\n    kernel   affine_tanh"},
	} {
		t.Run(f.prim, func(t *testing.T) {
			edits := 0
			prims, diags := check.CheckStd(func(name, text string) string {
				edits += strings.Count(text, f.old)
				return strings.Replace(text, f.old, f.new, 1)
			})
			require.Positive(t, edits, "the line to spoil is gone")
			require.False(t, diags.HasErrors())
			worst, err := worstOf(owed[0], prims[f.prim], shapes, 1, 4)
			require.NoError(t, err)
			require.Greater(t, worst.difference, 1e-3)
		})
	}
}
