package golang

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// expr prints x as a number of type T; statements that it needs go to at.
func (lp *loopPrinter) expr(at *level, en env, x category.Expr) *jen.Statement {
	switch x := x.(type) {
	case *category.Number:
		return realNumber(x.Value)
	case *category.Element:
		return lp.read(at, en, x)
	case *category.Index:
		return atom(jen.Id("T").Parens(en[x.Var].code))
	case *category.Dimension:
		return atom(jen.Id("T").Parens(lp.size(category.DimTerm{Var: x.Var})))
	case *category.SettingRef:
		return lp.setting(x.Name)
	case *category.Unary:
		return jen.Op("-").Add(parens(lp.expr(at, en, x.X)))
	case *category.Binary:
		return lp.binary(at, en, x)
	case *category.Func:
		return lp.function(at, en, x)
	case *category.Reduce:
		return lp.reduce(at, en, x)
	}
	return lp.noForm(fmt.Sprintf("%T", x))
}

// noForm fails the generation: the checker lets nothing through that has no
// form in Go, and a wrong number must not take its place.
func (lp *loopPrinter) noForm(what string) *jen.Statement {
	lp.fail(fmt.Errorf("%s: a line of `%s` holds %s, which has no form in Go", lp.decl.Span, lp.decl.Name, what))
	return jen.Lit(0)
}

// realNumber prints a constant so that an operation between two of them is
// never one of integers.
func realNumber(v float64) *jen.Statement {
	switch {
	case math.IsInf(v, 1):
		return atom(jen.Id("T").Parens(jen.Qual("math", "Inf").Call(jen.Lit(1))))
	case math.IsInf(v, -1):
		return atom(jen.Id("T").Parens(jen.Qual("math", "Inf").Call(jen.Lit(-1))))
	}
	return jen.Lit(v)
}

func (lp *loopPrinter) setting(name string) *jen.Statement {
	for _, s := range lp.decl.Settings {
		if s.Name == name && s.Dim {
			return atom(jen.Id("T").Parens(jen.Id(lp.sets[name])))
		}
	}
	if id, ok := lp.sets[name]; ok {
		return jen.Id(id)
	}
	return lp.noForm("the setting " + name)
}

// read prints an element: of an argument, of a value computed before in the
// same leaf loop, or an intermediate that is kept nowhere.
func (lp *loopPrinter) read(at *level, en env, x *category.Element) *jen.Statement {
	if id, ok := lp.values[x.Name]; ok {
		return jen.Id(id)
	}
	if x.Padded {
		return lp.padded(at, en, x)
	}
	index := make([]indexValue, len(x.Index))
	for i, ix := range x.Index {
		index[i] = lp.integer(at, en, ix)
	}
	return lp.element(at, x.Name, index)
}

// element prints the element at an index that lies inside.
func (lp *loopPrinter) element(at *level, name string, index []indexValue) *jen.Statement {
	t, ok := lp.tensors[name]
	if !ok {
		return lp.intermediate(at, name, index)
	}
	s := lp.at(t, index)
	switch t.kind {
	case category.Fin, category.Int:
		return atom(jen.Id("T").Parens(s))
	case category.Bool:
		return lp.indicator(at, s)
	}
	return s
}

// intermediate computes a line that is kept nowhere, once, in the outermost
// loop that knows its indices.
func (lp *loopPrinter) intermediate(at *level, name string, index []indexValue) *jen.Statement {
	eq := equation(lp.decl.Means, name)
	if eq == nil {
		eq = equation(lp.decl.Reverse, name)
	}
	if eq == nil {
		return lp.noForm("the tensor " + name)
	}
	key, on := name, []string{lp.example}
	en := env{}
	for i, ix := range index {
		key += "|" + ix.key
		on = append(on, ix.on...)
		en[eq.Index[i]] = ix
	}
	home := at.home(on)
	if id, ok := home.cache[key]; ok {
		return jen.Id(id)
	}
	value := lp.expr(home, en, eq.Expr)
	id := lp.scope.local(name)
	home.add(define(id, eq.Expr, value))
	home.cache[key] = id
	return jen.Id(id)
}

