package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// scattered reports whether some leaf of t does not lie in one piece of
// memory: a power of records holds each field once per element.
func scattered(t *category.Type) bool {
	c := t.Carrier()
	switch c.Kind {
	case category.Power:
		return len(c.Elem.Leaves()) > 1 || scattered(c.Elem)
	case category.Record:
		for _, f := range c.Fields {
			if scattered(f.Type) {
				return true
			}
		}
	case category.Product:
		for _, it := range c.Items {
			if scattered(it) {
				return true
			}
		}
	}
	return false
}

// address prints a pointer to the leaf of t at path, which lies in one piece;
// pointer says that root is one already.
func address(root string, pointer bool, t *category.Type, leaf category.Leaf) *jen.Statement {
	w := pieceWalk{leaf: leaf, typ: t}
	w.walk(t, leaf.Path, nil, 0, leaf.Dims)
	return w.out[0].address(root, pointer)
}
