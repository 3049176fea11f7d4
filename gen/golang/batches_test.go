package golang_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/gen/golang"
	"github.com/ctgen-lang/ctgen/internal/agree"
)

// batchStep is an endo from X * D, and the Go type of its state.
type batchStep struct{ arrow, state string }

// batchMain trains on batches read from its input and prints the state after
// each, for so many threads and parts of so many examples.
const batchMain = `package main

import (
	"encoding/json"
	"os"
	"reflect"

	"github.com/ctgen-lang/ctgen/internal/agree"
	"github.com/ctgen-lang/ctgen/runtime"
	spec %[1]q
)

func main() {
	var call struct {
		State          []float64
		Batches        [][][]float64
		Threads, Parts int
	}
	if err := json.NewDecoder(os.Stdin).Decode(&call); err != nil {
		panic(err)
	}
	var s spec.%[2]s
	agree.Fill(reflect.ValueOf(&s).Elem(), call.State)
	options := []runtime.TrainerOption{runtime.Threads(call.Threads)}
	if call.Parts > 0 {
		options = append(options, runtime.MicroBatch(call.Parts))
	}
	t, err := spec.New%[3]sTrainer(&s, 16, options...)
	if err != nil {
		panic(err)
	}
	for _, b := range call.Batches {
		xs, ds := make([]spec.X, len(b)), make([]spec.D, len(b))
		for i, e := range b {
			agree.Fill(reflect.ValueOf(&ds[i]).Elem(), agree.Fill(reflect.ValueOf(&xs[i]).Elem(), e))
		}
		if _, err := t.Step(xs, ds); err != nil {
			panic(err)
		}
		if err := json.NewEncoder(os.Stdout).Encode(agree.Numbers(nil, reflect.ValueOf(t.State()).Elem())); err != nil {
			panic(err)
		}
	}
}
`

// requireBatches holds compiled steps on batches of several sizes, as a whole
// (0) or in parts of so many examples, against the interpreter's states, and
// asks for the same bits for any number of threads.
func requireBatches(t *testing.T, name, spec string, steps []batchStep, parts []int) {
	c := load(t, name+".cat", spec)
	dir, err := os.MkdirTemp("testdata", "run")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	files, _, err := golang.Generate(c, golang.Options{})
	require.NoError(t, err)
	require.NoError(t, os.Mkdir(filepath.Join(dir, name), 0o777))
	for _, f := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name, f.Name), f.Content, 0o666))
	}
	path := "github.com/ctgen-lang/ctgen/gen/golang/" + filepath.ToSlash(filepath.Join(dir, name))
	for _, tt := range steps {
		var endo *category.Arrow
		for _, a := range c.Arrows {
			if a.Name == tt.arrow {
				endo = a
			}
		}
		main := filepath.Join(dir, tt.arrow)
		require.NoError(t, os.Mkdir(main, 0o777))
		text := fmt.Sprintf(batchMain, path, tt.state, category.Exported(tt.arrow))
		require.NoError(t, os.WriteFile(filepath.Join(main, "main.go"), []byte(text), 0o666))
		bin := filepath.Join(dir, tt.arrow+".exe")
		out, err := exec.Command("go", "build", "-ldflags=-w", "-o", bin, "./"+filepath.ToSlash(main)).CombinedOutput()
		require.NoError(t, err, "%s", out)

		r := rand.New(rand.NewSource(1))
		state := agree.DrawValue(r, endo.State)
		value, err := eval.Unflat(endo.State, state)
		require.NoError(t, err)
		call := map[string]any{"State": state}
		var batches [][][]float64
		var want [][]float64
		for _, n := range []int{7, 16, 1, 3} {
			var batch [][]float64
			var ins [][]eval.Value
			for range n {
				var numbers []float64
				var in []eval.Value
				for _, f := range endo.Dom.Factors() {
					at := agree.DrawValue(r, f)
					v, err := eval.Unflat(f, at)
					require.NoError(t, err)
					numbers, in = append(numbers, at...), append(in, v)
				}
				batch, ins = append(batch, numbers), append(ins, in)
			}
			batches = append(batches, batch)
			outs, err := eval.New(c).RunBatch(endo.Diagram, ins, value, nil)
			require.NoError(t, err)
			value = outs[n-1][0]
			want = append(want, value.Flat())
		}
		call["Batches"] = batches
		for _, size := range parts {
			call["Parts"] = size
			var first []byte
			for _, threads := range []int{1, 2, 3, 5} {
				call["Threads"] = threads
				in, err := json.Marshal(call)
				require.NoError(t, err)
				cmd := exec.Command(bin)
				cmd.Stdin = bytes.NewReader(in)
				out, err := cmd.Output()
				require.NoError(t, err, tt.arrow)
				if first == nil {
					first = out
				}
				require.Equal(t, string(first), string(out), "%s, %d threads, parts of %d", tt.arrow, threads, size)
			}
			var got [][]float64
			for _, line := range bytes.Split(bytes.TrimSpace(first), []byte("\n")) {
				var numbers []float64
				require.NoError(t, json.Unmarshal(line, &numbers))
				got = append(got, numbers)
			}
			require.Len(t, got, len(want))
			for i := range want {
				require.LessOrEqual(t, agree.Distance(got[i], want[i]), compiledTolerance, "%s in parts of %d, after step %d", tt.arrow, size, i+1)
			}
		}
	}
}
