package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// A generic arrow is a family of arrows, one for each choice of the objects,
// dims and arrows that it leaves open. Each use chooses, and the body is
// elaborated anew at its place: nothing behind the checker knows generic
// arrows. Names in the body mean what they mean where it stands, and names in
// an argument what they mean where that stands.

// generic is a generic arrow whose declaration is sound.
type generic struct {
	decl       *syntax.ArrowDecl
	from       *checker // of the specification that declares it
	unfinished bool     // its body has holes
}

// instance is one use of a generic arrow.
type instance struct {
	*generic
	vars   map[string]*choice
	args   map[string]*argument
	use    diag.Span
	inputs []*local
	outer  *instance // in whose body it is used
	rigid  bool      // no use: the declaration's own check
}

// choice is an object or a dim that is left open, and what a use chooses for it.
type choice struct {
	parts seq // of an object
	dim   bool
	size  int // of a dim; 0 while it is not known
}

func (v *choice) known() bool {
	if v.dim {
		return v.size > 0
	}
	return v.parts.known()
}

// argument is what a generic arrow is applied to. Each mention in the body is
// a use of its own, with parameters of its own.
type argument struct {
	takes    *syntax.Takes
	dom, cod seq
	fresh    func(mention diag.Span) *node // nil after reporting
}

// needGeneric returns the generic arrow that decl declares, checking it now if
// that has not happened yet; nil where it is faulty.
func (c *checker) needGeneric(decl *syntax.ArrowDecl) *generic {
	name := decl.Name.Text
	if g, done := c.generics[name]; done {
		return g
	}
	if !c.visit(decl.Name) {
		return nil
	}
	g := &generic{decl: decl, from: c}
	if !c.genericHead(decl) || !c.genericBody(g) {
		g = nil
	}
	c.visited(name)
	c.generics[name] = g
	return g
}

// genericHead checks what a declaration says of itself.
func (c *checker) genericHead(decl *syntax.ArrowDecl) bool {
	name := decl.Name.Text
	refuse := func(span diag.Span, what, hint string) bool {
		c.report(diag.CT1006, span, fmt.Sprintf("`%s` is generic, and a generic arrow %s", name, what)).Hint(hint)
		return false
	}
	switch {
	case decl.Equations != nil:
		return refuse(decl.Name.Span, "is a term of other arrows", "equations stand between objects of your own")
	case decl.Hand != nil:
		return refuse(decl.Hand.Span, "cannot be written in Go", "an arrow made of it can: arrow f: A -> B = hand implements "+name+"(…)")
	case decl.Term == nil && decl.Named == nil:
		return refuse(decl.Name.Span, "needs a body", fmt.Sprintf("arrow %s… = a term of the arrows it takes", name))
	case decl.Given != nil:
		return refuse(decl.Given.Span, "has the parameters of what it is applied to", "leave the `given` out: each use has its own")
	case len(decl.With) > 0:
		return refuse(decl.With[0].Name.Span, "has the settings of what it is applied to", "leave the `with` out")
	}
	ok := true
	own := map[string]diag.Span{}
	enter := func(n syntax.Name, what string) {
		if first, again := own[n.Text]; again {
			c.report(diag.CT0206, n.Span, fmt.Sprintf("`%s` is named twice, and each name has one meaning here", n.Text)).Label(first, "the first")
			ok = false
			return
		}
		own[n.Text] = n.Span
		var at diag.Span
		as := ""
		if reserved, is := reservedNames[n.Text]; is {
			as = reserved + " of the language"
		} else if d := c.decls[n.Text]; d != nil {
			as, at = kindOf(d)+" here", d.DeclName().Span
		} else if imp := c.importNamed(n.Text); imp != nil {
			as, at = "an import here", imp.line.Span
		}
		if as == "" {
			return
		}
		d := c.report(diag.CT0206, n.Span, fmt.Sprintf("%s of `%s` cannot be called `%s`: that is %s", what, name, n.Text, as))
		if at.Known() {
			d.Label(at, "declared here")
		}
		ok = false
	}
	for _, p := range decl.Params {
		what := "an object"
		if p.Dim {
			what = "a dim"
		}
		enter(p.Name, what)
	}
	for _, t := range decl.Takes {
		enter(t.Name, "an argument")
	}
	return ok
}

