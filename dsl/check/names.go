package check

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// reservedNames are what the language itself names; no declaration may.
var reservedNames = map[string]string{
	"R": "the real numbers", "Fin": "finite objects", "Bool": "truth values", "Int": "integers", "Text": "text",
	"List": "lists", "Option": "optional values", "std": "the standard library",
	"id": "the identity", "copy": "the copy", "drop": "the drop", "swap": "the swap",
	"first": "a projection", "second": "a projection", "third": "a projection",
	"inf": "infinity", "simplex": "a set",
}

// declarations fills the one flat namespace. Of several declarations with one
// name the first counts.
func (c *checker) declarations() {
	for _, d := range c.file.Decls {
		name := d.DeclName()
		if what, reserved := reservedNames[name.Text]; reserved {
			c.report(diag.CT0202, name.Span, fmt.Sprintf("`%s` is %s of the language and cannot be declared", name.Text, what)).
				Hint("choose another name")
			continue
		}
		c.goName(name)
		if first, again := c.decls[name.Text]; again {
			e := c.report(diag.CT0201, name.Span, fmt.Sprintf("`%s` is declared twice", name.Text)).
				Label(first.DeclName().Span, fmt.Sprintf("first declared here, as %s", kindOf(first)))
			if kindOf(first) != kindOf(d) {
				e.Hint("objects, arrows, dims, laws, monoids, data and training share one namespace")
			}
			c.twins = append(c.twins, twins{first, d, e})
			c.poison(first, d)
			continue
		}
		c.decls[name.Text] = d
	}
	c.broken = map[string]bool{}
	for _, name := range c.file.Broken {
		c.broken[name.Text] = c.decls[name.Text] == nil
	}
	c.importNames()
	c.exportedNames()
	c.gatherers = map[string]*syntax.ArrowDecl{}
	for _, d := range c.file.Decls {
		a, ok := d.(*syntax.ArrowDecl)
		if !ok || !composite(a) || a.Given == nil || a.Generic() {
			continue
		}
		name, ok := a.Given.Type.(*syntax.TypeName)
		if ok && c.decls[a.Name.Text] != d && c.decls[name.Name.Text] == nil {
			c.broken[name.Name.Text] = true
			continue
		}
		if !ok || name.Args != nil || strings.Contains(name.Name.Text, ".") || c.decls[name.Name.Text] != nil || c.broken[name.Name.Text] || reservedNames[name.Name.Text] != "" {
			continue
		}
		if c.gatherers[name.Name.Text] == nil {
			c.goName(name.Name)
			c.gatherers[name.Name.Text] = a
			c.gatheredBy[name.Name.Text] = true
		}
	}
}

// poison makes the uses of a name silent that two declarations give different
// meanings.
func (c *checker) poison(first, again syntax.Decl) {
	name := first.DeclName()
	meaning := func(d syntax.Decl) []string {
		return syntax.Tokens(diag.Span{Src: c.file.Source, Start: d.DeclName().Span.End, End: d.DeclSpan().End})
	}
	if kindOf(first) == kindOf(again) && slices.Equal(meaning(first), meaning(again)) {
		return
	}
	c.ambiguous[name.Text] = true
	switch first.(type) {
	case *syntax.DimDecl:
		c.dims[name.Text] = nil
	case *syntax.ObjectDecl:
		c.objectsBy[name.Text] = nil
	case *syntax.ArrowDecl:
		c.arrowsBy[name.Text] = nil
		c.generics[name.Text] = nil
	}
}

// composite reports whether a is a term or a named body of other arrows, so
// that its `given` may name what the composition gathers.
func composite(a *syntax.ArrowDecl) bool {
	return !a.Endo && (a.Named != nil || a.Term != nil && !syntax.Lifts(a.Term))
}

// kindOf names the kind of a declaration with its article.
func kindOf(d syntax.Decl) string {
	switch d := d.(type) {
	case *syntax.DimDecl:
		return "a dim"
	case *syntax.ObjectDecl:
		return "an object"
	case *syntax.ArrowDecl:
		if d.Endo {
			return "an endo"
		}
		return "an arrow"
	case *syntax.LawDecl:
		return "a law"
	case *syntax.MonoidDecl:
		return "a monoid"
	case *syntax.DataDecl:
		return "a data declaration"
	}
	return "a training declaration"
}

