package eval

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// program is a solved primitive whose lines are compiled to loops. Leaf is
// the number of elements of a leaf, for a scheme over objects.
type program struct {
	prim   *category.Prim
	leaf   int
	slots  map[string]int
	dims   [][]int // extents per slot, a segment as one
	means  []loop
	totals []loop // of a scheme over objects: sums over all leaves
	revs   []loop
	nexts  []loop // what training moves on
	nvars  int
	counts []int // numbers per slot
}

// loop is one compiled line.
type loop struct {
	target  string
	slot    int
	extents []int
	vars    []int
	body    code
	pooled  bool // one for the whole batch
}

// compile turns prim into a program.
func compile(prim *category.Prim, leaf int) *program {
	d := prim.Decl
	p := &program{prim: prim, leaf: leaf, slots: map[string]int{}}
	declare := func(name string, shape []category.DimTerm) {
		if _, ok := p.slots[name]; ok {
			return
		}
		dims := make([]int, len(shape))
		for i, t := range shape {
			dims[i] = p.extent(t)
		}
		p.slots[name] = len(p.dims)
		p.dims = append(p.dims, dims)
		p.counts = append(p.counts, size(dims))
	}
	for _, ports := range [][]category.Port{d.Ins, d.Given, d.Outs} {
		for _, q := range ports {
			declare(q.Name, q.Shape)
			declare("d"+q.Name, q.Shape)
		}
	}
	for i := range d.Next {
		q := d.Given[slices.IndexFunc(d.Given, func(q category.Port) bool { return q.Name+"'" == d.Next[i].Target })]
		declare(d.Next[i].Target, q.Shape)
	}
	for _, l := range d.Locals {
		declare(l.Name, l.Shape)
	}
	vars := 0
	lines := func(eqs []category.Equation) []loop {
		var out []loop
		for i := range eqs {
			c := &compiler{p: p, line: &eqs[i], vars: map[string]int{}}
			l := loop{target: eqs[i].Target}
			l.slot, l.extents = p.slot(eqs[i].Target)
			for _, v := range eqs[i].Index {
				l.vars = append(l.vars, c.variable(v))
			}
			l.body, l.pooled = c.expr(eqs[i].Expr), d.Pooled(l.target)
			vars = max(vars, len(c.vars))
			out = append(out, l)
		}
		return out
	}
	for _, l := range lines(d.Means) {
		if d.Total(l.target) {
			p.totals = append(p.totals, l)
		} else {
			p.means = append(p.means, l)
		}
	}
	p.revs = lines(d.Reverse)
	p.nexts = lines(d.Next)
	p.nvars = vars
	return p
}

// extent is the number of values of d; of a segment, the product.
func (p *program) extent(d category.DimTerm) int {
	switch {
	case d.Segment && p.prim.Decl.Each:
		return p.leaf
	case d.Segment:
		return size(p.prim.Segs[d.Var])
	case d.Var != "":
		return p.prim.Dims[d.Var]
	}
	return d.Const
}

func (p *program) slot(name string) (int, []int) {
	s, ok := p.slots[name]
	if !ok {
		panic(fmt.Sprintf("eval: %s reads %s, which it does not have", p.prim.Decl.Name, name))
	}
	return s, p.dims[s]
}

// start returns a machine with room for every line's target.
func (p *program) start(settings []float64, decays float64) *machine {
	return &machine{tensors: make([][]float64, len(p.dims)), index: make([]int, p.nvars), settings: settings, decays: decays}
}

func (p *program) set(m *machine, name string, data []float64) {
	s, _ := p.slot(name)
	m.tensors[s] = data
}

func (p *program) get(m *machine, name string) []float64 {
	s, _ := p.slot(name)
	return m.tensors[s]
}

func (p *program) run(m *machine, lines []loop) {
	for i := range lines {
		l := &lines[i]
		out := make([]float64, p.counts[l.slot])
		l.fill(m, out, 0, 0)
		m.tensors[l.slot] = out
	}
}

// fill computes the elements of the target from its depth-th index inward.
func (l *loop) fill(m *machine, out []float64, depth, at int) {
	if depth == len(l.vars) {
		m.at = at
		out[at] = l.body(m)
		return
	}
	n, v := l.extents[depth], l.vars[depth]
	for i := range n {
		m.index[v] = i
		l.fill(m, out, depth+1, at*n+i)
	}
}

// next is the value of a parameter after a step of training, where that moves
// it on; else nil.
func (p *program) next(m *machine, name string) []float64 {
	s, ok := p.slots[name+"'"]
	if !ok || p.prim.Decl.Each {
		return nil
	}
	return m.tensors[s]
}
