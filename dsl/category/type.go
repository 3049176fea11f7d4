package category

import "slices"

// Kind distinguishes the carriers of the language.
type Kind uint8

const (
	Real    Kind = iota // R, R[784]: Dims
	Fin                 // Fin[10]: N
	Bool                //
	Int                 //
	Text                //
	Record              // { weight: Weight, … }: Fields
	Product             // A * B, flat and without units inside; no items: the unit 1
	Power               // A ^ n: Elem, N
	List                // List[A]: Elem
	Option              // Option[A]: Elem
	Tangent             // tangent P, where it does not reduce further: Elem
	Named               // a declared object: Object
)

// Type is an object expression in normal form: abbreviations are expanded,
// products are flat, tangents are pushed inward as far as they go. Build
// types with the constructors below; compare them with Equal.
type Type struct {
	Kind   Kind
	Dims   []int
	N      int
	Elem   *Type
	Items  []*Type
	Fields []Field
	Object *Object
	Set    *Set // of an anonymous real carrier; nil: all of it
	// Running marks a real carrier that holds running statistics: it has no
	// tangent, so that no gradient and no optimizer knows of it; each step of
	// training moves it on by the lines of the arrow that keeps it.
	Running bool
}

// Field is a named component of a record.
type Field struct {
	Name    string
	Doc     []string
	Type    *Type
	Init    *Init   // nil: the slot's own
	NoDecay Tri     // overrides the slot's own
	Factor  float64 // of a field that says `decay`: what weight decay is multiplied by
}

// Decay is what weight decay is multiplied by at a field whose slot says slot:
// 0 leaves it alone.
func (f *Field) Decay(slot float64) float64 {
	switch {
	case f == nil || f.NoDecay == Inherit:
		return slot
	case f.NoDecay == Yes:
		return 0
	}
	return f.Factor
}

// Tri is yes, no, or whatever the slot says.
type Tri uint8

const (
	Inherit Tri = iota
	Yes
	No
)

// Unit is the object 1.
var Unit = &Type{Kind: Product}

// NewReal returns R[dims…]; R itself without dims.
func NewReal(dims ...int) *Type { return &Type{Kind: Real, Dims: dims} }

// NewProduct returns the flat product of items; the item itself if only one.
func NewProduct(items ...*Type) *Type {
	var flat []*Type
	for _, t := range items {
		flat = append(flat, t.Factors()...)
	}
	switch len(flat) {
	case 0:
		return Unit
	case 1:
		return flat[0]
	}
	return &Type{Kind: Product, Items: flat}
}

// NewNamed returns the type of object o: o itself where it is a new object,
// what it abbreviates where it is an abbreviation.
func NewNamed(o *Object) *Type {
	if o.Abbreviation {
		return o.Type
	}
	return &Type{Kind: Named, Object: o}
}

// NewTangent returns tangent t: index-like parts vanish, products and
// anonymous records go component by component, tangent tangent P = tangent P.
func NewTangent(t *Type) *Type {
	if t.IndexLike() {
		return Unit
	}
	switch t.Kind {
	case Tangent:
		return t
	case Product:
		items := make([]*Type, len(t.Items))
		for i, it := range t.Items {
			items[i] = NewTangent(it)
		}
		return NewProduct(items...)
	}
	return &Type{Kind: Tangent, Elem: t}
}

// IndexLike reports whether t carries no direction in which to move: Fin,
// Int, Bool, Text, finite sets, running statistics, and what is made of these alone.
func (t *Type) IndexLike() bool {
	switch t.Kind {
	case Fin, Bool, Int, Text:
		return true
	case Real:
		return t.Running || t.Set != nil && t.Set.Finite
	case Named:
		if s := t.Object.EffectiveSet(); s != nil && s.Finite {
			return true
		}
		return t.Object.Type.IndexLike()
	case Product:
		for _, it := range t.Items {
			if !it.IndexLike() {
				return false
			}
		}
		return true
	case Record:
		for _, f := range t.Fields {
			if !f.Type.IndexLike() {
				return false
			}
		}
		return true
	case Power, List, Option:
		return t.Elem.IndexLike()
	}
	return false
}

// Factors returns the factors of t as a product: none for 1, t itself where
// it is no product.
func (t *Type) Factors() []*Type {
	if t.Kind == Product {
		return t.Items
	}
	return []*Type{t}
}

// Carrier follows names to the carrier below: never Named. The carrier of
// tangent P is the carrier of P with index-like parts dropped, sets dropped
// and fields made tangents.
func (t *Type) Carrier() *Type {
	switch t.Kind {
	case Named:
		return t.Object.Type.Carrier()
	case Tangent:
		c := t.Elem.Carrier()
		switch c.Kind {
		case Real:
			return NewReal(c.Dims...)
		case Record:
			r := &Type{Kind: Record}
			for _, f := range c.Fields {
				if ft := NewTangent(f.Type); !ft.IsUnit() {
					r.Fields = append(r.Fields, Field{Name: f.Name, Doc: f.Doc, Type: ft})
				}
			}
			return r
		case Power, List, Option:
			return &Type{Kind: c.Kind, N: c.N, Elem: NewTangent(c.Elem)}
		}
		return NewTangent(c)
	}
	return t
}

// IsUnit reports whether t is 1.
func (t *Type) IsUnit() bool { return t.Kind == Product && len(t.Items) == 0 }

// RefinedSet returns the set that values of t lie in, or nil for no
// restriction. Only scalars, tensors and names over them have one.
func (t *Type) RefinedSet() *Set {
	if t.Kind == Named {
		return t.Object.EffectiveSet()
	}
	return t.Set
}

// Equal reports whether t and u are the same object. Names are equal only to
// themselves; everything anonymous compares by structure.
func (t *Type) Equal(u *Type) bool {
	if t == u {
		return true
	}
	if t == nil || u == nil || t.Kind != u.Kind || t.N != u.N || !slices.Equal(t.Dims, u.Dims) ||
		t.Object != u.Object || len(t.Items) != len(u.Items) || len(t.Fields) != len(u.Fields) || !t.Set.Equal(u.Set) || t.Running != u.Running {
		return false
	}
	for i := range t.Items {
		if !t.Items[i].Equal(u.Items[i]) {
			return false
		}
	}
	for i := range t.Fields {
		if t.Fields[i].Name != u.Fields[i].Name || !t.Fields[i].Type.Equal(u.Fields[i].Type) {
			return false
		}
	}
	return t.Elem == u.Elem || (t.Elem != nil && u.Elem != nil && t.Elem.Equal(u.Elem))
}
