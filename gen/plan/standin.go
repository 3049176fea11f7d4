package plan

import "github.com/ctgen-lang/ctgen/dsl/category"

// standsIn reports whether hand-written Go computes a here. Under a grad it
// does so only if its reverse is hand-written too: else the composition's
// reverse is needed, and with it what the composition's forward pass keeps.
// Running both would compute the same thing twice.
func (f *frame) standsIn(a *category.Arrow) bool {
	s, ok := f.g.standIns[a]
	return ok && (s.Reverse || !f.reversed)
}

// usesOf finds what the composition that a means says about each leaf of its
// parameters: weight decay is the same whoever computes the arrow.
func usesOf(a *category.Arrow) []use {
	if a.Given.IsUnit() {
		return nil
	}
	b := newBuilder(nil, a.Name, a.Span)
	given := b.arguments(ParamArg, 0, a.Given, "")
	in := &inliner{g: b.g}
	in.diagram(a.Diagram, b.data(a.Diagram, true), given, nil, b.settings(a.Diagram))
	b.g.leaves = nil // of the object that holds them: the caller knows it
	found := b.g.slots()
	uses := make([]use, len(given))
	for i, r := range given {
		uses[i] = found[r.v]
	}
	return uses
}
