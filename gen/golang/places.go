package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// leafPlace prints the part of root that a leaf of t is: root.Layer1.Weight.
// A place is something whose address can be taken.
func leafPlace(root jen.Code, t *category.Type, path []string) *jen.Statement {
	s := jen.Add(root)
	for _, step := range path {
		for t.Carrier().Kind == category.Power {
			t = t.Carrier().Elem
		}
		c := t.Carrier()
		if c.Kind == category.Product {
			i, _ := strconv.Atoi(step)
			s, t = s.Dot(factorField(i)), c.Items[i]
			continue
		}
		for _, f := range c.Fields {
			if f.Name == step {
				t = f.Type
			}
		}
		s = s.Dot(exported(step))
	}
	return s
}

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

// address prints a pointer to a leaf; pointer says that root is one already.
func address(root string, pointer bool, t *category.Type, path []string) *jen.Statement {
	if len(path) == 0 && pointer {
		return jen.Id(root)
	}
	return jen.Op("&").Add(leafPlace(jen.Id(root), t, path))
}
