package train_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

// eventFile is the only one in a folder. Its form is tested where it is
// written.
func eventFile(t *testing.T, dir string) []byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "events.out.tfevents.*"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	b, err := os.ReadFile(files[0])
	require.NoError(t, err)
	return b
}

func times(b []byte, tag string) int {
	// A tag is the first field of its value: its length stands before it.
	return bytes.Count(b, append([]byte{1<<3 | 2, byte(len(tag))}, tag...))
}

func TestTensorBoard(t *testing.T) {
	dir := t.TempDir()
	rows := points(t, 40)
	with := run(t, train.Data(rows), train.TensorBoard(dir))
	require.Equal(t, bits(t, run(t, train.Data(rows)).Instance), bits(t, with.Instance))
	trained, held := eventFile(t, filepath.Join(dir, "training")), eventFile(t, filepath.Join(dir, "held_out"))
	for tag, want := range map[string]int{"by_step/loss": 20, "loss": 5, "accuracy": 5, "auc of predict": 5, "parameters/weight": 5, "gradients/bias": 5} {
		require.Equal(t, want, times(trained, tag), tag)
	}
	for tag, want := range map[string]int{"loss": 5, "accuracy": 5, "by_step/loss": 0, "parameters/weight": 0} {
		require.Equal(t, want, times(held, tag), tag)
	}
}

// Files do not grow with the steps of a long run.
func TestTensorBoardOfLongRuns(t *testing.T) {
	dir := t.TempDir()
	run(t, train.Data(points(t, 30)), train.Epochs(5000), train.TensorBoard(dir))
	b := eventFile(t, filepath.Join(dir, "training"))
	require.Equal(t, 3750, times(b, "by_step/loss"), "15000 steps, a mean over 4")
	require.Equal(t, 1000, times(b, "loss"))
	require.Equal(t, 40, times(b, "parameters/weight"))
}

func TestTensorBoardNowhere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	steps := 0
	_, err := train.Run(t.Context(), lookedAt(func() { steps++ }), train.Data(points(t, 40)), train.TensorBoard(file))
	require.ErrorContains(t, err, file)
	require.Zero(t, steps)
	_, err = train.Run(t.Context(), tiny.FitProgram(), train.Data(points(t, 40)), train.TensorBoard(filepath.Join(filepath.Dir(file), "new")))
	require.NoError(t, err)
}
