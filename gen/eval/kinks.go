package eval

import (
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// NearKink reports whether a tensor that a primitive of d declares kinks in
// comes closer than margin to one, at that place.
func (it *Interp) NearKink(d *category.Diagram, in []Value, given Value, settings []float64, margin float64) (bool, error) {
	active := make([]bool, len(d.Ins))
	for i := range active {
		active[i] = true
	}
	f, err := it.forward(d, in, given, settings, active, true)
	if err != nil {
		return false, err
	}
	return f.nearKink(margin), nil
}

func (f *frame) nearKink(margin float64) bool {
	for _, run := range f.runs {
		for _, k := range run.p.prim.Decl.Kinks {
			for _, v := range run.p.get(run.m, k.Input) {
				if math.Abs(v-k.At) < margin {
					return true
				}
			}
		}
	}
	for _, frames := range f.nested {
		for _, g := range frames {
			if g.nearKink(margin) {
				return true
			}
		}
	}
	return false
}
