package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
	"github.com/ctgen-lang/ctgen/internal/spelling"
)

// maxCompared caps the pairs of names that one check measures, so that a file
// full of unknown names stays quick.
const maxCompared = 200_000

// maxNear is how many names one misspelt name may be offered to have meant.
const maxNear = 3

// suggest returns the candidate that name was most likely meant to be, or ""
// where none is near.
func (c *checker) suggest(name string, candidates []string) string {
	left := maxCompared - c.compared
	near := spelling.Nearest(name, candidates, &left)
	c.compared = maxCompared - left + len(candidates)/8 // passing one over takes time too
	return near
}

// didYouMean asks in d for the candidate that name was most likely meant to
// be, written behind prefix, and proposes it and others that are near. It
// returns false where none is.
func (c *checker) didYouMean(d *diag.Diagnostic, name syntax.Name, prefix string, candidates []string) bool {
	near := c.suggest(name.Text, candidates)
	if near == "" {
		return false
	}
	d.Hint(fmt.Sprintf("did you mean `%s%s`?", prefix, near))
	left := maxCompared - c.compared
	for _, n := range spelling.Near(name.Text, candidates, maxNear, &left) {
		d.Propose(fmt.Sprintf("write `%s%s`", prefix, n), name.Span.Replace(n))
	}
	c.compared = maxCompared - left
	return true
}
