package syntax

import (
	"fmt"
	"maps"
	"slices"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// maxFaults is how many syntax errors of one file are worth reading.
const maxFaults = 200

// item is one declaration, or the place of one with a syntax error: then
// decl, category and imported are nil.
type item struct {
	decl     Decl
	head     *Head // of decl
	category *Name
	imported *Import
	span     diag.Span
}

// tokensOfItem is fewer than most declarations have.
const tokensOfItem = 5

// items parses declarations to the end of the tokens.
func (p *parser) items() []item {
	c := cursor{p}
	all := make([]item, 0, len(p.lex.list)/tokensOfItem)
	for !c.isKind(kindEOF) && p.faults < maxFaults {
		goesOn := len(all) > 0 && !c.opensLine()
		faults := p.faults
		it := c.item()
		if last := len(all) - 1; goesOn && p.faults > faults && all[last].head != nil {
			// On the last line of that declaration stand another keyword and a
			// fault: it may well have been meant to go on.
			p.broken = append(p.broken, all[last].head.Name)
			all[last] = item{}
		}
		all = append(all, it)
	}
	return all
}

// item parses one declaration. A fault is reported and costs the tokens up to
// the next keyword that opens a declaration on a line of its own.
func (c cursor) item() item {
	c.depth, c.operators = 0, 0
	begin := c.lex.at
	it, err := c.declaration()
	if err == nil {
		return it
	}
	f := c.translate(err, begin)
	c.lex.at = begin
	c.recover(f)
	return item{}
}

func (c cursor) declaration() (item, error) {
	t := c.peek()
	start := t.Pos.Offset
	if !declarations[t.Value] {
		return item{}, c.notADeclaration()
	}
	tree, err := c.tree()
	if err != nil {
		return item{}, err
	}
	if !c.isKind(kindEOF) && !declarations[c.peek().Value] && !c.headless() {
		return item{}, c.trailing(t.Value, tree)
	}
	return c.convert(tree, c.since(start))
}

// tree parses a declaration. Arrows and objects, of which a large file may
// hold a hundred thousand, go straight to the functions that participle would
// call behind their names: it costs several times what they do.
func (c cursor) tree() (*declGrammar, error) {
	if keyword := c.peek().Value; keyword == "arrow" || keyword == "object" {
		if name := c.second(); name.Type == kindName {
			c.next()
			c.next()
			if keyword == "object" {
				tail, err := c.objectTail()
				return &declGrammar{Object: &objectGrammar{*name, tail}}, err
			}
			tail, err := c.arrowTail()
			return &declGrammar{Arrow: &arrowGrammar{*name, tail}}, err
		}
	}
	return c.byGrammar()
}

const allDeclarations = "category, import, dim, object, arrow, endo, law, monoid, data or train"

func (c cursor) notADeclaration() *fault {
	t := c.peek()
	switch t.Type {
	case kindOdd, kindBadNumber, kindBadString:
		return c.unexpected("a declaration")
	}
	f := c.fail(diag.CT0107, c.span(t), fmt.Sprintf("expected a declaration, found `%s`", clip(t.Value)))
	if f.didYouMean(c, t, slices.Sorted(maps.Keys(declarations))...) {
		return f
	}
	return f.hint("a declaration begins with " + allDeclarations)
}

// headless reports whether behind a complete declaration a line opens with
// what seems to be the next one without its keyword: then only that one is
// faulty. A word much like one that continues a declaration is a slip in the
// declaration before it.
func (c cursor) headless() bool {
	t := c.peek()
	if t.Type != kindName || !c.opensLine() {
		return false
	}
	switch c.second().Value {
	case "=", ":", "(", "[", "{", "in", "on", "from", "given":
		return true
	}
	return nearest(t.Value, continuing) == ""
}

// continuing are the words that may continue a declaration.
var continuing = []string{"given", "with", "in", "within", "exactly", "as"}

// continuations says what may follow the parts of a declaration that are all
// optional, so that its end comes as a surprise.
var continuations = map[string]string{
	"category": "a declaration",
	"import":   "`as` or the next declaration",
	"dim":      "an operator or the next declaration",
	"object":   "`=`, `in`, an operator or the next declaration",
	"arrow":    "`given`, `with`, `=`, `{`, an operator or the next declaration",
	"endo":     "an operator such as `>>` or the next declaration",
	"monoid":   "`within`, `exactly` or the next declaration",
	"law":      "`within`, `exactly`, an operator or the next declaration",
	"data":     "the next declaration",
	"train":    "the next declaration",
}

// trailing blames what stands behind a complete declaration.
func (c cursor) trailing(keyword string, tree *declGrammar) error {
	may := continuations[keyword]
	if t := tree.tail(); t != nil && t.hand != nil {
		may = t.hand.continuation()
	} else if t != nil && t.term != nil {
		may = continuations["endo"]
	} else if t != nil && t.body != nil {
		may = continuations["data"]
	}
	f := c.unexpected(may)
	switch t := c.peek(); {
	case t.Value == "-" && (keyword == "arrow" || keyword == "endo" || keyword == "law"):
		f.hint("arrows are added, never subtracted")
	case t.Value == "implements" && keyword == "endo":
		f.hint("an endo is a term; what is written by hand is an arrow inside it")
	case t.Type == kindName && c.last().Value == "hand":
		f.didYouMean(c, t, "implements")
	case t.Type == kindName && tree.tail() != nil && tree.tail().hand != nil:
		f.didYouMean(c, t, "within", "exactly", "as")
	case t.Type == kindName && (keyword == "law" || keyword == monoidWord):
		f.didYouMean(c, t, "within", "exactly", "as")
	case t.Type == kindName:
		f.didYouMean(c, t, continuing...)
	}
	return f
}

// recover reports f and moves to the next declaration.
func (c cursor) recover(f *fault) {
	var open []lexer.Token
	nameless := len(c.nameless)
	c.unreadable()
	line := c.skipped(nil)
	for c.next(); !c.isKind(kindEOF) && !c.startsDeclaration() && !(len(open) == 0 && c.startsNameless()); c.next() {
		open = track(open, c.peek())
		line = c.skipped(line)
	}
	if len(open) > 0 && f.Code == diag.CT0101 && f.Span.Start >= c.end() {
		opener := &open[len(open)-1]
		f = c.fail(diag.CT0105, diag.Span{Src: c.src, Start: c.end(), End: c.end()}, fmt.Sprintf("the declaration ends here, and a `%s` is not closed", opener.Value))
		f.Labels = []diag.Label{{Span: c.span(opener), Message: "opened here"}}
		if len(open) == 1 {
			c.close(f, opener)
		}
	}
	reported := c.diags.Report(f.Diagnostic)
	for i := nameless; i < len(c.nameless); i++ {
		c.nameless[i].Fault = reported
	}
	if c.parser.faults++; c.parser.faults == maxFaults && !c.isKind(kindEOF) {
		c.diags.Add(c.fail(diag.CT1010, c.span(c.peek()), "too many syntax errors: the rest of this file is not read").Diagnostic)
	}
}

// unreadable notes what the declaration that begins here leaves unsaid: that
// its name is missing; or the name, where its keyword is.
func (c cursor) unreadable() {
	t, then := c.peek(), c.second()
	switch {
	case t.Type == kindName:
		c.broken = append(c.broken, c.nameOf(t))
	case !declarations[t.Value] || then.Type == kindName && then.Pos.Line == t.Pos.Line:
	case then.Value == "=" || then.Value == ":" || then.Value == "(" || then.Pos.Line > t.Pos.Line || c.third().Type != kindName || c.third().Pos.Line > t.Pos.Line:
		c.nameless = append(c.nameless, Nameless{Keyword: c.nameOf(t)})
	}
}

// skipped notes the next token as unreadable where it may have named what was
// meant to be declared: behind the first word of a line, around a keyword,
// beside `given`, or where `given` has its object. Line holds the tokens
// before it on its line.
func (c cursor) skipped(line []*lexer.Token) []*lexer.Token {
	t := c.peek()
	if c.opensLine() {
		line = line[:0]
	}
	named := false
	switch n := len(line); {
	case n == 0:
		named = declarations[c.second().Value] && c.second().Pos.Line == t.Pos.Line
	case line[n-1].Value == "given", c.second().Value == "given":
		named = true
	case line[0].Value == "arrow" && n > 2 && (c.second().Value == "=" || c.second().Value == "{"):
		named = true
	case n == 1:
		named = true
	case n == 2:
		named = declarations[line[0].Value] && line[1].Type != kindName && line[1].Value != ":"
	}
	if named && t.Type == kindName {
		c.broken = append(c.broken, c.nameOf(t))
	} else if n := len(line); n > 0 && line[n-1].Value == "given" && (t.Value == "=" || t.Value == "{") {
		c.nameless = append(c.nameless, Nameless{Keyword: Name{"object", c.span(line[n-1])}})
	}
	return append(line, t)
}

// track keeps the brackets that are open. Intervals close one kind of bracket
// with the other, so only braces are told from the rest.
func track(open []lexer.Token, t *lexer.Token) []lexer.Token {
	switch t.Value {
	case "(", "[", "{":
		return append(open, *t)
	case ")", "]":
		if n := len(open); n > 0 && open[n-1].Value != "{" {
			return open[:n-1]
		}
	case "}":
		for n := len(open); n > 0; n-- {
			if open[n-1].Value == "{" {
				return open[:n-1]
			}
		}
	}
	return open
}

// startsNameless reports whether a declaration opens a line here that lacks
// its name.
func (c cursor) startsNameless() bool {
	return declarations[c.peek().Value] && c.opensLine()
}

// startsDeclaration reports whether a declaration opens a line here: its
// keyword, and then no colon, which would make it the name of a field.
func (c cursor) startsDeclaration() bool {
	t := c.peek()
	if t.Value == importWord || t.Value == monoidWord {
		return t.Type == kindKeyword && c.opensLine()
	}
	return declarations[t.Value] && c.opensLine() && isWord(c.second())
}
