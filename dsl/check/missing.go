package check

import (
	"fmt"
	"slices"
	"strings"

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

// misspelt finds the declaration that m was likely meant to name: of its
// kind, near in spelling, and used by nothing. Each declaration is found once.
func (c *checker) misspelt(m *missing) *syntax.Name {
	unused := c.unusedNames(m)
	names := make([]string, len(unused))
	for i := range unused {
		names[i] = unused[i].Text
	}
	near := c.suggest(m.name, names)
	if near == "" && len(names) == 1 && onlyLetters(m.name, names[0]) {
		near = names[0]
	}
	if near == "" {
		return nil
	}
	found := &unused[slices.Index(names, near)]
	c.claimed[found.Span] = true
	return found
}

// onlyLetters reports whether both names are so short that one letter more or
// less makes them another, so that nearness says nothing.
func onlyLetters(a, b string) bool { return len(a) <= 2 && len(b) <= 2 }

// unusedNames lists the declarations of a kind whose name the file has only
// once, where it is declared.
func (c *checker) unusedNames(m *missing) []syntax.Name {
	if c.file.Source == nil || c.compared >= maxCompared {
		return nil
	}
	c.countWords()
	kind := m.kind
	var all []syntax.Name
	if m.unused != nil {
		for _, name := range m.unused() {
			if !c.claimed[name.Span] {
				all = append(all, name)
			}
		}
		return all
	}
	if m.of != nil {
		return nil
	}
	for _, d := range c.file.Decls {
		if name := d.DeclName(); kindSought(d) == kind && c.words[name.Text] == 1 && !c.claimed[name.Span] {
			all = append(all, name)
		}
	}
	if kind == "object" {
		for _, name := range keys(c.gatherers) {
			at := c.gatherers[name].Given.Type.(*syntax.TypeName).Name
			if c.words[name] == 1 && !c.claimed[at.Span] {
				all = append(all, at)
			}
		}
	}
	return all
}

// countWords counts how often each word stands in the file.
func (c *checker) countWords() {
	if c.words != nil {
		return
	}
	c.words, c.claimed = map[string]int{}, map[diag.Span]bool{}
	src := c.file.Source
	for _, word := range syntax.Tokens(diag.Span{Src: src, End: len(src.Text)}) {
		c.words[word]++
	}
}

// kindSought is the kind of d as `missing` calls it.
func kindSought(d syntax.Decl) string {
	switch d := d.(type) {
	case *syntax.DimDecl:
		return "dim"
	case *syntax.ObjectDecl:
		return "object"
	case *syntax.DataDecl:
		return "data declaration"
	case *syntax.ArrowDecl:
		if d.Endo {
			return "endo"
		}
		return "arrow"
	}
	return ""
}

// blameEither reports that one name is used and never declared, and another
// much like it declared and never used. The spelling that the file has more
// often is taken for the right one.
func (c *checker) blameEither(m *missing, declared syntax.Name) {
	if c.favours(m, declared.Text) {
		d := c.report(m.code, declared.Span, fmt.Sprintf("`%s` is declared and never used, and `%s` is used and never declared", declared.Text, m.name))
		pointTo(d, m.uses, fmt.Sprintf("`%s` is used here", m.name))
		d.Hint(fmt.Sprintf("did you mean `%s`?", m.name)).
			Propose(fmt.Sprintf("write `%s`", m.name), declared.Span.Replace(m.name))
		return
	}
	d := c.report(m.code, m.uses[0], m.message).
		Label(declared.Span, fmt.Sprintf("`%s` is declared here and never used", declared.Text))
	pointTo(d, m.uses[1:], "and here")
	d.Hint(fmt.Sprintf("did you mean `%s%s%s`?", m.before, declared.Text, m.after))
	c.proposeNear(d, m, declared.Text)
}

// proposeNear proposes what m may have been meant to be: likeliest, and other
// candidates that are near.
func (c *checker) proposeNear(d *diag.Diagnostic, m *missing, likeliest string) {
	m.propose(d, likeliest)
	left := maxCompared - c.compared
	for _, name := range spelling.Near(m.name, m.candidates(), maxNear, &left) {
		if name != likeliest {
			m.propose(d, name)
		}
	}
	c.compared = maxCompared - left
}

// propose proposes to write name in all places.
func (m *missing) propose(d *diag.Diagnostic, name string) {
	var edits []diag.Edit
	for _, use := range m.uses {
		if use.Text() == m.name {
			edits = append(edits, use.Replace(name))
		} else {
			edits = append(edits, use.Replace(m.before+name+m.after))
		}
	}
	d.Propose(fmt.Sprintf("write `%s%s%s`", m.before, name, m.after), edits...)
}

// maxWeighed caps how often the text is searched for the better spelling.
const maxWeighed = 50

// muchMore is the lead in familiarity, a mean logarithm, from which on one
// spelling is taken for a slip.
const muchMore = 0.4

// favours reports whether the file speaks for the name used against the one
// declared, each of which is a spelling of the other: it has it more often,
// comments and parts of other words included, or std has an arrow of that
// name.
func (c *checker) favours(m *missing, declared string) bool {
	used := m.name
	if m.of != nil {
		return len(m.uses) > 1
	}
	if c.weighed++; c.weighed > maxWeighed || min(len(used), len(declared)) < 3 {
		return c.words[used] > c.words[declared]
	}
	forUsed, forDeclared := c.beginnings(used), c.beginnings(declared)
	switch {
	case strings.HasPrefix(used, declared):
		forDeclared -= forUsed
	case strings.HasPrefix(declared, used):
		forUsed -= forDeclared
	}
	switch {
	case forUsed != forDeclared:
		return forUsed > forDeclared
	case c.std.prims[used] != nil || c.std.prims[declared] != nil:
		return c.std.prims[used] != nil
	}
	if c.habit == nil {
		c.habit = spelling.Of(append(stdTexts(), c.file.Source.Text)...)
	}
	return c.habit.Familiar(used) > c.habit.Familiar(declared)+muchMore
}

// beginnings counts the words in the file, and the parts of words, that begin
// with word in whatever case.
func (c *checker) beginnings(word string) int {
	text, n := c.file.Source.Text, 0
	if c.lower == "" {
		c.lower = strings.ToLower(text)
	}
	if len(c.lower) != len(text) {
		return c.words[word] // some letter has a case of another length
	}
	word = strings.ToLower(word)
	for at := 0; ; at++ {
		i := strings.Index(c.lower[at:], word)
		if i < 0 {
			return n
		}
		at += i
		if at == 0 || !isLower(text[at-1]) || !isLower(text[at]) {
			n++
		}
	}
}

func isLower(b byte) bool { return 'a' <= b && b <= 'z' }

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
