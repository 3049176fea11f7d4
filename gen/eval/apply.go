package eval

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// applied remembers what a primitive computed, for its reverse lines.
type applied struct {
	p *program
	m *machine
}

func (it *Interp) program(prim *category.Prim, leaf int) *program {
	key := programKey{prim, leaf}
	if p, ok := it.programs.Load(key); ok {
		return p.(*program)
	}
	p, _ := it.programs.LoadOrStore(key, compile(prim, leaf))
	return p.(*program)
}

// settingValues are the settings of a primitive in declaration order.
func (f *frame) settingValues(n *category.Node, prim *category.Prim) []float64 {
	out := make([]float64, len(prim.Settings))
	for i, s := range prim.Settings {
		out[i] = s.Const
		if s.Wire >= 0 {
			out[i] = f.env[n.Settings[s.Wire]].Number()
		}
	}
	return out
}

// apply runs the means lines of a primitive.
func (f *frame) apply(n *category.Node, prim *category.Prim, track bool) ([]Value, error) {
	if prim.Decl.Each {
		return f.applyEach(n, prim)
	}
	prim, err := f.measured(n, prim)
	if err != nil {
		return nil, err
	}
	if prim.Decl.Moves() {
		return f.move(n, prim)
	}
	p := f.it.program(prim, 0)
	m := p.start(f.settingValues(n, prim), 0)
	m.example, m.of = f.example, f.batch.size()
	for i, q := range prim.Decl.Ins {
		p.set(m, q.Name, f.env[n.In[i]].Flat())
	}
	if len(prim.Decl.Given) > 0 {
		parts := givenParts(prim.Decl, f.env[n.Given], f.d.TypeOf(n.Given))
		for i, q := range prim.Decl.Given {
			p.set(m, q.Name, parts[i].Flat())
		}
	}
	if err := f.lines(p, m, p.means); err != nil {
		return nil, err
	}
	f.moveOn(n, p, m)
	f.it.narrowRun(p, m, prim.Decl)
	var out []Value
	for i, q := range prim.Decl.Outs {
		v, err := shaped(p.get(m, q.Name), f.d.TypeOf(n.Out[i]))
		if err != nil {
			return nil, &fault{n.Span, fmt.Sprintf("`%s`: %s", prim.Decl.Name, err)}
		}
		out = append(out, v)
	}
	if track {
		f.runs[n] = &applied{p, m}
	}
	return out, nil
}

// shaped gives flat numbers the form of t: a tensor, or a power or list of
// them.
func shaped(data []float64, t *category.Type) (Value, error) {
	c := t.Carrier()
	if c.Kind == category.Real {
		return Value{Data: data, Shape: c.Dims}, nil
	}
	if c.Kind == category.List {
		return elementsOf(data, c.Elem)
	}
	return Unflat(t, data)
}

// elementsOf gives flat numbers the form of a list of t: as many elements as
// they suffice for.
func elementsOf(data []float64, t *category.Type) (Value, error) {
	v, each := Value{Form: Parts}, len(Zero(t).Flat())
	for at := 0; at+each <= len(data) && each > 0; at += each {
		part, err := Unflat(t, data[at:at+each])
		if err != nil {
			return Value{}, err
		}
		v.Parts = append(v.Parts, part)
	}
	return v, nil
}

// givenParts splits a parameter object into the primitive's ports: the object
// itself, or the fields of a record by name.
func givenParts(d *category.PrimDecl, v Value, t *category.Type) []Value {
	c := t.Carrier()
	if c.Kind != category.Record {
		return []Value{v}
	}
	out := make([]Value, len(d.Given))
	for i, q := range d.Given {
		out[i] = v.Parts[fieldIndex(c, q.Name)]
	}
	return out
}

func fieldIndex(c *category.Type, name string) int {
	for i := range c.Fields {
		if c.Fields[i].Name == name {
			return i
		}
	}
	panic("eval: a record without the field " + name)
}
