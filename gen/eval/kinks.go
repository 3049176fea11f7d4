package eval

import (
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Closeness says what a point is too close to for differences.
type Closeness struct {
	Kink      bool // a declared kink
	Saturated bool // the end of a set, which an arrow in between all but reaches
}

// saturation is how close to the end of a set a number has lost so many digits
// of its distance from it that differences of what is made of that distance
// say nothing: 1 - y behind a sigmoid of 10, in float64. At 0 none are lost,
// but below smallest, which float32 does not hold, standard arrows clamp.
const (
	saturation = 1e-4
	smallest   = 0x1p-126
)

// Close says whether a tensor that a primitive of d declares kinks in comes
// closer than margin to one, at that place, and whether one saturates that
// another may read.
func (it *Interp) Close(d *category.Diagram, in []Value, given Value, settings []float64, margin float64) (Closeness, error) {
	return it.CloseBatch(d, [][]Value{in}, given, settings, margin)
}

// CloseBatch says so of any example of a batch.
func (it *Interp) CloseBatch(d *category.Diagram, ins [][]Value, given Value, settings []float64, margin float64) (Closeness, error) {
	near := make([]Closeness, len(ins))
	err := together(len(ins), func(k int, b *batch) error {
		active := make([]bool, len(d.Ins))
		for i := range active {
			active[i] = true
		}
		f, err := it.member(b, k).forward(d, ins[k], given, settings, active, true)
		if err == nil {
			near[k] = Closeness{Kink: f.nearKink(margin), Saturated: f.primitives() > 1 && f.saturated()}
		}
		return err
	})
	var any Closeness
	for _, c := range near {
		any.Kink, any.Saturated = any.Kink || c.Kink, any.Saturated || c.Saturated
	}
	return any, err
}

// each calls see with every primitive that ran, those of nested diagrams
// included, until it returns false.
func (f *frame) each(see func(run *applied) bool) bool {
	for _, run := range f.runs {
		if !see(run) {
			return false
		}
	}
	for _, frames := range f.nested {
		for _, g := range frames {
			if !g.each(see) {
				return false
			}
		}
	}
	return true
}

func (f *frame) primitives() int {
	n := 0
	f.each(func(*applied) bool { n++; return true })
	return n
}

func (f *frame) nearKink(margin float64) bool {
	return !f.each(func(run *applied) bool {
		for _, k := range run.p.prim.Decl.Kinks {
			for _, v := range run.p.get(run.m, k.Input) {
				if math.Abs(v-k.At) < margin {
					return false
				}
			}
		}
		return true
	})
}

func (f *frame) saturated() bool {
	return !f.each(func(run *applied) bool {
		for _, out := range run.p.prim.Decl.Outs {
			ends := ends(out.Set)
			for _, v := range run.p.get(run.m, out.Name) {
				if v != 0 && math.Abs(v) < smallest {
					return false
				}
				for _, end := range ends {
					if math.Abs(v-end) < saturation {
						return false
					}
				}
			}
		}
		return true
	})
}

// ends are the finite ends of a set where numbers lose their distance.
func ends(s *category.Set) []float64 {
	switch {
	case s == nil || s.Finite:
		return nil
	case s.Simplex:
		return []float64{1}
	}
	var out []float64
	for _, end := range []float64{s.Low, s.High} {
		if end != 0 && !math.IsInf(end, 0) {
			out = append(out, end)
		}
	}
	return out
}
