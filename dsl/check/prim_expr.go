package check

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// maxExprDepth caps how deeply an equation nests.
const maxExprDepth = 500

// constants are the numbers that equations may call by name. tiny is the
// smallest normal float32.
var constants = map[string]float64{"tiny": 0x1p-126, "pi": math.Pi, "inf": math.Inf(1)}

// expr resolves e; nil after reporting.
func (l *line) expr(e syntax.Expr) category.Expr {
	if l.tooDeep {
		return nil
	}
	if l.depth++; l.depth > maxExprDepth {
		l.tooDeep = true
		l.b.fail(diag.CT1001, e.ExprSpan(), fmt.Sprintf("this equation nests more than %d levels deep", maxExprDepth)).
			Hint("give a part of it a line of its own")
		return nil
	}
	defer func() { l.depth-- }()
	switch e := e.(type) {
	case *syntax.ExprNumber:
		return &category.Number{Value: e.Value}
	case *syntax.ExprUnary:
		x := l.expr(e.X)
		if x == nil {
			return nil
		}
		return &category.Unary{X: x}
	case *syntax.ExprBinary:
		x, y := l.expr(e.L), l.expr(e.R)
		if x == nil || y == nil {
			return nil
		}
		return &category.Binary{Op: e.Op, L: x, R: y}
	case *syntax.ExprCall:
		return l.call(e)
	case *syntax.ExprReduce:
		return l.reduce(e)
	case *syntax.ExprRef:
		return l.ref(e, false)
	}
	return nil
}

func (l *line) call(e *syntax.ExprCall) category.Expr {
	if e.Fn.Text == "size" {
		if len(e.Args) == 1 {
			r, ok := e.Args[0].(*syntax.ExprRef)
			if ok && len(r.Index) == 0 && (l.b.dims[r.Name.Text] || l.b.std && r.Name.Text == category.Batch) {
				return &category.Dimension{Var: r.Name.Text}
			}
		}
		l.b.fail(diag.CT0811, e.Span, "size takes one dimension or segment of the signature: size(s)")
		return nil
	}
	if e.Fn.Text == "uniform" && l.b.std {
		return l.uniform(e)
	}
	if e.Fn.Text == "padded" {
		return l.padded(e)
	}
	arity, ok := category.Functions[e.Fn.Text]
	if !ok {
		d := l.b.fail(diag.CT0803, e.Fn.Span, fmt.Sprintf("there is no elementary function %s", e.Fn.Text))
		l.b.c.didYouMean(d, e.Fn, "", append(keys(category.Functions), "padded", "size"))
		return nil
	}
	if len(e.Args) != arity {
		l.b.fail(diag.CT0811, e.Span, fmt.Sprintf("%s takes %s, here it has %d", e.Fn.Text, count(arity, "argument"), len(e.Args)))
		return nil
	}
	f := &category.Func{Name: e.Fn.Text}
	for _, a := range e.Args {
		x := l.expr(a)
		if x == nil {
			return nil
		}
		f.Args = append(f.Args, x)
	}
	return f
}

func (l *line) reduce(e *syntax.ExprReduce) category.Expr {
	r := &category.Reduce{Op: e.Op}
	for _, v := range e.Vars {
		l.indices = append(l.indices, v.Name)
		if !l.bind(v.Name) || !l.staysBelow(v.Name, v.Below) {
			return nil
		}
		r.Vars = append(r.Vars, v.Name.Text)
	}
	r.Body = l.expr(e.Body)
	for _, v := range e.Vars {
		l.bound[v.Name.Text]--
		if l.ended == nil {
			l.ended = map[string]*syntax.ExprReduce{}
		}
		l.ended[v.Name.Text] = e
		if !l.ranges(v.Name.Text) && r.Body != nil {
			l.b.fail(diag.CT0807, v.Name.Span, fmt.Sprintf("nothing says what %s runs over", v.Name.Text)).
				Hint("an index takes its range from a dimension of its name, from the tensor it indexes, or from what it stays below: sum i < n: …")
			r.Body = nil
		}
	}
	if r.Body == nil {
		return nil
	}
	return r
}

