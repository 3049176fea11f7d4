package check

import (
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/find"
)

// maxValues caps the values in scope from which a search starts.
const maxValues = 32

// values are the latest values in scope of h, in the order in which they are
// bound.
func (h *hole) values() []*local {
	var values []*local
	for _, l := range h.locals {
		if l.order < h.bound {
			values = append(values, l)
		}
	}
	slices.SortFunc(values, func(a, b *local) int { return a.order - b.order })
	return values[max(0, len(values)-maxValues):]
}

// valuesOf lists what gives a value of t from the values in scope: one as it
// is, one that arrows lead on from, or several that one arrow takes.
func (c *checker) valuesOf(h *hole, t *category.Type, opts find.Options) Fits {
	var all []Fit
	var fits Fits
	values := h.values()
	for _, l := range values {
		from := l.typ.typ()
		if from == nil {
			continue
		}
		found := c.between(from, t, opts)
		for _, f := range found.List {
			if f.Term == "id" {
				f.Term, f.Arrows = l.name, nil
			} else {
				f.Term = applied(f, l.name)
			}
			all = append(all, f)
		}
		fits.More += found.More
		fits.Open = fits.Open || found.Open
	}
	for _, a := range c.edges() {
		if len(a.Dom.Factors()) == 1 || !a.Cod.Equal(t) {
			continue
		}
		p := alone(&a)
		args, ok := arguments(values, a.Dom)
		if ok && (opts.Path == nil || opts.Path(p)) {
			f := fitOf(p)
			f.Term = applied(f, args...)
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(a, b Fit) int { return len(a.Arrows) - len(b.Arrows) })
	for _, f := range all {
		fits.add(f, opts.Max)
	}
	return fits
}

// arguments finds a value in scope for every factor of dom, the latest of
// each object.
func arguments(values []*local, dom *category.Type) ([]string, bool) {
	var args []string
	for _, f := range dom.Factors() {
		at := -1
		for i, l := range values {
			if t := l.typ.typ(); t != nil && t.Equal(f) {
				at = i
			}
		}
		if at < 0 {
			return nil, false
		}
		args = append(args, values[at].name)
	}
	return args, true
}

// applied writes f on arguments.
func applied(f Fit, args ...string) string {
	text := f.Term
	if strings.Contains(text, " ") && !strings.HasPrefix(text, "(") || len(f.Arrows) > 1 {
		text = "(" + text + ")"
	}
	if len(args) == 0 {
		return text
	}
	if len(f.Arrows) == 1 && strings.HasPrefix(text, ".") {
		return args[0] + text
	}
	return text + "(" + strings.Join(args, ", ") + ")"
}
