package check

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/find"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// Found is what leads from one object to another in a specification.
type Found struct {
	Category *category.Category
	From, To *category.Type
	Fits
}

// Find checks a specification and searches it for terms from one object to
// another, at most so many. The objects are written as in the spec; where one
// is faulty, the result is nil and the list says why. Arrows with holes take
// no part.
func Find(src *diag.Source, from, to string, most int, opts Options) (*Found, *diag.List) {
	opts.Holes = true
	go loadStd() // while the parser reads
	u := opts.checked(src)
	if cat, diags := u.result(); cat == nil {
		return nil, diags
	}
	c, diags := u.c, &diag.List{}
	c.diags = diags
	a, b := c.objectIn("FROM", from), c.objectIn("TO", to)
	if a == nil || b == nil {
		return nil, diags
	}
	return &Found{Category: c.cat, From: a, To: b, Fits: c.between(a, b, find.Options{Max: most})}, diags
}

// objectIn resolves text as an object in the scope of the specification; name
// is what a diagnostic calls it. It is nil after reporting.
func (c *checker) objectIn(name, text string) *category.Type {
	t := syntax.ParseType(diag.NewSource(name, text), c.diags)
	if t == nil {
		return nil
	}
	typ := c.resolveType(t)
	c.reportMissing()
	if typ == nil && !c.diags.HasErrors() {
		c.report(diag.CT0313, t.TypeSpan(), "this object waits for a hole to be filled")
	}
	return typ
}
