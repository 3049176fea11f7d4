package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// visit marks name as being resolved. It is false, after reporting, where name
// already is: the cycle is one error with its path; or where declarations nest
// too deep. Whoever gets true must call visited.
func (c *checker) visit(name syntax.Name) bool {
	if c.visiting[name.Text] {
		at := slices.IndexFunc(c.path, func(n syntax.Name) bool { return n.Text == name.Text })
		c.reportCycle(c.path[at:])
		return false
	}
	if !c.enter(name.Span) {
		return false
	}
	if c.visiting == nil {
		c.visiting = map[string]bool{}
	}
	c.visiting[name.Text] = true
	c.path = append(c.path, name)
	return true
}

func (c *checker) visited(name string) {
	delete(c.visiting, name)
	c.path = c.path[:len(c.path)-1]
	c.leave()
}

// reportCycle blames a cycle of declarations on the one that stands first in
// the file, whichever was met first.
func (c *checker) reportCycle(names []syntax.Name) {
	names = slices.Clone(names)
	first := 0
	for i, name := range names {
		if c.decls[name.Text] == nil {
			before := names[(i+len(names)-1)%len(names)]
			if _, arrow := c.decls[before.Text].(*syntax.ArrowDecl); arrow {
				c.gathersItself(name)
				return
			}
			names[i].Span = c.gatherers[name.Text].Given.Span
		}
		if names[i].Span.Start < names[first].Span.Start {
			first = i
		}
	}
	path := append(append(slices.Clone(names[first:]), names[:first]...), names[first])
	var shown []string
	for i, name := range path {
		if i < maxShown || i == len(path)-1 {
			shown = append(shown, name.Text)
		} else if i == maxShown {
			shown = append(shown, fmt.Sprintf("… %d more …", len(path)-1-maxShown))
		}
	}
	e := c.report(diag.CT0207, path[0].Span, fmt.Sprintf("`%s` is defined through itself: %s", path[0].Text, strings.Join(shown, " → ")))
	for i, name := range path[1:min(len(path)-1, maxElsewhere)] {
		e.Label(name.Span, fmt.Sprintf("`%s` needs `%s`", name.Text, path[i+2].Text))
	}
}

// maxShown is how many declarations of a long cycle are shown.
const maxShown = 12

// gathersItself reports a name that nothing declares but the `given` of a
// composite, which would have to gather it from arrows that are given it: such
// a name was to be declared.
func (c *checker) gathersItself(use syntax.Name) {
	by := c.gatherers[use.Text]
	c.lacks(missing{
		kind: "object", name: use.Text, candidates: c.objectNames,
		code: diag.CT0203, message: fmt.Sprintf("there is no object `%s`", use.Text),
		otherwise: fmt.Sprintf("`given %s` on `%s` names what its parts are given, and they are given %s themselves", use.Text, by.Name.Text, use.Text),
	}, use.Span)
}
