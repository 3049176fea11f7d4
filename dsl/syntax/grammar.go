package syntax

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The grammar of declarations, one struct each. What recurs inside them
// (types, terms, sets, bodies) is parsed by the parser's own functions, which
// participle calls through the interfaces below; they are faster than tags
// and say better what they expected.

// The frequent ones stand first: each costs the tries of those before it.
type declGrammar struct {
	Arrow    *arrowGrammar    `parser:"  @@"`
	Object   *objectGrammar   `parser:"| @@"`
	Category *categoryGrammar `parser:"| @@"`
	Dim      *dimGrammar      `parser:"| @@"`
	Endo     *endoGrammar     `parser:"| @@"`
	Law      *lawGrammar      `parser:"| @@"`
	Data     *dataGrammar     `parser:"| @@"`
	Train    *trainGrammar    `parser:"| @@"`
	Import   *importGrammar   `parser:"| @@"`
	Monoid   *monoidGrammar   `parser:"| @@"`
}

type categoryGrammar struct {
	Name lexer.Token `parser:"'category' @Name"`
}

type importGrammar struct {
	Path lexer.Token  `parser:"'import' @String"`
	As   *lexer.Token `parser:"( 'as' @Name )?"`
}

type dimGrammar struct {
	Name  lexer.Token `parser:"'dim' @Name"`
	Value Type        `parser:"'=' @@"`
}

type objectGrammar struct {
	Name lexer.Token `parser:"'object' @Name"`
	Tail objectNode  `parser:"@@"`
}

type arrowGrammar struct {
	Name lexer.Token `parser:"'arrow' @Name"`
	Tail tailNode    `parser:"@@"`
}

type endoGrammar struct {
	Name  lexer.Token `parser:"'endo' @Name"`
	On    Type        `parser:"'on' @@"`
	Given givenNode   `parser:"@@?"`
	With  withNode    `parser:"@@?"`
	Term  Term        `parser:"'=' @@"`
}

type lawGrammar struct {
	Name    lexer.Token `parser:"'law' @Name"`
	Left    Term        `parser:"':' @@"`
	Right   Term        `parser:"'=' @@"`
	Within  constNode   `parser:"( 'within' @@"`
	Exactly bool        `parser:"| @'exactly' )?"`
}

type monoidGrammar struct {
	Name    lexer.Token `parser:"'monoid' @Name"`
	On      Type        `parser:"'on' @@"`
	Pair    Term        `parser:"'=' @@"`
	Within  constNode   `parser:"( 'within' @@"`
	Exactly bool        `parser:"| @'exactly' )?"`
}

type dataGrammar struct {
	Name   lexer.Token `parser:"'data' @Name"`
	Type   Type        `parser:"':' @@"`
	Format lexer.Token `parser:"'from' @Name"`
	Path   lexer.Token `parser:"@String"`
	Rows   rowsNode    `parser:"@@"`
}

type trainGrammar struct {
	Name    lexer.Token `parser:"'train' @Name"`
	Entries entriesNode `parser:"@@"`
}

// What the parser's own functions return, as participle wants it: interfaces.
type (
	objectNode  interface{ isObject() }
	tailNode    interface{ isTail() }
	givenNode   interface{ isGiven() }
	withNode    interface{ isWith() }
	constNode   interface{ isConst() }
	bodyNode    interface{ isBody() }
	rowsNode    interface{ isRows() }
	entriesNode interface{ isEntries() }

	params  []Param
	inputs  []Field
	with    []SettingDecl
	rows    []DataRow
	entries []TrainEntry
)

func (*carrier) isObject() {}
func (*tail) isTail()      {}
func (with) isWith()       {}
func (rows) isRows()       {}
func (entries) isEntries() {}
func (*Given) isGiven()    {}
func (*Const) isConst()    {}
func (*NamedBody) isBody() {}
func (*Equations) isBody() {}

// build compiles the grammar with p's functions bound in. A production that
// may be absent answers participle.NextMatch.
func (p *parser) build() {
	p.decls = participle.MustBuild[declGrammar](
		participle.Lexer(definition{}),
		participle.UseLookahead(0),
		production(p, cursor.typ),
		production(p, cursor.term),
		production(p, cursor.objectTail),
		production(p, cursor.arrowTail),
		production(p, optional("given", cursor.given)),
		production(p, optional("with", cursor.with)),
		production(p, cursor.constNode),
		production(p, cursor.rows),
		production(p, cursor.entries),
	)
}

// optional is parse where the next token is opener, and absent elsewhere.
func optional[T any](opener string, parse func(cursor) (T, error)) func(cursor) (T, error) {
	return func(c cursor) (T, error) {
		if !c.is(opener) {
			var absent T
			return absent, participle.NextMatch
		}
		return parse(c)
	}
}
