package generated_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/screening"
	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
)

// Nothing of the rows that are held out reaches what is trained: with 1e6 added to
// all their features, scalers and weights are the same, bit for bit.
func TestNoLeakage(t *testing.T) {
	const seed = 7
	ranged := wdbc.FitProgram()
	ranged.Data.Columns = append([]data.Column(nil), ranged.Data.Columns...)
	ranged.Data.Columns[0].Range = [2]float64{0, 1}
	for name, p := range map[string]*train.Program{"wdbc": wdbc.FitProgram(), "screening": screening.FitProgram(), "scaled to a range": ranged} {
		t.Run(name, func(t *testing.T) {
			const file = "../specs/breast_cancer.csv"
			table, err := data.Read(&p.Data, file)
			require.NoError(t, err)
			_, held, _, err := table.Split(&p.Data, seed)
			require.NoError(t, err)
			require.NotEmpty(t, held)
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			lines := strings.Split(string(text), "\n")
			for _, row := range held {
				line := &lines[table.Line(row)-1]
				cells := strings.Split(*line, ",")
				for k := range 30 {
					x, err := strconv.ParseFloat(cells[k], 64)
					require.NoError(t, err)
					cells[k] = fmt.Sprint(x + 1e6)
				}
				*line = strings.Join(cells, ",")
			}
			changed := filepath.Join(t.TempDir(), "changed.csv")
			require.NoError(t, os.WriteFile(changed, []byte(strings.Join(lines, "\n")), 0o600))

			run := func(path string) (weights [][]float32, r *train.Result) {
				r, err := train.Run(context.Background(), p, train.Data(path), train.Seed(seed), train.Epochs(3))
				require.NoError(t, err)
				for _, tensor := range r.Instance.Tensors() {
					weights = append(weights, append([]float32(nil), tensor.F32...))
				}
				return weights, r
			}
			weights, a := run(file)
			same, b := run(changed)
			require.Equal(t, weights, same)
			require.Equal(t, a.Scalers, b.Scalers)
			require.Equal(t, a.Report.Loss, b.Report.Loss)
			require.NotEqual(t, a.Report.Validation.Loss, b.Report.Validation.Loss, "the rows did change")
		})
	}
}
