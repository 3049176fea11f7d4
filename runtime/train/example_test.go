package train_test

import (
	"context"
	_ "embed"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

//go:embed testdata/points.safetensors
var weights []byte

// Train, save, embed and predict one row. What a generated package offers is
// what package tiny offers here.
func Example() {
	model, report, err := tiny.Fit(context.Background(), train.Data("testdata/points.csv"), train.Epochs(20))
	if err != nil {
		log.Fatal(err)
	}
	path := filepath.Join(os.TempDir(), "points.safetensors")
	defer os.Remove(path)
	if err := model.Save(path); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("held-out accuracy %.2f\n", report.Validation.Metrics[0].Value)

	// In another program, from the bytes that //go:embed put into weights:
	model, err = tiny.LoadFit(weights)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.1f\n", model.Neuron.Predict(model.Prepare([2]float32{12, 6})))
	// Output:
	// held-out accuracy 0.90
	// 1.0
}

// The embedded file is what the example's training saves.
func TestEmbeddedModel(t *testing.T) {
	model, _, err := tiny.Fit(context.Background(), train.Data("testdata/points.csv"), train.Epochs(20))
	require.NoError(t, err)
	if *update {
		require.NoError(t, model.Save("testdata/points.safetensors"))
		return
	}
	embedded, err := tiny.LoadFit(weights)
	require.NoError(t, err)
	require.InDeltaSlice(t, model.Neuron.Weight[:], embedded.Neuron.Weight[:], 1e-5)
	require.Equal(t, model.Prepare([2]float32{1, 2}), embedded.Prepare([2]float32{1, 2}))
}

// A file of another model is refused by name.
func TestLoadModelRefuses(t *testing.T) {
	_, err := tiny.LoadFit(weights[:20])
	require.ErrorContains(t, err, "the file is cut off")
	_, err = tiny.LoadFit([]byte("\x02\x00\x00\x00\x00\x00\x00\x00{}"))
	require.EqualError(t, err, `the file does not fit this model:
  weight (Neuron.weight): missing
  bias (Neuron.bias): missing
  points.Point.mean, points.Point.deviation (Point): missing, or no means and deviations of 2 columns`)
}

// The model that a whole training saves loads as well as the one that Save
// writes: optimizer state is left aside.
func TestLoadModelFromTraining(t *testing.T) {
	path := points(t, 40)
	file := filepath.Join(t.TempDir(), "m.safetensors")
	model, _, err := tiny.Fit(context.Background(), train.Data(path), train.SaveTo(file))
	require.NoError(t, err)
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	loaded, err := tiny.LoadFit(b)
	require.NoError(t, err)
	require.Equal(t, model, loaded)
}

const predictor = `package main

import (
	_ "embed"
	"os"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

//go:embed points.safetensors
var weights []byte

func main() {
	model, err := tiny.LoadFit(weights)
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
	p := model.Neuron.Predict(model.Prepare([2]float32{12, 6}))
	os.Stdout.WriteString(strconv.FormatFloat(float64(p), 'f', 1, 32) + "\n")
}
`

// A program that embeds a model and predicts is small: it links neither the
// engine nor what reads data.
func TestPredictorSize(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	dir, err := os.MkdirTemp("internal", "_predictor")
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(predictor), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "points.safetensors"), weights, 0o600))
	bin := filepath.Join(t.TempDir(), "predictor")
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", bin, "./"+filepath.ToSlash(dir))
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	info, err := os.Stat(bin)
	require.NoError(t, err)
	require.Less(t, info.Size(), int64(3<<20))
	t.Logf("%d bytes", info.Size())
	said, err := exec.Command(bin).Output()
	require.NoError(t, err)
	require.Equal(t, "1.0", strings.TrimSpace(string(said)))
}

// Nothing that runs at users' machines pulls in a network stack.
func TestLightDependencies(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	require.NoError(t, err)
	for _, heavy := range []string{"net/http", "net", "encoding/json", "github.com/stretchr/testify"} {
		require.NotContains(t, strings.Split(string(out), "\n"), heavy)
	}
}
