package syntax

import (
	"math"
	"strconv"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// The operators of expressions by how tightly they bind. Signs bind between
// * and ^, so that -x ^ 2 is the negative of a square.
const (
	precCompare = 1 + iota
	precAdd
	precMultiply
	precPower
)

func exprPrecedence(t *lexer.Token) int {
	if t.Type != kindPunct {
		return 0
	}
	switch t.Value {
	case "<", "<=", ">", ">=", "==", "!=":
		return precCompare
	case "+", "-":
		return precAdd
	case "*", "/":
		return precMultiply
	case "^":
		return precPower
	}
	return 0
}

const expectedExpr = "a number or an element such as x[i]"

// expr parses the right-hand side of an equation.
func (c cursor) expr() (Expr, error) { return c.exprAbove(0) }

// exprAbove parses operands joined by operators that bind tighter than min.
// All associate to the left but ^.
func (c cursor) exprAbove(min int) (Expr, error) {
	start := c.start()
	left, err := c.exprUnary()
	if err != nil {
		return nil, err
	}
	for {
		prec := exprPrecedence(c.peek())
		if prec <= min {
			return left, nil
		}
		op := c.next().Value
		if err := c.operator(); err != nil {
			return nil, err
		}
		var right Expr
		if prec == precPower {
			right, err = c.exprAbove(precMultiply)
		} else {
			right, err = c.exprAbove(prec)
		}
		if err != nil {
			return nil, err
		}
		left = &ExprBinary{Op: op, L: left, R: right, Span: c.since(start)}
	}
}

func (c cursor) exprUnary() (Expr, error) {
	if err := c.enter(); err != nil {
		return nil, err
	}
	defer c.leave()
	start, t := c.start(), c.peek()
	switch {
	case t.Type == kindNumber:
		return c.exprNumber()
	case t.Type == kindName:
		return c.exprName()
	case t.Value == "-":
		c.next()
		x, err := c.exprAbove(precMultiply)
		if err != nil {
			return nil, err
		}
		return &ExprUnary{X: x, Span: c.since(start)}, nil
	case t.Value == "(":
		c.next()
		x, err := c.expr()
		if err != nil {
			return nil, err
		}
		return x, c.expect(")")
	}
	return nil, c.unexpected(expectedExpr)
}

func (c cursor) exprNumber() (Expr, error) {
	span := c.span(c.peek())
	text, err := c.number(expectedExpr)
	if err != nil {
		return nil, err
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, c.fail(diag.CT0113, span, "this number is too large")
	}
	return &ExprNumber{Value: v, Span: span}, nil
}

// exprName parses a reduction, a call, `inf`, or a reference.
func (c cursor) exprName() (Expr, error) {
	start, t := c.start(), c.peek()
	switch t.Value {
	case "sum", "prod", "max", "min":
		if c.second().Type == kindName {
			return c.reduction()
		}
	case "inf":
		c.next()
		return &ExprNumber{Value: math.Inf(1), Span: c.since(start)}, nil
	}
	name := c.nameOf(c.next())
	if c.isKind(kindOpen) {
		c.next()
		args, err := c.exprs(")")
		if err != nil {
			return nil, err
		}
		return &ExprCall{Fn: name, Args: args, Span: c.since(start)}, nil
	}
	name, err := c.member(name)
	if err != nil {
		return nil, err
	}
	ref := &ExprRef{Name: name, Primed: c.accept("'")}
	if c.accept("[") {
		index, err := c.exprs("]")
		if err != nil {
			return nil, err
		}
		ref.Index = index
	}
	ref.Span = c.since(start)
	return ref, nil
}

// exprs parses Expr {"," Expr} and the closing bracket.
func (c cursor) exprs(closer string) ([]Expr, error) {
	var all []Expr
	for {
		x, err := c.expr()
		if err != nil {
			return nil, err
		}
		all = append(all, x)
		if !c.accept(",") {
			return all, c.expectOr(closer, "`,`")
		}
	}
}

// reduction parses ("sum" | "prod" | "max" | "min") Var {"," Var} ":" body,
// where Var is Name ["<" (Name | Number)] and the body reaches as far as
// products do.
func (c cursor) reduction() (Expr, error) {
	start := c.start()
	r := &ExprReduce{Op: c.next().Value}
	for {
		name, err := c.name("the name of an index")
		if err != nil {
			return nil, err
		}
		below, err := c.below()
		if err != nil {
			return nil, err
		}
		r.Vars = append(r.Vars, ReduceVar{name, below})
		if !c.accept(",") {
			break
		}
	}
	if err := c.expectOr(":", "`,`"); err != nil {
		return nil, err
	}
	body, err := c.exprAbove(precAdd)
	if err != nil {
		return nil, err
	}
	r.Body, r.Span = body, c.since(start)
	return r, nil
}

// below parses what an index of a reduction stays below, if that is said.
func (c cursor) below() (Expr, error) {
	if !c.accept("<") {
		return nil, nil
	}
	start := c.start()
	if c.isKind(kindNumber) {
		return c.exprNumber()
	}
	name, err := c.name("a dimension or a whole number")
	if err != nil {
		return nil, err
	}
	if name, err = c.member(name); err != nil {
		return nil, err
	}
	return &ExprRef{Name: name, Span: c.since(start)}, nil
}
