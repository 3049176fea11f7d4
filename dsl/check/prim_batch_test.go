package check

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Faults of what reads the batch can only be planted in std.
func TestBatches(t *testing.T) {
	for _, tt := range []struct{ from, to, want string }{
		{"sum batch, t: x[t, k]", "sum batch, t: x[t, k]", ""},
		{"shift[k] + scale[k] * (x[t, k] - m[k])", "shift[k] + size(batch) * (x[t, k] - m[k])", "CT0810 what is said of the whole batch is one for all examples"},
		{"dx[t, k]  = scale[k]", "dx[t, k]  = (sum batch: x[t, k]) * scale[k]", "CT0810 what is said of the whole batch is one for all examples"},
		{"    predicts batch_norm_running\n", "", "CT0810 an arrow that reads the batch has a kernel"},
		{"    kernel   batch_norm\n", "", "CT0810 an arrow that reads the batch has a kernel"},
		{"predicts batch_norm_running", "predicts batch_norm_walking", "CT0810 no arrow by equations is called batch_norm_walking"},
		{"predicts batch_norm_running", "predicts batch_norm2d_running", "CT0810 batch_norm2d_running and batch_norm differ"},
		{"batch_norm_running: R[..t, k] ->", "batch_norm_running: R[..t, k] in [0, 1] ->", "CT0810 batch_norm_running and batch_norm differ"},
		{"momentum * (m[k] - mean[k])", "momentum * (m[k] - scale[k])", "CT0810 what training moves on follows from whole numbers and running statistics"},
		{"mean: R[k] init zeros running", "mean: Fin[k] running", "CT0810 running statistics are real numbers"},
		{"dshift[k] = a[k]", "dmean[k] = a[k]\n             dshift[k] = a[k]", "CT0804 mean holds running statistics, which have no cotangent"},
	} {
		_, diags := CheckStd(func(name, text string) string {
			if name != "std/batch_norm.cat" {
				return text
			}
			require.Contains(t, text, tt.from)
			return strings.Replace(text, tt.from, tt.to, 1)
		})
		require.Equal(t, tt.want != "", diags.HasErrors(), tt.to)
		found := tt.want == ""
		for _, d := range diags.All() {
			found = found || strings.Contains(string(d.Code)+" "+d.Message, tt.want)
		}
		require.True(t, found, "%s: %v", tt.to, diags.All())
	}
}

// Only std says what stands for an arrow outside of training, and running
// statistics stand where an arrow keeps some.
func TestRunningStatistics(t *testing.T) {
	const norm = "object X = R[4]\nobject Norm = { scale: R[4], shift: R[4], mean: R[4] running, variance: R[4] running }\narrow norm: X -> X given Norm = std.batch_norm\n"
	for _, tt := range []struct{ text, want string }{
		{norm, ""},
		{strings.Replace(norm, "mean: R[4] running", "mean: R[4]", 1), "mean is R[k] running, and R[4] is not"},
		{strings.Replace(norm, "scale: R[4]", "scale: R[4] running", 1), "scale is R[k], and R[4] running is not"},
		{"object X = R[4]\narrow f: X -> X {\n    means    y[i] = x[i]\n    reverse  dx[i] = dy[i]\n    predicts g\n}\n", "only standard arrows do something else outside of training"},
	} {
		_, diags := Check(diag.NewSource("running.cat", tt.text), Options{})
		require.Equal(t, tt.want != "", diags.HasErrors(), tt.text)
		require.Contains(t, hints(diags), tt.want)
	}
}
