package train_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/rng"
	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

// points writes a file of n points, whose label says on which side of a line
// they lie.
func points(t testing.TB, n int) string {
	r := rng.New(1, "points")
	b := &strings.Builder{}
	b.WriteString("x,y,side\n")
	for range n {
		x, y := 10*r.Normal(), 5+r.Normal()
		side := 0
		if x+10*(y-5) > 1 {
			side = 1
		}
		fmt.Fprintf(b, "%.4f,%.4f,%d\n", x, y, side)
	}
	path := filepath.Join(t.TempDir(), "points.csv")
	require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o600))
	return path
}

func run(t testing.TB, options ...train.Option) *train.Result {
	t.Helper()
	r, err := train.Run(context.Background(), tiny.FitProgram(), options...)
	require.NoError(t, err)
	return r
}

// bits is the state of an instance, bit by bit.
func bits(t testing.TB, in train.Instance) []byte {
	t.Helper()
	b, err := checkpoint.Encode(nil, in.Tensors())
	require.NoError(t, err)
	return b
}

func TestConverges(t *testing.T) {
	path := points(t, 200)
	before := run(t, train.Data(path), train.Epochs(0)).Report
	require.Zero(t, before.Step)
	require.InDelta(t, math.Ln2, before.Loss, 0.15)
	after := run(t, train.Data(path), train.Epochs(60)).Report
	require.Less(t, after.Loss, 0.1)
	require.Equal(t, 60, after.Epoch)
	require.Equal(t, int64(60*19), after.Step) // 150 rows, 8 a step
	require.Equal(t, 150, after.TrainingRows)
	require.Equal(t, 50, after.HeldOutRows)
	require.Equal(t, "accuracy", after.Metrics[0].Name)
	require.Equal(t, "auc of predict", after.Validation.Metrics[1].Name)
	require.Greater(t, after.Metrics[0].Value, 0.97)
	require.Greater(t, after.Validation.Metrics[1].Value, 0.99)
	require.Equal(t, "line 1 is a header: none of its bound cells is a value", after.Header)
	require.Positive(t, after.ExamplesPerSecond)
}

func TestSeeds(t *testing.T) {
	path := points(t, 60)
	one := bits(t, run(t, train.Data(path)).Instance)
	require.Equal(t, one, bits(t, run(t, train.Data(path), train.Seed(1), train.Threads(7)).Instance))
	require.NotEqual(t, one, bits(t, run(t, train.Data(path), train.Seed(2)).Instance))
	require.NotEqual(t, one, bits(t, run(t, train.Data(path), train.NoShuffle()).Instance))
}

// A step over more rows than there are is a step over all of them.
func TestFullBatch(t *testing.T) {
	path := points(t, 60)
	full := run(t, train.Data(path), train.Batch(0))
	require.Equal(t, int64(5), full.Report.Step)
	require.Equal(t, 45, full.Report.Batch)
	require.Equal(t, bits(t, full.Instance), bits(t, run(t, train.Data(path), train.Batch(1000), train.NoShuffle()).Instance))
}

// stopping cancels the run after a number of steps.
type stopping struct {
	*tiny.Instance
	left   *int
	cancel func()
}

func (s stopping) Step(b *data.Batch) float32 {
	if *s.left--; *s.left == 0 {
		s.cancel()
	}
	return s.Instance.Step(b)
}

// Stopping after any number of steps and resuming, once or several times,
// gives the bits and the report of never having stopped.
func TestResumeBitIdentical(t *testing.T) {
	path := points(t, 40) // 30 rows: steps of 8, 8, 8 and 6
	for _, shuffle := range []bool{true, false} {
		options := []train.Option{train.Data(path), train.Seed(5), train.Epochs(3)}
		if !shuffle {
			options = append(options, train.NoShuffle())
		}
		whole := run(t, options...)
		require.Equal(t, int64(12), whole.Report.Step)
		for every := 1; every <= 12; every++ {
			file := filepath.Join(t.TempDir(), "m.safetensors")
			last, runs := stopEvery(t, every, file, options)
			require.Equal(t, bits(t, whole.Instance), bits(t, last.Instance), "stopped after every %d steps", every)
			require.Equal(t, figuresOf(&whole.Report), figuresOf(&last.Report))
			require.Equal(t, (12+every-1)/every, runs)
		}
	}
}

