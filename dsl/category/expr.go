package category

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Equation is one line of a primitive: Target[Index…] = Expr, for all values
// of the index variables. In means, a target is an output port or an
// intermediate; in reverse, "d" + the name of an input or parameter port, or
// an intermediate.
type Equation struct {
	Target string // primed names keep their prime: "mean'"
	Index  []string
	Expr   Expr
	Span   diag.Span
	// Range gives the dimension that each variable of the line runs over,
	// those of reductions included. No variable is bound again inside its own
	// scope; reductions side by side may share one name and range.
	Range map[string]DimTerm
}

// Expr is a resolved right-hand side.
type Expr interface{ isExpr() }

type (
	// Number is a literal.
	Number struct{ Value float64 }

	// Element reads a tensor: a port, an intermediate, a cotangent of an
	// output ("d" + port name), or a primed name. Index has one entry per
	// declared index of the tensor (a segment variable counts as one). A
	// padded element is 0 where an index lies outside its axis, or is no whole
	// number; only there may an index hold quotients, which are exact.
	Element struct {
		Name   string
		Index  []Expr
		Padded bool
		Span   diag.Span
	}

	// Index reads an index variable as a number, or addresses with it.
	Index struct{ Var string }

	// Dimension reads a dimension (of a segment: the product) as a number.
	Dimension struct{ Var string }

	// SettingRef reads a setting. The name "decays" is no setting: it reads
	// what weight decay is multiplied by at the leaf at hand, 0 where it leaves
	// the leaf alone.
	SettingRef struct{ Name string }

	// Unary is -X.
	Unary struct{ X Expr }

	// Binary is + - * / ^ or a comparison, which gives 1 or 0.
	Binary struct {
		Op   string
		L, R Expr
	}

	// Func is an elementary function, or uniform(key): a number drawn from
	// [0, 1), another one for each element of the line's target and for each
	// example, and the same ones for the same key.
	Func struct {
		Name string
		Args []Expr
	}

	// Reduce is sum, prod, max or min over all values of Vars.
	Reduce struct {
		Op   string
		Vars []string
		Body Expr
	}
)

func (*Number) isExpr()     {}
func (*Element) isExpr()    {}
func (*Index) isExpr()      {}
func (*Dimension) isExpr()  {}
func (*SettingRef) isExpr() {}
func (*Unary) isExpr()      {}
func (*Binary) isExpr()     {}
func (*Func) isExpr()       {}
func (*Reduce) isExpr()     {}

// Walk calls f for e and everything in it, outside in.
func Walk(e Expr, f func(Expr)) {
	walkWhile(e, func(e Expr) bool { f(e); return true })
}

// walkWhile calls f for e and, where it returns true, for what is in it.
func walkWhile(e Expr, f func(Expr) bool) {
	if !f(e) {
		return
	}
	switch e := e.(type) {
	case *Element:
		for _, x := range e.Index {
			walkWhile(x, f)
		}
	case *Unary:
		walkWhile(e.X, f)
	case *Binary:
		walkWhile(e.L, f)
		walkWhile(e.R, f)
	case *Func:
		for _, x := range e.Args {
			walkWhile(x, f)
		}
	case *Reduce:
		walkWhile(e.Body, f)
	}
}

// Functions lists the elementary functions by name with their arity. Log of
// a number below the smallest normal float32 (2^-126) is not clamped here:
// a primitive that wants to be total clamps in its own lines.
var Functions = map[string]int{
	"exp": 1, "log": 1, "log1p": 1, "expm1": 1, "sqrt": 1, "tanh": 1, "erf": 1,
	"sin": 1, "cos": 1, "abs": 1, "sign": 1, "floor": 1, "max": 2, "min": 2,
	"sigmoid": 1, // for stable lines that need it whole
}

// WholeQuotient returns a and b where f is floor(a / b): the quotient of whole
// numbers, where a and b are some. It returns nil otherwise.
func WholeQuotient(f *Func) (a, b Expr) {
	if f.Name != "floor" {
		return nil, nil
	}
	if q, ok := f.Args[0].(*Binary); ok && q.Op == "/" {
		return q.L, q.R
	}
	return nil, nil
}

// IdentityLike reports whether the primitive's single line copies its input:
// y[s] = x[s]. The planner treats such a node as an alias.
func (d *PrimDecl) IdentityLike() bool {
	return d.copies() && slices.Equal(d.Ins[0].Shape, d.Outs[0].Shape)
}

// Reshapes reports whether the primitive's single line copies its input, in
// the same order, into another shape: y[r] = x[r], where the axes of both hold
// equally many elements. Plans see an alias of another shape.
func (d *PrimDecl) Reshapes() bool {
	return d.copies() && !slices.Equal(d.Ins[0].Shape, d.Outs[0].Shape)
}

func (d *PrimDecl) copies() bool {
	if d.Each || len(d.Means) != 1 || len(d.Ins) != 1 || len(d.Given) != 0 || len(d.Settings) != 0 || d.Ins[0].Over != d.Outs[0].Over {
		return false
	}
	m := d.Means[0]
	e, ok := m.Expr.(*Element)
	if !ok || e.Name != d.Ins[0].Name || m.Target != d.Outs[0].Name || len(e.Index) != len(m.Index) {
		return false
	}
	for i, x := range e.Index {
		v, ok := x.(*Index)
		if !ok || v.Var != m.Index[i] {
			return false
		}
	}
	return true
}

// SameSize reports whether `where` makes a segment as large as another, or as
// a dimension: an index of one is then an index of the other, in row-major
// order.
func (d *PrimDecl) SameSize(a, b DimTerm) bool {
	if !a.Segment && !b.Segment {
		return false
	}
	return slices.ContainsFunc(d.Where, func(r DimRule) bool {
		v, ok := r.Value.(*Dimension)
		return ok && (r.Name == a.Var && v.Var == b.Var || r.Name == b.Var && v.Var == a.Var)
	})
}
