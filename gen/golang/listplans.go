package golang

import (
	"slices"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// columnOf is what the Go slice of a factor of a plan's domain holds: of a
// list its elements, whose place is that of the examples of a batch.
func columnOf(t *category.Type) *category.Type {
	if c := t.Carrier(); c.Kind == category.List {
		return c.Elem
	}
	return t
}

// listAmong is the place of the list among the factors of a plan's domain.
func listAmong(dom *category.Type) int {
	return slices.IndexFunc(dom.Factors(), func(t *category.Type) bool { return t.Carrier().Kind == category.List })
}

// beside reports whether a plan's argument is one for all elements of its list.
func beside(p *plan.Plan, a plan.Arg) bool {
	return p.List && a.Role == plan.DataArg && !p.Values[a.Value].Batched
}

// takesList reports whether a list is among d's inputs.
func takesList(d *category.Diagram) bool {
	for _, w := range d.Ins {
		if d.TypeOf(w).Carrier().Kind == category.List {
			return true
		}
	}
	return false
}

// examplesOf prints how many examples one call of a plan is about: one, or as
// many as its list has elements.
func examplesOf(p *plan.Plan, dom *category.Type, ins []string) *jen.Statement {
	if !p.List {
		return jen.Lit(1)
	}
	return jen.Len(jen.Id(ins[listAmong(dom)]))
}

// listCheck prints the check that the list of an arrow is long enough for it.
func (e *emitter) listCheck(a *category.Arrow, p *plan.Plan, ins []string, zero ...jen.Code) []jen.Code {
	if p.Least == 0 {
		return nil
	}
	k := listAmong(a.Dom)
	check := rt("CheckList").Call(jen.Lit(a.Name), jen.Lit(e.text(a.Dom.Factors()[k])), jen.Len(jen.Id(ins[k])), jen.Lit(p.Least))
	return []jen.Code{jen.If(jen.Err().Op(":=").Add(check), jen.Err().Op("!=").Nil()).Block(jen.Return(append(zero, jen.Err())...))}
}

// listStep prints one update of a state by one list.
func (e *emitter) listStep(a *category.Arrow, s *signature, call *planCall, p *planned, loss *category.Type) *jen.Statement {
	if loss == nil {
		body := append(e.listCheck(a, p.plan, s.ins), call.statements(p.name)...)
		return e.doc(a, "updates "+s.recv+" by one list").Add(e.head(s)).Error().Block(append(body, jen.Return(jen.Nil()))...)
	}
	body := append(e.listCheck(a, p.plan, s.ins, jen.Lit(0)), call.returning(p.name, e.convert(loss), jen.Nil())...)
	return e.doc(a, "updates "+s.recv+" by one list and returns the loss before it").Add(e.head(s)).
		Params(e.types.goType(loss), jen.Error()).Block(body...)
}

// list prints the tensor that the elements of a list are; where they are made
// of several, each is gathered.
func (c *planCall) list(root string, a plan.Arg) *jen.Statement {
	if oneTensor(a.Type) {
		return flatSlice(a.Leaf.Kind, jen.Id(root))
	}
	c.packs++
	id := "packed" + strconv.Itoa(c.packs)
	w := &packLoop{id: id, kind: a.Leaf.Kind}
	k := w.variable()
	c.before = append(c.before,
		jen.Id(id).Op(":=").Make(jen.Index().Add(element(a.Leaf.Kind, jen.Float32())), times(a.Leaf.Size(), jen.Len(jen.Id(root)))),
		jen.For(jen.Id(k).Op(":=").Range().Id(root)).Block(w.walk(columnOf(a.Type), a.Leaf.Path, jen.Id(root).Index(jen.Id(k)), jen.Id(k), a.Leaf.Dims)))
	return jen.Id(id)
}

// least prints the entry that tells tests how long a list must be.
func least(p *plan.Plan) []jen.Code {
	if p.Least < 2 {
		return nil
	}
	return []jen.Code{entry("Least", jen.Lit(p.Least))}
}

// besides reports whether a factor of a step's domain stands beside its list.
func (t *trainer) besides(f *category.Type) bool {
	return t.bound.plan.List && f.Carrier().Kind != category.List
}

// columnNames names what a step of the trainer takes.
func (t *trainer) columnNames(e *emitter) []string {
	names := e.factorNames(t.endo)
	out := plurals(names)
	for i, f := range t.endo.Dom.Factors() {
		if t.besides(f) {
			out[i] = names[i]
		}
	}
	return out
}

// columnType is the Go type of what a step takes for a factor: a column of
// examples, a list, or one object beside a list.
func (t *trainer) columnType(e *emitter, f *category.Type) *jen.Statement {
	if t.besides(f) {
		return e.types.goType(f)
	}
	return jen.Index().Add(e.types.goType(columnOf(f)))
}

// listDoc is the comment of a step about a list.
func (t *trainer) listDoc() *jen.Statement {
	if t.loss == nil {
		return comment("Step updates the state by a list.").Line()
	}
	return comment("Step updates the state by a list and returns the loss before it.").Line()
}

// listSize prints the check of a list's length.
func (t *trainer) listSize(e *emitter, f *face) []jen.Code {
	k := listAmong(t.endo.Dom)
	size := jen.Id("t").Dot("ListSize").Call(jen.Lit(t.endo.Name), jen.Lit(e.text(t.endo.Dom.Factors()[k])), jen.Id("n"), jen.Lit(max(t.bound.plan.Least, 1)))
	return []jen.Code{
		jen.Id("n").Op(":=").Add(f.lengths[k]),
		jen.If(jen.Err().Op(":=").Add(size), jen.Err().Op("!=").Nil()).Block(t.failure()),
	}
}

// dealsInLists reports whether a list or an option comes up in an arrow or in
// what it calls.
func dealsInLists(a *category.Arrow) bool {
	return hasLists(a.Dom) || hasLists(a.Cod) || listsIn(a.Diagram)
}

// listsIn reports whether a list or an option is among the wires of a diagram or
// of what it calls.
func listsIn(d *category.Diagram) bool { return listsAmong(d, map[*category.Diagram]bool{}) }

func listsAmong(d *category.Diagram, seen map[*category.Diagram]bool) bool {
	if d == nil || seen[d] {
		return false
	}
	seen[d] = true
	for _, w := range d.Wires {
		if hasLists(w.Type) {
			return true
		}
	}
	for _, n := range d.Nodes {
		if listsAmong(n.Inner(), seen) {
			return true
		}
	}
	return false
}

// hasLists reports whether t holds a list or an option, in whatever depth.
func hasLists(t *category.Type) bool { return !fixed(t) }
