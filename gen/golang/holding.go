package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// holding connects a bound plan with the object that its parameters or state
// are: what lies in one piece is used where it is, what is stored in another
// order, or lies in many pieces, has memory of its own that is loaded and
// stored back.
type holding struct {
	b     *boundPlan
	place string // of the bound plan: "t.plan"
	root  string // the object: "s", "s.Params"
	value bool   // root is the object itself, not a pointer to it
}

// held reports whether an argument has memory of its own.
func held(a plan.Arg) bool {
	return a.Turn != (plan.Turn{}) || packed(a)
}

// objects lists the arguments that are parts of the object.
func (h *holding) objects() []plan.Arg {
	var out []plan.Arg
	for _, a := range h.b.plan.Args {
		if a.Role == plan.ParamArg || a.Role == plan.StateArg {
			out = append(out, a)
		}
	}
	return out
}

// some reports whether anything has to be loaded.
func (h *holding) some() bool {
	for _, a := range h.objects() {
		if held(a) {
			return true
		}
	}
	return false
}

func (h *holding) field(a plan.Arg) *jen.Statement {
	return jen.Id(h.place + "." + h.b.field[a.Value])
}

// make prints the memory of all arguments of the object.
func (h *holding) make() []jen.Code {
	var out []jen.Code
	for _, a := range h.objects() {
		var value *jen.Statement
		switch {
		case !held(a):
			value = flat(a.Leaf.Kind, address(h.root, !h.value, a.Type, a.Leaf))
		case a.Leaf.Kind == category.Real:
			value = rt("Aligned").Types(jen.Float32()).Call(jen.Lit(a.Leaf.Size()))
		default:
			value = jen.Make(jen.Index().Add(element(a.Leaf.Kind, jen.Float32())), jen.Lit(a.Leaf.Size()))
		}
		out = append(out, h.field(a).Op("=").Add(value))
	}
	return out
}

// load prints the copies from the object into held memory, or back.
func (h *holding) load(back bool) []jen.Code {
	var out []jen.Code
	for _, a := range h.objects() {
		if held(a) {
			w := &packLoop{id: h.place + "." + h.b.field[a.Value], kind: a.Leaf.Kind, back: back, turn: a.Turn}
			if !h.value {
				w.pointer = h.root
			}
			out = append(out, w.walk(a.Type, a.Leaf.Path, jen.Id(h.root), nil, a.Leaf.Dims))
		}
	}
	return out
}

// workspace prints the memory that the plan works in, for at most capacity
// examples.
func (h *holding) workspace(capacity *jen.Statement) []jen.Code {
	var out []jen.Code
	for _, w := range workspaces(h.b.plan) {
		size := workSize(w.size, jen.Add(capacity))
		memory := rt("Aligned").Types(jen.Float32()).Call(size)
		if w.kind != category.Real {
			memory = jen.Make(jen.Index().Add(element(w.kind, jen.Float32())), size)
		}
		out = append(out, jen.Id(h.place+"."+workOf(w.kind)).Op("=").Add(memory))
	}
	return out
}

// columns prints the binding of data to columns of objects. An object of
// several tensors has them gathered in memory of its own, made here for
// capacity examples.
type columns struct {
	h   *holding
	ids []string // of the columns
}

func (c *columns) args() []plan.Arg {
	var out []plan.Arg
	for _, a := range c.h.b.plan.Args {
		if a.Role == plan.DataArg {
			out = append(out, a)
		}
	}
	return out
}

// make prints the memory of what is gathered.
func (c *columns) make(capacity *jen.Statement) []jen.Code {
	var out []jen.Code
	for _, a := range c.args() {
		switch {
		case beside(c.h.b.plan, a):
			out = append(out, c.h.field(a).Op("=").Make(jen.Index().Add(element(a.Leaf.Kind, jen.Float32())), jen.Lit(a.Leaf.Size())))
		case !oneTensor(a.Type):
			out = append(out, c.h.field(a).Op("=").Make(jen.Index().Add(element(a.Leaf.Kind, jen.Float32())), times(a.Leaf.Size(), jen.Add(capacity))))
		}
	}
	return out
}

// bind prints the statements before a call.
func (c *columns) bind() []jen.Code {
	var out []jen.Code
	for _, a := range c.args() {
		switch {
		case beside(c.h.b.plan, a):
			w := &packLoop{id: c.h.place + "." + c.h.b.field[a.Value], kind: a.Leaf.Kind}
			out = append(out, w.walk(a.Type, a.Leaf.Path, jen.Id(c.ids[a.Index]), nil, a.Leaf.Dims))
		case oneTensor(a.Type):
			out = append(out, c.h.field(a).Op("=").Add(flatSlice(a.Leaf.Kind, jen.Id(c.ids[a.Index]))))
		default:
			out = append(out, c.loops(a))
		}
	}
	return out
}

func (c *columns) loops(a plan.Arg) jen.Code {
	w := &packLoop{id: c.h.place + "." + c.h.b.field[a.Value], kind: a.Leaf.Kind}
	k := w.variable()
	id := c.ids[a.Index]
	return jen.For(jen.Id(k).Op(":=").Range().Id(id)).Block(w.walk(columnOf(a.Type), a.Leaf.Path, jen.Id(id).Index(jen.Id(k)), jen.Id(k), a.Leaf.Dims))
}

// turnCall prints the copy of one piece in the other order.
func turnCall(dst, src *jen.Statement, rows, cols int) *jen.Statement {
	return rt("Turn").Call(dst, src, jen.Lit(rows), jen.Lit(cols))
}

// settingsOf prints the binding of open settings to variables.
func (h *holding) settings(ids []string) []jen.Code {
	var out []jen.Code
	for _, a := range h.b.plan.Args {
		if a.Role == plan.SettingArg && a.Index < len(ids) {
			value := jen.Float32().Parens(jen.Id(ids[a.Index]))
			if v, err := strconv.ParseFloat(ids[a.Index], 64); err == nil {
				value = number(v)
			}
			out = append(out, h.field(a).Op("=").Add(value))
		}
	}
	return out
}

// result prints the mean of what the plan returns.
func (h *holding) result() *jen.Statement {
	r := h.b.plan.Result
	loss := jen.Id(h.place + "." + h.b.field[r])
	if !h.b.plan.Values[r].Batched {
		return loss.Index(jen.Lit(0))
	}
	return rt("Mean").Call(loss)
}
