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

// normSpec normalizes images by channel, again in a repetition, and features,
// and moves on by two optimizers.
const normSpec = `category normed
object X = R[2, 4, 3]
object H = R[3, 4, 3]
object Y = R[5]
object D = Fin[5]
object L = R in [0, inf)
object Filter   = { weight: R[3, 2, 1, 1], bias: R[3] }
object Same     = { weight: R[3, 3, 1, 1], bias: R[3] }
object Channels = { scale: R[3], shift: R[3], mean: R[3] running, variance: R[3] running }
object Features = { scale: R[5], shift: R[5], mean: R[5] running, variance: R[5] running }
object Head     = { weight: R[5, 36], bias: R[5] }
object Flat     = R[36]
arrow filter: X -> H given Filter = std.conv2d
arrow same: H -> H given Same = std.conv2d
arrow channels: H -> H given Channels = std.batch_norm2d(momentum: 0.3)
arrow features: Y -> Y given Features = std.batch_norm
arrow bend: H -> H = std.tanh
arrow flat: H -> Flat = std.flatten
arrow head: Flat -> Y given Head = std.affine
arrow nll: Y * D -> L = std.softmax_cross_entropy
arrow predict: X -> Y given Net = filter >> channels >> bend >> repeat[2] (same >> channels >> bend) >> flat >> head >> features
arrow measure = predict * id >> nll
endo step on Adam[Net] = grad measure >> adam(rate: 0.01, epsilon: 0.01)
endo plain on Net = grad measure >> sgd(rate: 0.1)
`

// normMain trains on batches read from its input and prints the state after
// each, for so many threads.
const normMain = `package main

import (
	"encoding/json"
	"os"
	"reflect"

	"github.com/ctgen-lang/ctgen/internal/agree"
	"github.com/ctgen-lang/ctgen/runtime"
	%[1]q
)

func main() {
	var call struct {
		State   []float64
		Batches [][][]float64
		Threads int
	}
	if err := json.NewDecoder(os.Stdin).Decode(&call); err != nil {
		panic(err)
	}
	var s normed.%[2]s
	agree.Fill(reflect.ValueOf(&s).Elem(), call.State)
	t, err := normed.New%[3]sTrainer(&s, 16, runtime.Threads(call.Threads))
	if err != nil {
		panic(err)
	}
	for _, b := range call.Batches {
		xs, ds := make([]normed.X, len(b)), make([]normed.D, len(b))
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

// Compiled steps on batches of several sizes give the interpreter's states,
// running statistics included, and the same bits for any number of threads.
func TestBatchNormSteps(t *testing.T) {
	t.Parallel()
	c := load(t, "normed.cat", normSpec)
	dir, err := os.MkdirTemp("testdata", "run")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	files, _, err := golang.Generate(c, golang.Options{})
	require.NoError(t, err)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "normed"), 0o777))
	for _, f := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "normed", f.Name), f.Content, 0o666))
	}
	path := "github.com/ctgen-lang/ctgen/gen/golang/" + filepath.ToSlash(filepath.Join(dir, "normed"))
	for _, tt := range []struct{ arrow, state string }{{"step", "NetAdam"}, {"plain", "Net"}} {
		var endo *category.Arrow
		for _, a := range c.Arrows {
			if a.Name == tt.arrow {
				endo = a
			}
		}
		main := filepath.Join(dir, tt.arrow)
		require.NoError(t, os.Mkdir(main, 0o777))
		text := fmt.Sprintf(normMain, path, tt.state, category.Exported(tt.arrow))
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
		var first []byte
		for _, threads := range []int{1, 2, 3, 5} {
			call["Threads"] = threads
			in, err := json.Marshal(call)
			require.NoError(t, err)
			cmd := exec.Command(bin)
			pipe, err := cmd.StdinPipe()
			require.NoError(t, err)
			go func() { pipe.Write(in); pipe.Close() }()
			out, err := cmd.Output()
			require.NoError(t, err, tt.arrow)
			if first == nil {
				first = out
			}
			require.Equal(t, string(first), string(out), "%s, %d threads", tt.arrow, threads)
		}
		var got [][]float64
		for _, line := range bytes.Split(bytes.TrimSpace(first), []byte("\n")) {
			var numbers []float64
			require.NoError(t, json.Unmarshal(line, &numbers))
			got = append(got, numbers)
		}
		require.Len(t, got, len(want))
		for i := range want {
			require.LessOrEqual(t, agree.Distance(got[i], want[i]), compiledTolerance, "%s, after step %d", tt.arrow, i+1)
		}
	}
}