// define declares a local of type T; a constant alone would be a float64.
func define(id string, x category.Expr, value *jen.Statement) *jen.Statement {
	read := map[string]bool{}
	if mentions(x, read); len(read) == 0 {
		value = jen.Id("T").Parens(value)
	}
	return jen.Id(id).Op(":=").Add(value)
}

func (lp *loopPrinter) binary(at *level, en env, x *category.Binary) *jen.Statement {
	switch x.Op {
	case "==", "!=", "<", "<=", ">", ">=":
		if lp.whole(x.L) && lp.whole(x.R) {
			return lp.indicator(at, jen.Add(lp.integer(at, en, x.L).code).Op(x.Op).Add(lp.integer(at, en, x.R).code))
		}
		return lp.indicator(at, lp.expr(at, en, x.L).Op(x.Op).Add(lp.expr(at, en, x.R)))
	case "^":
		return lp.math("Pow", lp.expr(at, en, x.L), lp.expr(at, en, x.R))
	}
	l, r := lp.expr(at, en, x.L), lp.expr(at, en, x.R)
	if !binds(x.L, x.Op, false) {
		l = parens(l)
	}
	if !binds(x.R, x.Op, true) {
		r = parens(r)
	}
	return jen.Add(l).Op(x.Op).Add(r)
}

// binds reports whether an operand of op keeps its meaning without
// parentheses: the order of operations stays the one of the equation.
func binds(x category.Expr, op string, right bool) bool {
	b, ok := x.(*category.Binary)
	if !ok {
		return false
	}
	inner, outer := strings.Index("+-*/", b.Op)/2, strings.Index("+-*/", op)/2
	if !strings.Contains("+-*/", b.Op) {
		return true // a comparison or a power is an operand of its own
	}
	return inner > outer || inner == outer && !right
}

// indicator is 1 where cond holds and 0 elsewhere.
func (lp *loopPrinter) indicator(at *level, cond jen.Code) *jen.Statement {
	id := lp.scope.local("holds")
	at.add(jen.Var().Id(id).Id("T"))
	at.add(jen.If(cond).Block(jen.Id(id).Op("=").Lit(1)))
	return jen.Id(id)
}

var mathFuncs = map[string]string{
	"exp": "Exp", "log": "Log", "log1p": "Log1p", "expm1": "Expm1", "sqrt": "Sqrt", "tanh": "Tanh",
	"erf": "Erf", "sin": "Sin", "cos": "Cos", "abs": "Abs", "floor": "Floor",
}

func (lp *loopPrinter) function(at *level, en env, x *category.Func) *jen.Statement {
	args := make([]jen.Code, len(x.Args))
	for i, a := range x.Args {
		args[i] = lp.expr(at, en, a)
	}
	switch x.Name {
	case "max", "min":
		return atom(jen.Id(x.Name).Call(args...))
	case "sigmoid":
		return atom(jen.Parens(jen.Lit(1.0).Op("/").Parens(jen.Lit(1.0).Op("+").Add(lp.math("Exp", jen.Op("-").Parens(args[0]))))))
	case "sign":
		v := jen.Add(args[0])
		return lp.indicator(at, jen.Add(v).Op(">").Lit(0)).Op("-").Add(lp.indicator(at, jen.Add(v).Op("<").Lit(0)))
	}
	return lp.math(mathFuncs[x.Name], args...)
}

// math calls a function of package math, which knows float64 only.
func (lp *loopPrinter) math(name string, args ...jen.Code) *jen.Statement {
	for i, a := range args {
		args[i] = jen.Float64().Parens(a)
	}
	return atom(jen.Id("T").Parens(jen.Qual("math", name).Call(args...)))
}

