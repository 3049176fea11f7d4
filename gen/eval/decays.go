package eval

import (
	"strconv"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// origin says which part of the parameters a wire carries: a path, or the
// parts that a pack put together again.
type origin struct {
	path  string
	parts []*origin
}

func (o *origin) part(i int, field string) *origin {
	switch {
	case o == nil:
		return nil
	case o.parts != nil:
		return o.parts[i]
	case field == "":
		return o // an element of a power: its leaves keep their path
	}
	return &origin{path: o.path + "." + field}
}

// decaysOf says for each leaf of d's parameters, or of the params of d's
// state, what weight decay is multiplied by: the word of its fields, else that
// of the slot that uses the leaf first, else 1.
func decaysOf(d *category.Diagram) map[string]float64 {
	var root *origin
	var params *category.Type
	w := d.Given
	if d.State != category.NoWire {
		w = d.State
	}
	if w == category.NoWire {
		return nil
	}
	params, root = rootOf(d.TypeOf(w))
	u := uses{}
	u.visit(d, make([]*origin, len(d.Ins)), root)
	out := map[string]float64{}
	for _, l := range params.Leaves() {
		path := ""
		for _, p := range l.Path {
			path += "." + p
		}
		slot := 1.0
		if q := u[path]; q != nil && q.NoDecay {
			slot = 0
		}
		out[path] = decay(params, l.Path, slot)
	}
	return out
}

// rootOf is the object of the parameters in a state or parameter object t, and
// the origin of t.
func rootOf(t *category.Type) (params *category.Type, root *origin) {
	params, root = t, &origin{}
	if params.Kind == category.Named && params.Object.State != "" {
		c := params.Carrier()
		root = &origin{parts: make([]*origin, len(c.Fields))}
		params = params.Object.Of
		for i, f := range c.Fields {
			if f.Name == "params" {
				root.parts[i] = &origin{}
			}
		}
	}
	return params, root
}

// decay is what weight decay is multiplied by at the leaf of t under path: what
// its field says, else its slot, times what the fields around it say.
func decay(t *category.Type, path []string, slot float64) float64 {
	for t.Carrier().Kind == category.Power {
		t = t.Carrier().Elem
	}
	if len(path) == 0 {
		return slot
	}
	c := t.Carrier()
	if c.Kind != category.Record {
		i, _ := strconv.Atoi(path[0])
		return decay(c.Items[i], path[1:], slot)
	}
	f := &c.Fields[fieldIndex(c, path[0])]
	said := map[category.Tri]float64{category.Yes: 0, category.No: f.Factor}
	by, says := said[f.NoDecay]
	switch {
	case !says:
		return decay(f.Type, path[1:], slot)
	case len(path) == 1:
		return by
	}
	return by * decay(f.Type, path[1:], slot)
}

// uses holds, by path, the port of the first slot that uses a leaf.
type uses map[string]*category.Port

func (u uses) visit(d *category.Diagram, ins []*origin, given *origin) []*origin {
	env := make([]*origin, len(d.Wires))
	for i, w := range d.Ins {
		env[w] = ins[i]
	}
	for _, w := range []category.WireID{d.Given, d.State} {
		if w != category.NoWire {
			env[w] = given
		}
	}
	for _, n := range d.Nodes {
		in := make([]*origin, len(n.In))
		for i, w := range n.In {
			in[i] = env[w]
		}
		var p *origin
		if n.Given != category.NoWire {
			p = env[n.Given]
		}
		var out []*origin
		switch op := n.Op.(type) {
		case *category.Call:
			if op.Arrow.Diagram != nil {
				out = u.visit(op.Arrow.Diagram, in, p)
			}
		case *category.Apply:
			u.apply(d, n, op.Prim.Decl, p)
		case *category.Project:
			if len(n.Out) == 1 {
				out = []*origin{in[0].part(op.Index, op.Field)}
			}
		case *category.Pack:
			if len(in) == len(components(op.Type)) {
				out = []*origin{{parts: in}}
			}
		case *category.Grad:
			u.visit(op.Body, in, p)
		case *category.Map:
			if len(in) == len(op.Body.Ins) {
				out = u.visit(op.Body, in, p)
			}
		case *category.Repeat:
			if len(in) == len(op.Body.Ins) {
				out = u.visit(op.Body, in, p)
			}
		}
		for i, w := range n.Out {
			if i < len(out) {
				env[w] = out[i]
			}
		}
	}
	outs := make([]*origin, len(d.Outs))
	for i, w := range d.Outs {
		outs[i] = env[w]
	}
	return outs
}

func (u uses) apply(d *category.Diagram, n *category.Node, decl *category.PrimDecl, p *origin) {
	if p == nil || decl.Each {
		return
	}
	c := d.TypeOf(n.Given).Carrier()
	for _, q := range decl.Given {
		o := p
		if c.Kind == category.Record {
			o = p.part(fieldIndex(c, q.Name), q.Name)
		}
		if o == nil || o.parts != nil {
			continue
		}
		if _, seen := u[o.path]; !seen {
			u[o.path] = &q
		}
	}
}