// ref resolves a name with or without indices. Padded says that it is an
// element whose indices may lie outside.
func (l *line) ref(e *syntax.ExprRef, padded bool) category.Expr {
	b, name := l.b, e.Name.Text
	if e.Primed {
		name += "'"
	}
	b.read[name] = true
	if len(e.Index) == 0 && !e.Primed {
		switch {
		case l.bound[name] > 0:
			l.used[name] = true
			return &category.Index{Var: name}
		case b.setting(name) != nil, name == "decays" && b.decl.Each:
			return &category.SettingRef{Name: name}
		}
	}
	t := l.tensor(name)
	if t == nil {
		return l.bare(e, name)
	}
	if len(e.Index) != len(t.shape) {
		b.fail(diag.CT0802, e.Span, fmt.Sprintf("%s has %s, and here it has %d", name, indices(len(t.shape)), len(e.Index)))
		return nil
	}
	if !l.readable(e, name) {
		return nil
	}
	el := &category.Element{Name: name, Padded: padded, Span: e.Span}
	for i, x := range e.Index {
		ix := l.index(x, t.shape[i], padded)
		if ix == nil {
			return nil
		}
		el.Index = append(el.Index, ix)
	}
	return el
}

// bare resolves a name that is no tensor.
func (l *line) bare(e *syntax.ExprRef, name string) category.Expr {
	b := l.b
	if len(e.Index) == 0 && !e.Primed {
		if b.dims[name] {
			return &category.Dimension{Var: name}
		}
		if v, ok := constants[name]; ok {
			return &category.Number{Value: v}
		}
		if v, faulty, known := b.c.dimValue(e.Name); known && !b.std {
			b.failed = b.failed || faulty
			return &category.Number{Value: float64(v)}
		}
	}
	switch outer := l.ended[name]; {
	case b.faulty[name]:
		b.failed = true
	case outer != nil && len(e.Index) == 0:
		l.outside(e, outer)
	default:
		b.loose = append(b.loose, l)
		b.unknown(syntax.Name{Text: name, Span: e.Name.Span}, b.readable(l.reverse))
	}
	return nil
}

// outside reports an index behind the end of the reduction that binds it,
// unless the reduction is reported for lacking it.
func (l *line) outside(e *syntax.ExprRef, r *syntax.ExprReduce) {
	name := e.Name.Text
	if _, ranges := l.rng[name]; !ranges {
		l.b.failed = true
		return
	}
	l.b.fail(diag.CT0807, e.Span, fmt.Sprintf("%s is bound as far as the %s reaches, and that ends before + and -", name, r.Op)).
		Label(r.Span, fmt.Sprintf("the %s", r.Op)).
		Hint(fmt.Sprintf("use parentheses: %s %s: (…)", r.Op, name))
}

// tensor looks up what an indexed name stands for.
func (l *line) tensor(name string) *tensor {
	b := l.b
	for _, ports := range [][]category.Port{b.decl.Ins, b.decl.Given, b.decl.Outs} {
		if p := findPort(ports, name); p != nil {
			return tensorPort(p)
		}
	}
	if p := b.decl.Local(name); p != nil {
		return tensorPort(&p.Port)
	}
	if l.reverse {
		if p := b.cotangent(name); p != nil {
			return tensorPort(p)
		}
	}
	return nil
}

// readable reports where a line reads what is not there for it: a tensor of a
// later line, or in reverse one that is not kept.
func (l *line) readable(e *syntax.ExprRef, name string) bool {
	b := l.b
	given := findPort(b.decl.Given, name) != nil
	local := b.decl.Local(name)
	_, written := b.order[name]
	if !l.reverse {
		if findPort(b.decl.Outs, name) != nil && !written {
			b.fail(diag.CT0813, e.Span, fmt.Sprintf("%s is read before its line", name))
			return false
		}
		return true
	}
	if given || b.cotangent(name) != nil || local != nil && local.Reverse || slices.Contains(b.decl.Keeps, name) {
		return true
	}
	if b.unkept {
		b.failed = true
		return false
	}
	d := b.fail(diag.CT0806, e.Span, fmt.Sprintf("the reverse lines read %s, which is not kept", name)).
		Hint(fmt.Sprintf("add it to `keeps`, so that it stays in memory until then: keeps %s", name))
	d.Propose("keep "+name, keepAlso(b.a.Equations, name))
	return false
}

