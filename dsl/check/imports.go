package check

import (
	"fmt"
	"path"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// imported is one import as the names of a specification see it.
type imported struct {
	line *syntax.Import
	name string
	c    *checker // nil where it could not be read: names behind it are not unknown
}

// bindImports gives the imports of u their names.
func (c *checker) bindImports(u *unit) {
	for i, of := range u.imports {
		line := &u.file.Imports[i]
		imp := &imported{line: line}
		switch {
		case of != nil:
			imp.c, imp.name = of.c, of.c.cat.Name
		default:
			imp.name = fileIdentifier(path.Base(line.Path.Text))
		}
		if line.As != nil {
			imp.name = line.As.Text
		}
		if of != nil {
			c.cat.Imports = append(c.cat.Imports, &category.Import{Name: imp.name, Category: of.c.cat, Span: line.Span})
		}
		c.imports = append(c.imports, imp)
	}
}

// importNames reports imports whose names cannot be told from others. They
// share the namespace of declarations.
func (c *checker) importNames() {
	for i, imp := range c.imports {
		span := imp.line.Path.Span
		if imp.line.As != nil {
			span = imp.line.As.Span
		}
		again := func(message string, first diag.Span, at string) {
			c.report(diag.CT0201, span, message).Label(first, at).
				Hint(fmt.Sprintf("give the import another name: import %s as …", imp.line.Path.Span.Text()))
		}
		if what, reserved := reservedNames[imp.name]; reserved {
			c.report(diag.CT0202, span, fmt.Sprintf("`%s` is %s of the language and cannot be the name of an import", imp.name, what)).
				Hint(fmt.Sprintf("choose another name: import %s as …", imp.line.Path.Span.Text()))
			continue
		}
		if syntax.Keyword(imp.name) {
			c.report(diag.CT0202, span, fmt.Sprintf("`%s` is a keyword, so no name can stand behind it", imp.name)).
				Hint(fmt.Sprintf("choose another name: import %s as …", imp.line.Path.Span.Text()))
			continue
		}
		if d := c.decls[imp.name]; d != nil {
			again(fmt.Sprintf("`%s` is %s here, so it cannot be the name of an import too", imp.name, kindOf(d)), d.DeclName().Span, "declared here")
			continue
		}
		for _, first := range c.imports[:i] {
			if first.c != nil && first.c == imp.c {
				c.report(diag.CT0201, imp.line.Path.Span, fmt.Sprintf("`%s` is imported twice", imp.c.file.Source.Name)).
					Label(first.line.Path.Span, "first here").
					Hint(fmt.Sprintf("its names stand behind `%s.`; remove this line", first.name))
				break
			}
			if first.name == imp.name {
				again(fmt.Sprintf("two imports are called `%s`", imp.name), first.line.Span, "the first")
				break
			}
		}
	}
}

// importNamed returns the import called name, or nil.
func (c *checker) importNamed(name string) *imported {
	for _, imp := range c.imports {
		if imp.name == name {
			return imp
		}
	}
	return nil
}

// elsewhere finds where a qualified name is declared. It is false for a name
// of this specification. From is nil where nobody can tell, after reporting
// where that is worth it.
func (c *checker) elsewhere(name syntax.Name) (from *checker, bare string, qualified bool) {
	q, bare, qualified := strings.Cut(name.Text, ".")
	if !qualified {
		return nil, "", false
	}
	if imp := c.importNamed(q); imp != nil {
		return imp.c, bare, true
	}
	if q == "std" {
		c.report(diag.CT0205, name.Span, "`std` has arrows, and no objects or dims")
		return nil, bare, true
	}
	var names []string
	for _, imp := range c.imports {
		if imp.line.As == nil && (imp.c == nil || imp.c.file.Category == nil && imp.c.diags.HasErrors()) {
			return nil, bare, true // its name may be this one
		}
		names = append(names, imp.name)
	}
	if d, ok := c.decls[q]; ok {
		c.report(diag.CT0205, name.Span, fmt.Sprintf("`%s` is %s, and only an import has names behind a dot here", q, kindOf(d))).
			Label(d.DeclName().Span, fmt.Sprintf("`%s` is declared here", q))
		return nil, bare, true
	}
	c.lacks(missing{
		kind: "import", name: q, candidates: func() []string { return names }, after: "." + bare,
		code: diag.CT0203, message: fmt.Sprintf("no import is called `%s`", q),
		otherwise: fmt.Sprintf("a line `import \"%s.cat\"` gives the names of that specification", q),
	}, name.Span)
	return nil, bare, true
}

// unknownThere reports that from, another specification, has nothing of the
// kind under name, which is qualified here.
func (c *checker) unknownThere(name syntax.Name, kind string, from *checker, fits func(syntax.Decl) bool) {
	q, bare, _ := strings.Cut(name.Text, ".")
	if d, ok := from.decls[bare]; ok {
		c.report(diag.CT0205, name.Span, fmt.Sprintf("`%s` is %s, and %s is needed here", name.Text, kindOf(d), article(kind))).
			Label(d.DeclName().Span, fmt.Sprintf("`%s` is declared here", bare))
		return
	}
	if from.broken[bare] || from.missing[missingKey{kind, bare, nil}] != nil {
		return // it could not be read, or is missed there as well
	}
	c.lacks(missing{
		kind: kind, of: from, name: bare, before: q + ".",
		code: diag.CT0203, message: fmt.Sprintf("`%s` declares no %s `%s`", from.file.Source.Name, kind, bare),
		candidates: func() []string {
			names := from.declared(fits)
			if kind == "object" {
				names = append(names, keys(from.gatherers)...)
			}
			return names
		},
	}, name.Span)
}

// objectElsewhere is the object of another specification that name says. It is
// nil after reporting, or silently where the object is known to be faulty.
func (c *checker) objectElsewhere(name syntax.Name, from *checker, bare string) *category.Object {
	if from == nil {
		return nil
	}
	if o, known := from.objectsBy[bare]; known {
		return o
	}
	if from.gatherers[bare] == nil {
		c.unknownThere(name, "object", from, isObject)
	}
	return nil
}

// genericElsewhere is the generic arrow of another specification under bare;
// ok is false where that is no generic arrow.
func (from *checker) genericElsewhere(bare string) (g *generic, ok bool) {
	if from == nil {
		return nil, false
	}
	decl, isArrow := from.decls[bare].(*syntax.ArrowDecl)
	if !isArrow || !decl.Generic() {
		return nil, false
	}
	return from.generics[bare], true
}

// arrowElsewhere is the arrow of another specification that name says; nil
// after reporting. Waits tells of one that has holes.
func (c *checker) arrowElsewhere(name syntax.Name, from *checker, bare string) (a *category.Arrow, waits *unfinished) {
	if from == nil {
		return nil, nil
	}
	decl, ok := from.decls[bare].(*syntax.ArrowDecl)
	switch {
	case !ok:
		c.unknownThere(name, "arrow", from, isArrow)
	case decl.Endo:
		c.report(diag.CT0708, name.Span, fmt.Sprintf("`%s` is an endo: it acts on its state and does not compose with arrows", name.Text)).
			Label(decl.Name.Span, "declared here")
	case decl.Generic():
		c.oneOfMany(name, decl)
	default:
		return from.arrowsBy[bare], from.unfinished[bare]
	}
	return nil, nil
}

func isObject(d syntax.Decl) bool { _, ok := d.(*syntax.ObjectDecl); return ok }
func isDim(d syntax.Decl) bool    { _, ok := d.(*syntax.DimDecl); return ok }
func isArrow(d syntax.Decl) bool {
	a, ok := d.(*syntax.ArrowDecl)
	return ok && !a.Endo
}

// member reads `layers.encode` in a term, which the parser takes for a
// projection, as the name that it is; nil where it is a projection. A word
// that is nothing here is more likely meant to be an import than an arrow.
func (s scope) member(t *syntax.TermProject) *syntax.TermName {
	of, ok := t.Of.(*syntax.TermName)
	if !ok || of.Std || of.Args != nil || len(s.c.imports) == 0 {
		return nil
	}
	if s.c.importNamed(of.Name.Text) == nil && (s.known(of.Name.Text) || s.c.suggest(of.Name.Text, s.c.arrowNames()) != "") {
		return nil
	}
	name := syntax.Name{Text: of.Name.Text + "." + t.Field.Text, Span: of.Name.Span.To(t.Field.Span)}
	return &syntax.TermName{Name: name, Args: t.Args, Span: t.Span}
}

// known reports whether name alone means something in a term.
func (s scope) known(name string) bool {
	_, wiring := structural[name]
	return wiring || s.locals[name] != nil || s.c.decls[name] != nil || s.c.broken[name] || s.c.std.prims[name] != nil
}

// kindsOf are the kinds of names that imports give.
var kindsOf = map[string]func(syntax.Decl) bool{"object": isObject, "dim": isDim, "arrow": isArrow}

// importOf finds the import whose specification declares name, as what fits.
func (c *checker) importOf(name string, fits func(syntax.Decl) bool) *imported {
	if fits == nil {
		return nil
	}
	for _, imp := range c.imports {
		if imp.c != nil && imp.c.decls[name] != nil && fits(imp.c.decls[name]) {
			return imp
		}
	}
	return nil
}
