package eval

import (
	"strconv"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// tree is a value over the type parameter that a scheme over objects reads or
// writes: the tensor its leaves become, and whether it lacks index-like parts
// as tangents do.
type tree struct {
	tensor  string
	tangent bool
}

// leafwise walks the trees of a scheme over objects together.
type leafwise struct {
	f        *frame
	prim     *category.Prim
	settings []float64
	lines    func(*program) [][]loop
	scalars  map[string][]float64 // components that all leaves share
	reads    []tree
	writes   []tree
	next     map[string][]float64 // next values of shared components
	totals   map[string]float64   // while sums over all leaves are added up
}

// applyEach runs the means lines on every leaf.
func (f *frame) applyEach(n *category.Node, prim *category.Prim) ([]Value, error) {
	d := prim.Decl
	w := &leafwise{
		f: f, prim: prim, settings: f.settingValues(n, prim),
		lines:   func(p *program) [][]loop { return [][]loop{p.means} },
		scalars: map[string][]float64{}, next: map[string][]float64{},
	}
	trees := map[string]Value{}
	read := func(q category.Port, v Value) {
		if !q.Whole {
			w.scalars[q.Name] = v.Flat()
			return
		}
		w.reads = append(w.reads, tree{q.Name, q.TangentOf})
		trees[q.Name] = v
	}
	for i, q := range d.Ins {
		read(q, f.env[n.In[i]])
	}
	for i, q := range d.Given {
		v := f.env[n.Given]
		if d.State != "" {
			v = v.Parts[i]
		}
		read(q, v)
	}
	w.addUp(trees)
	for _, q := range d.Outs {
		if q.Whole {
			w.writes = append(w.writes, tree{q.Name, q.TangentOf})
		}
	}
	out := w.walk(prim.Object, "", trees)
	res := make([]Value, len(d.Outs))
	for i, q := range d.Outs {
		res[i] = out[q.Name]
		if !q.Whole {
			res[i] = Value{Data: w.next[q.Name]}
		}
	}
	if d.State != "" {
		return []Value{Tuple(res...)}, nil
	}
	return res, nil
}

// addUp computes the sums over all leaves; then each leaf sees them as numbers.
func (w *leafwise) addUp(trees map[string]Value) {
	sums := *w
	sums.lines = func(p *program) [][]loop { return [][]loop{p.totals} }
	sums.totals, sums.next = map[string]float64{}, nil
	for _, line := range w.prim.Decl.Totals() {
		sums.totals[line.Target] = 0
	}
	if len(sums.totals) == 0 {
		return
	}
	sums.walk(w.prim.Object, "", trees)
	for name, v := range sums.totals {
		w.scalars[name] = []float64{v}
	}
}

// applyEach runs the reverse lines on every leaf, after the means lines.
func (b *backward) applyEach(n *category.Node, prim *category.Prim) error {
	d := prim.Decl
	if len(d.Reverse) == 0 || d.State != "" || len(d.Given) > 0 {
		return irreversible(n, prim)
	}
	w := &leafwise{
		f: b.f, prim: prim, settings: b.f.settingValues(n, prim),
		lines: func(p *program) [][]loop { return [][]loop{p.means, p.revs} },
	}
	trees := map[string]Value{}
	for i, q := range d.Ins {
		w.reads = append(w.reads, tree{q.Name, q.TangentOf})
		w.writes = append(w.writes, tree{"d" + q.Name, q.TangentOf})
		trees[q.Name] = b.f.env[n.In[i]]
	}
	for i, q := range d.Outs {
		w.reads = append(w.reads, tree{"d" + q.Name, q.TangentOf})
		trees["d"+q.Name] = b.full(n.Out[i])
	}
	out := w.walk(prim.Object, "", trees)
	for i, q := range d.Ins {
		b.add(n.In[i], out["d"+q.Name])
	}
	return nil
}

// walk returns one tree for each that the lines write.
func (w *leafwise) walk(t *category.Type, path string, in map[string]Value) map[string]Value {
	if t.IndexLike() {
		return w.untouched(t, in)
	}
	c := t.Carrier()
	if c.Kind == category.Real {
		return w.leaf(c, path, in)
	}
	out := map[string]Value{}
	for _, r := range w.writes {
		out[r.tensor] = Value{Form: Parts}
	}
	tangents := 0
	for i, p := range components(t) {
		child := path
		switch c.Kind {
		case category.Record:
			child += "." + c.Fields[i].Name
		case category.Product:
			child += "." + strconv.Itoa(i)
		}
		dropped := p.IndexLike()
		sub := map[string]Value{}
		for _, r := range w.reads {
			switch {
			case !r.tangent:
				sub[r.tensor] = in[r.tensor].Parts[i]
			case !dropped:
				sub[r.tensor] = in[r.tensor].Parts[tangents]
			}
		}
		res := w.walk(p, child, sub)
		for _, r := range w.writes {
			if !r.tangent || !dropped {
				v := out[r.tensor]
				v.Parts = append(v.Parts, res[r.tensor])
				out[r.tensor] = v
			}
		}
		if !dropped {
			tangents++
		}
	}
	return out
}

// untouched keeps index-like parts as they are: an output takes the value of
// the component whose next value it is.
func (w *leafwise) untouched(t *category.Type, in map[string]Value) map[string]Value {
	out := map[string]Value{}
	for _, r := range w.writes {
		v, ok := in[r.tensor[:len(r.tensor)-1]]
		if !ok {
			v = Zero(t)
		}
		out[r.tensor] = v
	}
	return out
}

func (w *leafwise) leaf(c *category.Type, path string, in map[string]Value) map[string]Value {
	p := w.f.it.program(w.prim, size(c.Dims))
	decays, ok := w.f.decays[path]
	if !ok {
		decays = 1
	}
	m := p.start(w.settings, decays)
	for name, data := range w.scalars {
		p.set(m, name, data)
	}
	for _, r := range w.reads {
		p.set(m, r.tensor, in[r.tensor].Data)
	}
	for _, lines := range w.lines(p) {
		p.run(m, lines)
	}
	for name := range w.totals {
		w.totals[name] += p.get(m, name)[0]
	}
	out := map[string]Value{}
	for _, r := range w.writes {
		out[r.tensor] = Value{Data: p.get(m, r.tensor), Shape: c.Dims}
	}
	for _, q := range w.prim.Decl.Outs {
		if !q.Whole && w.next != nil {
			w.next[q.Name] = p.get(m, q.Name)
		}
	}
	return out
}