// keepAlso adds name to the keeps line, or such a line behind means.
func keepAlso(e *syntax.Equations, name string) diag.Edit {
	if n := len(e.Keeps); n > 0 {
		return e.Keeps[n-1].Span.After(", " + name)
	}
	first := e.Means[0].Span
	line := first.Src.LineText(first.Src.Line(first.Start))
	text, _, _ := strings.Cut(line, "means")
	behind := " "
	if strings.TrimSpace(text) == "" {
		behind = "\n" + text
	}
	return e.Means[len(e.Means)-1].Span.After(behind + "keeps   " + name)
}

// index resolves one index of a tensor: a variable, an element of a Fin
// tensor, or arithmetic on variables. A variable runs over the axis that it
// indexes, unless the element is padded and something else says what it runs
// over.
func (l *line) index(e syntax.Expr, d category.DimTerm, padded bool) category.Expr {
	b := l.b
	if r, ok := e.(*syntax.ExprRef); ok && len(r.Index) == 0 && !r.Primed && l.bound[r.Name.Text] > 0 {
		l.used[r.Name.Text] = true
		if !padded || d.Segment {
			l.runs(r.Name, d)
		} else {
			l.mayRun(r.Name, d)
		}
		return &category.Index{Var: r.Name.Text}
	}
	x := l.expr(e)
	if x == nil {
		return nil
	}
	if el, ok := x.(*category.Element); ok {
		t := l.tensor(el.Name)
		if t.kind != category.Fin || *t.fin != d {
			b.fail(diag.CT0802, e.ExprSpan(), fmt.Sprintf("an index here lies in Fin[%s], and %s does not", dimText(d), el.Name))
			return nil
		}
		return x
	}
	if v, ok := x.(*category.Dimension); ok {
		b.fail(diag.CT0807, e.ExprSpan(), fmt.Sprintf("nothing binds the index %s here", v.Var)).
			Hint(fmt.Sprintf("an index of the target is bound, and so is one of a reduction: sum %s: …", v.Var))
		return nil
	}
	switch {
	case d.Segment || !b.indexArithmetic(x, true):
		b.fail(diag.CT0802, e.ExprSpan(), "an index is a variable, an element of a Fin tensor, or + - * and floor(a / b) of variables and whole numbers").
			Hint("every variable is bound by the target's indices or by sum, prod, max, min")
		return nil
	case !padded && !b.indexArithmetic(x, false):
		b.fail(diag.CT0802, e.ExprSpan(), "a quotient need not be a whole number, and so is no index of an element that must be there").
			Hint("floor rounds it down: x[floor(i / 2)]; a padded element is 0 where it is not whole: padded(x[i / 2])")
		return nil
	}
	return x
}

// indexArithmetic reports whether e is made of variables and whole numbers:
// dimensions and settings among them.
func (b *primBuilder) indexArithmetic(e category.Expr, quotients bool) bool {
	of := func(l, r category.Expr) bool {
		return b.indexArithmetic(l, quotients) && b.indexArithmetic(r, quotients)
	}
	switch e := e.(type) {
	case *category.Index, *category.Dimension:
		return true
	case *category.SettingRef:
		s := b.setting(e.Name)
		return s != nil && s.Dim
	case *category.Number:
		return e.Value == math.Trunc(e.Value) && math.Abs(e.Value) < 1<<31
	case *category.Binary:
		return (strings.Contains("+-*", e.Op) || e.Op == "/" && quotients) && of(e.L, e.R)
	case *category.Unary:
		return b.indexArithmetic(e.X, quotients)
	case *category.Func:
		l, r := category.WholeQuotient(e)
		return l != nil && of(l, r)
	}
	return false
}

// readable lists the names that a line may read, for suggestions.
func (b *primBuilder) readable(reverse bool) []string {
	names := portNames(b.decl.Given)
	if !reverse {
		names = append(names, portNames(b.decl.Ins)...)
	}
	for _, l := range b.decl.Locals {
		if l.Reverse == reverse {
			names = append(names, l.Name)
		}
	}
	if reverse {
		names = append(names, b.decl.Keeps...)
		for _, p := range b.decl.Outs {
			names = append(names, "d"+p.Name)
		}
	}
	for _, s := range b.decl.Settings {
		names = append(names, s.Name)
	}
	return names
}
