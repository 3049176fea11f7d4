package data

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

func TestReadForms(t *testing.T) {
	plain := "1,2.5,0\n3,4e0,2\n"
	for name, text := range map[string]string{
		"plain":            plain,
		"no last newline":  strings.TrimSuffix(plain, "\n"),
		"CRLF":             strings.ReplaceAll(plain, "\n", "\r\n"),
		"gzip":             gz(plain),
		"two gzip members": gz("1,2.5,0\n") + gz("3,4e0,2\n"),
		"BOM":              "\xef\xbb\xbf" + plain,
		"blank lines":      "\n1,2.5,0\n\n\n3,4e0,2\n\n",
		"spaces":           " 1 ,2.5 , 0\n3,\t4e0,2\n",
		"quotes":           "\"1\",\"2.5\",\"0\"\n3,\"4e0\n\",2\n",
		"header":           "x,y,class\n" + plain,
		"odd header":       "2 rows\n" + plain,
		"quoted header":    "\"x \"\"axis\"\", mm\",y,class\n" + plain,
		"integral class":   "1,2.5,0.0\n3,4e0,2e0\n",
	} {
		table, err := ReadFrom(pair(), "a.csv", strings.NewReader(text))
		require.NoError(t, err, name)
		require.Equal(t, 2, table.Rows, name)
		require.Equal(t, []float32{1, 2.5, 3, 4}, table.Factors[0].Real, name)
		require.Equal(t, []int32{0, 2}, table.Factors[1].Fin, name)
	}
}

func TestHeaderDecision(t *testing.T) {
	for _, c := range []struct {
		text, reason string
		header       Header
		names        []string
		rows         int
	}{
		{"x,y,c\n1,2,0\n", "line 1 is a header: none of its bound cells is a value", HeaderAuto, []string{"x", "y", "c"}, 1},
		{"569,30,malignant,benign\n1,2,0\n", "line 1 is a header: it has 4 fields, line 2 has 3", HeaderAuto, []string{"569", "30", "malignant", "benign"}, 1},
		{"1,2,0\n1,2,0\n", "line 1 is data: it has as many fields as the next record and a bound cell that is a value", HeaderAuto, nil, 2},
		{"1,2,0\n", "line 1 is data: a bound cell is a value", HeaderAuto, nil, 1},
		{"\n1,2,0\n", "line 2 is data: the spec says header: none", HeaderNone, nil, 1},
		{"9,9,9\n1,2,0\n", "line 1 is a header: the spec says header: skip", HeaderSkip, []string{"9", "9", "9"}, 1},
		{"x , y,c\n1,2,0\n", "line 1 is a header: the spec says header: names", HeaderNames, []string{"x", "y", "c"}, 1},
	} {
		spec := pair()
		spec.Header = c.header
		table, err := ReadFrom(spec, "a.csv", strings.NewReader(c.text))
		require.NoError(t, err)
		require.Equal(t, c.reason, table.Header.Reason)
		require.Equal(t, c.names, table.Header.Names)
		require.Equal(t, c.rows, table.Rows)
	}
}

// The fast path of the number parser gives the bits of strconv.
func TestParseReal(t *testing.T) {
	for _, s := range []string{"0", "-0", "1", "+1", ".5", "5.", "17.99", "0.006399", "123456789012345", "1234567890123456789",
		"0.1", "-122.8", "1e-7", "1E+3", "3.000000000000000000000", "0.00000000000000000000001", "9007199254740993"} {
		want, err := strconv.ParseFloat(s, 64)
		require.NoError(t, err)
		got, ok := parseReal([]byte(s))
		require.True(t, ok, s)
		require.Equal(t, math.Float64bits(want), math.Float64bits(got), s)
	}
	for _, s := range []string{"", "-", ".", "+.", "1.2.3", "e5", "1e", "1_0", "0x10", "inf", "infinity", "nan", "1 2", "--1", "1-", "١"} {
		_, ok := parseReal([]byte(s))
		require.False(t, ok, s)
	}
}

func TestScaled(t *testing.T) {
	spec := with(func(s *Spec) { s.Columns[0].Scale = 1.0 / 16; s.Columns[0].Set = runtime.Interval{Low: 0, High: 1} })
	table, err := ReadFrom(spec, "a.csv", strings.NewReader("16,4,0\n"))
	require.NoError(t, err)
	require.Equal(t, []float32{1, 0.25}, table.Factors[0].Real)
}

func TestStandardize(t *testing.T) {
	spec := with(func(s *Spec) { s.Columns[0].Standardize = true; s.Columns[0].Set = nil })
	table, err := ReadFrom(spec, "a.csv", strings.NewReader("1,0.1,0\n3,0.1,0\n100,0.1,0\n"))
	require.NoError(t, err)
	scalers := table.Fit(spec, []int{0, 1}) // the third row is held out
	require.Equal(t, []*Scaler{{Object: "Point", Mean: []float64{2, 0.1}, Deviation: []float64{1, 1}}}, scalers)
	require.NoError(t, table.Standardize(spec, scalers))
	require.Equal(t, []float32{-1, 0, 1, 0, 98, 0}, table.Factors[0].Real)

	// A predictor that scales one row gets what the training saw.
	row := []float32{100, 0.1}
	scalers[0].Apply(row, row)
	require.Equal(t, float32(98), row[0])
	require.InDelta(t, 0, row[1], 1e-7)
}

