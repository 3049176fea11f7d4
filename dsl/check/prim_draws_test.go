package check

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Faults of random numbers can only be planted in std.
func TestRandomNumbers(t *testing.T) {
	for _, tt := range []struct{ from, to, want string }{
		{"kernel   dropout", "", "CT0810 an arrow that draws random numbers has a kernel"},
		{"count'  = count + 1", "count' = count + keep[s]", ""},
		{"count'  = count + 1", "count' = sum s: x[s]", "CT0810 what training moves on follows from whole numbers"},
		{"uniform(count)", "uniform(x[s])", "CT0811 uniform takes one whole number"},
		{"uniform(count)", "uniform(count, 1)", "CT0811 uniform takes one whole number"},
		{"keep[s] * dy[s]", "uniform(count) * dy[s]", "CT0811 uniform takes one whole number"},
	} {
		_, diags := CheckStd(func(name, text string) string {
			if name != "std/random.cat" {
				return text
			}
			require.Contains(t, text, tt.from)
			return strings.Replace(text, tt.from, tt.to, 1)
		})
		require.True(t, diags.HasErrors(), tt.to)
		d := diags.All()[0]
		require.Contains(t, string(d.Code)+" "+d.Message, tt.want)
	}
}
