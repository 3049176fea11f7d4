package syntax

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// The kinds of token. Every byte of a file that is neither space nor comment
// lies in exactly one token: what no rule knows becomes an odd token, so that
// the parser can blame it.
const (
	kindEOF     = lexer.EOF
	kindName    = lexer.EOF - 1 - iota
	kindKeyword // never a name, except where a field may be any word
	kindNumber
	kindString
	kindPunct // operators, brackets, and a `(` that opens its line
	kindOpen  // a `(` further along its line: what stands before it is applied
	kindBadNumber
	kindBadString
	kindOdd
)

var kinds = map[string]lexer.TokenType{
	"EOF": kindEOF, "Name": kindName, "Keyword": kindKeyword, "Number": kindNumber,
	"String": kindString, "Punct": kindPunct, "Open": kindOpen,
	"BadNumber": kindBadNumber, "BadString": kindBadString, "Odd": kindOdd,
}

// declarations are the keywords that open a declaration.
var declarations = map[string]bool{
	"category": true, "dim": true, "object": true, "arrow": true,
	"endo": true, "law": true, "data": true, "train": true, importWord: true, monoidWord: true,
}

// importWord is a keyword in front of a text only, where no name can stand.
const importWord = "import"

// monoidWord is a keyword in front of a name and `on` only.
const monoidWord = "monoid"

var keywords = map[string]bool{
	"category": true, "dim": true, "object": true, "arrow": true,
	"endo": true, "law": true, "data": true, "train": true,
	"given": true, "in": true, "as": true, "grad": true, "share": true,
	"map": true, "repeat": true, "tangent": true,
}

// Keyword reports whether word can be no name.
func Keyword(word string) bool { return keywords[word] }

// definition is the lexer for participle. It is written by hand because it
// halves the time of a parse.
type definition struct{}

func (definition) Symbols() map[string]lexer.TokenType { return kinds }

func (definition) Lex(filename string, r io.Reader) (lexer.Lexer, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return newScanner(diag.NewSource(filename, string(text))), nil
}

// scanner cuts a source into tokens and gathers the comments. Positions hold
// byte offsets and lines; columns count bytes, since nothing reads them but
// participle's own messages, which users never see.
type scanner struct {
	src       *diag.Source
	text      string
	at        int
	line      int
	lineStart int
	opensLine bool // no token stands on this line yet
	comments  []Comment
}

const bom = "\uFEFF"

func newScanner(src *diag.Source) *scanner {
	s := &scanner{src: src, text: src.Text, line: 1, opensLine: true}
	if len(s.text) >= len(bom) && s.text[:len(bom)] == bom {
		s.at, s.lineStart = len(bom), len(bom)
	}
	return s
}

// Next is token for participle. It never fails.
func (s *scanner) Next() (lexer.Token, error) { return s.token(), nil }

// token returns the next token.
func (s *scanner) token() lexer.Token {
	s.skipSpace()
	start, first := s.at, s.opensLine
	pos := lexer.Position{Filename: s.src.Name, Offset: start, Line: s.line, Column: start - s.lineStart + 1}
	if start == len(s.text) {
		return lexer.EOFToken(pos)
	}
	s.opensLine = false
	kind := s.scan(first)
	return lexer.Token{Type: kind, Value: s.text[start:s.at], Pos: pos}
}

func (s *scanner) skipSpace() {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == '\n':
			s.at++
			s.line++
			s.lineStart, s.opensLine = s.at, true
		case c == ' ' || c == '\t' || c == '\r':
			s.at++
		case c == '/' && s.byteAt(1) == '/':
			s.comment()
		default:
			return
		}
	}
}

func (s *scanner) comment() {
	start := s.at
	for s.at < len(s.text) && s.text[s.at] != '\n' {
		s.at++
	}
	end := s.at
	if s.text[end-1] == '\r' {
		end--
	}
	s.comments = append(s.comments, Comment{
		Span: diag.Span{Src: s.src, Start: start, End: end},
		Text: s.text[start+2 : end],
	})
}

// byteAt returns the byte n places ahead, or 0 past the end.
func (s *scanner) byteAt(n int) byte {
	if s.at+n < len(s.text) {
		return s.text[s.at+n]
	}
	return 0
}

func (s *scanner) scan(first bool) lexer.TokenType {
	switch c := s.text[s.at]; {
	case c == '(' && !first:
		s.at++
		return kindOpen
	case c == '"':
		return s.quoted()
	case isDigit(c):
		return s.number()
	default:
		start := s.at
		if s.word(); s.at > start {
			word := s.text[start:s.at]
			if keywords[word] || word == importWord && s.quoteFollows() || word == monoidWord && s.onFollows() {
				return kindKeyword
			}
			return kindName
		}
		return s.operator()
	}
}

// onFollows reports whether a name and the word `on` follow on the line.
func (s *scanner) onFollows() bool {
	rest, _, _ := strings.Cut(s.text[s.at:], "\n")
	words := strings.Fields(rest)
	return len(words) > 1 && words[1] == "on" && startsName(words[0])
}

func startsName(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return r == '_' || unicode.IsLetter(r)
}

func (s *scanner) word() {
	for s.at < len(s.text) {
		c := s.text[s.at]
		if isLetter(c) || isDigit(c) {
			s.at++
			continue
		}
		if c < utf8.RuneSelf {
			return
		}
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		if !unicode.IsLetter(r) {
			return
		}
		s.at += size
	}
}

// quoteFollows reports whether a text is next on the line.
func (s *scanner) quoteFollows() bool {
	rest := strings.TrimLeft(s.text[s.at:], " \t")
	return rest != "" && rest[0] == '"'
}

func (s *scanner) digits() {
	for isDigit(s.byteAt(0)) {
		s.at++
	}
}

// number reads Digits ["." Digits] [("e"|"E") ["+"|"-"] Digits]. A dot needs
// a digit after it, so that 1..64 is a range. Whatever word runs on from the
// digits makes the number malformed.
func (s *scanner) number() lexer.TokenType {
	s.digits()
	if s.byteAt(0) == '.' && isDigit(s.byteAt(1)) {
		s.at++
		s.digits()
	}
	if c := s.byteAt(0); c == 'e' || c == 'E' {
		n := 1
		if sign := s.byteAt(1); sign == '+' || sign == '-' {
			n = 2
		}
		if isDigit(s.byteAt(n)) {
			s.at += n
			s.digits()
		}
	}
	end := s.at
	if s.word(); s.at > end {
		return kindBadNumber
	}
	return kindNumber
}

func (s *scanner) quoted() lexer.TokenType {
	for s.at++; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '"':
			s.at++
			return kindString
		case '\n':
			if s.text[s.at-1] == '\r' {
				s.at--
			}
			return kindBadString
		case '\\':
			if s.byteAt(1) == '"' || s.byteAt(1) == '\\' {
				s.at++
			}
		}
	}
	return kindBadString
}

func (s *scanner) operator() lexer.TokenType {
	switch pair := s.text[s.at:min(s.at+2, len(s.text))]; pair {
	case "->", ">>", "..", "<=", ">=", "==", "!=":
		s.at += 2
		return kindPunct
	}
	switch s.text[s.at] {
	case '(', ')', '[', ']', '{', '}', ',', ':', '.', '=', '*', '/', '+', '-', '^', '<', '>', '\'', '?':
		s.at++
		return kindPunct
	}
	_, size := utf8.DecodeRuneInString(s.text[s.at:])
	s.at += size
	return kindOdd
}

func isLetter(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
