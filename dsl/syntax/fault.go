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

// unexpected blames the next token for standing where what was expected.
func (c cursor) unexpected(what string) *fault {
	t, end := c.peek(), c.end()
	span := c.span(t)
	gap := diag.Span{Src: c.src, Start: end, End: end}
	switch {
	case t.Type == kindOdd:
		r, _ := utf8.DecodeRuneInString(t.Value)
		return c.fail(diag.CT0103, span, "no part of the language begins with "+describeRune(r)).hint(oddHelp[r]).
			propose(c.respell(t, r)...)
	case t.Type == kindBadNumber:
		return c.fail(diag.CT0106, span, fmt.Sprintf("`%s` is neither a number nor a name", clip(t.Value))).hint(numberHelp(t.Value)).
			propose(renumber(span)...)
	case t.Type == kindBadString:
		return c.fail(diag.CT0104, span, "this text has no closing quotation mark on its line")
	case t.Type == kindEOF:
		return c.fail(diag.CT0101, gap, "expected "+what+c.after()+", but the file ends here")
	case c.startsDeclaration():
		return c.fail(diag.CT0101, gap, "expected "+what+c.after()+", but the declaration ends here")
	case t.Type == kindKeyword && strings.HasPrefix(what, "the name of"):
		return c.fail(diag.CT0108, span, fmt.Sprintf("expected %s, and `%s` is a keyword", what, t.Value)).hint("choose another name")
	}
	f := c.fail(diag.CT0101, span, fmt.Sprintf("expected %s%s, found `%s`", what, c.after(), clip(t.Value)))
	c.mend(f, what)
	return f
}

// after names the token before the next, which the user may recognise.
func (c cursor) after() string {
	t := c.last()
	if t == nil || len(t.Value) > 40 {
		return ""
	}
	return " after `" + t.Value + "`"
}

var oddHelp = map[rune]string{
	'#': "comments begin with //",
	';': "a declaration ends where the next begins: no mark is needed",
	'→': "write ->",
	'×': "write *",
	'·': "write *",
	'−': "write -",
	'∘': "compose in the order of application: f >> g",
	'≤': "write <=",
	'≥': "write >=",
	'’': "write '",
	'′': "write '",
	'“': "write straight quotation marks: \"",
	'”': "write straight quotation marks: \"",
	'|': "the language has no `|`",
	'∞': "write inf",
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
// part is what the user missed. The declaration starts at begin.
func (c cursor) translate(err error, begin int) *fault {
	var f *fault
	if errors.As(err, &f) {
		return f
	}
	c.lex.at = begin
	keyword := c.peek().Value
	var mismatch *participle.UnexpectedTokenError
	if !errors.As(err, &mismatch) {
		return c.fail(diag.CT0101, c.span(c.peek()), "this declaration cannot be read: "+err.Error())
	}
	for !c.isKind(kindEOF) && c.start() < mismatch.Unexpected.Pos.Offset {
		c.next()
	}
	_, expected, _ := strings.Cut(mismatch.Message(), "(expected ")
	return c.unexpected(c.firstExpected(keyword, expected))
}

// firstExpected reads the first literal or token kind of participle's
// notation for what should have stood next in a declaration.
func (c cursor) firstExpected(keyword, notation string) string {
	notation = strings.TrimLeft(notation, "(")
	switch {
	case strings.HasPrefix(notation, `"`):
		literal, _, _ := strings.Cut(notation[1:], `"`)
		return "`" + literal + "`"
	case strings.HasPrefix(notation, "<string>"):
		return "the path of a file in quotation marks"
	case c.last() != nil && c.last().Value == "from":
		return "the format of the data, such as csv,"
	}
	return "the name of the " + keyword
}

// didYouMean asks for the candidate that t was likely meant to be and proposes
// it. It returns false where there is none.
func (f *fault) didYouMean(c cursor, t *lexer.Token, candidates ...string) bool {
	best := nearest(t.Value, candidates)
	if best == "" {
		return false
	}
	f.hint("did you mean `" + best + "`?").propose(c.span(t).Replace(best))
	return true
}

// nearest is the candidate that word was likely meant to be, or "".
func nearest(word string, candidates []string) string {
	best, least := "", 1+len(word)/3
	for _, candidate := range candidates {
		if d := distance(word, candidate); d <= least && d > 0 {
			best, least = candidate, d-1
		}
	}
	return best
}

// distance is the number of letters to insert, delete or replace between a
// and b.
func distance(a, b string) int {
	if len(a) > 20 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
