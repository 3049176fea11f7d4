package check

import "github.com/ctgen-lang/ctgen/internal/spelling"

// maxCompared caps the pairs of names that one check measures, so that a file
// full of unknown names stays quick.
const maxCompared = 200_000

// suggest returns the candidate that name was most likely meant to be, or ""
// where none is near.
func (c *checker) suggest(name string, candidates []string) string {
	left := maxCompared - c.compared
	near := spelling.Nearest(name, candidates, &left)
	c.compared = maxCompared - left
	return near
}
