package mutant

import (
	"regexp"
	"slices"
	"strings"
)

// Token is one token of a text, from Start up to End.
type Token struct {
	Text       string
	Start, End int
}

var pattern = regexp.MustCompile(`//[^\n]*|"[^"\n]*"|[\pL_][\pL\d_]*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|->|>>|\.\.|[<>=!]=|\S`)

// Tokens cuts text into its tokens, without comments.
func Tokens(text string) []Token {
	var all []Token
	for _, at := range pattern.FindAllStringIndex(text, -1) {
		if t := text[at[0]:at[1]]; !strings.HasPrefix(t, "//") {
			all = append(all, Token{t, at[0], at[1]})
		}
	}
	return all
}

func (t Token) word() bool   { return isLetter(t.Text[0]) || t.Text[0] >= 0x80 }
func (t Token) number() bool { return '0' <= t.Text[0] && t.Text[0] <= '9' }

func isLetter(c byte) bool { return c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' }

// openers are the words that begin a declaration.
var openers = []string{"category", "dim", "object", "arrow", "endo", "law", "data", "train"}

var keywords = append([]string{"given", "in", "as", "grad", "share", "map", "repeat", "tangent"}, openers...)

// Declarations cuts text in front of the words that begin a declaration on a
// line of their own. What stands before the first is left out.
func Declarations(text string) []string {
	var starts []int
	for _, t := range Tokens(text) {
		if slices.Contains(openers, t.Text) && (t.Start == 0 || text[t.Start-1] == '\n') {
			starts = append(starts, t.Start)
		}
	}
	var parts []string
	for i, at := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		parts = append(parts, text[at:end])
	}
	return parts
}

// declared lists the names that text declares.
func declared(tokens []Token) []string {
	var names []string
	for i := range tokens[1:] {
		if slices.Contains(openers, tokens[i].Text) && tokens[i+1].word() && !slices.Contains(keywords, tokens[i+1].Text) {
			names = append(names, tokens[i+1].Text)
		}
	}
	return names
}