// stopEvery runs a training in pieces of so many steps.
func stopEvery(t *testing.T, every int, file string, options []train.Option) (last *train.Result, runs int) {
	for {
		ctx, cancel := context.WithCancel(context.Background())
		left := every
		p := tiny.FitProgram()
		p.New = func(capacity, _ int) (train.Instance, error) {
			return stopping{tinyInstance(capacity), &left, cancel}, nil
		}
		use := append([]train.Option{train.SaveTo(file)}, options...)
		if runs > 0 {
			use = append(use, train.ResumeFrom(file))
		}
		r, err := train.Run(ctx, p, use...)
		cancel()
		runs++
		require.Less(t, runs, 20)
		require.Equal(t, file, r.Report.Saved)
		if err == nil {
			return r, runs
		}
		require.ErrorIs(t, err, context.Canceled)
		require.True(t, r.Report.Interrupted)
		require.Equal(t, int64(runs*every), r.Report.Step)
	}
}

func figuresOf(r *train.Report) []any {
	return []any{r.Epoch, r.Step, r.Loss, r.Metrics, *r.Validation}
}

// Epochs count from the very beginning.
func TestEpochsAfterResume(t *testing.T) {
	path := points(t, 40)
	file := filepath.Join(t.TempDir(), "m.safetensors")
	run(t, train.Data(path), train.Epochs(3), train.SaveTo(file))
	whole := run(t, train.Data(path), train.Epochs(5))
	resumed := run(t, train.Data(path), train.Epochs(5), train.ResumeFrom(file))
	require.Equal(t, 5, resumed.Report.Epoch)
	require.Equal(t, bits(t, whole.Instance), bits(t, resumed.Instance))
	// With nothing left to do, the state stays as it is.
	run(t, train.Data(path), train.Epochs(3), train.ResumeFrom(file), train.SaveTo(file))
	again := run(t, train.Data(path), train.Epochs(2), train.ResumeFrom(file))
	require.Equal(t, 3, again.Report.Epoch)
	require.Equal(t, bits(t, run(t, train.Data(path), train.Epochs(3)).Instance), bits(t, again.Instance))
}

func TestSavedFile(t *testing.T) {
	path := points(t, 40)
	file := filepath.Join(t.TempDir(), "m.safetensors")
	r := run(t, train.Data(path), train.SaveTo(file))
	once, err := os.ReadFile(file)
	require.NoError(t, err)
	run(t, train.Data(path), train.SaveTo(file))
	twice, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, once, twice, "saved models are the same byte by byte")

	f, err := checkpoint.Decode(once)
	require.NoError(t, err)
	require.Equal(t, []string{"count", "points.Point.mean", "points.Point.deviation",
		"params.weight", "params.bias", "velocity.weight", "velocity.bias"}, f.Names())
	require.Equal(t, r.Scalers[0].Mean, f.Vector("points.Point.mean"))
	for key, want := range map[string]string{"format": "ctgen 1", "category": "tiny", "train": "fit", "spec": "3f1c",
		"seed": "1", "epoch": "5", "step": "0", "total_steps": "20", "batch": "8", "shuffle": "true"} {
		require.Equal(t, want, f.Metadata[key], key)
	}
}

func TestInit(t *testing.T) {
	path := points(t, 40)
	dir := t.TempDir()
	alone, whole := filepath.Join(dir, "alone"), filepath.Join(dir, "whole")
	params := []checkpoint.Tensor{{Name: "weight", Shape: []int{2}, F32: []float32{3, 4}}, {Name: "bias", F32: []float32{5}}}
	require.NoError(t, checkpoint.Save(alone, nil, params))
	r := run(t, train.Data(path), train.InitFrom(alone), train.Epochs(0), train.SaveTo(whole))
	got := r.Instance.Tensors()
	require.Equal(t, []float32{3, 4}, got[0].F32)
	require.Equal(t, []float32{5}, got[1].F32)
	// From a whole state, only the parameters are taken.
	run(t, train.Data(path), train.InitFrom(alone), train.SaveTo(whole))
	r = run(t, train.Data(path), train.InitFrom(whole), train.Epochs(0))
	require.Equal(t, []int64{0}, r.Instance.Tensors()[4].I64)
	require.NotEqual(t, []float32{3, 4}, r.Instance.Tensors()[0].F32)
}

