package train_test

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

// writeIDX writes a file of records of so many signed bytes.
func writeIDX(t *testing.T, path string, width int, numbers ...int8) {
	b := []byte{0, 0, 0x09, 2}
	b = binary.BigEndian.AppendUint32(b, uint32(len(numbers)/width))
	b = binary.BigEndian.AppendUint32(b, uint32(width))
	for _, x := range numbers {
		b = append(b, byte(x))
	}
	require.NoError(t, os.WriteFile(path, b, 0o600))
}

// idxProgram is tiny's program on IDX files with test files of their own, and
// a folder of them.
func idxProgram(t *testing.T) (*train.Program, string) {
	dir := t.TempDir()
	writeIDX(t, filepath.Join(dir, "points"), 2, 0, 1, 10, 1, 20, 3, 30, 3, 1, 1, 9, 1, 21, 3, 29, 3)
	writeIDX(t, filepath.Join(dir, "sides"), 1, 0, 0, 1, 1, 0, 0, 1, 1)
	writeIDX(t, filepath.Join(dir, "test-points"), 2, 100, 2, 15, 1, 5, 1)
	writeIDX(t, filepath.Join(dir, "test-sides"), 1, 1, 0, 0)
	p := tiny.FitProgram()
	p.Data = data.Spec{Name: "points", Format: "idx", Path: "beside", Split: [2]int{1, 0}, Columns: []data.Column{
		{Object: "Point", File: "points", Test: "test-points", Shape: []int{2}, Standardize: true},
		{Object: "Label", File: "sides", Test: "test-sides"},
	}}
	return p, dir
}

// Test files are what is held out, and preprocessing is not fitted on them.
func TestTestFiles(t *testing.T) {
	p, dir := idxProgram(t)
	var first *train.Report
	r, err := train.Run(context.Background(), p, train.Data(dir), train.Epochs(40), train.Batch(0),
		train.Each(func(r *train.Report) {
			if first == nil {
				first = &train.Report{Validation: r.Validation}
			}
		}))
	require.NoError(t, err)
	require.Equal(t, 8, r.Report.TrainingRows)
	require.Equal(t, 3, r.Report.HeldOutRows)
	require.Equal(t, []float64{15, 2}, r.Scalers[0].Mean)
	require.Less(t, r.Report.Validation.Loss, first.Validation.Loss)
	require.Equal(t, 1.0, r.Report.Validation.Metrics[0].Value)
	require.Empty(t, r.Report.Header)
}

// A resumed run must find the same test files, too.
func TestResumeWithTestFiles(t *testing.T) {
	p, dir := idxProgram(t)
	file := filepath.Join(t.TempDir(), "m.safetensors")
	_, err := train.Run(context.Background(), p, train.Data(dir), train.Epochs(1), train.SaveTo(file))
	require.NoError(t, err)
	half, err := train.Run(context.Background(), p, train.Data(dir), train.Epochs(3), train.ResumeFrom(file))
	require.NoError(t, err)
	whole, err := train.Run(context.Background(), p, train.Data(dir), train.Epochs(3))
	require.NoError(t, err)
	require.Equal(t, bits(t, whole.Instance), bits(t, half.Instance))

	writeIDX(t, filepath.Join(dir, "test-sides"), 1, 1, 0, 1)
	_, err = train.Run(context.Background(), p, train.Data(dir), train.Epochs(3), train.ResumeFrom(file))
	require.EqualError(t, err, file+": was trained on other data than "+dir+"; start anew from its parameters with --init")
}

// Rows in memory take the place of the files, and keep what they hold.
func TestTableTwice(t *testing.T) {
	p, dir := idxProgram(t)
	table, err := data.Read(&p.Data, dir)
	require.NoError(t, err)
	var results []*train.Result
	for range 2 {
		r, err := train.Run(context.Background(), p, train.Table(table))
		require.NoError(t, err)
		require.Zero(t, r.Report.HeldOutRows)
		results = append(results, r)
	}
	require.Equal(t, bits(t, results[0].Instance), bits(t, results[1].Instance))
}
