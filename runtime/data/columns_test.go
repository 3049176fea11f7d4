package data

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// named is a row of three columns by their names and a class of two.
func named(names ...NameRange) *Spec {
	return &Spec{Name: "cells", Format: "csv", Columns: []Column{
		{Object: "Cell", Names: names, Shape: []int{3}},
		{Object: "Class", Kind: Fin, Names: []NameRange{{"class", "class"}}, N: 2},
	}}
}

func one(name string) NameRange { return NameRange{name, name} }

// stream reads text row by row.
func streamed(spec *Spec, text string) (rows []float32, err error) {
	s, err := NewStream(spec, "a.csv", strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	for {
		table, err := s.Next(2)
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, table.Factors[0].Real...)
	}
}

func TestColumnsByName(t *testing.T) {
	const text = "class, size ,\"a,b\",\"say \"\"c\"\"\",size2\n1,10,20,30,40\n0,11,21,31,41\n"
	for _, c := range []struct {
		names []NameRange
		want  []float32
	}{
		{[]NameRange{one("size"), one("a,b"), one(`say "c"`)}, []float32{10, 20, 30, 11, 21, 31}},
		{[]NameRange{{"size", `say "c"`}}, []float32{10, 20, 30, 11, 21, 31}},
		{[]NameRange{one("size2"), {"size", "a,b"}}, []float32{40, 10, 20, 41, 11, 21}},
		{[]NameRange{{"a,b", "size2"}}, []float32{20, 30, 40, 21, 31, 41}},
	} {
		for _, header := range []Header{HeaderAuto, HeaderNames} {
			spec := named(c.names...)
			spec.Header = header
			table, err := ReadFrom(spec, "a.csv", strings.NewReader(text))
			require.NoError(t, err)
			require.Equal(t, c.want, table.Factors[0].Real)
			require.Equal(t, []int32{1, 0}, table.Factors[1].Fin)
			require.Equal(t, "line 1 is a header: the spec binds columns by name", table.Header.Reason)
			rows, err := streamed(spec, text)
			require.NoError(t, err)
			require.Equal(t, c.want, rows)
		}
	}
}

// A header whose names are numbers is a header all the same.
func TestColumnsByNumbersAsNames(t *testing.T) {
	spec := named(NameRange{"1", "3"})
	table, err := ReadFrom(spec, "a.csv", strings.NewReader("1,2,3,class\n1,2,3,1\n"))
	require.NoError(t, err)
	require.Equal(t, 1, table.Rows)
}

