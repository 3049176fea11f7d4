package format

import (
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// block decides about the braces of a block, whose tokens are first and last,
// and whether each of its rows opens a line: unless the author wrote all of it
// on one line, with commas between the rows. Rows are the offsets at which
// they start.
func (m *marks) block(first, last int, rows []int) bool {
	broken := strings.Contains(m.src.Text[m.tokens[first].End:m.tokens[last].Start], "\n") && last > first+1 ||
		m.comments(first, last)
	for _, offset := range rows {
		if i := m.after(offset); i > first+1 && m.text(i-1) != "," {
			broken = true
		}
	}
	if !broken {
		return false
	}
	m.what[first] |= opens
	m.what[last] |= closes
	for _, offset := range rows {
		m.mark(offset, row)
	}
	return true
}

// comments reports whether a comment stands between neighbouring tokens.
func (m *marks) comments(i, j int) bool {
	return j == i+1 && strings.Contains(m.src.Text[m.tokens[i].End:m.tokens[j].Start], "//")
}

func (m *marks) rows(from int, d *syntax.DataDecl) {
	starts := make([]int, len(d.Rows))
	for i := range d.Rows {
		r := &d.Rows[i]
		starts[i] = r.Key.Span.Start
		m.cutBehindColon(m.after(starts[i]), beforeRow)
		m.constant(r.Scale)
		if r.To != nil {
			m.constant(&r.To.Low)
			m.constant(&r.To.High)
		}
	}
	m.block(m.find(from, "{"), m.hi-1, starts)
}

func (m *marks) entries(from int, d *syntax.TrainDecl) {
	starts := make([]int, len(d.Entries))
	for i := range d.Entries {
		e := &d.Entries[i]
		starts[i] = e.Key.Span.Start
		m.cutBehindColon(m.after(starts[i]), beforeRow)
		for j := range e.Values {
			m.constant(e.Values[j].Const)
			if e.Values[j].Args != nil {
				m.mark(e.Values[j].Name.Span.End, applies)
			}
			for k := range e.Values[j].Args {
				m.constant(&e.Values[j].Args[k])
			}
		}
	}
	m.block(m.find(from, "{"), m.hi-1, starts)
}

func (m *marks) named(b *syntax.NamedBody) {
	var starts []int
	for i := range b.Lets {
		at := b.Lets[i].Names[0].Span.Start
		starts = append(starts, at)
		m.equals(m.after(at), equalsLine)
		m.term(b.Lets[i].Term)
	}
	m.term(b.Result)
	m.block(m.after(b.Span.Start), m.hi-1, append(starts, b.Result.TermSpan().Start))
}

// equations marks the words of sections, which the tree does not hold: they
// are what belongs to no equation and no list of names.
func (m *marks) equations(e *syntax.Equations) {
	first, last := m.after(e.Span.Start), m.hi-1
	word, starts := make([]bool, last-first), make([]bool, last-first) // of what begins an equation
	for i := range word {
		word[i] = i > 0
	}
	content := func(span diag.Span) {
		for i := m.after(span.Start); i < last && m.tokens[i].Start < span.End; i++ {
			word[i-first] = false
		}
	}
	line := func(span diag.Span) {
		at := m.after(span.Start)
		starts[at-first] = true
		m.equals(at, equalsLine)
		content(span)
	}
	for _, lines := range [][]syntax.Equation{e.Means, e.Reverse, e.Kinks} {
		for i := range lines {
			line(lines[i].Span)
			m.expr(lines[i].Expr)
		}
	}
	if e.Unless != nil {
		content(e.Unless.Span)
		m.expr(e.Unless.Expr)
	}
	for i := range e.Where {
		line(e.Where[i].Span)
		m.expr(e.Where[i].Value)
	}
	for _, names := range [][]syntax.Name{e.Keeps, e.Adds, e.Splits} {
		for i := range names {
			content(names[i].Span)
		}
	}
	for _, name := range []*syntax.Name{e.Each, e.Kernel, e.Stores, e.Predicts} {
		if name != nil {
			content(name.Span)
		}
	}
	var rows []int
	for i := first + 1; i < last; i++ {
		switch {
		case word[i-first] && m.text(i) != ",":
			rows = append(rows, m.tokens[i].Start)
		case starts[i-first] && (i == first+1 || !word[i-1-first]):
			rows = append(rows, m.tokens[i].Start)
		}
	}
	if !m.block(first, last, rows) {
		return
	}
	for i := first + 1; i < last; i++ {
		switch {
		case starts[i-first]:
			m.what[i] |= equation
		case m.what[i]&row != 0:
			m.what[i] |= section
		}
	}
}
