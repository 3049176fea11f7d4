package data

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is left out is counted by reason, and the rest is what a file without
// those rows gives.
func TestReadSkipping(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	bad := []string{"1,x,0", "1,2,7", "1,2", ",2,0", "1,\"y, \"\"z\"\"\",0", "1,11,0", "1,12.5,0", "1,13,0", "x,y,z"}
	text := "a,b,class\n1,2,0\n" + strings.Join(bad, "\n3,4,1\n") + "\n5,6,2\n"
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	var s Skipped
	got, err := ReadSkipping(pair(), path, s.Add)
	require.NoError(t, err)
	want, err := ReadFrom(pair(), path, strings.NewReader("a,b,class\n1,2,0\n"+strings.Repeat("3,4,1\n", len(bad)-1)+"5,6,2\n"))
	require.NoError(t, err)
	require.Equal(t, want.Rows, got.Rows)
	require.Equal(t, want.Factors, got.Factors)
	require.Equal(t, 2+2*len(bad), got.Line(got.Rows-1))

	require.Equal(t, len(bad), s.Rows)
	require.Len(t, s.First, len(bad))
	require.EqualError(t, s.First[0], path+`:3: column 2 (Point): "x" is not a number`)
	require.EqualError(t, s.First[4], path+`:11: column 2 (Point): "y, \"z\"" is not a number`)
	require.Equal(t, `9 left out, 10 read
  3  column 2 (Point): is not in [0, 10]
  2  column 2 (Point): is not a number
  1  column 3 (Class): is not in 0..2
  1  the record has another number of fields
  1  column 1 (Point): the cell is empty
  1  column 1 (Point): is not a number
`, s.Summary(got.Rows, "read"))

	// The same rows, the same reasons, from a stream.
	in, err := NewStream(pair(), path, strings.NewReader(text))
	require.NoError(t, err)
	var streamed Skipped
	in.Skip = streamed.Add
	for err == nil {
		_, err = in.Next(4)
	}
	require.Equal(t, s, streamed)
}

func TestReadSkippingRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	skip := func(f *Fault) {}
	for text, want := range map[string]string{
		"1,2\n1,2\n":              ":1: column 3 (Class): the record has only 2 fields",
		"a,b,c\n1,x,0\n1,y,0\n":   ": no rows of data: line 1 is a header: none of its bound cells is a value: all 2 were left out",
		"1,2,0\n1,x,0\n\"1,2,0\n": ":3: a quoted field is never closed",
	} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, err := ReadSkipping(pair(), path, skip)
		require.EqualError(t, err, path+want)
	}
	_, err := ReadSkipping(tiles(), path, skip)
	require.EqualError(t, err, path+": data tiles is from idx; only rows of csv can be left out")
	_, err = ReadSkipping(pair(), path+".none", skip)
	require.EqualError(t, err, path+".none: no such file")
}

// No reason holds the cell, and there are never very many.
func TestReasons(t *testing.T) {
	for message, want := range map[string]string{
		`"two" is not a number`:                            "is not a number",
		`"x is not in y" is not a class`:                   "is not a class",
		`"x11111111111111111111111"… is not a class`:       "is not a class",
		`"red" is no class; there are "a", "b"`:            `is no class; there are "a", "b"`,
		`1e+39 is not in [0, 10] (after scaling by 2)`:     "is not in [0, 10] (after scaling by 2)",
		`-1 is not in 0..2`:                                "is not in 0..2",
		"the cell is empty":                                "the cell is empty",
		"the record has 2 fields, the first one (line 1)…": "the record has another number of fields",
		"the numbers sum to 0.75, not to 1":                "the numbers do not sum to 1",
		"P: NaN came out, which is no number":              "P: NaN came out, which is no number",
	} {
		require.Equal(t, want, withoutCell(message))
	}
	var s Skipped
	for i := range 1000 {
		s.Add(&Fault{Column: i%200 + 1, Message: strconv.Itoa(i) + " is bad"})
	}
	require.Equal(t, 1000, s.Rows)
	require.Len(t, s.First, maxFaults)
	require.LessOrEqual(t, len(s.Reasons), maxReasons+1)
	total := 0
	for i := range s.Reasons {
		total += s.Reasons[i].Rows
	}
	require.Equal(t, 1000, total)
	require.Equal(t, Reason{Text: "other reasons", Rows: 500}, s.Reasons[0])
}
