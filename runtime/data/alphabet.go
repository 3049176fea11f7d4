package data

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Alphabet turns text into tokens and back: bytes, or declared characters.
type Alphabet struct {
	runes  []rune // of token 0, 1, …; nil where tokens are bytes
	tokens map[rune]int32
	other  int32 // the token of characters that are not declared; -1: they are errors
}

// NewAlphabet returns the alphabet whose token k is the k-th character of chars,
// or the bytes where chars is empty. Characters outside it are read as other,
// one of chars, or are errors where other is empty. It fails where a character
// stands twice in chars, or chars is no UTF-8.
func NewAlphabet(chars, other string) (*Alphabet, error) {
	a := &Alphabet{other: -1}
	if chars == "" {
		if other != "" {
			return nil, errors.New("bytes have no other characters")
		}
		return a, nil
	}
	if !utf8.ValidString(chars) {
		return nil, errors.New("the alphabet is no UTF-8 text")
	}
	a.tokens = map[rune]int32{}
	for _, c := range chars {
		if _, twice := a.tokens[c]; twice {
			return nil, errors.New("the alphabet holds " + strconv.QuoteRune(c) + " twice")
		}
		a.tokens[c] = int32(len(a.runes))
		a.runes = append(a.runes, c)
	}
	if other != "" {
		c, size := utf8.DecodeRuneInString(other)
		token, known := a.tokens[c]
		if !known || size != len(other) {
			return nil, errors.New("characters outside the alphabet are read as " + strconv.Quote(other) + ", which is no character of it")
		}
		a.other = token
	}
	return a, nil
}

// Size is the number of tokens.
func (a *Alphabet) Size() int {
	if a.runes == nil {
		return 256
	}
	return len(a.runes)
}

// token returns the token of c, or -1.
func (a *Alphabet) token(c rune) int32 {
	if t, ok := a.tokens[c]; ok {
		return t
	}
	return a.other
}

// Encode appends the tokens of text to dst. It fails at the first character
// that is not in the alphabet.
func (a *Alphabet) Encode(dst []int32, text string) ([]int32, error) {
	if a.runes == nil {
		for i := range len(text) {
			dst = append(dst, int32(text[i]))
		}
		return dst, nil
	}
	for at, c := range text {
		t := a.token(c)
		if t < 0 {
			if c == utf8.RuneError && !strings.HasPrefix(text[at:], "\uFFFD") {
				return dst, errors.New("the text is no UTF-8 at byte " + strconv.Itoa(at+1))
			}
			return dst, errors.New(strconv.QuoteRune(c) + " is not in the alphabet")
		}
		dst = append(dst, t)
	}
	return dst, nil
}

// Decode appends what token stands for to dst. It panics where token is not in
// 0 … Size-1.
func (a *Alphabet) Decode(dst []byte, token int32) []byte {
	if a.runes == nil {
		if uint32(token) > 255 {
			panic("data: token " + strconv.Itoa(int(token)) + " is no byte")
		}
		return append(dst, byte(token))
	}
	return utf8.AppendRune(dst, a.runes[token])
}
