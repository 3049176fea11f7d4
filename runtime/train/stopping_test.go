package train_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

// course is a model whose held-out loss follows a list, epoch by epoch: its
// first weight counts the epochs.
type course struct {
	*tiny.Instance
	losses []float32
	steps  int // of an epoch
}

func (c *course) weight() *float32 { return &c.Instance.Tensors()[0].F32[0] }

func (c *course) Init(uint64) { *c.weight() = 0 }

func (c *course) Step(*data.Batch) float32 {
	t := c.Instance.Tensors()[4].I64
	if t[0]++; t[0]%int64(c.steps) == 0 {
		*c.weight()++
	}
	return 1
}

func (c *course) Loss(*data.Batch) float32 { return c.losses[int(*c.weight())] }

// courseProgram trains on 30 rows, 4 steps an epoch; its first loss is that
// before the first epoch.
func courseProgram(losses ...float32) *train.Program {
	p := tiny.FitProgram()
	p.Metrics = []train.Metric{{Name: "perplexity"}}
	p.Epochs = len(losses) - 1
	p.New = func(capacity, threads int) (train.Instance, error) {
		in, err := tiny.FitProgram().New(capacity, threads)
		return &course{Instance: in.(*tiny.Instance), losses: losses, steps: 4}, err
	}
	return p
}

func TestPatience(t *testing.T) {
	path := points(t, 40)
	nan := float32(math.NaN())
	for _, c := range []struct {
		losses       []float32
		options      []train.Option
		epochs, kept int
	}{
		{[]float32{9, 5, 4, 3, 2, 1}, []train.Option{train.Patience(1)}, 5, 5},
		{[]float32{9, 5, 4, 6, 3, 7, 7, 7}, []train.Option{train.Patience(2)}, 6, 4},
		{[]float32{9, 5, 4, 6, 3, 7, 7, 7}, []train.Option{train.Patience(1)}, 3, 2},
		{[]float32{9, 5, 5, 5, 5}, []train.Option{train.Patience(2)}, 3, 1},
		{[]float32{9, 5, 4.5, 4, 4}, []train.Option{train.Patience(2), train.MinDelta(1)}, 3, 1},
		{[]float32{9, 5, 4.5, 3.5, 3}, []train.Option{train.Patience(2), train.MinDelta(1)}, 4, 3},
		{[]float32{9, nan, nan, 4, 4}, []train.Option{train.Patience(2)}, 2, 0},
		{[]float32{9, 5, nan, 4, 3}, []train.Option{train.Patience(2)}, 4, 4},
		{[]float32{9, 5, 4, 6, 7}, []train.Option{train.KeepBest()}, 4, 2},
		{[]float32{9, 5, 4, 6, 7}, []train.Option{train.Patience(2), train.KeepLast()}, 4, 0},
		{[]float32{9, 5, 4, 6, 7, 7}, []train.Option{train.Patience(2), train.KeepLast()}, 4, 0},
		{[]float32{9, 5, 4, 6, 7, 7}, []train.Option{train.Patience(2), train.Watch("perplexity")}, 4, 2},
		{[]float32{9, 5, 4, 6, 7}, nil, 4, 0},
	} {
		t.Run(fmt.Sprint(c.losses), func(t *testing.T) {
			r, err := train.Run(context.Background(), courseProgram(c.losses...), append(c.options, train.Data(path))...)
			require.NoError(t, err)
			require.Equal(t, c.epochs, r.Report.Epoch)
			require.Equal(t, c.kept, r.Report.Kept)
			require.Equal(t, c.epochs < len(c.losses)-1, r.Report.Stopped != "", r.Report.Stopped)
			held := c.epochs
			if c.kept > 0 {
				held = c.kept
			}
			require.Equal(t, float32(held), r.Instance.Tensors()[0].F32[0])
			require.Len(t, r.Report.History, c.epochs)
			if want := float64(c.losses[held]); !math.IsNaN(want) {
				require.Equal(t, want, r.Report.Validation.Loss)
			}
		})
	}
}

