package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/find"
)

// What is listed: so many terms for one hole, and for so many holes.
const (
	maxFits    = 5
	maxOffered = 100
)

// reportHoles tells of every hole what must stand there and what could. It
// needs all arrows.
func (c *checker) reportHoles() {
	all := slices.SortedFunc(maps.Values(c.holes), func(a, b *hole) int { return a.node.span.Start - b.node.span.Start })
	for i, h := range all {
		c.reportHole(h, i < maxOffered)
	}
	clear(c.holes)
}

func (c *checker) reportHole(h *hole, offer bool) {
	d := diag.Diagnostic{Code: diag.CT0313, Span: h.node.span, Message: "`?` still stands for " + h.text()}
	if c.opts.Holes {
		d.Severity, d.Message = diag.Note, "`?` stands for "+h.text()
	}
	r := c.diags.Report(d)
	if h.site != nil && offer {
		c.offer(r, h)
	}
	if !c.opts.Holes {
		r.Hint("fill it: a specification with holes can be checked and searched, and nothing else")
	}
}

// text says what must stand in h, as far as its neighbours do.
func (h *hole) text() string {
	dom, cod := h.node.dom, h.node.cod
	switch {
	case h.node.value && anything(cod):
		return "a value"
	case h.node.value:
		return "a value of " + cod.String()
	case anything(dom) && anything(cod):
		return "an arrow"
	}
	return fmt.Sprintf("an arrow %s -> %s", dom, cod)
}

// anything reports whether nothing is known of s.
func anything(s seq) bool {
	s = s.flat()
	return len(s) == 1 && s[0].known == nil
}

// offer lists what fits into h.
func (c *checker) offer(d *diag.Diagnostic, h *hole) {
	dom, cod := h.node.dom, h.node.cod
	if anything(cod) && (h.node.value || anything(dom)) {
		d.Hint("nothing beside it says between which objects")
		return
	}
	fits := c.filling(h, true)
	verb := "fits"
	if !h.node.value && !(dom.known() && cod.known()) {
		verb = "may fit"
	}
	for _, f := range fits.List {
		if h.factor && len(f.Arrows) > 1 {
			f.Term = "(" + f.Term + ")"
		}
		d.Hint(f.sentence(verb))
	}
	if more := fits.Count(); more != "" {
		d.Hint(more)
	}
	if len(fits.List) > 0 {
		return
	}
	if others := c.filling(h, false); len(others.List) > 0 {
		d.Hint(fmt.Sprintf("%s would fit but for its parameters, %s, which `%s` does not take", others.List[0].quoted(), others.List[0].Given, h.site.owner))
		return
	}
	switch {
	case dom.known() && cod.known():
		d.Hint("no composition of declared arrows leads there")
	default:
		d.Hint("no declared arrow fits")
	}
}

func (f *Fit) quoted() string { return "`" + f.Term + "`" }

// sentence says what f does, and what it needs for that.
func (f *Fit) sentence(verb string) string {
	text := f.quoted() + " " + verb
	if !f.Given.IsUnit() {
		text += ", given " + f.Given.String()
	}
	if len(f.Open) > 0 {
		text += ", with `" + strings.Join(f.Open, "`, `") + "` to be set"
	}
	return text
}

// filling finds what fits into h, whatever its parameters unless careful.
func (c *checker) filling(h *hole, careful bool) Fits {
	opts := find.Options{Max: maxFits}
	if careful {
		opts.Arrow, opts.Path = h.admits, h.accepts
	}
	switch from, to := h.node.dom.typ(), h.node.cod.typ(); {
	case h.node.value && to != nil:
		return c.valuesOf(h, to, opts)
	case from != nil && to != nil:
		return c.between(from, to, opts)
	case h.node.value:
		return Fits{}
	}
	return c.matching(h.node, opts)
}

// matching lists the arrows that fit where an end is not wholly known.
func (c *checker) matching(n *node, opts find.Options) Fits {
	var fits Fits
	for _, a := range c.edges() {
		if !n.dom.mayBe(a.Dom) || !n.cod.mayBe(a.Cod) {
			continue
		}
		if p := alone(&a); opts.Path == nil || opts.Path(p) {
			fits.add(fitOf(p), opts.Max)
		}
	}
	return fits
}

// alone is the composition of one arrow.
func alone(a *find.Arrow) find.Path {
	return find.Path{{Arrow: a, Width: len(a.Dom.Factors())}}
}

func (f *Fits) add(fit Fit, most int) {
	if len(f.List) < most {
		f.List = append(f.List, fit)
		return
	}
	f.More++
}

// mayBe reports whether s could still become t: the factors that are known
// agree, counted from either end up to an open row.
func (s seq) mayBe(t *category.Type) bool {
	s, factors := s.flat(), t.Factors()
	for len(s) > 0 && !s[0].row {
		if len(factors) == 0 || s[0].known != nil && !s[0].known.Equal(factors[0]) {
			return false
		}
		s, factors = s[1:], factors[1:]
	}
	for len(s) > 0 && !s[len(s)-1].row {
		last := len(factors) - 1
		if last < 0 || s[len(s)-1].known != nil && !s[len(s)-1].known.Equal(factors[last]) {
			return false
		}
		s, factors = s[:len(s)-1], factors[:last]
	}
	return len(s) > 0 || len(factors) == 0
}