// genericBody checks the body as far as that does not depend on the choice:
// with objects that are like no others, and arrows of which nothing is known
// but their ends.
func (c *checker) genericBody(g *generic) bool {
	s := c.newScope()
	n := s.expand(c.rigid(g))
	if n == nil || !s.solve() {
		return false
	}
	if s.unfinished() {
		g.unfinished = true
		return true
	}
	return s.decided(n)
}

// rigid chooses such objects and arrows. A dim is a number that most others
// divide, so that quotients of it exist.
func (c *checker) rigid(g *generic) *instance {
	inst := g.instance(g.decl.Name.Span)
	inst.rigid = true
	size := 0
	for _, p := range g.decl.Params {
		v := inst.vars[p.Text]
		if v.dim {
			size += probe
			v.size = size
			continue
		}
		o := &category.Object{Name: p.Text, Category: c.cat, Span: p.Span, Type: category.NewReal()}
		v.parts = of(category.NewNamed(o))
	}
	return inst
}

// probe has all divisors up to 8, and squares of it are far below what a
// tensor may hold.
const probe = 840

// instance is a use with everything left open.
func (g *generic) instance(use diag.Span) *instance {
	inst := &instance{generic: g, use: use, vars: map[string]*choice{}, args: map[string]*argument{}}
	for _, p := range g.decl.Params {
		v := &choice{dim: p.Dim}
		if !p.Dim {
			v.parts = seq{rowVar()}
		}
		inst.vars[p.Text] = v
	}
	return inst
}

// opaque makes an argument of a rigid instance: an arrow with parameters of
// its own.
func (s scope) opaque(a *argument) {
	params := &category.Object{Name: "parameters of " + a.takes.Name.Text, Category: s.c.cat, Type: category.NewReal()}
	arrow := &category.Arrow{
		Name: a.takes.Name.Text, Category: s.c.cat, Span: a.takes.Name.Span, Kind: category.Hand,
		Dom: a.dom.typ(), Cod: a.cod.typ(), Given: category.NewNamed(params),
	}
	a.fresh = func(mention diag.Span) *node { return s.useOf(arrow, mention) }
}

// maxUses is how many uses that lead to one fault are shown.
const maxUses = 3

// tell adds to d, reported of a body, the uses that lead there.
func (inst *instance) tell(d *diag.Diagnostic) {
	for i := 0; inst != nil && !inst.rigid && i < maxUses; i++ {
		d.Label(inst.use, fmt.Sprintf("in this use of `%s`", inst.decl.Name.Text))
		inst = inst.outer
	}
}

// viewOf is from as this checker sees it: its names, for the bodies of generic
// arrows that are used here, while what is found out and reported is this
// specification's. From itself is not written to: others import it as well.
func (c *checker) viewOf(from *checker) *checker {
	if from == c {
		return c
	}
	if v := c.views[from]; v != nil {
		return v
	}
	v := newChecker(from.file, c.diags, from.opts)
	v.std, v.cat, v.imports = c.std, c.cat, from.imports
	v.decls, v.dims, v.objectsBy, v.arrowsBy, v.generics, v.monoidsBy = from.decls, from.dims, from.objectsBy, from.arrowsBy, from.generics, from.monoidsBy
	v.gatherers, v.gatheredBy, v.broken, v.unfinished = from.gatherers, from.gatheredBy, from.broken, from.unfinished
	v.instances, v.holes = c.instances, c.holes
	if c.views == nil {
		c.views = map[*checker]*checker{}
	}
	c.views[from] = v
	return v
}