// Whenever a run with patience is interrupted and resumed, it stops where one
// that never was would have, with the same file.
func TestPatienceResumes(t *testing.T) {
	path, dir := points(t, 40), t.TempDir()
	program := func() *train.Program { return courseProgram(9, 5, 4, 6, 3, 7, 7, 7, 1) }
	options := []train.Option{train.Data(path), train.Patience(3)}
	whole := filepath.Join(dir, "whole")
	r, err := train.Run(context.Background(), program(), append(options, train.SaveTo(whole))...)
	require.NoError(t, err)
	require.Equal(t, 7, r.Report.Epoch)
	require.Equal(t, "loss of what is held out has not fallen since epoch 4: 3.0000", r.Report.Stopped)
	want, err := os.ReadFile(whole)
	require.NoError(t, err)
	for after := 1; after < 28; after++ {
		file := filepath.Join(dir, "part")
		ctx, cancel := context.WithCancel(context.Background())
		_, err := train.Run(ctx, program(), append(options, train.SaveTo(file), train.EachStep(func(s *train.Step) error {
			if s.Step == int64(after) {
				cancel()
			}
			return nil
		}))...)
		require.ErrorIs(t, err, context.Canceled)
		r, err := train.Run(context.Background(), program(), append(options, train.ResumeFrom(file), train.SaveTo(file))...)
		require.NoError(t, err)
		require.Equal(t, 4, r.Report.Kept)
		got, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), after)
	}

	// The file holds both states: models are loaded from the best.
	f, err := checkpoint.Open(whole)
	require.NoError(t, err)
	for prefix, want := range map[string]float32{"params.": 7, "best/": 4} {
		var neuron [3]float32
		require.NoError(t, f.Sub(prefix).Load([]checkpoint.Tensor{{Name: "weight", Shape: []int{2}, F32: neuron[:2]}, {Name: "bias", F32: neuron[2:]}}))
		require.Equal(t, want, neuron[0])
	}
	m, err := tiny.LoadFit(want)
	require.NoError(t, err)
	require.Equal(t, float32(4), m.Neuron.Weight[0])
	r, err = train.Run(context.Background(), program(), train.Data(path), train.InitFrom(whole), train.Epochs(0))
	require.NoError(t, err)
	require.Equal(t, float32(4), r.Instance.Tensors()[0].F32[0])

	// What is kept is carried over to another version of the specification.
	for _, c := range []struct {
		mapping string
		best    bool
	}{{"", true}, {"init bias\ndrop bias", false}} {
		mapping, err := train.ParseMapping("m", c.mapping)
		require.NoError(t, err)
		metadata, tensors, said, err := train.Migrate(program(), f, mapping)
		require.NoError(t, err)
		require.Equal(t, c.best, metadata["best_epoch"] == "4")
		moved, err := checkpoint.Encode(metadata, tensors)
		require.NoError(t, err)
		m, err := tiny.LoadFit(moved)
		require.NoError(t, err)
		require.Equal(t, c.best, m.Neuron.Weight[0] == 4)
		require.Equal(t, !c.best, slices.Contains(said, "the parameters of the best epoch are not taken over: some start anew"))
	}

	// It goes on with more patience, or with none.
	r, err = train.Run(context.Background(), program(), train.Data(path), train.ResumeFrom(whole), train.Patience(4))
	require.NoError(t, err)
	require.Equal(t, 8, r.Report.Kept)
	r, err = train.Run(context.Background(), program(), train.Data(path), train.ResumeFrom(whole), train.Epochs(7))
	require.NoError(t, err)
	require.Equal(t, float32(7), r.Instance.Tensors()[0].F32[0])
	_, err = train.Run(context.Background(), program(), append(options, train.ResumeFrom(whole), train.Watch("perplexity"))...)
	require.ErrorContains(t, err, "was trained watching loss, not perplexity")
}

func TestStoppingFaults(t *testing.T) {
	path := points(t, 40)
	rows, err := data.Read(&tiny.FitProgram().Data, path)
	require.NoError(t, err)
	for want, option := range map[string]train.Option{
		"the patience cannot be -1 epochs":                                              train.Patience(-1),
		"what counts as better cannot be NaN":                                           train.MinDelta(math.NaN()),
		"no figure f1 is reported to be watched; loss, accuracy, auc of predict can be": train.Watch("f1"),
	} {
		_, err := train.Run(context.Background(), tiny.FitProgram(), train.Table(rows), train.KeepBest(), option)
		require.EqualError(t, err, want)
	}
	p := tiny.FitProgram()
	p.Data.Split = [2]int{1, 0}
	_, err = train.Run(context.Background(), p, train.Data(path), train.Patience(1))
	require.EqualError(t, err, "patience and keeping the best go by what is held out, and data points holds nothing out")
}

// A function that the run calls ends it, with the state saved.
func TestStopsFromGo(t *testing.T) {
	path, file := points(t, 40), filepath.Join(t.TempDir(), "m")
	broken := errors.New("broken")
	for _, err := range []error{train.ErrStop, broken} {
		var seen []train.Step
		r, got := train.Run(context.Background(), tiny.FitProgram(), train.Data(path), train.SaveTo(file), train.EachStep(func(s *train.Step) error {
			if seen = append(seen, *s); s.Step == 6 {
				return err
			}
			return nil
		}))
		if err == broken {
			require.ErrorIs(t, got, broken)
		} else {
			require.NoError(t, got)
			require.Equal(t, "the program said so", r.Report.Stopped)
		}
		require.Equal(t, int64(6), r.Report.Step)
		require.False(t, r.Report.Interrupted)
		require.Equal(t, file, r.Report.Saved)
		require.Len(t, seen, 6)
		require.Equal(t, 6, seen[3].Rows)
		require.Equal(t, 2, seen[5].Epoch)
		require.Positive(t, seen[5].Loss)

		r, got = train.Run(context.Background(), tiny.FitProgram(), train.Data(path), train.EachEpoch(func(r *train.Report) error {
			if r.Epoch == 2 {
				return err
			}
			return nil
		}))
		require.Equal(t, err == broken, got != nil)
		require.Equal(t, 2, r.Report.Epoch)
		require.Len(t, r.Report.History, 2)
	}
	whole := run(t, train.Data(path))
	resumed := run(t, train.Data(path), train.ResumeFrom(file))
	require.Equal(t, bits(t, whole.Instance), bits(t, resumed.Instance))
}
