package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// receiver is the state that an arrow needs: the type whose method it is.
func receiver(a *category.Arrow) *category.Type {
	if a.Endo {
		return a.State
	}
	return a.Given
}

// signature is the Go face of an arrow for one example.
type signature struct {
	arrow    *category.Arrow
	name     string
	scope    *names
	recv     string // "" of functions
	settings []string
	ins      []string
	results  []*category.Type // beside an error, where it may fail
}

// signatureOf names everything in the signature of a; used are other variables
// of the function.
func (e *emitter) signatureOf(a *category.Arrow, used ...string) *signature {
	if a.Partial {
		used = append(used, "err")
	}
	s := &signature{arrow: a, name: e.funcs[a], scope: e.names.scope(used...), results: a.Cod.Factors()}
	if parametric(a) {
		s.recv = s.scope.local(initialLetter(e.types.name(receiver(a))))
	}
	for _, o := range a.Open {
		s.settings = append(s.settings, s.scope.local(o.Name))
	}
	s.ins = s.scope.locals(e.factorNames(a))
	return s
}

// factorNames are the spec's own names for the inputs, or those of the
// objects that they hold.
func (e *emitter) factorNames(a *category.Arrow) []string {
	factors := a.Dom.Factors()
	out := make([]string, len(factors))
	for i, t := range factors {
		if i < len(a.Inputs) && a.Inputs[i] != "" {
			out[i] = a.Inputs[i]
			continue
		}
		out[i] = e.typeWord(t, "x")
	}
	return out
}

// typeWord is a word for a value of type t.
func (e *emitter) typeWord(t *category.Type, otherwise string) string {
	if s := e.types.name(t); s != "" {
		return s
	}
	if t.Kind == category.List && e.types.name(t.Elem) != "" {
		return plurals([]string{e.types.name(t.Elem)})[0]
	}
	return otherwise
}

// initialLetter is the first letter of a name, or the whole name where that letter
// is none.
func initialLetter(name string) string {
	if name == "" || name[0] >= 0x80 {
		return "p"
	}
	return strings.ToLower(name[:1])
}

// head prints `func (n *Neuron) Affine(input Input)` without results.
func (e *emitter) head(s *signature, first ...jen.Code) *jen.Statement {
	f := jen.Func()
	if s.recv != "" {
		state := jen.Id(s.recv).Op("*").Add(e.types.goType(receiver(s.arrow)))
		if e.method(s.arrow) {
			f = f.Params(state)
		} else {
			first = append([]jen.Code{state}, first...)
		}
	}
	return f.Id(s.name).Params(append(first, e.inputs(s)...)...)
}

// inputs prints the settings and then the domain's factors.
func (e *emitter) inputs(s *signature) []jen.Code {
	var out []jen.Code
	for i, o := range s.arrow.Open {
		out = append(out, jen.Id(s.settings[i]).Add(e.types.goType(o.Type)))
	}
	for i, t := range s.arrow.Dom.Factors() {
		out = append(out, jen.Id(s.ins[i]).Add(e.types.goType(t)))
	}
	return out
}

// results prints the codomain's factors, and an error behind them where the
// arrow may fail.
func (e *emitter) results(a *category.Arrow) []jen.Code {
	var out []jen.Code
	for _, t := range a.Cod.Factors() {
		out = append(out, e.types.goType(t))
	}
	if a.Partial {
		out = append(out, jen.Error())
	}
	return out
}

func (e *emitter) arrowsFile() *file {
	f := e.newFile("arrows_gen.go")
	e.inits = e.initials()
	for _, i := range e.inits {
		f.add(i.function(e))
	}
	for _, a := range e.c.Arrows {
		switch {
		case a.Kind == category.Hand:
			f.add(e.contract(a))
		case a.Implements != nil:
			f.add(e.implementation(a)...)
		case a.Endo:
			f.add(e.endo(a))
		case gradOf(a.Diagram) != nil:
			f.add(e.gradient(a))
		default:
			f.add(e.forward(a))
		}
	}
	return f
}

// doc prints the comment above an arrow: what it is in the spec's notation,
// where it stands, and the spec's own words.
func (e *emitter) doc(a *category.Arrow, does string) *jen.Statement {
	s := jen.Null()
	doc := a.Doc
	if len(doc) == 1 && strings.TrimSpace(doc[0]) == e.typeOf(a) {
		doc = nil // the spec repeats the type beside the line
	}
	for _, l := range docLines(e.funcs[a]+" "+does+" ("+cite(a.Span)+").", doc) {
		s = s.Add(l).Line()
	}
	return s
}

// body prints a function's block: on one line where it only returns.
func body(stmts []jen.Code) *jen.Statement {
	if len(stmts) == 1 {
		return oneLine(stmts[0])
	}
	return jen.Block(stmts...)
}

// typeOf writes the arrow's type as the spec would.
func (e *emitter) typeOf(a *category.Arrow) string {
	s := e.text(a.Dom) + " -> " + e.text(a.Cod)
	if !a.Given.IsUnit() {
		s += " given " + e.text(a.Given)
	}
	return s
}
