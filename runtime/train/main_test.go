package train_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

func call(p *train.Program, args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = train.Main(p, args, &out, &err)
	return code, out.String(), err.String()
}

func TestMainUsage(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"--epochs many", `ctgen train: invalid value "many" for flag -epochs: want a whole number from 0`},
		{"--epochs -1", `ctgen train: invalid value "-1" for flag -epochs: want a whole number from 0`},
		{"--threads 0", `ctgen train: invalid value "0" for flag -threads: want a whole number from 1`},
		{"--batch 99999999999", `ctgen train: invalid value "99999999999" for flag -batch: want a whole number from 0`},
		{"--seed -3", `ctgen train: invalid value "-3" for flag -seed: want a whole number from 0`},
		{"--data=", `ctgen train: invalid value "" for flag -data: the path is empty`},
		{"--speed 3", `ctgen train: flag provided but not defined: -speed`},
		{"--save", `ctgen train: flag needs an argument: -save`},
		{"fit", `ctgen train: "fit" is one argument too many`},
	} {
		code, stdout, stderr := call(tiny.FitProgram(), strings.Fields(c.args)...)
		require.Equal(t, 2, code)
		require.Empty(t, stdout)
		first, rest, _ := strings.Cut(stderr, "\n")
		require.Equal(t, c.want, first)
		require.True(t, strings.HasPrefix(rest, "usage: "))
	}
	code, stdout, stderr := call(tiny.FitProgram(), "--help")
	require.Zero(t, code)
	require.Contains(t, stdout, "--resume FILE")
	require.Empty(t, stderr)
}

func TestMainFiles(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.csv")
	require.NoError(t, os.WriteFile(bad, []byte("1,2,0\n3,4,maybe\n"), 0o600))
	code, stdout, stderr := call(tiny.FitProgram(), "--data", bad)
	require.Equal(t, 2, code)
	require.Empty(t, stdout)
	require.Equal(t, "ctgen train: "+bad+":2: column 3 (Label): \"maybe\" is not a number\n", stderr)
}

func TestMainTrains(t *testing.T) {
	path := points(t, 40)
	file := filepath.Join(t.TempDir(), "m.safetensors")
	code, stdout, stderr := call(tiny.FitProgram(), "--data", path, "--epochs", "3", "--save", file, "--threads", "2")
	require.Zero(t, code, stderr)
	require.Equal(t, 3, strings.Count(stdout, "\n"), "a line for each epoch")
	require.Contains(t, stderr, "saved to "+file)

	code, stdout, _ = call(tiny.FitProgram(), "--data", path, "--epochs=4", "--resume", file, "--json")
	require.Zero(t, code)
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	require.Len(t, lines, 2)
	for i, event := range []string{"epoch", "done"} {
		var line map[string]any
		require.NoError(t, json.Unmarshal([]byte(lines[i]), &line))
		require.Equal(t, event, line["event"])
		require.Equal(t, 4.0, line["epoch"])
		require.Equal(t, 16.0, line["step"])
	}
	code, stdout, _ = call(tiny.FitProgram(), "--data", path, "--epochs", "0")
	require.Zero(t, code)
	require.True(t, strings.HasPrefix(stdout, "epoch 0/0  loss 0."))
}

func TestMainDiverged(t *testing.T) {
	p := tiny.FitProgram()
	p.New = func(capacity, _ int) (train.Instance, error) {
		return &broken{Instance: tinyInstance(capacity)}, nil
	}
	code, _, stderr := call(p, "--data", points(t, 40))
	require.Equal(t, 1, code)
	require.Contains(t, stderr, "ctgen train: the loss is not a finite number at step 3")
}

// signalled interrupts its own process at its fifth step.
type signalled struct {
	*tiny.Instance
	steps *int
}

func (s signalled) Step(b *data.Batch) float32 {
	if *s.steps++; *s.steps == 5 {
		self, _ := os.FindProcess(os.Getpid())
		_ = self.Signal(os.Interrupt)
	}
	return s.Instance.Step(b)
}

// An interrupt ends the run after a whole step, saved and in good order; the
// resumed run is the one that was never interrupted.
func TestMainInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot interrupt itself")
	}
	path := points(t, 40)
	file := filepath.Join(t.TempDir(), "m.safetensors")
	steps := 0
	p := tiny.FitProgram()
	p.New = func(capacity, _ int) (train.Instance, error) {
		return signalled{tinyInstance(capacity), &steps}, nil
	}
	code, stdout, stderr := call(p, "--data", path, "--epochs", "1000000", "--save", file)
	require.Zero(t, code)
	require.Contains(t, stderr, "interrupted after epoch ")
	require.Contains(t, stderr, "saved to "+file)
	require.GreaterOrEqual(t, steps, 5)
	epochs := len(strings.Split(strings.TrimSpace(stdout), "\n"))
	require.Positive(t, epochs)

	total := (steps + 3) / 4 // epochs of four steps that are under way
	resumed := run(t, train.Data(path), train.ResumeFrom(file), train.Epochs(total))
	require.Equal(t, bits(t, run(t, train.Data(path), train.Epochs(total)).Instance), bits(t, resumed.Instance))
}