func TestRefuses(t *testing.T) {
	path, other := points(t, 40), points(t, 44)
	dir := t.TempDir()
	file, params, wrong := filepath.Join(dir, "m"), filepath.Join(dir, "p"), filepath.Join(dir, "w")
	run(t, train.Data(path), train.SaveTo(file))
	require.NoError(t, checkpoint.Save(params, nil, []checkpoint.Tensor{{Name: "weight", Shape: []int{3}, F32: make([]float32, 3)}}))
	require.NoError(t, os.WriteFile(wrong, []byte("not a model at all"), 0o600))
	nan := filepath.Join(dir, "nan")
	require.NoError(t, checkpoint.Save(nan, nil, []checkpoint.Tensor{
		{Name: "weight", Shape: []int{2}, F32: []float32{1, float32(math.NaN())}}, {Name: "bias", F32: []float32{0}}}))
	few := filepath.Join(dir, "few.csv")
	require.NoError(t, os.WriteFile(few, []byte("1,2,0\n"), 0o600))
	changed := func(p *train.Program) { p.Spec = "other" }

	for _, c := range []struct {
		name    string
		change  func(*train.Program)
		options []train.Option
		want    string
	}{
		{"negative epochs", nil, []train.Option{train.Epochs(-1)}, "the number of epochs cannot be -1"},
		{"negative batch", nil, []train.Option{train.Batch(-1)}, "the batch cannot have -1 rows"},
		{"no threads", nil, []train.Option{train.Threads(0)}, "the number of threads cannot be 0"},
		{"init and resume", nil, []train.Option{train.InitFrom(params), train.ResumeFrom(file)},
			"a run starts from given parameters or resumes an earlier run, not both"},
		{"no data", nil, []train.Option{train.Data(dir + "/none.csv")}, dir + "/none.csv: no such file"},
		{"a part without rows", nil, []train.Option{train.Data(few)}, few + ": the held-out part is empty: data points splits 1 row 3 / 1"},
		{"no file to resume", nil, []train.Option{train.ResumeFrom(dir + "/none")}, dir + "/none: no such file or folder"},
		{"no model", nil, []train.Option{train.ResumeFrom(wrong)}, wrong + ": not a safetensors file: its header would have 8029109312199880558 bytes"},
		{"parameters alone", nil, []train.Option{train.ResumeFrom(params)},
			params + ": is not a saved training of this program: it may hold parameters, which --init reads"},
		{"other seed", nil, []train.Option{train.ResumeFrom(file), train.Seed(2)},
			file + ": was trained with seed 1, not 2; resume without that option, or start anew from its parameters with --init"},
		{"other batch", nil, []train.Option{train.ResumeFrom(file), train.Batch(4)},
			file + ": was trained with batch 8, not 4; resume without that option, or start anew from its parameters with --init"},
		{"other order", nil, []train.Option{train.ResumeFrom(file), train.NoShuffle()},
			file + ": was trained with shuffle true, not false; resume without that option, or start anew from its parameters with --init"},
		{"other data", nil, []train.Option{train.ResumeFrom(file), train.Data(other)},
			file + ": was trained on other data than " + other + "; start anew from its parameters with --init"},
		{"other spec", changed, []train.Option{train.ResumeFrom(file)},
			file + ": was saved from another version of the spec: its step, its state or its data have changed; start anew from its parameters with --init"},
		{"other category", func(p *train.Program) { p.Category = "big" }, []train.Option{train.ResumeFrom(file)},
			file + ": holds training fit of category tiny, not fit of big"},
		{"parameters that do not fit", nil, []train.Option{train.InitFrom(params)},
			params + ": the file does not fit this model:\n  weight (Neuron.weight): R[3] in the file, R[2] in the model\n  bias (Neuron.bias): missing"},
		{"parameters that are no numbers", nil, []train.Option{train.InitFrom(nan)},
			nan + ": the file does not fit this model:\n  weight[1] (Neuron.weight): NaN is not a number of R"},
		{"nowhere to save", nil, []train.Option{train.SaveTo(dir + "/no/m")}, dir + "/no/m: no such file or folder"},
		{"unknown metric", func(p *train.Program) { p.Metrics[0].Name = "f2" }, nil,
			"metric f2 is not known; accuracy, top_k, precision, recall, f1, auc, confusion, perplexity, mse, mae and r2 are"},
		{"damaged metadata", nil, []train.Option{train.ResumeFrom(edit(t, file, "epoch", "many"))}, "its metadata is damaged: epoch is \"many\""},
		{"impossible step", nil, []train.Option{train.ResumeFrom(edit(t, file, "step", "4"))}, "its metadata is damaged: an epoch has no step 4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := tiny.FitProgram()
			if c.change != nil {
				c.change(p)
			}
			r, err := train.Run(context.Background(), p, append([]train.Option{train.Data(path)}, c.options...)...)
			require.ErrorContains(t, err, c.want)
			require.True(t, strings.HasSuffix(err.Error(), c.want))
			require.Nil(t, r)
		})
	}
}

