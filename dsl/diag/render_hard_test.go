package diag

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// hardText has what is difficult to draw: tabs, wide, combining and invisible
// characters, and spans and labels of every kind around them.
const hardText = "object\tA = {\n" +
	"\tkäse: 東京,\t\tе́: R,\n" +
	"\tz: { w: R,\n" +
	"\t     b: R }\n" +
	"}\n" +
	"arrow f = a >> b >> c >> d >> e\n" +
	"👩‍🔬 = \u200bα\u0301 → β\n"

func hard() []Diagnostic {
	src := NewSource("größe.cat", hardText)
	at := func(text string) Span { return find(src, text, 0) }
	var l List
	l.Report(Diagnostic{Code: CT0101, Span: at("東京"), Message: "behind a tab, wide"}).Label(at("käse"), "narrow").Label(at("R"), "behind tabs")
	l.Report(Diagnostic{Code: CT0102, Span: at("е́"), Message: "one letter and its accent"}).Beside("two code points, one column")
	l.Report(Diagnostic{Code: CT0103, Span: at("{\n\tkäse"), Message: "an end of line within"}).Beside("from here on")
	l.Report(Diagnostic{Code: CT0104, Span: at("z: { w: R,\n\t     b: R }"), Message: "two lines"}).Beside("up to here")
	l.Report(Diagnostic{Code: CT0105, Span: Span{src, 0, strings.Index(hardText, "}\narrow") + 2}, Message: "five lines and the end of the last"}).Label(at("arrow"), "the next")
	l.Report(Diagnostic{Code: CT0106, Span: at(">> c"), Message: "labels in plenty"}).
		Label(at("a >>"), "one").Label(at("b >>"), "two").Label(at("d"), "four").Label(at("e\n"), "five\nof two lines").Label(at("c >>"), "three").Beside("between")
	l.Report(Diagnostic{Code: CT0107, Span: at("b >> c"), Message: "labels on one another"}).
		Label(at("b"), "inside").Label(at("b >> c"), "the same place").Label(at("b >> c >> d"), "around")
	l.Report(Diagnostic{Code: CT0108, Span: at("α\u0301"), Message: "behind what is joined and what is not seen → here"}).Label(at("👩"), "a picture of several code points").Hint("α is \u202ewritten as it is …")
	l.Report(Diagnostic{Code: CT0109, Span: Span{src, len(hardText), len(hardText)}, Message: "the end of the file"})
	return l.All()
}

func TestTextOfHardLines(t *testing.T) {
	for name, opts := range map[string]TextOptions{"hard.txt": {}, "hard_ascii.txt": {ASCII: true}} {
		var b bytes.Buffer
		require.NoError(t, Text(&b, hard(), opts))
		if opts.ASCII {
			for _, r := range b.String() {
				require.True(t, r == '\n' || r >= ' ' && r < 0x7f, "%q in %s", r, b.String())
			}
		}
		golden(t, name, b.Bytes())
	}
}

// Of a line too long to show, marks outside the part that is shown are told
// below the drawing instead of being drawn where they are not.
func TestTextTellsWhatIsCut(t *testing.T) {
	src := NewSource("a.cat", "left "+strings.Repeat("a", 1000)+" here "+strings.Repeat("b", 1000)+" right")
	var l List
	l.Report(Diagnostic{Code: CT0103, Span: find(src, "here", 0), Message: "odd"}).
		Label(find(src, "left", 0), "the left end").Label(find(src, "right", 0), "the right end").Label(find(src, "aa here bb", 0), "around")
	for _, ascii := range []bool{false, true} {
		var b bytes.Buffer
		require.NoError(t, Text(&b, l.All(), TextOptions{ASCII: ascii, Bare: true}))
		lines := strings.Split(b.String(), "\n")
		at := strings.Index(plainOf(lines[3]), "here")
		require.Equal(t, "^^^^", lines[4][at:at+4], b.String())
		require.Contains(t, b.String(), "  = note: a.cat:1:1: the left end\n  = note: a.cat:1:2013: the right end\n")
		require.Contains(t, b.String(), "around\n")
		require.Less(t, b.Len(), 1200)
	}
}

// plainOf makes bytes and columns agree.
func plainOf(line string) string { return strings.ReplaceAll(line, "…", "_") }

func TestTextNamesCommands(t *testing.T) {
	src := NewSource("a.cat", strings.Repeat("x", 100))
	var l List
	text := func() string {
		var b bytes.Buffer
		require.NoError(t, Text(&b, l.All(), TextOptions{Explain: "ctgen explain", Bare: true}))
		return b.String()
	}
	require.Empty(t, text())
	for i, c := range []struct {
		code Code
		says string
	}{
		{CT0301, "\n`ctgen explain CT0301` says more\n"},
		{CT0301, "\n`ctgen explain CT0301` says more\n"},
		{CT0203, "\n`ctgen explain CT0301` says more, as for CT0203\n"},
		{CT0204, " as for CT0203, CT0204\n"},
		{CT0205, "CT0205\n"},
		{CT0206, "CT0206\n"},
		{CT0207, "as for CT0203, CT0204, CT0205, CT0206, CT0207\n"},
		{CT0208, "as for CT0203, CT0204, CT0205, CT0206, CT0207 and the others\n"},
	} {
		l.Add(Diagnostic{Code: c.code, Span: Span{src, i, i + 1}, Message: "m"})
		require.True(t, strings.HasSuffix(text(), c.says), text())
	}
}
