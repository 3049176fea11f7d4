package check

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/find"
)

// arrowGraph holds what edges lists.
func (c *checker) arrowGraph() *find.Graph {
	if c.graph == nil {
		c.graph = find.New(c.edges())
	}
	return c.graph
}

// edges lists what a search may compose: the sound arrows in source order,
// own ones before imported ones, and behind each that can be differentiated
// its gradient. Endos are none of
// them: they act on a state and do not compose.
func (c *checker) edges() []find.Arrow {
	if c.searched != nil {
		return c.searched
	}
	c.searched = make([]find.Arrow, 0, len(c.cat.Arrows))
	whole := map[*category.Diagram]bool{}
	add := func(a *category.Arrow, qualifier string) {
		if a.Endo {
			return
		}
		e := find.Arrow{Name: qualifier + a.Name, Dom: a.Dom, Cod: a.Cod, Given: a.Given, Slot: a.Name}
		for _, s := range a.Open {
			e.Open = append(e.Open, s.Name)
		}
		c.searched = append(c.searched, e)
		if tangent := category.NewTangent(a.Given); !tangent.IsUnit() && realScalar(a.Cod) && reversible(a.Diagram, whole) && c.owedReverse(a, nil) == nil {
			e.Name, e.Cod, e.Grad = "grad "+e.Name, tangent, true
			c.searched = append(c.searched, e)
		}
	}
	for _, a := range c.cat.Arrows {
		add(a, "")
	}
	for _, imp := range c.cat.Imports {
		for _, a := range imp.Category.Arrows {
			add(a, imp.Name+".")
		}
	}
	return c.searched
}

// realScalar reports whether t is one real number, so that an arrow to it has
// a gradient.
func realScalar(t *category.Type) bool {
	c := t.Carrier()
	return c.Kind == category.Real && len(c.Dims) == 0 && !t.IndexLike()
}

// reversible reports whether grad applies to d: it holds no grad, and all of
// its primitives have reverse lines. What is written by hand brings its own.
func reversible(d *category.Diagram, known map[*category.Diagram]bool) bool {
	if d == nil {
		return true
	}
	if is, done := known[d]; done {
		return is
	}
	is := true
	for _, n := range d.Nodes {
		switch op := n.Op.(type) {
		case *category.Grad:
			is = false
		case *category.Apply:
			is = is && (op.Prim.Decl.Std || len(op.Prim.Decl.Reverse) > 0 || directed(op.Prim.Decl) == nil)
		case *category.Call:
			is = is && reversible(op.Arrow.Diagram, known)
		case *category.Map:
			is = is && reversible(op.Body, known)
		case *category.Repeat:
			is = is && reversible(op.Body, known)
		}
	}
	known[d] = is
	return is
}
