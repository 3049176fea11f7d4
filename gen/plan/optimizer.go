package plan

import (
	"maps"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// scalarUse says what the leafwise lines of an optimizer read of a scalar of
// its state.
type scalarUse struct{ old, next bool }

// scalarUses looks through the lines that run once per leaf.
func scalarUses(decl *category.PrimDecl, names []string) []scalarUse {
	uses := make([]scalarUse, len(names))
	for _, line := range leafLines(decl, names) {
		m := mentions(line.Expr)
		for i, name := range names {
			uses[i].old = uses[i].old || m[name]
			uses[i].next = uses[i].next || m[name+"'"]
		}
	}
	return uses
}

// leafLines are the lines that neither give the next value of a scalar nor add
// up over all leaves.
func leafLines(decl *category.PrimDecl, scalars []string) []category.Equation {
	var out []category.Equation
	for _, line := range decl.Means {
		if !decl.Total(line.Target) && !slices.ContainsFunc(scalars, func(s string) bool { return line.Target == s+"'" }) {
			out = append(out, line)
		}
	}
	return out
}

// scalarsFirst reports whether the scalar lines run before the leafwise ones:
// so where those read a new value.
func (n *node) scalarsFirst() bool {
	return slices.ContainsFunc(scalarUses(n.prim.Decl, n.step.names), func(u scalarUse) bool { return u.next })
}

// step lowers an optimizer: one statement per leaf, one for the scalars.
func (l *lowering) step(n *node) {
	s := n.step
	uses := scalarUses(n.prim.Decl, s.names)
	if n.scalarsFirst() {
		l.scalarStep(n)
	}
	l.totals(n)
	read := map[string]bool{}
	for _, line := range leafLines(n.prim.Decl, s.names) {
		maps.Copy(read, mentions(line.Expr))
	}
	decays := slices.ContainsFunc(n.prim.Decl.Means, func(e category.Equation) bool { return readsDecay(e.Expr) })
	for i := range s.leaves {
		leaf := &s.leaves[i]
		if len(leaf.out) == 0 {
			continue
		}
		op := Op{Kind: LeafStep, Prim: n.prim, Out: l.outputs(leaf.out), In: l.operands(slices.Concat(leaf.given, leaf.in)),
			Once: true, Settings: l.settings(n), names: wholePorts(n.prim.Decl), Rule: n.prim.Decl.Name + " " + leaf.path, Span: n.span, Via: n.via}
		also := func(name string, v ValueID) { op.In, op.names = append(op.In, v), append(op.names, name) }
		for k, u := range uses {
			if u.old {
				also(s.names[k], l.operand(s.scalars[k]))
			}
			if u.next && s.next[k] != noVal {
				also(s.names[k]+"'", l.value(s.next[k]))
			}
		}
		for k, line := range n.prim.Decl.Totals() {
			if read[line.Target] {
				also(line.Target, l.value(s.totals[k]))
			}
		}
		if decays {
			op.Settings = append(op.Settings, Scalar{Const: l.decay(leaf), Value: NoValue})
		}
		l.emit(op)
	}
	if !n.scalarsFirst() {
		l.scalarStep(n)
	}
}

// totals adds up over all leaves, one statement for each leaf: the first
// assigns, the others are added in the order of the leaves.
func (l *lowering) totals(n *node) {
	decl := n.prim.Decl
	for k, line := range decl.Totals() {
		total, read := l.value(n.step.totals[k]), mentions(line.Expr)
		for i := range n.step.leaves {
			leaf := &n.step.leaves[i]
			op := Op{Kind: LeafTotal, Prim: n.prim, Line: line.Target, Out: []ValueID{total}, Once: true, Settings: l.settings(n),
				Rule: decl.Name + " " + leaf.path, Span: n.span, Via: n.via}
			if i > 0 {
				v := l.p.Values[total]
				op.Out[0] = l.add(Value{Name: v.Name + "_more", Kind: v.Kind, Store: WorkStore, Of: NoValue, Span: v.Span})
			}
			ports, refs := wholePorts(decl), slices.Concat(leaf.given, leaf.in)
			for j, p := range ports {
				if read[p] {
					op.In = append(op.In, l.operand(refs[j]))
				}
			}
			l.emit(op)
			if i > 0 {
				l.emit(Op{Kind: Accumulate, Out: []ValueID{total}, In: op.Out, Once: true, Rule: "the sum over all leaves", Span: n.span, Via: n.via})
			}
		}
	}
}

// wholePorts names the leafwise ports that a primitive reads, in the order of
// a stepLeaf's operands.
func wholePorts(decl *category.PrimDecl) []string {
	var out []string
	for _, p := range slices.Concat(decl.Given, decl.Ins) {
		if p.Whole {
			out = append(out, p.Name)
		}
	}
	return out
}

func (l *lowering) scalarStep(n *node) {
	s := n.step
	var out []ValueID
	for _, v := range s.next {
		if v != noVal {
			out = append(out, l.value(v))
		}
	}
	if len(out) > 0 {
		l.emit(Op{Kind: ScalarStep, Prim: n.prim, Out: out, In: l.operands(s.scalars), Once: true,
			Settings: l.settings(n), Rule: n.prim.Decl.Name, Span: n.span, Via: n.via})
	}
}

// decay is what weight decay is multiplied by at one leaf: at the parameter
// behind its first leafwise port.
func (l *lowering) decay(leaf *stepLeaf) float64 {
	r := l.g.resolve(leaf.given[0])
	if s, ok := l.g.slots()[r.v]; ok {
		return s.decay
	}
	return 1
}

// place lets the next values of an endo's state be written straight over the
// current ones, where nothing reads those afterwards.
func (l *lowering) place(state []vid, next []ref) {
	for k, r := range next {
		old := state[k]
		n := l.g.vals[r.v].node
		if n == nil || n.kind != stepNode || !l.g.covers(r) || product(l.g.vals[r.v].dims) != product(l.g.vals[old].dims) || l.readLater(n, old, next) {
			continue
		}
		if _, taken := l.ids[r.v]; !taken && l.leafMay(n, r.v, old) {
			l.ids[r.v] = l.value(old)
		}
	}
}

// readLater reports whether the current state is read after node n, or handed
// on as the next value of some part.
func (l *lowering) readLater(n *node, state vid, next []ref) bool {
	reads := func(r ref) bool { return l.g.resolve(r).v == state }
	if slices.ContainsFunc(next, reads) {
		return true
	}
	at := slices.Index(l.g.nodes, n)
	for _, later := range l.g.nodes[at+1:] {
		if slices.ContainsFunc(later.operands(), reads) || slices.ContainsFunc(later.wrt, func(v vid) bool { return reads(ref{v: v}) }) {
			return true
		}
	}
	return false
}

// leafMay reports whether step node n may overwrite state with out: only the
// statement that writes out reads state, or one before it.
func (l *lowering) leafMay(n *node, out, state vid) bool {
	s := n.step
	reads := func(r ref) bool { return l.g.resolve(r).v == state }
	if k := slices.Index(s.next, out); k >= 0 {
		uses := scalarUses(n.prim.Decl, s.names)
		for i, r := range s.scalars {
			if reads(r) && uses[i].old && n.scalarsFirst() {
				return false
			}
		}
		return !slices.ContainsFunc(s.leaves, func(x stepLeaf) bool {
			return slices.ContainsFunc(slices.Concat(x.given, x.in), reads)
		})
	}
	for i := range s.leaves {
		x := &s.leaves[i]
		if slices.Contains(x.out, out) {
			continue
		}
		if slices.ContainsFunc(slices.Concat(x.given, x.in), reads) {
			return false
		}
	}
	return !slices.ContainsFunc(s.scalars, reads)
}

// store copies into the state what was not written there in place. Parts of
// the current state that move elsewhere are saved first.
func (l *lowering) store(state []vid, next []ref) {
	type move struct{ to, from ValueID }
	var moves []move
	for k, r := range next {
		to, from := l.value(state[k]), l.operand(r)
		if to == from {
			continue
		}
		root := l.g.resolve(r).v
		if slices.Contains(state, root) {
			v := l.p.Values[from]
			saved := l.add(Value{Name: v.Name + "_before", Kind: v.Kind, Dims: v.Dims, Store: WorkStore, Of: NoValue, Type: v.Type, Span: v.Span})
			l.copy(saved, from, "the next state", v.Span)
			from = saved
		}
		moves = append(moves, move{to, from})
	}
	for _, m := range moves {
		l.copy(m.to, m.from, "the next state", l.p.Values[m.to].Span)
	}
}
