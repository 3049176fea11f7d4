package golang

import (
	"slices"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// piece is a part of an object that lies in one stretch of memory: a leaf,
// or, of a leaf under a power of records, what one element holds of it.
type piece struct {
	leaf  category.Leaf // the whole leaf
	typ   *category.Type
	steps []step
	start int // its first element within the leaf
	dims  []int
}

// step leads from an object into a part: a field, or an element of a power.
type step struct {
	field string // as the spec names it
	code  string // as Go does
	index int    // where field is ""
}

// piecesOf lists the pieces of t in leaf order.
func piecesOf(t *category.Type) []piece {
	var out []piece
	leaves := t.Leaves()
	for _, l := range leaves {
		w := pieceWalk{leaf: l, typ: t}
		w.walk(t, l.Path, nil, 0, l.Dims)
		out = append(out, w.out...)
	}
	return out
}

type pieceWalk struct {
	leaf category.Leaf
	typ  *category.Type
	out  []piece
}

func (w *pieceWalk) walk(t *category.Type, path []string, steps []step, start int, dims []int) {
	// A tangent is walked as what it is the tangent of: the same fields, and
	// no record of tangents is made at every step.
	part := func(u *category.Type) *category.Type { return u }
	if t.Kind == category.Tangent {
		t, part = t.Elem, category.NewTangent
	}
	c := t.Carrier()
	if len(path) == 0 {
		w.out = append(w.out, piece{w.leaf, w.typ, steps, start, dims})
		return
	}
	steps = steps[:len(steps):len(steps)]
	switch c.Kind {
	case category.Power:
		if len(part(c.Elem).Leaves()) == 1 {
			w.out = append(w.out, piece{w.leaf, w.typ, steps, start, dims})
			return
		}
		size := sizeOf(dims[1:])
		for i := range c.N {
			w.walk(part(c.Elem), path, append(steps, step{index: i}), start+i*size, dims[1:])
		}
	case category.Product:
		i, _ := strconv.Atoi(path[0])
		w.walk(part(c.Items[i]), path[1:], append(steps, step{path[0], factorField(i), 0}), start, dims)
	default:
		for _, f := range c.Fields {
			if f.Name == path[0] {
				w.walk(part(f.Type), path[1:], append(steps, step{f.Name, exported(f.Name), 0}), start, dims)
			}
		}
	}
}

// name is the slot path of the piece: layer1.weight, blocks.2.weight.
// Parameters that are one tensor are called after their object, inside an
// optimizer's state too.
func (p *piece) name() string {
	s := ""
	for _, st := range p.steps {
		if s != "" {
			s += "."
		}
		if st.field == "" {
			s += strconv.Itoa(st.index)
			continue
		}
		s += st.field
	}
	switch {
	case s == "":
		return unexported(bare(p.typ))
	case isState(p.typ) && s == paramsField:
		return s + "." + unexported(bare(p.typ.Object.Of))
	}
	return s
}

// bare writes an object without the name of its category: slot paths are the
// same for all that import it.
func bare(t *category.Type) string {
	switch {
	case t.Kind == category.Named && t.Object.State == "":
		return t.Object.Name
	case t.Kind == category.Tangent && t.Elem.Kind == category.Named:
		return "tangent " + bare(t.Elem)
	}
	return t.String()
}

// object is what a specification calls the piece: its object, or the field of
// the innermost object that has a name, Neuron.weight; "" where none has, nor
// where the parts of parameters without a name lie in an optimizer's state.
func (p *piece) object(text func(*category.Type) string) string {
	title, part := "", ""
	t, tangent := p.typ, false
	for i := 0; ; i++ {
		if t.Kind == category.Tangent {
			t, tangent = t.Elem, true
		}
		if t.Kind == category.Named {
			title, part = text(t), ""
			if tangent {
				title = "tangent " + title
			}
		}
		if isState(p.typ) && i == 1 && t.Kind == category.Record || isState(t) && t.Object.Of.Kind != category.Named {
			title = ""
		}
		if i == len(p.steps) {
			break
		}
		c, st := t.Carrier(), p.steps[i]
		switch c.Kind {
		case category.Power:
			t, part = c.Elem, part+"["+strconv.Itoa(st.index)+"]"
		case category.Product:
			k, _ := strconv.Atoi(st.field)
			t, part = c.Items[k], part+"."+st.field
		default:
			k := slices.IndexFunc(c.Fields, func(f category.Field) bool { return f.Name == st.field })
			t, part = c.Fields[k].Type, part+"."+st.field
		}
	}
	if title == "" {
		return ""
	}
	return title + part
}

// address prints a pointer to the piece inside the object root.
func (p *piece) address(root string, pointer bool) *jen.Statement {
	if len(p.steps) == 0 && pointer {
		return jen.Id(root)
	}
	s := jen.Op("&").Id(root)
	for _, st := range p.steps {
		if st.field == "" {
			s = s.Index(jen.Lit(st.index))
			continue
		}
		s = s.Dot(st.code)
	}
	return s
}
