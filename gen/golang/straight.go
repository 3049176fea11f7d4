package golang

import (
	"maps"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// straight prints a step as one function of straight-line scalars:
//
//	func name(n, batch int, <data>, <state> []float32, <settings> float32) float32
//
// It runs the step on consecutive batches of at most batch of the n examples
// and returns the mean over all of them of the loss before each step, or
// nothing where the step has no loss. The parameters are local variables for
// the whole of it, and no kernel is called: on models of a few parameters the
// calls are what costs. After n and batch, the arguments are those of the
// plan, in its order (data, state, settings); data slices hold n examples. It
// allocates nothing.
//
// ok is false where the plan has no such form: it is no step, calls what is
// written by hand, reads what depends on a whole batch in an example, or is
// longer than maxFormulas. The form of a step about a list is that of
// straightlist.go.
func (e *emitter) straight(name, doc string, p *plan.Plan) (code *jen.Statement, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, is := r.(unsuited); !is {
				panic(r)
			}
			code, ok = nil, false
		}
	}()
	if !isStep(p) {
		return nil, false
	}
	s := &straightPrinter{planPrinter: &planPrinter{e: e, p: p, one: true, scope: e.names.scope("n", "batch", "at", "end", "k", "total")}}
	return s.function(name, doc), true
}

// isStep reports whether a plan takes data, a state and settings.
func isStep(p *plan.Plan) bool {
	state := false
	for _, a := range p.Args {
		switch a.Role {
		case plan.DataArg, plan.SettingArg:
		case plan.StateArg:
			state = true
		default:
			return false
		}
	}
	return state && (p.Result == plan.NoValue || p.Values[p.Result].Size() == 1)
}

// straightPrinter prints one step as straight lines.
type straightPrinter struct {
	*planPrinter
	rows  map[plan.ValueID]string // of data: the example at hand
	data  map[string]plan.ValueID // by the elements' expressions
	state []stateVar
}

// stateVar is one element of the state: a local variable in the function.
type stateVar struct {
	id    string
	value plan.ValueID
	index int
	used  bool // by some branch
	moves bool // changed by some branch
}

// variable types of the leaves that are no reals.
func scalarTypeOf(kind category.Kind) scalarType {
	switch kind {
	case category.Fin, category.Int:
		return whole
	case category.Bool:
		return condition
	}
	return real32
}

// function prints the loop over batches of one example, where nothing has to
// be added up or divided by, and the one over batches of any size.
func (s *straightPrinter) function(name, doc string) *jen.Statement {
	s.ids = make([]string, len(s.p.Values))
	s.rows, s.data = map[plan.ValueID]string{}, map[string]plan.ValueID{}
	for _, a := range s.p.Args {
		word := s.word(a.Value)
		if a.Role == plan.DataArg {
			word = plurals([]string{unexported(word)})[0]
		}
		s.ids[a.Value] = s.scope.local(word)
	}
	s.nameState()
	for _, id := range s.columns() {
		row := unexported(s.word(id))
		if row == s.ids[id] {
			row = "this_" + row
		}
		s.rows[id] = s.scope.local(row)
	}
	if s.p.List {
		return s.overList(name, doc)
	}
	var body []jen.Code
	one := s.branch(true)
	if s.p.Single {
		body = one.loop()
	} else {
		any := s.branch(false)
		if one.cost+any.cost > maxFormulas {
			noStraight("more than %d operations", maxFormulas)
		}
		body = []jen.Code{jen.If(jen.Id("batch").Op("<=").Lit(1)).Block(one.loop()...).Else().Block(any.loop()...)}
	}
	if one.cost > maxFormulas {
		noStraight("more than %d operations", maxFormulas)
	}
	f := jen.Add(comment(doc)).Line().Func().Id(name).Params(s.signature()...)
	if s.p.Result != plan.NoValue {
		f = f.Float32()
		body = append([]jen.Code{jen.Id("total").Op(":=").Lit(0.0)}, body...)
	}
	body = append(s.loads(), body...)
	body = append(body, s.stores()...)
	if s.p.Result != plan.NoValue {
		body = append(body, jen.Return(jen.Float32().Parens(jen.Id("total").Op("/").Float64().Parens(jen.Id("n")))))
	}
	return f.Block(body...)
}

func (s *straightPrinter) signature() []jen.Code {
	var groups paramGroups
	groups.add("n", "int", jen.Int())
	if !s.p.List {
		groups.add("batch", "int", jen.Int())
	}
	for _, a := range s.p.Args {
		kind := a.Leaf.Kind
		if a.Role == plan.SettingArg {
			groups.add(s.ids[a.Value], "setting", jen.Float32())
			continue
		}
		groups.add(s.ids[a.Value], "[]"+strconv.Itoa(int(kind)), jen.Index().Add(element(kind, jen.Float32())))
	}
	return groups.print()
}

