package syntax

import (
	"strconv"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Limits of one declaration. Beyond them nothing that a person wrote is lost,
// and every later pass can recurse over the tree without care.
const (
	maxDepth     = 200    // brackets and prefixes around one another
	maxOperators = 20_000 // operators of one declaration, which nest to the left
	maxDigits    = 64
)

// cursor walks the tokens on behalf of one production.
type cursor struct{ *parser }

func (c cursor) peek() *lexer.Token { return c.lex.peek() }
func (c cursor) next() *lexer.Token { return c.lex.next() }

// second returns the token after the next, third the one after that.
func (c cursor) second() *lexer.Token { return c.lex.ahead(1) }
func (c cursor) third() *lexer.Token  { return c.lex.ahead(2) }

// is reports whether the next token reads text.
func (c cursor) is(text string) bool { return c.peek().Value == text }

func (c cursor) isKind(kind lexer.TokenType) bool { return c.peek().Type == kind }

// isWord reports whether t is a name or a keyword.
func isWord(t *lexer.Token) bool { return t.Type == kindName || t.Type == kindKeyword }

// accept consumes the next token if it reads text.
func (c cursor) accept(text string) bool {
	if !c.is(text) {
		return false
	}
	c.next()
	return true
}

// expect consumes a token that must read text.
func (c cursor) expect(text string) error {
	if c.accept(text) {
		return nil
	}
	return c.unexpected("`" + text + "`")
}

// expectOr consumes a token that must read text, where other would have been
// fine too.
func (c cursor) expectOr(text, other string) error {
	if c.accept(text) {
		return nil
	}
	return c.unexpected(other + " or `" + text + "`")
}

// start returns the offset of the next token, and since the span from there
// to the end of the last token consumed.
func (c cursor) start() int { return c.peek().Pos.Offset }

func (c cursor) since(start int) diag.Span { return diag.Span{Src: c.src, Start: start, End: c.end()} }

// last returns the last token consumed, or nil at the start of the file.
func (c cursor) last() *lexer.Token {
	if c.lex.at == 0 {
		return nil
	}
	return &c.lex.list[c.lex.at-1]
}

// end returns the offset behind the last token consumed.
func (c cursor) end() int {
	if t := c.last(); t != nil {
		return t.Pos.Offset + len(t.Value)
	}
	return 0
}

// opensLine reports whether the next token is the first on its line.
func (c cursor) opensLine() bool {
	t := c.last()
	return t == nil || t.Pos.Line < c.peek().Pos.Line
}

func (p *parser) span(t *lexer.Token) diag.Span {
	return diag.Span{Src: p.src, Start: t.Pos.Offset, End: t.Pos.Offset + len(t.Value)}
}

func (p *parser) nameOf(t *lexer.Token) Name { return Name{t.Value, p.span(t)} }

// name consumes a name; what says which, as in "the name of a field".
func (c cursor) name(what string) (Name, error) {
	if !c.isKind(kindName) {
		return Name{}, c.unexpected(what)
	}
	return c.nameOf(c.next()), nil
}

// qualified consumes a name, of this specification or behind the name of an
// imported one. The next token is a name.
func (c cursor) qualified() (Name, error) { return c.member(c.nameOf(c.next())) }

// member consumes the rest of a qualified name whose first part is name.
func (c cursor) member(name Name) (Name, error) {
	if !c.accept(".") {
		return name, nil
	}
	of, err := c.name("a name of the imported specification")
	if err != nil {
		return Name{}, err
	}
	return Name{name.Text + "." + of.Text, name.Span.To(of.Span)}, nil
}

// word consumes a name or a keyword, unless that opens a declaration.
func (c cursor) word(what string) (Name, error) {
	if !isWord(c.peek()) || c.startsDeclaration() {
		return Name{}, c.unexpected(what)
	}
	return c.nameOf(c.next()), nil
}

// number consumes a number and returns its text.
func (c cursor) number(what string) (string, error) {
	t := c.peek()
	if t.Type != kindNumber {
		return "", c.unexpected(what)
	}
	if len(t.Value) > maxDigits {
		return "", c.fail(diag.CT1009, c.span(t), "a number has at most "+strconv.Itoa(maxDigits)+" digits")
	}
	c.next()
	return t.Value, nil
}

// whole consumes a whole number and returns its text.
func (c cursor) whole(what string) (string, error) {
	t := c.peek()
	text, err := c.number(what)
	if err != nil {
		return "", err
	}
	for i := range len(text) {
		if !isDigit(text[i]) {
			return "", c.fail(diag.CT0112, c.span(t), "expected "+what+", and `"+text+"` is not whole")
		}
	}
	return text, nil
}

// count consumes a whole number of at most nine digits.
func (c cursor) count(what string) (int, error) {
	t := c.peek()
	text, err := c.whole(what)
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(text)
	if err != nil || n >= 1_000_000_000 {
		return 0, c.fail(diag.CT0113, c.span(t), "`"+clip(text)+"` is too large for "+what)
	}
	return n, nil
}

// enter counts one more level of nesting; leave takes it back. A fault ends
// the declaration, so a production that fails need not leave.
func (c cursor) enter() error {
	if c.depth++; c.depth > maxDepth {
		return c.fail(diag.CT1001, c.span(c.peek()), "nested more than "+strconv.Itoa(maxDepth)+" levels deep").
			hint("give the inner part a name in a declaration of its own")
	}
	return nil
}

func (c cursor) leave() { c.depth-- }

// operator counts one more operator. Operators nest to the left without
// brackets, so their number bounds the depth of the tree.
func (c cursor) operator() error {
	if c.operators++; c.operators > maxOperators {
		return c.fail(diag.CT1003, c.span(c.peek()), "one declaration has more than "+strconv.Itoa(maxOperators)+" operators").
			hint("divide it into several declarations")
	}
	return nil
}
