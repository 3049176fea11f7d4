package check

import (
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/find"
)

// valuesOf lists what gives a value of t from the values in scope: one as it
// is, one that arrows lead on from, or several that one arrow takes.
func (c *checker) valuesOf(h *hole, t *category.Type, opts find.Options) Fits {
	var all []Fit
	var fits Fits
	for _, l := range h.values {
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
		args, ok := h.arguments(a.Dom)
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
func (h *hole) arguments(dom *category.Type) ([]string, bool) {
	var args []string
	for _, f := range dom.Factors() {
		at := -1
		for i, l := range h.values {
			if t := l.typ.typ(); t != nil && t.Equal(f) {
				at = i
			}
		}
		if at < 0 {
			return nil, false
		}
		args = append(args, h.values[at].name)
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
