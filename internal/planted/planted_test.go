package planted

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// faults are changes to one file each, and the tests that have to notice. The
// sources stay as they are: the compiler is told to read others in their place.
var faults = []struct{ title, file, old, new, pkg, run string }{
	{"a product loses its last term", "runtime/kernel/columns.go",
		"m: rows, n: to - from, k: i, aRow: i", "m: rows, n: to - from, k: max(i-1, 1), aRow: i",
		"./runtime/kernel", "ColumnsInParts"},
	{"partial sums start anew", "runtime/kernel/product.go",
		"if k > 0 {\n\t\t\t\t\tp.part = &part[0]", "if k > 1<<30 {\n\t\t\t\t\tp.part = &part[0]",
		"./runtime/kernel", "Large"},
	{"what is kept is not scaled", "runtime/kernel/gemm_into.go",
		"kept = keep * y[i]", "kept = y[i]",
		"./generated/wdbc", "StepTrainer"},
	{"a squared error without its factor", "runtime/kernel/squared.go",
		"step, from, to := 2*d/by", "step, from, to := d/by",
		"./runtime/kernel", "."},
	{"Adam's second moment is not corrected", "runtime/kernel/optimizers.go",
		"1 / (1 - power(float64(beta2), count[0]))", "1 / (1 - power(float64(beta2), count[0]+1))",
		"./runtime/kernel", "."},
	{"softmax without its greatest score", "runtime/kernel/softmax.go",
		"e := T(math.Exp(float64(v - greatest)))", "e := T(math.Exp(float64(v)))",
		"./runtime/kernel", "."},
	{"a second contribution replaces the first", "gen/plan/fuse.go",
		"line.Add = &Add{constant(1), constant(1)}", "line.Add = &Add{constant(0), constant(1)}",
		"./gen/plan", "Stored|FanOut|Random|Follow"},
	{"gradient descent climbs", "gen/plan/fuse.go",
		"op.Add = &Add{f.state, f.gradient}", "op.Add = &Add{f.state, f.state}",
		"./gen/plan", "Steps|Gradient|Agree|Stored"},
	{"workers do not wait for what all read", "gen/plan/share.go",
		"if a.all || b.all || a.share != b.share {\n\t\treturn true", "if a.all || b.all || a.share != b.share {\n\t\treturn false",
		"./gen/plan", "Workers"},
	{"inputs count as own columns", "gen/plan/columns.go",
		"ok = ok && plain && v.Var == line.Index[len(line.Index)-1]", "ok = ok && plain && v.Var != \"\"",
		"./gen/plan", "Workers|Wide"},
	{"results overwrite what is read elsewhere", "gen/plan/inplace.go",
		"ok = ok && i < len(line.Index) && plain && v.Var == line.Index[i]", "ok = ok && (i < len(line.Index) || plain || v != nil)",
		"./gen/plan", "InPlace"},
	{"the mean loses its 1/n", "gen/plan/reverse.go",
		"Kind: FillMean, Number: 1,", "Kind: FillMean, Number: 2,",
		"./gen/plan", "Steps|Gradient|Agree|Stored"},
	{"a later contribution overwrites the first", "gen/plan/cotangents.go",
		"c.spans = append(c.spans, here)\n\t\treturn target, func() {}\n\t}\n\tt := r.p.Values[target]", "c.spans = append(c.spans, here)\n\t\treturn target, func() {}\n\t}\n\tif true {\n\t\treturn target, func() {}\n\t}\n\tt := r.p.Values[target]",
		"./gen/plan", "Steps|Gradient|Agree|Stored"},
}

// TestFaultsAreNoticed plants one fault after another.
func TestFaultsAreNoticed(t *testing.T) {
	faults := faults
	if os.Getenv("CTGEN_FULL") == "" {
		t.Skip("compiles and tests the module once for each fault; set CTGEN_FULL")
	}
	require.GreaterOrEqual(t, len(faults), 10)
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	for _, f := range faults {
		t.Run(f.title, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(root, filepath.FromSlash(f.file))
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, 1, strings.Count(string(text), f.old), "the line to spoil is gone, or there are two")
			dir := t.TempDir()
			spoilt, overlay := filepath.Join(dir, "spoilt.go"), filepath.Join(dir, "overlay.json")
			require.NoError(t, os.WriteFile(spoilt, []byte(strings.Replace(string(text), f.old, f.new, 1)), 0o644))
			list, err := json.Marshal(map[string]map[string]string{"Replace": {path: spoilt}})
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(overlay, list, 0o644))
			cmd := exec.Command("go", "test", "-vet=off", "-short", "-failfast", "-count=1", "-overlay", overlay, "-run", f.run, f.pkg)
			cmd.Dir, cmd.Env = root, append(os.Environ(), "CTGEN_FULL=")
			out, err := cmd.CombinedOutput()
			require.Error(t, err, "nobody noticed")
			require.NotContains(t, string(out), "[build failed]")
			require.Contains(t, string(out), "FAIL")
		})
	}
}
