package check

import (
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// ranges bounds the values of a solved primitive's tensors by interval
// arithmetic over its lines. A bound is never too narrow; nil is all reals.
type ranges struct {
	prim  *category.Prim
	known map[string]*category.Set
	leaf  *category.Set // of the leaf at hand, in a scheme over objects
	line  *category.Equation
}

func newRanges(prim *category.Prim) *ranges { return &ranges{prim: prim} }

// learn records the bound of a tensor and returns it.
func (r *ranges) learn(name string, set *category.Set) *category.Set {
	if r.known == nil {
		r.known = map[string]*category.Set{}
	}
	r.known[name] = set
	return set
}

// port bounds the values of an input, output or intermediate.
func (r *ranges) port(name string) *category.Set {
	d := r.prim.Decl
	if set, ok := r.known[name]; ok {
		return set
	}
	r.learn(name, nil)
	for _, ports := range [][]category.Port{d.Ins, d.Given, d.Outs} {
		p := findPort(ports, name)
		switch {
		case p == nil:
		case p.Kind == category.Fin && p.FinSize != nil:
			return r.learn(name, &category.Set{Low: 0, High: float64(r.extent(*p.FinSize) - 1)})
		case p.Kind == category.Bool:
			return r.learn(name, &category.Set{Low: 0, High: 1})
		case p.Set != nil:
			return r.learn(name, p.Set)
		case p.Whole && !p.TangentOf && findPort(d.Outs, name) == nil:
			return r.learn(name, r.leaf)
		}
	}
	if d.IdentityLike() && name == d.Outs[0].Name {
		return r.port(d.Ins[0].Name)
	}
	for i := range d.Means {
		if d.Means[i].Target == name {
			outer := r.line
			r.line = &d.Means[i]
			r.learn(name, tidy(r.of(d.Means[i].Expr)))
			r.line = outer
			break
		}
	}
	return r.known[name]
}

// extent is the number of values of d.
func (r *ranges) extent(d category.DimTerm) int {
	switch {
	case d.Segment:
		n := 1
		for _, k := range r.prim.Segs[d.Var] {
			n *= k
		}
		return n
	case d.Var != "":
		return max(1, r.prim.Dims[d.Var])
	}
	return d.Const
}

func all() category.Set {
	return category.Set{Low: math.Inf(-1), High: math.Inf(1), OpenLow: true, OpenHigh: true}
}

// tidy turns an interval that says nothing into nil.
func tidy(s category.Set) *category.Set {
	if math.IsNaN(s.Low) || math.IsNaN(s.High) || math.IsInf(s.Low, -1) && math.IsInf(s.High, 1) {
		return nil
	}
	s.OpenLow = s.OpenLow || math.IsInf(s.Low, 0)
	s.OpenHigh = s.OpenHigh || math.IsInf(s.High, 0)
	return &s
}

// hull is the least interval around s.
func hull(s *category.Set) category.Set {
	switch {
	case s == nil:
		return all()
	case s.Simplex:
		return category.Set{Low: 0, High: 1}
	case s.Finite:
		return category.Set{Low: s.Elems[0], High: s.Elems[len(s.Elems)-1]}
	}
	return *s
}

func exactly(v float64) category.Set { return category.Set{Low: v, High: v} }

// of bounds an expression.
func (r *ranges) of(e category.Expr) category.Set {
	switch e := e.(type) {
	case *category.Number:
		return exactly(e.Value)
	case *category.Element:
		return hull(r.port(e.Name))
	case *category.Index:
		if d, ok := r.line.Range[e.Var]; ok {
			return category.Set{Low: 0, High: r.count(d).High - 1}
		}
	case *category.Dimension:
		return r.count(category.DimTerm{Var: e.Var, Segment: r.prim.Decl.Segments[e.Var]})
	case *category.SettingRef:
		return r.settingRange(e.Name)
	case *category.Unary:
		return negated(r.of(e.X))
	case *category.Binary:
		return r.binary(e)
	case *category.Func:
		args := make([]category.Set, len(e.Args))
		for i, a := range e.Args {
			args[i] = r.of(a)
		}
		return funcRange(e.Name, args)
	case *category.Reduce:
		return r.reduced(e)
	}
	return all()
}

func (r *ranges) settingRange(name string) category.Set {
	if name == "decays" {
		return category.Set{Low: 0, High: 1}
	}
	for i, s := range r.prim.Decl.Settings {
		if s.Name == name {
			if v := r.prim.Settings[i]; v.Wire < 0 {
				return exactly(v.Const)
			}
			return hull(s.Set)
		}
	}
	return all()
}

func (r *ranges) reduced(e *category.Reduce) category.Set {
	body := r.of(e.Body)
	switch e.Op {
	case "max", "min":
		return body
	case "sum":
		n := exactly(1)
		for _, v := range e.Vars {
			n = product(n, r.count(r.line.Range[v]))
		}
		return product(body, n)
	}
	if body.Low >= 0 && body.High <= 1 {
		return category.Set{Low: 0, High: 1}
	}
	return all()
}

func (r *ranges) binary(e *category.Binary) category.Set {
	if body := meaned(e, r.line); body != nil {
		return r.of(body)
	}
	x, y := r.of(e.L), r.of(e.R)
	switch e.Op {
	case "+":
		return sum(x, y)
	case "-":
		return sum(x, negated(y))
	case "*":
		return product(x, y)
	case "/":
		if y.Low > 0 || y.High < 0 {
			return product(x, category.Set{Low: 1 / y.High, High: 1 / y.Low, OpenLow: y.OpenHigh, OpenHigh: y.OpenLow})
		}
	case "^":
		if y.Low == y.High && y.Low == 2 {
			return product(magnitude(x), magnitude(x))
		}
		if x.Low >= 0 && y.Low >= 0 {
			return category.Set{Low: 0, High: math.Inf(1)}
		}
	case "<", "<=", ">", ">=", "==", "!=":
		return category.Set{Low: 0, High: 1}
	}
	return all()
}

func negated(x category.Set) category.Set {
	return category.Set{Low: 0 - x.High, High: 0 - x.Low, OpenLow: x.OpenHigh, OpenHigh: x.OpenLow}
}

func sum(x, y category.Set) category.Set {
	return category.Set{Low: x.Low + y.Low, High: x.High + y.High, OpenLow: x.OpenLow || y.OpenLow, OpenHigh: x.OpenHigh || y.OpenHigh}
}

// product bounds x*y. Ends stay open only where y is a positive constant.
func product(x, y category.Set) category.Set {
	if y.Low == y.High && y.Low > 0 && !math.IsInf(y.Low, 0) {
		return category.Set{Low: x.Low * y.Low, High: x.High * y.Low, OpenLow: x.OpenLow, OpenHigh: x.OpenHigh}
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, a := range []float64{x.Low, x.High} {
		for _, b := range []float64{y.Low, y.High} {
			p := a * b
			if a == 0 || b == 0 {
				p = 0 // the end at infinity is not attained
			}
			low, high = min(low, p), max(high, p)
		}
	}
	return category.Set{Low: low, High: high}
}

func magnitude(x category.Set) category.Set {
	switch {
	case x.Low >= 0:
		return x
	case x.High <= 0:
		return negated(x)
	}
	return category.Set{Low: 0, High: max(-x.Low, x.High)}
}

func funcRange(name string, a []category.Set) category.Set {
	x := a[0]
	monotone := func(f func(float64) float64) category.Set {
		return category.Set{Low: f(x.Low), High: f(x.High)}
	}
	switch name {
	case "exp":
		return monotone(math.Exp)
	case "expm1":
		return monotone(math.Expm1)
	case "tanh":
		return monotone(math.Tanh)
	case "erf":
		return monotone(math.Erf)
	case "sigmoid":
		return monotone(func(v float64) float64 { return 1 / (1 + math.Exp(-v)) })
	case "floor":
		return monotone(math.Floor)
	case "uniform":
		return category.Set{Low: 0, High: 1}
	case "sin", "cos", "sign":
		return category.Set{Low: -1, High: 1}
	case "abs":
		return magnitude(x)
	case "sqrt":
		if x.Low >= 0 {
			return monotone(math.Sqrt)
		}
		return category.Set{Low: 0, High: math.Inf(1)}
	case "log":
		if x.Low > 0 {
			return monotone(math.Log)
		}
	case "log1p":
		if x.Low > -1 {
			return monotone(math.Log1p)
		}
	case "max":
		y := a[1]
		return category.Set{Low: max(x.Low, y.Low), High: max(x.High, y.High)}
	case "min":
		y := a[1]
		return category.Set{Low: min(x.Low, y.Low), High: min(x.High, y.High)}
	}
	return all()
}
