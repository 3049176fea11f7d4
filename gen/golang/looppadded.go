package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// padded prints an element that is read only where its indices lie inside,
// and is 0 elsewhere. What an index is computed from stands in the outermost
// loop that knows it.
func (lp *loopPrinter) padded(at *level, en env, x *category.Element) *jen.Statement {
	id := lp.scope.local("padded")
	within := at.inner(id)
	index := make([]indexValue, len(x.Index))
	var holds []jen.Code
	for i, axis := range lp.axes(x.Name) {
		ix, whole := lp.place(at, en, x.Index[i])
		holds = append(holds, whole...)
		if v, bare := x.Index[i].(*category.Index); !bare || lp.rangeOf(v.Var, x) != axis {
			ix = lp.hoist(at, "at", ix)
			holds = append(holds, jen.Add(ix.code).Op(">=").Lit(0), jen.Add(ix.code).Op("<").Add(lp.size(axis)))
		}
		ix.on = append(ix.on[:len(ix.on):len(ix.on)], id) // a value that it leads to is computed within
		index[i] = ix
	}
	value := lp.element(within, x.Name, index)
	if len(holds) == 0 {
		for _, s := range within.stmts {
			at.add(s)
		}
		return value
	}
	within.add(jen.Id(id).Op("=").Add(value))
	cond := jen.Add(holds[0])
	for _, h := range holds[1:] {
		cond = cond.Op("&&").Add(h)
	}
	at.add(jen.Var().Id(id).Id("T"))
	at.add(jen.If(cond).Block(within.stmts...))
	return jen.Id(id)
}

// place prints an index as an int, with the conditions under which its
// quotients are whole.
func (lp *loopPrinter) place(at *level, en env, x category.Expr) (indexValue, []jen.Code) {
	switch x := x.(type) {
	case *category.Unary:
		v, whole := lp.place(at, en, x.X)
		return indexValue{code: jen.Op("-").Add(parens(v.code)), on: v.on, key: "-(" + v.key + ")"}, whole
	case *category.Binary:
		l, wholeL := lp.place(at, en, x.L)
		r, wholeR := lp.place(at, en, x.R)
		whole := append(wholeL, wholeR...)
		if x.Op == "/" {
			l = lp.hoist(at, "dividend", l)
			whole = append(whole, jen.Add(l.code).Op("%").Add(parens(r.code)).Op("==").Lit(0))
		}
		return operation(x.Op, l, r), whole
	}
	return lp.integer(at, en, x), nil
}

// hoist gives an index a name where all that it is made of is known.
func (lp *loopPrinter) hoist(at *level, name string, v indexValue) indexValue {
	home, key := at.home(v.on), name+"|"+v.key
	id, ok := home.cache[key]
	if !ok {
		id = lp.scope.local(name)
		home.add(jen.Id(id).Op(":=").Add(v.code))
		home.cache[key] = id
	}
	return indexValue{code: jen.Id(id), on: v.on, key: v.key}
}

// axes is the declared shape of a tensor or intermediate.
func (lp *loopPrinter) axes(name string) []category.DimTerm {
	if t, ok := lp.tensors[name]; ok {
		return t.shape
	}
	if l := lp.decl.Local(name); l != nil {
		return l.Shape
	}
	return nil
}
