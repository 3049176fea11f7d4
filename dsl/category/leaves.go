package category

import "strconv"

// Leaf is one tensor inside an object: where it lies, its carrier and shape.
// Powers stack: their length becomes the leaf's leading dimension.
type Leaf struct {
	Path    []string // field names from the root; "" path elements never occur
	Kind    Kind     // Real, Fin, Bool, Int, Text
	Dims    []int
	N       int     // of Fin
	Object  *Object // innermost named object around the leaf, or nil
	Field   *Field  // innermost field around the leaf, or nil
	Around  float64 // what the other fields around it multiply weight decay by
	Set     *Set
	Tangent bool
	Running bool // statistics that training moves on: without tangent
}

// Size is the number of elements.
func (l *Leaf) Size() int {
	n := 1
	for _, d := range l.Dims {
		n *= d
	}
	return n
}

// Leaves returns the tensors of t in declaration order. A product's factors
// have paths "0", "1", …
func (t *Type) Leaves() []Leaf {
	var w leafWalk
	w.walk(t, nil, nil, nil, nil, 1, false)
	return w.out
}

type leafWalk struct{ out []Leaf }

func (w *leafWalk) walk(t *Type, path []string, lead []int, obj *Object, field *Field, around float64, tangent bool) {
	switch t.Kind {
	case Named:
		w.walk(t.Object.Type, path, lead, t.Object, field, around, tangent)
		if s := t.Object.Set; s != nil && !tangent && len(w.out) > 0 {
			if l := &w.out[len(w.out)-1]; l.Object == t.Object || l.Set == nil {
				l.Set = s
			}
		}
	case Tangent:
		c := t.Carrier()
		var o *Object
		if t.Elem.Kind == Named {
			o = t.Elem.Object
		}
		w.walk(c, path, lead, o, field, around, true)
	case Record:
		around *= field.Decay(1)
		for i := range t.Fields {
			f := &t.Fields[i]
			w.walk(f.Type, join(path, f.Name), lead, obj, f, around, tangent)
		}
	case Product:
		for i, it := range t.Items {
			w.walk(it, join(path, strconv.Itoa(i)), lead, obj, field, around, tangent)
		}
	case Power:
		w.walk(t.Elem, path, append(lead[:len(lead):len(lead)], t.N), obj, field, around, tangent)
	case List, Option:
		// Variable length: no static leaves. The checker refuses these
		// wherever a plan would need them.
	default:
		l := Leaf{Path: path, Kind: t.Kind, N: t.N, Object: obj, Field: field, Around: around, Set: t.Set, Tangent: tangent, Running: t.Running}
		l.Dims = append(lead[:len(lead):len(lead)], t.Dims...)
		w.out = append(w.out, l)
	}
}

func join(path []string, name string) []string {
	return append(path[:len(path):len(path)], name)
}
