package plan

import (
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// step is an optimizer over the leaves of its object, or another primitive
// that adds up over all of them.
type step struct {
	leaves  []stepLeaf
	scalars []ref // scalar parameters, in port order
	names   []string
	next    []vid // their new values, parallel to scalars; noVal: unchanged
	totals  []vid // sums over all leaves, in the order of their lines
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
	if len(cn.Out) != 1 || (cn.Given == category.NoWire) != (len(decl.Given) == 0) || prim.Object == nil {
		fail(cn.Span, "`%s` does not fit the state it steps", decl.Name)
	}
	state := f.get(cn.Given)
	var given []wholePort
	if cn.Given != category.NoWire {
		given = portsOf(decl.Given, f.d.TypeOf(cn.Given), state)
	}
	next := slices.Clone(state)
	if len(decl.Given) > 0 && len(f.d.TypeOf(cn.Out[0]).Leaves()) != len(state) {
		fail(cn.Span, "`%s` does not fit the state it steps", decl.Name)
	}
	n := f.newNode(stepNode, cn.Span, nil, nil)
	if len(f.fold) > 0 {
		fail(cn.Span, "an optimizer under map has no plan")
	}
	n.prim, n.settings, n.step = prim, f.settingsOf(cn), &step{}
	f.scalarPorts(n, given, next)
	for _, line := range decl.Totals() {
		v := f.g.add(val{name: decl.Name + "_" + line.Target, kind: category.Real, span: n.span, node: n})
		n.out, n.step.totals = append(n.out, v), append(n.step.totals, v)
	}
	ins := make([]wholePort, len(decl.Ins))
	for i, p := range decl.Ins {
		if p.Whole {
			ins[i] = byPath(f.d.TypeOf(cn.In[i]), f.get(cn.In[i]), 0)
		}
	}
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
			if p.Whole {
				sl.in = append(sl.in, leafOf(ins[i], path, n))
			}
		}
		for _, p := range decl.Outs {
			if len(decl.Given) > 0 || !p.Whole {
				continue
			}
			old := sl.in[0]
			v := f.g.output(n, decl.Name+"_"+snake(strings.ReplaceAll(path, ".", "_")), category.Real, l.Dims, f.g.vals[old.v].typ)
			sl.out, next = append(sl.out, v), append(next, f.g.whole(v))
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
