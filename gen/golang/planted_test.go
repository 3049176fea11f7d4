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
	{"a law of the spec", "../../specs/neuron.cat",
		"kernel.Logit(logit, in[0].Real, 1, 1)", "kernel.Tanh(logit, in[0].Real, 1, 1)",
		"law odds: std.logit >> sigmoid = id[Probability] does not hold"},
	{"what lies behind a cut is another arrow", "../../specs/neuron.cat",
		"kernel.Sigmoid(out[0].Real, in[3].Real, 1, 1)", "kernel.Tanh(out[0].Real, in[3].Real, 1, 1)",
		"of predict >> rest = predict does not hold"},
	{"an identity that is none", "../../specs/neuron.cat",
		"copy(out[0].Real, in[0].Real) // id\n\t\t\t}(in, between)", "copy(out[0].Real[1:], in[0].Real) // id\n\t\t\t}(in, between)",
		"law id >> predict = predict: id >> predict = predict does not hold"},
	{"a copy that is another value", "../../specs/neuron.cat",
		"kernel.AffineSigmoid(out[1].Real, in[0].Real, in[1].Real,", "kernel.AffineSigmoid(out[1].Real, in[1].Real, in[1].Real,",
		"copy >> predict * predict = predict >> copy does not hold exactly"},
	{"a part of the state is not saved", "../../specs/digits.cat",
		"	runtime.Turn(runtime.Flat(&s.Mean.Layer1.Weight), t.plan.meanLayer1Weight, 64, 64)\n", "",
		"2 steps and 3 after loading what was saved give another state"},
	{"workers do not wait for each other", "../../specs/digits.cat",
		"w.Wait()", "w.First()",
		"depends on the number of workers"},
	{"a step is another one than the spec's", "../../specs/wdbc.cat",
		"p.n, 1, 30, 1, 1, -0.1, from, to)", "p.n, 1, 30, 1, 1, -0.2, from, to)",
		"the trainer's plan is"},
	{"a predictor forgets the bias", "../../specs/wdbc.cat",
		"kernel.AffineTransposed(logit, features, p.weight, p.bias, m, 1, 30, 1) // affine", "kernel.AffineTransposed(logit, features, p.weight, make([]T, 1), m, 1, 30, 1) // affine",
		"by the arrow and"},
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
	t.Parallel()
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
			require.Contains(t, out.String(), "--- FAIL: Test")
			require.Contains(t, out.String(), f.fails)
		})
	}
}
