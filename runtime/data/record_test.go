package data

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// scanned is all records of text with the lines they start at, and the line of the
// fault that ends them, or 0.
func scanned(r io.Reader) (all [][]string, lines []int, fault int) {
	in := newRecords(r)
	for {
		fields, line, err := in.next()
		var text *recordError
		if errors.As(err, &text) {
			return all, lines, text.line
		}
		if err != nil {
			return all, lines, 0
		}
		record := []string{}
		for _, f := range fields {
			record = append(record, string(f))
		}
		all, lines = append(all, record), append(lines, line)
	}
}

// splitsAsEncodingCSV holds the scanner against encoding/csv: the same records at
// the same lines, and a fault where that has one.
func splitsAsEncodingCSV(t *testing.T, text string) {
	if strings.HasPrefix(text, "\ufeff") || strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return // encoding/csv takes them for text
	}
	all, lines, fault := scanned(strings.NewReader(text))
	if len(text) < 1000 {
		small, _, _ := scanned(iotest.OneByteReader(strings.NewReader(text)))
		require.Equal(t, all, small)
	}

	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = -1
	for k := 0; ; k++ {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			require.Len(t, all, k)
			require.Zero(t, fault)
			return
		}
		if err != nil {
			require.Len(t, all, k)
			require.NotZero(t, fault, "%s", err)
			return
		}
		require.Less(t, k, len(all), "record %q", record)
		require.Equal(t, record, all[k])
		line, _ := in.FieldPos(0)
		require.Equal(t, line, lines[k])
	}
}

var records4180 = []string{
	"", "\n", "\r\n", ",", ",,", "a", "a\n", "a,b\r\nc,d\r\n", "a,b\n\n\nc,d", "\n\na", "a,\n,b\n", " a , b ",
	"12345678,12345678,1234567,123456,12345,1234,123,12,1,\n", "-,-1,,-,+,-.\n1,,,,,,,,,,2\n", ",,,,,,,,,,,,,,,,",
	`"a","b"` + "\n", `"a,b",c`, `"a""b",""` + "\r\n", "\"a\nb\",c\nd", "\"a\r\nb\r\n\",c\r\nd,e", `""`, `"",""`, `"""",x`,
	`a"b,c`, `"a"b,c`, `"a`, "a,\"b\n", `"a" ,b`, ` "a",b`, "a\n\"b\n\nc", "a,\"\"\"", `"`, `a,"`, "x\n\"y\"z\n",
	"a\rb,c\n", "\r", "a\r", "a\r\r\n", "\"a\r\"\n", "\"a\r\r\nb\"", "\x00,\xff\n", "ä,ö,ü,€,𝄞\n",
}

func TestRecords(t *testing.T) {
	for _, text := range records4180 {
		splitsAsEncodingCSV(t, text)
	}
	// Across the border of the buffer, which holds 65536 bytes.
	for fill := 65_500; fill < 65_560; fill += 13 {
		for _, text := range records4180 {
			splitsAsEncodingCSV(t, strings.Repeat("z", fill)+"\n"+text)
			splitsAsEncodingCSV(t, strings.Repeat("z", fill)+text)
		}
	}
}

func FuzzRecords(f *testing.F) {
	for _, text := range records4180 {
		f.Add(text)
	}
	f.Fuzz(splitsAsEncodingCSV)
}

// A stream works in the memory of the rows that it gave before.
func TestStreamAllocatesNothing(t *testing.T) {
	spec := &Spec{Name: "rows", Format: "csv", Header: HeaderNone, Columns: []Column{
		{Object: "Features", First: 1, Last: 3, Standardize: true}, {Object: "Rest", First: 4, Last: 5, Scale: 0.5},
		{Object: "Class", Kind: Fin, First: 6, Last: 6, N: 9}, {Object: "Count", Kind: Int, First: 7, Last: 7}, {Object: "Flag", Kind: Bool, First: 8, Last: 8}}}
	scalers := []*Scaler{{"Features", []float64{1, 2, 3}, []float64{1, 2, 3}}}
	text := strings.Repeat("17.99,\"0.5\",-1.799000000000000000e+01,4, 5 ,6,-7,TRUE\n1,2,3,4,5.123456789,6,7,0\n", 40_000)
	s, err := NewStream(spec, "rows.csv", strings.NewReader(text))
	require.NoError(t, err)
	var batch Batch
	next := func() {
		table, err := s.Next(100)
		require.NoError(t, err)
		require.NoError(t, table.Standardize(spec, scalers))
		batch.Factors = append(batch.Factors[:0], table.Factors...)
		batch.View(table, 0, table.Rows)
	}
	next()
	require.Zero(t, testing.AllocsPerRun(500, next))
	require.Equal(t, []float32{16.99, -0.75, -20.99 / 3, 0, 0, 0}, batch.Factors[0].Real[:6])
	require.Equal(t, []float32{2, 2.5, 2, 5.123456789 / 2}, batch.Factors[1].Real[:4])
}

// What a file holds does not depend on the size of the pieces in which it arrives,
// nor on whether its rows are read at once.
func TestStreamAndTableAgree(t *testing.T) {
	var text bytes.Buffer
	_, err := io.Copy(&text, newSheet(2000))
	require.NoError(t, err)
	whole, err := ReadFrom(sheetSpec, "sheet.csv", bytes.NewReader(text.Bytes()))
	require.NoError(t, err)
	s, err := NewStream(sheetSpec, "sheet.csv", iotest.HalfReader(bytes.NewReader(text.Bytes())))
	require.NoError(t, err)
	for at := 0; at < whole.Rows; {
		part, err := s.Next(77)
		require.NoError(t, err)
		require.Equal(t, whole.Range(at, at+part.Rows).Batch(), part.Batch())
		at += part.Rows
	}
}

// A part of one row has neighbours only, and is as standardized as others.
func TestPartOfOneRow(t *testing.T) {
	spec := &Spec{Name: "rows", Format: "csv", Split: [2]int{1, 2}, Columns: []Column{{Object: "Features", First: 1, Last: 2, Standardize: true}}}
	table, err := ReadFrom(spec, "rows.csv", strings.NewReader("1,2\n3,4\n5,6\n"))
	require.NoError(t, err)
	train, held, _, err := table.Split(spec, 1)
	require.NoError(t, err)
	require.Len(t, train, 1)
	part, rest := table.Take(train), table.Take(held)
	scalers := part.Fit(spec, []int{0})
	require.NoError(t, part.Standardize(spec, scalers))
	require.NoError(t, rest.Standardize(spec, scalers))
	require.Equal(t, []float32{0, 0}, part.Factors[0].Real)
	require.Len(t, rest.Factors[0].Real, 4)
}
