package diag

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), string(got))
}

const neuron = `category neuron

object Logit       = R
object Probability = R in [0, 1]

arrow affine: Input -> Logit given Neuron = std.affine
arrow decide: Probability -> Prediction   = std.relabel

arrow predict = affine >> decide
arrow größe   = 日本 >>	naïve
`

// find returns the span of the nth occurrence of text, counted from 0.
func find(src *Source, text string, nth int) Span {
	at := 0
	for ; ; nth-- {
		i := strings.Index(src.Text[at:], text)
		if i < 0 {
			panic("no " + text)
		}
		if nth == 0 {
			return Span{src, at + i, at + i + len(text)}
		}
		at += i + len(text)
	}
}

// samples are diagnostics of every shape that the renderers tell apart.
func samples() []Diagnostic {
	src := NewSource("neuron.cat", neuron)
	std := NewSource("std/affine.cat", "category std\n\narrow affine: R -> R\n")
	var l List
	l.Report(Diagnostic{Code: CT0301, Span: find(src, ">>", 0), Message: "these arrows do not compose"}).
		Label(find(src, "affine", 2), "gives Logit   (declared at neuron.cat:6)").
		Label(find(src, "decide", 1), "needs Probability   (declared at neuron.cat:7)").
		Hint("`sigmoid: Logit -> Probability` fits between them: affine >> sigmoid >> decide")
	l.Report(Diagnostic{Code: CT0203, Span: find(src, "Input", 0), Message: "no object `Input` is declared", Fixes: []Fix{
		{"write `Logit`", []Edit{find(src, "Input", 0).Replace("Logit")}},
		{"declare <Input>", []Edit{find(src, "arrow", 0).Before("object Input\n"), find(src, "größe", 0).After("&")}},
	}}).
		Hint("did you mean `Logit`?").
		Propose("nobody has tried this", find(src, "Input", 0).Replace("Input"))
	l.Report(Diagnostic{Code: CT0302, Span: find(src, "affine", 1), Message: "other than declared"}).
		Beside("gives Logit").Label(find(src, "Logit", 0), "declared here").
		Label(find(std, "affine", 0), "the standard arrow").Hint("first line\nsecond line")
	l.Report(Diagnostic{Code: CT0105, Span: Span{src, len("category neuron"), len("category neuron")}, Message: "expected a name",
		Fixes: []Fix{{"insert a name", []Edit{find(src, "category neuron", 0).After(" n")}}}})
	l.Report(Diagnostic{Severity: Warning, Code: CT0205, Span: find(src, "naïve", 0), Message: "behind a tab and wide runes"}).
		Label(find(src, "日本", 0), "two wide runes").Beside("here")
	l.Report(Diagnostic{Severity: Note, Code: CT0201, Span: find(src, "object Logit       = R\nobject", 0), Message: "a span of two lines"}).
		Beside("up to here")
	l.Report(Diagnostic{Code: CT0213, Message: "--set Hiden=3 names no dim of this spec, 100 % sure"})
	return l.All()
}

func TestText(t *testing.T) {
	for name, opts := range map[string]TextOptions{"plain.txt": {Fix: "ctgen check --fix"}, "color.txt": {Color: true}} {
		var b bytes.Buffer
		require.NoError(t, Text(&b, samples(), opts))
		golden(t, name, b.Bytes())
	}
}

// The drawing of a failed composition is part of the language's reference.
func TestTextComposition(t *testing.T) {
	src := NewSource("neuron.cat", strings.Repeat("\n", 21)+"arrow predict  = affine >> decide\n")
	var l List
	l.Report(Diagnostic{Code: CT0301, Span: find(src, ">>", 0), Message: "these arrows do not compose"}).
		Label(find(src, "affine", 0), "gives Logit (declared at neuron.cat:16)").
		Label(find(src, "decide", 0), "needs Probability (declared at neuron.cat:18)").
		Hint("`sigmoid: Logit -> Probability` fits between them: affine >> sigmoid >> decide")
	var b bytes.Buffer
	require.NoError(t, Text(&b, l.All(), TextOptions{}))
	require.Equal(t, `error[CT0301]: these arrows do not compose
  --> neuron.cat:22:25
   |
22 | arrow predict  = affine >> decide
   |                  ------ ^^ ------
   |                  |         |
   |                  |         needs Probability   (declared at neuron.cat:18)
   |                  gives Logit                   (declared at neuron.cat:16)
   = help: `+"`sigmoid: Logit -> Probability` fits between them: affine >> sigmoid >> decide"+`

1 error
`, b.String())
}

func TestTextCapsErrors(t *testing.T) {
	src := NewSource("a.cat", strings.Repeat("x", 100))
	var l List
	for i := range 60 {
		l.Report(Diagnostic{Code: CT0101, Span: Span{src, i, i + 1}, Message: fmt.Sprintf("fault %d", i)})
	}
	l.Report(Diagnostic{Severity: Warning, Code: CT0102, Span: Span{src, 90, 91}, Message: "a warning"})
	for _, c := range []struct {
		max, shown int
		rest       string
	}{
		{0, 50, "10 more errors not shown\n60 errors, 1 warning\n"},
		{59, 59, "1 more error not shown\n60 errors, 1 warning\n"},
		{-1, 60, "\n\n60 errors, 1 warning\n"},
	} {
		var b bytes.Buffer
		require.NoError(t, Text(&b, l.All(), TextOptions{Max: c.max}))
		require.Equal(t, c.shown, strings.Count(b.String(), "error[CT0101]"))
		require.Contains(t, b.String(), "a warning")
		require.True(t, strings.HasSuffix(b.String(), c.rest), b.String()[len(b.String())-80:])
	}
}

