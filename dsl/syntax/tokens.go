package syntax

import "github.com/ctgen-lang/ctgen/dsl/diag"

// Tokens returns the text of the tokens within span, without comments. Two
// stretches of text with equal tokens mean the same: a parenthesis that opens
// its line, and so applies nothing, is told from any other.
func Tokens(span diag.Span) []string {
	var all []string
	scan := newScanner(diag.NewSource("", span.Text()))
	for {
		t, err := scan.Next()
		if err != nil || t.EOF() {
			return all
		}
		text := t.Value
		if text == "(" && t.Type != kindOpen {
			text = "\n("
		}
		all = append(all, text)
	}
}
