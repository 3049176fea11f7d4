package data

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func listsOf(rows Rows, split ...int) *Spec {
	s := &Spec{Name: "names", Format: "text", Rows: rows, Alphabet: "abc", Columns: []Column{{Object: "List[Letter]", Kind: Fin, N: 3}}}
	copy(s.Split[:], split)
	return s
}

func bytesIn(rows Rows) *Spec {
	return &Spec{Name: "names", Format: "text", Rows: rows, Columns: []Column{{Object: "List[Byte]", Kind: Fin, N: 256}}}
}

// listed writes the rows of a table of lists, token by token.
func listed(t *Table) [][]int32 {
	var out [][]int32
	for r := range t.Rows {
		out = append(out, append([]int32{}, t.Factors[0].Row(r)...))
	}
	return out
}

func TestLists(t *testing.T) {
	for _, c := range []struct {
		name, text string
		spec       *Spec
		want       [][]int32
	}{
		{"lines", "ab\nc\nabc\n", listsOf(RowsLines), [][]int32{{0, 1}, {2}, {0, 1, 2}}},
		{"the last without its end", "ab\nc", listsOf(RowsLines), [][]int32{{0, 1}, {2}}},
		{"an empty one", "ab\n\nc\n\n", listsOf(RowsLines), [][]int32{{0, 1}, {}, {2}, {}}},
		{"CR LF", "ab\r\nc\r\n", listsOf(RowsLines), [][]int32{{0, 1}, {2}}},
		{"byte order mark", "\ufeffab\n", listsOf(RowsLines), [][]int32{{0, 1}}},
		{"bytes", "ab\n\r\nc\rd\r", bytesIn(RowsLines), [][]int32{{'a', 'b'}, {}, {'c', '\r', 'd', '\r'}}},
		{"whole", "abc", listsOf(RowsWhole), [][]int32{{0, 1, 2}}},
		{"whole bytes", "a\r\n", bytesIn(RowsWhole), [][]int32{{'a', '\r', '\n'}}},
		{"in two parts", "abcab", listsOf(RowsWhole, 60, 40), [][]int32{{0, 1, 2}, {0, 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, err := ReadFrom(c.spec, "a.txt", strings.NewReader(c.text))
			require.NoError(t, err)
			require.Equal(t, c.want, listed(table))

			all, b := table.Batch(), table.NewBatch(table.Rows)
			b.Gather(table, ascending(0, table.Rows))
			last := table.Rows - 1
			for r := range table.Rows {
				require.Equal(t, c.want[r], append([]int32{}, all.Factors[0].Row(r)...))
				require.Equal(t, c.want[r], append([]int32{}, b.Factors[0].Row(r)...))
			}
			require.Equal(t, [][]int32{c.want[last], c.want[0]}, listed(table.Take([]int{last, 0})))
			require.Equal(t, c.want[last:], listed(table.Take([]int{last, 0}).Range(0, 1)))
			require.Equal(t, c.want[last:], listed(table.Range(last, table.Rows)))
			require.Zero(t, testing.AllocsPerRun(10, func() { b.Gather(table, []int{last, 0}) }))
		})
	}
}

// Lines are parted by the seed, as the rows of a table are; a text is parted
// where it was read.
func TestListsSplit(t *testing.T) {
	spec := listsOf(RowsLines, 75, 25)
	table, err := ReadFrom(spec, "a.txt", strings.NewReader("a\nb\nc\nab\n"))
	require.NoError(t, err)
	train, held, _, err := table.Split(spec, 1)
	require.NoError(t, err)
	require.Len(t, train, 3)
	require.ElementsMatch(t, []int{0, 1, 2, 3}, append(train, held...))

	for _, c := range []struct {
		split       [2]int
		train, held []int
	}{{[2]int{60, 40}, []int{0}, []int{1}}, {[2]int{1, 0}, []int{0}, []int{}}} {
		spec := listsOf(RowsWhole, c.split[:]...)
		table, err := NewText(spec, "memory", []int32{0, 1, 2, 0, 1})
		require.NoError(t, err)
		train, held, _, err := table.Split(spec, 1)
		require.NoError(t, err)
		require.Equal(t, c.train, train)
		require.Equal(t, c.held, held)
	}
}

func TestListsInMemory(t *testing.T) {
	table, err := NewLists(listsOf(RowsLines), "memory", []int32{0, 1}, nil, []int32{2})
	require.NoError(t, err)
	require.Equal(t, [][]int32{{0, 1}, {}, {2}}, listed(table))
	require.Equal(t, 2, table.Factors[0].Longest())

	_, err = NewLists(listsOf(RowsWhole), "memory", []int32{0})
	require.EqualError(t, err, "memory: rows of data names are no lines; NewText reads them")
	_, err = NewLists(listsOf(RowsLines), "memory", []int32{0}, []int32{3})
	require.EqualError(t, err, "memory: List[Letter]: token 2 is 3, which is not in 0..2")
	table, err = NewText(listsOf(RowsLines), "memory", []int32{0, 1})
	require.NoError(t, err)
	require.Equal(t, [][]int32{{0, 1}}, listed(table))
}

func TestListsFaults(t *testing.T) {
	for _, c := range []struct {
		name, text, says string
		spec             *Spec
	}{
		{"empty", "", "a.txt: the text is empty", listsOf(RowsLines)},
		{"ends of lines alone", "\n\n", "a.txt: the text is empty", listsOf(RowsLines)},
		{"an empty text", "", "a.txt: the text is empty", listsOf(RowsWhole, 80, 20)},
		{"too short for its parts", "a", "a.txt: the text is too short: of 1 token, split 80 / 20 leaves one part without any", listsOf(RowsWhole, 80, 20)},
		{"another character", "ab\nabx\n", "a.txt:2: column 3 (List[Letter]): 'x' is not in the alphabet", listsOf(RowsLines)},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadFrom(c.spec, "a.txt", strings.NewReader(c.text))
			require.EqualError(t, err, c.says)
		})
	}

	table, err := ReadFrom(listsOf(RowsLines), "a.txt", strings.NewReader("ab\n\nabc\nc\n"))
	require.NoError(t, err)
	require.NoError(t, table.CheckLists("step", 0))
	require.EqualError(t, table.CheckLists("step", 2),
		"a.txt:2: List[Letter]: a list of 0, and step wants at least 2\na.txt:4: List[Letter]: a list of 1, and step wants at least 2")
	taken := table.Take([]int{3, 0}) // rows keep their lines
	require.EqualError(t, taken.CheckLists("step", 2), "a.txt:4: List[Letter]: a list of 1, and step wants at least 2")
	table, err = ReadFrom(listsOf(RowsLines), "a.txt", strings.NewReader(strings.Repeat("a\n", 100)))
	require.NoError(t, err)
	require.Len(t, table.CheckLists("step", 2), maxFaults)

	spec := listsOf("words")
	require.ErrorContains(t, spec.Validate(), `rows "words" are none of lines, whole`)
	spec = listsOf(RowsLines)
	spec.Columns = append(spec.Columns, spec.Columns[0])
	require.ErrorContains(t, spec.Validate(), "lists stand alone in their rows")
}
