package golang_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

// planted are faults in generated code: in the package of a spec, old becomes
// new wherever it stands. The package's own tests must name a law that fails.
var planted = []struct{ title, spec, old, new, fails string }{
	{"a parameter's cotangent is left out", "../../specs/neuron.cat",
		"kernel.AffineDbias(dBias, dLogit, n, 1, 2, 1)", "_ = dBias",
		"derivative by Neuron.bias"},
	{"the weight's cotangent reads the logit itself", "../../specs/wdbc.cat",
		"kernel.AffineDweight(dWeight, features, dLogit,", "kernel.AffineDweight(dWeight, features, loss,",
		"derivative by Neuron.weight"},
	{"the sign of the seed is wrong", "../../specs/digits.cat",
		"kernel.Fill(dLoss, 1/T(n))", "kernel.Fill(dLoss, -1/T(n))",
		"derivative by Network.layer1.weight"},
	{"operands of a reverse line are swapped", "../../specs/digits.cat",
		"kernel.AffineReluDz(affineReluDz, activation, dActivation,", "kernel.AffineReluDz(affineReluDz, dActivation, activation,",
		"derivative by Network.layer1.weight"},
	{"a reverse line is left out", "../../specs/digits.cat",
		"kernel.AffineDx(dActivation, ", "func(...any) {}(dActivation, ",
		"derivative by Network.layer1.weight"},
	{"a second contribution is left out", "testdata/tower.cat",
		"kernel.Accumulate(dStream5, dStream5More)", "_ = dStream5More",
		"derivative by Tower.block"},
	{"a factor of a spec's own reverse line is lost", "testdata/breadth.cat",
		"total += dy[example] * x[example*3+s] * T(", "total += dy[example] * T(",
		"derivative by Deep.soft.weight"},
}

// TestPlantedFaultsFail runs the tests of generated packages with faults.
func TestPlantedFaultsFail(t *testing.T) {
	planted := planted
	if os.Getenv("CTGEN_FULL") == "" {
		planted = planted[:3]
	}
	dir, err := os.MkdirTemp("testdata", "run")
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	for i, f := range planted {
		text, err := os.ReadFile(f.spec)
		require.NoError(t, err)
		files, _, err := golang.Generate(load(t, filepath.Base(f.spec), string(text)), golang.Options{})
		require.NoError(t, err)
		pkg := filepath.Join(dir, fmt.Sprint("planted", i))
		require.NoError(t, os.Mkdir(pkg, 0o777))
		edits := 0
		for _, file := range files {
			edits += strings.Count(string(file.Content), f.old)
			changed := strings.ReplaceAll(string(file.Content), f.old, f.new)
			require.NoError(t, os.WriteFile(filepath.Join(pkg, file.Name), []byte(changed), 0o666))
		}
		require.Positive(t, edits, "%s: the line to spoil is gone", f.title)
	}
	cmd := exec.Command("go", "test", "-vet=off", "-json", "./"+filepath.ToSlash(dir)+"/...")
	stdout, _ := cmd.Output()
	said := map[string]*bytes.Buffer{}
	for d := json.NewDecoder(bytes.NewReader(stdout)); ; {
		var event struct{ Action, Package, ImportPath, Output string }
		if d.Decode(&event) != nil {
			break
		}
		name := filepath.Base(event.Package)
		if said[name] == nil {
			said[name] = &bytes.Buffer{}
		}
		said[name].WriteString(event.Output)
	}
	for i, f := range planted {
		t.Run(f.title, func(t *testing.T) {
			out := said[fmt.Sprint("planted", i)]
			require.NotNil(t, out)
			require.Contains(t, out.String(), "--- FAIL: TestGrad")
			require.Contains(t, out.String(), f.fails)
		})
	}
}
