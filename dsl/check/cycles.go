package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// visit marks name as being resolved. It is false after reporting where name
// already is: the cycle is one error with its path, blamed on the name that
// was met first. Whoever gets true must call visited.
func (c *checker) visit(name syntax.Name) bool {
	if c.visiting[name.Text] {
		c.reportCycle(c.path[slices.Index(c.path, name.Text):])
		return false
	}
	if !c.enter(name.Span) {
		return false
	}
	if c.visiting == nil {
		c.visiting = map[string]bool{}
	}
	c.visiting[name.Text] = true
	c.path = append(c.path, name.Text)
	return true
}

func (c *checker) visited(name string) {
	delete(c.visiting, name)
	c.path = c.path[:len(c.path)-1]
	c.leave()
}

// reportCycle blames a cycle of declarations on the one that stands first in
// the file, whichever was met first.
func (c *checker) reportCycle(names []string) {
	span := func(name string) diag.Span {
		if d := c.decls[name]; d != nil {
			return d.DeclName().Span
		}
		return c.gatherers[name].Given.Span
	}
	first := 0
	for i := range names {
		if span(names[i]).Start < span(names[first]).Start {
			first = i
		}
	}
	path := append(append(slices.Clone(names[first:]), names[:first]...), names[first])
	e := c.report(diag.CT0207, span(path[0]), fmt.Sprintf("`%s` is defined through itself: %s", path[0], strings.Join(path, " → ")))
	for i, name := range path[1 : len(path)-1] {
		e.Label(span(name), fmt.Sprintf("`%s` needs `%s`", name, path[i+2]))
	}
}
