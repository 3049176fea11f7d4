package plan

import (
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

func lineOf(d *category.PrimDecl, target string) *category.Equation {
	for i := range d.Reverse {
		if d.Reverse[i].Target == target {
			return &d.Reverse[i]
		}
	}
	return nil
}

// reverseLines knows the tensors that a node's reverse lines may mention.
type reverseLines struct {
	*reversal
	n      *node
	names  []string                   // in the kernel's order
	stored map[string]ValueID         // of values that exist
	cot    map[string]vid             // outputs by the name of their cotangent
	locals map[string]*category.Local // reverse intermediates
}

func (r *reversal) lines(n *node) *reverseLines {
	decl := n.prim.Decl
	x := &reverseLines{r, n, nil, map[string]ValueID{}, map[string]vid{}, map[string]*category.Local{}}
	put := func(name string, id ValueID) {
		if _, twice := x.stored[name]; !twice {
			x.names = append(x.names, name)
			x.stored[name] = id
		}
	}
	for i, p := range decl.Ins {
		put(p.Name, r.operand(n.in[i]))
	}
	for i, p := range decl.Given {
		put(p.Name, r.operand(n.given[i]))
	}
	for i, p := range decl.Outs {
		put(p.Name, r.value(n.out[i]))
	}
	for i, name := range keptLocals(decl) {
		put(name, r.value(n.kept[i]))
	}
	for i := range decl.Locals {
		if decl.Locals[i].Reverse {
			x.names = append(x.names, decl.Locals[i].Name)
			x.locals[decl.Locals[i].Name] = &decl.Locals[i]
		}
	}
	for i, p := range decl.Outs {
		x.names = append(x.names, "d"+p.Name)
		x.cot["d"+p.Name] = n.out[i]
	}
	return x
}

// emit computes one line into target, after the intermediates it reads.
func (x *reverseLines) emit(line *category.Equation, target ValueID) {
	mentioned := mentions(line.Expr)
	op := Op{Kind: Reverse, Prim: x.n.prim, Line: line.Target, Once: x.n.once, PerExample: x.n.perExample, Less: x.n.less, Fold: x.n.count(),
		Rule: strings.TrimSuffix(x.n.prim.Decl.Name+"† "+line.Target, " "), Span: x.n.span, Via: x.n.via}
	for _, name := range x.names {
		if mentioned[name] {
			op.In, op.names = append(op.In, x.tensor(name)), append(op.names, name)
			delete(mentioned, name)
		}
	}
	for name := range mentioned {
		fail(x.n.span, "the reverse line `%s` of `%s` reads `%s`, which is not kept", line.Target, x.n.prim.Decl.Name, name)
	}
	op.Out, op.Settings = []ValueID{target}, x.settings(x.n)
	if x.shared(line.Target) {
		op.Once, op.Fold = true, 1
	}
	x.reversal.emit(op)
}

func (x *reverseLines) tensor(name string) ValueID {
	if id, ok := x.stored[name]; ok {
		return id
	}
	if v, ok := x.cot[name]; ok {
		x.stored[name] = x.complete(v, x.n.span)
		return x.stored[name]
	}
	local := x.locals[name]
	line := lineOf(x.n.prim.Decl, name)
	if line == nil {
		fail(x.n.span, "`%s` has no line for `%s`", x.n.prim.Decl.Name, name)
	}
	dims, batched := slices.Concat(x.n.fold, x.n.prim.PortShape(local.Port)), !x.n.once
	if x.shared(name) || x.n.prim.Decl.Pooled(name) {
		dims, batched = x.n.prim.PortShape(local.Port), false
	}
	id := x.add(Value{Name: x.n.prim.Decl.Name + "_" + snake(name), Kind: local.Kind, Dims: dims,
		Batched: batched, Less: x.n.lessOf(batched), Store: WorkStore, Of: NoValue, Span: x.n.span})
	x.stored[name] = id
	x.emit(line, id)
	return id
}

// shared reports whether an intermediate of the reverse pass is the same for
// all examples.
func (x *reverseLines) shared(name string) bool {
	return !x.n.perExample && x.n.prim.Decl.Shared(name)
}
