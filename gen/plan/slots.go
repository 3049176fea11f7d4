package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Slot is what the arrows of a diagram say about one leaf of its parameters
// or state.
type Slot struct {
	Path []string
	Leaf category.Leaf
	// Init is the leaf's own initialiser, else that of its first use, else
	// zeros.
	Init category.Init
	// FanIn and FanOut count the inputs and outputs that one element of the
	// first use's port stands between; 0 where no primitive uses the leaf.
	FanIn, FanOut int
	// Elements is the size of one such port: a leaf repeated by `repeat`
	// holds several.
	Elements int
	Decay    float64 // what weight decay is multiplied by; 0 where it leaves the leaf alone
}

// Slots returns one Slot for each leaf of d's state, or else of its
// parameters, in the order of Type.Leaves.
func Slots(c *category.Category, d *category.Diagram) (slots []Slot, err error) {
	defer guard(&err)
	w := d.Given
	if d.State != category.NoWire {
		w = d.State
	}
	if w == category.NoWire {
		return nil, nil
	}
	b := newBuilder(c, "", spanOf(d))
	b.g.standIns = nil // parameters are what the spec says, whoever computes with them
	roots := b.arguments(StateArg, 0, d.TypeOf(w), "")
	args := make([]vid, len(roots))
	for i, r := range roots {
		args[i] = r.v
	}
	in := &inliner{g: b.g, training: true}
	ins := b.data(d, true)
	settings := b.settings(d)
	if d.State != category.NoWire {
		given := []ref(nil)
		if d.Given != category.NoWire {
			given = b.arguments(ParamArg, 0, d.TypeOf(d.Given), "")
		}
		in.diagram(d, ins, given, roots, settings)
	} else {
		in.diagram(d, ins, roots, nil, settings)
	}
	found := b.g.slots()
	for i, l := range d.TypeOf(w).Leaves() {
		s := found[args[i]]
		slot := Slot{Path: l.Path, Leaf: l, Init: category.Init{Name: "zeros"}, Decay: s.decay}
		if s.port != nil {
			slot.FanIn, slot.FanOut = fans(s.prim, s.port)
			slot.Elements = product(s.prim.PortShape(*s.port))
			if s.port.Init != nil {
				slot.Init = *s.port.Init
			}
		}
		if l.Field != nil && l.Field.Init != nil {
			slot.Init = *l.Field.Init
		}
		slots = append(slots, slot)
	}
	return slots, nil
}

// use is the first use of a value as a parameter.
type use struct {
	prim  *category.Prim
	port  *category.Port
	decay float64 // what weight decay is multiplied by
}

// slots finds, for each argument, the parameter slot that reads it first.
func (g *graph) slots() map[vid]use {
	if g.used != nil {
		return g.used
	}
	g.used = map[vid]use{}
	for _, n := range g.nodes {
		for i, r := range n.given {
			v := g.resolve(r).v
			if _, seen := g.used[v]; seen {
				continue
			}
			switch {
			case n.kind == primNode:
				p := &n.prim.Decl.Given[i]
				g.used[v] = use{n.prim, p, 1}
				if p.NoDecay {
					g.used[v] = use{n.prim, p, 0}
				}
			case i < len(n.uses) && n.uses[i].port != nil:
				g.used[v] = n.uses[i]
			}
		}
	}
	for v, l := range g.leaves {
		u, seen := g.used[v]
		if !seen {
			u.decay = 1
		}
		u.decay = l.Around * l.Field.Decay(u.decay)
		g.used[v] = u
	}
	return g.used
}

// fans counts what a parameter connects: dimensions that the domain shares
// are inputs, those only the codomain shares outputs, and those of neither
// (a receptive field) count for both.
func fans(p *category.Prim, port *category.Port) (in, out int) {
	has := func(ports []category.Port, v string) bool {
		return slices.ContainsFunc(ports, func(q category.Port) bool {
			return q.FinSize != nil && q.FinSize.Var == v ||
				slices.ContainsFunc(q.Shape, func(d category.DimTerm) bool { return d.Var == v && v != "" })
		})
	}
	in, out = 1, 1
	for _, d := range port.Shape {
		size := d.Const
		switch {
		case d.Segment:
			size = product(p.Segs[d.Var])
		case d.Var != "":
			size = p.Dims[d.Var]
		}
		input, output := has(p.Decl.Ins, d.Var), has(p.Decl.Outs, d.Var)
		if input || !output {
			in *= size
		}
		if output && !input || !input && !output {
			out *= size
		}
	}
	return in, out
}
