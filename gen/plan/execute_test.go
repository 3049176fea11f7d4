package plan_test

import (
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// machine executes a plan in float64 by reading the equations behind every
// statement. Its workspace starts with garbage, so that a plan that reads
// what it has not written gives itself away.
type machine struct {
	p     *plan.Plan
	n     int  // examples of the call
	batch int  // of the batch that it is a part of
	last  bool // its last part
	args  map[plan.ValueID][]float64
	work  map[category.Kind][]float64
	hands map[string]hand // hand-written arrows by name
}

// hand is a hand-written arrow on one example: leaves in, leaves out. The
// reverse adds to dgiven and returns the input tangents.
type hand struct {
	forward func(in, given [][]float64) [][]float64
	reverse func(in, given, out, dout, dgiven [][]float64) [][]float64
}

const garbage = 1e30

func execute(p *plan.Plan, n int, args [][]float64, hands map[string]hand) float64 {
	m := newMachine(p, n, args)
	m.hands = hands
	return m.run()
}

func newMachine(p *plan.Plan, n int, args [][]float64) *machine {
	m := &machine{p: p, n: n, batch: n, last: true, args: map[plan.ValueID][]float64{}, work: map[category.Kind][]float64{}}
	for k, x := range map[category.Kind]plan.Extent{category.Real: p.Work, category.Fin: p.WorkFin, category.Int: p.WorkInt, category.Bool: p.WorkBool} {
		m.work[k] = make([]float64, x.PerExample*n+x.Fixed)
		for i := range m.work[k] {
			m.work[k][i] = garbage
		}
	}
	for i, a := range p.Args {
		m.args[a.Value] = args[i]
	}
	return m
}

// run is one call.
func (m *machine) run() float64 {
	p := m.p
	for i := range p.Bind {
		m.op(&p.Bind[i])
	}
	for i := range p.Ops {
		if m.last || !p.Ops[i].Last {
			m.op(&p.Ops[i])
		}
	}
	if p.Result == plan.NoValue {
		return 0
	}
	sum, r := 0.0, m.slice(p.Result)
	for _, v := range r {
		sum += v
	}
	return sum / float64(len(r))
}

func (m *machine) slice(id plan.ValueID) []float64 {
	v := &m.p.Values[id]
	size := v.Size()
	if v.Batched {
		size *= m.n
	}
	switch v.Store {
	case plan.ArgStore:
		return m.args[id][:size:size]
	case plan.ViewStore:
		return m.slice(v.Of)[v.Start : v.Start+size : v.Start+size]
	}
	at := v.Offset.PerExample*m.n + v.Offset.Fixed
	return m.work[v.Kind][at : at+size : at+size]
}

func (m *machine) op(op *plan.Op) {
	fill := func(v float64) {
		out := m.slice(op.Out[0])
		for i := range out {
			out[i] = v
		}
	}
	switch op.Kind {
	case plan.Fill:
		fill(op.Number)
	case plan.FillMean:
		fill(op.Number / float64(m.batch))
	case plan.Copy:
		out, in := m.slice(op.Out[0]), m.slice(op.In[0])
		for i := range out {
			out[i] = in[i%len(in)]
		}
	case plan.SumBatch:
		fill(0)
		out, in := m.slice(op.Out[0]), m.slice(op.In[0])
		for i := range in {
			out[i%len(out)] += in[i]
		}
	case plan.Part, plan.AddPart:
		out, in := m.slice(op.Out[0]), m.slice(op.In[0])
		whole, part := in, out
		if op.Kind == plan.AddPart {
			whole, part = out, in
		}
		n := m.examples(op)
		for e := range n {
			k := len(part) / n
			for i := range k {
				at := e*len(whole)/n + op.Start + i
				if op.Kind == plan.AddPart {
					whole[at] += part[e*k+i]
				} else {
					part[e*k+i] = whole[at]
				}
			}
		}
	case plan.Accumulate:
		out, in := m.slice(op.Out[0]), m.slice(op.In[0])
		for i := range out {
			out[i] += in[i]
		}
	case plan.Gather:
		out, in, keep := m.slice(op.Out[0]), m.slice(op.In[0]), m.slice(op.Settings[0].Value)[0]
		for i := range out {
			out[i] = keep*out[i] + in[i]
		}
	case plan.Forward:
		m.forward(op)
	case plan.Reverse:
		m.reverse(op)
	case plan.LeafStep:
		m.leafStep(op)
	case plan.LeafTotal:
		m.leafTotal(op)
	case plan.ScalarStep:
		m.scalarStep(op)
	case plan.Hand, plan.HandReverse:
		m.hand(op)
	}
}

// examples is how many times the kernel's body runs.
func (m *machine) examples(op *plan.Op) int {
	if op.Once {
		return op.Fold
	}
	return m.n * op.Fold
}

func (m *machine) lines(op *plan.Op) *lines {
	p := *op.Prim
	if p.Decl.Each {
		p.Segs = map[string][]int{}
		for _, ports := range [][]category.Port{p.Decl.Ins, p.Decl.Given} {
			for _, q := range ports {
				for _, d := range q.Shape {
					p.Segs[d.Var] = nil
				}
			}
		}
	}
	x := newLines(&p)
	for i, s := range op.Settings {
		v := s.Const
		if s.Value != plan.NoValue {
			v = m.slice(s.Value)[0]
		}
		if i < len(p.Decl.Settings) {
			x.settings[p.Decl.Settings[i].Name] = v
		} else {
			x.settings["decays"] = v
		}
	}
	return x
}

// piece is example e of a tensor with the given extents, or all of it where
// it is shared.
func (m *machine) piece(id plan.ValueID, e int, shared bool, size int) []float64 {
	s := m.slice(id)
	if shared {
		if len(s) != size {
			panic("a shared operand has the wrong size")
		}
		return s
	}
	return s[e*size : (e+1)*size : (e+1)*size]
}

func (m *machine) forward(op *plan.Op) {
	d := op.Prim.Decl
	outs := names(d.Outs)
	for _, k := range d.Keeps {
		if d.Local(k) != nil {
			outs = append(outs, k)
		}
	}
	ins, given := names(d.Ins), names(d.Given)
	if len(op.Out) != len(outs) || len(op.In) != len(ins)+len(given) {
		panic("operands do not fit " + d.Name)
	}
	for e := range m.examples(op) {
		x := m.lines(op)
		for i, name := range append(ins[:len(ins):len(ins)], given...) {
			x.tensors[name] = m.piece(op.In[i], e, i >= len(ins) && !op.PerExample, volume(x.shapes[name]))
		}
		x.run(d.Means)
		for i, name := range outs {
			copy(m.piece(op.Out[i], e, false, volume(x.shapes[name])), x.tensors[name])
		}
	}
}

func names(ports []category.Port) []string {
	out := make([]string, len(ports))
	for i := range ports {
		out[i] = ports[i].Name
	}
	return out
}

func (m *machine) reverse(op *plan.Op) {
	d := op.Prim.Decl
	var line *category.Equation
	for i := range d.Reverse {
		if d.Reverse[i].Target == op.Line {
			line = &d.Reverse[i]
		}
	}
	order := append(append(names(d.Ins), names(d.Given)...), names(d.Outs)...)
	for _, reverse := range []bool{false, true} {
		for _, l := range d.Locals {
			if l.Reverse == reverse {
				order = append(order, l.Name)
			}
		}
	}
	for _, o := range d.Outs {
		order = append(order, "d"+o.Name)
	}
	mentioned := map[string]bool{}
	mention(line.Expr, mentioned)
	isGiven := func(name string) bool {
		for _, g := range d.Given {
			if g.Name == name || "d"+g.Name == name {
				return true
			}
		}
		return false
	}
	shared := isGiven(op.Line) && !op.PerExample
	target, before := op.Out[0], slices.Clone(m.slice(op.Out[0]))
	if shared {
		out := m.slice(op.Out[0])
		for i := range out {
			out[i] = 0
		}
	}
	for e := range m.examples(op) {
		x, k := m.lines(op), 0
		for _, name := range order {
			if mentioned[name] {
				x.tensors[name] = m.piece(op.In[k], e, (isGiven(name) || !op.Once && !m.p.Values[op.In[k]].Batched) && !op.PerExample, volume(x.shapes[name]))
				k++
			}
		}
		if k != len(op.In) {
			panic("operands do not fit " + d.Name + " " + op.Line)
		}
		x.line(line)
		out := m.piece(op.Out[0], e, shared, volume(x.shapes[op.Line]))
		for i, v := range x.tensors[op.Line] {
			if shared {
				out[i] += v
			} else {
				out[i] = v
			}
		}
	}
	if op.Add != nil {
		for i, v := range m.slice(target) {
			m.slice(target)[i] = m.factor(op.Add.Keep)*before[i] + m.factor(op.Add.By)*v
		}
	}
}

func (m *machine) factor(f *plan.Factor) float64 {
	if f.Op == "" {
		if f.Scalar.Value != plan.NoValue {
			return m.slice(f.Scalar.Value)[0]
		}
		return f.Scalar.Const
	}
	return binary(f.Op, m.factor(f.L), m.factor(f.R))
}

func mention(e category.Expr, into map[string]bool) {
	switch e := e.(type) {
	case *category.Element:
		into[e.Name] = true
		for _, i := range e.Index {
			mention(i, into)
		}
	case *category.Unary:
		mention(e.X, into)
	case *category.Binary:
		mention(e.L, into)
		mention(e.R, into)
	case *category.Func:
		for _, a := range e.Args {
			mention(a, into)
		}
	case *category.Reduce:
		mention(e.Body, into)
	}
}

// leafStep runs the leafwise lines element by element, outputs over inputs
// where they are the same.
func (m *machine) leafStep(op *plan.Op) {
	d := op.Prim.Decl
	var whole, outs, scalars []string
	for _, ports := range [][]category.Port{d.Given, d.Ins} {
		for _, p := range ports {
			if p.Whole {
				whole = append(whole, p.Name)
			} else {
				scalars = append(scalars, p.Name)
			}
		}
	}
	var leafLines []category.Equation
	all := map[string]bool{}
	for _, l := range d.Means {
		scalar := d.Total(l.Target)
		for _, s := range scalars {
			scalar = scalar || l.Target == s+"'"
		}
		if !scalar {
			leafLines = append(leafLines, l)
			mention(l.Expr, all)
		}
	}
	for _, p := range d.Outs {
		if p.Whole {
			outs = append(outs, p.Name)
		}
	}
	in := whole
	for _, s := range scalars {
		for _, name := range []string{s, s + "'"} {
			if all[name] {
				in = append(in[:len(in):len(in)], name)
			}
		}
	}
	for _, l := range d.Totals() {
		if all[l.Target] {
			in = append(in[:len(in):len(in)], l.Target)
		}
	}
	if len(in) != len(op.In) || len(outs) != len(op.Out) {
		panic("operands do not fit " + d.Name)
	}
	for e := range m.slice(op.Out[0]) {
		x := m.lines(op)
		for i, name := range in {
			x.tensors[name] = m.slice(op.In[i])[:1]
			if i < len(whole) {
				x.tensors[name] = []float64{m.slice(op.In[i])[e]}
			}
		}
		x.run(leafLines)
		for i, name := range outs {
			m.slice(op.Out[i])[e] = x.tensors[name][0]
		}
	}
}

// leafTotal adds up one line over the elements of a leaf.
func (m *machine) leafTotal(op *plan.Op) {
	d, total := op.Prim.Decl, 0.0
	for _, l := range d.Totals() {
		if l.Target != op.Line {
			continue
		}
		all := map[string]bool{}
		mention(l.Expr, all)
		for e := range m.slice(op.In[0]) {
			x, k := m.lines(op), 0
			for _, ports := range [][]category.Port{d.Given, d.Ins} {
				for _, p := range ports {
					if p.Whole && all[p.Name] {
						x.tensors[p.Name] = []float64{m.slice(op.In[k])[e]}
						k++
					}
				}
			}
			x.line(&l)
			total += x.tensors[l.Target][0]
		}
	}
	m.slice(op.Out[0])[0] = total
}

func (m *machine) scalarStep(op *plan.Op) {
	d, x, k := op.Prim.Decl, m.lines(op), 0
	for _, p := range d.Given {
		if !p.Whole {
			x.tensors[p.Name] = append([]float64(nil), m.slice(op.In[k])...)
			k++
		}
	}
	k = 0
	for _, l := range d.Means {
		for _, p := range d.Given {
			if !p.Whole && l.Target == p.Name+"'" {
				x.line(&l)
				copy(m.slice(op.Out[k]), x.tensors[l.Target])
				k++
			}
		}
	}
	if k == 0 || !strings.HasSuffix(d.Means[0].Target, "'") {
		panic("no scalar line")
	}
}

func (m *machine) hand(op *plan.Op) {
	a := op.Arrow
	h := m.hands[a.Name]
	for e := range m.examples(op) {
		k := 0
		take := func(ids []plan.ValueID, leaves []category.Leaf, shared, tangents bool) [][]float64 {
			var out [][]float64
			for _, l := range leaves {
				if tangents && (l.Kind != category.Real || l.Set != nil && l.Set.Finite) {
					continue
				}
				if ids[k] == plan.NoValue {
					out = append(out, nil)
				} else {
					out = append(out, m.piece(ids[k], e, shared, l.Size()))
				}
				k++
			}
			return out
		}
		dom, given, cod := a.Dom.Leaves(), a.Given.Leaves(), a.Cod.Leaves()
		in, g := take(op.In, dom, false, false), take(op.In, given, !op.PerExample, false)
		if op.Kind == plan.Hand {
			k = 0
			for i, v := range h.forward(in, g) {
				copy(take(op.Out, cod[i:i+1], false, false)[0], v)
			}
			continue
		}
		out, dout := take(op.In, cod, false, false), take(op.In, cod, false, true)
		k = 0
		din, dgiven := take(op.Out, dom, false, true), take(op.Out, given, !op.PerExample, true)
		for i, v := range h.reverse(in, g, out, dout, dgiven) {
			if din[i] != nil {
				copy(din[i], v)
			}
		}
	}
}
