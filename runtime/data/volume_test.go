package data

import (
	"encoding/csv"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// sheet is a reader of as many rows of 31 columns as are wanted, made while they
// are read: a class and 30 measurements of four digits and several magnitudes. They
// are the same for every reader.
type sheet struct {
	rows []string // that take turns
	left int
	at   int
	text string // of the row at hand, what was not yet read
}

const sheetCells = 31

func newSheet(rows int) *sheet {
	s := &sheet{left: rows}
	r := rand.New(rand.NewPCG(31, 31))
	for range 1009 {
		b := strconv.AppendInt(nil, r.Int64N(2), 10)
		for k := range sheetCells - 1 {
			b = strconv.AppendFloat(append(b, ','), r.Float64()*[]float64{20, 0.2, 2000, -3}[k%4], 'g', 4, 64)
		}
		s.rows = append(s.rows, string(append(b, '\n')))
	}
	return s
}

func (s *sheet) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if s.text == "" {
			if s.left == 0 {
				break
			}
			s.text = s.rows[s.at]
			s.at = (s.at + 1) % len(s.rows)
			s.left--
		}
		k := copy(p[n:], s.text)
		n, s.text = n+k, s.text[k:]
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

var sheetSpec = &Spec{Name: "sheet", Format: "csv", Header: HeaderNone, Columns: []Column{
	{Object: "Features", First: 2, Last: sheetCells}, {Object: "Class", Kind: Fin, First: 1, Last: 1, N: 2}}}

// byStandardLibrary reads rows with encoding/csv and strconv, as a Go program
// without this package would, into a batch.
type byStandardLibrary struct {
	in   *csv.Reader
	rows int
}

func newByStandardLibrary(in io.Reader) *byStandardLibrary {
	r := csv.NewReader(in)
	r.ReuseRecord = true
	return &byStandardLibrary{in: r}
}

func (s *byStandardLibrary) next(n int, b *Batch) error {
	features, class := &b.Factors[0], &b.Factors[1]
	features.Real, class.Fin, b.N = features.Real[:0], class.Fin[:0], 0
	for b.N < n {
		record, err := s.in.Read()
		if errors.Is(err, io.EOF) && b.N > 0 {
			return nil
		}
		if err != nil {
			return err
		}
		for _, cell := range record[1:] {
			x, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				return err
			}
			features.Real = append(features.Real, float32(x))
		}
		c, err := strconv.Atoi(record[0])
		if err != nil {
			return err
		}
		class.Fin = append(class.Fin, int32(c))
		b.N++
		s.rows++
	}
	return nil
}

// Both readers of the benchmark see the same cells.
func TestSheet(t *testing.T) {
	const rows = 3000
	s, err := NewStream(sheetSpec, "sheet.csv", newSheet(rows))
	require.NoError(t, err)
	other, batch := newByStandardLibrary(newSheet(rows)), emptyTable(sheetSpec, "").Batch()
	seen := 0
	for {
		table, err := s.Next(256)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		require.NoError(t, other.next(table.Rows, batch))
		require.Equal(t, batch, table.Batch())
		seen += table.Rows
	}
	require.Equal(t, rows, seen)
}

// BenchmarkVolume reads a long file of 31 columns, 100 thousand rows of it, with
// CTGEN_FULL=1 ten million, and beside it the same rows with encoding/csv and
// strconv: both are fed by a reader and take turns, so that what else the machine
// does falls on both. MB is the most memory that the heap took while the stream
// read alone, less what it took before.
func BenchmarkVolume(b *testing.B) {
	rows := 100_000
	if os.Getenv("CTGEN_FULL") != "" {
		rows = 10_000_000
	}
	const turn, chunk = 20_000, 1024
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapInuse
	}
	for b.Loop() {
		runtime.GC()
		before, most := heap(), uint64(0)
		s, err := NewStream(sheetSpec, "sheet.csv", newSheet(rows))
		require.NoError(b, err)
		for turns := 0; ; turns++ {
			if _, err = s.Next(chunk); err != nil {
				break
			}
			if turns%32 == 0 {
				most = max(most, heap())
			}
		}
		require.ErrorIs(b, err, io.EOF)

		s, err = NewStream(sheetSpec, "sheet.csv", newSheet(rows))
		require.NoError(b, err)
		other, batch := newByStandardLibrary(newSheet(rows)), emptyTable(sheetSpec, "").Batch()
		var ours, theirs time.Duration
		for seen := 0; seen < rows; {
			from := seen
			start := time.Now()
			for seen < min(from+turn, rows) {
				table, err := s.Next(chunk)
				require.NoError(b, err)
				seen += table.Rows
			}
			ours += time.Since(start)
			start = time.Now()
			for other.rows < seen {
				require.NoError(b, other.next(min(chunk, seen-other.rows), batch))
			}
			theirs += time.Since(start)
			runtime.GC() // of its garbage, which nobody is charged for
		}
		b.ReportMetric(float64(ours.Nanoseconds())/float64(rows), "ns/row")
		b.ReportMetric(float64(theirs.Nanoseconds())/float64(rows), "std-ns/row")
		b.ReportMetric(float64(theirs)/float64(ours), "x-std")
		b.ReportMetric(float64(most-min(most, before))/(1<<20), "MB")
	}
}