// edit copies a saved training with one entry of its metadata changed.
func edit(t *testing.T, file, key, value string) string {
	f, err := checkpoint.Open(file)
	require.NoError(t, err)
	in := tinyInstance(1)
	scalers := []*data.Scaler{{Object: "Point", Mean: f.Vector("points.Point.mean"), Deviation: f.Vector("points.Point.deviation")}}
	tensors := append(in.Tensors(), train.ScalerTensors("points", scalers)...)
	require.NoError(t, f.Load(tensors))
	f.Metadata[key] = value
	path := filepath.Join(t.TempDir(), "edited")
	require.NoError(t, checkpoint.Save(path, f.Metadata, tensors))
	return path
}

// broken diverges at its third step.
type broken struct {
	*tiny.Instance
	steps int
}

func (b *broken) Step(batch *data.Batch) float32 {
	if b.steps++; b.steps == 3 {
		return float32(math.NaN())
	}
	return b.Instance.Step(batch)
}

func TestDiverged(t *testing.T) {
	file := filepath.Join(t.TempDir(), "m")
	p := tiny.FitProgram()
	p.New = func(capacity, _ int) (train.Instance, error) {
		return &broken{Instance: tinyInstance(capacity)}, nil
	}
	_, err := train.Run(context.Background(), p, train.Data(points(t, 40)), train.SaveTo(file))
	require.EqualError(t, err, "the loss is not a finite number at step 3, in epoch 1; a smaller rate may help")
	require.NoFileExists(t, file)
}

func TestStepAllocatesNothing(t *testing.T) {
	p := tiny.FitProgram()
	table, err := data.Read(&p.Data, points(t, 60))
	require.NoError(t, err)
	require.NoError(t, table.Standardize(&p.Data, table.Fit(&p.Data, []int{0, 1, 2})))
	for _, batch := range []int{1, 7, 60} {
		step := train.Stepper(tinyInstance(60), table, batch)
		require.Zero(t, testing.AllocsPerRun(200, step), "batch %d", batch)
	}
}

// Rows that a program already has train as those of a file do.
func TestTable(t *testing.T) {
	path := points(t, 40)
	p := tiny.FitProgram()
	spec := p.Data
	spec.Columns = append([]data.Column(nil), spec.Columns...)
	spec.Columns[0].Standardize = false
	raw, err := data.Read(&spec, path)
	require.NoError(t, err)
	table, err := data.NewTable(&p.Data, "rows", raw.Factors...)
	require.NoError(t, err)
	inMemory := run(t, train.Table(table))
	require.InDeltaSlice(t, run(t, train.Data(path)).Instance.Tensors()[0].F32, inMemory.Instance.Tensors()[0].F32, 1e-4)
}

func TestJSONLines(t *testing.T) {
	var out bytes.Buffer
	run(t, train.Data(points(t, 40)), train.Epochs(2), train.JSON(&out))
	text := regexp.MustCompile(`"(seconds|examples_per_second)":[0-9.e+-]+`).ReplaceAllString(out.String(), `"$1":0`)
	// Other processors may differ in the last bits.
	text = regexp.MustCompile(`\d\.\d{4,}`).ReplaceAllStringFunc(text, func(s string) string { return s[:5] })
	golden(t, "json.golden", text)
}

