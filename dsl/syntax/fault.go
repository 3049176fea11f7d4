package syntax

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// fault is a diagnostic on its way up through participle.
type fault struct{ diag.Diagnostic }

func (f *fault) Error() string   { return f.Diagnostic.Message }
func (f *fault) Message() string { return f.Diagnostic.Message }
func (f *fault) Position() lexer.Position {
	return lexer.Position{Offset: f.Span.Start}
}

func (f *fault) hint(help string) *fault {
	if help != "" {
		f.Help = append(f.Help, help)
	}
	return f
}

func (p *parser) fail(code diag.Code, span diag.Span, message string) *fault {
	return &fault{diag.Diagnostic{Code: code, Span: span, Message: message}}
}

// unexpected blames the next token for not being what was expected.
func (c cursor) unexpected(what string) error { return c.blame(c.peek(), c.end(), what) }

// blame says that token t stands where what was expected; end is where the
// token before t ends.
func (p *parser) blame(t *lexer.Token, end int, what string) *fault {
	span := p.span(t)
	switch t.Type {
	case kindOdd:
		r, _ := utf8.DecodeRuneInString(t.Value)
		return p.fail(diag.CT0103, span, "no part of the language begins with "+describeRune(r)).hint(oddHelp[r])
	case kindBadNumber:
		return p.fail(diag.CT0106, span, fmt.Sprintf("`%s` is neither a number nor a name", clip(t.Value))).hint(numberHelp(t.Value))
	case kindBadString:
		return p.fail(diag.CT0104, span, "this text has no closing quotation mark on its line")
	case kindEOF:
		return p.fail(diag.CT0101, diag.Span{Src: p.src, Start: end, End: end}, "expected "+what+", but the file ends here")
	}
	if declarations[t.Value] && p.opensLine(t) {
		return p.fail(diag.CT0101, diag.Span{Src: p.src, Start: end, End: end}, "expected "+what+", but the declaration ends here")
	}
	if t.Type == kindKeyword && isNaming(what) {
		return p.fail(diag.CT0108, span, fmt.Sprintf("expected %s, and `%s` is a keyword", what, t.Value)).hint("choose another name")
	}
	return p.fail(diag.CT0101, span, fmt.Sprintf("expected %s, found `%s`", what, clip(t.Value)))
}

// isNaming reports whether what was expected is a name to be chosen.
func isNaming(what string) bool {
	return strings.HasPrefix(what, "the name of") || strings.HasPrefix(what, "a name")
}

var oddHelp = map[rune]string{
	'#':  "comments begin with //",
	';':  "a declaration ends where the next begins: no mark is needed",
	'→':  "write ->",
	'×':  "write *",
	'·':  "write *",
	'−':  "write -",
	'∘':  "compose in the order of application: f >> g",
	'≤':  "write <=",
	'≥':  "write >=",
	'’':  "write '",
	'′':  "write '",
	'“':  "write straight quotation marks: \"",
	'”':  "write straight quotation marks: \"",
	'|':  "the language has no `|`",
	'∞':  "write inf",
	'\t': "",
}

func describeRune(r rune) string {
	if r != utf8.RuneError && unicode.IsPrint(r) {
		return fmt.Sprintf("`%c`", r)
	}
	return fmt.Sprintf("the invisible character %U", r)
}

func numberHelp(text string) string {
	digits := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) })
	switch {
	case strings.HasPrefix(text, "0x"), strings.HasPrefix(text, "0b"), strings.HasPrefix(text, "0o"):
		return "numbers are written in decimal"
	case strings.Contains(text, "_"):
		return "numbers are written without separators: " + clip(strings.ReplaceAll(text, "_", ""))
	case digits > 0 && !strings.ContainsAny(text, ".eE"):
		return fmt.Sprintf("for a product write %s * %s", clip(text[:digits]), clip(text[digits:]))
	}
	return ""
}

// clip shortens text to what a message can hold.
func clip(text string) string {
	const most = 40
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}

// translate turns whatever participle returned into a fault. A mismatch of
// the tags says what it expected in participle's notation, of which the first
// part is what the user missed.
func (c cursor) translate(err error) *fault {
	var f *fault
	if errors.As(err, &f) {
		return f
	}
	var mismatch *participle.UnexpectedTokenError
	if !errors.As(err, &mismatch) {
		return c.fail(diag.CT0101, c.span(c.peek()), "cannot read this declaration: "+err.Error())
	}
	_, expected, _ := strings.Cut(mismatch.Message(), "(expected ")
	return c.blame(&mismatch.Unexpected, c.endBefore(mismatch.Unexpected.Pos.Offset), firstExpected(expected))
}

// firstExpected reads the first literal or token kind of participle's
// notation.
func firstExpected(notation string) string {
	notation = strings.TrimLeft(notation, "(")
	switch {
	case strings.HasPrefix(notation, `"`):
		literal, _, _ := strings.Cut(notation[1:], `"`)
		return "`" + literal + "`"
	case strings.HasPrefix(notation, "<string>"):
		return "the path of a file in quotation marks"
	case strings.HasPrefix(notation, "<name>"):
		return "a name"
	}
	return "something else"
}
