package train_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

// watching calls look after each step.
type watching struct {
	*tiny.Instance
	look func()
}

func (w watching) Step(b *data.Batch) float32 {
	w.look()
	return w.Instance.Step(b)
}

// lookedAt is the tiny program whose steps call look before they are made.
func lookedAt(look func()) *train.Program {
	p := tiny.FitProgram()
	p.New = func(capacity, _ int) (train.Instance, error) { return watching{tinyInstance(capacity), look}, nil }
	return p
}

// Between two saves lie as many steps as asked for, inside epochs as well, and
// what is saved at an epoch's end comes after its report.
func TestSaveEverySteps(t *testing.T) {
	path := points(t, 40) // 4 steps an epoch
	file := filepath.Join(t.TempDir(), "m")
	var saved []string
	at := func() string {
		f, err := checkpoint.Open(file)
		if err != nil {
			return "nothing"
		}
		return f.Metadata["total_steps"]
	}
	p := lookedAt(func() { saved = append(saved, at()) })
	reported := 0
	_, err := train.Run(context.Background(), p, train.Data(path), train.Epochs(2), train.SaveTo(file), train.SaveEverySteps(2),
		train.Each(func(r *train.Report) {
			if reported++; reported == 1 {
				require.Equal(t, "2", at())
			}
		}))
	require.NoError(t, err)
	require.Equal(t, []string{"nothing", "nothing", "2", "2", "4", "4", "6", "6"}, saved)
	require.Equal(t, "8", at())
}

func TestSaveEveryTime(t *testing.T) {
	file := filepath.Join(t.TempDir(), "m")
	saves := 0
	p := lookedAt(func() {
		if _, err := os.Stat(file); err == nil {
			saves++
		}
		time.Sleep(2 * time.Millisecond)
	})
	_, err := train.Run(context.Background(), p, train.Data(points(t, 40)), train.Epochs(5), train.SaveTo(file), train.SaveEvery(time.Millisecond))
	require.NoError(t, err)
	require.Positive(t, saves)
	_, err = train.Run(context.Background(), p, train.SaveEvery(-1))
	require.EqualError(t, err, "the time between two saves cannot be negative")
}

// A save that fails on the way is told and the training goes on; one that fails
// at the end is an error, which comes with the trained model.
func TestSaveFails(t *testing.T) {
	path := points(t, 40)
	dir := filepath.Join(t.TempDir(), "models")
	file := filepath.Join(dir, "m")
	require.NoError(t, os.Mkdir(dir, 0o777))
	steps := 0
	p := lookedAt(func() {
		if steps++; steps == 3 {
			require.NoError(t, os.RemoveAll(dir))
		}
	})
	var notes bytes.Buffer
	r, err := train.Run(context.Background(), p, train.Data(path), train.Epochs(2), train.SaveTo(file), train.SaveEverySteps(1), train.Progress(&notes))
	var unsaved *train.SaveError
	require.ErrorAs(t, err, &unsaved)
	require.EqualError(t, err, "the training is not saved: "+file+": no such file or folder")
	require.Equal(t, 2, r.Report.Epoch)
	require.Empty(t, r.Report.Saved)
	require.Equal(t, bits(t, run(t, train.Data(path), train.Epochs(2)).Instance), bits(t, r.Instance))
	require.Contains(t, notes.String(), "could not save to "+file+": no such file or folder; the training goes on and tries again\n")
}

// Where the last file is damaged the run goes on from the one before it, tells
// so, and ends with the same bits.
func TestResumeFromPrevious(t *testing.T) {
	path := points(t, 40)
	file := filepath.Join(t.TempDir(), "m")
	whole := run(t, train.Data(path), train.Epochs(3), train.SaveTo(file), train.SaveEverySteps(3))
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	b[len(b)-1] ^= 1
	require.NoError(t, os.WriteFile(file, b, 0o666))
	var notes bytes.Buffer
	r := run(t, train.Data(path), train.Epochs(3), train.ResumeFrom(file), train.SaveTo(file), train.Progress(&notes))
	require.Equal(t, file+checkpoint.Previous, r.Report.Resumed)
	require.Equal(t, bits(t, whole.Instance), bits(t, r.Instance))
	require.Contains(t, notes.String(), "*** "+file+": the file is damaged: its checksum is another")
	require.Contains(t, notes.String(), "*** going on from "+file+".previous, saved after epoch 2, step 1\n")
	_, err = checkpoint.Open(file)
	require.NoError(t, err)
}
