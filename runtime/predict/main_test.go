package predict_test

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/predict"
)

type point struct {
	X float32  `json:"x"`
	Y [2]int32 `json:"y"`
}

// Forms of results, in CSV and JSON, and results that are none.
func TestResults(t *testing.T) {
	model := filepath.Join(t.TempDir(), "any.safetensors")
	require.NoError(t, checkpoint.Save(model, nil, []checkpoint.Tensor{{Name: "w", F32: []float32{1}}}))
	for _, c := range []struct {
		name           string
		results        []string
		f              any
		leading        []any
		code           int
		csv, json, err string
	}{
		{"number", []string{"Y"}, func(x float32) float32 { return x / 4 }, nil, 0, "Y\n0.25\n0.5\n", "0.25\n0.5\n", ""},
		{"record", []string{"P"}, func(x float32) point { return point{x, [2]int32{3, 4}} }, nil, 0,
			"P.x,P.y[0],P.y[1]\n1,3,4\n2,3,4\n", `{"x":1,"y":[3,4]}` + "\n" + `{"x":2,"y":[3,4]}` + "\n", ""},
		{"product", []string{"Y", "B"}, func(x float32) (float32, bool) { return x, x > 1 }, nil, 0,
			"Y,B\n1,false\n2,true\n", "[1,false]\n[2,true]\n", ""},
		{"leading", []string{"Y"}, func(w *float32, x float32) float32 { return *w * x }, []any{new(float32)}, 0, "Y\n0\n0\n", "0\n0\n", ""},
		{"partial", []string{"Y"}, func(x float32) (float32, error) {
			if x > 1 {
				return 0, errors.New("too short")
			}
			return x, nil
		}, nil, 1, "Y\n1\n", "1\n", "rows.csv:2: too short"},
		{"NaN", []string{"Y"}, func(x float32) float32 { return float32(math.NaN()) }, nil, 1, "", "", "rows.csv:1: Y: NaN came out, which is no number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := filepath.Join(t.TempDir(), "rows.csv")
			require.NoError(t, os.WriteFile(rows, []byte("1\n2\n"), 0o600))
			load := func([]byte) (*predict.Arrow, error) {
				return &predict.Arrow{Name: "f", Columns: []int{0}, Results: c.results, Func: c.f, Leading: c.leading,
					Data: data.Spec{Name: "d", Format: "csv", Path: "p", Header: data.HeaderNone, Columns: []data.Column{{Object: "X", First: 1, Last: 1}}}}, nil
			}
			for form, want := range map[string]string{"--json=false": c.csv, "--json": c.json} {
				var out, errs bytes.Buffer
				code := predict.Main(load, []string{"--model", model, form, "--input", rows}, strings.NewReader(""), &out, &errs)
				require.Equal(t, c.code, code, errs.String())
				require.Equal(t, want, out.String())
				require.Contains(t, errs.String(), c.err)
			}
		})
	}
	named := func([]byte) (*predict.Arrow, error) {
		return &predict.Arrow{Name: "f", Columns: []int{0}, Results: []string{"Kind", "Side", "Ready", "Other"},
			Func: func(x float32) (int32, float32, bool, int32) { return int32(x), 2*x - 3, x > 1, int32(x) },
			Data: data.Spec{Name: "d", Format: "csv", Path: "p", Header: data.HeaderNone, Columns: []data.Column{
				{Object: "X", First: 1, Last: 1},
				{Object: "Kind", Kind: data.Fin, N: 3, First: 2, Last: 2, Classes: []string{"a", "b", `c, or "d"`}},
				{Object: "Side", Set: runtime.Finite{-1, 1}, First: 3, Last: 3, Classes: []string{"left", "right"}},
				{Object: "Ready", Kind: data.Bool, First: 4, Last: 4, Classes: []string{"no", "yes"}},
			}}}, nil
	}
	for form, want := range map[string]string{
		"--json":       `["b","left","no",1]` + "\n" + `["c, or \"d\"","right","yes",2]` + "\n",
		"--json=false": "Kind,Side,Ready,Other\nb,left,no,1\n\"c, or \"\"d\"\"\",right,yes,2\n",
	} {
		var out, errs bytes.Buffer
		require.Equal(t, 0, predict.Main(named, []string{"--model", model, form}, strings.NewReader("1\n2\n"), &out, &errs), errs.String())
		require.Equal(t, want, out.String())
	}
	scaled := func([]byte) (*predict.Arrow, error) {
		return &predict.Arrow{Name: "f", Columns: []int{0}, Results: []string{"Y", "Pair", "X"}, Restore: []int{2, 3, 0},
			Func:    func(x float32) (float32, [1][2]float32, float32) { return x, [1][2]float32{{x, 2 * x}}, x },
			Scalers: []*data.Scaler{{Object: "Y", Mean: []float64{100}, Deviation: []float64{10}}, {Object: "Pair", Mean: []float64{1, 2}, Deviation: []float64{3, 4}}},
			Data: data.Spec{Name: "d", Format: "csv", Path: "p", Header: data.HeaderNone, Columns: []data.Column{
				{Object: "X", First: 1, Last: 1}, {Object: "Y", First: 2, Last: 2, Standardize: true}, {Object: "Pair", First: 3, Last: 4, Standardize: true},
			}}}, nil
	}
	var answers, noise bytes.Buffer
	require.Equal(t, 0, predict.Main(scaled, []string{"--model", model}, strings.NewReader("1\n2\n"), &answers, &noise), noise.String())
	require.Equal(t, "Y,Pair[0][0],Pair[0][1],X\n110,4,10,1\n120,7,18,2\n", answers.String())
	list := func([]byte) (*predict.Arrow, error) {
		return &predict.Arrow{Name: "f", Columns: []int{0}, Results: []string{"L"}, Func: func(x float32) []float32 { return []float32{x} },
			Data: data.Spec{Name: "d", Format: "csv", Path: "p", Header: data.HeaderNone, Columns: []data.Column{{Object: "X", First: 1, Last: 1}}}}, nil
	}
	var out, errs bytes.Buffer
	require.Equal(t, 1, predict.Main(list, []string{"--model", model}, strings.NewReader("1\n"), &out, &errs))
	require.Contains(t, errs.String(), "--json prints them")
	out.Reset()
	require.Equal(t, 0, predict.Main(list, []string{"--model", model, "--json"}, strings.NewReader("1\n"), &out, &errs))
	require.Equal(t, "[1]\n", out.String())
}

