package format_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// TestLayoutIsForgotten gives sound specifications another layout, at random:
// with other spaces they come out the same; with other line breaks and
// comments between any two tokens, formatting keeps what it promises.
func TestLayoutIsForgotten(t *testing.T) {
	rounds := 3
	if os.Getenv("CTGEN_FULL") != "" {
		rounds = 40
	}
	rng := rand.New(rand.NewPCG(7, 11))
	for _, path := range specifications(t, "../..") {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		f := parse(string(text))
		for range rounds {
			spaced := respace(rng, f, false)
			require.Equal(t, source(t, string(text)), source(t, spaced), "%s as\n%s", path, spaced)
			broken := respace(rng, f, true)
			require.Equal(t, syntax.Tokens(whole(f)), syntax.Tokens(whole(parse(broken))), "the test's own fault: %s", broken)
			holds(t, broken)
		}
	}
}

// respace returns the tokens and comments of f with other space between them:
// with breaks also where there was no line break, and not where there was
// one. What would be another token, or another parenthesis, is left out.
func respace(rng *rand.Rand, f *syntax.File, breaks bool) string {
	var b strings.Builder
	text := f.Source.Text
	tokens := syntax.Scan(f.Source)
	at := 0
	for i := 0; i <= len(tokens); i++ {
		start := len(text)
		if i < len(tokens) {
			start = tokens[i].Start
		}
		gap := text[at:start]
		next := ""
		if i < len(tokens) {
			next = text[start:tokens[i].End]
			at = tokens[i].End
		}
		last := ""
		if i > 0 {
			last = text[tokens[i-1].Start:tokens[i-1].End]
		}
		least := 1
		if apart(last, next) {
			least = 0
		}
		opens := strings.Contains(gap, "\n")
		switch {
		case !breaks && opens:
			b.WriteString(stretch(rng, gap))
		case !breaks || next == "(" && i > 0 && !opens:
			b.WriteString(spaces(rng, least))
		case next == "(":
			b.WriteString(remarks(rng) + spaces(rng, 0))
		default:
			switch rng.IntN(8) {
			case 0:
				b.WriteString(remarks(rng))
			case 1:
				b.WriteString(spaces(rng, 0) + []string{"\n", "\r\n", "\n\n\n", "\n \t\n"}[rng.IntN(4)])
			}
			b.WriteString(spaces(rng, least))
		}
		b.WriteString(next)
	}
	return b.String()
}

// stretch returns a gap with its line breaks and comments, and other spaces.
func stretch(rng *rand.Rand, gap string) string {
	lines := strings.Split(gap, "\n")
	for i, line := range lines {
		comment := strings.TrimSpace(line)
		lines[i] = spaces(rng, 0) + comment
		if comment != "" {
			lines[i] += spaces(rng, 0)
		}
	}
	return strings.Join(lines, []string{"\n", "\r\n"}[rng.IntN(2)])
}

func spaces(rng *rand.Rand, least int) string {
	return strings.Repeat([]string{" ", "\t"}[rng.IntN(2)], least+rng.IntN(3))
}

// apart reports whether two tokens stay two without space between them.
func apart(last, next string) bool {
	tokens := syntax.Scan(diag.NewSource("", last+next))
	switch {
	case last == "" || next == "":
		return true
	}
	return len(tokens) == 2 && tokens[0].End == len(last)
}

// remarks returns comments, each with a line end, behind a space: a slash
// may stand before them.
func remarks(rng *rand.Rand) string {
	var b strings.Builder
	for range 1 + rng.IntN(3) {
		fmt.Fprintf(&b, "%s//%s%d%s%s", spaces(rng, 1), []string{"", " ", "\t", "//"}[rng.IntN(4)], rng.IntN(100),
			spaces(rng, 0), []string{"\n", "\r\n", "\n\n", "\n\n\n"}[rng.IntN(4)])
	}
	return b.String()
}
