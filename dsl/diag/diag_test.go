package diag

import (
	"os"
	"path/filepath"
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

// The table is read from the comments of the constants: every constant is what
// its name says, has a page, and stands in the file of its group.
func TestTableOfCodes(t *testing.T) {
	all := Descriptions()
	constant := regexp.MustCompile(`(?m)^\t(CT\d{4}) +Code = "(CT\d{4})"$`)
	files, err := filepath.Glob("codes*.go")
	require.NoError(t, err)
	constants, groupOf, fileOf := 0, map[string]string{}, map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		for _, m := range constant.FindAllStringSubmatch(string(text), -1) {
			require.Equal(t, m[1], m[2])
			constants++
			group := m[1][:4]
			if fileOf[group] == "" {
				fileOf[group] = f
			}
			require.Equal(t, fileOf[group], f, m[1])
		}
		require.Equal(t, strings.Count(string(text), " Code = \""), len(constant.FindAllString(string(text), -1)), f)
	}
	require.Equal(t, constants, len(all))
	last := Code("")
	for _, d := range all {
		require.Greater(t, d.Code, last, "given twice")
		last = d.Code
		require.NotEmpty(t, d.Title, d.Code)
		require.NotEmpty(t, d.Group, d.Code)
		if group := string(d.Code[:4]); groupOf[group] == "" {
			groupOf[group] = d.Group
		}
		require.Equal(t, groupOf[string(d.Code[:4])], d.Group, d.Code)
	}
	require.Equal(t, "unknown name", Describe(CT0203).Title)
	require.Equal(t, "Names", Describe(CT0203).Group)
	require.Equal(t, Description{Code: "CT9999", Title: "CT9999"}, Describe("CT9999"))
}

func TestReadPage(t *testing.T) {
	page, err := readPage("CT0001", "CT0001: a title: of two\n\nWhen it\nhappens.\n\nRemedy: do\nthis.\n\nExample:\n\n\tobject A\n\n\t\tend\n\nInstead:\n\n\tobject B\n\nExample:\n\n\tdim\n\nConstruction: a file.\n")
	require.NoError(t, err)
	require.Equal(t, Description{
		Code: "CT0001", Title: "a title: of two", When: "When it\nhappens.", Remedy: "do\nthis.", Construction: "a file.",
		Examples: []Example{{"object A\n\n\tend\n", "object B\n"}, {Faulty: "dim\n"}},
	}, page)
	for _, bad := range []string{"", "CT0002: other\n", "CT0001: t\n\nInstead:\n\n\ta\n"} {
		_, err := readPage("CT0001", bad)
		require.ErrorContains(t, err, "the page of CT0001", bad)
	}
}