func TestColumnsByNameFaults(t *testing.T) {
	var many []string
	for i := range 30 {
		many = append(many, fmt.Sprint("c", i))
	}
	for _, c := range []struct {
		header string
		names  []NameRange
		want   string
	}{
		{"radius,texture,area,class", []NameRange{one("radius"), one("textur"), one("area")},
			`a.csv:1: Cell: the header has no column "textur"; did you mean "texture"? (it has "radius", "texture", "area", "class")`},
		{"Radius,texture,area,class", []NameRange{{"radius", "area"}},
			`a.csv:1: Cell: the header has no column "radius"; did you mean "Radius"? (it has "Radius", "texture", "area", "class")`},
		{"a,b,c,class", []NameRange{{"a", "perimeter"}},
			`a.csv:1: Cell: the header has no column "perimeter" (it has "a", "b", "c", "class")`},
		{"a,b,c,a,class", []NameRange{one("a"), {"b", "c"}}, `a.csv:1: Cell: two columns are named "a": 1 and 4`},
		{"a,b,c,class", []NameRange{{"c", "a"}}, `a.csv:1: Cell: columns "c".."a" run backwards, from 3 to 1`},
		{"a,b,c,class", []NameRange{{"a", "b"}}, `a.csv:1: Cell: it takes 3 columns, and those named are 2`},
		{"a,b,c,d,class", []NameRange{{"a", "d"}}, `a.csv:1: Cell: it takes 3 columns, and those named are 4`},
		{"a,b,c,class", []NameRange{{"a", "c"}, one("b")}, `a.csv:1: Cell: column "b" is taken twice, the second time by "b"`},
		{"a,b,c,class", []NameRange{one("b"), {"a", "c"}}, `a.csv:1: Cell: column "b" is taken twice, the second time by "a".."c"`},
		{"a,b,c,klass", []NameRange{{"a", "d"}},
			"a.csv:1: Cell: the header has no column \"d\" (it has \"a\", \"b\", \"c\", \"klass\")\n" +
				`a.csv:1: Class: the header has no column "class"; did you mean "klass"? (it has "a", "b", "c", "klass")`},
		{strings.Join(many, ",") + ",class", []NameRange{{"c0", strings.Repeat("x", 100)}},
			`a.csv:1: Cell: the header has no column "xxxxxxxxxxxxxxxxxxxxxxxx"… (it has "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c12", "c13", "c14", "c15", "c16", "c17", "c18", "c19" and 11 more)`},
	} {
		spec := named(c.names...)
		_, err := ReadFrom(spec, "a.csv", strings.NewReader(c.header+"\n1,2,3,0\n"))
		require.EqualError(t, err, c.want)
		rows, err := streamed(spec, c.header+"\n1,2,3,0\n")
		require.EqualError(t, err, c.want, "row by row")
		require.Empty(t, rows)
	}
	_, err := ReadFrom(named(NameRange{"a", "c"}), "a.csv", strings.NewReader("a,b,c,class\n1,2\n"))
	require.EqualError(t, err, "a.csv:2: column 3 (Cell): the record has only 2 fields")
	_, err = ReadFrom(named(NameRange{"a", "c"}), "a.csv", strings.NewReader("a,b,c,class\n1,2,x,0\n"))
	require.EqualError(t, err, `a.csv:2: column 3 (Cell): "x" is not a number`)
}

// Faults of columns by name are those of the columns where they stand.
func TestStandardizedColumnsByName(t *testing.T) {
	spec := named(one("c"), NameRange{"a", "b"})
	spec.Columns[0].Standardize = true
	table, err := ReadFrom(spec, "a.csv", strings.NewReader("a,b,c,class\n1,5,100,1\n3,9,300,0\n"))
	require.NoError(t, err)
	scalers := table.Fit(spec, []int{0, 1})
	require.Equal(t, []float64{200, 2, 7}, scalers[0].Mean)
	require.NoError(t, table.Standardize(spec, scalers))
	require.Equal(t, []float32{-1, -1, -1, 1, 1, 1}, table.Factors[0].Real)
}

func TestValidateNames(t *testing.T) {
	for want, change := range map[string]func(*Spec){
		"data cells: Cell: columns are bound by name or by number, not by both": func(s *Spec) { s.Columns[0].First = 1 },
		"data cells: Cell: the name of a column is empty":                       func(s *Spec) { s.Columns[0].Names = []NameRange{{"a", ""}} },
		"data cells: Cell: no record has such a shape":                          func(s *Spec) { s.Columns[0].Shape = []int{1 << 30, 1 << 30} },
		"data cells: Cell: columns are bound by name, and the header is none":   func(s *Spec) { s.Header = HeaderNone },
		"data cells: Cell: columns are bound by name, and the header is skip":   func(s *Spec) { s.Header = HeaderSkip },
		"data cells: Cell: IDX has files, not columns": func(s *Spec) {
			s.Format = "idx"
			s.Columns[0].File = "a"
		},
		"data cells: Class: text has tokens, neither columns nor files": func(s *Spec) {
			*s = Spec{Name: "cells", Format: "text", Stride: 1, Columns: s.Columns[1:]}
		},
	} {
		spec := named(NameRange{"a", "c"})
		change(spec)
		require.EqualError(t, spec.Validate(), want)
	}
}
