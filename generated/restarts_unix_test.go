//go:build unix

package generated_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
)

// trainings are the specifications below specs/ that train, by name.
func trainings(t *testing.T) []string {
	declared := regexp.MustCompile(`(?m)^train (\w+)`)
	var names []string
	require.NoError(t, filepath.WalkDir("../specs", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".cat" {
			return err
		}
		text, err := os.ReadFile(path)
		if m := declared.FindSubmatch(text); m != nil {
			require.Equal(t, "fit", string(m[1]), "the driver below runs FitProgram")
			names = append(names, strings.TrimSuffix(filepath.Base(path), ".cat"))
		}
		return err
	}))
	slices.Sort(names)
	require.Greater(t, len(names), 5)
	return names
}

// driver compiles one program that runs any of the trainings.
func driver(t *testing.T, names []string) string {
	var imports, table strings.Builder
	for _, n := range names {
		fmt.Fprintf(&imports, "\t\"github.com/ctgen-lang/ctgen/generated/%s\"\n", n)
		fmt.Fprintf(&table, "\t%q: %s.FitProgram,\n", n, n)
	}
	source := `package main

import (
	"encoding/json"
	"os"

` + imports.String() + `	"github.com/ctgen-lang/ctgen/runtime/train"
)

var programs = map[string]func() *train.Program{
` + table.String() + `}

func main() {
	p := programs[os.Args[1]]()
	if len(os.Args) == 2 {
		p.New = nil
		if err := json.NewEncoder(os.Stdout).Encode(p.Data); err != nil {
			panic(err)
		}
		return
	}
	os.Exit(train.Main(p, os.Args[2:], os.Stdout, os.Stderr))
}
`
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o666))
	bin := filepath.Join(dir, "train")
	out, err := exec.Command("go", "build", "-ldflags=-w", "-o", bin, filepath.Join(dir, "main.go")).CombinedOutput()
	require.NoError(t, err, string(out))
	return bin
}

// fewRows writes a little of a training's data and returns the arguments that
// train on it for some ten steps.
func fewRows(t *testing.T, bin, name string) []string {
	described, err := exec.Command(bin, name).Output()
	require.NoError(t, err)
	var spec struct {
		Format, Path string
		Stride       int
		Rows         data.Rows
		Columns      []struct {
			File, Test string
			Shape      []int
			N          int
		}
	}
	require.NoError(t, json.Unmarshal(described, &spec))
	dir := t.TempDir()
	path := filepath.Join(dir, "rows")
	args := []string{"--data", path, "--epochs", "2", "--batch", "8"}
	if spec.Format == "idx" {
		args[1] = dir
		for _, c := range spec.Columns {
			for _, name := range []string{c.File, c.Test} {
				if name != "" {
					require.NoError(t, os.WriteFile(filepath.Join(dir, name), idxOf(c.Shape, c.N, 48), 0o666))
				}
			}
		}
		return args
	}
	text, err := os.ReadFile(filepath.Join("../specs", filepath.Base(spec.Path)))
	require.NoError(t, err)
	if bytes.HasPrefix(text, []byte{0x1f, 0x8b}) {
		r, err := gzip.NewReader(bytes.NewReader(text))
		require.NoError(t, err)
		var b bytes.Buffer
		_, err = b.ReadFrom(r)
		require.NoError(t, err)
		text = b.Bytes()
	}
	switch {
	case spec.Format == "csv":
		text = []byte(strings.Join(strings.SplitAfter(string(text), "\n")[:48], ""))
	case spec.Rows == data.RowsFixed:
		text = text[:min(len(text), 48*max(1, spec.Stride))]
	default: // a step takes one list
		text = text[:min(len(text), 1000)]
		args = []string{"--data", path, "--epochs", "12"}
	}
	require.NoError(t, os.WriteFile(path, text, 0o666))
	return args
}

// idxOf is an IDX file of n records at random: bytes, or classes below most.
func idxOf(shape []int, most, n int) []byte {
	b := []byte{0, 0, 8, byte(1 + len(shape))}
	size := n
	b = binary.BigEndian.AppendUint32(b, uint32(n))
	for _, d := range shape {
		b = binary.BigEndian.AppendUint32(b, uint32(d))
		size *= d
	}
	if most == 0 {
		most = 256
	}
	r := rand.New(rand.NewPCG(1, uint64(size)))
	for range size {
		b = append(b, byte(r.IntN(most)))
	}
	return b
}

// training is one of the trainings with few rows.
type training struct {
	t         *testing.T
	bin, name string
	args      []string
	dir       string
}

func (tr *training) command(save string, args ...string) *exec.Cmd {
	all := append([]string{tr.name, "--save", filepath.Join(tr.dir, save)}, tr.args...)
	return exec.Command(tr.bin, append(all, args...)...)
}

