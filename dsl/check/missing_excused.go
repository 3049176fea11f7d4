package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// excused reports whether m follows from a fault that is reported already: a
// declaration whose name is missing or misspelt and could not be read, or one
// name that stands where two should.
func (c *checker) excused(m *missing) bool {
	if c.file.Source == nil || m.of != nil {
		return false
	}
	c.countWords()
	for name := range c.broken {
		if c.words[name] == 1 && strings.HasPrefix(name, m.name) {
			return true // run into the next word
		}
	}
	for i, d := range c.nameless {
		if d.Keyword.Text == strings.Fields(m.kind)[0] {
			c.nameless = slices.Delete(c.nameless, i, i+1)
			pointTo(d.Fault, m.uses[:1], fmt.Sprintf("`%s` is used here and never declared", m.name))
			return true
		}
	}
	return c.namedTwice(m)
}

// unread reports whether an arrow of that name may be among the declarations
// that could not be read.
func (c *checker) unread(name string) bool {
	for b := range c.broken {
		if strings.HasPrefix(b, name) {
			return true
		}
	}
	return slices.ContainsFunc(c.nameless, func(d syntax.Nameless) bool { return d.Keyword.Text == "arrow" })
}

// twins are two declarations of one name.
type twins struct {
	first, again syntax.Decl
	report       *diag.Diagnostic
}

// namedTwice lays m to a name that is declared twice: one of the two was
// likely meant to declare m.
func (c *checker) namedTwice(m *missing) bool {
	for i, t := range c.twins {
		first, again := kindSought(t.first) == m.kind, kindSought(t.again) == m.kind
		if !first && !again {
			continue
		}
		c.twins = slices.Delete(c.twins, i, i+1)
		if !again { // the first is the odd one out
			t.report.Span = t.first.DeclName().Span
			t.report.Labels[0] = diag.Label{Span: t.again.DeclName().Span, Message: fmt.Sprintf("also declared here, as %s", kindOf(t.again))}
		}
		t.report.Label(m.uses[0], fmt.Sprintf("`%s` is used here and never declared", m.name)).
			Hint(fmt.Sprintf("was one of the two meant to be `%s`?", m.name))
		return true
	}
	return false
}
