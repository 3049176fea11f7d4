package format

import (
	"sort"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// mark says of a token what it does not show by itself.
type mark uint16

const (
	row      mark = 1 << iota // opens a line: a declaration, an entry of a block
	field                     // a row where the author gave it a line
	section                   // the word before equations: means, keeps …
	equation                  // a row that may stand behind the word of its section
	opens                     // the brace before the rows of a block
	closes                    // the brace behind them
	applies                   // a parenthesis that belongs to what stands before it
	tight                     // an operator without space around it
	sign                      // a minus that belongs to what follows
	prefix                    // the dot of a projection that nothing stands before
	finite                    // a brace around the elements of a set
)

// A cut is a place in front of a token where columns may stretch a line. Its
// kind says with which cuts of other lines it is aligned.
type cut uint8

const (
	noCut       cut = iota
	beforeName      // of an arrow, endo or law: their keywords differ in length
	beforeArrow     // A -> B
	beforeLaw       // f = g
	beforeRow       // what stands behind the key of a data row or train entry
	beforeField     // what stands behind the name of a field on a line of its own
	equalsDim       // the equals sign of a declaration, by kind
	equalsObject
	equalsArrow  // arrow f = …
	equalsTyped  // arrow f: A -> B = …
	equalsInputs // arrow f(x: A) -> B = …
	equalsEndo
	equalsLaw
	equalsMonoid
	equalsLine // of a binding or an equation
)

// stage is the order of cuts on a line.
func (c cut) stage() int {
	switch {
	case c == beforeName:
		return 0
	case c < equalsDim:
		return 1
	}
	return 2
}

const stages = 3

// marks holds the tokens of a file, and what is known of each.
type marks struct {
	src    *diag.Source
	tokens []syntax.Token
	what   []mark
	cuts   []cut
	lo, hi int // tokens of the declaration at hand
}

func newMarks(file *syntax.File) *marks {
	m := &marks{src: file.Source, tokens: syntax.Scan(file.Source)}
	m.what = make([]mark, len(m.tokens))
	m.cuts = make([]cut, len(m.tokens))
	done := 0
	for _, d := range file.Decls {
		span := d.DeclSpan()
		m.lo, m.hi = done, len(m.tokens)
		m.lo = m.after(span.Start)
		m.heads(done, m.lo)
		m.hi = m.lo + sort.Search(m.hi-m.lo, func(i int) bool { return m.tokens[m.lo+i].Start >= span.End })
		m.what[m.lo] |= row
		m.declaration(d)
		done = m.hi
	}
	m.heads(done, len(m.tokens))
	return m
}

// heads marks the declarations among tokens that belong to none of the file's
// Decls: category and import.
func (m *marks) heads(from, to int) {
	for i := from; i < to; i++ {
		if i == from || m.text(i) == "category" || m.text(i) == "import" && i+1 < to && m.text(i + 1)[0] == '"' {
			m.what[i] |= row
		}
	}
}

func (m *marks) text(i int) string { return m.src.Text[m.tokens[i].Start:m.tokens[i].End] }

// after returns the first token of the declaration that starts at offset or
// behind it.
func (m *marks) after(offset int) int {
	return m.lo + sort.Search(m.hi-m.lo, func(i int) bool { return m.tokens[m.lo+i].Start >= offset })
}

func (m *marks) mark(offset int, what mark) { m.what[m.after(offset)] |= what }

func (m *marks) declaration(d syntax.Decl) {
	name := m.after(d.DeclName().Span.Start)
	switch d := d.(type) {
	case *syntax.DimDecl:
		m.equals(name, equalsDim)
		m.typ(d.Value)
	case *syntax.ObjectDecl:
		m.equals(name, equalsObject)
		m.typ(d.Type)
		m.set(d.Set)
	case *syntax.ArrowDecl:
		m.cuts[name] = beforeName
		m.arrow(d, name)
	case *syntax.LawDecl:
		m.cuts[name] = beforeName
		m.cutBehindColon(name, beforeLaw)
		m.equals(name, equalsLaw)
		m.term(d.Left)
		m.term(d.Right)
		m.constant(d.Within)
	case *syntax.MonoidDecl:
		m.equals(name, equalsMonoid)
		m.typ(d.On)
		m.term(d.Unit)
		m.term(d.Multiply)
		m.constant(d.Within)
	case *syntax.DataDecl:
		m.typ(d.Type)
		m.rows(m.after(d.PathSpan.End), d)
	case *syntax.TrainDecl:
		m.entries(name+1, d)
	}
}

func (m *marks) arrow(d *syntax.ArrowDecl, name int) {
	if len(d.Takes) > 0 {
		name = m.takes(d.Takes, name)
	}
	switch {
	case d.Endo:
		m.equals(name, equalsEndo)
	case d.HasInputs:
		m.equals(name, equalsInputs)
		m.what[m.find(name, "(")] |= applies
	case len(d.Takes) > 0: // its head is too long to share columns with others
		m.equals(name, equalsInputs)
	case d.Dom != nil:
		m.cutBehindColon(name, beforeArrow)
		m.equals(name, equalsTyped)
	default:
		m.equals(name, equalsArrow)
	}
	m.fields(d.Inputs)
	m.typ(d.Dom)
	m.set(d.DomSet)
	m.typ(d.Cod)
	m.set(d.CodSet)
	m.typ(d.On)
	if d.Given != nil {
		m.typ(d.Given.Type)
		m.fields(d.Given.Fields)
	}
	for i := range d.With {
		s := &d.With[i]
		m.field(s.Name)
		m.typ(s.Type)
		m.set(s.Set)
		m.constant(s.Default)
	}
	m.term(d.Term)
	if d.Hand != nil {
		m.constant(d.Hand.Within)
	}
	if d.Named != nil {
		m.named(d.Named)
	}
	if d.Equations != nil {
		m.equations(d.Equations)
	}
}

// takes marks what stands in the parenthesis behind a generic arrow's name, and
// returns the token that closes it.
func (m *marks) takes(all []syntax.Takes, name int) int {
	m.what[m.find(name, "(")] |= applies
	for _, t := range all {
		m.field(t.Name)
		m.typ(t.Dom)
		m.typ(t.Cod)
	}
	return m.find(m.after(all[len(all)-1].Cod.TypeSpan().End), ")")
}

// find returns the first token from i on that reads text; the declaration has
// one.
func (m *marks) find(i int, text string) int {
	for m.text(i) != text {
		i++
	}
	return i
}

// cutBehindColon cuts in front of what follows the first colon from token i on.
func (m *marks) cutBehindColon(i int, c cut) { m.cuts[m.find(i, ":")+1] = c }

// equals cuts in front of the equals sign of the row with token i, if it has
// one outside brackets.
func (m *marks) equals(i int, c cut) {
	depth := 0
	for ; i < m.hi; i++ {
		switch m.text(i) {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			depth--
		case "=":
			if depth == 0 {
				m.cuts[i] = c
				return
			}
		}
	}
}
