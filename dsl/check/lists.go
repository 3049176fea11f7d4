package check

import (
	"fmt"
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// listForm is how the scheme of a standard arrow over lists is called where
// another scheme has its name: mean[List] beside mean.
func listForm(name string) string { return name + "[List]" }

// overList reports whether a scheme's first input is a list of tensors.
func overList(a *syntax.ArrowDecl) bool {
	t := a.Dom
	if len(a.Inputs) > 0 {
		t = a.Inputs[0].Type
	}
	n, ok := unparen(t).(*syntax.TypeName)
	return ok && len(a.Params) == 0 && n.Name.Text == "List"
}

// primFor is std's scheme of that name for what stands in front of it: of two
// the one over lists where that is a list.
func (c *checker) primFor(name string, dom *category.Type) *category.PrimDecl {
	if dom != nil && len(dom.Factors()) > 0 && dom.Factors()[0].Carrier().Kind == category.List {
		if p := c.std.prims[listForm(name)]; p != nil {
			return p
		}
	}
	return c.std.prims[name]
}

// schemeList is the port List[A, n] or Option[A, n] of a scheme: n elements.
func (b *primBuilder) schemeList(p *category.Port, t *syntax.TypeName) bool {
	if len(t.Args) != 2 {
		return false
	}
	elem := category.Port{Name: p.Name}
	copies := anonymous(t.Args[0], nil)
	for _, it := range copies {
		elem.Shape = nil
		if !b.schemeType(&elem, it.typ) || elem.Over != category.Real || len(copies) > 1 && !elem.Whole {
			return false
		}
	}
	n, ok := b.dimTerm(t.Args[1])
	if !ok || n.Segment || n.Var == "" {
		return false
	}
	if b.decl.Lengths == nil {
		b.decl.Lengths = map[string]int{}
	}
	b.decl.Lengths[n.Var] = 0
	name := p.Name
	*p = elem
	p.Name, p.Copies = name, len(copies)
	p.Over = map[string]category.Kind{"List": category.List, "Option": category.Option}[t.Name.Text]
	shape := []category.DimTerm{n}
	if p.Copies > 1 {
		shape = append(shape, category.DimTerm{Const: p.Copies})
	}
	p.Shape = append(shape, elem.Shape...)
	return true
}

// unless resolves `partial unless n >= 2`: how long a list must at least be.
func (b *primBuilder) unless() {
	u := b.a.Equations.Unless
	if u == nil {
		return
	}
	if cond, ok := u.Expr.(*syntax.ExprBinary); ok && cond.Op == ">=" {
		ref, isRef := cond.L.(*syntax.ExprRef)
		least, isNumber := literal(cond.R)
		if isRef && isNumber && len(ref.Index) == 0 && least >= 1 && least == math.Trunc(least) {
			if _, isLength := b.decl.Lengths[ref.Name.Text]; isLength {
				b.decl.Lengths[ref.Name.Text] = int(least)
				return
			}
		}
	}
	b.fail(diag.CT0825, u.Span, "`partial unless` says how long a list must at least be").
		Hint("partial unless n >= 1, for a list List[A, n]")
}

// moves requires of a scheme over objects without `each` that its lines move
// whole objects: nothing else can be done with what may be any object.
func (b *primBuilder) moves() {
	if !b.decl.Moves() {
		return
	}
	for _, m := range b.decl.Means {
		el, ok := m.Expr.(*category.Element)
		port := (*category.Port)(nil)
		if ok {
			port = findPort(b.decl.Ins, el.Name)
		}
		if port == nil || !port.Whole || port.TangentOf || findPort(b.decl.Outs, m.Target) == nil {
			b.fail(diag.CT0825, m.Span, fmt.Sprintf("%s may be any object, so a line can only move it: y[i] = x[i + 1]", b.decl.Type)).
				Hint(fmt.Sprintf("with `each %s` the lines speak of the numbers in it", b.decl.Type))
			return
		}
	}
	if len(b.decl.Reverse) > 0 {
		b.fail(diag.CT0825, b.decl.Reverse[0].Span, "what only moves objects has its reverse derivative by that").
			Hint("leave the line out")
	}
}

func functorName(k category.Kind) string {
	if k == category.Option {
		return "Option"
	}
	return "List"
}

// leafOf is t as the tensor that a port takes: of a list its axis comes first.
func (s *solver) leafOf(port *category.Port, t *category.Type) (category.Leaf, bool) {
	if port.Over == category.Real {
		// What only gives numbers another name gives Go no other array.
		return tensorOf(t, !s.decl.IdentityLike())
	}
	c := t.Carrier()
	if c.Kind != port.Over {
		return category.Leaf{}, false
	}
	leaf, ok := tensorOf(c.Elem, false)
	leaf.Dims = append([]int{category.Dynamic}, leaf.Dims...)
	return leaf, ok
}

// dynamic reports whether name counts the elements of a list.
func (s *solver) dynamic(name string) bool {
	_, list := s.decl.Lengths[name]
	return list
}

func (r *ranges) dynamic(d category.DimTerm) bool {
	_, list := r.prim.Decl.Lengths[d.Var]
	return list
}

// count bounds the extent of d.
func (r *ranges) count(d category.DimTerm) category.Set {
	if r.dynamic(d) {
		return category.Set{Low: float64(r.prim.Decl.Lengths[d.Var]), High: math.Inf(1), OpenHigh: true}
	}
	return exactly(float64(r.extent(d)))
}

// meaned returns the body of a mean, (sum i: body) / n where i has n values:
// it lies where the body does. Nil where e is none.
func meaned(e *category.Binary, line *category.Equation) category.Expr {
	sum, ok := e.L.(*category.Reduce)
	n, counts := e.R.(*category.Dimension)
	if e.Op != "/" || !ok || !counts || sum.Op != "sum" || len(sum.Vars) != 1 || line.Range[sum.Vars[0]].Var != n.Var {
		return nil
	}
	return sum.Body
}

// elementOf returns the object A of which t is what a port of whole objects
// holds: A itself, or a list or option of so many copies of A.
func elementOf(port *category.Port, t *category.Type) (*category.Type, bool) {
	if port.Over == category.Real {
		return t, true
	}
	c := t.Carrier()
	if c.Kind != port.Over {
		return nil, false
	}
	factors := c.Elem.Factors()
	if len(factors)%port.Copies != 0 || len(factors) == 0 {
		return nil, false
	}
	k := len(factors) / port.Copies
	a := category.NewProduct(factors[:k]...)
	if !port.Holds(a).Elem.Equal(c.Elem) {
		return nil, false
	}
	return a, true
}

// placed reports whether an end of an arrow has as many factors as a scheme has
// ports there. Where a scheme that moves objects has one, it may hold a product.
func placed(decl *category.PrimDecl, ports []category.Port, t *category.Type) bool {
	n := len(t.Factors())
	return n == len(ports) || decl.Moves() && len(ports) == 1 && ports[0].Over == category.Real && n > 1
}

// overElements relates the ports of a scheme that moves objects: each is one
// of them, or a list of them. The object may be a product.
func (s scope) overElements(n *node) {
	u, span := n.prim, n.span
	port := func(p *category.Port) *part {
		at := single()
		if p.Over == category.Real {
			at = rowVar()
		}
		s.add(func() unified {
			if a := u.object.find().known; a != nil {
				t := p.Holds(a)
				r := unify(seq{at}, of(t))
				if r == clash {
					s.c.report(diag.CT0401, span, fmt.Sprintf("`%s` is about %s here, so this is %s, not %s", primName(u.decl), a, t, seq{at}))
					s.failed = true
				}
				return r
			}
			t := seq{at}.typ()
			if t == nil {
				return undecided
			}
			a, ok := elementOf(p, t)
			if !ok {
				s.c.report(diag.CT0401, span, fmt.Sprintf("`%s` takes %s, and %s is none", primName(u.decl), portText(p, false), t))
				s.failed = true
				return clash
			}
			u.object.find().known = a
			return agreed
		}, func() { s.open(span, portText(p, false)) })
		return at
	}
	for i := range u.decl.Ins {
		n.dom = append(n.dom, port(&u.decl.Ins[i]))
	}
	for i := range u.decl.Outs {
		n.cod = append(n.cod, port(&u.decl.Outs[i]))
	}
}

// together makes one object of the factors that stand where a scheme that
// moves objects has a single one.
func (s *solver) together(ports []category.Port, types []*category.Type) []*category.Type {
	if !s.decl.Moves() || len(ports) != 1 || len(types) < 2 {
		return types
	}
	for _, t := range types {
		if t == nil {
			return types
		}
	}
	return []*category.Type{category.NewProduct(types...)}
}
