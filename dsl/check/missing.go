package check

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
	"github.com/ctgen-lang/ctgen/internal/spelling"
)

// missing is a name that is used and that nothing declares. What to say about
// it depends on all of its uses and on what else is wrong, so it is reported
// when the whole specification has been read.
type missing struct {
	kind          string // what it is used as: object, dim, arrow …
	of            any    // the scope of a name that is not the specification's
	name          string
	uses          []diag.Span
	code          diag.Code
	message       string
	candidates    func() []string
	before, after string               // what is written around a candidate
	near          string               // the candidate that is likeliest
	declared      *syntax.Name         // or a declaration that nothing uses
	instead       syntax.Decl          // what the name is, where it is something of another kind
	otherwise     string               // help where none is
	unused        func() []syntax.Name // what it may have been declared as, misspelt
}

// absence is what a check remembers of names that nothing declares.
type absence struct {
	missing   map[missingKey]*missing
	lacking   []*missing        // those not reported yet, in the order met
	nameless  []syntax.Nameless // declarations whose name is to be guessed
	twins     []twins
	ambiguous map[string]bool    // names that two declarations give different meanings
	words     map[string]int     // how often each word stands in the file
	claimed   map[diag.Span]bool // names found to be another one misspelt
	lower     string             // the file in lower case
	habit     *spelling.Habit    // of the file and std
	weighed   int                // spellings compared by the text around them
}

type missingKey struct {
	kind, name string
	of         any
}

// maxElsewhere caps the further places that one diagnostic points to.
const maxElsewhere = 8

// lacks records one use of a name that nothing declares.
func (c *checker) lacks(m missing, use diag.Span) {
	if m.code == diag.CT0203 && m.of == nil && c.broken[m.name] {
		return
	}
	key := missingKey{m.kind, m.name, m.of}
	known := c.missing[key]
	if known == nil {
		known = &m
		c.missing[key] = known
		c.lacking = append(c.lacking, known)
	}
	known.uses = append(known.uses, use)
}

// reportMissing reports what lacks has recorded since.
func (c *checker) reportMissing() {
	if len(c.lacking) == 0 {
		return
	}
	for _, m := range c.lacking {
		slices.SortFunc(m.uses, func(a, b diag.Span) int { return a.Start - b.Start })
		m.uses = slices.Compact(m.uses)
	}
	// Names with nothing near have the first claim on an excuse. One that is
	// still there beats a name that is near.
	left := slices.DeleteFunc(slices.Clone(c.lacking), func(m *missing) bool {
		if m.instead != nil {
			m.near = c.suggest(m.name, m.candidates())
			return false
		}
		if m.of == nil && c.importOf(m.name, kindsOf[m.kind]) != nil {
			return false // an import has exactly this
		}
		m.declared = c.misspelt(m)
		if m.declared == nil {
			m.near = c.suggest(m.name, append(m.candidates(), keys(c.broken)...))
		}
		return m.declared == nil && m.near == "" && c.excused(m)
	})
	left = slices.DeleteFunc(left, func(m *missing) bool {
		return m.instead == nil && c.excused(m)
	})
	for _, m := range left {
		switch {
		case m.instead != nil:
		case m.declared != nil:
			c.blameEither(m, *m.declared)
		default:
			c.reportMissed(m)
		}
	}
	c.reportInstead(left)
	if !c.diags.HasErrors() { // nothing that was taken for an excuse was reported
		for _, m := range c.lacking {
			c.reportMissed(m)
		}
	}
	c.lacking = nil
}

// reportInstead reports the names of another kind than is needed, but for
// those whose declaration has a fault of its own: its keyword may be wrong.
func (c *checker) reportInstead(all []*missing) {
	var faults []int
	for _, d := range c.diags.All() {
		if d.Span.Src == c.file.Source {
			faults = append(faults, d.Span.Start)
		}
	}
	for _, m := range all {
		if m.instead == nil || c.ambiguous[m.name] {
			continue
		}
		span := m.instead.DeclSpan()
		if i, _ := slices.BinarySearch(faults, span.Start); i < len(faults) && faults[i] < span.End {
			continue
		}
		c.reportMissed(m)
	}
}

func (c *checker) reportMissed(m *missing) {
	d := c.report(m.code, m.uses[0], m.message)
	if m.instead != nil {
		d.Label(m.instead.DeclName().Span, fmt.Sprintf("`%s` is declared here", m.name))
	} else if idle := c.unusedNames(m); m.of == nil && len(idle) == 1 && m.kind != "arrow" {
		d.Label(idle[0].Span, fmt.Sprintf("`%s` is declared here and never used", idle[0].Text))
	}
	pointTo(d, m.uses[1:], "and here")
	switch imp := c.importOf(m.name, kindsOf[m.kind]); {
	case imp != nil && m.instead == nil && m.of == nil:
		d.Hint(fmt.Sprintf("did you mean `%s.%s`, of `%s`?", imp.name, m.name, imp.c.file.Source.Name))
	case m.near != "":
		d.Hint(fmt.Sprintf("did you mean `%s%s%s`?", m.before, m.near, m.after))
		c.proposeNear(d, m, m.near)
	case m.otherwise != "":
		d.Hint(m.otherwise)
	}
}

// pointTo labels some of the places with one text.
func pointTo(d *diag.Diagnostic, places []diag.Span, text string) {
	for _, p := range places[:min(len(places), maxElsewhere)] {
		d.Label(p, text)
	}
	if more := len(places) - maxElsewhere; more > 0 {
		d.Hint(fmt.Sprintf("and in %s more", count(more, "place")))
	}
}
