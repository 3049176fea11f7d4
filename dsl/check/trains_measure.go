package check

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// measured returns the diagram that the first grad in d, or in what d calls,
// differentiates; nil without one.
func measured(d *category.Diagram) *category.Diagram {
	seen := map[*category.Diagram]bool{}
	var find func(*category.Diagram) *category.Diagram
	find = func(d *category.Diagram) *category.Diagram {
		if d == nil || seen[d] {
			return nil
		}
		seen[d] = true
		for _, n := range d.Nodes {
			if grad, ok := n.Op.(*category.Grad); ok {
				return unwrapped(grad.Body)
			}
			if found := find(n.Inner()); found != nil {
				return found
			}
		}
		return nil
	}
	return find(d)
}

// unwrapped follows diagrams that only call one composite arrow, on their own
// inputs and parameters, to that arrow's diagram.
func unwrapped(d *category.Diagram) *category.Diagram {
	seen := map[*category.Diagram]bool{}
	for !seen[d] && len(d.Nodes) == 1 {
		seen[d] = true
		n := d.Nodes[0]
		call, ok := n.Op.(*category.Call)
		if !ok || call.Arrow.Kind != category.Term || call.Arrow.Diagram == nil || n.Given != d.Given ||
			!slices.Equal(n.In, d.Ins) || !slices.Equal(n.Out, d.Outs) || !slices.Equal(n.Settings, d.Settings) {
			return d
		}
		d = call.Arrow.Diagram
	}
	return d
}

// beforeLast returns d up to the wires that enter the node which writes its
// output, without the nodes that those wires do not need; nil where no node
// writes the output.
func beforeLast(d *category.Diagram) *category.Diagram {
	if len(d.Outs) == 0 {
		return nil
	}
	last := slices.IndexFunc(d.Nodes, func(n *category.Node) bool { return slices.Contains(n.Out, d.Outs[0]) })
	if last < 0 {
		return nil
	}
	p := *d
	p.Outs = slices.Clone(d.Nodes[last].In)
	needed := map[category.WireID]bool{}
	for _, w := range p.Outs {
		needed[w] = true
	}
	var kept []*category.Node
	for i := last - 1; i >= 0; i-- {
		n := d.Nodes[i]
		if !slices.ContainsFunc(n.Out, func(w category.WireID) bool { return needed[w] }) {
			continue
		}
		kept = append(kept, n)
		needed[n.Given] = true
		for _, w := range slices.Concat(n.In, n.Settings) {
			needed[w] = true
		}
	}
	slices.Reverse(kept)
	p.Nodes = kept
	return &p
}

// arrowNamed finds a checked arrow for `accuracy of predict`; nil after
// reporting, or silently where the arrow is faulty.
func (t *training) arrowNamed(name syntax.Name) *category.Arrow {
	if from, bare, qualified := t.elsewhere(name); qualified {
		a, _ := t.arrowElsewhere(name, from, bare)
		t.ok = t.ok && a != nil
		return a
	}
	decl, ok := t.decls[name.Text].(*syntax.ArrowDecl)
	if !ok {
		t.unknown(name, "arrow", t.declaredAs("arrow"))
		t.ok = false
		return nil
	}
	if decl.Generic() {
		t.oneOfMany(name, decl)
		t.ok = false
		return nil
	}
	a := t.arrowsBy[name.Text]
	t.ok = t.ok && a != nil
	return a
}
