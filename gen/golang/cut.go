package golang

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// steps lists the operations of a diagram on data, by their place among the
// nodes. What only takes parameters apart is none.
func steps(d *category.Diagram) []int {
	fixed := ofParameters(d)
	var out []int
	for i, n := range d.Nodes {
		if !fixed[n] {
			out = append(out, i)
		}
	}
	return out
}

// ofParameters marks the nodes that depend on parameters and settings alone.
func ofParameters(d *category.Diagram) map[*category.Node]bool {
	data := make([]bool, len(d.Wires))
	for _, w := range d.Ins {
		data[w] = true
	}
	fixed := map[*category.Node]bool{}
	for _, n := range d.Nodes {
		_, literal := n.Op.(*category.Constant)
		moves := !literal && (len(n.In) == 0 || slices.ContainsFunc(n.In, func(w category.WireID) bool { return data[w] }))
		if _, projects := n.Op.(*category.Project); !projects && !literal {
			moves = true
		}
		fixed[n] = !moves
		for _, w := range n.Out {
			data[w] = moves
		}
	}
	return fixed
}

// cutDiagram cuts d behind its first k operations. Both parts have all of its
// parameters; what crosses the cut are the results of the first part and the
// inputs of the second.
func cutDiagram(d *category.Diagram, k int) (first, second *category.Diagram) {
	fixed := ofParameters(d)
	a, b := *d, *d
	a.Nodes, b.Nodes = nil, nil
	made := map[category.WireID]bool{}
	for _, w := range d.Ins {
		made[w] = true
	}
	for _, n := range d.Nodes {
		switch {
		case fixed[n]:
			a.Nodes, b.Nodes = append(a.Nodes, n), append(b.Nodes, n)
		case k > 0:
			k--
			a.Nodes = append(a.Nodes, n)
			for _, w := range n.Out {
				made[w] = true
			}
		default:
			b.Nodes = append(b.Nodes, n)
		}
	}
	var crossing []category.WireID
	cross := func(ws []category.WireID) {
		for _, w := range ws {
			if made[w] && !slices.Contains(crossing, w) {
				crossing = append(crossing, w)
			}
		}
	}
	for _, n := range b.Nodes {
		cross(n.In)
		if n.Given != category.NoWire {
			cross([]category.WireID{n.Given})
		}
		cross(n.Settings)
	}
	cross(d.Outs)
	a.Outs, b.Ins = crossing, crossing
	return &a, &b
}
