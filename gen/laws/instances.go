package laws

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// shape says at which extents a scheme is tried: of a variable, and the axes
// of a segment.
type shape struct {
	dim   func(name string) int
	axes  func(name string) []int
	count int // of settings that are dimensions and may be 1: heads
}

// square gives everything one extent: the shape at which indices can be
// exchanged.
var square = shape{func(string) int { return 3 }, func(string) []int { return []int{3} }, 3}

// shapes are those at which schemes are tried besides: one of everything, and
// extents that tell axes apart.
var shapes = []shape{
	{func(string) int { return 1 }, func(string) []int { return nil }, 1},
	{func(n string) int { return 2 + int(n[0])%3 }, func(n string) []int { return []int{2 + int(n[0])%2} }, 2},
	{func(n string) int { return 3 + int(n[0])%2 }, func(n string) []int { return []int{2, 3 - int(n[0])%2} }, 2},
	square,
}

// instance solves d at a shape, with settings drawn from their sets.
func instance(d *category.PrimDecl, at shape, r *rng.Rand) *category.Prim {
	p := &category.Prim{Decl: d, Dims: map[string]int{}, Segs: map[string][]int{}}
	for _, v := range d.Dims {
		if d.Segments[v] {
			p.Segs[v] = at.axes(v)
		} else {
			p.Dims[v] = at.dim(v)
		}
		if _, list := d.Lengths[v]; list {
			p.Dims[v] = category.Dynamic
		}
	}
	for _, s := range d.Settings {
		v := category.SettingValue{Wire: -1, Const: 0.5 + r.Float64()}
		if s.Set != nil && !s.Set.Contains(v.Const) && s.Default != nil {
			v.Const = *s.Default
		}
		if s.Dim {
			p.Dims[s.Name] = s.Least() + at.count - 1
			v.Const = float64(p.Dims[s.Name])
		}
		p.Settings = append(p.Settings, v)
	}
	p.Complete()
	if d.Type != "" {
		p.Object = &category.Type{Kind: category.Record, Fields: []category.Field{
			{Name: "a", Type: category.NewReal(at.dim("a"))}, {Name: "b", Type: category.NewReal()},
		}}
	}
	return p
}

// portType is an anonymous object for a port.
func portType(p *category.Prim, q category.Port) *category.Type {
	if q.Whole {
		return q.Holds(p.Object)
	}
	if q.Over != category.Real {
		elem := q
		elem.Over, elem.Shape = category.Real, q.Shape[1:]
		return &category.Type{Kind: q.Over, Elem: portType(p, elem)}
	}
	dims := p.PortShape(q)
	switch {
	case q.Kind == category.Real:
		t := category.NewReal(dims...)
		t.Set, t.Running = q.Set, q.Running
		return t
	}
	t := &category.Type{Kind: q.Kind}
	if q.FinSize != nil {
		t.N = max(q.FinSize.Const, p.Dims[q.FinSize.Var])
	}
	for _, n := range slices.Backward(dims) {
		t = &category.Type{Kind: category.Power, N: n, Elem: t}
	}
	return t
}

// alone is the diagram of one primitive.
func alone(p *category.Prim) *category.Diagram {
	d := category.NewDiagram()
	n := &category.Node{Op: &category.Apply{Prim: p}, Given: category.NoWire, Span: p.Decl.Span}
	for _, q := range p.Decl.Ins {
		d.Ins = append(d.Ins, d.AddWire(portType(p, q), q.Name, p.Decl.Span))
	}
	n.In = d.Ins
	if len(p.Decl.Given) > 0 {
		rec := &category.Type{Kind: category.Record}
		for _, q := range p.Decl.Given {
			rec.Fields = append(rec.Fields, category.Field{Name: q.Name, Type: portType(p, q)})
		}
		d.Given = d.AddWire(rec, "", p.Decl.Span)
		n.Given = d.Given
	}
	for _, q := range p.Decl.Outs {
		d.Outs = append(d.Outs, d.AddWire(portType(p, q), q.Name, p.Decl.Span))
	}
	n.Out = d.Outs
	d.Nodes = []*category.Node{n}
	return d
}