// Whatever the data calls its classes, a line is JSON that says so.
func TestJSONNamesClasses(t *testing.T) {
	const odd = "\x7f\a\U000e0001 \"right\""
	for _, args := range [][]string{nil, {"--folds", "2"}} {
		p := tiny.FitProgram()
		p.Metrics = []train.Metric{{Name: "recall", Threshold: 2, Labels: []string{"left", odd}}, {Name: "precision", Threshold: 2, Labels: []string{"left", odd}}}
		code, stdout, stderr := call(p, append(args, "--json", "--epochs", "1", "--data", points(t, 40))...)
		require.Zero(t, code, stderr)
		lines := strings.Split(strings.TrimSpace(stdout), "\n")
		var end struct{ Notes []string }
		require.NoError(t, json.Unmarshal([]byte(lines[len(lines)-1]), &end))
		require.Contains(t, strings.Join(end.Notes, "\n"), "precision of class "+odd)
	}
}

func TestProgressLines(t *testing.T) {
	var out bytes.Buffer
	path := points(t, 40)
	run(t, train.Data(path), train.Epochs(2), train.Progress(&out))
	text := strings.ReplaceAll(out.String(), path, "points.csv")
	golden(t, "progress.golden", regexp.MustCompile(`in \S+, \S+ examples/s`).ReplaceAllString(text, "in 1ms, 1M examples/s"))

	out.Reset()
	run(t, train.Data(path), train.Epochs(250), train.Progress(&out))
	require.Equal(t, 250/3+1, strings.Count(out.String(), "\nepoch "), "about a hundred lines at most")
}

// The live line says where the run is and how long it will take.
func TestLiveLine(t *testing.T) {
	t.Setenv("LC_ALL", "en_GB.UTF-8")
	r := &train.Report{Epoch: 1, Epochs: 4, Step: 0, Loss: math.NaN()}
	require.Equal(t, "epoch 2/4  ────────────────────  0%  0/s  loss –", train.ProgressText(r, 48))
	r = &train.Report{Epoch: 60, Epochs: 60, Loss: 1e-5, ExamplesPerSecond: 123456, Seconds: 90, Step: 10,
		Validation: &train.Validation{Metrics: []train.Figure{{Name: "auc", Value: 0.98765}}}}
	require.Equal(t, "epoch 60/60  loss 1.000e-05  held out: loss 0.0000  auc 0.9877", train.EpochText(r))

	// Half of 4 epochs of 10 steps, 20 seconds for 20 steps.
	half := &train.Report{Epoch: 2, Epochs: 4, Step: 20, Loss: 0.5, Seconds: 20, ExamplesPerSecond: 320,
		Metrics: []train.Figure{{Name: "accuracy", Value: 0.75}, {Name: "confusion", Counts: [][]int64{{1}}}}, Settings: []train.Figure{{Name: "rate", Value: 0.01}}}
	train.SetStepsPerEpoch(half, 10)
	for width, want := range map[int]string{
		120: "epoch 3/4  ━━━━━━━━━━━━━━━───────────────  50%  20s left  320/s  loss 0.5000  accuracy 0.7500  rate 0.0100",
		79:  "epoch 3/4  ━━━━━━━━────────  50%  20s left  320/s  loss 0.5000  accuracy 0.7500",
		49:  "epoch 3/4  50%  20s left  320/s  loss 0.5000",
		20:  "epoch 3/4  50%",
		10:  "epoch 3/4",
	} {
		require.Equal(t, want, train.ProgressText(half, width), "%d columns", width)
	}
	t.Setenv("LC_ALL", "C")
	require.Equal(t, "epoch 3/4  ========--------  50%  20s left  320/s  loss 0.5000  accuracy 0.7500", train.ProgressText(half, 79))
}

func TestEach(t *testing.T) {
	var seen []int
	run(t, train.Data(points(t, 40)), train.Epochs(3), train.Each(func(r *train.Report) {
		seen = append(seen, r.Epoch)
		require.NotNil(t, r.Validation)
	}))
	require.Equal(t, []int{1, 2, 3}, seen)
}

// tinyInstance makes the model by hand for batches of at most capacity rows.
func tinyInstance(capacity int) *tiny.Instance {
	in, err := tiny.FitProgram().New(capacity, 1)
	if err != nil {
		panic(err)
	}
	return in.(*tiny.Instance)
}
