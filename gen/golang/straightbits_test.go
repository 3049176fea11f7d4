package golang_test

import (
	"math/rand"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// straightTargets are what the bits must be alike on. A machine without a
// fused multiply-add comes first; the others have one, which the compiler uses
// wherever the source lets it.
var straightTargets = []struct {
	name   string
	env    []string
	runner string // of programs for another machine
}{
	{"v1", []string{"GOARCH=amd64", "GOAMD64=v1"}, "qemu-x86_64-static"},
	{"v3", []string{"GOARCH=amd64", "GOAMD64=v3"}, "qemu-x86_64-static"},
	{"arm64", []string{"GOARCH=arm64"}, "qemu-aarch64-static"},
}

// TestStraightBits runs the same epochs, and the functions of package scalar,
// compiled for several machines. Straight lines round what they multiply
// before they add it, so none may differ in a bit.
func TestStraightBits(t *testing.T) {
	if os.Getenv("CTGEN_FULL") == "" {
		t.Skip("compiles the standard library for each of three machines: only with CTGEN_FULL=1")
	}
	steps := straightSteps(t, straightSpecs...)
	for i := range steps {
		steps[i].alone = true
	}
	dir := straightProgram(t, steps)
	runs := drawnRuns(rand.New(rand.NewSource(5)), steps, 3)
	const functions, count = 15, 4000
	args := [][]float64{nil}
	r := rand.New(rand.NewSource(6))
	for range count {
		args[0] = append(args[0], float64(float32(r.NormFloat64()*30)))
	}
	for range functions {
		args = append(args, make([]float64, count))
	}
	runs = append(runs, straightRun{"functions", "straight", count, 1, args})
	var want []string
	var from string
	for _, target := range straightTargets {
		bin := buildStraight(t, dir, target.name, target.env...)
		command := []string{bin}
		if !strings.HasSuffix(target.env[0], runtime.GOARCH) {
			runner, err := exec.LookPath(target.runner)
			if err != nil {
				t.Logf("%s: skipped: %s", target.name, err)
				continue
			}
			command = []string{runner, bin}
		}
		got, failed := output(t, runs, command...)
		if failed != "" { // this machine's instruction set may be too small
			t.Logf("%s: skipped: %s", target.name, failed)
			continue
		}
		for i, line := range got { // allocations are a program's own matter
			loss, rest, _ := strings.Cut(line, " ")
			_, rest, _ = strings.Cut(rest, ";")
			got[i] = loss + ";" + rest
		}
		if want == nil {
			want, from = got, target.name
			continue
		}
		for i := range got {
			require.Equal(t, want[i], got[i], "%s by %d of %d on %s and %s", runs[i].step, runs[i].batch, runs[i].n, from, target.name)
		}
	}
	require.NotNil(t, want, "no target ran")
}
