package syntax

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// stream is the tokens of a file or of a part of it, the last of which ends
// it. Its memory is used again for the next part: participle's own lexer, of
// which each has its own, costs a large file a third of what its parse takes.
type stream struct {
	list []lexer.Token
	at   int
}

// fill replaces the tokens by those of a scanner.
func (s *stream) fill(scan *scanner) {
	s.list, s.at = s.list[:0], 0
	for {
		t := scan.token()
		s.list = append(s.list, t)
		if t.EOF() {
			return
		}
	}
}

func (s *stream) peek() *lexer.Token { return &s.list[s.at] }

func (s *stream) next() *lexer.Token {
	t := &s.list[s.at]
	if !t.EOF() {
		s.at++
	}
	return t
}

// ahead returns the token n places behind the next one.
func (s *stream) ahead(n int) *lexer.Token { return &s.list[min(s.at+n, len(s.list)-1)] }

// window lets participle read some of a stream's tokens: a declaration.
type window struct {
	tokens []lexer.Token
	end    lexer.Token
	at     int
}

// Next is for participle.
func (w *window) Next() (lexer.Token, error) {
	if w.at == len(w.tokens) {
		return w.end, nil
	}
	w.at++
	return w.tokens[w.at-1], nil
}

// byGrammar has participle read one declaration. It sees the tokens up to
// where the next one starts; the productions that it calls back see all.
func (c cursor) byGrammar() (*declGrammar, error) {
	c.base = c.lex.at
	for c.next(); !c.isKind(kindEOF) && !c.startsDeclaration(); c.next() {
	}
	end := c.lex.at
	c.lex.at = c.base
	w := &window{tokens: c.lex.list[c.base:end], end: lexer.EOFToken(c.lex.list[end].Pos)}
	lex, err := lexer.Upgrade(w)
	if err != nil {
		return nil, err
	}
	tree, err := c.decls.ParseFromLexer(lex, participle.AllowTrailing(true))
	c.lex.at = c.base + int(lex.RawCursor())
	return tree, err
}

// production makes a function of the parser's own known to participle, whose
// lexer follows what the function reads.
func production[T any](p *parser, parse func(cursor) (T, error)) participle.Option {
	return participle.ParseTypeWith(func(lex *lexer.PeekingLexer) (T, error) {
		p.lex.at = p.base + int(lex.RawCursor())
		node, err := parse(cursor{p})
		for read := p.lex.at - p.base; int(lex.RawCursor()) < read && !lex.Peek().EOF(); {
			lex.Next()
		}
		return node, err
	})
}
