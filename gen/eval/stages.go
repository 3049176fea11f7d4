package eval

import (
	"strconv"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Stage is what one operation of a diagram made.
type Stage struct {
	Name  string // of the arrow, as the spec calls it
	Span  diag.Span
	In    []Value
	Out   []Value
	Types []*category.Type // of Out
}

// Stages computes d like Run and lists what its arrows made, in order; what
// only takes values apart and puts them together is left out.
func (it *Interp) Stages(d *category.Diagram, in []Value, given Value, settings []float64) ([]Stage, error) {
	f, err := it.member(newBatch(1), 0).forward(d, in, given, settings, nil, false)
	if err != nil {
		return nil, err
	}
	var out []Stage
	for _, n := range d.Nodes {
		name := operationName(n.Op)
		if name == "" {
			continue
		}
		s := Stage{Name: name, Span: n.Span, In: f.values(n.In), Out: f.values(n.Out)}
		for _, w := range n.Out {
			s.Types = append(s.Types, d.TypeOf(w))
		}
		out = append(out, s)
	}
	return out, nil
}

// operationName is what a spec calls an operation, "" where it has no name.
func operationName(op category.Op) string {
	switch op := op.(type) {
	case *category.Call:
		return op.Arrow.Name
	case *category.Apply:
		if op.Prim.Decl.Std {
			return "std." + op.Prim.Decl.Name
		}
		return op.Prim.Decl.Name
	case *category.Map:
		return "map"
	case *category.Repeat:
		if op.Over != category.Real {
			return "fold"
		}
		return "repeat[" + strconv.Itoa(op.N) + "]"
	case *category.Grad:
		return "grad"
	}
	return ""
}
