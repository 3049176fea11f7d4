package golang

import (
	"math"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// row is the example at hand of a data argument: one element, or a slice of
// as many as an example has.
func (b *straightBranch) row(id plan.ValueID) *jen.Statement {
	v, k := &b.p.Values[id], jen.Id("k")
	size := v.Size()
	if v.Store == plan.ViewStore {
		id = v.Of
		if v.Shift > 0 {
			k = k.Op("+").Lit(v.Shift)
		}
		if v.Shift > 0 && size > 1 {
			k = jen.Parens(k)
		}
	}
	if size == 1 {
		element := b.id(id).Index(k)
		if v.Kind == category.Fin {
			return jen.Int64().Parens(element)
		}
		return element
	}
	start := times(size, k)
	return b.id(id).Index(start, jen.Add(start).Op("+").Lit(size))
}

// print is a formula as an expression: its variable where it has one.
func (b *straightBranch) print(f *formula) *jen.Statement {
	if id, ok := b.vars[f]; ok {
		return jen.Id(id)
	}
	switch f.op {
	case constant:
		return b.constant(f)
	case leaf:
		return jen.Id(f.name)
	case operator:
		return b.operator(f)
	case negation:
		return jen.Op("-").Add(b.operand(f.args[0], "-", true))
	case function:
		return b.function(f)
	case truth:
		return scalar("Truth").Call(b.print(f.args[0]))
	case tableOf:
		return jen.Index(jen.Lit(len(f.args))).Float32().Values(b.list(f.args)...)
	case lookup:
		return b.print(f.args[0]).Index(b.print(f.args[1]))
	case convert:
		return converted(f.typ, b.print(f.args[0]))
	case against:
		return scalar("Against").Call(b.print(f.args[0]))
	case log1pExp:
		return scalar("Log1pExp").Call(b.print(f.args[0]))
	}
	noStraight("an operation without a form")
	return nil
}

// constant prints a number with as many digits as its type tells apart.
func (b *straightBranch) constant(f *formula) *jen.Statement {
	if math.IsNaN(f.value) || math.Abs(f.value) > math.MaxFloat32 {
		noStraight("a constant beyond float32")
	}
	if f.typ != real32 {
		return number(f.value)
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(f.value, 'g', -1, 32), 64)
	if err != nil {
		short = f.value
	}
	return number(short)
}

func (b *straightBranch) list(args []*formula) []jen.Code {
	out := make([]jen.Code, len(args))
	for i, a := range args {
		out[i] = b.print(a)
	}
	return out
}

func converted(typ scalarType, x *jen.Statement) *jen.Statement {
	if typ == wide {
		return jen.Float64().Parens(x)
	}
	return jen.Float32().Parens(x)
}

func (b *straightBranch) function(f *formula) *jen.Statement {
	if f.name == "max" || f.name == "min" {
		return jen.Id(f.name).Call(b.list(f.args)...)
	}
	return scalar(f.name).Call(b.list(f.args)...)
}

// termsInLine is how many terms of a long sum stand on one line.
const termsInLine = 6

// operator prints a binary operation. A sum is written as its terms from left
// to right.
func (b *straightBranch) operator(f *formula) *jen.Statement {
	if f.typ == condition {
		return b.print(f.args[0]).Op(f.name).Add(b.print(f.args[1]))
	}
	if f.name != "+" && f.name != "-" {
		return b.operand(f.args[0], f.name, false).Op(f.name).Add(b.operand(f.args[1], f.name, true))
	}
	var terms []*formula // later ones first
	for b.isSum(f) {
		terms = append(terms, f)
		f = f.args[0]
	}
	s := b.operand(f, "+", false)
	for i := len(terms) - 1; i >= 0; i-- {
		s = s.Op(terms[i].name)
		if k := len(terms) - i; k%termsInLine == 0 {
			s = s.Line()
		}
		s = s.Add(b.operand(terms[i].args[1], terms[i].name, true))
	}
	return s
}

// isSum reports whether f is printed as a sum or difference.
func (b *straightBranch) isSum(f *formula) bool {
	return b.inline(f) && (f.name == "+" || f.name == "-")
}

// inline reports whether f is printed as an operation, and no condition.
func (b *straightBranch) inline(f *formula) bool {
	_, named := b.vars[f]
	return !named && f.op == operator && f.typ != condition
}

// operand prints f as an operand of op. A product in a sum is rounded first:
// else some compilers would fuse the two and some would not.
func (b *straightBranch) operand(f *formula, op string, right bool) *jen.Statement {
	_, named := b.vars[f]
	switch s := b.print(f); {
	case named:
		return s
	case f.op == negation && right:
		return jen.Parens(s)
	case !b.inline(f):
		return s
	case op == "+" || op == "-":
		if f.name == "*" && f.typ != whole {
			return converted(f.typ, s)
		}
		if right && b.isSum(f) {
			return jen.Parens(s)
		}
		return s
	case right || b.isSum(f):
		return jen.Parens(s)
	default:
		return s
	}
}

// rounded prints f for a variable, or for a sum that goes on: a product in
// one is rounded first.
func (b *straightBranch) rounded(f *formula) *jen.Statement {
	s := b.print(f)
	if b.inline(f) && f.name == "*" && f.typ != whole {
		return converted(f.typ, s)
	}
	return s
}
