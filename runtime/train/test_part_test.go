package train_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

// threeParts is FitProgram with a split in three.
func threeParts() *train.Program {
	p := tiny.FitProgram()
	p.Data.Split, p.Data.TestPart, p.Data.Stratify = [2]int{3, 1}, 1, "Label"
	return p
}

// The test part is evaluated at the end, by the parameters that the run gives, and
// nothing else of a run depends on it.
func TestTestPart(t *testing.T) {
	path := points(t, 50)
	p := threeParts()
	var lines bytes.Buffer
	told := 0
	result, err := train.Run(context.Background(), p, train.Data(path), train.JSON(&lines), train.Each(func(r *train.Report) {
		told++
		require.Nil(t, r.Test)
		require.NotNil(t, r.Validation)
	}))
	require.NoError(t, err)
	r := &result.Report
	require.Equal(t, 5, told)
	require.Equal(t, []int{30, 10, 10}, []int{r.TrainingRows, r.HeldOutRows, r.TestRows})

	table, err := data.Read(&p.Data, path)
	require.NoError(t, err)
	rows, held, test, err := table.Split(&p.Data, 1)
	require.NoError(t, err)
	last := table.Take(test)
	require.NoError(t, last.Standardize(&p.Data, result.Scalers))
	require.InDelta(t, float64(result.Instance.Loss(last.Batch())), r.Test.Loss, 1e-6)
	require.Len(t, r.Test.Metrics, 2)
	require.Contains(t, lines.String(), `"test":{"loss":`)

	// A training on the first two parts alone is the same.
	two := tiny.FitProgram()
	two.Data.Split = [2]int{}
	same, err := train.Run(context.Background(), two, train.Table(table.Take(rows)))
	require.NoError(t, err)
	require.Equal(t, same.Scalers, result.Scalers)
	require.Equal(t, same.Instance.Tensors(), result.Instance.Tensors())
	require.Len(t, held, 10)
}

// Where the best parameters are kept, the test is of them.
func TestTestPartOfTheKept(t *testing.T) {
	path := points(t, 50)
	p := threeParts()
	result, err := train.Run(context.Background(), p, train.Data(path), train.Patience(1), train.MinDelta(1000))
	require.NoError(t, err)
	require.Equal(t, 1, result.Report.Kept)
	once, err := train.Run(context.Background(), p, train.Data(path), train.Epochs(1))
	require.NoError(t, err)
	require.Equal(t, once.Report.Test, result.Report.Test)
}

// A run that is interrupted is not at its end.
func TestTestPartWaits(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	result, err := train.Run(ctx, threeParts(), train.Data(points(t, 50)), train.EachStep(func(*train.Step) error {
		cancel()
		return nil
	}))
	require.ErrorIs(t, err, context.Canceled)
	require.Nil(t, result.Report.Test)
}
