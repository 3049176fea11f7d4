package check

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// build writes solved nodes into a diagram: one pass, every wire once.
type build struct {
	c       *checker
	in      *inference
	d       *category.Diagram
	slots   map[*slot]category.WireID
	setting map[string]category.WireID
	ok      bool
}

// diagramOf builds the diagram of n. Given is the parameter object that its
// slots make up; open are the settings that stay open, in order.
func (c *checker) diagramOf(in *inference, n *node, inputs []*local, given *category.Type, open []*boundSetting) (*category.Diagram, bool) {
	b := &build{c: c, in: in, d: category.NewDiagram(), ok: true}
	if inputs == nil {
		for _, t := range n.dom.types() {
			b.d.Ins = append(b.d.Ins, b.d.AddWire(t, "", n.span))
		}
	}
	for _, l := range inputs {
		l.wires = nil
		for _, t := range l.typ.types() {
			l.wires = append(l.wires, b.d.AddWire(t, l.name, l.span))
		}
		b.d.Ins = append(b.d.Ins, l.wires...)
	}
	if !given.IsUnit() {
		b.d.Given = b.d.AddWire(given, "", n.span)
	}
	for _, s := range open {
		w := b.d.AddWire(settingType(s), s.name, s.span)
		b.d.Settings = append(b.d.Settings, w)
		b.bindSetting(s.name, w)
	}
	b.bindSlots(n.collect(), given, b.d.Given)
	b.handOn(n.handed, given)
	b.d.Outs = b.emit(n, b.d.Ins)
	b.dropUnread()
	return b.d, b.ok
}

// dropUnread removes projections that nothing reads: a slot's wire is made
// before it is known whether the whole parameter object is handed on instead.
func (b *build) dropUnread() {
	if !slices.ContainsFunc(b.d.Nodes, projects) {
		return
	}
	read := map[category.WireID]bool{}
	for _, w := range b.d.Outs {
		read[w] = true
	}
	for _, n := range b.d.Nodes {
		for _, w := range n.In {
			read[w] = true
		}
		read[n.Given] = true
	}
	b.d.Nodes = slices.DeleteFunc(b.d.Nodes, func(n *category.Node) bool {
		return projects(n) && !slices.ContainsFunc(n.Out, func(w category.WireID) bool { return read[w] })
	})
}

func projects(n *category.Node) bool {
	_, ok := n.Op.(*category.Project)
	return ok
}

func settingType(s *boundSetting) *category.Type {
	if s.typ != nil {
		return s.typ
	}
	return &category.Type{Kind: category.Real, Set: s.set}
}

// bindSlots finds each slot's wire: the whole parameter object, or a field.
func (b *build) bindSlots(slots []*slot, given *category.Type, wire category.WireID) {
	for i, s := range slots {
		t := s.typ.find().known
		if len(slots) == 1 || t.Equal(given) {
			b.bindSlot(s, wire)
			continue
		}
		w := b.d.AddWire(t, s.label, s.span)
		b.node(&category.Node{Op: &category.Project{Field: s.label, Index: i}, In: []category.WireID{wire}, Given: category.NoWire, Out: []category.WireID{w}, Span: s.span})
		b.bindSlot(s, w)
	}
}

// handOn gives the parameters that a named body passes on by name their wires.
func (b *build) handOn(handed []*local, given *category.Type) {
	for i, l := range handed {
		w := b.d.AddWire(given.Fields[i].Type, l.name, l.span)
		b.node(&category.Node{Op: &category.Project{Field: l.name, Index: i}, In: []category.WireID{b.d.Given}, Given: category.NoWire, Out: []category.WireID{w}, Span: l.span})
		l.wires = []category.WireID{w}
	}
}

// Most diagrams have neither slots nor settings: the tables are made for the
// first.
func (b *build) bindSlot(s *slot, w category.WireID) {
	if b.slots == nil {
		b.slots = map[*slot]category.WireID{}
	}
	b.slots[s] = w
}

func (b *build) bindSetting(name string, w category.WireID) {
	if b.setting == nil {
		b.setting = map[string]category.WireID{}
	}
	b.setting[name] = w
}

func (b *build) node(n *category.Node) { b.d.Nodes = append(b.d.Nodes, n) }

func (b *build) wires(types []*category.Type, span diag.Span) []category.WireID {
	out := make([]category.WireID, len(types))
	for i, t := range types {
		out[i] = b.d.AddWire(t, "", span)
	}
	return out
}

