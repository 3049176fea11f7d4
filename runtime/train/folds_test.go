package train_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

// timing is what differs from run to run.
var timing = regexp.MustCompile(`(?m)^.* examples/s$\n`)

// digits are those that processors with fused multiply-adds may give otherwise.
var digits = regexp.MustCompile(`(\.\d{3})\d+`)

// collecting is FitProgram whose instances, one for each training, are kept.
func collecting() (*train.Program, *[]*tiny.Instance) {
	p, made := tiny.FitProgram(), &[]*tiny.Instance{}
	p.New = func(capacity, _ int) (train.Instance, error) {
		m := tinyInstance(capacity)
		*made = append(*made, m)
		return m, nil
	}
	return p, made
}

// A fold is a training on the other rows alone: so says one on a file that holds
// nothing else.
func TestFoldIsATraining(t *testing.T) {
	const rows, k = 37, 4
	path := points(t, rows)
	p, _ := collecting()
	c, err := train.CrossValidate(context.Background(), p, k, train.Data(path), train.Stratified("Label"), train.Seed(3))
	require.NoError(t, err)
	require.Len(t, c.Folds, k)
	require.Equal(t, "Label", c.Stratified)

	spec := p.Data
	table, err := data.Read(&spec, path)
	require.NoError(t, err)
	folds, err := table.Folds(&spec, k, "Label", 3)
	require.NoError(t, err)
	var loss, squares float64
	for fold := range k {
		f := &c.Folds[fold]
		_, held := folds.Part(fold)
		require.Equal(t, fold+1, f.Fold)
		require.Equal(t, len(held), f.HeldOutRows)
		require.Equal(t, rows-len(held), f.TrainingRows)
		require.Equal(t, 5, f.Epochs)

		whole := tiny.FitProgram()
		whole.Data.Split = [2]int{}
		part, _ := folds.Part(fold)
		result, err := train.Run(context.Background(), whole, train.Table(table.Take(part)), train.Seed(3))
		require.NoError(t, err)
		require.Equal(t, result.Scalers, f.Scalers)
		require.Equal(t, result.Report.Loss, f.Loss)
		require.Equal(t, result.Report.Metrics, f.Metrics)
		rest := table.Take(held)
		require.NoError(t, rest.Standardize(&spec, result.Scalers))
		require.InDelta(t, float64(result.Instance.Loss(rest.Batch())), f.Validation.Loss, 1e-6)
		loss += f.Validation.Loss / k
		squares += f.Validation.Loss * f.Validation.Loss / k
	}
	require.InDelta(t, loss, c.Loss.Mean, 1e-12)
	require.InDelta(t, math.Sqrt(squares-loss*loss), c.Loss.Deviation, 1e-9)
}

// What is held out changes nothing of what is trained: not a bit of preprocessing
// or parameters, in any fold.
func TestFoldsDoNotLeak(t *testing.T) {
	const rows, k = 40, 5
	path := points(t, rows)
	p, made := collecting()
	before, err := train.CrossValidate(context.Background(), p, k, train.Data(path))
	require.NoError(t, err)
	first := *made

	table, err := data.Read(&p.Data, path)
	require.NoError(t, err)
	folds, err := table.Folds(&p.Data, k, "", 1)
	require.NoError(t, err)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := strings.Split(string(text), "\n")
	for fold := range k {
		_, held := folds.Part(fold)
		moved := append([]string(nil), lines...)
		for _, r := range held {
			cells := strings.Split(lines[r+1], ",")
			moved[r+1] = "1000000,-1000000," + cells[2]
		}
		other := filepath.Join(t.TempDir(), "moved.csv")
		require.NoError(t, os.WriteFile(other, []byte(strings.Join(moved, "\n")), 0o600))
		p, made := collecting()
		after, err := train.CrossValidate(context.Background(), p, k, train.Data(other))
		require.NoError(t, err)
		for i := range k {
			if i != fold {
				require.NotEqual(t, before.Folds[i].Scalers, after.Folds[i].Scalers)
				continue
			}
			require.Equal(t, before.Folds[i].Scalers, after.Folds[i].Scalers)
			require.Equal(t, first[i].Tensors(), (*made)[i].Tensors())
			require.NotEqual(t, before.Folds[i].Validation.Loss, after.Folds[i].Validation.Loss)
		}
	}
}

