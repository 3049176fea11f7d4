package export

import (
	"maps"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// diagram is a graph in static single assignment form: every wire is written
// once, and before it is read. A wire that is read twice is copied, one that
// nobody reads is dropped. Wires are named by their index.
type diagram struct {
	Inputs   []int  `json:"inputs"`
	Given    *int   `json:"given"` // the parameters; null where there are none
	State    *int   `json:"state"` // the current state of an endo, else null
	Settings []int  `json:"settings"`
	Outputs  []int  `json:"outputs"`
	Wires    []wire `json:"wires"`
	Nodes    []node `json:"nodes"`
	Ports    []port `json:"ports,omitempty"` // state that the forward pass advances
	Seed     *int   `json:"seed,omitempty"`
}

type wire struct {
	Name string `json:"name,omitempty"`
	Type *typ   `json:"type"`
	At   *place `json:"at"`
}

type port struct {
	Name string `json:"name"`
	In   int    `json:"in"`
	Out  int    `json:"out"`
}

// node is one operation. Which of the fields behind Op are there depends on
// it.
type node struct {
	Op        string   `json:"op"`
	Arrow     string   `json:"arrow,omitempty"`     // call
	Primitive string   `json:"primitive,omitempty"` // apply
	Solved    *solved  `json:"solved,omitempty"`    // apply
	Field     string   `json:"field,omitempty"`     // project out of a record
	Index     *int     `json:"index,omitempty"`     // project
	Type      *typ     `json:"type,omitempty"`      // pack
	Value     *number  `json:"value,omitempty"`     // constant
	Functor   string   `json:"functor,omitempty"`   // map: power, list, option
	Times     *int     `json:"times,omitempty"`     // map, repeat
	Shared    bool     `json:"shared,omitempty"`    // repeat
	Folds     string   `json:"folds,omitempty"`     // repeat
	Body      *diagram `json:"body,omitempty"`      // grad, map, repeat
	In        []int    `json:"in"`
	Given     *int     `json:"given"`
	Settings  []int    `json:"settings"`
	Out       []int    `json:"out"`
	Training  bool     `json:"training,omitempty"` // acts in training only
	At        *place   `json:"at"`
}

// solved is what a primitive's scheme is where it is applied.
type solved struct {
	Dims     map[string]int   `json:"dims"`
	Segments map[string][]int `json:"segments"`
	Settings []solvedSetting  `json:"settings"`
	Object   *typ             `json:"object,omitempty"` // of a scheme over objects
}

// solvedSetting is a constant, or a wire: one of the node's settings, by its
// place among them.
type solvedSetting struct {
	Name  string  `json:"name"`
	Value *number `json:"value,omitempty"`
	Wire  *int    `json:"wire,omitempty"`
}

func (e *exporter) diagram(d *category.Diagram) *diagram {
	if d == nil {
		return nil
	}
	out := &diagram{
		Inputs: ids(d.Ins), Given: id(d.Given), State: id(d.State), Settings: ids(d.Settings), Outputs: ids(d.Outs),
		Wires: []wire{}, Nodes: []node{}, Seed: id(d.Seed),
	}
	for _, w := range d.Wires {
		out.Wires = append(out.Wires, wire{w.Name, e.typeOf(w.Type), at(w.Span)})
	}
	for _, n := range d.Nodes {
		out.Nodes = append(out.Nodes, e.node(n))
	}
	for _, p := range d.Ports {
		out.Ports = append(out.Ports, port{p.Name, int(p.In), int(p.Out)})
	}
	return out
}

func (e *exporter) node(n *category.Node) node {
	out := node{
		In: ids(n.In), Given: id(n.Given), Settings: ids(n.Settings), Out: ids(n.Out),
		Training: n.Mode == category.Training, At: at(n.Span),
	}
	switch op := n.Op.(type) {
	case *category.Call:
		out.Op, out.Arrow = "call", e.arrows.name(op.Arrow)
	case *category.Apply:
		out.Op, out.Primitive, out.Solved = "apply", e.prims.name(op.Prim.Decl), e.solvedOf(op.Prim)
	case *category.Project:
		out.Op, out.Field, out.Index = "project", op.Field, &op.Index
	case *category.Pack:
		out.Op, out.Type = "pack", e.typeOf(op.Type)
	case *category.Constant:
		v := number(op.Value)
		out.Op, out.Value = "constant", &v
	case *category.Grad:
		out.Op, out.Body = "grad", e.diagram(op.Body)
	case *category.Map:
		out.Op, out.Body, out.Functor, out.Times = "map", e.diagram(op.Body), typeKinds[op.Over], &op.N
	case *category.Repeat:
		out.Op, out.Body, out.Times, out.Shared = "repeat", e.diagram(op.Body), &op.N, op.Shared
		switch op.Over {
		case category.Power:
			out.Folds = "power"
		case category.List:
			out.Folds = "list"
		}
	}
	return out
}

func (e *exporter) solvedOf(p *category.Prim) *solved {
	out := &solved{Dims: map[string]int{}, Segments: map[string][]int{}, Settings: []solvedSetting{}, Object: e.typeOf(p.Object)}
	maps.Copy(out.Dims, p.Dims)
	for name, dims := range p.Segs {
		out.Segments[name] = append([]int{}, dims...)
	}
	for i, s := range p.Settings {
		x := solvedSetting{Name: p.Decl.Settings[i].Name}
		if s.Wire >= 0 {
			x.Wire = &s.Wire
		} else {
			v := number(s.Const)
			x.Value = &v
		}
		out.Settings = append(out.Settings, x)
	}
	return out
}

// id is nil where there is no such wire.
func id(w category.WireID) *int {
	if w == category.NoWire {
		return nil
	}
	n := int(w)
	return &n
}

func ids(ws []category.WireID) []int {
	all := []int{}
	for _, w := range ws {
		all = append(all, int(w))
	}
	return all
}
