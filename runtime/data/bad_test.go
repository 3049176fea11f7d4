package data

import (
	"bytes"
	"compress/gzip"
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

func gz(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

// pair is a row of two reals in [0, 10] and a class of three.
func pair() *Spec {
	return &Spec{Name: "pairs", Format: "csv", Columns: []Column{
		{Object: "Point", Kind: Real, First: 1, Last: 2, Set: runtime.Interval{Low: 0, High: 10}},
		{Object: "Class", Kind: Fin, First: 3, Last: 3, N: 3},
	}}
}

func with(change func(*Spec)) *Spec {
	s := pair()
	change(s)
	return s
}

func TestBadFiles(t *testing.T) {
	long := strings.Repeat("1", 100)
	cases := []struct {
		name, file, text, want string
		spec                   *Spec
	}{
		{"word for a number", "a.csv", "1,2,0\n1,two,0\n", `a.csv:2: column 2 (Point): "two" is not a number`, nil},
		{"empty cell", "a.csv", "1,2,0\n1,,0\n", `a.csv:2: column 2 (Point): the cell is empty`, nil},
		{"blank cell", "a.csv", "1,2,0\n1,  ,0\n", `a.csv:2: column 2 (Point): the cell is empty`, nil},
		{"NaN", "a.csv", "1,2,0\nNaN,2,0\n", `a.csv:2: column 1 (Point): "NaN" is not a number`, nil},
		{"infinity", "a.csv", "1,2,0\n1,-Inf,0\n", `a.csv:2: column 2 (Point): "-Inf" is not a number`, nil},
		{"hexadecimal", "a.csv", "1,2,0\n1,0x1p3,0\n", `a.csv:2: column 2 (Point): "0x1p3" is not a number`, nil},
		{"beyond float32", "a.csv", "1,2,0\n1,1e39,0\n", `a.csv:2: column 2 (Point): "1e39" is too large for a 32-bit number`, nil},
		{"beyond float64", "a.csv", "1,2,0\n1,1e999,0\n", `a.csv:2: column 2 (Point): "1e999" is too large for a 32-bit number`, nil},
		{"outside the set", "a.csv", "1,2,0\n1,10.5,0\n", `a.csv:2: column 2 (Point): 10.5 is not in [0, 10]`, nil},
		{"outside the set after scaling", "a.csv", "1,2,0\n1,8,0\n", `a.csv:2: column 2 (Point): 16 is not in [0, 10] (after scaling by 2)`,
			with(func(s *Spec) { s.Columns[0].Scale = 2 })},
		{"not a member", "a.csv", "1,2,0\n1,2,2\n", `a.csv:2: column 3 (Diagnosis): 2 is not in {0, 1}`,
			with(func(s *Spec) {
				s.Columns[1] = Column{Object: "Diagnosis", Kind: Real, First: 3, Last: 3, Set: runtime.Finite{0, 1}}
			})},
		{"distribution", "a.csv", "0.5,0.5,0\n0.5,0.25,0\n", `a.csv:2: Point: the numbers sum to 0.75, not to 1`,
			with(func(s *Spec) { s.Columns[0].Set = runtime.Simplex{Axis: 2} })},
		{"class too large", "a.csv", "1,2,0\n1,2,3\n", `a.csv:2: column 3 (Class): 3 is not in 0..2`, nil},
		{"negative class", "a.csv", "1,2,-1\n1,2,0\n", `a.csv:1: column 3 (Class): -1 is not in 0..2`, nil},
		{"class with a fraction", "a.csv", "1,2,0\n1,2,1.5\n", `a.csv:2: column 3 (Class): "1.5" is not a class`, nil},
		{"not an integer", "a.csv", "1,2,0\n1,2,1.5\n", `a.csv:2: column 3 (Count): "1.5" is not an integer`,
			with(func(s *Spec) { s.Columns[1] = Column{Object: "Count", Kind: Int, First: 3, Last: 3} })},
		{"not a truth value", "a.csv", "1,2,true\n1,2,maybe\n", `a.csv:2: column 3 (Sick): "maybe" is not true or false`,
			with(func(s *Spec) { s.Columns[1] = Column{Object: "Sick", Kind: Bool, First: 3, Last: 3} })},
		{"short record", "a.csv", "1,2,0\n1,2,0\n1,2\n", `a.csv:3: the record has 2 fields, the first one (line 1) has 3`, nil},
		{"long record", "a.csv", "1,2,0\n1,2,0\n1,2,0,9\n", `a.csv:3: the record has 4 fields, the first one (line 1) has 3`, nil},
		{"too few columns", "a.csv", "1,2\n1,2\n", `a.csv:1: column 3 (Class): the record has only 2 fields`, nil},
		{"semicolons", "a.csv", "1;2;0\n1;2;0\n", `a.csv:2: column 2 (Point): the record has only 1 field; fields must be separated by commas, not ';'`, nil},
		{"empty file", "a.csv", "", `a.csv: the file is empty`, nil},
		{"blank file", "a.csv", "\n\r\n\n", `a.csv: no rows of data`, nil},
		{"header alone", "a.csv", "x,y,class\n", `a.csv: no rows of data: line 1 is a header: none of its bound cells is a value`, nil},
		{"skipped and nothing else", "a.csv", "1,2,0\n", `a.csv: no rows of data: line 1 is a header: the spec says header: skip`,
			with(func(s *Spec) { s.Header = HeaderSkip })},
		{"header where the spec says none", "a.csv", "x,y,class\n1,2,0\n",
			"a.csv:1: column 1 (Point): \"x\" is not a number\na.csv:1: column 2 (Point): \"y\" is not a number\na.csv:1: column 3 (Class): \"class\" is not a class",
			with(func(s *Spec) { s.Header = HeaderNone })},
		{"open quote", "a.csv", "1,2,0\n1,\"2,0\n", `a.csv:2: a quoted field is never closed`, nil},
		{"stray quote", "a.csv", "1,2,0\n1,2\"0,0\n", `a.csv:2: a quote stands inside an unquoted field`, nil},
		{"text after a quote", "a.csv", "1,2,0\n\"1\"x,2,0\n", `a.csv:2: text follows a closing quote`, nil},
		{"long cell is cut", "a.csv", "1,2,0\n1,2,x" + long + "\n", `a.csv:2: column 3 (Class): "x11111111111111111111111"… is not a class`, nil},
		{"binary", "a.csv", "1,2,0\n1,\x00\xff,0\n", `a.csv:2: column 2 (Point): "\x00\xff" is not a number`, nil},
		{"UTF-16", "a.csv", "\xff\xfe1\x00,\x00", `a.csv:1: the text is UTF-16; save it as UTF-8`, nil},
		{"not gzip", "a.csv.gz", "1,2,0\n", `a.csv.gz: not gzip data, although the name ends in .gz`, nil},
		{"gzip cut off", "a.csv.gz", gz(strings.Repeat("1,2,0\n", 3))[:20], `a.csv.gz:4: the gzip data ends too early: the file is cut off`, nil},
		{"gzip header cut off", "a.csv", "\x1f\x8b\x08", `a.csv: damaged gzip data: its header is not valid`, nil},
		{"gzip damaged", "a.csv.gz", flip(gz("1,2,0\n1,2,0\n")), `a.csv.gz:3: damaged gzip data`, nil},
		{"empty inside gzip", "a.csv.gz", gz(""), `a.csv.gz: the file is empty`, nil},
		{"two faults", "a.csv", "1,2,0\n1,x,7\n", "a.csv:2: column 2 (Point): \"x\" is not a number\na.csv:2: column 3 (Class): 7 is not in 0..2", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			spec := c.spec
			if spec == nil {
				spec = pair()
			}
			var table *Table
			var err error
			memory := allocated(func() { table, err = ReadFrom(spec, c.file, strings.NewReader(c.text)) })
			require.EqualError(t, err, c.want)
			require.Less(t, memory, 1<<20)
			require.Nil(t, table)
			var fault *Fault
			require.True(t, errors.As(err, &fault))
		})
	}
}

// flip damages the checksum.
func flip(s string) string {
	b := []byte(s)
	b[len(b)-8] ^= 1
	return string(b)
}

func TestManyFaultsStop(t *testing.T) {
	_, err := ReadFrom(pair(), "a.csv", strings.NewReader("1,2,0\n"+strings.Repeat("1,x,0\n", 1000)))
	var faults Faults
	require.ErrorAs(t, err, &faults)
	require.Len(t, faults, maxFaults)
	require.ErrorContains(t, err, "a.csv: reading stopped after 10 faults")
}

func TestBadPaths(t *testing.T) {
	dir := t.TempDir()
	_, err := Read(pair(), filepath.Join(dir, "none.csv"))
	require.EqualError(t, err, filepath.Join(dir, "none.csv")+": no such file")
	_, err = Read(pair(), dir)
	require.EqualError(t, err, dir+": is a folder, not a file")
}

func TestBadSpecs(t *testing.T) {
	cases := map[string]*Spec{
		`data pairs: format "tsv" is not known; csv, idx and text are`:       with(func(s *Spec) { s.Format = "tsv" }),
		`data pairs: header "yes" is none of names, skip, none`:              with(func(s *Spec) { s.Header = "yes" }),
		`data pairs: no column is bound to an object`:                        with(func(s *Spec) { s.Columns = nil }),
		`data pairs: the split leaves nothing to train on`:                   with(func(s *Spec) { s.Split = [2]int{0, 1} }),
		`data pairs: Point: columns 0..2 are no columns; they count from 1`:  with(func(s *Spec) { s.Columns[0].First = 0 }),
		`data pairs: Class: no classes`:                                      with(func(s *Spec) { s.Columns[1].N = 0 }),
		`data pairs: Class: only real numbers can be scaled or standardized`: with(func(s *Spec) { s.Columns[1].Standardize = true }),
		`data pairs: Point: the scale is not finite`:                         with(func(s *Spec) { s.Columns[0].Scale = math.NaN() }),
	}
	for want, spec := range cases {
		_, err := ReadFrom(spec, "a.csv", strings.NewReader("1,2,0\n"))
		require.EqualError(t, err, want)
	}
}

// A record longer than the limit is an error, however it gets that long.
func TestLongRecords(t *testing.T) {
	for _, text := range []string{
		"1,2,0\n" + strings.Repeat("7", maxRecord+maxRecord/8),
		"1,2,0\n\"" + strings.Repeat("7777777\n", maxRecord/8+1000),
	} {
		_, err := ReadFrom(pair(), "a.csv", strings.NewReader(text))
		require.EqualError(t, err, "a.csv:2: a record is longer than 16 MiB")
	}
}

// Whatever the bytes, reading returns: a table whose columns have its rows,
// or an error that says something.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"1,2,0\n3,4,1\n", "x,y,c\r\n1,2,0\r\n", "\"1\",\"2\n\",0", gz("1,2,0\n"), "\xef\xbb\xbf1,2,0", ",,\n,,", "1e5,-.5,+1"} {
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, text []byte, standardize bool) {
		spec := pair()
		spec.Columns[0].Standardize = standardize
		table, err := ReadFrom(spec, "a.csv", bytes.NewReader(text))
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		rows, _, _, err := table.Split(spec, 1)
		require.NoError(t, err)
		if err := table.Standardize(spec, table.Fit(spec, rows)); err == nil {
			require.Len(t, table.Factors[0].Real, 2*table.Rows)
		}
		require.Len(t, table.Factors[1].Fin, table.Rows)
	})
}
