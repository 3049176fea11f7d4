package tensorboard_test

import (
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/histogram"
	"github.com/ctgen-lang/ctgen/runtime/tensorboard"
)

func only(t *testing.T, dir string) string {
	files, err := filepath.Glob(filepath.Join(dir, "events.out.tfevents.*"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	return files[0]
}

func TestEvents(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	w, err := tensorboard.Create(dir)
	require.NoError(t, err)
	w.Scalar(7, "loss", 0.25)
	w.Scalar(1<<40, "größer", math.NaN())
	w.Histogram(9, "weight", histogram.Of([]float32{-1, 0, 0, 3}, 4))
	require.NoError(t, w.Close())

	got := readEvents(t, only(t, dir))
	require.Len(t, got, 4)
	require.Equal(t, "brain.Event:2", got[0].version)
	for _, e := range got {
		require.InDelta(t, float64(time.Now().Unix()), e.wall, 60)
	}
	require.Equal(t, int64(7), got[1].step)
	require.Equal(t, "loss", got[1].values[0].tag)
	require.Equal(t, float32(0.25), *got[1].values[0].simple)
	require.Equal(t, int64(1<<40), got[2].step)
	require.Equal(t, "größer", got[2].values[0].tag)
	require.True(t, math.IsNaN(float64(*got[2].values[0].simple)))
	require.Equal(t, "weight", got[3].values[0].tag)
	require.Equal(t, map[int][]float64{1: {-1}, 2: {3}, 3: {4}, 4: {2}, 5: {10}, 6: {0, 1, 2, 3}, 7: {1, 2, 0, 1}}, got[3].values[0].histogram)
}

// A reader notices every bit that has changed.
func TestChecksums(t *testing.T) {
	dir := t.TempDir()
	w, err := tensorboard.Create(dir)
	require.NoError(t, err)
	w.Scalar(1, "loss", 1)
	require.NoError(t, w.Close())
	b, err := os.ReadFile(only(t, dir))
	require.NoError(t, err)
	_, err = records(b)
	require.NoError(t, err)
	for i := range b {
		b[i] ^= 4
		_, err = records(b)
		require.Error(t, err, "byte %d", i)
		b[i] ^= 4
	}
}

// Writers that begin in one second write files of their own.
func TestFilesOfTheirOwn(t *testing.T) {
	dir := t.TempDir()
	for range 3 {
		w, err := tensorboard.Create(dir)
		require.NoError(t, err)
		require.NoError(t, w.Close())
	}
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 3)
}

func TestCannotCreate(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err := tensorboard.Create(filepath.Join(file, "runs"))
	require.Error(t, err)
}
