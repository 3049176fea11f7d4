package syntax

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

func tokens(text string) []string {
	return Tokens(diag.Span{Src: diag.NewSource("t", text), End: len(text)})
}

// Layout that means nothing leaves the tokens as they are; a parenthesis that
// could apply what stands before it, but for the line it opens, is another.
func TestTokensAreThoseOfTheMeaning(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"f >> (g)", "f >> // first f\n\t(g)", true},
		{"{ (g) }", "{\n    (g)\n}", true},
		{"f (g)", "f(g)", true},
		{"f(g)", "f\n(g)", false},
		{"f[A](g)", "f[A]\n(g)", false},
		{"?(x)", "?\n(x)", false},
		{"1..64", "1 .. 64", true},
		{"f . w", "f.w", true},
	} {
		if c.same {
			require.Equal(t, tokens(c.a), tokens(c.b))
		} else {
			require.NotEqual(t, tokens(c.a), tokens(c.b))
		}
	}
}

func TestScanGivesPlaces(t *testing.T) {
	text := "\uFEFFarrow f // c\n = \"a b\""
	var got []string
	for _, token := range Scan(diag.NewSource("t", text)) {
		got = append(got, text[token.Start:token.End])
	}
	require.Equal(t, []string{"arrow", "f", "=", "\"a b\""}, got)
}
