package check

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/find"
)

// admits reports whether an arrow may take part in a filling of h.
func (h *hole) admits(a *find.Arrow) bool {
	switch {
	case h.site.rule.closed && len(a.Open) > 0, h.graded && a.Grad: // no setting to bind; no grad of a grad
		return false
	case a.Given.IsUnit():
		return true
	case h.node.given != nil:
		t := h.node.given.cod.typ()
		return t == nil || a.Given.Equal(t)
	}
	return h.inside || h.site.rule.one(a.Given)
}

// accepts reports whether p may fill h, and labels p's parameters so that it
// does.
func (h *hole) accepts(p find.Path) bool {
	slots := p.Slots()
	switch {
	case slices.ContainsFunc(p, func(s find.Step) bool { return !h.admits(s.Arrow) }):
		return false
	case h.node.given != nil:
		return len(slots) == 1
	case h.needs && len(slots) == 0:
		return false
	}
	filling := make([]use, len(slots))
	for i, f := range slots {
		filling[i] = use{f.Name, f.Type, true}
	}
	uses := slices.Insert(slices.Clone(h.site.uses), h.at, filling...)
	if h.site.rule.labels {
		distinguish(uses)
	}
	known := !slices.ContainsFunc(uses, func(u use) bool { return u.typ == nil })
	if known && h.site.holes == 1 && !h.inside && !h.site.rule.all(uses) {
		return false
	}
	filling = uses[h.at : h.at+len(slots)]
	for i := range p {
		if !p[i].Given.IsUnit() {
			p[i].Label, filling = filling[0].label, filling[1:]
		}
	}
	return true
}

// distinguish gives a filling's parameters other labels than those around it
// have.
func distinguish(uses []use) {
	taken := map[string]bool{}
	for _, u := range uses {
		taken[u.label] = taken[u.label] || !u.filling
	}
	for i := range uses {
		u := &uses[i]
		if !u.filling {
			continue
		}
		name := u.label
		for n := 2; taken[u.label]; n++ {
			u.label = fmt.Sprintf("%s_%d", name, n)
		}
		taken[u.label] = true
	}
}
