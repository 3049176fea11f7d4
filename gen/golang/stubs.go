package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// stubsFile is the first version of the user's own arrows.go.
func (e *emitter) stubsFile() *file {
	f := &file{name: "arrows.go", once: true}
	for _, a := range e.c.Arrows {
		if a.Kind == category.Hand {
			for _, h := range e.handFuncs(a) {
				f.add(e.stub(a, h))
			}
		}
	}
	return f
}

// stub panics with the arrow's name and place until somebody writes it.
func (e *emitter) stub(a *category.Arrow, h *handFunc) *jen.Statement {
	s := comment(h.name + " " + h.does + ".").Line()
	for _, l := range a.Doc {
		s = s.Add(comment(l)).Line()
	}
	f := s.Func()
	if attached(a) {
		recv := initialLetter(e.types.name(a.Given))
		f = f.Params(jen.Id(e.names.scope().local(recv)).Op("*").Add(e.types.goType(a.Given)))
	}
	return f.Id(h.name).Params(h.params...).Add(resultList(h.results)).
		Block(jen.Panic(rt("Unwritten").Call(jen.Lit(h.owed), jen.Lit(cite(a.Span)))))
}
