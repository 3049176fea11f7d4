package train_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

// spoilt is a file with rows that do not fit between those of path.
func spoilt(t *testing.T, path string, bad ...string) string {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := strings.SplitAfter(string(text), "\n")
	var b strings.Builder
	for i, line := range lines {
		b.WriteString(line)
		if 0 < i && i <= len(bad) {
			b.WriteString(bad[i-1] + "\n")
		}
	}
	path = filepath.Join(t.TempDir(), "spoilt.csv")
	require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o600))
	return path
}

// A training without the rows that do not fit is, bit for bit, the one on a file
// without them, and says what it left out.
func TestSkipBad(t *testing.T) {
	good := points(t, 40)
	path := spoilt(t, good, "1,x,0", "1,2,3", "1,y,1", "1,2")
	whole, err := train.Run(context.Background(), tiny.FitProgram(), train.Data(good))
	require.NoError(t, err)
	require.Nil(t, whole.Report.Skipped)
	without, err := train.Run(context.Background(), tiny.FitProgram(), train.Data(path), train.SkipBad())
	require.NoError(t, err)
	require.Equal(t, whole.Instance.Tensors(), without.Instance.Tensors())
	require.Equal(t, whole.Scalers, without.Scalers)
	require.Equal(t, 4, without.Report.Skipped.Rows)
	require.Equal(t, data.Reason{Column: 2, Object: "Point", Text: "is not a number", Rows: 2}, without.Report.Skipped.Reasons[0])

	_, err = train.Run(context.Background(), tiny.FitProgram(), train.Data(path))
	require.ErrorContains(t, err, path+`:3: column 2 (Point): "x" is not a number`)
	none, err := train.Run(context.Background(), tiny.FitProgram(), train.Data(good), train.SkipBad())
	require.NoError(t, err)
	require.Equal(t, &data.Skipped{}, none.Report.Skipped)
	folds, err := train.CrossValidate(context.Background(), tiny.FitProgram(), 4, train.Data(path), train.SkipBad(), train.Epochs(1))
	require.NoError(t, err)
	require.Equal(t, 4, folds.Skipped.Rows)
	require.Equal(t, 40, folds.Rows)
}

func TestMainSkipBad(t *testing.T) {
	path := spoilt(t, points(t, 40), "1,x,0", "1,2,3", "1,y,1", "1,2")
	code, stdout, stderr := call(tiny.FitProgram(), "--data", path, "--skip-bad", "--epochs", "1", "--json")
	require.Zero(t, code)
	require.True(t, strings.HasPrefix(stderr, strings.ReplaceAll(`skipped: DATA:3: column 2 (Point): "x" is not a number
skipped: DATA:5: column 3 (Label): 3 is not in {0, 1}
skipped: DATA:7: column 2 (Point): "y" is not a number
skipped: DATA:9: the record has 2 fields, the first one (line 2) has 3
4 left out, 40 read
  2  column 2 (Point): is not a number
  1  column 3 (Label): is not in {0, 1}
  1  the record has another number of fields
points: DATA: 30 rows to train on, 10 held out; `, "DATA", path)), stderr)
	require.Contains(t, stderr, "\ntrained without 4 rows that did not fit\n")
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	var done struct {
		Skipped struct {
			Rows    int
			Reasons []map[string]any
		}
	}
	require.NoError(t, json.Unmarshal([]byte(lines[len(lines)-1]), &done))
	require.Equal(t, 4, done.Skipped.Rows)
	require.Equal(t, []map[string]any{
		{"column": 2., "object": "Point", "reason": "is not a number", "rows": 2.},
		{"column": 3., "object": "Label", "reason": "is not in {0, 1}", "rows": 1.},
		{"reason": "the record has another number of fields", "rows": 1.},
	}, done.Skipped.Reasons)

	code, _, stderr = call(tiny.FitProgram(), "--data", spoilt(t, points(t, 0), "1,x,0"), "--skip-bad")
	require.Equal(t, 2, code)
	require.Contains(t, stderr, "no rows of data")
}
