package check

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// collect returns the slots of n in evaluation order, merged ones once.
func (n *node) collect() []*slot {
	var out []*slot
	seen := map[*slot]bool{}
	n.walkSlots(func(s *slot) {
		if s = s.find(); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	})
	return out
}

func (n *node) walkSlots(visit func(*slot)) {
	if n.kind == repeatNode && !n.shared || n.kind == groupNode {
		if s := n.repeated(); s != nil {
			visit(s)
		}
		return
	}
	for _, k := range n.kids {
		k.walkSlots(visit)
	}
	if n.given != nil {
		n.given.walkSlots(visit)
	} else if n.slot != nil {
		visit(n.slot)
	}
}

// repeated is the one slot of repeat[n] f, which is f's own n times, or of a
// group.
func (n *node) repeated() *slot {
	inner := n.kids[0].collect()
	if len(inner) == 0 {
		return nil
	}
	if n.slot == nil {
		n.slot = &slot{label: "repeated", typ: single(), span: n.span}
		if len(inner) == 1 {
			n.slot.label, n.slot.span = inner[0].label, inner[0].span
		}
	}
	if p := gather(inner); p != nil && n.slot.typ.find().known == nil {
		if n.kind == repeatNode {
			p = &category.Type{Kind: category.Power, Elem: p, N: n.count}
		}
		n.slot.typ.find().known = p
	}
	return n.slot
}

// gather is the parameter object of a list of slots: 1, the slot's own
// object, or a record in evaluation order; nil while a slot is not known.
func gather(slots []*slot) *category.Type {
	rec := &category.Type{Kind: category.Record}
	for _, s := range slots {
		t := s.typ.find().known
		if t == nil {
			return nil
		}
		if len(slots) == 1 {
			return t
		}
		rec.Fields = append(rec.Fields, category.Field{Name: s.label, Type: t})
	}
	if len(slots) == 0 {
		return category.Unit
	}
	return rec
}

// gathered is gather where all slots over an endo's parameters are one.
func (in *inference) gathered(slots []*slot) *category.Type {
	if in.params == nil {
		return gather(slots)
	}
	for _, s := range slots {
		t := s.typ.find().known
		if t == nil {
			return nil
		}
		if !t.Equal(in.params) {
			return gather(slots)
		}
	}
	if len(slots) == 0 {
		return category.Unit
	}
	return in.params
}

// shareIn merges the slots of the same arrow inside f.
func (s scope) shareIn(f *node, span diag.Span) *node {
	first := map[*category.Arrow]*slot{}
	merged := f.shareRounds()
	for _, sl := range f.collect() {
		if sl.arrow == nil {
			continue
		}
		if one, again := first[sl.arrow]; again {
			sl.same = one
			merged = true
			continue
		}
		first[sl.arrow] = sl
	}
	if !merged && f.holes() == 0 && !f.leavesOpen() {
		s.c.report(diag.CT0602, span, "share merges the parameters of repeated uses of one arrow, and no parametric arrow repeats here")
		return s.fail()
	}
	return f
}

// shareRounds lets every round of a repetition take the same parameters. It is
// false where n is none, or has none.
func (n *node) shareRounds() bool {
	for n.kind == instanceNode {
		n = n.kids[0]
	}
	if n.kind != repeatNode || n.shared {
		return false
	}
	inner := n.kids[0].collect()
	if len(inner) == 0 {
		return false
	}
	if n.slot != nil && len(inner) == 1 {
		inner[0].label, inner[0].span = n.slot.label, n.slot.span // an `as` around it
	}
	n.shared, n.slot = true, nil
	return true
}

// distinct requires that no two slots carry one label.
func (c *checker) distinct(slots []*slot) bool {
	byLabel := map[string]*slot{}
	ok := true
	for _, s := range slots {
		one, again := byLabel[s.label]
		if !again {
			byLabel[s.label] = s
			continue
		}
		ok = false
		d := c.report(diag.CT0601, s.span, fmt.Sprintf("two parameters are labelled `%s`", s.label))
		if s.span != one.span {
			d.Label(one.span, "the first")
		}
		if one.via.Known() && s.via.Known() {
			d.Label(one.via, "used here").Label(s.via, "and here")
		}
		d.Hint(fmt.Sprintf("keep them apart: (%s as other)", s.label)).
			Hint("or use one parameter twice: share (…)")
	}
	return ok
}

// openSettings returns the settings in n that nothing binds, one per name.
func (n *node) openSettings() []*boundSetting {
	var out []*boundSetting
	var walk func(*node)
	walk = func(n *node) {
		for _, k := range n.kids {
			walk(k)
		}
		if n.given != nil {
			walk(n.given)
		}
		for _, b := range n.settings {
			if b.fixed || b.like || hasSetting(out, b.name) {
				continue
			}
			out = append(out, b)
		}
	}
	walk(n)
	return out
}

func hasSetting(list []*boundSetting, name string) bool {
	for _, b := range list {
		if b.name == name {
			return true
		}
	}
	return false
}

func (c *checker) callsGrad(n *node) bool {
	if n.kind == callNode && c.holdsGrad(n.arrow.Diagram) {
		return true
	}
	return slices.ContainsFunc(n.kids, c.callsGrad)
}

// holdsGrad reports whether d differentiates, or calls what does. Each diagram
// is asked once, however many calls lead to it.
func (c *checker) holdsGrad(d *category.Diagram) bool {
	if d == nil {
		return false
	}
	if holds, known := c.graded[d]; known {
		return holds
	}
	holds := slices.ContainsFunc(d.Nodes, func(n *category.Node) bool {
		switch op := n.Op.(type) {
		case *category.Grad:
			return true
		case *category.Call:
			return c.holdsGrad(op.Arrow.Diagram)
		case *category.Map:
			return c.holdsGrad(op.Body)
		case *category.Repeat:
			return c.holdsGrad(op.Body)
		}
		return false
	})
	c.graded[d] = holds
	return holds
}
