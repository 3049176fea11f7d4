package train_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
)

func real(width int, v ...float32) data.Values { return data.Values{Width: width, Real: v} }

func fin(width int, v ...int32) data.Values {
	return data.Values{Kind: data.Fin, Width: width, Fin: v}
}

// Every value was computed by hand.
func TestMetrics(t *testing.T) {
	nan := float32(math.NaN())
	truth := data.Values{Kind: data.Bool, Width: 1, Bool: []bool{true, false}}
	for _, c := range []struct {
		name   string
		metric train.Metric
		p, t   data.Values
		want   float64
	}{
		{"classes", train.Metric{Name: "accuracy"}, real(3, 0.1, 0.7, 0.2, 0.5, 0.3, 0.2, 0, 0, 1), fin(1, 1, 1, 2), 2. / 3},
		{"first of equal scores", train.Metric{Name: "accuracy"}, real(2, 1, 1, 1, 1), fin(1, 0, 1), 0.5},
		{"positions", train.Metric{Name: "accuracy"}, real(4, 1, 0, 0, 1, 1, 0, 1, 0), fin(2, 0, 1, 0, 1), 0.75},
		{"probability", train.Metric{Name: "accuracy", Threshold: 0.5}, real(1, 0.6, 0.4, 0.5, 0.1), real(1, 1, 0, 1, 1), 0.75},
		{"score", train.Metric{Name: "accuracy"}, real(1, 0.1, -0.1), real(1, 1, 1), 0.5},
		{"truth", train.Metric{Name: "accuracy", Threshold: 0.5}, real(1, 0.9, 0.9), truth, 0.5},
		{"one-hot", train.Metric{Name: "accuracy"}, real(2, 0.9, 0.1, 0.2, 0.8), real(2, 1, 0, 1, 0), 0.5},
		{"labels", train.Metric{Name: "accuracy"}, fin(1, 1, 2, 3), fin(1, 1, 0, 3), 2. / 3},
		// Positives .8 and .4 against negatives .6 and .2: three of four pairs.
		{"auc", train.Metric{Name: "auc"}, real(1, 0.8, 0.6, 0.4, 0.2), real(1, 1, 0, 1, 0), 0.75},
		// Pairs (.5,.5) ½, (.5,.1) 1, (.9,.5) 1, (.9,.1) 1.
		{"auc with a tie", train.Metric{Name: "auc"}, real(1, 0.5, 0.9, 0.5, 0.1), real(1, 1, 1, 0, 0), 0.875},
		{"auc of equal scores", train.Metric{Name: "auc"}, real(1, 3, 3, 3, 3, 3), real(1, 1, 0, 0, 1, 0), 0.5},
		{"auc upside down", train.Metric{Name: "auc"}, real(1, 1, 2), fin(1, 1, 0), 0},
		{"auc of one class", train.Metric{Name: "auc"}, real(1, 1, 2), real(1, 1, 1), math.NaN()},
		{"auc of no number", train.Metric{Name: "auc"}, real(1, nan, 2), real(1, 1, 0), math.NaN()},
		{"mse", train.Metric{Name: "mse"}, real(2, 1, 2, 3, 4), real(2, 1, 0, 0, 4), 13. / 4},
		{"mae", train.Metric{Name: "mae"}, real(2, 1, 2, 3, 4), real(2, 1, 0, 0, 5), 6. / 4},
		// Residuals 1, 0, 1 against Σ(t-2)² = 2.
		{"r2", train.Metric{Name: "r2"}, real(1, 2, 2, 2), real(1, 1, 2, 3), 0},
		{"r2 of a fit", train.Metric{Name: "r2"}, real(1, 1.5, 2, 3), real(1, 1, 2, 3), 1 - 0.25/2},
		{"r2 of two outputs", train.Metric{Name: "r2"}, real(2, 1, 2, 3, 2), real(2, 1, 1, 3, 3), 0.5},
		{"r2 of constant targets", train.Metric{Name: "r2"}, real(1, 1, 2), real(1, 5, 5), math.NaN()},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := train.Measure(c.metric, [2]data.Values{c.p, c.t})
			require.NoError(t, err)
			if math.IsNaN(c.want) {
				require.True(t, math.IsNaN(got), got)
				return
			}
			require.InDelta(t, c.want, got, 1e-12)
		})
	}
}

// A metric of several batches is that of all rows at once.
func TestMetricsOverBatches(t *testing.T) {
	p, y := []float32{0.9, 0.2, 0.5, 0.5, 0.7}, []float32{1, 0, 1, 0, 0}
	for _, name := range []string{"accuracy", "auc", "mse", "mae", "r2"} {
		whole, err := train.Measure(train.Metric{Name: name, Threshold: 0.5}, [2]data.Values{real(1, p...), real(1, y...)})
		require.NoError(t, err)
		parts, err := train.Measure(train.Metric{Name: name, Threshold: 0.5},
			[2]data.Values{real(1, p[:2]...), real(1, y[:2]...)}, [2]data.Values{real(1, p[2:]...), real(1, y[2:]...)})
		require.NoError(t, err)
		require.InDelta(t, whole, parts, 1e-12, name)
	}
}

func TestMetricsRefuse(t *testing.T) {
	for _, c := range []struct {
		metric string
		p, t   data.Values
		want   string
	}{
		{"f2", real(1, 1), real(1, 1), "metric f2 is not known; accuracy, top_k, precision, recall, f1, auc, confusion, perplexity, mse, mae and r2 are"},
		{"auc", real(1, 1), fin(1, 2), "auc needs targets 0 and 1, not 2"},
		{"auc", real(3, 1, 2, 3), fin(1, 0), "auc compares as many predictions as targets, not 3 with 1"},
		{"mse", real(3, 1, 2, 3), fin(1, 0), "the error compares as many predictions as targets, not 3 with 1"},
		{"r2", real(3, 1, 2, 3), fin(1, 0), "r2 compares as many predictions as targets, not 3 with 1"},
		{"accuracy", real(1, 1), real(2, 0, 1), "accuracy compares as many predictions as targets, not 1 with 2"},
	} {
		_, err := train.Measure(train.Metric{Name: c.metric}, [2]data.Values{c.p, c.t})
		require.EqualError(t, err, c.want)
	}
}
