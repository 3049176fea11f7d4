package golang

import "math"

// binary is l op r, with what constants make of it.
func (g *formulas) binary(op string, l, r *formula) *formula {
	switch op {
	case "==", "!=", "<", "<=", ">", ">=":
		return g.compare(op, l, r)
	case "^":
		return g.power(l, r)
	}
	if l.op == constant && r.op == constant {
		return g.number(arithmetic(op, l.value, r.value))
	}
	typ := real32
	if l.uniform() && r.uniform() {
		typ = wide
	}
	if f := g.simpler(op, l, r); f != nil {
		return f
	}
	l, r = g.as(typ, l), g.as(typ, r)
	if op == "/" && typ == real32 && r.uniform32() {
		return g.binary("*", l, g.reciprocal(r))
	}
	if op == "*" {
		return g.product(typ, l, r)
	}
	return g.make(formula{op: operator, typ: typ, name: op, args: []*formula{l, r}})
}

func arithmetic(op string, l, r float64) float64 {
	switch op {
	case "+":
		return l + r
	case "-":
		return l - r
	case "*":
		return l * r
	}
	return l / r
}

// simpler knows neutral elements and signs. A term with the factor zero is
// none, as in the kernels: a weight decay that is switched off.
func (g *formulas) simpler(op string, l, r *formula) *formula {
	switch {
	case op == "+" && l.is(0), op == "*" && l.is(1):
		return r
	case (op == "+" || op == "-") && r.is(0), (op == "*" || op == "/") && r.is(1):
		return l
	case op == "*" && (l.is(0) || r.is(0)):
		return g.number(0)
	case op == "-" && l.is(0), op == "*" && l.is(-1):
		return g.negate(r)
	case op == "*" && r.is(-1):
		return g.negate(l)
	case op == "+" && r.op == negation:
		return g.binary("-", l, r.args[0])
	case op == "-" && r.op == negation:
		return g.binary("+", l, r.args[0])
	case op == "/" && l.is(1):
		return g.sigmoidOf(r)
	case op == "-" && l.op == function && l.name == "Sigmoid" && !r.late:
		return g.make(formula{op: difference, typ: real32, args: []*formula{l.args[0], g.as(real32, r)}})
	}
	return nil
}

// sigmoidOf recognizes the denominator of a sigmoid: 1 + exp(-x).
func (g *formulas) sigmoidOf(f *formula) *formula {
	if f.op != operator || f.name != "+" || !f.args[0].is(1) {
		return nil
	}
	if e := f.args[1]; e.op == function && e.name == "Exp" && e.args[0].op == negation {
		return g.call("Sigmoid", e.args[0].args[0])
	}
	return nil
}

// uniform32 reports whether f is a uniform number that became a float32.
func (f *formula) uniform32() bool {
	return f.uniform() || f.op == convert && f.args[0].uniform()
}

// reciprocal is 1/f for a uniform f: one division before many products.
func (g *formulas) reciprocal(f *formula) *formula {
	if f.op == convert {
		f = f.args[0]
	}
	return g.as(real32, g.binary("/", g.number(1), f))
}

// product multiplies what is known early first: of rate·(d·x), where d is
// the end of a long chain of operations, the chain should see one factor.
func (g *formulas) product(typ scalarType, l, r *formula) *formula {
	if typ == real32 && l.uniform32() && r.op == operator && r.name == "*" {
		if a, b := r.args[0], r.args[1]; a.late && !b.late && !b.uniform32() {
			l, r = a, g.product(typ, l, b)
		}
	}
	return g.make(formula{op: operator, typ: typ, name: "*", args: []*formula{l, r}})
}

func (g *formulas) negate(f *formula) *formula {
	switch {
	case f.op == constant:
		return g.number(-f.value)
	case f.op == negation:
		return f.args[0]
	case f.typ == whole || f.uniform():
		f = g.as(wide, f)
	default:
		f = g.as(real32, f)
	}
	return g.make(formula{op: negation, typ: f.typ, args: []*formula{f}})
}

// compare is a truth value, 1 or 0 where both sides are known.
func (g *formulas) compare(op string, l, r *formula) *formula {
	if l.op == constant && r.op == constant {
		return g.number(compared(op, l.value, r.value))
	}
	integers := func(f *formula) bool { return f.typ == whole || f.op == constant && f.value == math.Trunc(f.value) }
	if !integers(l) || !integers(r) {
		typ := real32
		if l.uniform() && r.uniform() {
			typ = wide
		}
		l, r = g.as(typ, l), g.as(typ, r)
	}
	return g.make(formula{op: operator, typ: condition, name: op, args: []*formula{l, r}})
}

func compared(op string, l, r float64) float64 {
	holds := map[string]bool{"==": l == r, "!=": l != r, "<": l < r, "<=": l <= r, ">": l > r, ">=": l >= r}
	if holds[op] {
		return 1
	}
	return 0
}

// power knows small exponents, and powers of constants by counts.
func (g *formulas) power(x, y *formula) *formula {
	if y.op == constant {
		switch y.value {
		case 0:
			return g.number(1)
		case 1:
			return x
		case 2:
			return g.binary("*", x, x)
		case 3:
			return g.binary("*", g.binary("*", x, x), x)
		case 4:
			square := g.binary("*", x, x)
			return g.binary("*", square, square)
		case 0.5:
			return g.call("Sqrt", x)
		case -1:
			return g.binary("/", g.number(1), x)
		}
	}
	if y.typ == whole && x.uniform() {
		return g.make(formula{op: function, typ: wide, name: "PowInt", args: []*formula{g.as(wide, x), y}})
	}
	return g.make(formula{op: function, typ: real32, name: "Pow", args: []*formula{g.as(real32, x), g.as(real32, y)}})
}

// exactly are the functions of constants that every machine computes alike.
var exactly = map[string]func(float64) float64{"Sqrt": math.Sqrt, "Abs": math.Abs, "Floor": math.Floor}

// call is a function of package scalar.
func (g *formulas) call(name string, x *formula) *formula {
	if f := exactly[name]; f != nil && x.op == constant {
		return g.number(f(x.value))
	}
	x = g.as(real32, x)
	switch {
	case name == "Log1p" && x.op == function && x.name == "Exp" && x.args[0].op == negation:
		if y := x.args[0].args[0]; y.op == function && y.name == "Abs" {
			return g.make(formula{op: log1pExp, typ: real32, args: []*formula{y.args[0]}})
		}
	case name == "Abs" && x.op == negation:
		return g.call(name, x.args[0])
	}
	return g.make(formula{op: function, typ: real32, name: name, args: []*formula{x}})
}

// extreme is the greater or the smaller of two numbers.
func (g *formulas) extreme(name string, l, r *formula) *formula {
	if l.op == constant && r.op == constant {
		if name == "max" {
			return g.number(max(l.value, r.value))
		}
		return g.number(min(l.value, r.value))
	}
	return g.make(formula{op: function, typ: real32, name: name, args: []*formula{g.as(real32, l), g.as(real32, r)}})
}

// at is element index of a row of formulas.
func (g *formulas) at(row []*formula, index *formula) *formula {
	entries := make([]*formula, len(row))
	for i, f := range row {
		entries[i] = g.as(real32, f)
	}
	t := g.make(formula{op: tableOf, typ: table, args: entries})
	return g.make(formula{op: lookup, typ: real32, args: []*formula{t, index}})
}
