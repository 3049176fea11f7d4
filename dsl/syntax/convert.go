package syntax

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// convert turns what participle read into the tree.
func (c cursor) convert(g *declGrammar, span diag.Span) (item, error) {
	it := item{span: span}
	switch {
	case g.Category != nil:
		name := c.nameOf(&g.Category.Name)
		it.category = &name
	case g.Import != nil:
		i := &Import{Path: Quoted{Span: c.span(&g.Import.Path)}, Span: span}
		var err error
		if i.Path.Text, err = c.quotedPath(i.Path.Span); err != nil {
			return item{}, err
		}
		if g.Import.As != nil {
			name := c.nameOf(g.Import.As)
			i.As = &name
		}
		it.imported = i
	case g.Dim != nil:
		d := &DimDecl{Head: Head{Name: c.nameOf(&g.Dim.Name), Span: span}, Value: g.Dim.Value}
		it.decl, it.head = d, &d.Head
	case g.Object != nil:
		d := c.object(g.Object)
		it.decl, it.head = d, &d.Head
	case g.Arrow != nil:
		d := c.arrow(g.Arrow)
		it.decl, it.head = d, &d.Head
	case g.Endo != nil:
		d := c.endo(g.Endo)
		it.decl, it.head = d, &d.Head
	case g.Law != nil:
		d := &LawDecl{Head: Head{Name: c.nameOf(&g.Law.Name)}, Left: g.Law.Left, Right: g.Law.Right, Exactly: g.Law.Exactly}
		d.Within, _ = g.Law.Within.(*Const)
		it.decl, it.head = d, &d.Head
	case g.Monoid != nil:
		d := &MonoidDecl{Head: Head{Name: c.nameOf(&g.Monoid.Name)}, On: g.Monoid.On, Exactly: g.Monoid.Exactly}
		d.Within, _ = g.Monoid.Within.(*Const)
		pair, ok := g.Monoid.Pair.(*TermTuple)
		if !ok || len(pair.Items) != 2 {
			return item{}, c.fail(diag.CT0114, g.Monoid.Pair.TermSpan(), "a monoid is its unit and its multiplication").
				hint(fmt.Sprintf("write the two in parentheses: monoid %s on A = (unit, multiply)", d.Name.Text))
		}
		d.Unit, d.Multiply = pair.Items[0], pair.Items[1]
		it.decl, it.head = d, &d.Head
	case g.Data != nil:
		d, err := c.data(g.Data)
		if err != nil {
			return item{}, err
		}
		it.decl, it.head = d, &d.Head
	case g.Train != nil:
		d := &TrainDecl{Head: Head{Name: c.nameOf(&g.Train.Name)}}
		d.Entries = g.Train.Entries.(entries)
		it.decl, it.head = d, &d.Head
	}
	if it.head != nil {
		it.head.Span = span
	}
	return it, nil
}

func (c cursor) object(g *objectGrammar) *ObjectDecl {
	t := g.Tail.(*carrier)
	return &ObjectDecl{Head: Head{Name: c.nameOf(&g.Name)}, Params: t.params, Type: t.typ, Set: t.set}
}

func (c cursor) arrow(g *arrowGrammar) *ArrowDecl {
	t := g.Tail.(*tail)
	d := &ArrowDecl{
		Head: Head{Name: c.nameOf(&g.Name)}, Params: t.params, Takes: t.takes, Inputs: t.inputs, HasInputs: t.inputs != nil,
		Dom: t.dom, DomSet: t.domSet, Cod: t.cod, CodSet: t.codSet, With: t.with, Term: t.term, Hand: t.hand,
	}
	d.Given, _ = t.given.(*Given)
	switch b := t.body.(type) {
	case *NamedBody:
		d.Named = b
	case *Equations:
		d.Equations = b
	}
	return d
}

func (c cursor) endo(g *endoGrammar) *ArrowDecl {
	d := &ArrowDecl{Head: Head{Name: c.nameOf(&g.Name)}, Endo: true, On: g.On, Term: g.Term}
	d.Given, _ = g.Given.(*Given)
	if w, ok := g.With.(with); ok {
		d.With = w
	}
	return d
}

func (c cursor) data(g *dataGrammar) (*DataDecl, error) {
	d := &DataDecl{
		Head:     Head{Name: c.nameOf(&g.Name)},
		Type:     g.Type,
		Format:   c.nameOf(&g.Format),
		PathSpan: c.span(&g.Path),
		Rows:     g.Rows.(rows),
	}
	var err error
	d.Path, err = c.quotedPath(d.PathSpan)
	return d, err
}
