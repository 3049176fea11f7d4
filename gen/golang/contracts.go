package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// contract prints what the hand-written Go for an arrow must offer: an
// assertion on a function, or an interface that the parameter object meets.
// A differentiated arrow owes its reverse as well.
func (e *emitter) contract(a *category.Arrow) *jen.Statement {
	if a.Fits != "" {
		e.note(a.Span, "std."+a.Fits+" would fit arrow "+a.Name)
	}
	doc := comment(e.handName(a) + " is written by hand: " + e.typeOf(a) + " (" + cite(a.Span) + ").")
	if a.Implements != nil {
		doc = doc.Line().Add(comment("It stands in for " + a.Implements.Text + ", " + tolerance(a.Implements) + ", while it is known to pass its law."))
	}
	if !e.method(a) {
		return doc.Line().Add(e.assertFunctions(a))
	}
	name := e.names.claim(unexported(a.Name)+"Contract", "Of")
	return doc.Line().Type().Id(name).Interface(e.handSignatures(a)...).
		Line().Line().Var().Id("_").Id(name).Op("=").Parens(jen.Op("*").Add(e.types.goType(a.Given))).Parens(jen.Nil())
}

func (e *emitter) assertFunctions(a *category.Arrow) *jen.Statement {
	one := func(h *handFunc) *jen.Statement {
		return jen.Id("_").Func().Params(h.params...).Add(resultList(h.results)).Op("=").Id(h.name)
	}
	owed := e.handFuncs(a)
	if len(owed) == 1 {
		return jen.Var().Add(one(owed[0]))
	}
	return jen.Var().Defs(one(owed[0]), one(owed[1]))
}

func (e *emitter) handSignatures(a *category.Arrow) []jen.Code {
	var out []jen.Code
	for _, h := range e.handFuncs(a) {
		out = append(out, jen.Id(h.name).Params(h.params...).Add(resultList(h.results)))
	}
	return out
}

// handFunc is one function that the user writes.
type handFunc struct {
	name    string
	does    string
	owed    string // what a stub says is not written: affine, or affine† for its reverse
	params  []jen.Code
	types   []jen.Code // of params, in which pointers are marked
	pointer []bool
	results []jen.Code
}

func (h *handFunc) add(id string, t *jen.Statement, pointer bool) {
	if pointer {
		h.params = append(h.params, jen.Id(id).Op("*").Add(t))
	} else {
		h.params = append(h.params, jen.Id(id).Add(t))
	}
	h.types, h.pointer = append(h.types, jen.Add(t)), append(h.pointer, pointer)
}

// inputs adds the state of a function that is no method, the settings and the
// domain's factors.
func (h *handFunc) inputs(e *emitter, s *signature) {
	if s.recv != "" && !e.method(s.arrow) {
		h.add(s.recv, e.types.goType(receiver(s.arrow)), true)
	}
	for i, o := range s.arrow.Open {
		h.add(s.settings[i], e.types.goType(o.Type), false)
	}
	for i, t := range s.arrow.Dom.Factors() {
		h.add(s.ins[i], e.types.goType(t), false)
	}
}

// byHand reports whether there is Go to write for a.
func byHand(a *category.Arrow) bool { return a.Kind == category.Hand || a.Implements != nil }

// handFuncs are the functions owed for a: its reverse where that is needed,
// or, where the composition has one as well, if somebody wrote it.
func (e *emitter) handFuncs(a *category.Arrow) []*handFunc {
	if a.Implements != nil && e.standIn(a).reverse || a.Implements == nil && a.Differentiated {
		return []*handFunc{e.handForward(a), e.handReverse(a)}
	}
	return []*handFunc{e.handForward(a)}
}

func (e *emitter) handForward(a *category.Arrow) *handFunc {
	s := e.signatureOf(a)
	h := &handFunc{name: e.handName(a), owed: a.Name, does: "is the arrow " + a.Name + ": " + e.typeOf(a), results: e.results(a)}
	if a.Implements != nil {
		h.does += ", which is " + a.Implements.Text + " " + tolerance(a.Implements)
	}
	h.inputs(e, s)
	return h
}

// handReverse is the reverse derivative: it takes the inputs, the outputs and
// the cotangents of the outputs, adds to the parameter tangent, and returns
// the cotangents of the inputs.
func (e *emitter) handReverse(a *category.Arrow) *handFunc {
	s := e.signatureOf(a)
	h := &handFunc{name: e.handName(a) + "Reverse", owed: a.Name + "†", does: "is the reverse derivative of " + a.Name + ": it returns the cotangents of the inputs"}
	h.inputs(e, s)
	factors := a.Cod.Factors()
	words := make([]string, len(factors))
	for i, t := range factors {
		words[i] = e.typeWord(t, "y")
	}
	outs := s.scope.locals(words)
	for i, t := range factors {
		h.add(outs[i], e.types.goType(t), false)
	}
	for i, t := range factors {
		if d := category.NewTangent(t); !d.IsUnit() {
			h.add(s.scope.local("d_"+outs[i]), e.types.goType(d), false)
		}
	}
	if dp := category.NewTangent(a.Given); !dp.IsUnit() {
		id := s.scope.local("d_" + e.typeWord(a.Given, "p"))
		h.add(id, e.types.goType(dp), true)
		h.does = "is the reverse derivative of " + a.Name + ": it adds to " + id + " and returns the cotangents of the inputs"
	}
	for _, t := range a.Dom.Factors() {
		if d := category.NewTangent(t); !d.IsUnit() {
			h.results = append(h.results, e.types.goType(d))
		}
	}
	return h
}