// Every row of the real data is answered to the bit as a Go program would.
func TestAgreesWithThePackage(t *testing.T) {
	const model = "../../generated/testdata/wdbc.safetensors"
	file, err := os.ReadFile(model)
	require.NoError(t, err)
	m, err := wdbc.LoadFit(file)
	require.NoError(t, err)
	load := func(file []byte) (*predict.Arrow, error) {
		return &predict.Arrow{Name: "predict", Data: wdbc.FitProgram().Data, Scalers: m.Scalers, Columns: []int{0}, Results: []string{"Probability"}, Func: m.Predict}, nil
	}
	var out, errs bytes.Buffer
	require.Equal(t, 0, predict.Main(load, []string{"--model", model, "--json", "--input", "../../specs/breast_cancer.csv"}, nil, &out, &errs), errs.String())
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	spec := wdbc.FitProgram().Data
	table, err := data.Read(&spec, "../../specs/breast_cancer.csv")
	require.NoError(t, err)
	require.Len(t, lines, table.Rows)
	require.NoError(t, table.Standardize(&spec, m.Scalers))
	for i, line := range lines {
		var got wdbc.Probability
		require.NoError(t, got.UnmarshalJSON([]byte(line)))
		require.Equal(t, m.Predict(wdbc.Features(table.Factors[0].Real[30*i:30*i+30])), got)
	}
}
