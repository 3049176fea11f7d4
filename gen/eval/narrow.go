package eval

import "github.com/ctgen-lang/ctgen/dsl/category"

// Narrow returns an interpreter that rounds to float32 what each primitive
// makes and keeps, and each cotangent. How far it is from it says how well
// compiled float32 can do at a point: behind a sigmoid of 10, 1 - y has few
// digits left.
func (it *Interp) Narrow() *Interp {
	return &Interp{cat: it.cat, narrow: true, Training: it.Training, Example: it.Example}
}

// narrowed rounds the numbers of v in place.
func (it *Interp) narrowed(v *Value) {
	if !it.narrow {
		return
	}
	narrow(v.Data)
	for i := range v.Parts {
		it.narrowed(&v.Parts[i])
	}
}

func narrow(data []float64) {
	for i, x := range data {
		data[i] = float64(float32(x))
	}
}

// narrowRun rounds what a primitive wrote and what its reverse lines may read.
func (it *Interp) narrowRun(p *program, m *machine, d *category.PrimDecl) {
	if !it.narrow {
		return
	}
	for _, name := range d.Keeps {
		narrow(p.get(m, name))
	}
	for _, q := range d.Outs {
		narrow(p.get(m, q.Name))
	}
}
