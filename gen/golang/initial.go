package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// initial is the function that draws a parameter object or a state.
type initial struct {
	name  string // InitNeuron
	typ   *category.Type
	slots []plan.Slot
	of    *initial // of a state: the parameters inside it
}

// initials finds what can be drawn: the states of endos, the parameters in
// them, and the parameters of other composites.
func (e *emitter) initials() []*initial {
	var out []*initial
	add := func(t *category.Type, slots []plan.Slot, of *initial) *initial {
		for _, i := range out {
			if i.typ.Equal(t) {
				return i
			}
		}
		name := e.types.name(t)
		if name == "" {
			return nil
		}
		out = append(out, &initial{e.names.claim("Init"+name, "Values"), t, slots, of})
		return out[len(out)-1]
	}
	for _, a := range e.c.Arrows {
		if a.Endo {
			slots := e.slots(a)
			if isState(a.State) {
				add(a.State, slots, add(a.State.Object.Of, within(slots, paramsField), nil))
				continue
			}
			add(a.State, slots, nil)
		}
	}
	for _, a := range e.c.Arrows {
		if !a.Endo && a.Kind == category.Term && !a.Given.IsUnit() && a.Given.Kind != category.Tangent && gradOf(a.Diagram) == nil && !contained(out, a.Given) {
			add(a.Given, e.slots(a), nil)
		}
	}
	return out
}

// contained reports whether t is a part of something that is drawn already.
func contained(list []*initial, t *category.Type) bool {
	for _, i := range list {
		if holds(i.typ, t) {
			return true
		}
	}
	return false
}

func holds(whole, part *category.Type) bool {
	if whole.Equal(part) {
		return true
	}
	c := whole.Carrier()
	for _, f := range c.Fields {
		if holds(f.Type, part) {
			return true
		}
	}
	for _, it := range c.Items {
		if holds(it, part) {
			return true
		}
	}
	return c.Kind == category.Power && holds(c.Elem, part)
}

func (e *emitter) slots(a *category.Arrow) []plan.Slot {
	slots, err := plan.Slots(e.c, a.Diagram)
	if err != nil {
		e.fail(err)
	}
	return slots
}

// within keeps the slots under one field and drops it from their paths.
func within(slots []plan.Slot, field string) []plan.Slot {
	var out []plan.Slot
	for _, s := range slots {
		if len(s.Path) > 0 && s.Path[0] == field {
			s.Path = s.Path[1:]
			out = append(out, s)
		}
	}
	return out
}

// function prints the initialiser.
func (i *initial) function(e *emitter) *jen.Statement {
	recv := initialLetter(e.types.name(i.typ))
	scope := e.names.scope("seed")
	recv = scope.local(recv)
	if i.of != nil {
		return comment(i.name + " is the state before the first step: parameters drawn from seed, all else zero.").Line().
			Func().Id(i.name).Params(jen.Id("seed").Uint64()).Op("*").Add(e.types.goType(i.typ)).
			Add(oneLine(jen.Return(jen.Op("&").Add(e.types.goType(i.typ)).Values(jen.Id("Params").Op(":").Op("*").Id(i.of.name).Call(jen.Id("seed"))))))
	}
	body := []jen.Code{jen.Id(recv).Op(":=").New(e.types.goType(i.typ))}
	var said []string
	pieces := piecesOf(i.typ)
	for _, s := range i.slots {
		body = append(body, drawLeaf(recv, pieces, s)...)
		said = append(said, saying(s))
	}
	body = append(body, jen.Return(jen.Id(recv)))
	return comment(i.name + " draws from seed, by slot: " + strings.Join(said, ", ") + ".").Line().
		Func().Id(i.name).Params(jen.Id("seed").Uint64()).Op("*").Add(e.types.goType(i.typ)).Block(body...)
}

// saying documents how a slot starts.
func saying(s plan.Slot) string {
	name := dotted(s.Path)
	if name == "" {
		return s.Init.Name
	}
	return name + " " + s.Init.Name
}

// drawLeaf prints the lines that fill one slot; zeros need none.
func drawLeaf(root string, pieces []piece, s plan.Slot) []jen.Code {
	if s.Init.Name == "zeros" || s.Leaf.Kind != category.Real && s.Init.Name != "seed" {
		return nil
	}
	var out []jen.Code
	for _, p := range pieces {
		if dotted(p.leaf.Path) == dotted(s.Path) {
			dst := flat(s.Leaf.Kind, p.address(root, true))
			out = append(out, drawCall(s, p.name(), dst))
		}
	}
	return out
}

func drawCall(s plan.Slot, path string, dst jen.Code) *jen.Statement {
	draws := rng("New").Call(jen.Id("seed"), jen.Lit(path))
	arg := func(i int) jen.Code {
		if i < len(s.Init.Args) {
			return number(s.Init.Args[i])
		}
		return jen.Lit(0)
	}
	switch s.Init.Name {
	case "glorot":
		return rng("Glorot").Call(draws, dst, jen.Lit(s.FanIn), jen.Lit(s.FanOut))
	case "he":
		return rng("He").Call(draws, dst, jen.Lit(s.FanIn))
	case "normal":
		return rng("Normal").Call(draws, dst, arg(0))
	case "uniform":
		return rng("Uniform").Call(draws, dst, arg(0), arg(1))
	case "seed":
		return rng("Keys").Call(draws, dst)
	case "ones":
		return rng("Ones").Call(dst)
	}
	return rng("Constant").Call(dst, arg(0))
}
