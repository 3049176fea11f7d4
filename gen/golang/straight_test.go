package golang_test

import (
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/golang"
	"github.com/ctgen-lang/ctgen/gen/plan"
	"github.com/ctgen-lang/ctgen/internal/agree"
)

// straightSpecs lists the specs whose endos have a straight form.
var straightSpecs = []string{
	"../../specs/neuron.cat", "../../specs/wdbc.cat", "testdata/tower.cat", "testdata/breadth.cat",
	"../../specs/next_token.cat", "testdata/straight/lists.cat", "testdata/straight/classify.cat", "testdata/straight/regress.cat", "testdata/straight/shapes.cat", "testdata/straight/decay.cat",
}

func straightSteps(t *testing.T, specs ...string) []straightStep {
	var out []straightStep
	for _, path := range specs {
		c := load(t, filepath.Base(path), read(t, path))
		for _, a := range c.Arrows {
			if !a.Endo {
				continue
			}
			files, p, ok, err := golang.Straight(c, a.Name)
			require.NoError(t, err)
			require.True(t, ok, "%s of %s", a.Name, path)
			out = append(out, straightStep{name: c.Name + "_" + a.Name, plan: p, files: files})
		}
	}
	return out
}

// straightBatches are numbers of examples and batch sizes: one by one, all
// whole, a last batch that is smaller, one larger than the data, and sizes
// that are none.
var straightBatches = [][2]int{{5, 1}, {6, 3}, {7, 3}, {9, 8}, {4, 100}, {3, 0}, {3, -2}, {1, 1}, {0, 4}}

// straightLists are lengths of lists, which a step takes whole.
var straightLists = [][2]int{{2, 2}, {3, 3}, {5, 5}, {9, 9}, {40, 40}}

// drawStraight draws the arguments of a step on n examples.
func drawStraight(r *rand.Rand, p *plan.Plan, n int) [][]float64 {
	var out [][]float64
	rows := map[int][][][]float64{} // of a data argument's object: rows of leaves
	for _, a := range p.Args {
		typ := a.Type
		if c := typ.Carrier(); c.Kind == category.List {
			typ = c.Elem
		}
		leaves := typ.Leaves()
		draw := func() [][]float64 {
			all := agree.Draw(r, typ)
			var parts [][]float64
			for i := range leaves {
				parts, all = append(parts, all[:leaves[i].Size()]), all[leaves[i].Size():]
			}
			return parts
		}
		count := 1
		if a.Role == plan.DataArg {
			count = n
		}
		key := int(a.Role)*1000 + a.Index
		for len(rows[key]) < count {
			rows[key] = append(rows[key], draw())
		}
		var arg []float64
		for i := range leaves {
			if fmt.Sprint(leaves[i].Path) == fmt.Sprint(a.Leaf.Path) {
				for _, row := range rows[key][:count] {
					arg = append(arg, row[i]...)
				}
			}
		}
		if a.Role == plan.SettingArg { // a large rate would end in infinity
			arg[0] = float64(float32(0.02 * arg[0]))
		}
		out = append(out, arg)
	}
	return out
}

func drawnRuns(r *rand.Rand, steps []straightStep, draws int) []straightRun {
	var runs []straightRun
	for i := range steps {
		for range draws {
			batches := straightBatches
			if steps[i].plan.List {
				batches = straightLists
			}
			for _, b := range batches {
				runs = append(runs, straightRun{steps[i].name, "straight", b[0], b[1], drawStraight(r, steps[i].plan, b[0])})
			}
		}
	}
	return runs
}

// straightTolerance is how far the float32 state may be from that of the plan
// in float64, relative to the length of a tensor (see agree.Distance), and
// how far from that of the kernels.
const straightTolerance = 1e-4

// TestStraightAgrees runs straight epochs against the kernels that the same
// plan calls, in float32 and in float64.
func TestStraightAgrees(t *testing.T) {
	t.Parallel()
	steps := straightSteps(t, straightSpecs...)
	dir := straightProgram(t, steps)
	out, err := exec.Command("go", "vet", "./"+filepath.ToSlash(dir)+"/...").CombinedOutput()
	require.NoError(t, err, "%s", out)
	bin := buildStraight(t, dir, "native")
	straight := drawnRuns(rand.New(rand.NewSource(3)), steps, 4)
	var runs []straightRun
	for _, s := range straight {
		kernels := s
		if kernels.batch < 1 {
			kernels.batch = 1
		}
		for _, way := range []string{"float32", "float64"} {
			kernels.way = way
			runs = append(runs, kernels)
		}
		runs = append(runs, s)
	}
	lines, failed := output(t, runs, bin)
	require.Empty(t, failed)
	for i, s := range straight {
		t.Run(fmt.Sprintf("%s/%d by %d", s.step, s.n, s.batch), func(t *testing.T) {
			float32s, float64s := parsedResult(t, lines[3*i]), parsedResult(t, lines[3*i+1])
			got := parsedResult(t, lines[3*i+2])
			// Now and then the runtime allocates something in the meantime.
			for try := 0; got.allocations > 0 && try < 3; try++ {
				again, failed := output(t, []straightRun{s}, bin)
				require.Empty(t, failed)
				got = parsedResult(t, again[0])
			}
			require.Zero(t, got.allocations)
			if s.n > 0 {
				require.InDelta(t, float64s.loss, got.loss, straightTolerance*(1+float64s.loss))
			}
			for k := range s.args {
				require.LessOrEqual(t, agree.Distance(got.args[k], float64s.args[k]), straightTolerance, "argument %d: %v, not %v", k, got.args[k], float64s.args[k])
				require.LessOrEqual(t, agree.Distance(got.args[k], float32s.args[k]), straightTolerance, "argument %d: %v, not %v", k, got.args[k], float32s.args[k])
			}
		})
	}
}

// TestStraightGolden shows what a straight step looks like.
func TestStraightGolden(t *testing.T) {
	const golden = "testdata/straight/neuron.golden"
	got := string(straightSteps(t, "../../specs/neuron.cat")[0].files[0].Content)
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o666))
		return
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// TestNotStraight lists steps that have no straight form: they are too long,
// or written by hand.
func TestNotStraight(t *testing.T) {
	for name, text := range map[string]string{
		"digits":     read(t, "../../specs/digits.cat"),
		"byhand":     read(t, "testdata/byhand.cat") + "endo step on Neuron = slope >> sgd(rate: 0.1)\n",
		"single":     read(t, "testdata/single.cat"),
		"perceptron": fmt.Sprintf(perceptronText, 16, 24, 8),
		"enormous":   fmt.Sprintf(perceptronText, 784, 1000, 1000),
	} {
		c := load(t, name+".cat", text)
		found := false
		for _, a := range c.Arrows {
			if a.Endo {
				files, _, ok, err := golang.Straight(c, a.Name)
				require.NoError(t, err, name)
				require.False(t, ok, "%s: %s", name, a.Name)
				require.Empty(t, files)
				found = true
			}
		}
		require.True(t, found, name)
	}
}

func read(t *testing.T, path string) string {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}
