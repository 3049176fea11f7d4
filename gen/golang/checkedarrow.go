package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// checkedFace is the signature of a checked arrow: that of the arrow, with a
// trace before its inputs and an error after its results.
type checkedFace struct {
	*signature
	ch         *checked
	trace, err string
	outs       []string
}

func (ch *checked) face(a *category.Arrow, outs ...*category.Type) *checkedFace {
	f := &checkedFace{ch: ch, trace: "t", err: ch.names.scope().local("err")}
	f.signature = ch.signatureOf(a, f.trace, f.err, "dst", "result", "work", "workFin", "workInt", "workBool")
	f.name = ch.funcs[a]
	for _, t := range outs {
		f.outs = append(f.outs, f.scope.local(ch.typeWord(t, "y")))
	}
	return f
}

// in lists what the arrow reads, as the runtime looks at it.
func (f *checkedFace) in() []jen.Code {
	var out []jen.Code
	for i, o := range f.arrow.Open {
		out = append(out, f.ch.setting(o, f.settings[i]))
	}
	for i, t := range f.arrow.Dom.Factors() {
		out = append(out, f.ch.operand(t, jen.Op("&").Id(f.ins[i])))
	}
	if f.recv != "" {
		out = append(out, f.ch.parameter(receiver(f.arrow), jen.Id(f.recv)))
	}
	return out
}

// head prints `func (n *Neuron) CheckedPredict(t *runtime.Trace, input Input)`.
func (f *checkedFace) head(first ...jen.Code) *jen.Statement {
	return f.ch.head(f.signature, append([]jen.Code{jen.Id(f.trace).Op("*").Add(rt("Trace"))}, first...)...)
}

// results prints the named results.
func (f *checkedFace) results(types []*category.Type) *jen.Statement {
	var out []jen.Code
	for i, t := range types {
		out = append(out, jen.Id(f.outs[i]).Add(f.ch.types.goType(t)))
	}
	return jen.Params(append(out, jen.Id(f.err).Error())...)
}

// returns prints the return of everything.
func (f *checkedFace) returns() *jen.Statement {
	return jen.Return(append(ids(f.outs), jen.Id(f.err))...)
}

func ids(names []string) []jen.Code {
	out := make([]jen.Code, len(names))
	for i, n := range names {
		out[i] = jen.Id(n)
	}
	return out
}

// closure prints the function that a composite hands to the trace.
func (f *checkedFace) closure(stmts []jen.Code) *jen.Statement {
	return jen.Func().Params(jen.Id(f.trace).Op("*").Add(rt("Trace"))).Error().Block(stmts...)
}

// arrow prints the checked form of an arrow from inputs to outputs: a
// composite arrow by arrow, any other by its function.
func (ch *checked) arrow(a *category.Arrow) *jen.Statement {
	types := a.Cod.Factors()
	f := ch.face(a, types...)
	var outs []jen.Code
	for i, t := range types {
		outs = append(outs, ch.operand(t, jen.Op("&").Id(f.outs[i])))
	}
	does, method, run := " with its result checked", "Arrow", jen.Func().Params().Block(f.plainCall())
	if a.Diagram != nil && lone(a.Diagram) == nil && traceable(a.Diagram) {
		does, method, run = " with each arrow in it checked", "Composite", f.closure(ch.composite(f))
	}
	call := jen.Id(f.err).Op("=").Add(checkedRun(jen.Id(f.trace), method, a.Name, cite(a.Span), f.in(), outs, run))
	return comment(f.name+" is "+ch.emitter.funcs[a]+does+" ("+cite(a.Span)+").").Line().
		Add(f.head()).Add(f.results(types)).Block(call, f.returns())
}

// plainCall assigns what the arrow's own function gives.
func (f *checkedFace) plainCall() *jen.Statement {
	call := f.ch.call(f.arrow, f.ch.emitter.funcs[f.arrow], pointerIn(f.recv), append(ids(f.settings), ids(f.ins)...))
	if len(f.outs) == 0 {
		return call
	}
	return jen.List(ids(f.outs)...).Op("=").Add(call)
}

// composite prints the arrows of a diagram, one after another, and the
// assignment of what they make to the results.
func (ch *checked) composite(f *checkedFace) []jen.Code {
	p := ch.printer(f, f.arrow.Diagram)
	p.bindInterface()
	p.all()
	var values []jen.Code
	for _, w := range p.d.Outs {
		values = append(values, p.value(w))
	}
	if len(values) > 0 {
		p.stmts = append(p.stmts, jen.List(ids(f.outs)...).Op("=").List(values...))
	}
	return append(p.stmts, jen.Return(jen.Nil()))
}