func TestTextCapsWarnings(t *testing.T) {
	src := NewSource("a.cat", strings.Repeat("x", 100))
	var l List
	for i := range 52 {
		l.Report(Diagnostic{Severity: Warning, Code: CT1101, Span: Span{src, i, i + 1}, Message: fmt.Sprintf("spare %d", i)})
	}
	var b bytes.Buffer
	require.NoError(t, Text(&b, l.All(), TextOptions{}))
	require.Equal(t, 50, strings.Count(b.String(), "warning[CT1101]"))
	require.Contains(t, b.String(), "2 more warnings not shown\n52 warnings\n")
}

// Nothing that a file holds may steer the terminal.
func TestTextShowsControlCharacters(t *testing.T) {
	src := NewSource("a\x1b.cat", "object \x1b[31m\u202eA\x7f\r\nobject B")
	var l List
	l.Report(Diagnostic{Code: CT0103, Span: Span{src, 7, 8}, Message: "escape \x1b here"})
	var b bytes.Buffer
	require.NoError(t, Text(&b, l.All(), TextOptions{}))
	for _, r := range b.String() {
		require.True(t, r == '\n' || r >= ' ' && r != 0x7f && r != 0x202e, "%q in %q", r, b.String())
	}
	require.Contains(t, b.String(), "1 | object ␛[31m�A␡\n  |        ^\n")
}

func TestTextCutsLongLines(t *testing.T) {
	src := NewSource("a.cat", strings.Repeat("a", 100_000)+"Ö"+strings.Repeat("b", 100_000))
	var l List
	l.Report(Diagnostic{Code: CT0103, Span: Span{src, 100_000, 100_002}, Message: "odd"}).Label(Span{src, 3, 9}, "far left")
	var b bytes.Buffer
	require.NoError(t, Text(&b, l.All(), TextOptions{}))
	require.Less(t, b.Len(), 1000)
	lines := strings.Split(b.String(), "\n")
	letter := strings.Index(lines[3], "Ö") - len("…") + 1
	require.Equal(t, letter, strings.Index(lines[4], "^"), b.String())
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, JSON(&b, samples()))
	for _, line := range strings.Split(strings.TrimSpace(b.String()), "\n") {
		var one map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &one))
		for _, key := range []string{"file", "line", "column", "endLine", "endColumn", "severity", "code", "message", "help", "labels"} {
			require.Contains(t, one, key)
			require.NotNil(t, one[key])
		}
	}
	golden(t, "lines.json", b.Bytes())
}

func TestGitHub(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, GitHub(&b, samples()))
	require.Equal(t, len(samples()), strings.Count(b.String(), "\n"), "one line each")
	golden(t, "github.txt", b.Bytes())
}

func TestSARIF(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, SARIF(&b, samples()))
	var log sarifLog
	require.NoError(t, json.Unmarshal(b.Bytes(), &log))
	for _, r := range log.Runs[0].Results {
		require.Equal(t, r.RuleID, log.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID)
	}
	golden(t, "log.sarif", b.Bytes())
}

func TestNothingToReport(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, Text(&b, nil, TextOptions{}))
	require.NoError(t, JSON(&b, nil))
	require.NoError(t, GitHub(&b, nil))
	require.Empty(t, b.String())
	require.NoError(t, SARIF(&b, nil))
	require.Contains(t, b.String(), `"results": []`)
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestRenderersReportWriteErrors(t *testing.T) {
	ds := samples()
	require.ErrorIs(t, Text(brokenWriter{}, ds, TextOptions{}), io.ErrClosedPipe)
	require.ErrorIs(t, JSON(brokenWriter{}, ds), io.ErrClosedPipe)
	require.ErrorIs(t, GitHub(brokenWriter{}, ds), io.ErrClosedPipe)
	require.ErrorIs(t, SARIF(brokenWriter{}, ds), io.ErrClosedPipe)
}

// No span, however placed, makes a renderer panic.
func FuzzRender(f *testing.F) {
	f.Add("object A\n\tarrow日\r\n", 3, 9, 12, 14)
	f.Add("\uFEFFobject", 0, 3, 0, 1)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		src := NewSource("f.cat", text)
		clamp := func(n int) int { return max(0, min(n, len(text))) }
		span := func(a, b int) Span { a, b = clamp(a), clamp(b); return Span{src, min(a, b), max(a, b)} }
		var l List
		l.Report(Diagnostic{Code: CT0101, Span: span(a, b), Message: "m"}).Label(span(c, d), "l").Beside("b")
		require.NoError(t, Text(io.Discard, l.All(), TextOptions{}))
		require.NoError(t, SARIF(io.Discard, l.All()))
	})
}
