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

// What normalizes by the batch has one where it is trained, and each use in a
// step has statistics of its own.
func TestBatchesAndStatistics(t *testing.T) {
	const base = `object X = R[4]
object Rows = R[3, 4]
object Loss = R in [0, inf)
object Norm = { scale: R[4], shift: R[4], mean: R[4] running, variance: R[4] running }
arrow norm: X -> X given Norm = std.batch_norm
arrow flat: Rows -> Rows given Norm = std.batch_norm
arrow far: X * X -> Loss = std.squared_distance
arrow total: Loss ^ 3 -> Loss = fold[adds]
arrow none: 1 -> Loss = 0
arrow plus(a: Loss, b: Loss) -> Loss { a + b }
monoid adds on Loss = (none, plus)
`
	step := func(measure, on string) string {
		return base + measure + "\nendo step on " + on + " = grad measure >> sgd(rate: 0.1)\n"
	}
	for _, tt := range []struct{ name, text string }{
		{"one use", step("arrow measure(a: X) -> Loss { far(norm(a), a) }", "Norm")},
		{"positions", step("arrow apart: Rows * Rows -> Loss = std.squared_distance\narrow measure(a: Rows) -> Loss { apart(flat(a), a) }", "Norm")},
		{"a use each", step("arrow twice: X -> X given Both = norm >> norm as again\narrow measure(a: X) -> Loss { far(twice(a), a) }", "Both")},
		{"repeated with its own", step("arrow many: X -> X given Norm ^ 3 = repeat[3] norm\narrow measure(a: X) -> Loss { far(many(a), a) }", "Norm ^ 3")},
		{"a map outside of training", base + "arrow all: X ^ 3 -> X ^ 3 = map[3] norm"},
		{"shared outside of training", base + "arrow all: X -> X = share (norm >> norm)"},
		{"shared in a gradient alone", base + "arrow measure(a: X) -> Loss { far((share (norm >> norm))(a), a) }\narrow slope = grad measure"},
		{"shared by one round", step("arrow measure(a: X) -> Loss { far((share (repeat[1] norm))(a), a) }", "Norm")},
	} {
		t.Run(tt.name, func(t *testing.T) { mustCheck(t, tt.text) })
	}
	runFaults(t, []fault{
		{"shared by two", step("arrow measure(a: X) -> Loss { far((share (norm >> norm))(a), a) }", "Norm"), []string{"CT0714 norm"}},
		{"shared by rounds", step("arrow measure(a: X) -> Loss { far((share (repeat[2] norm))(a), a) }", "Norm"), []string{"CT0714 norm"}},
		{"handed on twice", step("arrow two(a: X) -> X given (s: R[4], t: R[4], m: R[4] running, v: R[4] running) { norm(norm(a given { scale: s, shift: t, mean: m, variance: v }) given { scale: s, shift: t, mean: m, variance: v }) }\narrow measure(a: X) -> Loss given Two { far(two(a), a) }", "Two"), []string{"CT0714 norm"}},
		{"under a map", step("arrow measure: (X * X) ^ 3 -> Loss = map[3] (norm * id >> far) >> total", "Norm"), []string{"CT0714 map[3] (norm * id >> far)"}},
		{"under a map in a gradient", base + "arrow measure: (X * X) ^ 3 -> Loss = map[3] (norm * id >> far) >> total\narrow slope = grad measure", []string{"CT0714 map[3] (norm * id >> far)"}},
	})
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
