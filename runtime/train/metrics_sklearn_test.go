package train_test

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
)

// TestMetricsAgree holds each figure of a classification, as one batch and as
// several, against scikit-learn's.
func TestMetricsAgree(t *testing.T) {
	text, err := os.ReadFile("testdata/metrics.json")
	require.NoError(t, err)
	var cases []struct {
		Name    string
		Classes int
		Scores  []float32
		Targets []int32
		Want    map[string]any
	}
	require.NoError(t, json.Unmarshal(text, &cases))
	require.NotEmpty(t, cases)
	for _, c := range cases {
		width := max(c.Classes, 1)
		part := func(from, to int) [2]data.Values {
			y := data.Values{Kind: data.Fin, Width: 1, Fin: c.Targets[from:to]}
			if c.Classes == 0 {
				y = data.Values{Width: 1}
				for _, v := range c.Targets[from:to] {
					y.Real = append(y.Real, float32(v))
				}
			}
			return [2]data.Values{{Width: width, Real: c.Scores[from*width : to*width]}, y}
		}
		n := len(c.Targets)
		for name, want := range c.Want {
			t.Run(c.Name+"/"+name, func(t *testing.T) {
				m := metricOf(t, name)
				m.Classes = c.Classes
				if c.Classes == 0 {
					m.Threshold = 0.5
				}
				require.Equal(t, name, m.Title())
				for _, batches := range [][][2]data.Values{{part(0, n)}, {part(0, 3), part(3, n-1), part(n-1, n)}} {
					f := train.Detail(m, batches...)
					switch want := want.(type) {
					case float64:
						require.InDelta(t, want, f.Value, 1e-6)
						require.Nil(t, f.Classes)
					case []any:
						if _, rows := want[0].([]any); rows {
							requireJSON(t, want, f.Counts)
							continue
						}
						require.Len(t, f.Classes, len(want))
						for k := range want {
							require.InDelta(t, want[k], f.Classes[k], 1e-12)
						}
					}
				}
			})
		}
	}
}

func requireJSON(t *testing.T, want, got any) {
	a, err := json.Marshal(want)
	require.NoError(t, err)
	b, err := json.Marshal(got)
	require.NoError(t, err)
	require.JSONEq(t, string(a), string(b))
}

func metricOf(t *testing.T, title string) train.Metric {
	name, arg, _ := strings.Cut(strings.TrimSuffix(title, ")"), "(")
	m := train.Metric{Name: name}
	if name == "top_k" {
		require.NoError(t, json.Unmarshal([]byte(arg), &m.K))
	} else {
		m.Average = arg
	}
	return m
}

// A class of which nothing defines a figure counts as 0, and is named.
func TestUndefined(t *testing.T) {
	scores := real(3, 1, 0, 0, 1, 0, 0, 0, 1, 0) // 0, 0, 1
	truth := fin(1, 0, 2, 0)
	of := func(m train.Metric) train.Figure {
		m.Classes = 3
		return train.Detail(m, [2]data.Values{scores, truth})
	}
	require.Equal(t, []int{2}, of(train.Metric{Name: "precision"}).Undefined)
	require.Equal(t, []int{1}, of(train.Metric{Name: "recall"}).Undefined)
	require.Equal(t, []int{1}, of(train.Metric{Name: "recall", Average: "macro"}).Undefined)
	require.Empty(t, of(train.Metric{Name: "recall", Average: "micro"}).Undefined)
	require.Empty(t, of(train.Metric{Name: "f1"}).Undefined)
	binary := train.Detail(train.Metric{Name: "precision", Threshold: 0.5}, [2]data.Values{real(1, 0.1, 0.2), real(1, 0, 1)})
	require.Equal(t, []int{1}, binary.Undefined)
	require.Zero(t, binary.Value)
	require.Equal(t, []string{
		"held out: precision of class 2 is taken to be 0: nothing was predicted to be of it",
		"held out: recall(macro) of classes 0, 1 is taken to be 0: they do not occur",
		"held out: f1 of class 1 is taken to be 0: it does not occur and was not predicted",
		"held out: auc of predict is not defined: all targets are of one class, or a score is not a number",
	}, train.UndefinedNotes([]train.Figure{
		{Name: "precision", Undefined: []int{2}}, {Name: "recall(macro)", Undefined: []int{0, 1}},
		{Name: "f1", Undefined: []int{1}}, {Name: "auc of predict", Value: math.NaN()},
	}, "held out"))
}

func TestClassTables(t *testing.T) {
	require.Equal(t, ""+
		"class  precision      f1\n"+
		"0         0.5000  1.0000\n"+
		"1         0.2500  0.0000\n"+
		"rows are the classes, columns what was predicted\n"+
		"confusion   0  1\n"+
		"0          10  2\n"+
		"1           0  3\n", train.ClassTables([]train.Figure{
		{Name: "precision", Classes: []float64{0.5, 0.25}}, {Name: "accuracy", Value: 1}, {Name: "f1", Classes: []float64{1, 0}},
		{Name: "confusion", Counts: [][]int64{{10, 2}, {0, 3}}},
	}))
	require.Empty(t, train.ClassTables([]train.Figure{{Name: "f1", Classes: make([]float64, 1000)}}))
}
