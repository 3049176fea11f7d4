package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// objects resolves every `object` line in any order. Those that only a
// `given` on a composite names follow with that composite (gather).
func (c *checker) objects() {
	for _, d := range c.file.Decls {
		if decl, ok := d.(*syntax.ObjectDecl); ok && c.decls[decl.Name.Text] == d {
			if o := c.object(decl); o != nil {
				c.addObject(o)
			}
		}
	}
}

// addObject keeps cat.Objects in source order.
func (c *checker) addObject(o *category.Object) {
	list := append(c.cat.Objects, o)
	for i := len(list) - 1; i > 0 && list[i-1].Span.Start > o.Span.Start; i-- {
		list[i-1], list[i] = list[i], list[i-1]
	}
	c.cat.Objects = list
}

// object resolves decl once; nil where it is faulty.
func (c *checker) object(decl *syntax.ObjectDecl) *category.Object {
	name := decl.Name.Text
	if o, done := c.objectsBy[name]; done {
		return o
	}
	if !c.visit(decl.Name) {
		c.objectsBy[name] = nil
		return nil
	}
	defer c.visited(name)
	o := c.newObject(decl)
	if _, faulty := c.objectsBy[name]; faulty { // a cycle through name marked it
		return nil
	}
	c.objectsBy[name] = o
	return o
}

func (c *checker) newObject(decl *syntax.ObjectDecl) *category.Object {
	if len(decl.Params) > 0 {
		c.report(diag.CT1006, decl.Params[0].Span, fmt.Sprintf("object `%s` takes no parameters", decl.Name.Text)).
			Hint("only the states of the standard library do, such as Adam[P]")
		return nil
	}
	o := &category.Object{Name: decl.Name.Text, Category: c.cat, Doc: decl.Doc, Span: decl.Name.Span, Type: category.NewReal()}
	if decl.Type != nil {
		o.Type = c.resolveType(decl.Type)
	}
	var set *category.Set
	if decl.Set != nil {
		if set = c.resolveSet(decl.Set); set == nil {
			return nil
		}
	}
	if o.Type == nil {
		return nil
	}
	o.Abbreviation = abbreviates(o.Type)
	if set != nil && !c.refines(o.Type, set, decl.Set.Span) {
		return nil
	}
	o.Set = set
	return o
}

// abbreviates reports whether a name over t is another word for t instead of
// a new object.
func abbreviates(t *category.Type) bool {
	switch t.Kind {
	case category.Product, category.List, category.Option, category.Tangent:
		return true
	case category.Named:
		return t.Object.State != ""
	}
	return false
}

// refines reports whether set may refine t, and reports where it may not.
func (c *checker) refines(t *category.Type, set *category.Set, span diag.Span) bool {
	carrier := t.Carrier()
	if carrier.Kind != category.Real || t.Kind == category.Tangent {
		c.report(diag.CT0504, span, fmt.Sprintf("a set refines a real number or tensor, and %s is neither", t))
		return false
	}
	if set.Simplex && len(carrier.Dims) == 0 {
		c.report(diag.CT0504, span, "a simplex needs an axis: its numbers sum to one").
			Hint("write `R[n] in simplex`, or `[0, 1]` for a single probability")
		return false
	}
	if outer := t.RefinedSet(); !set.Within(outer) {
		c.report(diag.CT0507, span, fmt.Sprintf("%s does not lie within %s, the set of %s", set, outer, t)).
			Label(t.Object.Span, fmt.Sprintf("%s in %s", t, outer)).
			Hint("an object over another may narrow its set, never widen it")
		return false
	}
	return true
}

// objectNamed finds the declared or gathered object called name. It is nil
// after reporting, silently where the object is known to be faulty, and with
// known false where nothing has that name.
func (c *checker) objectNamed(name syntax.Name) (o *category.Object, known bool) {
	if from, bare, qualified := c.elsewhere(name); qualified {
		return c.objectElsewhere(name, from, bare), true
	}
	if d, ok := c.decls[name.Text]; ok {
		decl, isObject := d.(*syntax.ObjectDecl)
		if !isObject {
			c.wrongKind(name, d, "an object", c.objectNames)
			return nil, true
		}
		return c.object(decl), true
	}
	by, ok := c.gatherers[name.Text]
	if !ok {
		return nil, false
	}
	if o, done := c.objectsBy[name.Text]; done {
		return o, true
	}
	if !c.visiting[name.Text] {
		if !c.visit(name) {
			return nil, true
		}
		defer c.visited(name.Text)
	}
	c.needArrow(by.Name.Text) // gathers the object, or reports why it cannot
	return c.objectsBy[name.Text], true
}

// objectNames lists what may stand where an object is expected.
func (c *checker) objectNames() []string {
	names := c.declared(isObject)
	names = append(names, keys(c.gatherers)...)
	return append(names, keys(carriers)...)
}
