package syntax

import "github.com/ctgen-lang/ctgen/dsl/diag"

// Type is an object expression or a dimension expression: both are written
// with the same operators, and the checker tells them apart.
type Type interface{ TypeSpan() diag.Span }

type (
	// TypeName is a name with optional brackets: R, R[784], Fin[10], Neuron,
	// Adam[Network], List[Token].
	TypeName struct {
		Name Name
		Args []Type // nil without brackets
		Span diag.Span
	}
	// TypeInt is an integer literal: a dimension, or 1, the unit object.
	TypeInt struct {
		Text string
		Span diag.Span
	}
	// TypeSegment is `..t`, a shape segment; std only.
	TypeSegment struct {
		Name Name
		Span diag.Span
	}
	// TypeBinary is L op R with op one of + - * / ^.
	TypeBinary struct {
		Op   byte
		L, R Type
		Span diag.Span
	}
	// TypeTangent is `tangent P`.
	TypeTangent struct {
		Of   Type
		Span diag.Span
	}
	// TypeRecord is `{ weight: Weight, bias: Bias }`.
	TypeRecord struct {
		Fields []Field
		Span   diag.Span
	}
	// TypeParen is a parenthesised type, kept for the printer.
	TypeParen struct {
		In   Type
		Span diag.Span
	}
)

func (t *TypeName) TypeSpan() diag.Span    { return t.Span }
func (t *TypeInt) TypeSpan() diag.Span     { return t.Span }
func (t *TypeSegment) TypeSpan() diag.Span { return t.Span }
func (t *TypeBinary) TypeSpan() diag.Span  { return t.Span }
func (t *TypeTangent) TypeSpan() diag.Span { return t.Span }
func (t *TypeRecord) TypeSpan() diag.Span  { return t.Span }
func (t *TypeParen) TypeSpan() diag.Span   { return t.Span }
