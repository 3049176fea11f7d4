package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// lifted prints an arrow that is one primitive: a kernel call whose results
// are the function's own.
func (e *emitter) lifted(p *forwardPrinter, prim *category.Prim) *jen.Statement {
	a, n := p.s.arrow, p.d.Nodes[0]
	var results []jen.Code
	var names []jen.Code
	for _, w := range p.d.Outs {
		word := "y"
		if len(p.d.Outs) > 1 {
			word = p.e.typeWord(p.d.TypeOf(w), "y")
		}
		id := p.s.scope.local(word)
		p.values[w] = wireValue{code: jen.Id(id), place: true}
		results = append(results, jen.Id(id).Add(e.types.goType(p.d.TypeOf(w))))
		names = append(names, jen.Id(id))
	}
	p.bindInterface()
	call := p.kernelCall(n, prim)
	p.stmts = append(p.stmts, call, jen.Return(names...))
	return e.doc(a, "is "+e.typeOf(a)+" = "+primName(prim)).Add(e.head(p.s)).Params(results...).Block(p.stmts...)
}

func primName(p *category.Prim) string {
	if p.Decl.Std {
		return "std." + p.Decl.Name
	}
	return p.Decl.Name
}

// apply prints a primitive inside a composite: results get variables, a
// kernel call fills them.
func (p *forwardPrinter) apply(n *category.Node, prim *category.Prim) {
	for i, w := range n.Out {
		id := p.local(w)
		p.values[w] = wireValue{code: jen.Id(id), place: true}
		if prim.Decl.Outs[i].Over != category.List { // which is made when its length is known
			p.stmts = append(p.stmts, jen.Var().Id(id).Add(p.e.types.goType(p.d.TypeOf(w))))
		}
	}
	call := p.kernelCall(n, prim)
	p.stmts = append(p.stmts, call)
}

// kernelCall applies a primitive to one example by the kernel convention.
func (p *forwardPrinter) kernelCall(n *category.Node, prim *category.Prim) *jen.Statement {
	d := prim.Decl
	sizes := p.lengths(n, prim)
	var args []jen.Code
	for i, w := range n.Out {
		if port := &d.Outs[i]; port.Over == category.List {
			size := linearCode(category.LengthOf(d, port.Shape[0]), sizes)
			sizes[port.Shape[0].Var] = size
			p.stmts = append(p.stmts, p.place(w).Op(":=").Make(p.e.types.goType(p.d.TypeOf(w)), jen.Add(size)))
			args = append(args, flatSlice(port.Kind, p.value(w)))
			continue
		}
		args = append(args, flat(d.Outs[i].Kind, p.pointer(w)))
	}
	for _, k := range d.Keeps {
		if l := d.Local(k); l != nil {
			args = append(args, jen.Make(jen.Index().Add(element(l.Kind, jen.Float32())), jen.Lit(sizeOf(prim.PortShape(l.Port)))))
		}
	}
	for i, w := range n.In {
		if d.Ins[i].Over != category.Real {
			args = append(args, flatSlice(d.Ins[i].Kind, p.value(w)))
			continue
		}
		args = append(args, flat(d.Ins[i].Kind, p.pointer(w)))
	}
	for _, port := range d.Given {
		args = append(args, flat(port.Kind, p.parameter(n.Given, port.Name)))
	}
	if d.Each {
		args = append(args, jen.Lit(prim.Object.Leaves()[0].Size()))
	} else {
		args = append(args, jen.Lit(1))
		args = append(args, dimArgs(prim, sizes)...)
	}
	for i, s := range prim.Settings {
		switch {
		case s.Wire >= 0:
			args = append(args, jen.Float32().Parens(p.value(n.Settings[s.Wire])))
		case d.Settings[i].Dim:
			args = append(args, jen.Lit(int(s.Const)))
		default:
			args = append(args, number(s.Const))
		}
	}
	return p.e.primFunc(d, "").Call(args...)
}

// parameter prints the address of one field of a parameter object, or of the
// object itself where it is a tensor.
func (p *forwardPrinter) parameter(given category.WireID, field string) *jen.Statement {
	if p.d.TypeOf(given).Carrier().Kind != category.Record {
		return p.pointer(given)
	}
	return jen.Op("&").Add(p.place(given).Dot(exported(field)))
}

func sizeOf(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