// emit writes n on the wires ins and returns its outputs. Value nodes ignore
// ins.
func (b *build) emit(n *node, ins []category.WireID) []category.WireID {
	switch n.kind {
	case callNode:
		return b.call(n, ins)
	case applyNode:
		return b.apply(n, ins)
	case idNode:
		return wiring(n.field, ins)
	case composeNode:
		for _, k := range n.kids {
			ins = b.emit(k, ins)
		}
		return ins
	case productNode:
		var outs []category.WireID
		for _, k := range n.kids {
			w := len(k.dom.flat())
			outs = append(outs, b.emit(k, ins[:w])...)
			ins = ins[w:]
		}
		return outs
	case fanNode, tupleNode:
		var outs []category.WireID
		for _, k := range n.kids {
			outs = append(outs, b.emit(k, ins)...)
		}
		return outs
	case sumNode:
		return b.sum(n, ins)
	case projectNode:
		return b.project(n, ins)
	case constNode:
		return b.literal(n)
	case recordOfNode:
		return b.pack(n)
	case gradNode, mapNode, repeatNode, foldNode:
		return b.nested(n, ins)
	case instanceNode:
		return b.instance(n, ins)
	case groupNode:
		inner := n.kids[0].collect()
		if n.slot != nil {
			b.bindSlots(inner, gather(inner), b.slots[n.slot.find()])
		}
		return b.emit(n.kids[0], ins)
	case bodyNode:
		for i, bound := range n.lets {
			out := b.emit(n.kids[i], nil)
			b.bind(bound, out)
		}
		return b.emit(n.kids[len(n.kids)-1], nil)
	case wireNode:
		return n.local.wires
	case useNode:
		var args []category.WireID
		for _, k := range n.kids[1:] {
			args = append(args, b.emit(k, nil)...)
		}
		return b.emit(n.kids[0], args)
	}
	panic("check: a node of no kind")
}

// bind names the wires of a let.
func (b *build) bind(bound []*local, out []category.WireID) {
	for i, l := range bound {
		l.wires = out
		if len(bound) > 1 {
			l.wires = out[i : i+1]
		}
		if len(l.wires) == 1 && b.d.Wires[l.wires[0]].Name == "" {
			b.d.Wires[l.wires[0]].Name = l.name
		}
	}
}

func wiring(name string, ins []category.WireID) []category.WireID {
	switch name {
	case "copy":
		return append(append([]category.WireID{}, ins...), ins...)
	case "drop":
		return nil
	case "swap":
		return []category.WireID{ins[1], ins[0]}
	case "first":
		return ins[:1]
	case "second":
		return ins[1:2]
	case "third":
		return ins[2:3]
	}
	return ins
}

// param returns the parameter wire of a call or primitive.
func (b *build) param(n *node) category.WireID {
	switch {
	case n.given != nil:
		return b.emit(n.given, nil)[0]
	case n.slot != nil:
		return b.slots[n.slot.find()]
	}
	return category.NoWire
}

func (b *build) call(n *node, ins []category.WireID) []category.WireID {
	node := &category.Node{Op: &category.Call{Arrow: n.arrow}, In: ins, Given: b.param(n), Span: n.span}
	for i, s := range n.settings {
		w := b.setting[s.name]
		if s.fixed {
			w = b.constant(n.arrow.Open[i].Type, s.value, s.span)
		}
		node.Settings = append(node.Settings, w)
	}
	node.Out = b.wires(n.cod.types(), n.span)
	b.node(node)
	return node.Out
}

func (b *build) apply(n *node, ins []category.WireID) []category.WireID {
	node := &category.Node{In: ins, Given: b.param(n), Span: n.span}
	var settings map[string]category.SettingValue
	if len(n.settings) > 0 {
		settings = make(map[string]category.SettingValue, len(n.settings))
	}
	for _, s := range n.settings {
		if s.fixed {
			settings[s.name] = category.SettingValue{Const: s.value, Wire: -1}
			continue
		}
		if s.like {
			continue
		}
		settings[s.name] = category.SettingValue{Wire: len(node.Settings)}
		node.Settings = append(node.Settings, b.setting[s.name])
	}
	var given *category.Type
	if node.Given != category.NoWire {
		given = b.d.TypeOf(node.Given)
	}
	prim, bad := solvePrim(n.prim.decl, n.dom.types(), given, n.cod.types(), settings)
	if bad != nil {
		b.c.misfit(n.prim.decl, bad, n.span)
		b.ok = false
		return b.wires(n.cod.types(), n.span)
	}
	node.Op = &category.Apply{Prim: prim}
	node.Out = b.wires(n.cod.types(), n.span)
	if prim.Decl.Draws || prim.Decl.ReadsBatch() {
		predicting(node, prim)
	}
	b.node(node)
	return node.Out
}