// reduce prints a loop that gathers body over all values of the variables.
func (lp *loopPrinter) reduce(at *level, en env, x *category.Reduce) *jen.Statement {
	id := lp.scope.local(x.Op)
	switch x.Op {
	case "prod":
		at.add(jen.Id(id).Op(":=").Id("T").Parens(jen.Lit(1)))
	case "max":
		at.add(jen.Id(id).Op(":=").Add(realNumber(math.Inf(-1))))
	case "min":
		at.add(jen.Id(id).Op(":=").Add(realNumber(math.Inf(1))))
	default:
		at.add(jen.Var().Id(id).Id("T"))
	}
	inner := env{}
	for v, ix := range en {
		inner[v] = ix
	}
	n := &nest{lp: lp, at: at, env: inner}
	for _, v := range x.Vars {
		n.bind(v, lp.rangeOf(v, x.Body))
	}
	body := lp.expr(n.at, n.env, x.Body)
	switch x.Op {
	case "prod":
		n.at.add(jen.Id(id).Op("*=").Add(body))
	case "max", "min":
		n.at.add(jen.Id(id).Op("=").Id(x.Op).Call(jen.Id(id), body))
	default:
		n.at.add(jen.Id(id).Op("+=").Add(body))
	}
	n.close()
	return jen.Id(id)
}

// rangeOf finds the dimension that a variable runs over in the line that
// binds it.
func (lp *loopPrinter) rangeOf(v string, body category.Expr) category.DimTerm {
	for _, list := range [][]category.Equation{lp.decl.Means, lp.decl.Reverse} {
		for i := range list {
			if d, ok := list[i].Range[v]; ok && contains(list[i].Expr, body) {
				return d
			}
		}
	}
	return category.DimTerm{Const: 1}
}

func contains(x, part category.Expr) (found bool) {
	category.Walk(x, func(e category.Expr) { found = found || e == part })
	return found
}

// whole reports whether x is an integer by nature.
func (lp *loopPrinter) whole(x category.Expr) bool {
	switch x := x.(type) {
	case *category.Index, *category.Dimension:
		return true
	case *category.Number:
		return x.Value == math.Trunc(x.Value)
	case *category.Element:
		k := lp.tensors[x.Name].kind
		return lp.has(x.Name) && (k == category.Fin || k == category.Int)
	case *category.Binary:
		return (x.Op == "+" || x.Op == "-" || x.Op == "*") && lp.whole(x.L) && lp.whole(x.R)
	}
	return false
}

// operation is l op r on integers, whose operands may be sums themselves.
func operation(op string, l, r indexValue) indexValue {
	return indexValue{code: parens(l.code).Op(op).Add(parens(r.code)), on: slices.Concat(l.on, r.on), key: "(" + l.key + op + r.key + ")"}
}

// integer prints x as an int.
func (lp *loopPrinter) integer(at *level, en env, x category.Expr) indexValue {
	switch x := x.(type) {
	case *category.Index:
		return en[x.Var]
	case *category.Dimension:
		s := lp.size(category.DimTerm{Var: x.Var})
		return indexValue{code: s, key: "#" + x.Var}
	case *category.SettingRef:
		return indexValue{code: jen.Id(lp.sets[x.Name]), key: "@" + x.Name}
	case *category.Number:
		return indexValue{code: jen.Lit(int(x.Value)), key: strconv.Itoa(int(x.Value))}
	case *category.Unary:
		v := lp.integer(at, en, x.X)
		return indexValue{code: jen.Op("-").Add(parens(v.code)), on: v.on, key: "-(" + v.key + ")"}
	case *category.Binary:
		l, r := lp.integer(at, en, x.L), lp.integer(at, en, x.R)
		return operation(x.Op, l, r)
	case *category.Func:
		// The checker lets no quotient of negative numbers through.
		if a, b := category.WholeQuotient(x); a != nil {
			return operation("/", lp.integer(at, en, a), lp.integer(at, en, b))
		}
	case *category.Element:
		v := indexValue{key: x.Name, on: []string{lp.example}}
		index := make([]indexValue, len(x.Index))
		for i, ix := range x.Index {
			index[i] = lp.integer(at, en, ix)
			v.on = append(v.on, index[i].on...)
			v.key += "|" + index[i].key
		}
		v.code = atom(jen.Int().Parens(lp.at(lp.tensors[x.Name], index)))
		return v
	}
	return indexValue{code: lp.noForm(fmt.Sprintf("%T as an index", x)), key: "0"}
}
