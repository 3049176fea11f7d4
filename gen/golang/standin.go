package golang

import (
	"maps"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// standIn is the hand-written Go of an arrow that implements a composition.
type standIn struct {
	arrow   *category.Arrow
	name    string // of the hand-written function or method: fusedHand
	written bool   // some hand-written file has it, be it a stub
	reverse bool   // and its reverse
	used    bool   // it has passed its law as it is now
}

// findStandIns decides for each arrow that implements a composition who
// computes it.
func (e *emitter) findStandIns(opts Options) {
	have := e.handWritten(opts.Hand)
	known, err := attested(opts.Attested)
	digest := handDigest(opts.Hand)
	fresh := e.fresh(opts.Hand, have)
	calls := e.callGraph(opts.Hand)
	computed := map[*category.Arrow]category.StandIn{}
	for _, a := range e.c.Arrows {
		if a.Implements == nil {
			continue
		}
		s := e.standIn(a)
		_, s.written = have[e.handKey(a, s.name)]
		_, s.reverse = have[e.handKey(a, s.name+"Reverse")]
		s.written = s.written || fresh
		was, ok := known[a.Name]
		switch {
		case !s.written:
		case e.circular(s, calls):
			e.unused(s, s.name+" calls "+e.funcs[a]+" or what leads to it")
		case err != nil:
			e.unused(s, "what laws have passed is unknown ("+err.Error()+")")
		case !ok:
			e.unused(s, s.name+" has not passed its law yet")
		case was.Spec != a.Implements.Spec:
			e.unused(s, "the specification has changed since "+s.name+" passed its law")
		case was.Hand != digest:
			e.unused(s, "hand-written files have changed since "+s.name+" passed its law")
		default:
			s.used = true
			computed[a] = category.StandIn{Reverse: s.reverse}
		}
	}
	if len(computed) > 0 {
		e.c = with(e.c, computed)
	}
}

// fresh reports whether the stubs are about to be written with the package:
// nobody has begun to write any of what they hold.
func (e *emitter) fresh(files map[string][]byte, have map[string]handSignature) bool {
	if _, ok := files[stubsName]; ok {
		return false
	}
	return !slices.ContainsFunc(e.c.Arrows, func(a *category.Arrow) bool {
		if !byHand(a) {
			return false
		}
		_, forward := have[e.handKey(a, e.handName(a))]
		_, reverse := have[e.handKey(a, e.handName(a)+"Reverse")]
		return forward || reverse && a.Implements == nil && a.Differentiated
	})
}

func (e *emitter) unused(s *standIn, why string) {
	e.note(s.arrow.Span, "arrow "+s.arrow.Name+" runs `"+s.arrow.Implements.Text+"`: "+why+" (`ctgen laws` runs it)")
}

// with is c where Go computes the given arrows in place of their compositions.
func with(c *category.Category, computed map[*category.Arrow]category.StandIn) *category.Category {
	out := *c
	out.StandIns = maps.Clone(computed)
	return &out
}

// without is c where a is its composition.
func without(c *category.Category, a *category.Arrow) *category.Category {
	if _, ok := c.StandIns[a]; !ok {
		return c
	}
	rest := maps.Clone(c.StandIns)
	delete(rest, a)
	return with(c, rest)
}

// standIn returns what stands in for a, which implements a composition.
func (e *emitter) standIn(a *category.Arrow) *standIn {
	if s := e.standIns[a]; s != nil {
		return s
	}
	name := unexported(a.Name) + "Hand"
	if !e.method(a) {
		name = e.names.claim(name, "Of")
	}
	s := &standIn{arrow: a, name: name}
	e.standIns[a] = s
	return s
}

// handName is the function or method that the user writes for a.
func (e *emitter) handName(a *category.Arrow) string {
	if a.Implements != nil {
		return e.standIn(a).name
	}
	return e.funcs[a]
}

// handKey is how handWritten calls that function.
func (e *emitter) handKey(a *category.Arrow, name string) string {
	if e.method(a) {
		return "(*" + e.types.name(a.Given) + ")." + name
	}
	return name
}

// drawn is the diagram of what the package computes for a: a call of what
// stands in for it, or what it means.
func (e *emitter) drawn(a *category.Arrow) *category.Diagram {
	if _, ok := e.c.StandIns[a]; ok {
		return a.Use()
	}
	return a.Diagram
}

// implementation prints the contract of the hand-written Go for a, where
// there is any, and the arrow itself: by hand where that has passed its law,
// else as the composition that it means.
func (e *emitter) implementation(a *category.Arrow) []jen.Code {
	var out []jen.Code
	s := e.standIn(a)
	if s.written {
		out = append(out, e.contract(a))
	}
	if !s.used {
		return append(out, e.forward(a))
	}
	sig := e.signatureOf(a)
	var args []jen.Code
	for _, id := range sig.ins {
		args = append(args, jen.Id(id))
	}
	call := e.call(a, s.name, pointerIn(sig.recv), args)
	return append(out, e.doc(a, "is "+e.typeOf(a)+", which "+s.name+" computes").
		Add(e.head(sig)).Add(resultList(e.results(a))).Add(body([]jen.Code{jen.Return(call)})))
}

// tolerance writes how far hand-written Go may be from what it implements.
func tolerance(i *category.Implementation) string {
	if i.Exactly {
		return "exactly"
	}
	return "within " + source(number(i.Within))
}
