package eval

import (
	"math/rand"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// draw fills v with numbers inside t's set, away from its ends, so that a
// difference stays inside.
func draw(v *Value, t *category.Type, rnd *rand.Rand) {
	switch t.Kind {
	case category.Record:
		for i := range v.Parts {
			draw(&v.Parts[i], t.Fields[i].Type, rnd)
		}
		return
	case category.Power:
		for i := range v.Parts {
			draw(&v.Parts[i], t.Elem, rnd)
		}
		return
	}
	for i := range v.Data {
		switch set := t.Set; {
		case t.Kind == category.Fin:
			v.Data[i] = float64(rnd.Intn(t.N))
		case set == nil:
			v.Data[i] = 1.5 * rnd.NormFloat64()
		case set.Simplex || set.High == 1 && set.Low == 0:
			v.Data[i] = 0.1 + 0.8*rnd.Float64()
		default:
			v.Data[i] = 0.1 + 2*rnd.Float64()
		}
	}
	if t.Set != nil && t.Set.Simplex {
		k := t.Dims[len(t.Dims)-1]
		for at := 0; at < len(v.Data); at += k {
			total := 0.0
			for _, p := range v.Data[at : at+k] {
				total += p
			}
			for j := range k {
				v.Data[at+j] /= total
			}
		}
	}
}
