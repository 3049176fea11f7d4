package plan_test

import (
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// lines evaluates equations of a primitive on the tensors of one example, in
// float64. It adds each target to tensors.
type lines struct {
	prim     *category.Prim
	tensors  map[string][]float64
	shapes   map[string][]int // one extent per declared index
	settings map[string]float64
	vars     map[string]int
}

func newLines(p *category.Prim) *lines {
	x := &lines{p, map[string][]float64{}, map[string][]int{}, map[string]float64{}, map[string]int{}}
	d := p.Decl
	for _, ports := range [][]category.Port{d.Ins, d.Given, d.Outs} {
		for _, q := range ports {
			x.shapes[q.Name], x.shapes["d"+q.Name] = x.extents(q.Shape), x.extents(q.Shape)
		}
	}
	for _, l := range d.Locals {
		x.shapes[l.Name] = x.extents(l.Shape)
	}
	for i, s := range p.Settings {
		x.settings[d.Settings[i].Name] = s.Const
	}
	return x
}

func (x *lines) extents(shape []category.DimTerm) []int {
	out := make([]int, len(shape))
	for i, d := range shape {
		out[i] = x.extent(d)
	}
	return out
}

func (x *lines) extent(d category.DimTerm) int {
	switch {
	case d.Segment:
		n := 1
		for _, s := range x.prim.Segs[d.Var] {
			n *= s
		}
		return n
	case d.Var != "":
		return x.prim.Dims[d.Var]
	}
	return d.Const
}

func (x *lines) run(eqs []category.Equation) {
	for i := range eqs {
		x.line(&eqs[i])
	}
}

func (x *lines) line(eq *category.Equation) {
	shape := x.shapes[eq.Target]
	out := make([]float64, volume(shape))
	x.over(eq, eq.Index, func() { out[x.at(eq.Index, shape)] = x.eval(eq, eq.Expr) })
	x.tensors[eq.Target] = out
}

func (x *lines) at(index []string, shape []int) int {
	k := 0
	for i, v := range index {
		k = k*shape[i] + x.vars[v]
	}
	return k
}

// over runs f for all values of vars.
func (x *lines) over(eq *category.Equation, vars []string, f func()) {
	if len(vars) == 0 {
		f()
		return
	}
	for i := range x.extent(eq.Range[vars[0]]) {
		x.vars[vars[0]] = i
		x.over(eq, vars[1:], f)
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (x *lines) eval(eq *category.Equation, e category.Expr) float64 {
	switch e := e.(type) {
	case *category.Number:
		return e.Value
	case *category.Index:
		return float64(x.vars[e.Var])
	case *category.Dimension:
		return float64(x.extent(category.DimTerm{Var: e.Var, Segment: x.prim.Decl.Segments[e.Var]}))
	case *category.SettingRef:
		return x.settings[e.Name]
	case *category.Unary:
		return -x.eval(eq, e.X)
	case *category.Element:
		k, shape := 0, x.shapes[e.Name]
		for i, ix := range e.Index {
			v := x.eval(eq, ix)
			if e.Padded && (v != math.Trunc(v) || v < 0 || v >= float64(shape[i])) {
				return 0
			}
			k = k*shape[i] + int(v)
		}
		return x.tensors[e.Name][k]
	case *category.Binary:
		return binary(e.Op, x.eval(eq, e.L), x.eval(eq, e.R))
	case *category.Func:
		args := make([]float64, len(e.Args))
		for i, a := range e.Args {
			args[i] = x.eval(eq, a)
		}
		return function(e.Name, args)
	case *category.Reduce:
		acc, first := 0.0, true
		x.over(eq, e.Vars, func() {
			v := x.eval(eq, e.Body)
			switch {
			case first:
				acc, first = v, false
			case e.Op == "sum":
				acc += v
			case e.Op == "prod":
				acc *= v
			case e.Op == "max":
				acc = math.Max(acc, v)
			case e.Op == "min":
				acc = math.Min(acc, v)
			}
		})
		return acc
	}
	panic("unknown expression")
}

func binary(op string, l, r float64) float64 {
	switch op {
	case "+":
		return l + r
	case "-":
		return l - r
	case "*":
		return l * r
	case "/":
		return l / r
	case "^":
		return math.Pow(l, r)
	case "<":
		return truth(l < r)
	case "<=":
		return truth(l <= r)
	case ">":
		return truth(l > r)
	case ">=":
		return truth(l >= r)
	case "==":
		return truth(l == r)
	case "!=":
		return truth(l != r)
	}
	panic("unknown operator " + op)
}

func function(name string, a []float64) float64 {
	switch name {
	case "exp":
		return math.Exp(a[0])
	case "log":
		return math.Log(a[0])
	case "log1p":
		return math.Log1p(a[0])
	case "expm1":
		return math.Expm1(a[0])
	case "sqrt":
		return math.Sqrt(a[0])
	case "tanh":
		return math.Tanh(a[0])
	case "erf":
		return math.Erf(a[0])
	case "abs":
		return math.Abs(a[0])
	case "sigmoid":
		return 1 / (1 + math.Exp(-a[0]))
	case "max":
		return math.Max(a[0], a[1])
	case "min":
		return math.Min(a[0], a[1])
	}
	panic("unknown function " + name)
}

func volume(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
