package plan_test

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// leaves are the tensors of one wire, for one example.
type leaves [][]float64

// direct evaluates a diagram on one example by walking it as it stands: no
// inlining, no rewriting, no batch.
func direct(d *category.Diagram, ins []leaves, given, state leaves, settings []float64, hands map[string]hand) []leaves {
	env := make([]leaves, len(d.Wires))
	put := func(w category.WireID, x leaves) {
		if w != category.NoWire {
			env[w] = x
		}
	}
	get := func(w category.WireID) leaves {
		if w == category.NoWire {
			return nil
		}
		return env[w]
	}
	for i, w := range d.Ins {
		put(w, ins[i])
	}
	put(d.Given, given)
	put(d.State, state)
	for i, w := range d.Settings {
		put(w, leaves{{settings[i]}})
	}
	for _, n := range d.Nodes {
		in := make([]leaves, len(n.In))
		for i, w := range n.In {
			in[i] = env[w]
		}
		var set []float64
		for _, w := range n.Settings {
			set = append(set, env[w][0][0])
		}
		for i, x := range directNode(d, n, in, get(n.Given), set, hands) {
			put(n.Out[i], x)
		}
	}
	outs := make([]leaves, len(d.Outs))
	for i, w := range d.Outs {
		outs[i] = env[w]
	}
	return outs
}

func directNode(d *category.Diagram, n *category.Node, in []leaves, given leaves, set []float64, hands map[string]hand) []leaves {
	switch op := n.Op.(type) {
	case *category.Call:
		if op.Arrow.Diagram == nil {
			flat := hands[op.Arrow.Name].forward(slices.Concat(in...), given)
			return split(flat, d, n.Out)
		}
		return direct(op.Arrow.Diagram, in, given, nil, set, hands)
	case *category.Apply:
		return directApply(d, n, op.Prim, in, given, set)
	case *category.Constant:
		out := leaves{}
		for _, l := range d.TypeOf(n.Out[0]).Leaves() {
			x := make([]float64, l.Size())
			for i := range x {
				x[i] = op.Value
			}
			out = append(out, x)
		}
		return []leaves{out}
	case *category.Pack:
		return []leaves{slices.Concat(in...)}
	case *category.Project:
		at := 0
		for _, f := range d.TypeOf(n.In[0]).Carrier().Fields {
			k := len(f.Type.Leaves())
			if f.Name == op.Field {
				return split(in[0][at:at+k], d, n.Out)
			}
			at += k
		}
	case *category.Map:
		var out []leaves
		for i := range op.N {
			one := make([]leaves, len(in))
			for k := range in {
				one[k] = element(in[k], i, op.N)
			}
			out = stack(out, direct(op.Body, one, given, nil, set, hands))
		}
		return out
	case *category.Repeat:
		carried := in
		if op.Over != category.Real {
			carried = in[:len(in)-1]
		}
		for i := range op.N {
			own, ins := given, carried
			if !op.Shared {
				own = element(given, i, op.N)
			}
			if op.Over != category.Real {
				ins = append(slices.Clone(carried), split(element(in[len(in)-1], i, op.N), op.Body, op.Body.Ins[len(carried):])...)
			}
			carried = direct(op.Body, ins, own, nil, set, hands)
		}
		return carried
	}
	panic("no direct reading")
}

func split(flat leaves, d *category.Diagram, outs []category.WireID) []leaves {
	var out []leaves
	for _, w := range outs {
		k := len(d.TypeOf(w).Leaves())
		out, flat = append(out, flat[:k]), flat[k:]
	}
	return out
}

func element(x leaves, i, n int) leaves {
	out := make(leaves, len(x))
	for k, l := range x {
		size := len(l) / n
		out[k] = l[i*size : (i+1)*size]
	}
	return out
}

func stack(out, more []leaves) []leaves {
	if out == nil {
		out = make([]leaves, len(more))
		for i := range more {
			out[i] = make(leaves, len(more[i]))
		}
	}
	for i := range more {
		for k := range more[i] {
			out[i][k] = append(out[i][k], more[i][k]...)
		}
	}
	return out
}

func directApply(d *category.Diagram, n *category.Node, p *category.Prim, in []leaves, given leaves, set []float64) []leaves {
	count := 1
	if p.Decl.Each {
		count = len(in[0])
	}
	out := make([]leaves, len(n.Out))
	for k := range count {
		q := *p
		if p.Decl.Each {
			q.Segs = map[string][]int{p.Decl.Ins[0].Shape[0].Var: {len(in[0][k])}}
		}
		x := newLines(&q)
		for i, s := range p.Settings {
			if s.Wire >= 0 {
				x.settings[p.Decl.Settings[i].Name] = set[s.Wire]
			}
		}
		for i, port := range p.Decl.Ins {
			x.tensors[port.Name] = in[i][k]
		}
		for i, port := range p.Decl.Given {
			x.tensors[port.Name] = given[i]
		}
		x.run(p.Decl.Means)
		for i, port := range p.Decl.Outs {
			out[i] = append(out[i], x.tensors[port.Name])
		}
	}
	return out
}