// nameState declares a variable for each element of the state.
func (s *straightPrinter) nameState() {
	total := 0
	for _, a := range s.p.Args {
		if a.Role == plan.StateArg {
			total += s.p.Values[a.Value].Size()
		}
	}
	if total > maxFormulas {
		noStraight("%d parameters", total)
	}
	for _, a := range s.p.Args {
		if a.Role != plan.StateArg {
			continue
		}
		for i := range s.p.Values[a.Value].Size() {
			id := s.scope.local(elementName(s.word(a.Value), i))
			s.state = append(s.state, stateVar{id: id, value: a.Value, index: i})
		}
	}
}

// elementName is the name of element i of a tensor: weight3, and layer1At3
// where the number would run into another.
func elementName(word string, i int) string {
	if last := word[len(word)-1]; '0' <= last && last <= '9' {
		word += "At"
	}
	return word + strconv.Itoa(i)
}

// loads prints the reading of the state before the first batch.
func (s *straightPrinter) loads() []jen.Code {
	return s.eachLeaf(func(v *stateVar) bool { return v.used || v.moves }, func(ids, elements []jen.Code) *jen.Statement {
		return jen.List(ids...).Op(":=").List(elements...)
	}, true)
}

// stores prints the writing of what has changed after the last.
func (s *straightPrinter) stores() []jen.Code {
	return s.eachLeaf(func(v *stateVar) bool { return v.moves }, func(ids, elements []jen.Code) *jen.Statement {
		return jen.List(elements...).Op("=").List(ids...)
	}, false)
}

// eachLeaf prints assignments of a few elements of one leaf each.
func (s *straightPrinter) eachLeaf(which func(*stateVar) bool, assign func(ids, elements []jen.Code) *jen.Statement, load bool) []jen.Code {
	const few = 4
	var out, ids, elements []jen.Code
	flush := func() {
		if len(ids) > 0 {
			out = append(out, assign(ids, elements))
		}
		ids, elements = nil, nil
	}
	for i := range s.state {
		v := &s.state[i]
		if len(ids) == few || i > 0 && s.state[i-1].value != v.value {
			flush()
		}
		if !which(v) {
			continue
		}
		element := s.id(v.value).Index(jen.Lit(v.index))
		if load && s.p.Values[v.value].Kind == category.Fin {
			element = jen.Int64().Parens(element)
		}
		ids, elements = append(ids, jen.Id(v.id)), append(elements, element)
	}
	flush()
	return out
}

// branch follows the plan for batches of one example, or of any number.
func (s *straightPrinter) branch(single bool) *straightBranch {
	g := newFormulas(single)
	if s.p.List {
		g.size = g.leaf("n", whole, perBatch)
	}
	u := &unroller{g: g, p: s.p, values: map[plan.ValueID][]*formula{}, word: s.word, cite: s.citation}
	for _, a := range s.p.Args {
		v := &s.p.Values[a.Value]
		list := make([]*formula, v.Size())
		for i := range list {
			if a.Role == plan.SettingArg {
				list[i] = g.leaf(s.ids[a.Value], real32, atStart)
			}
		}
		u.values[a.Value] = list
	}
	for _, id := range s.columns() {
		v := &s.p.Values[id]
		list := make([]*formula, v.Size())
		for i := range list {
			name := s.rows[id]
			if v.Size() > 1 {
				name += "[" + strconv.Itoa(i) + "]"
				if v.Kind == category.Fin {
					name = "int64(" + name + ")"
				}
			}
			list[i] = g.leaf(name, scalarTypeOf(v.Kind), perExample)
			s.data[name] = id
		}
		u.values[id] = list
	}
	leaves := make([]*formula, len(s.state))
	for i := range s.state {
		v := &s.state[i]
		typ := scalarTypeOf(s.p.Values[v.value].Kind)
		u.values[v.value][v.index] = g.make(formula{op: leaf, typ: typ, name: v.id, stage: perBatch, late: typ == real32})
		leaves[i] = u.values[v.value][v.index]
	}
	u.run()
	b := &straightBranch{straightPrinter: s, g: g, single: single || s.p.Single, leaves: leaves, scope: &names{taken: maps.Clone(s.scope.taken), block: s.scope.block}}
	for i := range s.state {
		v := &s.state[i]
		b.next = append(b.next, b.nextOf(i, u.read(v.value)[v.index]))
	}
	if r := s.p.Result; r != plan.NoValue {
		b.result = g.as(real32, u.read(r)[0])
	}
	b.settle()
	return b
}

// nextOf is the formula for the next value of a variable, nil where it stays.
func (b *straightBranch) nextOf(i int, f *formula) *formula {
	kind := b.p.Values[b.state[i].value].Kind
	switch {
	case f == b.leaves[i]:
		return nil
	case kind == category.Real:
		f = b.g.as(real32, f)
	case kind != category.Int || f.typ != whole:
		noStraight("a state that is no number changes")
	}
	if f.stage == perExample && !b.single {
		noStraight("a state of one example")
	}
	return f
}

// citation is the rule and the spec line behind a statement.
func (s *straightPrinter) citation(op *plan.Op) string {
	rule := op.Rule
	if rule == "" && op.Prim != nil {
		rule = op.Prim.Decl.Name
	}
	if op.Span.Known() {
		rule += "  " + cite(op.Span)
	}
	return rule
}
