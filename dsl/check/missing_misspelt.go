package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
	"github.com/ctgen-lang/ctgen/internal/spelling"
)

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
	case *syntax.MonoidDecl:
		return "monoid"
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