// whole runs the training without a stop and returns what it saves.
func (tr *training) whole(save string, args ...string) []byte {
	out, err := tr.command(save, args...).CombinedOutput()
	require.NoError(tr.t, err, string(out))
	b, err := os.ReadFile(filepath.Join(tr.dir, save))
	require.NoError(tr.t, err)
	return b
}

// killed runs the training, ends it with a signal after so long, and goes on
// from what it saved, over and over, on other threads each time. It returns
// what the last run saves, how often a run was killed, and how often that was
// in the middle of a save. A training that ends before it was killed so often
// begins anew.
func (tr *training) killed(r *rand.Rand, kills int, longest time.Duration) (file []byte, hit, inSave int) {
	path := filepath.Join(tr.dir, "killed")
	for tries := 0; ; tries++ {
		args := []string{"--save-every", "1", "--threads", []string{"1", "2", "4"}[r.IntN(3)]}
		if _, err := os.Stat(path); err == nil {
			args = append(args, "--resume", path)
		}
		var out bytes.Buffer
		cmd := tr.command("killed", args...)
		cmd.Stdout, cmd.Stderr = &out, &out
		start := time.Now()
		require.NoError(tr.t, cmd.Start())
		if hit < kills {
			require.Less(tr.t, tries, 20*kills, "%s always ends before it is killed", tr.name)
			sig := syscall.SIGKILL
			if r.IntN(5) == 0 {
				sig = syscall.SIGTERM
			}
			timer := time.AfterFunc(longest/8+time.Duration(r.Int64N(int64(longest*7/8))), func() { _ = cmd.Process.Signal(sig) })
			defer timer.Stop()
		}
		err := cmd.Wait()
		var exit *exec.ExitError
		switch ended := strings.Contains(out.String(), "interrupted after"); {
		case errors.As(err, &exit) && exit.ProcessState.Sys().(syscall.WaitStatus).Signaled(), err == nil && ended:
			hit++
		case err != nil:
			tr.t.Fatalf("%s: %s\n%s", tr.name, err, &out)
		case !ended && hit < kills:
			longest = min(longest, time.Since(start)) // the first run may have been slower than most
			require.NoError(tr.t, errors.Join(os.Remove(path), os.Remove(path+checkpoint.Previous)))
		case !ended:
			file, err = os.ReadFile(path)
			require.NoError(tr.t, err)
			left, err := filepath.Glob(path + "*")
			require.NoError(tr.t, err)
			require.ElementsMatch(tr.t, []string{path, path + checkpoint.Previous}, left, "leftovers of killed saves")
			return file, hit, inSave
		}
		require.NotContains(tr.t, out.String(), "***", "a killed save leaves no damaged file")
		left, err := filepath.Glob(path + ".partial*")
		require.NoError(tr.t, err)
		if len(left) > 0 {
			inSave++
		}
		for _, p := range []string{path, path + checkpoint.Previous} {
			if _, err := checkpoint.Open(p); !errors.Is(err, fs.ErrNotExist) {
				require.NoError(tr.t, err)
			}
		}
	}
}

// Every training of the specifications gives the same bits twice, on 1, 2 and 4
// threads, and however often it was killed and resumed; another seed gives
// others.
func TestRestarts(t *testing.T) {
	full := os.Getenv("CTGEN_FULL") != ""
	kills := 1
	if full {
		kills = 20
	}
	names := trainings(t)
	bin := driver(t, names)
	r := rand.New(rand.NewPCG(7, 7))
	allHit, allInSave := 0, 0
	for _, name := range names {
		tr := &training{t: t, bin: bin, name: name, dir: t.TempDir()}
		tr.args = fewRows(t, bin, name)
		start := time.Now()
		whole := tr.whole("whole", "--threads", "1", "--save-every", "1")
		longest := time.Since(start)
		require.Equal(t, whole, tr.whole("again", "--threads", "4"), "%s on 4 threads", name)
		if full {
			require.Equal(t, whole, tr.whole("again", "--threads", "1"), "%s once more", name)
			require.Equal(t, whole, tr.whole("again", "--threads", "2"), "%s on 2 threads", name)
			require.NotEqual(t, whole, tr.whole("other", "--threads", "1", "--seed", "2"), "%s with another seed", name)
		}
		killed, hit, inSave := tr.killed(r, kills, longest)
		require.Equal(t, whole, killed, "%s, killed %d times", name, hit)
		t.Logf("%s: %v a run, killed %d times, %d of them in a save", name, longest.Round(time.Millisecond), hit, inSave)
		allHit += hit
		allInSave += inSave
	}
	t.Logf("killed %d times, %d of them in a save", allHit, allInSave)
	if full {
		require.GreaterOrEqual(t, allHit, 20)
		require.Positive(t, allInSave)
	}
}
