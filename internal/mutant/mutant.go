package mutant

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// Kind is what happened to the token.
type Kind string

// The kinds of mutation.
const (
	Delete Kind = "delete" // the token is not there
	Swap   Kind = "swap"   // it changed places with the next
	Rename Kind = "rename" // it is a word, and misspelt
	Retype Kind = "retype" // another token of its kind, or a keyword, stands there
)

// Kinds are all of them.
var Kinds = []Kind{Delete, Swap, Rename, Retype}

// Mutant is a text with one fault.
type Mutant struct {
	Kind        Kind
	Text        string
	First, Last int    // the lines, from 1, that hold what was changed
	Was, Is     string // the tokens at the place, before and after
}

func (m *Mutant) String() string {
	at := fmt.Sprint(m.First)
	if m.Last > m.First {
		at += fmt.Sprintf("-%d", m.Last)
	}
	return fmt.Sprintf("%s, line %s: %s became %s", m.Kind, at, quoted(m.Was), quoted(m.Is))
}

func quoted(s string) string {
	if s == "" {
		return "nothing"
	}
	return "`" + s + "`"
}

// At mutates the i-th token of text. It is nil where the kind does not apply
// to the token. Lines keep their numbers.
func At(r *rand.Rand, text string, tokens []Token, i int, kind Kind) *Mutant {
	t := tokens[i]
	put := func(is string, from, to Token) *Mutant {
		m := &Mutant{Kind: kind, Was: text[from.Start:to.End], Is: is, Text: text[:from.Start] + is + text[to.End:]}
		m.First = 1 + strings.Count(text[:from.Start], "\n")
		m.Last = m.First + strings.Count(m.Was, "\n")
		return m
	}
	switch kind {
	case Delete:
		return put("", t, t)
	case Swap:
		if i+1 == len(tokens) || tokens[i+1].Text == t.Text {
			return nil
		}
		next := tokens[i+1]
		between := text[t.End:next.Start]
		if strings.Contains(between, "//") {
			return nil
		}
		if between == "" && (t.word() || t.number() || next.word() || next.number()) {
			between = " " // so that two tokens stay two
		}
		return put(next.Text+between+t.Text, t, next)
	case Rename:
		if !t.word() {
			return nil
		}
		return put(misspell(r, t.Text), t, t)
	case Retype:
		return put(other(r, tokens, t), t, t)
	}
	panic("mutant: no kind " + kind)
}

const letters = "abcdefghijklmnopqrstuvwxyz"

// misspell gives word with two letters swapped, or one dropped, doubled,
// added or replaced.
func misspell(r *rand.Rand, word string) string {
	for {
		w := []rune(word)
		i := r.IntN(len(w))
		switch r.IntN(5) {
		case 0:
			if i+1 < len(w) {
				w[i], w[i+1] = w[i+1], w[i]
			}
		case 1:
			if len(w) > 2 {
				w = slices.Delete(w, i, i+1)
			}
		case 2:
			w = slices.Insert(w, i, w[i])
		case 3:
			w = slices.Insert(w, i, rune(letters[r.IntN(26)]))
		default:
			w[i] = rune(letters[r.IntN(26)])
		}
		if s := string(w); s != word && !('0' <= s[0] && s[0] <= '9') {
			return s
		}
	}
}

var operators = []string{"->", ">>", "*", "+", "-", "/", "^", "=", ":", ",", ".", "(", ")", "[", "]", "{", "}"}

var numbers = []string{"0", "1", "3", "7", "0.5", "100"}

// other picks what could stand in t's place by mistake: mostly one of its
// kind, sometimes another. Words turn into names that the text declares, into
// words that it uses, or into keywords.
func other(r *rand.Rand, tokens []Token, t Token) string {
	names := declared(tokens)
	from := operators
	switch {
	case r.IntN(4) == 0:
		from = slices.Concat(names, keywords, numbers, operators)
	case t.word() && len(names) > 0 && r.IntN(3) > 0:
		from = names
	case t.word():
		from = keywords
	case t.number():
		from = numbers
	}
	if from = slices.DeleteFunc(slices.Clone(from), func(s string) bool { return s == t.Text }); len(from) == 0 {
		from = operators
	}
	return from[r.IntN(len(from))]
}

// Some returns n mutants of a kind, each of another text, at tokens drawn at
// random; fewer where the text has not as many places.
func Some(r *rand.Rand, text string, kind Kind, n int) []*Mutant {
	tokens := Tokens(text)
	seen := map[string]bool{text: true}
	var all []*Mutant
	for tries := 0; len(all) < n && tries < 20*n; tries++ {
		if m := At(r, text, tokens, r.IntN(len(tokens)), kind); m != nil && !seen[m.Text] {
			seen[m.Text] = true
			all = append(all, m)
		}
	}
	return all
}
