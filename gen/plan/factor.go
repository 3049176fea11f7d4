package plan

import (
	"fmt"
	"strconv"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Factor is a number that a plan computes from its settings before it uses
// it: a scalar, or L Op R.
type Factor struct {
	Op     string // "" for Scalar, else + - * /
	Scalar Scalar
	L, R   *Factor
}

func constant(v float64) *Factor { return &Factor{Scalar: Scalar{Const: v, Value: NoValue}} }

// Number returns the value of a factor that depends on no setting.
func (f *Factor) Number() (v float64, ok bool) {
	if f.Op != "" || f.Scalar.Value != NoValue {
		return 0, false
	}
	return f.Scalar.Const, true
}

func (f *Factor) is(v float64) bool {
	c, ok := f.Number()
	return ok && c == v
}

// factor builds l op r and folds what is known.
func factor(op string, l, r *Factor) *Factor {
	a, okA := l.Number()
	b, okB := r.Number()
	switch {
	case okA && okB:
		switch op {
		case "+":
			return constant(a + b)
		case "-":
			return constant(a - b)
		case "*":
			return constant(a * b)
		default:
			return constant(a / b)
		}
	case op == "*" && (l.is(0) || r.is(0)):
		return constant(0)
	case op == "*" && l.is(1), op == "+" && l.is(0):
		return r
	case (op == "*" || op == "/") && r.is(1), (op == "+" || op == "-") && r.is(0):
		return l
	}
	return &Factor{Op: op, L: l, R: r}
}

// Values lists the settings that f reads.
func (f *Factor) Values() []ValueID {
	switch {
	case f == nil:
		return nil
	case f.Op != "":
		return append(f.L.Values(), f.R.Values()...)
	case f.Scalar.Value != NoValue:
		return []ValueID{f.Scalar.Value}
	}
	return nil
}

// text prints f with the names of p's settings.
func (f *Factor) text(p *Plan) string {
	switch {
	case f.Op != "":
		return "(" + f.L.text(p) + " " + f.Op + " " + f.R.text(p) + ")"
	case f.Scalar.Value != NoValue:
		return p.Values[f.Scalar.Value].Name
	}
	return strconv.FormatFloat(f.Scalar.Const, 'g', -1, 64)
}

// form is state·p + gradient·g, the line of an optimizer that is linear in a
// leaf and its gradient.
type form struct{ state, gradient *Factor }

// linear reads the only leafwise line of op, a LeafStep, as a form.
func linear(op *Op) (form, bool) {
	decl := op.Prim.Decl
	if len(op.Out) != 1 || len(op.In) != 2 {
		return form{}, false
	}
	var line *category.Equation
	for i := range decl.Means {
		if line != nil {
			return form{}, false
		}
		line = &decl.Means[i]
	}
	var state, gradient string
	for _, p := range decl.Given {
		if p.Whole {
			state = p.Name
		}
	}
	for _, p := range decl.Ins {
		if p.Whole {
			gradient = p.Name
		}
	}
	x := linearReader{op: op, state: state, gradient: gradient}
	s, g, c := x.read(line.Expr)
	if x.failed || !c.is(0) {
		return form{}, false
	}
	return form{s, g}, true
}

// linearReader splits an expression into a multiple of the state, one of the
// gradient, and the rest.
type linearReader struct {
	op              *Op
	state, gradient string
	failed          bool
}

func (x *linearReader) read(e category.Expr) (s, g, c *Factor) {
	zero := constant(0)
	switch e := e.(type) {
	case *category.Number:
		return zero, zero, constant(e.Value)
	case *category.SettingRef:
		return zero, zero, &Factor{Scalar: x.setting(e.Name)}
	case *category.Element:
		switch e.Name {
		case x.state:
			return constant(1), zero, zero
		case x.gradient:
			return zero, constant(1), zero
		}
	case *category.Unary:
		s, g, c = x.read(e.X)
		return factor("-", zero, s), factor("-", zero, g), factor("-", zero, c)
	case *category.Binary:
		return x.binary(e)
	}
	x.failed = true
	return zero, zero, zero
}

func (x *linearReader) binary(e *category.Binary) (s, g, c *Factor) {
	s1, g1, c1 := x.read(e.L)
	s2, g2, c2 := x.read(e.R)
	each := func(op string, by *Factor, s, g, c *Factor) (*Factor, *Factor, *Factor) {
		return factor(op, s, by), factor(op, g, by), factor(op, c, by)
	}
	switch plain1, plain2 := s1.is(0) && g1.is(0), s2.is(0) && g2.is(0); {
	case e.Op == "+" || e.Op == "-":
		return factor(e.Op, s1, s2), factor(e.Op, g1, g2), factor(e.Op, c1, c2)
	case (e.Op == "*" || e.Op == "/") && plain2:
		return each(e.Op, c2, s1, g1, c1)
	case e.Op == "*" && plain1:
		return each("*", c1, s2, g2, c2)
	}
	x.failed = true
	return s1, g1, c1
}

// setting is the value bound to a setting of the optimizer; the decay
// indicator comes last.
func (x *linearReader) setting(name string) Scalar {
	for i, s := range x.op.Prim.Decl.Settings {
		if s.Name == name && i < len(x.op.Settings) {
			return x.op.Settings[i]
		}
	}
	if k := len(x.op.Prim.Decl.Settings); k < len(x.op.Settings) {
		return x.op.Settings[k]
	}
	panic(fmt.Sprintf("plan: the optimizer %s has no setting %s", x.op.Prim.Decl.Name, name))
}
