package syntax

import "github.com/ctgen-lang/ctgen/dsl/diag"

// Term is an arrow expression, or inside a named body a value expression:
// which of the two follows from the names it holds.
type Term interface{ TermSpan() diag.Span }

type (
	// TermName is an arrow, a local wire or a standard arrow: affine,
	// std.affine (Std), id[Probability] and mlp[Input, 16] (Args).
	TermName struct {
		Std  bool
		Name Name
		Args []Type // nil without brackets
		Span diag.Span
	}
	// TermNumber is a literal: an arrow from 1, or a value.
	TermNumber struct {
		Value Const
		Span  diag.Span
	}
	// TermProject is a projection arrow `.weight` (Of nil), or the component
	// of a value or the projection after an arrow: `p.weight`. Args are those
	// of an arrow of another specification: `layers.residual[Stream]`.
	TermProject struct {
		Of    Term
		Field Name
		Args  []Type // nil without brackets
		Span  diag.Span
	}
	// TermHole is `?`: a term that is still to be written.
	TermHole struct{ Span diag.Span }
	// TermTuple is `(f, g)`: a fan-out of arrows or a tuple of values. One
	// item only groups.
	TermTuple struct {
		Items []Term
		Span  diag.Span
	}
	// TermRecord is `{ weight: w, bias: up }`.
	TermRecord struct {
		Names []Name
		Items []Term
		Span  diag.Span
	}
	// TermCompose is F >> G. OpSpan covers the `>>`.
	TermCompose struct {
		F, G   Term
		OpSpan diag.Span
		Span   diag.Span
	}
	// TermProduct is F * G, TermSum is F + G, with n operands flattened.
	TermProduct struct {
		Items []Term
		Span  diag.Span
	}
	TermSum struct {
		Items []Term
		Span  diag.Span
	}
	// TermPrefix is `grad f`, `share f`, `map[F] f` (Arg may be nil) or
	// `repeat[n] f`.
	TermPrefix struct {
		Op   string // grad, share, map, repeat
		Arg  Type
		Of   Term
		Span diag.Span
	}
	// TermAs is `f as label`.
	TermAs struct {
		Of    Term
		Label Name
		Span  diag.Span
	}
	// TermSettings is `f(rate: 0.1, l2: 1e-3)`.
	TermSettings struct {
		Of     Term
		Names  []Name
		Values []Const
		Span   diag.Span
	}
	// TermCall is `f(x, y given p)`; Given is nil without one.
	TermCall struct {
		Of    Term
		Args  []Term
		Given Term
		Span  diag.Span
	}
)

func (t *TermName) TermSpan() diag.Span     { return t.Span }
func (t *TermNumber) TermSpan() diag.Span   { return t.Span }
func (t *TermProject) TermSpan() diag.Span  { return t.Span }
func (t *TermHole) TermSpan() diag.Span     { return t.Span }
func (t *TermTuple) TermSpan() diag.Span    { return t.Span }
func (t *TermRecord) TermSpan() diag.Span   { return t.Span }
func (t *TermCompose) TermSpan() diag.Span  { return t.Span }
func (t *TermProduct) TermSpan() diag.Span  { return t.Span }
func (t *TermSum) TermSpan() diag.Span      { return t.Span }
func (t *TermPrefix) TermSpan() diag.Span   { return t.Span }
func (t *TermAs) TermSpan() diag.Span       { return t.Span }
func (t *TermSettings) TermSpan() diag.Span { return t.Span }
func (t *TermCall) TermSpan() diag.Span     { return t.Span }

// Lifts reports whether t is a standard arrow and nothing else, with settings
// or without.
func Lifts(t Term) bool {
	switch t := t.(type) {
	case *TermName:
		return t.Std
	case *TermSettings:
		return Lifts(t.Of)
	case *TermTuple:
		return len(t.Items) == 1 && Lifts(t.Items[0])
	}
	return false
}
