package parquet_test

import (
	"bytes"
	"context"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/data/parquet"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var species = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}

var schema = arrow.NewSchema([]arrow.Field{
	{Name: "length", Type: arrow.PrimitiveTypes.Float64},
	{Name: "width", Type: arrow.PrimitiveTypes.Float32, Nullable: true},
	{Name: "ripe", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "species", Type: species},
	{Name: "note", Type: arrow.BinaryTypes.String},
	{Name: "count", Type: arrow.PrimitiveTypes.Int64},
}, nil)

// flowers is a record of three rows with what CSV finds hard: digits that
// must come back to the bit, a missing cell, a comma, a quote and a line break.
func flowers(t testing.TB) arrow.RecordBatch {
	t.Helper()
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	b.Field(0).(*array.Float64Builder).AppendValues([]float64{0.1, math.Nextafter(1, 2), 1e-300}, nil)
	b.Field(1).(*array.Float32Builder).AppendValues([]float32{0.1, 0, 3}, []bool{true, false, true})
	b.Field(2).(*array.BooleanBuilder).AppendValues([]bool{true, false, true}, nil)
	for _, s := range []string{"setosa", "virginica", "setosa"} {
		require.NoError(t, b.Field(3).(*array.BinaryDictionaryBuilder).AppendString(s))
	}
	b.Field(4).(*array.StringBuilder).AppendValues([]string{"a,b", `say "x"`, "two\nlines"}, nil)
	b.Field(5).(*array.Int64Builder).AppendValues([]int64{1, 2, 1 << 53}, nil)
	return b.NewRecordBatch()
}

const flowersCSV = `length,width,ripe,species,note,count
0.1,0.1,1,setosa,"a,b",1
1.0000000000000002,,0,virginica,"say ""x""",2
1e-300,3,1,setosa,two lines,9007199254740992
`

func file(t testing.TB, rows arrow.RecordBatch) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := pqarrow.NewFileWriter(rows.Schema(), &b, nil, pqarrow.DefaultWriterProps())
	require.NoError(t, err)
	require.NoError(t, w.Write(rows))
	require.NoError(t, w.Close())
	return b.Bytes()
}

func TestRowsAreWrittenAsCSV(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, parquet.WriteCSV(&out, bytes.NewReader(file(t, flowers(t)))))
	assert.Equal(t, flowersCSV, out.String())
}

func TestFileWithoutRowsHasAHeader(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, parquet.WriteCSV(&out, bytes.NewReader(file(t, flowers(t).NewSlice(0, 0)))))
	assert.Equal(t, "length,width,ripe,species,note,count\n", out.String())
}

// petals binds the first column, and the third as a target.
var petals = data.Spec{Name: "petals", Format: "csv", Columns: []data.Column{
	{Object: "Length", First: 1, Last: 1},
	{Object: "Ripe", Kind: data.Bool, First: 3, Last: 3},
}}

func TestRowsAreReadAsTheDeclarationSays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "petals.parquet")
	require.NoError(t, os.WriteFile(path, file(t, flowers(t)), 0o600))
	table, err := parquet.Read(&petals, path)
	require.NoError(t, err)
	csv, err := data.ReadFrom(&petals, "petals.csv", bytes.NewReader([]byte(flowersCSV)))
	require.NoError(t, err)
	assert.Equal(t, 3, table.Rows)
	assert.Equal(t, csv.Factors, table.Factors)
}

// What a declaration says of names holds of a file that has names of its own.
func TestColumnsAndClassesByName(t *testing.T) {
	spec := data.Spec{Name: "petals", Format: "csv", Columns: []data.Column{
		{Object: "Species", Kind: data.Fin, N: 2, Names: []data.NameRange{{From: "species", To: "species"}}, Classes: []string{"setosa", "virginica"}},
		{Object: "Size", Names: []data.NameRange{{From: "length", To: "length"}, {From: "count", To: "count"}}, Shape: []int{2}},
	}}
	table, err := parquet.ReadFrom(&spec, "petals.parquet", bytes.NewReader(file(t, flowers(t))))
	require.NoError(t, err)
	assert.Equal(t, []int32{0, 1, 0}, table.Factors[0].Fin)
	assert.Equal(t, []float32{0.1, 1, 1, 2, 0, 1 << 53}, table.Factors[1].Real)

	spec.Columns[0].Classes = []string{"setosa", "versicolor"}
	_, err = parquet.ReadFrom(&spec, "petals.parquet", bytes.NewReader(file(t, flowers(t))))
	assert.ErrorContains(t, err, "petals.parquet: record 2: column 4 (Species): ")
}

func TestFaultsNameTheRow(t *testing.T) {
	width := data.Spec{Name: "petals", Format: "csv", Columns: []data.Column{{Object: "Width", First: 2, Last: 2}}}
	idx := data.Spec{Name: "petals", Format: "idx", Columns: []data.Column{{Object: "Width", File: "w"}}}
	whole := file(t, flowers(t))
	folder := t.TempDir()
	for _, c := range []struct {
		name string
		read func() error
		want string
	}{
		{"missing cell", func() error {
			_, err := parquet.ReadFrom(&width, "petals.parquet", bytes.NewReader(whole))
			return err
		}, "petals.parquet: record 2: column 2 (Width): "},
		{"other format", func() error {
			_, err := parquet.ReadFrom(&idx, "petals.parquet", bytes.NewReader(whole))
			return err
		}, "petals.parquet: data petals is declared as idx"},
		{"CSV", func() error {
			_, err := parquet.ReadFrom(&petals, "petals.csv", bytes.NewReader([]byte(flowersCSV)))
			return err
		}, `petals.csv: not a Parquet file`},
		{"nothing", func() error {
			_, err := parquet.ReadFrom(&petals, "empty", bytes.NewReader(nil))
			return err
		}, "empty: not a Parquet file"},
		{"no file", func() error {
			_, err := parquet.Read(&petals, filepath.Join(folder, "none"))
			return err
		}, filepath.Join(folder, "none") + ": no such file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.read()
			require.Error(t, err)
			assert.Contains(t, err.Error(), c.want)
		})
	}
}

// A file cut off anywhere is an error; with a byte changed, an error or other rows.
func TestDamagedFilesAreErrors(t *testing.T) {
	whole := file(t, flowers(t))
	for end := range whole {
		assert.Error(t, parquet.WriteCSV(io.Discard, bytes.NewReader(whole[:end])), "cut off after %d bytes", end)
	}
	for at := range whole {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x55
		assert.NotPanics(t, func() { _ = parquet.WriteCSV(io.Discard, bytes.NewReader(damaged)) })
	}
}

// A writer that gives up is the reason that is reported.
func TestWritersErrorsComeBack(t *testing.T) {
	r, w := io.Pipe()
	r.CloseWithError(context.Canceled)
	err := parquet.WriteCSV(w, bytes.NewReader(file(t, flowers(t))))
	assert.ErrorIs(t, err, context.Canceled)
}
