package check

import (
	"fmt"
	"strconv"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// signature turns the arrow's domain, parameters and codomain into ports.
func (b *primBuilder) signature() {
	b.decl.Ins = b.inputs()
	b.decl.Given = b.given()
	b.decl.Outs = b.outputs()
	for i := range b.decl.Outs {
		if b.decl.Outs[i].Kind != category.Real && !b.decl.Each && b.std {
			b.decl.Outs[i].Set = nil
		}
	}
}

// typed is one factor of a signature with what is written beside it.
type typed struct {
	name string
	typ  syntax.Type
	set  *syntax.Set
	init *syntax.Init
	flat bool // nodecay
	runs bool // running
}

func (b *primBuilder) inputs() []category.Port {
	var items []typed
	if b.a.HasInputs {
		for _, f := range b.a.Inputs {
			b.names[f.Name.Text] = f.Name.Span
			items = append(items, typed{name: f.Name.Text, typ: f.Type, set: f.Set})
		}
	} else if b.a.Dom != nil {
		items = anonymous(b.a.Dom, b.a.DomSet)
	}
	return b.ports(items, "x")
}

func (b *primBuilder) outputs() []category.Port {
	if b.a.Cod == nil {
		b.fail(diag.CT0310, b.a.Name.Span, fmt.Sprintf("`%s` is given by equations and needs its objects", b.a.Name.Text))
		return nil
	}
	if state := b.stateDecl(b.a.Cod); state != nil {
		ports := b.stateFields(state)
		for i := range ports {
			ports[i].Name += "'"
		}
		return ports
	}
	ports := b.ports(anonymous(b.a.Cod, b.a.CodSet), "y")
	// The next value of the one parameter is written with its primed name.
	if len(ports) == 1 && len(b.decl.Given) == 1 && ports[0].Kind == b.decl.Given[0].Kind {
		for _, m := range b.a.Equations.Means {
			if m.Primed && m.Target.Text == b.decl.Given[0].Name {
				ports[0].Name = b.decl.Given[0].Name + "'"
			}
		}
	}
	return ports
}

func (b *primBuilder) given() []category.Port {
	g := b.a.Given
	switch {
	case g == nil:
		return nil
	case g.Type == nil:
		b.named(g.Fields)
		return b.ports(fieldItems(g.Fields), "p")
	}
	if r, ok := unparen(g.Type).(*syntax.TypeRecord); ok {
		b.named(r.Fields)
		return b.ports(fieldItems(r.Fields), "p")
	}
	if state := b.stateDecl(g.Type); state != nil {
		b.decl.State = state.Name.Text
		return b.stateFields(state)
	}
	if !b.std {
		return b.givenObject(g.Type)
	}
	return b.ports(anonymous(g.Type, nil), "p")
}

// givenObject is a user's parameter object: a port per field of a record, one
// port otherwise.
func (b *primBuilder) givenObject(t syntax.Type) []category.Port {
	typ := b.c.resolveType(t)
	if typ == nil {
		b.failed = true
		return nil
	}
	rec := typ.Carrier()
	if rec.Kind != category.Record {
		if p, ok := b.objectPort("p", typ, t.TypeSpan()); ok {
			return []category.Port{p}
		}
		return nil
	}
	var ports []category.Port
	for _, f := range rec.Fields {
		if typ.Kind == category.Named {
			if at := b.c.fieldSpan(typ.Object, f.Name); at.Text() == f.Name {
				b.names[f.Name] = at
			}
		}
		if p, ok := b.objectPort(f.Name, f.Type, t.TypeSpan()); ok {
			p.Init, p.NoDecay = f.Init, f.NoDecay == category.Yes
			ports = append(ports, p)
		}
	}
	return ports
}

func (b *primBuilder) named(fields []syntax.Field) {
	for _, f := range fields {
		b.names[f.Name.Text] = f.Name.Span
	}
}

func fieldItems(fields []syntax.Field) []typed {
	var items []typed
	for _, f := range fields {
		items = append(items, typed{f.Name.Text, f.Type, f.Set, f.Init, f.NoDecay, f.Running})
	}
	return items
}

// anonymous splits a product into factors without names; a set goes with a
// single factor.
func anonymous(t syntax.Type, set *syntax.Set) []typed {
	switch u := unparen(t).(type) {
	case *syntax.TypeBinary:
		if u.Op == '*' {
			return append(anonymous(u.L, nil), anonymous(u.R, set)...)
		}
	case *syntax.TypeInt:
		return nil
	}
	return []typed{{typ: t, set: set}}
}

func unparen(t syntax.Type) syntax.Type {
	for {
		p, ok := t.(*syntax.TypeParen)
		if !ok {
			return t
		}
		t = p.In
	}
}

// ports builds one port per item. Items without a name are called base, or
// base1, base2 … where there are several.
func (b *primBuilder) ports(items []typed, base string) []category.Port {
	var ports []category.Port
	for i, it := range items {
		name := it.name
		if name == "" {
			name = base
			if len(items) > 1 {
				name += strconv.Itoa(i + 1)
			}
		}
		if b.std {
			if p, ok := b.schemePort(name, it); ok {
				ports = append(ports, p)
			}
			continue
		}
		typ := b.c.resolveType(it.typ)
		if typ == nil {
			b.failed = true
			continue
		}
		for j, f := range typ.Factors() {
			n := name
			if k := len(typ.Factors()); k > 1 {
				n += strconv.Itoa(j + 1)
			}
			if p, ok := b.objectPort(n, f, it.typ.TypeSpan()); ok {
				ports = append(ports, b.refine(p, it))
			}
		}
	}
	return ports
}

// objectPort is the port of a declared object: its carrier is one tensor.
func (b *primBuilder) objectPort(name string, t *category.Type, span diag.Span) (category.Port, bool) {
	leaf, ok := tensorOf(t, false)
	if !ok {
		b.fail(diag.CT0814, span, fmt.Sprintf("equations speak of numbers and tensors, and %s is neither", t)).
			Hint("take the parts of a record as inputs of their own, or write the arrow as a term")
		return category.Port{}, false
	}
	p := category.Port{Name: name, Kind: leaf.Kind, Set: t.RefinedSet(), Running: leaf.Running}
	for _, d := range leaf.Dims {
		p.Shape = append(p.Shape, category.DimTerm{Const: d})
	}
	if leaf.Kind == category.Fin {
		p.FinSize = &category.DimTerm{Const: leaf.N}
	}
	return p, true
}

// tensorOf returns t as one tensor: a real, Fin, Bool or Int carrier, a power
// of indices, or, with powers, one of real tensors.
func tensorOf(t *category.Type, powers bool) (category.Leaf, bool) {
	c := t.Carrier()
	switch c.Kind {
	case category.Real, category.Fin, category.Bool, category.Int:
		return category.Leaf{Kind: c.Kind, Dims: c.Dims, N: c.N, Set: t.RefinedSet(), Running: c.Running}, true
	case category.Power:
		l, ok := tensorOf(c.Elem, powers)
		if !ok || l.Kind == category.Real && !powers {
			return category.Leaf{}, false
		}
		l.Dims = append([]int{c.N}, l.Dims...)
		if set := t.RefinedSet(); set != nil {
			l.Set = set
		}
		return l, true
	}
	return category.Leaf{}, false
}

// refine adds what a signature writes beside a type.
func (b *primBuilder) refine(p category.Port, it typed) category.Port {
	if it.set != nil {
		if p.Set = b.c.resolveSet(it.set); p.Set == nil {
			b.failed = true
		}
	}
	if it.init != nil {
		if p.Init = b.c.resolveInit(it.init, &category.Type{Kind: p.Kind}); p.Init == nil {
			b.failed = true
		}
	}
	p.NoDecay, p.Running = it.flat, it.runs || p.Running
	if it.runs && p.Kind != category.Real {
		b.fail(diag.CT0810, it.typ.TypeSpan(), "running statistics are real numbers")
	}
	return p
}

// schemePort is a port of a scheme: R[..t, i], Fin[k] ^ ..t, Int, P, tangent P.
func (b *primBuilder) schemePort(name string, it typed) (category.Port, bool) {
	p := category.Port{Name: name}
	if !b.schemeType(&p, it.typ) {
		b.fail(diag.CT0809, it.typ.TypeSpan(), "a scheme is made of R[…], Fin[…] ^ n, Bool, Int and the type parameter")
		return p, false
	}
	return b.refine(p, it), true
}

func (b *primBuilder) schemeType(p *category.Port, t syntax.Type) bool {
	switch t := unparen(t).(type) {
	case *syntax.TypeTangent:
		p.TangentOf = true
		return b.schemeType(p, t.Of) && p.Whole
	case *syntax.TypeBinary:
		if t.Op != '^' || !b.schemeType(p, t.L) || p.Kind == category.Real {
			return false
		}
		d, ok := b.dimTerm(t.R)
		p.Shape = append([]category.DimTerm{d}, p.Shape...)
		return ok
	case *syntax.TypeName:
		switch name := t.Name.Text; name {
		case "R":
			for _, arg := range t.Args {
				d, ok := b.dimTerm(arg)
				if !ok {
					return false
				}
				p.Shape = append(p.Shape, d)
			}
			return true
		case "Fin":
			if len(t.Args) != 1 {
				return false
			}
			d, ok := b.dimTerm(t.Args[0])
			p.Kind, p.FinSize = category.Fin, &d
			return ok && !d.Segment
		case "List", "Option":
			return b.schemeList(p, t)
		case "Bool", "Int":
			p.Kind = map[string]category.Kind{"Bool": category.Bool, "Int": category.Int}[name]
			return t.Args == nil
		case b.decl.Type:
			p.Whole = true
			return t.Args == nil
		}
	}
	return false
}

func (b *primBuilder) dimTerm(t syntax.Type) (category.DimTerm, bool) {
	switch t := unparen(t).(type) {
	case *syntax.TypeSegment:
		b.declareDim(t.Name.Text)
		b.decl.Segments[t.Name.Text] = true
		return category.DimTerm{Var: t.Name.Text, Segment: true}, true
	case *syntax.TypeName:
		b.declareDim(t.Name.Text)
		return category.DimTerm{Var: t.Name.Text}, t.Args == nil && !b.decl.Segments[t.Name.Text]
	case *syntax.TypeInt:
		v, ok := b.c.resolveDim(t)
		return category.DimTerm{Const: v}, ok
	}
	return category.DimTerm{}, false
}

func (b *primBuilder) declareDim(name string) {
	if !b.dims[name] {
		b.dims[name] = true
		b.decl.Dims = append(b.decl.Dims, name)
	}
}

// stateDecl returns std's state object that t applies to the type parameter.
func (b *primBuilder) stateDecl(t syntax.Type) *syntax.ObjectDecl {
	n, ok := unparen(t).(*syntax.TypeName)
	if !ok || !b.std || len(n.Args) != 1 {
		return nil
	}
	return b.c.stateDecl(n.Name.Text)
}

func (b *primBuilder) stateFields(d *syntax.ObjectDecl) []category.Port {
	r, ok := unparen(d.Type).(*syntax.TypeRecord)
	if !ok {
		b.fail(diag.CT0809, d.Name.Span, fmt.Sprintf("the state %s is no record", d.Name.Text))
		return nil
	}
	return b.ports(fieldItems(r.Fields), "p")
}
