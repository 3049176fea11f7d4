package golang

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
)

// lineReader unrolls the equations of a primitive on the tensors of one
// example: every index variable takes its values one after another.
type lineReader struct {
	g        *formulas
	prim     *category.Prim
	shapes   map[string][]int
	tensors  map[string][]*formula
	settings map[string]*formula
	vars     map[string]int
}

func newLineReader(g *formulas, p *category.Prim) *lineReader {
	if p.Decl.Each { // the lines speak of one element
		q := *p
		q.Segs = map[string][]int{}
		p = &q
	}
	x := &lineReader{g: g, prim: p, shapes: map[string][]int{}, tensors: map[string][]*formula{}, settings: map[string]*formula{}, vars: map[string]int{}}
	for _, ports := range [][]category.Port{p.Decl.Ins, p.Decl.Given, p.Decl.Outs} {
		for _, q := range ports {
			x.shapes[q.Name] = x.extents(q.Shape)
			x.shapes["d"+q.Name] = x.shapes[q.Name]
		}
	}
	for _, l := range p.Decl.Locals {
		x.shapes[l.Name] = x.extents(l.Shape)
	}
	return x
}

func (x *lineReader) extents(shape []category.DimTerm) []int {
	out := make([]int, len(shape))
	for i, d := range shape {
		out[i] = x.extent(d)
	}
	return out
}

// extent is the number of values of an index; a segment counts as one.
func (x *lineReader) extent(d category.DimTerm) int {
	switch {
	case d.Var == "":
		return d.Const
	case x.overList(d):
		return 1 // the element at hand
	case x.prim.Decl.Segments[d.Var] || d.Segment:
		return sizeOf(x.prim.Segs[d.Var])
	}
	return x.prim.Dims[d.Var]
}

func (x *lineReader) size(name string) int { return sizeOf(x.shapes[name]) }

// line computes one equation and keeps its target for the lines after it.
func (x *lineReader) line(eq *category.Equation) []*formula {
	var out []*formula
	x.over(eq, eq.Index, func() { out = append(out, x.expr(eq, eq.Expr)) })
	x.tensors[eq.Target] = out
	return out
}

// over runs f for all values of the variables, the last fastest.
func (x *lineReader) over(eq *category.Equation, vars []string, f func()) {
	if len(vars) == 0 {
		f()
		return
	}
	for i := range x.extent(eq.Range[vars[0]]) {
		x.vars[vars[0]] = i
		x.over(eq, vars[1:], f)
	}
}

func (x *lineReader) expr(eq *category.Equation, e category.Expr) *formula {
	g := x.g
	switch e := e.(type) {
	case *category.Number:
		return g.number(e.Value)
	case *category.Index:
		if x.overList(eq.Range[e.Var]) {
			noStraight("`%s` reads the number of an element", x.prim.Decl.Name)
		}
		return g.number(float64(x.vars[e.Var]))
	case *category.Dimension:
		if x.overList(category.DimTerm{Var: e.Var}) {
			return g.size
		}
		return g.number(float64(x.extent(category.DimTerm{Var: e.Var})))
	case *category.SettingRef:
		if s := x.settings[e.Name]; s != nil {
			return s
		}
	case *category.Element:
		return x.element(eq, e)
	case *category.Unary:
		return g.negate(x.expr(eq, e.X))
	case *category.Binary:
		return g.binary(e.Op, x.expr(eq, e.L), x.expr(eq, e.R))
	case *category.Func:
		return x.function(eq, e)
	case *category.Reduce:
		return x.reduce(eq, e)
	}
	noStraight("a line of `%s` holds a %T", x.prim.Decl.Name, e)
	return nil
}

