package syntax

import "github.com/ctgen-lang/ctgen/dsl/diag"

// Equations is the body of a primitive:
//
//	means    y[t, o] = bias[o] + sum i: weight[o, i] * x[t, i]
//	keeps    x
//	reverse  dx[t, i] = sum o: weight[o, i] * dy[t, o]
//	where    n = h * w
//	kink     x = 0
//	each     P
//	kernel   affine
//	stores   affine_transposed
//	predicts standardise
//	adds     dweight, dbias
//	splits   y, dx, dweight
//	partial  unless n >= 2
//
// Each section may hold several lines; all but means are optional.
type Equations struct {
	Span     diag.Span
	Means    []Equation
	Keeps    []Name
	Reverse  []Equation
	Where    []DimEquation
	Kinks    []Equation // `kink x = 0`: Target x, no indices
	Each     *Name      // the type parameter whose leaves the lines map over
	Kernel   *Name
	Stores   *Name  // the arrow that is the same up to the order of its parameters' axes
	Predicts *Name  // the arrow that stands for this one outside of training
	Adds     []Name // reverse lines whose kernels can add to rows of their target
	Splits   []Name // results and reverse lines whose kernels can compute some columns
	Partial  bool
	Unless   *Condition // `partial unless n >= 2`; nil where it does not say when
}

// Condition is `unless n >= 2`. Its span begins at `unless`.
type Condition struct {
	Expr Expr
	Span diag.Span
}

// Equation is `target[i, j] = expr`. Primed marks the next value of a state
// component: `mean'[s] = …`.
type Equation struct {
	Target Name
	Primed bool
	Index  []Name
	Expr   Expr
	Span   diag.Span
}

// DimEquation is a computed dimension: `where p = floor(h / stride)`.
type DimEquation struct {
	Name  Name
	Value Expr
	Span  diag.Span
}

// Expr is the right-hand side of an equation.
type Expr interface{ ExprSpan() diag.Span }

type (
	// ExprNumber is a literal; `inf` is one too.
	ExprNumber struct {
		Value float64
		Span  diag.Span
	}
	// ExprRef is a tensor element `x[t, i]`, a scalar, a setting, an index
	// variable, a dimension used as a number, or one of the constants tiny
	// (2^-126, the smallest normal float32) and pi. Primed refers to the new
	// value of a state component.
	ExprRef struct {
		Name   Name
		Primed bool
		Index  []Expr
		Span   diag.Span
	}
	// ExprUnary is -X.
	ExprUnary struct {
		X    Expr
		Span diag.Span
	}
	// ExprBinary is L op R, op one of + - * / ^ and the comparisons
	// < <= > >= == !=, which give 1 or 0.
	ExprBinary struct {
		Op   string
		L, R Expr
		Span diag.Span
	}
	// ExprCall is f(x, …) with f one of exp, log, sqrt, tanh, abs, max, min,
	// and the other elementary functions, size(s), the extent of a dimension
	// or segment, or padded(x[i - 1]), an element that is 0 outside.
	ExprCall struct {
		Fn   Name
		Args []Expr
		Span diag.Span
	}
	// ExprReduce is `sum i, j < 3: body`, also prod, max, min. The body
	// reaches as far as products do and stops before + and -.
	ExprReduce struct {
		Op   string
		Vars []ReduceVar
		Body Expr
		Span diag.Span
	}

	// ReduceVar is an index that a reduction binds. Below is what it stays
	// below, a dimension or a whole number; nil where other lines say it.
	ReduceVar struct {
		Name  Name
		Below Expr
	}
)

func (e *ExprNumber) ExprSpan() diag.Span { return e.Span }
func (e *ExprRef) ExprSpan() diag.Span    { return e.Span }
func (e *ExprUnary) ExprSpan() diag.Span  { return e.Span }
func (e *ExprBinary) ExprSpan() diag.Span { return e.Span }
func (e *ExprCall) ExprSpan() diag.Span   { return e.Span }
func (e *ExprReduce) ExprSpan() diag.Span { return e.Span }
