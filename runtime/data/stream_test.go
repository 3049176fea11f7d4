package data_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

func pairs(header data.Header) *data.Spec {
	return &data.Spec{Name: "pairs", Format: "csv", Path: "p.csv", Header: header, Columns: []data.Column{{Object: "Pair", First: 1, Last: 2}}}
}

// stream reads all rows, at most n at a time.
func stream(t *testing.T, spec *data.Spec, in io.Reader, n int, skip func(*data.Fault)) (rows []float32, lines []int, err error) {
	s, err := data.NewStream(spec, "p.csv", in)
	require.NoError(t, err)
	s.Skip = skip
	for {
		table, err := s.Next(n)
		if errors.Is(err, io.EOF) {
			return rows, lines, nil
		}
		if err != nil {
			return rows, lines, err
		}
		require.True(t, 0 < table.Rows && table.Rows <= n)
		rows = append(rows, table.Factors[0].Real...)
		for r := range table.Rows {
			lines = append(lines, table.Line(r))
		}
	}
}

// A stream gives the rows of the whole file, whatever the header and the chunk.
func TestStreamAgreesWithRead(t *testing.T) {
	var text strings.Builder
	text.WriteString("x,y\n")
	for i := range 1000 {
		fmt.Fprintf(&text, "%d,\"%g\"\n", i, float64(i)/4)
	}
	for _, header := range []data.Header{data.HeaderAuto, data.HeaderNames, data.HeaderSkip} {
		whole, err := data.ReadFrom(pairs(header), "p.csv", strings.NewReader(text.String()))
		require.NoError(t, err)
		for _, n := range []int{1, 7, 5000} {
			rows, lines, err := stream(t, pairs(header), strings.NewReader(text.String()), n, nil)
			require.NoError(t, err)
			require.Equal(t, whole.Factors[0].Real, rows)
			require.Equal(t, 2, lines[0])
			require.Equal(t, 1001, lines[999])
		}
	}
	rows, _, err := stream(t, pairs(data.HeaderAuto), strings.NewReader("1,2\n3,4"), 9, nil)
	require.NoError(t, err)
	require.Equal(t, []float32{1, 2, 3, 4}, rows)
	rows, _, err = stream(t, pairs(data.HeaderNone), strings.NewReader(""), 9, nil)
	require.NoError(t, err)
	require.Empty(t, rows)
}

func TestStreamFaults(t *testing.T) {
	const text = "1,2\n3,x\n5,6\n7\n9,10\n"
	rows, _, err := stream(t, pairs(data.HeaderNone), strings.NewReader(text), 9, nil)
	require.EqualError(t, err, `p.csv:2: column 2 (Pair): "x" is not a number`)
	require.Equal(t, []float32{1, 2}, rows, "the rows before it")

	var skipped []string
	rows, lines, err := stream(t, pairs(data.HeaderNone), strings.NewReader(text), 9, func(f *data.Fault) { skipped = append(skipped, f.Error()) })
	require.NoError(t, err)
	require.Equal(t, []float32{1, 2, 5, 6, 9, 10}, rows)
	require.Equal(t, []int{1, 3, 5}, lines)
	require.Equal(t, []string{`p.csv:2: column 2 (Pair): "x" is not a number`, "p.csv:4: the record has 1 field, the first one (line 1) has 2"}, skipped)

	standardized := pairs(data.HeaderNone)
	standardized.Columns = append(standardized.Columns, data.Column{Object: "Sum", First: 3, Last: 3, Standardize: true})
	_, lines, err = stream(t, standardized, strings.NewReader("1,2,3\n1,2,x\nx,2,3\n4,5,9\n"), 9, func(*data.Fault) {})
	require.NoError(t, err)
	require.Equal(t, []int{1, 4}, lines)

	_, _, err = stream(t, pairs(data.HeaderNone), strings.NewReader("1\n2\n"), 9, func(*data.Fault) {})
	require.ErrorContains(t, err, "the record has only 1 field", "no row will do")
	_, _, err = stream(t, pairs(data.HeaderNone), strings.NewReader("1,2\n\"3"), 9, func(*data.Fault) {})
	require.ErrorContains(t, err, "a quoted field is never closed")
}

// A row is there as soon as its line is: nothing waits for the next.
func TestStreamDoesNotWait(t *testing.T) {
	in, out := io.Pipe()
	s, err := make(chan *data.Table), make(chan error)
	go func() {
		st, e := data.NewStream(pairs(data.HeaderNone), "p.csv", in)
		if e != nil {
			err <- e
			return
		}
		for {
			table, e := st.Next(100)
			if e != nil {
				err <- e
				return
			}
			s <- table
		}
	}()
	for i := range 3 {
		fmt.Fprintf(out, "%d,0\n", i)
		require.Equal(t, []float32{float32(i), 0}, (<-s).Factors[0].Real)
	}
	out.Close()
	require.ErrorIs(t, <-err, io.EOF)
}

// endless is n lines that nobody holds.
type endless struct{ n int }

func (e *endless) Read(b []byte) (int, error) {
	const line = "1.25,2\n"
	if e.n == 0 {
		return 0, io.EOF
	}
	k := min(len(b)/len(line), e.n)
	e.n -= k
	return copy(b, strings.Repeat(line, k)), nil
}

func TestStreamMemoryIsFlat(t *testing.T) {
	s, err := data.NewStream(pairs(data.HeaderNone), "p.csv", &endless{300_000})
	require.NoError(t, err)
	rows, peak := 0, uint64(0)
	for {
		table, err := s.Next(256)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if rows += table.Rows; rows%(256*400) == 0 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			if peak == 0 {
				peak = m.HeapAlloc
			}
			require.Less(t, m.HeapAlloc, peak+1<<20)
		}
	}
	require.Equal(t, 300_000, rows)
}