// element reads a tensor; an index that depends on the example reads a row of
// it from a table.
func (x *lineReader) element(eq *category.Equation, e *category.Element) *formula {
	t, ok := x.tensors[e.Name]
	if !ok {
		noStraight("`%s` reads `%s`, which is not at hand", x.prim.Decl.Name, e.Name)
	}
	shape := x.shapes[e.Name]
	at, step, count := 0, 0, 0
	var moving *formula
	if e.Padded {
		return x.padded(eq, e, t, shape)
	}
	for i, ix := range e.Index {
		if x.elementAtHand(eq, ix) {
			continue
		}
		f, inner := x.expr(eq, ix), sizeOf(shape[i+1:])
		switch {
		case f.op == constant:
			at += int(f.value) * inner
		case moving == nil && f.typ == whole:
			moving, step, count = f, inner, shape[i]
		default:
			noStraight("`%s` computes the places it reads", x.prim.Decl.Name)
		}
	}
	if moving == nil {
		if at < 0 || at >= len(t) {
			noStraight("`%s` reads beyond `%s`", x.prim.Decl.Name, e.Name)
		}
		return t[at]
	}
	row := make([]*formula, count)
	for i := range row {
		row[i] = t[at+i*step]
	}
	return x.g.at(row, moving)
}

// padded reads a tensor at a place that is known when the line is unrolled, or
// is 0 where that lies outside.
func (x *lineReader) padded(eq *category.Equation, e *category.Element, t []*formula, shape []int) *formula {
	at := 0
	for i, ix := range e.Index {
		k, whole := x.place(eq, ix)
		if !whole || k < 0 || k >= shape[i] {
			return x.g.number(0)
		}
		at = at*shape[i] + k
	}
	return t[at]
}

// place computes an index; false where a quotient is not whole.
func (x *lineReader) place(eq *category.Equation, e category.Expr) (int, bool) {
	b, ok := e.(*category.Binary)
	if !ok {
		if u, negated := e.(*category.Unary); negated {
			k, whole := x.place(eq, u.X)
			return -k, whole
		}
		f := x.expr(eq, e)
		if f.op != constant {
			noStraight("`%s` computes the places it reads", x.prim.Decl.Name)
		}
		return int(f.value), true
	}
	l, wholeL := x.place(eq, b.L)
	r, wholeR := x.place(eq, b.R)
	whole := wholeL && wholeR
	switch b.Op {
	case "+":
		return l + r, whole
	case "-":
		return l - r, whole
	case "*":
		return l * r, whole
	}
	if !whole || r == 0 || l%r != 0 {
		return 0, false
	}
	return l / r, true
}

// scalarFunctions are the elementary functions by their names in package
// scalar.
var scalarFunctions = map[string]string{
	"exp": "Exp", "log": "Log", "log1p": "Log1p", "expm1": "Expm1", "sqrt": "Sqrt", "tanh": "Tanh", "erf": "Erf",
	"sin": "Sin", "cos": "Cos", "abs": "Abs", "sign": "Sign", "floor": "Floor", "sigmoid": "Sigmoid",
}

func (x *lineReader) function(eq *category.Equation, e *category.Func) *formula {
	if e.Name == "max" || e.Name == "min" {
		return x.g.extreme(e.Name, x.expr(eq, e.Args[0]), x.expr(eq, e.Args[1]))
	}
	name, ok := scalarFunctions[e.Name]
	if !ok {
		noStraight("the function %s", e.Name)
	}
	return x.g.call(name, x.expr(eq, e.Args[0]))
}

// extremeOf is one more step of the greatest or smallest of a row.
func (g *formulas) extremeOf(name string, l, r *formula) *formula {
	if l.op == constant && r.op == constant {
		return g.extreme(name, l, r)
	}
	name = map[string]string{"max": "Max", "min": "Min"}[name]
	return g.make(formula{op: function, typ: real32, name: name, args: []*formula{g.as(real32, l), g.as(real32, r)}})
}

// reduce unrolls a sum, product or extreme from left to right.
func (x *lineReader) reduce(eq *category.Equation, e *category.Reduce) *formula {
	if x.reducesList(eq, e) {
		return x.g.sumOverBatch(x.expr(eq, e.Body))
	}
	var total *formula
	x.over(eq, e.Vars, func() {
		v := x.expr(eq, e.Body)
		switch {
		case total == nil:
			total = v
		case e.Op == "sum":
			total = x.g.binary("+", total, v)
		case e.Op == "prod":
			total = x.g.binary("*", total, v)
		default:
			total = x.g.extremeOf(e.Op, total, v)
		}
	})
	if total == nil {
		noStraight("`%s` reduces nothing", x.prim.Decl.Name)
	}
	return total
}
