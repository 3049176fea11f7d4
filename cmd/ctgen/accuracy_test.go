package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
)

// done is the last line of `train --json`.
type done struct {
	Event      string
	Loss       float64
	Metrics    map[string]float64
	Validation map[string]float64
}

func train(t *testing.T, args ...string) done {
	var stdout, stderr bytes.Buffer
	code := run(strings.NewReader(""), &stdout, &stderr, append([]string{"train", "--json"}, args...))
	require.Zero(t, code, stderr.String())
	lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
	var d done
	require.NoError(t, json.Unmarshal([]byte(lines[len(lines)-1]), &d))
	require.Equal(t, "done", d.Event)
	return d
}

// TestHeldOutAccuracy trains the example specs on their data, from ten seeds.
func TestHeldOutAccuracy(t *testing.T) {
	cacheIn(t)
	for _, tt := range []struct {
		spec        string
		mean, least float64
	}{
		{"wdbc.cat", 0.97, 0.93},
		{"digits.cat", 0.97, 0.95},
	} {
		t.Run(tt.spec, func(t *testing.T) {
			sum, least := 0.0, 1.0
			for seed := 1; seed <= 10; seed++ {
				a := train(t, "--seed", strconv.Itoa(seed), filepath.Join("..", "..", "specs", tt.spec)).Validation["accuracy"]
				sum += a
				least = min(least, a)
			}
			t.Logf("mean %.4f, least %.4f", sum/10, least)
			require.GreaterOrEqual(t, sum/10, tt.mean)
			require.GreaterOrEqual(t, least, tt.least)
		})
	}
}

// TestLogisticRegressionAgrees trains on all rows, full batch, until it has
// converged: the coefficients are those of scikit-learn's LogisticRegression
// with C = 1 on features standardized by the population deviation.
func TestLogisticRegressionAgrees(t *testing.T) {
	cacheIn(t)
	text, err := os.ReadFile("../../specs/wdbc.cat")
	require.NoError(t, err)
	all := strings.NewReplacer(
		"    split:     80 / 20\n", "",
		"sgd(rate: 0.1, l2: 1e-3)", "sgd(rate: 0.5, l2: 1/569)",
	).Replace(string(text))
	require.NotContains(t, all, "split")
	require.Contains(t, all, "1/569")
	dir := t.TempDir()
	spec, model := filepath.Join(dir, "wdbc.cat"), filepath.Join(dir, "wdbc.safetensors")
	require.NoError(t, os.WriteFile(spec, []byte(all), 0o644))

	d := train(t, "--batch", "0", "--epochs", "30000", "--data", "../../specs/breast_cancer.csv", "--save", model, spec)
	require.InDelta(t, 0.98770, d.Metrics["accuracy"], 1e-5)

	f, err := checkpoint.Open(model)
	require.NoError(t, err)
	weight, bias := make([]float32, 30), make([]float32, 1)
	require.NoError(t, f.Without("cohort.").Load([]checkpoint.Tensor{
		{Name: "weight", Shape: []int{30}, F32: weight},
		{Name: "bias", F32: bias},
	}))
	for i, want := range []float64{-.3632, -.3877, -.3511, -.4356, -.1618} {
		require.InDelta(t, want, weight[i], 1e-3, "coefficient %d", i+1)
	}
	require.InDelta(t, .2146, bias[0], 1e-3, "intercept")
}
