package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// stateDecl returns std's declaration of the state called name, or nil.
func (c *checker) stateDecl(name string) *syntax.ObjectDecl {
	if c.std == nil {
		return nil
	}
	return c.std.states[name]
}

// stateType resolves a written state such as Adam[Network].
func (c *checker) stateType(t *syntax.TypeName, decl *syntax.ObjectDecl) *category.Type {
	name := t.Name.Text
	if len(t.Args) != len(decl.Params) || len(decl.Params) != 1 {
		c.report(diag.CT0405, t.Span, fmt.Sprintf("%s is a state of parameters: it needs one object in brackets", name)).
			Hint(fmt.Sprintf("such as `%s[Network]`", name))
		return nil
	}
	p := c.typeExpr(t.Args[0])
	if p == nil {
		return nil
	}
	if o := c.stateInstance(name, p, t.Span); o != nil {
		return category.NewNamed(o)
	}
	return nil
}

// stateInstance returns the state object generic[p], the same for equal p; nil
// after reporting where p has nothing that could be trained.
func (c *checker) stateInstance(generic string, p *category.Type, span diag.Span) *category.Object {
	key := fmt.Sprintf("%s[%s]", generic, p)
	for _, o := range c.instances[key] {
		if o.Of.Equal(p) {
			return o
		}
	}
	if p.Kind == category.Named && p.Object.Category != c.cat {
		// Its own category may have the state already: then it is that one.
		for _, o := range p.Object.Category.States {
			if o.State == generic && o.Of.Equal(p) {
				return o
			}
		}
	}
	decl := c.stateDecl(generic)
	if decl == nil || len(decl.Params) != 1 {
		return nil
	}
	if p.IndexLike() {
		c.report(diag.CT0408, span, fmt.Sprintf("%s has nothing to train: no direction to move in", p)).
			Hint("real numbers are trained; indices, whole numbers, truth values and texts are not")
		return nil
	}
	outer := c.params
	c.params = map[string]*category.Type{decl.Params[0].Text: p}
	t := c.typeExpr(decl.Type)
	c.params = outer
	if t == nil || !c.fits(t, span) {
		return nil
	}
	o := &category.Object{Name: key, Category: c.cat, Doc: decl.Doc, Span: decl.Name.Span, Type: t, State: generic, Of: p}
	c.instances[key] = append(c.instances[key], o)
	c.cat.States = append(c.cat.States, o)
	return o
}

// gather declares the object that `given name` on a composite names: the
// record of its slots, or where there is one slot another word for its object.
// There is at least one. It is nil after reporting, and recorded under its name
// either way.
func (c *checker) gather(name string, doc []string, span diag.Span, slots []*category.Slot) *category.Object {
	if o, done := c.objectsBy[name]; done {
		return o
	}
	c.objectsBy[name] = nil
	o := &category.Object{Name: name, Category: c.cat, Doc: doc, Span: span, Gathered: true, Labels: slots}
	if len(slots) == 1 {
		o.Type, o.Abbreviation = slots[0].Type, true
	} else {
		record := &category.Type{Kind: category.Record}
		seen := map[string]syntax.Name{}
		for _, s := range slots {
			if !c.fieldName(syntax.Name{Text: s.Label, Span: s.Span}, seen) {
				return nil
			}
			record.Fields = append(record.Fields, category.Field{Name: s.Label, Type: s.Type})
		}
		o.Type = record
	}
	if !c.fits(o.Type, span) {
		return nil
	}
	c.objectsBy[name] = o
	c.addObject(o)
	return o
}
