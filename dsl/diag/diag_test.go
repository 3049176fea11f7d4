package diag

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPositions(t *testing.T) {
	for _, c := range []struct {
		text         string
		offset       int
		line, column int
	}{
		{"", 0, 1, 1},
		{"abc", 2, 1, 3},
		{"abc", 3, 1, 4},
		{"abc", 99, 1, 4},
		{"a\nb", 1, 1, 2},
		{"a\nb", 2, 2, 1},
		{"a\r\nb", 3, 2, 1},
		{"größe x", len("größe "), 1, 7},
		{"\uFEFFab", 3, 1, 1},
		{"\uFEFFab", 4, 1, 2},
		{"\uFEFFab", 0, 1, 1},
		{"\uFEFFa\nb", 5, 2, 1},
	} {
		require.Equal(t, Position{c.line, c.column}, NewSource("t", c.text).Position(c.offset), "%q at %d", c.text, c.offset)
	}
}

func TestLineText(t *testing.T) {
	src := NewSource("t", "\uFEFFone\r\ntwo\n\nfour")
	for i, want := range []string{"one", "two", "", "four"} {
		require.Equal(t, want, src.LineText(i+1))
	}
}

func TestOneFaultGivesOneDiagnostic(t *testing.T) {
	src := NewSource("t", "abc")
	var l List
	first := l.Report(Diagnostic{Code: CT0101, Span: Span{src, 0, 1}, Message: "first"})
	for i := range 100 {
		l.Add(Diagnostic{Code: CT0203, Span: Span{src, i, i}})
	}
	l.Report(Diagnostic{Code: CT0101, Span: Span{src, 0, 1}, Message: "again"}).Hint("lost")
	first.Hint("kept")
	require.Equal(t, 101, l.Len())
	all := l.All()
	require.Equal(t, []string{"kept"}, all[0].Help)
	require.Equal(t, "first", all[0].Message)
}

func TestListOrderAndErrors(t *testing.T) {
	a, b := NewSource("a", "xxxx"), NewSource("b", "xxxx")
	var l List
	require.False(t, l.HasErrors())
	l.Add(Diagnostic{Severity: Warning, Code: "3", Span: Span{b, 0, 1}})
	l.Add(Diagnostic{Severity: Note, Code: "2", Span: Span{a, 2, 3}})
	require.False(t, l.HasErrors())
	l.Add(Diagnostic{Code: "1", Span: Span{a, 1, 3}})
	require.True(t, l.HasErrors())
	var codes []string
	for _, d := range l.All() {
		codes = append(codes, string(d.Code))
	}
	require.Equal(t, "1 2 3", strings.Join(codes, " "))
}

// The table is read from the comments of the constants: every constant must
// have one, in order, and be what its name says.
func TestTableOfCodes(t *testing.T) {
	all := Descriptions()
	constants := regexp.MustCompile(`(?m)^\t(CT\d{4})\s`).FindAllStringSubmatch(table, -1)
	require.Equal(t, len(constants), len(all), "a constant without a comment on its line")
	last := Code("")
	for i, d := range all {
		require.Equal(t, constants[i][1], string(d.Code))
		require.Greater(t, d.Code, last)
		require.NotEmpty(t, d.Title)
		last = d.Code
	}
	d := Describe(CT0203)
	require.Equal(t, "unknown name", d.Title)
	require.Equal(t, "nothing of that name is declared", d.Detail)
	require.NotEmpty(t, d.Example)
	require.Equal(t, "CT9999", Describe("CT9999").Title)
}
