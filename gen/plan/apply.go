package plan

import (
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// apply places a primitive: as an alias where it is the identity, leaf by
// leaf where its lines map over an object, else as one node.
func (f *frame) apply(cn *category.Node, prim *category.Prim) {
	decl := prim.Decl
	switch {
	case decl.Partial:
		fail(cn.Span, "`%s` may fail, and what may fail has no plan yet", decl.Name)
	case decl.IdentityLike():
		f.bind(cn.Out, f.all(cn.In))
	case decl.Each && len(decl.Given) > 0:
		f.stepOver(cn, prim)
	case decl.Each:
		f.leafwise(cn, prim)
	default:
		f.single(cn, prim)
	}
}

// single places a primitive over carriers: every port is one tensor.
func (f *frame) single(cn *category.Node, prim *category.Prim) {
	decl := prim.Decl
	if len(cn.In) != len(decl.Ins) || len(cn.Out) != len(decl.Outs) {
		fail(cn.Span, "`%s` does not fit its %d inputs and %d outputs", decl.Name, len(cn.In), len(cn.Out))
	}
	in := make([]ref, len(cn.In))
	for i, w := range cn.In {
		rs := f.get(w)
		if len(rs) != 1 {
			fail(cn.Span, "`%s` takes one tensor as `%s`, not %s", decl.Name, decl.Ins[i].Name, f.d.TypeOf(w))
		}
		in[i] = shaped(rs[0], prim.PortShape(decl.Ins[i]))
	}
	var given []ref
	if len(decl.Given) > 0 {
		given = f.givenPorts(cn, prim)
	}
	n := f.newNode(primNode, cn.Span, in, given)
	n.prim, n.settings = prim, f.settingsOf(cn)
	for i, w := range cn.Out {
		t, dims := f.d.TypeOf(w), prim.PortShape(decl.Outs[i])
		leaves := t.Leaves()
		if len(leaves) != 1 || leaves[0].Size() != product(dims) {
			fail(cn.Span, "`%s` gives one tensor of shape %v, not %s", decl.Name, dims, t)
		}
		v := f.g.output(n, leafName(f.d.Wires[w].Name, t, &leaves[0]), decl.Outs[i].Kind, dims, t)
		f.set(w, []ref{{v: v, fold: n.fold, dims: leaves[0].Dims}})
	}
	f.g.keep(n)
}

// keep adds the intermediates that n's kernel outputs besides its results.
func (g *graph) keep(n *node) {
	n.kept = nil
	for _, name := range keptLocals(n.prim.Decl) {
		p := n.prim.Decl.Local(name)
		if p == nil {
			fail(n.span, "`%s` keeps `%s`, which no line defines", n.prim.Decl.Name, name)
		}
		dims := slices.Concat(n.fold, n.prim.PortShape(p.Port))
		n.kept = append(n.kept, g.add(val{name: n.prim.Decl.Name + "_" + snake(name), kind: p.Kind, dims: dims, span: n.span, node: n}))
	}
}

// keptLocals are the names in `keeps` that are no port.
func keptLocals(d *category.PrimDecl) []string {
	var out []string
	for _, k := range d.Keeps {
		if portOf(d.Ins, k) < 0 && portOf(d.Given, k) < 0 && portOf(d.Outs, k) < 0 {
			out = append(out, k)
		}
	}
	return out
}

func portOf(ports []category.Port, name string) int {
	return slices.IndexFunc(ports, func(p category.Port) bool { return p.Name == name })
}

// shaped views r in the shape a port declares; the order of elements is the
// same.
func shaped(r ref, dims []int) ref {
	if product(r.dims) == product(dims) {
		r.dims = dims
	}
	return r
}

// givenPorts finds the leaf behind each parameter port: by field name, else
// by place.
func (f *frame) givenPorts(cn *category.Node, prim *category.Prim) []ref {
	ports := prim.Decl.Given
	leaves := f.get(cn.Given)
	if cn.Given == category.NoWire || len(leaves) != len(ports) {
		fail(cn.Span, "`%s` needs %d parameter tensors, but %d arrive", prim.Decl.Name, len(ports), len(leaves))
	}
	types := f.d.TypeOf(cn.Given).Leaves()
	out := make([]ref, len(ports))
	for i, p := range ports {
		k := slices.IndexFunc(types, func(l category.Leaf) bool {
			return len(l.Path) > 0 && l.Path[len(l.Path)-1] == p.Name
		})
		if k < 0 {
			k = i
		}
		dims := prim.PortShape(p)
		if product(leaves[k].dims) != product(dims) {
			fail(cn.Span, "`%s` takes `%s` of shape %v, not %v", prim.Decl.Name, p.Name, dims, leaves[k].dims)
		}
		out[i] = shaped(leaves[k], dims)
	}
	return out
}

// leafwise places one node per leaf of the object. The leaf's elements count
// as examples: the lines treat them all alike.
func (f *frame) leafwise(cn *category.Node, prim *category.Prim) {
	decl := prim.Decl
	ins := f.all(cn.In)
	for i := range decl.Ins {
		if i >= len(ins) || !decl.Ins[i].Whole || len(ins[i]) != len(ins[0]) {
			fail(cn.Span, "`%s` does not fit what it maps over", decl.Name)
		}
	}
	outs := make([][]ref, len(cn.Out))
	types := make([][]category.Leaf, len(cn.Out))
	for i, w := range cn.Out {
		types[i] = f.d.TypeOf(w).Leaves()
		if len(ins) > 0 && len(types[i]) != len(ins[0]) {
			fail(cn.Span, "`%s` does not fit what it maps over", decl.Name)
		}
	}
	for k := range ins[0] {
		in := make([]ref, len(ins))
		for i := range ins {
			in[i] = ins[i][k]
		}
		n := f.newNode(primNode, cn.Span, in, nil)
		n.settings = f.settingsOf(cn)
		n.prim = leafPrim(prim, in[0].dims)
		for i, w := range cn.Out {
			l := &types[i][k]
			v := f.g.output(n, leafName(f.d.Wires[w].Name, f.d.TypeOf(w), l), l.Kind, in[0].dims, f.d.TypeOf(w))
			outs[i] = append(outs[i], ref{v: v, fold: n.fold, dims: in[0].dims})
		}
		f.g.keep(n)
	}
	f.bind(cn.Out, outs)
}

// leafPrim solves a primitive with `each` for one leaf: its index segments
// all run over the leaf.
func leafPrim(p *category.Prim, dims []int) *category.Prim {
	q := *p
	q.Segs = map[string][]int{}
	for _, eqs := range [][]category.Equation{p.Decl.Means, p.Decl.Reverse} {
		for i := range eqs {
			for _, v := range eqs[i].Index {
				q.Segs[v] = dims
			}
			for v, r := range eqs[i].Range {
				q.Segs[v] = dims
				if r.Var != "" {
					q.Segs[r.Var] = dims
				}
			}
		}
	}
	return &q
}

// step is an optimizer over the leaves of its object.
type step struct {
	leaves  []stepLeaf
	scalars []ref // scalar parameters, in port order
	names   []string
	next    []vid // their new values, parallel to scalars; noVal: unchanged
}

// stepLeaf holds the leafwise ports of one leaf. A port that does not reach
// the leaf has v noVal.
type stepLeaf struct {
	path  string
	given []ref
	in    []ref
	out   []vid // of the leafwise outputs that have a line
}

func (s *step) operands() []ref {
	out := slices.Clone(s.scalars)
	for i := range s.leaves {
		out = append(append(out, s.leaves[i].given...), s.leaves[i].in...)
	}
	return out
}

// wholePort is an object-wide port with its leaves by path.
type wholePort struct {
	leaves map[string]ref
	first  int // its first leaf among those of the wire
}

func byPath(t *category.Type, refs []ref, first int) wholePort {
	w := wholePort{map[string]ref{}, first}
	for i, l := range t.Leaves() {
		if i < len(refs) {
			w.leaves[strings.Join(l.Path, ".")] = refs[i]
		}
	}
	return w
}

// portsOf splits the leaves of a wire among the ports of a side: a lone port
// takes them all, several take the record's fields of their names.
func portsOf(ports []category.Port, t *category.Type, refs []ref) []wholePort {
	if len(ports) == 1 && ports[0].Whole {
		return []wholePort{byPath(t, refs, 0)}
	}
	out := make([]wholePort, len(ports))
	at := 0
	for _, fd := range t.Carrier().Fields {
		k := len(fd.Type.Leaves())
		for i, p := range ports {
			if strings.TrimSuffix(p.Name, "'") == fd.Name && at+k <= len(refs) {
				out[i] = byPath(fd.Type, refs[at:at+k], at)
			}
		}
		at += k
	}
	return out
}

// stepOver places an optimizer: one node for all leaves.
func (f *frame) stepOver(cn *category.Node, prim *category.Prim) {
	decl := prim.Decl
	if len(cn.Out) != 1 || cn.Given == category.NoWire || prim.Object == nil {
		fail(cn.Span, "`%s` does not fit the state it steps", decl.Name)
	}
	state := f.get(cn.Given)
	given := portsOf(decl.Given, f.d.TypeOf(cn.Given), state)
	next := slices.Clone(state)
	if len(f.d.TypeOf(cn.Out[0]).Leaves()) != len(state) {
		fail(cn.Span, "`%s` does not fit the state it steps", decl.Name)
	}
	n := f.newNode(stepNode, cn.Span, nil, nil)
	if len(f.fold) > 0 {
		fail(cn.Span, "an optimizer under map has no plan")
	}
	n.prim, n.settings, n.step = prim, f.settingsOf(cn), &step{}
	f.scalarPorts(n, given, next)
	for _, l := range prim.Object.Leaves() {
		if !differentiable(&l) {
			continue
		}
		path := strings.Join(l.Path, ".")
		sl := stepLeaf{path: path}
		for i, p := range decl.Given {
			if p.Whole {
				sl.given = append(sl.given, leafOf(given[i], path, n))
			}
		}
		for i, p := range decl.Ins {
			t := f.d.TypeOf(cn.In[i])
			if p.Whole {
				sl.in = append(sl.in, leafOf(byPath(t, f.get(cn.In[i]), 0), path, n))
			}
		}
		for i, p := range decl.Outs {
			g := portOf(decl.Given, strings.TrimSuffix(p.Name, "'"))
			if len(decl.Outs) == 1 && len(decl.Given) == 1 {
				g = 0
			}
			if !p.Whole || g < 0 || !hasLine(decl, decl.Outs[i].Name) {
				continue
			}
			old := leafOf(given[g], path, n)
			v := f.g.output(n, f.g.vals[old.v].name+"_next", category.Real, l.Dims, f.g.vals[old.v].typ)
			sl.out = append(sl.out, v)
			next[slices.IndexFunc(state, func(r ref) bool { return sameRef(r, old) })] = f.g.whole(v)
		}
		n.step.leaves = append(n.step.leaves, sl)
	}
	f.set(cn.Out[0], next)
}

// scalarPorts places the parts of the state that all leaves share.
func (f *frame) scalarPorts(n *node, given []wholePort, next []ref) {
	decl := n.prim.Decl
	for i, p := range decl.Given {
		if p.Whole {
			continue
		}
		r := leafOf(given[i], "", n)
		v := noVal
		if hasLine(decl, p.Name+"'") {
			old := f.g.vals[r.v]
			v = f.g.output(n, old.name+"_next", p.Kind, nil, old.typ)
			next[given[i].first] = f.g.whole(v)
		}
		n.step.scalars, n.step.names, n.step.next = append(n.step.scalars, r), append(n.step.names, p.Name), append(n.step.next, v)
	}
	for _, p := range decl.Ins {
		if !p.Whole {
			fail(n.span, "`%s` reads `%s`, which is no part of the object it maps over", decl.Name, p.Name)
		}
	}
}

func sameRef(a, b ref) bool { return a.v == b.v && a.start == b.start }

func leafOf(w wholePort, path string, n *node) ref {
	r, ok := w.leaves[path]
	if !ok {
		fail(n.span, "`%s` finds no part `%s` in what it steps", n.prim.Decl.Name, path)
	}
	return r
}

func hasLine(d *category.PrimDecl, target string) bool {
	return slices.ContainsFunc(d.Means, func(e category.Equation) bool { return e.Target == target })
}
