package syntax

import (
	"math/big"
	"regexp"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// propose attaches one remedy, made of edits, where there are any.
func (f *fault) propose(edits ...diag.Edit) *fault {
	if len(edits) == 0 {
		return f
	}
	message := "write `" + clip(edits[0].Text) + "`"
	switch e := edits[0]; {
	case e.Text == "":
		message = "remove `" + e.Span.Text() + "`"
	case e.Span.Start == e.Span.End:
		message = "insert `" + strings.TrimSpace(e.Text) + "`"
	}
	f.Diagnostic.Propose(message, edits...)
	return f
}

// quoted finds what a message says could have stood there.
var quoted = regexp.MustCompile("`([^`]+)`")

// lookalikes are signs that stand for another where that one is expected.
var lookalikes = map[string]string{"==": "=", ">": ">>", "..": ".", ">=": "->"}

// mend proposes what may make the next token, which stands where what was
// expected, right: a sign or word that is missing before it or that it looks
// like, or that it is the sign before it once more. Trying tells which does.
func (c cursor) mend(f *fault, what string) {
	t, last := c.peek(), c.last()
	span := c.span(t)
	if last == nil {
		return
	}
	if other := lookalikes[t.Value]; other != "" {
		f.propose(span.Replace(other))
	}
	if t.Type == kindPunct && strings.HasPrefix(last.Value, t.Value) { // another sign may stand where something is missing
		f.propose(span.Replace(""))
	}
	sameLine := last.Pos.Line == t.Pos.Line
	for _, m := range quoted.FindAllStringSubmatch(what, -1) {
		switch sign := m[1]; sign {
		case "]", "}", ",", ")", ":":
			f.propose(diag.Span{Src: c.src, Start: c.end(), End: c.end()}.Replace(sign))
		case "=", "{", "->":
			if sameLine || sign == "{" {
				f.propose(span.Before(sign + " "))
			}
		default:
			if t.Type == kindName && distance(t.Value, sign) == 1 && keywordLike(sign) {
				f.propose(span.Replace(sign))
			}
		}
	}
}

// keywordLike reports whether a quoted text is one word.
func keywordLike(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

// respellings are characters that stand for one spelling of the language.
var respellings = map[rune]string{
	'#': "//", ';': "", '→': "->", '×': "*", '·': "*", '−': "-", '≤': "<=", '≥': ">=",
	'’': "'", '′': "'", '∞': "inf",
}

// respell writes the odd token t, which begins with r, in the language's own
// spelling.
func (c cursor) respell(t *lexer.Token, r rune) []diag.Edit {
	span := c.span(t)
	if text, ok := respellings[r]; ok {
		return []diag.Edit{span.Replace(text)}
	}
	if r != '“' && r != '”' {
		return nil
	}
	line, _, _ := strings.Cut(c.src.Text[span.End:], "\n")
	at := strings.IndexAny(line, "“”")
	if at < 0 || strings.Contains(line[:at], `"`) {
		return nil
	}
	end := diag.Span{Src: c.src, Start: span.End + at, End: span.End + at + len("”")}
	return []diag.Edit{span.Replace(`"`), end.Replace(`"`)}
}

// renumber writes a malformed number as the language reads it.
func renumber(span diag.Span) []diag.Edit {
	text := span.Text()
	switch {
	case len(text) > maxDigits:
	case len(text) > 2 && strings.ContainsRune("xbo", rune(text[1])) && text[0] == '0':
		if n, ok := new(big.Int).SetString(text, 0); ok {
			return []diag.Edit{span.Replace(n.String())}
		}
	case strings.Contains(text, "_") && isNumber(strings.ReplaceAll(text, "_", "")):
		return []diag.Edit{span.Replace(strings.ReplaceAll(text, "_", ""))}
	default:
		digits := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
		if digits > 0 && !strings.ContainsAny(text, ".eE") {
			return []diag.Edit{span.Replace(text[:digits] + " * " + text[digits:])}
		}
	}
	return nil
}

// isNumber reports whether text is one number to the scanner.
func isNumber(text string) bool {
	s := newScanner(diag.NewSource("", text))
	t, err := s.Next()
	return err == nil && t.Type == kindNumber && t.Value == text
}

// close proposes to close the only open bracket at the end of its declaration.
// A square one may open an interval, which has two ways to end; a round one
// may end anywhere in a term, so it stays open.
func (c cursor) close(f *fault, opener *lexer.Token) {
	end := diag.Span{Src: c.src, Start: c.end(), End: c.end()}
	switch opener.Value {
	case "[":
		f.propose(end.Replace("]")).propose(end.Replace(")"))
	case "{":
		brace := " }"
		if c.last().Pos.Line > opener.Pos.Line {
			brace = "\n}"
		}
		f.propose(end.Replace(brace))
	}
}