func (c *checker) wrongKind(name syntax.Name, d syntax.Decl, want string, candidates func() []string) {
	c.lacks(missing{
		kind: want, name: name.Text, instead: d, code: diag.CT0205,
		message: fmt.Sprintf("`%s` is %s, and %s is needed here", name.Text, kindOf(d), want),
		candidates: func() []string { // its name in another case may be what was meant
			return slices.DeleteFunc(candidates(), func(other string) bool { return !strings.EqualFold(other, name.Text) })
		},
	}, name.Span)
}

// unknown reports that nothing of the kind is called name, unless something
// of another kind is.
func (c *checker) unknown(name syntax.Name, kind string, candidates func() []string) {
	if d, ok := c.decls[name.Text]; ok {
		c.wrongKind(name, d, article(kind), candidates)
		return
	}
	c.lacks(missing{
		kind: kind, name: name.Text, candidates: candidates,
		code: diag.CT0203, message: fmt.Sprintf("there is no %s `%s`", kind, name.Text),
	}, name.Span)
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// count renders n nouns: "1 argument", "2 arguments".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// declared lists the names of the declarations that keep admits, none once
// enough suggestions were sought.
func (c *checker) declared(keep func(syntax.Decl) bool) []string {
	var names []string
	if c.compared >= maxCompared {
		return nil
	}
	for _, d := range c.file.Decls {
		if keep(d) {
			names = append(names, d.DeclName().Text)
		}
	}
	return names
}

// declaredAs lists the names of the declarations of a kind on demand.
func (c *checker) declaredAs(kind string) func() []string {
	return func() []string {
		return c.declared(func(d syntax.Decl) bool { return kindSought(d) == kind })
	}
}

// goName reports a name of which Go could make no exported identifier.
func (c *checker) goName(name syntax.Name) bool {
	if r, _ := utf8.DecodeRuneInString(category.Exported(name.Text)); unicode.IsUpper(r) {
		return true
	}
	c.report(diag.CT0212, name.Span, fmt.Sprintf("`%s` begins with no letter that has a capital, so Go could not export it", name.Text))
	return false
}

// exportedNames reports declarations that would be one identifier in Go.
// Types and constants (objects, dims, data) stand apart from functions and
// methods (arrows, endos, training), which give way to types.
func (c *checker) exportedNames() {
	half := len(c.file.Decls) / 2
	types, funcs := make(map[string]*syntax.Name, half), make(map[string]*syntax.Name, half)
	for _, d := range c.file.Decls {
		name, table := d.DeclName(), funcs
		if c.decls[name.Text] != d || c.ambiguous[name.Text] {
			continue
		}
		exported := category.Exported(name.Text)
		switch d := d.(type) {
		case *syntax.LawDecl, *syntax.MonoidDecl:
			continue
		case *syntax.ArrowDecl:
			if d.Generic() {
				continue // no function comes of it
			}
		case *syntax.DimDecl:
			exported, table = "Dim"+exported, types
		case *syntax.ObjectDecl, *syntax.DataDecl:
			table = types
		}
		if first, taken := table[exported]; taken {
			c.report(diag.CT0208, name.Span, fmt.Sprintf("`%s` and `%s` would both be %s in Go", first.Text, name.Text, exported)).
				Label(first.Span, fmt.Sprintf("`%s` is declared here", first.Text))
			continue
		}
		table[exported] = &name
	}
}

// categoryName takes the name from the `category` line, else from the file.
func (c *checker) categoryName() {
	span := diag.Span{Src: c.file.Source}
	if c.file.Category != nil {
		c.cat.Name, span = c.file.Category.Text, c.file.Category.Span
	} else {
		c.cat.Name = fileIdentifier(c.file.Source.Name)
	}
	why := refusedPackage(c.cat.Name)
	if why == "" {
		return
	}
	e := c.report(diag.CT0211, span, fmt.Sprintf("a category cannot be called `%s`: %s", c.cat.Name, why))
	if c.file.Category == nil {
		e.Hint("the name comes from the file's; a line `category name` gives another")
	}
}

// fileIdentifier makes an identifier of a file's base name.
func fileIdentifier(file string) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	base = strings.TrimSuffix(base, ".cat")
	var b strings.Builder
	for _, r := range base {
		switch {
		case r == '_', r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		default:
			b.WriteByte('_')
		}
	}
	name := strings.Trim(b.String(), "_")
	if name == "" || unicode.IsDigit(rune(name[0])) {
		name = "spec" + name
	}
	return name
}