// The deviation divides by n: for 2, 4, 4, 4, 5, 5, 7, 9 it is 2.
func TestPopulationDeviation(t *testing.T) {
	s := fitScaler("X", []float64{2, 4, 4, 4, 5, 5, 7, 9}, 1, []int{0, 1, 2, 3, 4, 5, 6, 7})
	require.Equal(t, []float64{5}, s.Mean)
	require.Equal(t, []float64{2}, s.Deviation)
	require.True(t, s.Valid(1))
	require.False(t, s.Valid(2))
	require.False(t, (&Scaler{Mean: []float64{0}, Deviation: []float64{0}}).Valid(1))
}

// Constant columns get deviation 1 even where their mean rounds.
func TestConstantColumn(t *testing.T) {
	s := fitScaler("X", []float64{0.1, 0.1, 0.1}, 1, []int{0, 1, 2})
	require.Equal(t, []float64{0.1}, s.Mean)
	require.Equal(t, []float64{1}, s.Deviation)
}

func TestSetOfStandardizedColumn(t *testing.T) {
	spec := with(func(s *Spec) { s.Columns[0].Standardize = true; s.Columns[0].Set = runtime.Interval{Low: -2, High: 2} })
	table, err := ReadFrom(spec, "a.csv", strings.NewReader("1,0,0\n3,0,0\n100,0,0\n"))
	require.NoError(t, err)
	require.EqualError(t, table.Standardize(spec, table.Fit(spec, []int{0, 1})),
		"a.csv:3: column 1 (Point): 98 is not in [-2, 2] (after standardizing)")
}

func TestSplit(t *testing.T) {
	spec := with(func(s *Spec) { s.Split = [2]int{80, 20} })
	table := &Table{File: "a.csv", Rows: 569}
	train, held, _, err := table.Split(spec, 1)
	require.NoError(t, err)
	require.Len(t, train, 455)
	require.Len(t, held, 114)
	all := append(slices.Clone(train), held...)
	slices.Sort(all)
	for i, r := range all {
		require.Equal(t, i, r)
	}
	again, _, _, _ := table.Split(spec, 1)
	require.Equal(t, train, again)
	other, _, _, _ := table.Split(spec, 2)
	require.NotEqual(t, train, other)

	spec.Split = [2]int{}
	train, held, _, err = table.Split(spec, 1)
	require.NoError(t, err)
	require.Len(t, train, 569)
	require.Empty(t, held)

	spec.Split = [2]int{80, 20}
	_, _, _, err = (&Table{File: "a.csv", Rows: 2}).Split(spec, 1)
	require.EqualError(t, err, "a.csv: the held-out part is empty: data pairs splits 2 rows 80 / 20")
	spec.Split = [2]int{1, 99}
	_, _, _, err = (&Table{File: "a.csv", Rows: 2}).Split(spec, 1)
	require.EqualError(t, err, "a.csv: the training part is empty: data pairs splits 2 rows 1 / 99")
}

func TestTakeAndGather(t *testing.T) {
	table, err := ReadFrom(pair(), "a.csv", strings.NewReader("1,2,0\n3,4,1\n5,6,2\n"))
	require.NoError(t, err)
	part := table.Take([]int{2, 0})
	require.Equal(t, 2, part.Rows)
	require.Equal(t, []float32{5, 6, 1, 2}, part.Factors[0].Real)
	require.Equal(t, []int32{2, 0}, part.Factors[1].Fin)

	b := table.NewBatch(2)
	rows := []int{1, 1}
	b.Gather(table, rows)
	require.Equal(t, []float32{3, 4, 3, 4}, b.Factors[0].Real)
	require.Zero(t, testing.AllocsPerRun(10, func() { b.Gather(table, rows) }))

	v := *table.Batch()
	v.Factors = slices.Clone(v.Factors)
	v.View(table, 1, 3)
	require.Equal(t, 2, v.N)
	require.Equal(t, []float32{3, 4, 5, 6}, v.Factors[0].Real)
	require.Equal(t, []int32{1, 2}, v.Factors[1].Fin)
}

func TestNewTable(t *testing.T) {
	spec := pair()
	table, err := NewTable(spec, "rows", Values{Kind: Real, Real: []float32{1, 2, 3, 4}}, Values{Kind: Fin, Fin: []int32{0, 1}})
	require.NoError(t, err)
	require.Equal(t, 2, table.Rows)
	_, err = NewTable(spec, "rows", Values{Kind: Real, Real: []float32{1, 2, 3, 4}}, Values{Kind: Fin, Fin: []int32{0}})
	require.EqualError(t, err, "rows: Class: 1 numbers do not make 2 rows of 1")
	_, err = NewTable(spec, "rows", Values{Kind: Real})
	require.EqualError(t, err, "rows: a row has 2 factors, not 1")
}

// The data of the example specs reads as the specs say.
func TestExampleData(t *testing.T) {
	for _, c := range []struct {
		file   string
		spec   Spec
		rows   int
		header bool
	}{
		{"breast_cancer.csv", Spec{Name: "cohort", Format: "csv", Header: HeaderSkip, Columns: []Column{
			{Object: "Features", First: 1, Last: 30, Standardize: true},
			{Object: "Diagnosis", First: 31, Last: 31, Set: runtime.Finite{0, 1}}}}, 569, true},
		{"digits.csv.gz", Spec{Name: "scans", Format: "csv", Columns: []Column{
			{Object: "Image", First: 1, Last: 64, Scale: 1.0 / 16},
			{Object: "Digit", Kind: Fin, First: 65, Last: 65, N: 10}}}, 1797, false},
	} {
		path := filepath.Join("..", "..", "specs", c.file)
		if _, err := os.Stat(path); err != nil {
			t.Fatal(err)
		}
		table, err := Read(&c.spec, path)
		require.NoError(t, err)
		require.Equal(t, c.rows, table.Rows)
		require.Equal(t, c.header, table.Header.Present)
	}
}
