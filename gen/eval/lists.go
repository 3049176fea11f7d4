package eval

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// TooShort is the error of an arrow that is given a list shorter than it takes.
type TooShort struct {
	Span  diag.Span
	Arrow string // as the spec calls it
	category.TooShort
}

func (e *TooShort) Error() string {
	text := fmt.Sprintf("`%s` needs a list of at least %d, and this one has %d", e.Arrow, e.Least, e.Size)
	return (&fault{e.Span, text}).Error()
}

// measured is prim for the lists that arrive at n: every extent is known.
func (f *frame) measured(n *category.Node, prim *category.Prim) (*category.Prim, error) {
	if !prim.Decl.OverLists() {
		return prim, nil
	}
	lengths := map[string]int{}
	var key strings.Builder
	for i, q := range prim.Decl.Ins {
		if q.Over == category.Real {
			continue
		}
		v, size := q.Shape[0].Var, len(f.env[n.In[i]].Parts)
		if was, known := lengths[v]; known && was != size {
			return nil, &fault{n.Span, fmt.Sprintf("`%s` takes lists of one length, and these have %d and %d", prim.Decl.Name, was, size)}
		}
		lengths[v] = size
		fmt.Fprintf(&key, "%d,", size)
	}
	at := measuredKey{prim, key.String()}
	if q, ok := f.it.measured.Load(at); ok {
		return q.(*category.Prim), nil
	}
	q, short := prim.Measured(lengths)
	if short != nil {
		return nil, &TooShort{n.Span, operationName(&category.Apply{Prim: prim}), *short}
	}
	stored, _ := f.it.measured.LoadOrStore(at, q)
	return stored.(*category.Prim), nil
}

// measuredKey is a primitive at lists of some lengths.
type measuredKey struct {
	prim    *category.Prim
	lengths string
}

// mover runs a primitive that moves whole objects.
type mover struct {
	prim *category.Prim // measured
	node *category.Node
}

// each calls f for every object that a line of means writes: output out, at
// its indices at, comes from element from of input in (-1: the input itself).
func (m *mover) each(f func(out int, at []int, in, from int) error) error {
	d := m.prim.Decl
	for _, line := range d.Means {
		el := line.Expr.(*category.Element)
		in, out := portAt(d.Ins, el.Name), portAt(d.Outs, line.Target)
		shape := m.prim.PortShape(d.Outs[out])
		if d.Outs[out].Over == category.Option {
			shape[0] = min(shape[0], 1)
		}
		at := make([]int, len(shape))
		var walk func(axis int) error
		walk = func(axis int) error {
			if axis < len(shape) {
				for at[axis] = 0; at[axis] < shape[axis]; at[axis]++ {
					if err := walk(axis + 1); err != nil {
						return err
					}
				}
				return nil
			}
			from := -1
			if len(el.Index) > 0 {
				from = m.index(el.Index[0], &line, at)
				if n := m.prim.PortShape(d.Ins[in])[0]; from < 0 || from >= n {
					return &fault{m.node.Span, fmt.Sprintf("`%s` reads element %d of a list of %d", d.Name, from, n)}
				}
			}
			return f(out, at, in, from)
		}
		if err := walk(0); err != nil {
			return err
		}
	}
	return nil
}

func portAt(ports []category.Port, name string) int {
	for i := range ports {
		if ports[i].Name == name {
			return i
		}
	}
	panic("eval: a line about " + name + ", which is no port")
}

// index evaluates an index where a line's own indices stand at at.
func (m *mover) index(e category.Expr, line *category.Equation, at []int) int {
	switch e := e.(type) {
	case *category.Number:
		return int(e.Value)
	case *category.Dimension:
		return m.prim.Dims[e.Var]
	case *category.Index:
		for i, v := range line.Index {
			if v == e.Var {
				return at[i]
			}
		}
	case *category.Unary:
		return -m.index(e.X, line, at)
	case *category.Binary:
		l, r := m.index(e.L, line, at), m.index(e.R, line, at)
		switch e.Op {
		case "+":
			return l + r
		case "-":
			return l - r
		case "*":
			return l * r
		}
	}
	panic("eval: an index of no kind")
}

// move runs the lines of a primitive that moves whole objects.
func (f *frame) move(n *category.Node, prim *category.Prim) ([]Value, error) {
	d := prim.Decl
	ins := f.whole(n.In, d.Ins, f.values(n.In))
	outs := make([]Value, len(d.Outs))
	for i := range outs {
		outs[i].Form = Parts
	}
	m := &mover{prim, n}
	err := m.each(func(out int, at []int, in, from int) error {
		v := ins[in]
		if from >= 0 {
			v = v.Parts[from]
		}
		o := &outs[out]
		switch {
		case len(at) == 0:
			*o = v
		case len(at) == 1:
			o.Parts = append(o.Parts, v)
		default: // one of several copies: their factors stand side by side
			if at[1] == 0 {
				o.Parts = append(o.Parts, Value{Form: Parts})
			}
			pair := &o.Parts[at[0]]
			pair.Parts = append(pair.Parts, factors(v, prim.Object)...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i, q := range d.Outs {
		if q.Over == category.Option && len(outs[i].Parts) == 0 {
			outs[i] = Value{Form: Nothing}
		}
	}
	if len(outs) == 1 && len(n.Out) != 1 {
		return factors(outs[0], prim.Object), nil
	}
	return outs, nil
}

// whole makes one value of the factors of a product where a scheme has one
// port for them.
func (f *frame) whole(ws []category.WireID, ports []category.Port, vs []Value) []Value {
	if len(ports) == 1 && len(ws) != 1 {
		return []Value{Tuple(vs...)}
	}
	return vs
}

// moveBack is the reverse of move: each object's cotangent goes where the
// object came from.
func (b *backward) moveBack(n *category.Node, prim *category.Prim) error {
	prim, err := b.f.measured(n, prim)
	if err != nil {
		return err
	}
	d := prim.Decl
	cots := b.f.whole(n.Out, d.Outs, b.outs(n))
	ins := b.f.whole(n.In, d.Ins, b.f.values(n.In))
	dins := make([]Value, len(ins))
	for i := range ins {
		dins[i] = zeroLike(ins[i])
	}
	k := len(prim.Object.Factors())
	err = (&mover{prim, n}).each(func(out int, at []int, in, from int) error {
		c := cots[out]
		if len(at) > 0 {
			c = c.Parts[at[0]]
		}
		if len(at) > 1 {
			c = join(c.Parts[at[1]*k:(at[1]+1)*k], prim.Object)
		}
		to := &dins[in]
		if from >= 0 {
			to = &to.Parts[from]
		}
		to.accumulate(c)
		return nil
	})
	if err != nil {
		return err
	}
	if len(dins) == 1 && len(n.In) != 1 {
		dins = dins[0].Parts
	}
	for i, w := range n.In {
		b.add(w, dins[i])
	}
	return nil
}
