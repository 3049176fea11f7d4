package syntax

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Token is one token of a text: the bytes [Start, End).
type Token struct{ Start, End int }

// Scan returns the tokens of src in order, without comments.
func Scan(src *diag.Source) []Token {
	all := make([]Token, 0, len(src.Text)/4)
	scan := newScanner(src)
	for {
		t, err := scan.Next()
		if err != nil || t.EOF() {
			return all
		}
		all = append(all, Token{t.Pos.Offset, t.Pos.Offset + len(t.Value)})
	}
}

// Tokens returns the text of the tokens within span, without comments. Two
// stretches of text with equal tokens mean the same: where what stands before
// a parenthesis could be applied to what is in it, a parenthesis that opens
// its line, and so applies nothing, is told from any other.
func Tokens(span diag.Span) []string {
	var all []string
	scan := newScanner(diag.NewSource("", span.Text()))
	applies := false
	for {
		t, err := scan.Next()
		if err != nil || t.EOF() {
			return all
		}
		text := t.Value
		if text == "(" && t.Type != kindOpen && applies {
			text = "\n("
		}
		all = append(all, text)
		applies = endsOperand(t.Type, t.Value)
	}
}

// endsOperand reports whether what ends with a token can be applied, as far
// as the token tells.
func endsOperand(kind lexer.TokenType, text string) bool {
	switch kind {
	case kindPunct, kindOpen:
		return text == ")" || text == "]" || text == "}" || text == "'" || text == "?"
	}
	return true
}
