package category

import "github.com/ctgen-lang/ctgen/dsl/diag"

// Implementation says that hand-written Go may stand in for the composition
// that an arrow is: `hand implements affine >> sigmoid within 1e-6`. By
// meaning the arrow is the composition; whether the Go is used is for those
// to decide who can tell that its law passed.
type Implementation struct {
	Span    diag.Span // from `hand` on
	Text    string    // the composition as the spec writes it
	Within  float64   // 0 where Exactly
	Exactly bool
	Spec    string // identifies the arrow's meaning: everything its law depends on
}

// StandIn is the hand-written Go that computes an arrow in place of its
// composition.
type StandIn struct {
	Reverse bool // its reverse is hand-written as well
}

// Use is the diagram of one call of a: what stands where a is called, where
// a's own diagram is what a means.
func (a *Arrow) Use() *Diagram {
	d := NewDiagram()
	n := &Node{Op: &Call{Arrow: a}, Given: NoWire, Span: a.Span}
	for i, t := range a.Dom.Factors() {
		name := ""
		if i < len(a.Inputs) {
			name = a.Inputs[i]
		}
		d.Ins = append(d.Ins, d.AddWire(t, name, a.Span))
	}
	n.In = d.Ins
	if !a.Given.IsUnit() {
		d.Given = d.AddWire(a.Given, "", a.Span)
		n.Given = d.Given
	}
	for _, s := range a.Open {
		d.Settings = append(d.Settings, d.AddWire(s.Type, s.Name, a.Span))
	}
	n.Settings = d.Settings
	for _, t := range a.Cod.Factors() {
		d.Outs = append(d.Outs, d.AddWire(t, "", a.Span))
	}
	n.Out = d.Outs
	d.Nodes = []*Node{n}
	return d
}
