package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

// TestPredictor builds a static program that holds the wdbc model, keeps it
// small, and lets it tell the samples of the data apart.
func TestPredictor(t *testing.T) {
	cacheIn(t)
	if *update {
		// Vectors round otherwise: the file must not depend on who updates it.
		t.Setenv(kernel.Variable, "portable")
		trained := filepath.Join(t.TempDir(), "wdbc.safetensors") // a save beside the old file would keep that too
		train(t, "--save", trained, "../../specs/wdbc.cat")
		file, err := os.ReadFile(trained)
		require.NoError(t, err)
		for _, program := range []string{"predictor", "service"} { // each embeds its own
			require.NoError(t, os.WriteFile(filepath.Join("testdata", program, "wdbc.safetensors"), file, 0o644))
		}
	}
	bin := filepath.Join(t.TempDir(), "predictor.exe")
	cmd := exec.Command("go", "build", "-ldflags=-s -w", "-o", bin, "./testdata/predictor")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	info, err := os.Stat(bin)
	require.NoError(t, err)
	t.Logf("%d bytes", info.Size())
	require.LessOrEqual(t, info.Size(), int64(3<<20))

	data, err := os.ReadFile("../../specs/breast_cancer.csv")
	require.NoError(t, err)
	rows := strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
	right := 0
	for _, row := range rows[:40] {
		cells := strings.Split(strings.TrimSpace(row), ",")
		out, err := exec.Command(bin, cells[:30]...).Output()
		require.NoError(t, err)
		p, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
		require.NoError(t, err)
		if (p > 0.5) == (cells[30] == "1") {
			right++
		}
	}
	require.GreaterOrEqual(t, right, 37)
	require.Error(t, exec.Command(bin, "1", "2").Run(), "a row of two features")
}
