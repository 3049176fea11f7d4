package check

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Faults of lines about all leaves can only be planted in std.
func TestSumsOverAllLeaves(t *testing.T) {
	const line = "squares = sum s: g[s] * g[s]"
	for _, tt := range []struct{ from, to, want string }{
		{line, "squares = max s: g[s]", "adds up over all leaves: squares = sum s: …"},
		{line, "squares = 1 + at", "adds up over all leaves: squares = sum s: …"},
		{line, "squares = sum s: g[s] * sum r: g[r]", "holds no other"},
		{line, "twice[s] = 2 * g[s]\n squares = sum s: twice[s]", "twice is neither"},
		{"y[s]    = g[s] * min(1, at / (sqrt(squares) + 1e-6))", "y[s] = g[s] * squares / sum r: g[r]", "is a line of its own"},
		{"kernel   clip_norm", "", "has a kernel and no reverse lines"},
		{"kernel   clip_norm", "reverse dg[s] = dy[s]\n kernel clip_norm", "has a kernel and no reverse lines"},
	} {
		planted := false
		_, diags := CheckStd(func(_, text string) string {
			planted = planted || strings.Contains(text, tt.from)
			return strings.Replace(text, tt.from, tt.to, 1)
		})
		require.True(t, planted, tt.from)
		var all []string
		for _, d := range diags.All() {
			all = append(all, string(d.Code)+" "+d.Message)
		}
		require.Len(t, all, 1, "%s: %v", tt.to, all)
		require.Contains(t, all[0], "CT0810")
		require.Contains(t, all[0], tt.want)
	}
}
