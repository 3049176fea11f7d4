package golang

import (
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// A law about lists or options has sides that are functions of objects, printed
// as arrows are: their inputs have no shape that a plan could know.

// objectLaw prints the test of a law about lists or options, and its sides.
func (e *emitter) objectLaw(l *category.Law) []jen.Code {
	if reason := undrawable(l); reason != "" {
		e.note(l.Span, fmt.Sprintf("law %s has no test: %s", l.Name, reason))
		return nil
	}
	left, right := e.lawArrow(l, l.Left, "left"), e.lawArrow(l, l.Right, "right")
	test := e.test(exported(l.Name), "holds the law "+l.Name+" ("+cite(l.Span)+").", lawtest("LawOfObjects").Call(jen.Id("t"), lawtest("ObjectCase").Add(inLines(
		entry("Name", jen.Lit(l.Name)),
		entry("Left", jen.Lit(l.LeftText)),
		entry("Right", jen.Lit(l.RightText)),
		entry("Within", number(l.Within)),
		entry("Run", e.objectRun(left, right)),
	))))
	return []jen.Code{test, e.lawSide(left, l.LeftText), e.lawSide(right, l.RightText)}
}

// undrawable says why a law has no functions of objects as sides; "" where it
// has.
func undrawable(l *category.Law) string {
	for _, d := range []*category.Diagram{l.Left, l.Right} {
		if !composes(d) {
			return "one of its sides has lists in it, and no composition of functions"
		}
		types := inputsOf(d)
		for _, t := range types {
			if slices.ContainsFunc(t.Leaves(), func(f category.Leaf) bool { return f.Kind == category.Text }) {
				return "texts are not drawn"
			}
		}
		if len(category.NewProduct(types...).Factors()) != len(types) || len(d.Settings) > 0 {
			return "its sides take more than objects"
		}
	}
	if a, b := l.Left, l.Right; a.Given != category.NoWire && b.Given != category.NoWire && !a.TypeOf(a.Given).Equal(b.TypeOf(b.Given)) {
		return "its sides have different parameters"
	}
	return ""
}

func inputsOf(d *category.Diagram) []*category.Type {
	types := make([]*category.Type, len(d.Ins))
	for i, w := range d.Ins {
		types[i] = d.TypeOf(w)
	}
	return types
}

// lawArrow is a side of a law as an arrow.
func (e *emitter) lawArrow(l *category.Law, d *category.Diagram, side string) *category.Arrow {
	outs := make([]*category.Type, len(d.Outs))
	for i, w := range d.Outs {
		outs[i] = d.TypeOf(w)
	}
	a := &category.Arrow{
		Name: l.Name, Span: l.Span, Category: e.home, Kind: category.Term, Diagram: d, Partial: d.Partial(),
		Dom: category.NewProduct(inputsOf(d)...), Cod: category.NewProduct(outs...), Given: category.NewProduct(),
	}
	if d.Given != category.NoWire {
		a.Given = d.TypeOf(d.Given)
	}
	e.funcs[a] = e.names.claim(unexported(l.Name)+exported(side), "Side")
	return a
}

// lawSide prints a side as a function.
func (e *emitter) lawSide(a *category.Arrow, text string) *jen.Statement {
	s := e.signatureOf(a)
	p := &forwardPrinter{e: e, s: s, d: a.Diagram, values: make([]wireValue, len(a.Diagram.Wires)), uses: useCounts(a.Diagram)}
	p.bindInterface()
	p.nodes()
	results := p.outs()
	if a.Partial {
		results = append(results, jen.Nil())
	}
	p.stmts = append(p.stmts, jen.Return(results...))
	return comment(s.name + " is " + text + ".").Line().Add(e.head(s)).Add(resultList(e.results(a))).Add(body(p.stmts))
}

// objectRun prints the function that draws inputs and applies both sides.
func (e *emitter) objectRun(left, right *category.Arrow) *jen.Statement {
	d := &drawPrinter{e: e, scope: e.names.scope("t", "d", "params", "left", "right", "err")}
	given := left.Given
	if given.IsUnit() {
		given = right.Given
	}
	var inputs, args []jen.Code
	if !given.IsUnit() {
		d.stmts = append(d.stmts, jen.Id("params").Op(":=").New(e.types.goType(given)))
		d.stmts = append(d.stmts, drawObject(given, "params", true, plan.ParamArg)...)
		inputs = append(inputs, lawInput(e.text(given), "params"))
	}
	for i, id := range d.scope.locals(e.factorNames(left)) {
		t := left.Dom.Factors()[i]
		d.stmts = append(d.stmts, d.declare(t, id)...)
		inputs = append(inputs, lawInput(e.text(t), id))
		args = append(args, jen.Id(id))
	}
	for _, side := range []struct {
		a    *category.Arrow
		name string
	}{{left, "left"}, {right, "right"}} {
		d.stmts = append(d.stmts, e.sideResult(side.a, side.name, args))
	}
	return jen.Func().Params(jen.Id("d").Op("*").Add(lawtest("Draws"))).
		Params(jen.Id("in").Index().Add(lawtest("Input")), jen.List(jen.Id("left"), jen.Id("right")).Add(lawtest("Result"))).
		Block(append(d.stmts, jen.Return(jen.Index().Add(lawtest("Input")).Values(inputs...), jen.Id("left"), jen.Id("right")))...)
}

// lawInput prints an input as a counterexample shows it.
func lawInput(object, id string) *jen.Statement {
	return jen.Values(entry("Name", jen.Lit(object)), entry("Value", jen.Id(id)))
}

// sideResult prints the call of a side.
func (e *emitter) sideResult(a *category.Arrow, name string, args []jen.Code) *jen.Statement {
	call := e.call(a, e.funcs[a], pointerIn("params"), args)
	outs := len(a.Cod.Factors())
	if a.Partial || outs > 1 {
		ids := make([]jen.Code, outs)
		values := make([]jen.Code, outs)
		for i := range ids {
			ids[i] = jen.Id("y" + fmt.Sprint(i+1))
			values[i] = ids[i]
		}
		made := lawtest("Made").Call(append([]jen.Code{jen.Nil()}, values...)...)
		if a.Partial {
			ids = append(ids, jen.Err())
			made = lawtest("Made").Call(append([]jen.Code{jen.Err()}, values...)...)
		}
		return jen.Block(jen.List(ids...).Op(":=").Add(call), jen.Id(name).Op("=").Add(made))
	}
	return jen.Id(name).Op("=").Add(lawtest("Made")).Call(jen.Nil(), call)
}

// drawPrinter prints how objects are drawn that hold lists or options.
type drawPrinter struct {
	e     *emitter
	scope *names
	stmts []jen.Code
}

// declare prints a new variable and its filling.
func (d *drawPrinter) declare(t *category.Type, id string) []jen.Code {
	if t.Carrier().Kind != category.List {
		return append([]jen.Code{jen.Var().Id(id).Add(d.e.types.goType(t))}, d.draw(t, id)...)
	}
	return d.list(t, id, ":=")
}

// list prints the making of a list and the filling of its elements.
func (d *drawPrinter) list(t *category.Type, root, assign string) []jen.Code {
	k := d.scope.local("k")
	return []jen.Code{
		jen.Id(root).Op(assign).Make(d.e.types.goType(t), jen.Id("d").Dot("Length").Call()),
		jen.For(jen.Id(k).Op(":=").Range().Id(root)).Block(d.draw(t.Carrier().Elem, root+"["+k+"]")...),
	}
}

// draw prints the filling of the variable, or element of one, that root is.
func (d *drawPrinter) draw(t *category.Type, root string) []jen.Code {
	if fixed(t) {
		return drawObject(t, root, false, plan.DataArg)
	}
	var out []jen.Code
	switch c := t.Carrier(); c.Kind {
	case category.List:
		return d.list(t, root, "=")
	case category.Option:
		made := append([]jen.Code{jen.Id(root).Op("=").New(d.e.types.goType(c.Elem))}, d.draw(c.Elem, "(*"+root+")")...)
		return []jen.Code{jen.If(jen.Id("d").Dot("Some").Call()).Block(made...)}
	case category.Power:
		k := d.scope.local("k")
		return []jen.Code{jen.For(jen.Id(k).Op(":=").Range().Id(root)).Block(d.draw(c.Elem, root+"["+k+"]")...)}
	case category.Record:
		for _, f := range c.Fields {
			out = append(out, d.draw(f.Type, root+"."+exported(f.Name))...)
		}
	case category.Product:
		for i, it := range c.Items {
			out = append(out, d.draw(it, root+"."+factorField(i))...)
		}
	}
	return out
}
