package syntax

import (
	"fmt"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// body parses what stands in braces after an arrow: equations if it opens
// with one of their sections, else the named form.
func (c cursor) body() (bodyNode, error) {
	at := c.lex.at
	c.next()
	equations := c.atSection() || c.isKind(kindName) && c.second().Type == kindName
	c.lex.at = at
	if equations {
		return c.equations()
	}
	return c.namedBody()
}

// namedBody parses "{" {Name {"," Name} "=" Term} Term "}".
func (c cursor) namedBody() (bodyNode, error) {
	start := c.start()
	c.next()
	b := &NamedBody{}
	for c.atLet() {
		var l Let
		for {
			name, err := c.name("the name of a local")
			if err != nil {
				return nil, err
			}
			l.Names = append(l.Names, name)
			if !c.accept(",") {
				break
			}
		}
		if err := c.expectOr("=", "`,`"); err != nil {
			return nil, err
		}
		var err error
		if l.Term, err = c.term(); err != nil {
			return nil, err
		}
		b.Lets = append(b.Lets, l)
	}
	if c.is("}") && len(b.Lets) > 0 {
		return nil, c.unexpected("the result of the arrow")
	}
	var err error
	if b.Result, err = c.term(); err != nil {
		return nil, err
	}
	if err := c.expect("}"); err != nil {
		return nil, err
	}
	b.Span = c.since(start)
	return b, nil
}

// atLet reports whether a binding follows: no result is followed by = or a
// comma.
func (c cursor) atLet() bool {
	if !c.isKind(kindName) {
		return false
	}
	then := c.second().Value
	return then == "=" || then == ","
}

var sectionWords = []string{"means", "keeps", "reverse", "where", "kink", "each", "kernel", "stores", "predicts", "adds", "splits", "partial"}

const sections = "one of means, keeps, reverse, where, kink, each, kernel, stores, predicts, adds, splits, partial"

// atSection reports whether a section of equations begins here. Its words are
// no keywords: followed by = or an index they are names like any other.
func (c cursor) atSection() bool {
	if !c.isKind(kindName) {
		return false
	}
	switch c.peek().Value {
	case "means", "keeps", "reverse", "where", "kink", "each", "kernel", "stores", "predicts", "adds", "splits":
		return c.second().Type == kindName
	case "partial":
		then := c.second()
		return then.Type == kindName || then.Value == "}"
	}
	return false
}

// equations parses "{" {section} "}".
func (c cursor) equations() (bodyNode, error) {
	start := c.start()
	c.next()
	e := &Equations{}
	seen := map[string]diag.Span{}
	for !c.is("}") {
		if !c.atSection() {
			f := c.unexpected(sections + ", or `}`")
			f.didYouMean(c, c.peek(), sectionWords...)
			return nil, f
		}
		word := c.next()
		if err := c.once(seen, word); err != nil {
			return nil, err
		}
		if err := c.section(e, word.Value); err != nil {
			return nil, err
		}
	}
	c.next()
	e.Span = c.since(start)
	return e, nil
}

// once refuses a second section where one must be all.
func (c cursor) once(seen map[string]diag.Span, word *lexer.Token) error {
	switch word.Value {
	case "each", "kernel", "stores", "predicts", "partial":
	default:
		return nil
	}
	first, again := seen[word.Value]
	if again {
		f := c.fail(diag.CT0110, c.span(word), fmt.Sprintf("`%s` stands here a second time", word.Value))
		f.Labels = []diag.Label{{Span: first, Message: "the first"}}
		return f
	}
	seen[word.Value] = c.span(word)
	return nil
}

func (c cursor) section(e *Equations, word string) error {
	var err error
	switch word {
	case "means":
		e.Means, err = c.lines(e.Means)
	case "reverse":
		e.Reverse, err = c.lines(e.Reverse)
	case "kink":
		e.Kinks, err = c.lines(e.Kinks)
	case "keeps":
		e.Keeps, err = c.names(e.Keeps, "the name of a tensor to keep")
	case "where":
		e.Where, err = c.dimLines(e.Where)
	case "each":
		e.Each, err = c.namePtr("the name of a type parameter")
	case "kernel":
		e.Kernel, err = c.namePtr("the name of a kernel")
	case "stores":
		e.Stores, err = c.namePtr("the name of an arrow")
	case "predicts":
		e.Predicts, err = c.namePtr("the name of an arrow")
	case "adds":
		e.Adds, err = c.names(e.Adds, "the target of a reverse line")
	case "splits":
		e.Splits, err = c.names(e.Splits, "the target of a line")
	case "partial":
		e.Partial = true
		if c.isKind(kindName) && c.peek().Value == "unless" {
			start := c.start()
			c.next()
			u := &Condition{}
			if u.Expr, err = c.expr(); err == nil {
				u.Span, e.Unless = c.since(start), u
			}
		}
	}
	return err
}

func (c cursor) namePtr(what string) (*Name, error) {
	name, err := c.name(what)
	if err != nil {
		return nil, err
	}
	return &name, nil
}

// names parses a list with commas between.
func (c cursor) names(all []Name, what string) ([]Name, error) {
	for {
		name, err := c.name(what)
		if err != nil {
			return nil, err
		}
		all = append(all, name)
		if !c.accept(",") {
			return all, nil
		}
	}
}

// lines parses equations up to the next section.
func (c cursor) lines(all []Equation) ([]Equation, error) {
	for {
		e, err := c.equation()
		if err != nil {
			return nil, err
		}
		all = append(all, e)
		if !c.isKind(kindName) || c.atSection() {
			return all, nil
		}
	}
}

// equation parses Name ["'"] ["[" Name {"," Name} "]"] "=" Expr.
func (c cursor) equation() (Equation, error) {
	start := c.start()
	var e Equation
	var err error
	if e.Target, err = c.name("the name of what the line defines"); err != nil {
		return e, err
	}
	e.Primed = c.accept("'")
	if c.accept("[") {
		for {
			index, err := c.name("the name of an index")
			if err != nil {
				return e, err
			}
			e.Index = append(e.Index, index)
			if !c.accept(",") {
				break
			}
		}
		if err := c.expectOr("]", "`,`"); err != nil {
			return e, err
		}
	}
	if err := c.expect("="); err != nil {
		return e, err
	}
	if e.Expr, err = c.expr(); err != nil {
		return e, err
	}
	e.Span = c.since(start)
	return e, nil
}

// dimLines parses lines Name "=" Expr up to the next section.
func (c cursor) dimLines(all []DimEquation) ([]DimEquation, error) {
	for {
		start := c.start()
		var d DimEquation
		var err error
		if d.Name, err = c.name("the name of a dimension"); err != nil {
			return nil, err
		}
		if err := c.expect("="); err != nil {
			return nil, err
		}
		if d.Value, err = c.expr(); err != nil {
			return nil, err
		}
		d.Span = c.since(start)
		all = append(all, d)
		if !c.isKind(kindName) || c.atSection() {
			return all, nil
		}
	}
}