func TestFoldsRefused(t *testing.T) {
	path := points(t, 12)
	for _, c := range []struct {
		k      int
		option train.Option
		want   string
	}{
		{1, train.Data(path), "1 folds are no cross-validation; there have to be two"},
		{13, train.Data(path), path + ": 12 rows do not make 13 folds"},
		{2, train.SaveTo("m.safetensors"), "a cross-validation trains a model for each fold and saves none"},
		{2, train.ResumeFrom("m.safetensors"), "a cross-validation begins anew and resumes nothing"},
		{2, train.Patience(3), "a cross-validation trains to the last epoch: a fold that ended the training could not judge it"},
		{2, train.Checked(nil), "a cross-validation is not checked; check one training"},
		{2, train.Stratified("Point"), "data points: Point has no classes to stratify by; Label would"},
		{2, train.Threads(0), "the number of threads cannot be 0"},
	} {
		_, err := train.CrossValidate(context.Background(), tiny.FitProgram(), c.k, train.Data(path), c.option)
		require.EqualError(t, err, c.want)
	}
	whole := tiny.FitProgram()
	whole.Data.Split = [2]int{}
	_, err := train.Run(context.Background(), whole, train.Data(path), train.Stratified(""))
	require.EqualError(t, err, "data points has no split to stratify")

	p := tiny.FitProgram()
	p.New = func(capacity, _ int) (train.Instance, error) {
		return &broken{Instance: tinyInstance(capacity)}, nil
	}
	_, err = train.CrossValidate(context.Background(), p, 2, train.Data(path), train.Batch(1))
	var diverged *train.DivergedError
	require.ErrorAs(t, err, &diverged)
	require.ErrorContains(t, err, "fold 1 of 2: the loss is not a finite number at step 3")
}

// A patience that the program declares plays no part: all epochs are made.
func TestFoldsAreNotStopped(t *testing.T) {
	p := tiny.FitProgram()
	p.Patience, p.MinDelta = 1, 1000
	c, err := train.CrossValidate(context.Background(), p, 3, train.Data(points(t, 30)))
	require.NoError(t, err)
	for _, f := range c.Folds {
		require.Equal(t, 5, f.Epochs)
	}
}

// A cancelled cross-validation tells the folds that are finished.
func TestFoldsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	p, made := collecting()
	steps := 0
	count := train.EachStep(func(*train.Step) error {
		if steps++; len(*made) == 2 {
			cancel()
		}
		return nil
	})
	c, err := train.CrossValidate(ctx, p, 4, train.Data(points(t, 40)), count)
	require.True(t, errors.Is(err, context.Canceled))
	require.True(t, c.Interrupted)
	require.Len(t, c.Folds, 1)
	require.Equal(t, 21, steps)
	require.Equal(t, c.Folds[0].Validation.Loss, c.Loss.Mean)
	require.Zero(t, c.Loss.Deviation)
}

// The confusion is that of all rows, each predicted when it was held out.
func TestFoldsConfusion(t *testing.T) {
	p := tiny.FitProgram()
	p.Metrics = append(p.Metrics, train.Metric{Name: "confusion", Threshold: 0.5})
	c, err := train.CrossValidate(context.Background(), p, 4, train.Data(points(t, 30)))
	require.NoError(t, err)
	counts, hits, all := c.Metrics[2].Counts, 0.0, int64(0)
	for i := range counts {
		hits += float64(counts[i][i])
		for _, n := range counts[i] {
			all += n
		}
	}
	require.EqualValues(t, 30, all)
	accuracy := 0.0
	for _, f := range c.Folds {
		accuracy += f.Validation.Metrics[0].Value * float64(f.HeldOutRows) / 30
	}
	require.InDelta(t, accuracy, hits/30, 1e-9)
}

// The classes of that confusion are called what the data calls them.
func TestFoldsNameClasses(t *testing.T) {
	p := tiny.FitProgram()
	p.Metrics = []train.Metric{{Name: "confusion", Threshold: 0.5, Labels: []string{"left", "right"}}}
	code, stdout, stderr := call(p, "--folds", "3", "--data", points(t, 30))
	require.Zero(t, code, stderr)
	require.Regexp(t, `(?m)^confusion +left +right\nleft +\d+ +\d+\nright +\d+ +\d+$`, stdout)
}

// What the command prints, for people and for programs.
func TestMainFolds(t *testing.T) {
	path := points(t, 30)
	var all bytes.Buffer
	for _, args := range [][]string{
		{"--folds", "3"}, {"--folds", "3", "--stratified", "--json"}, {"--folds", "15", "--epochs", "1"}, {"--folds", "6", "--epochs", "1", "--json"}, {"--stratified", "--epochs", "1"},
	} {
		code, stdout, stderr := call(tiny.FitProgram(), append(args, "--data", path)...)
		require.Zero(t, code, stderr)
		all.WriteString("$ " + strings.Join(args, " ") + "\n" + stdout + "---\n" + timing.ReplaceAllString(strings.ReplaceAll(stderr, path, "points.csv"), "") + "\n")
	}
	golden(t, "folds.golden", digits.ReplaceAllString(all.String(), "$1"))

	code, _, stderr := call(tiny.FitProgram(), "--folds", "3", "--save", "m.safetensors", "--data", path)
	require.Equal(t, 2, code)
	require.Equal(t, "ctgen train: a cross-validation trains a model for each fold and saves none\n", stderr)
	code, _, stderr = call(tiny.FitProgram(), "--folds", "1", "--data", path)
	require.Equal(t, 2, code)
	require.Contains(t, stderr, `invalid value "1" for flag -folds: want a whole number from 2`)
}