// sum folds the kids' outputs with std's addition, factor by factor.
func (b *build) sum(n *node, ins []category.WireID) []category.WireID {
	total := b.emit(n.kids[0], ins)
	for _, k := range n.kids[1:] {
		next := b.emit(k, ins)
		sums := make([]category.WireID, len(total))
		for i := range total {
			t := b.d.TypeOf(total[i])
			prim, bad := solvePrim(b.c.std.prims["add"], []*category.Type{t, t}, nil, []*category.Type{t}, nil)
			if bad != nil {
				b.c.misfit(b.c.std.prims["add"], bad, n.span)
				b.ok = false
				return total
			}
			sums[i] = b.d.AddWire(t, "", n.span)
			b.node(&category.Node{Op: &category.Apply{Prim: prim}, In: []category.WireID{total[i], next[i]}, Given: category.NoWire, Out: sums[i : i+1], Span: n.span})
		}
		total = sums
	}
	return total
}

func (b *build) project(n *node, ins []category.WireID) []category.WireID {
	rec := b.d.TypeOf(ins[0]).Carrier()
	index := 0
	for i, f := range rec.Fields {
		if f.Name == n.field {
			index = i
		}
	}
	out := b.wires(n.cod.types(), n.span)
	b.node(&category.Node{Op: &category.Project{Field: n.field, Index: index}, In: ins, Given: category.NoWire, Out: out, Span: n.span})
	return out
}

func (b *build) literal(n *node) []category.WireID {
	return []category.WireID{b.constant(n.cod.types()[0], n.constant, n.span)}
}

func (b *build) constant(t *category.Type, v float64, span diag.Span) category.WireID {
	b.ok = b.c.literalFits(t, v, span) && b.ok
	w := b.d.AddWire(t, "", span)
	b.node(&category.Node{Op: &category.Constant{Value: v}, Given: category.NoWire, Out: []category.WireID{w}, Span: span})
	return w
}

func (b *build) pack(n *node) []category.WireID {
	t := n.record.find().known
	var ins []category.WireID
	for _, k := range n.kids {
		ins = append(ins, b.emit(k, nil)...)
	}
	out := b.wires([]*category.Type{t}, n.span)
	b.node(&category.Node{Op: &category.Pack{Type: t}, In: ins, Given: category.NoWire, Out: out, Span: n.span})
	return out
}

// nested writes grad, map, repeat and fold: a node whose body is a diagram of its
// own, given the parameters its slots make up.
func (b *build) nested(n *node, ins []category.WireID) []category.WireID {
	body := n.kids[0]
	inner := body.collect()
	given := b.in.gathered(inner)
	open := body.openSettings()
	d, ok := b.c.diagramOf(b.in, body, nil, given, open)
	b.ok = b.ok && ok
	node := &category.Node{In: ins, Given: category.NoWire, Span: n.span}
	outs := n.cod.types()
	switch n.kind {
	case gradNode:
		node.Op = &category.Grad{Body: d}
		outs = append(outs[:1:1], d.TypeOf(d.Outs[0]))
		node.Given = b.handed(inner, given, n.span)
	case mapNode:
		node.Op = &category.Map{Body: d, Over: n.over, N: n.count}
		node.Given = b.handed(inner, given, n.span)
	case repeatNode:
		node.Op = &category.Repeat{Body: d, N: n.count, Shared: n.shared}
		if n.shared {
			node.Given = b.handed(inner, given, n.span)
		} else if n.slot != nil {
			node.Given = b.slots[n.slot.find()]
		}
	case foldNode:
		node.Op = &category.Repeat{Body: d, N: n.count, Shared: true, Over: n.over}
		node.Given = b.handed(inner, given, n.span)
	}
	for _, s := range open {
		node.Settings = append(node.Settings, b.setting[s.name])
	}
	node.Out = b.wires(outs, n.span)
	b.node(node)
	return node.Out[:len(n.cod.types())]
}

// handed is the wire that carries the gathered parameters of a nested body.
func (b *build) handed(inner []*slot, given *category.Type, span diag.Span) category.WireID {
	if len(inner) == 0 {
		return category.NoWire
	}
	if first := b.slots[inner[0]]; b.d.TypeOf(first).Equal(given) {
		return first
	}
	if b.d.Given != category.NoWire && b.d.TypeOf(b.d.Given).Equal(given) {
		return b.d.Given
	}
	var ins []category.WireID
	for _, s := range inner {
		ins = append(ins, b.slots[s])
	}
	w := b.d.AddWire(given, "", span)
	b.node(&category.Node{Op: &category.Pack{Type: given}, In: ins, Given: category.NoWire, Out: []category.WireID{w}, Span: span})
	return w
}
