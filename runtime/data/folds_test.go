package data

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

// labelled is a table of rows numbered from 0, with a class for each: 60 % of them
// are 0, 30 % are 1, 10 % are 2, in blocks.
func labelled(t *testing.T, rows int, split ...int) (*Spec, *Table) {
	spec := &Spec{Name: "rows", Format: "csv", Header: HeaderNone, Columns: []Column{
		{Object: "Row", Kind: Int, First: 1, Last: 1}, {Object: "Class", Kind: Fin, First: 2, Last: 2, N: 3},
		{Object: "Flag", Kind: Bool, First: 3, Last: 3}, {Object: "Sign", First: 4, Last: 4, Set: runtime.Finite{-1, 1}}}}
	copy(spec.Split[:], split)
	var text strings.Builder
	for i := range rows {
		class := 0
		if 10*i >= 6*rows {
			class++
		}
		if 10*i >= 9*rows {
			class++
		}
		fmt.Fprintf(&text, "%d,%d,%t,%d\n", i, class, class == 1, 1-2*(class%2))
	}
	table, err := ReadFrom(spec, "rows.csv", strings.NewReader(text.String()))
	require.NoError(t, err)
	return spec, table
}

// classesOf counts the rows of each class.
func classesOf(t *Table, rows []int) (n [3]int) {
	for _, r := range rows {
		n[t.Factors[1].Fin[r]]++
	}
	return n
}

// Each row is held out once; folds differ by one row at most, and so do the folds
// of a stratum; the order of a part does not tell classes apart.
func TestFolds(t *testing.T) {
	for _, rows := range []int{10, 57, 100} {
		for _, k := range []int{2, 3, 10} {
			for _, by := range []string{"", "Class", "Flag", "Sign"} {
				spec, table := labelled(t, rows)
				folds, err := table.Folds(spec, k, by, 7)
				require.NoError(t, err)
				var all []int
				total := classesOf(table, ascending(0, rows))
				for fold := range k {
					train, held := folds.Part(fold)
					require.InDelta(t, float64(rows)/float64(k), len(held), 0.999)
					require.Equal(t, ascending(0, rows), sorted(append(slices.Clone(train), held...)))
					all = append(all, held...)
					if by == "Class" {
						for class, n := range classesOf(table, held) {
							require.InDelta(t, float64(total[class])/float64(k), n, 0.999)
						}
					}
					require.False(t, slices.IsSortedFunc(train, func(a, b int) int { return int(table.Factors[1].Fin[a] - table.Factors[1].Fin[b]) }) && rows > 10)
				}
				require.Equal(t, ascending(0, rows), sorted(all))
				again, err := table.Folds(spec, k, by, 7)
				require.NoError(t, err)
				require.Equal(t, folds, again)
				other, err := table.Folds(spec, k, by, 8)
				require.NoError(t, err)
				require.NotEqual(t, folds.order, other.order)
			}
		}
	}
}

func sorted(rows []int) []int {
	slices.Sort(rows)
	return rows
}

// A stratified split gives each part its share of each class; the parts are those
// of a permutation, as without.
func TestSplitStratified(t *testing.T) {
	for _, rows := range []int{10, 57, 100} {
		spec, table := labelled(t, rows, 70, 30)
		plain, _, _, err := table.Split(spec, 7)
		require.NoError(t, err)
		spec.Stratify = "Class"
		train, held, _, err := table.Split(spec, 7)
		require.NoError(t, err)
		require.Equal(t, ascending(0, rows), sorted(append(slices.Clone(train), held...)))
		total := classesOf(table, ascending(0, rows))
		for class, n := range classesOf(table, train) {
			require.InDelta(t, 0.7*float64(total[class]), n, 0.999)
		}
		require.Len(t, train, len(plain))
		require.NotEqual(t, plain, train)
		require.False(t, slices.IsSorted(train))
	}
}

// A split in three gives each part its share, with and without strata.
func TestSplitInThree(t *testing.T) {
	for _, rows := range []int{10, 57, 100} {
		for _, by := range []string{"", "Class"} {
			spec, table := labelled(t, rows, 70, 15)
			spec.TestPart, spec.Stratify = 15, by
			train, held, test, err := table.Split(spec, 7)
			require.NoError(t, err)
			require.Equal(t, ascending(0, rows), sorted(slices.Concat(train, held, test)))
			for i, part := range [][]int{train, held, test} {
				share := []float64{0.7, 0.15, 0.15}[i]
				require.InDelta(t, share*float64(rows), len(part), 0.999)
				if by == "" {
					continue
				}
				total := classesOf(table, ascending(0, rows))
				for class, n := range classesOf(table, part) {
					require.InDelta(t, share*float64(total[class]), n, 1.5)
				}
			}
		}
	}
	spec, table := labelled(t, 3, 98, 1)
	spec.TestPart = 1
	_, _, _, err := table.Split(spec, 1)
	require.EqualError(t, err, "rows.csv: the held-out part is empty: data rows splits 3 rows 98 / 1 / 1")
	for _, c := range []struct {
		change func(*Spec)
		want   string
	}{
		{func(s *Spec) { s.Split, s.TestPart = [2]int{1, 0}, 1 }, "data rows: a test part stands behind one that is held out"},
		{func(s *Spec) { s.Format = "text" }, "data rows: a text is split in two, and not stratified: its rows are not independent of those beside them"},
	} {
		changed := *spec
		c.change(&changed)
		require.EqualError(t, changed.Validate(), c.want)
	}
}

func TestFoldsRefused(t *testing.T) {
	spec, table := labelled(t, 10)
	for _, c := range []struct {
		k        int
		by, want string
	}{
		{1, "", "1 folds are no cross-validation; there have to be two"},
		{11, "", "rows.csv: 10 rows do not make 11 folds"},
		{2, "Row", "data rows: Row has no classes to stratify by; Class and Flag and Sign would"},
		{2, "Colour", "data rows: Colour has no classes to stratify by; Class and Flag and Sign would"},
	} {
		_, err := table.Folds(spec, c.k, c.by, 1)
		require.EqualError(t, err, c.want)
	}
	_, err := spec.Stratum()
	require.EqualError(t, err, "data rows: stratified by which object? Class and Flag and Sign have classes")
	spec.Columns, spec.Stratify, spec.Split = spec.Columns[:1], "Class", [2]int{1, 1}
	_, err = spec.Stratum()
	require.EqualError(t, err, "data rows: no object has one class for each row, so nothing can be stratified")
	_, _, _, err = table.Split(spec, 1)
	require.EqualError(t, err, "data rows: Class has no classes to stratify by")

	text, err := NewText(&Spec{Name: "words", Format: "text", Stride: 1, Columns: []Column{{Object: "Byte", Kind: Fin, N: 256}}}, "words.txt", []int32("abcabc"))
	require.NoError(t, err)
	_, err = text.Folds(&Spec{Name: "words", Format: "text"}, 2, "", 1)
	require.EqualError(t, err, "data words: a text has no folds: its rows are not independent of those beside them")
}
