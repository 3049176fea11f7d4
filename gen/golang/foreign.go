package golang

import (
	"fmt"
	"maps"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Import is the generated package of a category that another one imports.
type Import struct {
	Path    string   // its import path
	Package *Package // as Print made it
}

// exports is what a generated package offers to those that import it.
type exports struct {
	types   []*typeDecl
	decoded map[*typeDecl]bool // those that have UnmarshalJSON
	funcs   map[*category.Arrow]string
	methods map[*category.Arrow]bool
	table   *typeTable
}

// exports describes the package that e has printed.
func (e *emitter) exports() *exports {
	x := &exports{types: e.types.decls[:len(e.types.decls):len(e.types.decls)], decoded: map[*typeDecl]bool{}, funcs: map[*category.Arrow]string{}, methods: map[*category.Arrow]bool{}, table: e.types}
	for _, d := range x.types {
		x.decoded[d] = e.decoded(d)
	}
	for _, a := range e.c.Arrows {
		x.funcs[a], x.methods[a] = e.funcs[a], e.method(a)
	}
	return x
}

// usualLocals are variables that generated functions call so, and methods that
// they have, whatever else is called so: a package of that name could not be
// referred to there.
var usualLocals = func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(`args at b base batch between body capacity ctx d din dout dst end err file from got
		grad hi i in j k kept lo loss m made n ok one options out outs p params path plan pool prediction q r raw rest result s seed
		stale start state step steps t target tensors text threads to total trace trainer v w want whole work workFin workInt
		workBool workers x y`) {
		words[w] = true
	}
	return words
}()

// foreign is an imported package as the files of another one refer to it.
type foreign struct {
	path, alias string
	*exports
}

// bindImports gives the packages of all categories that c leads to a name in
// c's files: that of the import where c has one. Names of the package block
// and of locals avoid them.
func (e *emitter) bindImports(c *category.Category, imports map[*category.Category]*Import) {
	for _, i := range c.Imports {
		e.bindImport(i.Name, i.Category, imports)
	}
	seen := map[*category.Category]bool{}
	var further func(c *category.Category)
	further = func(c *category.Category) {
		if seen[c] {
			return
		}
		seen[c] = true
		for _, i := range c.Imports {
			e.bindImport(i.Category.Name, i.Category, imports)
			further(i.Category)
		}
	}
	further(c)
}

func (e *emitter) bindImport(name string, c *category.Category, imports map[*category.Category]*Import) {
	given := imports[c]
	if e.foreign[c] != nil || given == nil {
		return
	}
	if usualLocals[name] {
		name += "Spec"
	}
	f := &foreign{given.Path, e.names.claim(name, "Spec"), given.Package.exports}
	e.foreign[c] = f
	e.press.imports = append(e.press.imports, importName{f.path, f.alias})
	for _, d := range f.types {
		there := *d
		there.pkg, there.alias, there.decoded = f.path, f.alias, f.decoded[d]
		e.types.know(&there)
	}
	maps.Copy(e.funcs, f.funcs)
}

// parametric reports whether an arrow needs state: its function has a variable
// for it.
func parametric(a *category.Arrow) bool { return a.Endo || !a.Given.IsUnit() }

// method reports whether an arrow is a method: one that needs state is a
// method of its state, but for the state of another package, which Go gives no
// methods from here. There it is a function that takes the state first.
func (e *emitter) method(a *category.Arrow) bool {
	if !parametric(a) {
		return false
	}
	if f := e.foreign[a.Category]; f != nil {
		return f.methods[a]
	}
	d := e.types.find(receiver(a))
	return d == nil || d.pkg == ""
}

// function refers to a function of the package that declares a.
func (e *emitter) function(a *category.Arrow, name string) *jen.Statement {
	if f := e.foreign[a.Category]; f != nil {
		return jen.Qual(f.path, name)
	}
	return jen.Id(name)
}

// call prints the call of an arrow's function; state points at what the arrow
// needs, or is a place that a method can be called on.
func (e *emitter) call(a *category.Arrow, name string, state func(place bool) *jen.Statement, args []jen.Code) *jen.Statement {
	e.agree(a)
	switch {
	case e.method(a):
		return state(true).Dot(name).Call(args...)
	case parametric(a):
		return e.function(a, name).Call(append([]jen.Code{state(false)}, args...)...)
	}
	return e.function(a, name).Call(args...)
}

// agree requires that the Go types in the signature of an imported arrow are
// those of this package's own view. Where two packages had to give one object a
// type, because the one that declares its parts has none, they are not.
func (e *emitter) agree(a *category.Arrow) {
	f := e.foreign[a.Category]
	if f == nil {
		return
	}
	types := append(a.Dom.Factors()[:len(a.Dom.Factors()):len(a.Dom.Factors())], a.Cod.Factors()...)
	if parametric(a) {
		types = append(types, receiver(a))
	}
	if a.Kind == category.Hand && a.Differentiated { // its reverse is called too
		for _, t := range types[:len(types):len(types)] {
			types = append(types, category.NewTangent(t))
		}
	}
	for _, t := range types {
		there := f.table.find(t)
		if there == nil {
			continue
		}
		pkg := there.pkg
		if pkg == "" {
			pkg = f.path
		}
		if here := e.types.find(t); here == nil || here.pkg != pkg || here.name != there.name {
			e.fail(fmt.Errorf("%s: %s of %s takes or gives %s, of which more than one package has a Go type; name it with `object` where its parts are declared", a.Span, a.Name, a.Category.Name, e.text(t)))
			return
		}
	}
}

// text writes an object as the spec would.
func (e *emitter) text(t *category.Type) string { return t.In(e.home) }

// word is one word for an arrow that no other arrow has.
func (e *emitter) word(a *category.Arrow) string {
	if f := e.foreign[a.Category]; f != nil {
		return f.alias + "_" + a.Name
	}
	return a.Name
}

// title names an arrow in the user's words.
func (e *emitter) title(a *category.Arrow) string {
	for _, i := range e.home.Imports {
		if i.Category == a.Category {
			return i.Name + "." + a.Name
		}
	}
	return a.Name
}

// pointerIn is a pointer in a variable, as call wants it.
func pointerIn(id string) func(bool) *jen.Statement {
	return func(bool) *jen.Statement { return jen.Id(id) }
}
