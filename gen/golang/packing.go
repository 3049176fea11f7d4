package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// pack gathers a scattered argument behind the plan's own workspace, and
// spreads it again where the plan writes it.
func (c *planCall) pack(root string, a plan.Arg) *jen.Statement {
	c.packs++
	id := "packed" + strconv.Itoa(c.packs)
	kind := a.Leaf.Kind
	start := c.next[kind]
	end := grown(start, a)
	c.next[kind] = end
	c.before = append(c.before, jen.Id(id).Op(":=").Id(workOf(kind)).Index(sized(start, c.o.n), sized(end, c.o.n)))
	if a.Role != plan.CotangentArg && a.Role != plan.OutputArg {
		c.before = append(c.before, c.loops(id, root, a, false))
	}
	if a.Role == plan.CotangentArg || a.Role == plan.OutputArg || a.Role == plan.StateArg {
		c.after = append(c.after, c.loops(id, root, a, true))
	}
	return jen.Id(id)
}

// loops copies between a leaf's pieces and the slice id: into it, or back.
func (c *planCall) loops(id, root string, a plan.Arg, back bool) jen.Code {
	w := &packLoop{id: id, kind: a.Leaf.Kind, back: back}
	return w.walk(a.Type, a.Leaf.Path, jen.Id(root), nil, a.Leaf.Dims)
}

// packLoop prints the loops over the elements of powers on the way to a leaf.
type packLoop struct {
	id    string
	kind  category.Kind
	back  bool
	depth int
	turn  plan.Turn // pieces are stored transposed
	// pointer is the root where that is a pointer to the object, else "".
	pointer string
}

func (w *packLoop) variable() string {
	w.depth++
	return string("ijklmnop"[min(w.depth-1, 7)])
}

// walk goes down to the pieces of one leaf; index counts the pieces passed.
func (w *packLoop) walk(t *category.Type, path []string, place, index *jen.Statement, dims []int) jen.Code {
	c := t.Carrier()
	if len(path) == 0 || c.Kind == category.Power && len(c.Elem.Leaves()) == 1 {
		return w.copy(place, index, sizeOf(dims))
	}
	switch c.Kind {
	case category.Power:
		v := w.variable()
		at := jen.Id(v)
		if index != nil {
			at = parens(index).Op("*").Lit(c.N).Op("+").Id(v)
		}
		inner := w.walk(c.Elem, path, jen.Add(place).Index(jen.Id(v)), at, dims[1:])
		return jen.For(jen.Id(v).Op(":=").Range().Add(place)).Block(inner)
	case category.Product:
		i, _ := strconv.Atoi(path[0])
		return w.walk(c.Items[i], path[1:], jen.Add(place).Dot(factorField(i)), index, dims)
	}
	for _, f := range c.Fields {
		if f.Name == path[0] {
			return w.walk(f.Type, path[1:], jen.Add(place).Dot(exported(f.Name)), index, dims)
		}
	}
	return jen.Null()
}

func (w *packLoop) copy(place, index *jen.Statement, size int) jen.Code {
	piece := jen.Id(w.id)
	if index != nil {
		low := parens(index).Op("*").Lit(size)
		piece = piece.Index(jen.Add(low), jen.Add(low).Op("+").Lit(size))
	}
	object := flat(w.kind, jen.Op("&").Add(place))
	if w.pointer != "" && source(place) == w.pointer {
		object = flat(w.kind, place)
	}
	switch t := w.turn; {
	case t != (plan.Turn{}) && w.back:
		return turnCall(object, piece, t.Cols, t.Rows)
	case t != (plan.Turn{}):
		return turnCall(piece, object, t.Rows, t.Cols)
	}
	if w.back {
		return jen.Copy(object, piece)
	}
	return jen.Copy(piece, object)
}
