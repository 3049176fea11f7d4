package eval

import "github.com/ctgen-lang/ctgen/dsl/category"

// place computes one index of a padded element; false where a quotient is not
// whole.
type place func(m *machine) (int, bool)

// padded reads a tensor, and 0 where an index lies outside its axis.
func (c *compiler) padded(e *category.Element, slot int, dims []int) code {
	places := make([]place, len(e.Index))
	for i, x := range e.Index {
		places[i] = c.place(x)
	}
	return func(m *machine) float64 {
		at := 0
		for i, p := range places {
			k, whole := p(m)
			if !whole || k < 0 || k >= dims[i] {
				return 0
			}
			at = at*dims[i] + k
		}
		return m.tensors[slot][at]
	}
}

// place compiles an index to arithmetic on whole numbers.
func (c *compiler) place(e category.Expr) place {
	switch e := e.(type) {
	case *category.Index:
		s := c.variable(e.Var)
		return func(m *machine) (int, bool) { return m.index[s], true }
	case *category.Unary:
		x := c.place(e.X)
		return func(m *machine) (int, bool) {
			k, whole := x(m)
			return -k, whole
		}
	case *category.Binary:
		return arithmetic(e.Op, c.place(e.L), c.place(e.R))
	}
	x := c.expr(e)
	return func(m *machine) (int, bool) { return int(x(m)), true }
}

func arithmetic(op string, x, y place) place {
	return func(m *machine) (int, bool) {
		a, wholeA := x(m)
		b, wholeB := y(m)
		whole := wholeA && wholeB
		switch op {
		case "+":
			return a + b, whole
		case "-":
			return a - b, whole
		case "*":
			return a * b, whole
		}
		if !whole || b == 0 || a%b != 0 {
			return 0, false
		}
		return a / b, true
	}
}
