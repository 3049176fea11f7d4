package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"math"
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

// TestHeldOutAccuracy trains the example specs on their data, from ten seeds, of
// which the short form takes three.
func TestHeldOutAccuracy(t *testing.T) {
	cacheIn(t)
	seeds := 3
	if os.Getenv("CTGEN_FULL") != "" {
		seeds = 10
	}
	for _, tt := range []struct {
		spec        string
		mean, least float64
	}{
		{"wdbc.cat", 0.97, 0.93},
		{"digits.cat", 0.97, 0.95},
	} {
		t.Run(tt.spec, func(t *testing.T) {
			sum, least := 0.0, 1.0
			for seed := 1; seed <= seeds; seed++ {
				a := train(t, "--seed", strconv.Itoa(seed), filepath.Join("..", "..", "specs", tt.spec)).Validation["accuracy"]
				sum += a
				least = min(least, a)
			}
			t.Logf("mean %.4f, least %.4f", sum/float64(seeds), least)
			require.GreaterOrEqual(t, sum/float64(seeds), tt.mean)
			require.GreaterOrEqual(t, least, tt.least)
		})
	}
}

// TestRecurrentEchoes: the cell carries a bit through five more steps, in words
// that it has not seen, from whatever start.
func TestRecurrentEchoes(t *testing.T) {
	cacheIn(t)
	seeds := 2
	if os.Getenv("CTGEN_FULL") != "" {
		seeds = 10
	}
	for seed := 1; seed <= seeds; seed++ {
		d := train(t, "--seed", strconv.Itoa(seed), filepath.Join("..", "..", "specs", "recurrent.cat"))
		require.Equal(t, 1.0, d.Validation["accuracy"], "seed %d", seed)
		require.Less(t, d.Loss, 0.01, "seed %d", seed)
	}
}

// TestAutoencoderNearsPrincipalComponents trains on all images. A linear code of
// eight numbers can do no better than the first eight principal components.
func TestAutoencoderNearsPrincipalComponents(t *testing.T) {
	if os.Getenv("CTGEN_FULL") == "" {
		t.Skip("compiles and trains: CTGEN_FULL runs it")
	}
	cacheIn(t)
	text, err := os.ReadFile("../../specs/autoencoder.cat")
	require.NoError(t, err)
	all := strings.Replace(string(text), "    split: 80 / 20\n", "", 1)
	require.NotContains(t, all, "split")
	spec := filepath.Join(t.TempDir(), "autoencoder.cat")
	require.NoError(t, os.WriteFile(spec, []byte(all), 0o644))
	got := train(t, "--data", "../../specs/digits.csv.gz", "--epochs", "200", spec).Loss

	best := leftOver(t, "../../specs/digits.csv.gz", 64, 8)
	t.Logf("autoencoder %.5f, principal components %.5f", got, best)
	require.InDelta(t, 0.02391, best, 1e-5)
	require.Less(t, got, 1.05*best)
	require.Greater(t, got, 0.999*best, "the mean over an epoch cannot be below the least error there is")
}

// leftOver is the mean squared error that k principal components leave of the
// first n columns, divided by 16: what of the variance lies outside of the space
// that repeated multiplication by the covariance turns k vectors into.
func leftOver(t *testing.T, path string, n, k int) float64 {
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	records, err := csv.NewReader(z).ReadAll()
	require.NoError(t, err)
	mean := make([]float64, n)
	rows := make([][]float64, len(records))
	for i, record := range records {
		rows[i] = make([]float64, n)
		for j := range n {
			v, err := strconv.ParseFloat(record[j], 64)
			require.NoError(t, err)
			rows[i][j] = v / 16
			mean[j] += v / 16 / float64(len(records))
		}
	}
	cov := make([][]float64, n)
	total := 0.0
	for i := range cov {
		cov[i] = make([]float64, n)
		for j := range n {
			for _, row := range rows {
				cov[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / float64(len(rows))
			}
		}
		total += cov[i][i]
	}
	basis := make([][]float64, k)
	for c := range basis {
		basis[c] = make([]float64, n)
		for i := range n {
			basis[c][i] = math.Sin(float64(1 + c + i*(c+2)))
		}
	}
	kept := 0.0
	for range 500 {
		kept = 0
		for c, v := range basis {
			next := make([]float64, n)
			for i := range n {
				next[i] = dot(cov[i], v)
			}
			kept += dot(next, v)
			for _, before := range basis[:c] {
				along := dot(next, before)
				for i := range next {
					next[i] -= along * before[i]
				}
			}
			length := math.Sqrt(dot(next, next))
			for i := range next {
				next[i] /= length
			}
			basis[c] = next
		}
	}
	return (total - kept) / float64(n)
}

func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
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
