package golang

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// scalarStep prints the lines of an optimizer that are about no leaf, such
// as count' = count + 1, as plain Go.
func (pp *planPrinter) scalarStep(op *plan.Op) *jen.Statement {
	d := op.Prim.Decl
	lp := &loopPrinter{decl: d, fail: pp.e.fail, scope: pp.scope, tensors: map[string]tensor{}, dims: map[string]string{}, sets: map[string]string{}}
	in, out := op.In, op.Out
	for _, p := range d.Given {
		if !p.Whole && len(in) > 0 {
			lp.tensors[p.Name] = tensor{id: pp.ids[in[0]], kind: p.Kind}
			in = in[1:]
		}
	}
	at := (&level{}).inner()
	for i := range d.Means {
		eq := &d.Means[i]
		if leafwise(d, eq) || len(out) == 0 {
			continue
		}
		target := jen.Id(pp.ids[out[0]]).Index(jen.Lit(0))
		kind := pp.p.Values[out[0]].Kind
		lp.tensors[eq.Target] = tensor{id: pp.ids[out[0]], kind: kind}
		if kind == category.Int {
			at.add(jen.Add(target).Op("=").Add(lp.long(eq.Expr)))
		} else {
			at.add(jen.Add(target).Op("=").Add(lp.expr(at, env{}, eq.Expr)))
		}
		out = out[1:]
	}
	s := jen.Null()
	for i, st := range at.stmts {
		if i > 0 {
			s = s.Line()
		}
		s = s.Add(st)
	}
	return s
}

// advance prints the next value of every element of a count that training
// moves on.
func (pp *planPrinter) advance(op *plan.Op) *jen.Statement {
	d := op.Prim.Decl
	line := equation(d.Next, op.Line)
	if pp.p.Values[op.Out[0]].Kind == category.Real {
		return pp.moveOn(op)
	}
	value, k := jen.Id(pp.ids[op.Out[0]]), jen.Id("k")
	lp := &loopPrinter{decl: d, fail: pp.e.fail, scope: pp.scope, tensors: map[string]tensor{}}
	lp.which = k
	lp.tensors[strings.TrimSuffix(op.Line, "'")] = tensor{id: pp.ids[op.Out[0]], kind: category.Int}
	return jen.For(jen.Add(k).Op(":=").Range().Add(value)).Block(jen.Add(value).Index(k).Op("=").Add(lp.long(line.Expr)))
}

// moveOn calls the loops that give running statistics their next values.
func (pp *planPrinter) moveOn(op *plan.Op) *jen.Statement {
	args := []jen.Code{pp.id(op.Out[0])}
	for _, v := range op.In {
		args = append(args, pp.id(v))
	}
	args = append(append(args, pp.count(op)), dimArgs(op.Prim, nil)...)
	for _, s := range op.Settings {
		args = append(args, pp.scalar(s))
	}
	return jen.Id(pp.e.loops.name(op.Prim.Decl, op.Line)).Call(args...)
}

// long prints an integer expression over int64 scalars.
func (lp *loopPrinter) long(x category.Expr) *jen.Statement {
	switch x := x.(type) {
	case *category.Number:
		return jen.Lit(int(x.Value))
	case *category.Element:
		at := jen.Lit(0)
		if lp.which != nil {
			at = jen.Add(lp.which)
		}
		return atom(jen.Id(lp.tensors[x.Name].id).Index(at))
	case *category.Unary:
		return jen.Op("-").Add(parens(lp.long(x.X)))
	case *category.Binary:
		return parens(lp.long(x.L)).Op(x.Op).Add(parens(lp.long(x.R)))
	}
	return lp.noForm(fmt.Sprintf("%T among integers", x))
}
