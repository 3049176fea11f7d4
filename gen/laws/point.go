package laws

import (
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/eval"
)

// point is where a diagram is evaluated: for one example, or for a batch of
// them, one after another.
type point struct {
	in       []eval.Value
	given    eval.Value
	settings []float64
}

// draw draws a point for d.
func (s *sampler) point(d *category.Diagram) point {
	var p point
	for range examples(d) {
		for _, w := range d.Ins {
			p.in = append(p.in, s.value(d.TypeOf(w), false))
		}
	}
	if d.Given != category.NoWire {
		p.given = s.value(d.TypeOf(d.Given), true)
	}
	for _, w := range d.Settings {
		p.settings = append(p.settings, s.value(d.TypeOf(w), false).Number())
	}
	return p
}

func (p point) clone() point {
	q := point{given: p.given.Clone(), settings: append([]float64(nil), p.settings...)}
	for _, v := range p.in {
		q.in = append(q.in, v.Clone())
	}
	return q
}

// slot is a number that a derivative is taken by, and what the reverse
// derivative says about it.
type slot struct {
	at   *float64
	grad float64
	leaf int // slots of one tensor share it
}

// slots lists the numbers of p that may move, beside the gradient's. din and
// dgiven may be nil where no gradient is at hand.
func (p *point) slots(d *category.Diagram, din []eval.Value, dgiven eval.Value) []slot {
	w := &slotWalk{}
	for i := range p.in {
		g := eval.Value{}
		if din != nil {
			g = din[i]
		}
		w.walk(&p.in[i], g, d.TypeOf(d.Ins[i%len(d.Ins)]), false)
	}
	if d.Given != category.NoWire {
		w.walk(&p.given, dgiven, d.TypeOf(d.Given), true)
	}
	return w.out
}

type slotWalk struct {
	out  []slot
	leaf int
}

// walk goes through v and its gradient, in which index-like parts are missing
// where reduced says so.
func (w *slotWalk) walk(v *eval.Value, g eval.Value, t *category.Type, reduced bool) {
	if t.IndexLike() {
		return
	}
	c := t.Carrier()
	part := func(i, k int) eval.Value {
		switch {
		case !reduced && i < len(g.Parts):
			return g.Parts[i]
		case reduced && k < len(g.Parts):
			return g.Parts[k]
		}
		return eval.Value{}
	}
	types := componentsOf(c, len(v.Parts))
	if types == nil {
		for i := range v.Data {
			s := slot{at: &v.Data[i], leaf: w.leaf}
			if i < len(g.Data) {
				s.grad = g.Data[i]
			}
			w.out = append(w.out, s)
		}
		w.leaf++
		return
	}
	moving := 0
	for _, ct := range types {
		if !ct.IndexLike() {
			moving++
		}
	}
	k := 0
	for i, ct := range types {
		if ct.IndexLike() {
			continue
		}
		if reduced && c.Kind == category.Product && moving == 1 { // a product of one is that one
			w.walk(&v.Parts[i], g, ct, reduced)
			continue
		}
		w.walk(&v.Parts[i], part(i, k), ct, reduced)
		k++
	}
}

// componentsOf lists the types of a value's parts; nil for a tensor.
func componentsOf(c *category.Type, n int) []*category.Type {
	switch c.Kind {
	case category.Record:
		out := make([]*category.Type, len(c.Fields))
		for i := range c.Fields {
			out[i] = c.Fields[i].Type
		}
		return out
	case category.Product:
		return c.Items
	case category.Power, category.List, category.Option:
		out := make([]*category.Type, n)
		for i := range out {
			out[i] = c.Elem
		}
		return out
	}
	return nil
}

func norm(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x * x
	}
	return math.Sqrt(s)
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i, x := range a {
		s += x * b[i]
	}
	return s
}

// shift evaluates f with the slots moved by h along dir.
func shift(s []slot, dir []float64, h float64, f func() error) error {
	base := make([]float64, len(s))
	for i := range s {
		base[i] = *s[i].at
		*s[i].at += h * dir[i]
	}
	err := f()
	for i := range s {
		*s[i].at = base[i]
	}
	return err
}
