package data

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

// species is a row of a class by name, a verdict, and a truth value.
func species() *Spec {
	return &Spec{Name: "flowers", Format: "csv", Columns: []Column{
		{Object: "Species", Kind: Fin, First: 1, Last: 1, N: 3, Classes: []string{"setosa", "versicolor", "virginica"}},
		{Object: "Verdict", First: 2, Last: 2, Set: runtime.Finite{-1, 1}, Classes: []string{"benign", "malignant"}},
		{Object: "Fresh", Kind: Bool, First: 3, Last: 3, Classes: []string{"no", "yes"}},
	}}
}

func TestClasses(t *testing.T) {
	for name, text := range map[string]string{
		"no header": "virginica,benign,yes\nsetosa,malignant,no\n",
		"header":    "species,verdict,fresh\n virginica ,benign,\"yes\"\nsetosa,malignant,no\n",
	} {
		table, err := ReadFrom(species(), "a.csv", strings.NewReader(text))
		require.NoError(t, err, name)
		require.Equal(t, []int32{2, 0}, table.Factors[0].Fin, name)
		require.Equal(t, []float32{-1, 1}, table.Factors[1].Real, name)
		require.Equal(t, []bool{true, false}, table.Factors[2].Bool, name)
	}
}

func TestClassFaults(t *testing.T) {
	for _, c := range []struct{ row, want string }{
		{"Setosa,benign,no", `a.csv:2: column 1 (Species): "Setosa" is no class; there are "setosa", "versicolor", "virginica"`},
		{"2,benign,no", `a.csv:2: column 1 (Species): "2" is no class; there are "setosa", "versicolor", "virginica"`},
		{"setosa,,no", "a.csv:2: column 2 (Verdict): the cell is empty"},
		{"setosa,benign,true", `a.csv:2: column 3 (Fresh): "true" is no class; there are "no", "yes"`},
	} {
		_, err := ReadFrom(species(), "a.csv", strings.NewReader("setosa,benign,no\n"+c.row+"\n"))
		require.EqualError(t, err, c.want)
	}
}

func TestOneHot(t *testing.T) {
	byNumber := &Spec{Name: "d", Format: "csv", Columns: []Column{
		{Object: "Hue", First: 2, Last: 2, OneHot: true, Classes: []string{"red", "green", "blue"}, Set: runtime.Simplex{Axis: 3}},
		{Object: "X", First: 1, Last: 1},
	}}
	byName := &Spec{Name: "d", Format: "csv", Columns: []Column{
		{Object: "Hue", Names: []NameRange{{"hue", "hue"}}, Shape: []int{3}, OneHot: true, Classes: []string{"red", "green", "blue"}},
		{Object: "X", Names: []NameRange{{"x", "x"}}},
	}}
	for _, spec := range []*Spec{byNumber, byName} {
		table, err := ReadFrom(spec, "a.csv", strings.NewReader("x,hue\n1,blue\n2,red\n3, green\n"))
		require.NoError(t, err)
		require.Equal(t, []float32{0, 0, 1, 1, 0, 0, 0, 1, 0}, table.Factors[0].Real)
		require.Equal(t, []float32{1, 2, 3}, table.Factors[1].Real)
		rows, err := streamed(spec, "x,hue\n1,blue\n2,red\n3,green\n")
		require.NoError(t, err)
		require.Equal(t, table.Factors[0].Real, rows)
		_, err = ReadFrom(spec, "a.csv", strings.NewReader("x,hue\n1,blue\n2,pink\n3,\n"))
		require.EqualError(t, err, "a.csv:3: column 2 (Hue): \"pink\" is no class; there are \"red\", \"green\", \"blue\"\na.csv:4: column 2 (Hue): the cell is empty")
	}
	byNumber.Columns[0].Last = 3
	require.EqualError(t, byNumber.Validate(), "data d: Hue: one_hot makes real numbers of one column, and scales none")
	byName.Columns[0].Classes = nil
	require.EqualError(t, byName.Validate(), "data d: Hue: one_hot has no classes")
}

func TestValidateClasses(t *testing.T) {
	for want, change := range map[string]func(*Spec){
		"data flowers: Species: 2 names of 3 classes":                                                        func(s *Spec) { s.Columns[0].Classes = s.Columns[0].Classes[:2] },
		`data flowers: Species: the names of classes are distinct and not empty, and "a" is not`:             func(s *Spec) { s.Columns[0].Classes = []string{"a", "b", "a"} },
		`data flowers: Fresh: the names of classes are distinct and not empty, and "" is not`:                func(s *Spec) { s.Columns[2].Classes = []string{"", "b"} },
		"data flowers: Verdict: names of classes stand for classes, truth values or members of a finite set": func(s *Spec) { s.Columns[1].Set = nil },
		"data flowers: Species: names of classes stand for classes, truth values or members of a finite set": func(s *Spec) { s.Columns[0].Kind = Int },
	} {
		spec := species()
		change(spec)
		require.EqualError(t, spec.Validate(), want)
	}
}
