package golang

import (
	"path"
	"strings"
	"unicode"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// comment prints one line of text as a comment line. Whatever the text holds,
// it stays inside the comment: line breaks become spaces, what Go source may
// not hold is dropped, and nothing reads as a build constraint.
func comment(text string) *jen.Statement { return jen.Comment(commentLine(text)) }

func commentLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return ' '
		case r == '\uFEFF' || r == unicode.ReplacementChar || unicode.IsControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "+build") {
		text = "(" + text + ")"
	}
	if text == "" {
		return "//"
	}
	return "// " + text
}

// docLines prints a sentence of ours and then the spec's own comment.
func docLines(sentence string, doc []string) []jen.Code {
	lines := []jen.Code{comment(sentence)}
	for _, d := range doc {
		for _, l := range strings.Split(d, "\n") {
			lines = append(lines, comment(l))
		}
	}
	return lines
}

// cite names the place in a spec without its directory: neuron.cat:19.
func cite(s diag.Span) string {
	if !s.Known() {
		return "std"
	}
	return path.Base(s.Line())
}
