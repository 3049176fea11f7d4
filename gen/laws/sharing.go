package laws

import (
	"fmt"
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// sharingWithin is how far two orders of adding in float64 may be apart.
const sharingWithin = 1e-12

// sharingAt compares two uses of an arrow under the same parameters with two
// under copies of them: sharing is copying, so the derivative by what is shared
// is the sum of the derivatives by the copies.
func (j *subject) sharingAt(s *sampler) (measured, error) { return j.sharingOf(s, twice) }

// sharingOf does so where sharing makes the diagram of two uses.
func (j *subject) sharingOf(s *sampler, sharing func(*category.Diagram) *category.Diagram) (measured, error) {
	if j.d.Given == category.NoWire {
		return measured{}, nil
	}
	p, cotP, err := j.start(s)
	if err != nil {
		return measured{}, err
	}
	q, cotQ, err := j.start(s)
	if err != nil {
		return measured{}, err
	}
	q.given, q.settings = p.given, p.settings
	_, _, one, err := j.reverse(&p, cotP)
	if err != nil {
		return measured{}, err
	}
	_, _, other, err := j.reverse(&q, cotQ)
	if err != nil {
		return measured{}, err
	}
	n := examples(j.d)
	both := point{in: beside(p.in, q.in, n), given: p.given, settings: p.settings}
	_, _, shared, err := (&subject{j.it, sharing(j.d)}).reverse(&both, beside(cotP, cotQ, n))
	if err != nil {
		return measured{}, err
	}
	a, b, c := one.Flat(), other.Flat(), shared.Flat()
	worst, size := 0.0, math.Max(norm(c), gradientFloor)
	for i := range c {
		worst = math.Max(worst, math.Abs(a[i]+b[i]-c[i]))
	}
	d := worst / size
	if d != d {
		d = math.Inf(1)
	}
	return measured{d, fmt.Sprintf("the derivative by shared parameters is %.3g away from the sum over copies", worst)}, nil
}

// twice is d beside d, on inputs of their own and shared parameters.
func twice(d *category.Diagram) *category.Diagram {
	both := category.NewDiagram()
	a := &category.Arrow{Name: "f", Diagram: d}
	both.Given = both.AddWire(d.TypeOf(d.Given), "", d.Wires[d.Given].Span)
	for _, w := range d.Settings {
		both.Settings = append(both.Settings, both.AddWire(d.TypeOf(w), d.Wires[w].Name, d.Wires[w].Span))
	}
	for range 2 {
		n := &category.Node{Op: &category.Call{Arrow: a}, Given: both.Given, Settings: both.Settings}
		for _, w := range d.Ins {
			n.In = append(n.In, both.AddWire(d.TypeOf(w), d.Wires[w].Name, d.Wires[w].Span))
		}
		for _, w := range d.Outs {
			n.Out = append(n.Out, both.AddWire(d.TypeOf(w), d.Wires[w].Name, d.Wires[w].Span))
		}
		both.Ins, both.Outs, both.Nodes = append(both.Ins, n.In...), append(both.Outs, n.Out...), append(both.Nodes, n)
	}
	return both
}
