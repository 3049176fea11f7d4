package laws

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Mutant is a primitive with one reverse line spoilt.
type Mutant struct {
	Prim string `json:"prim"`
	Kind string `json:"kind"`
	Line string `json:"line"` // the target: "dweight"
	Text string `json:"text"` // the spoilt line
	decl *category.PrimDecl
}

// The kinds of mutation, and what each would be as a programmer's mistake.
const (
	mutateDrop      = "drop"      // a term or a factor forgotten
	mutateSign      = "sign"      // + for -, or the whole negated
	mutateScale     = "scale"     // a factor too many
	mutateResidual  = "residual"  // another tensor of the same shape
	mutateTranspose = "transpose" // two indices exchanged
	mutateMean      = "mean"      // a division by a size forgotten
	mutateCompare   = "compare"   // a condition turned round
	mutateShift     = "shift"     // the neighbour of a padded element
)

// mutants lists every mutant of d: one change to one reverse line.
func mutants(d *category.PrimDecl) []Mutant {
	var out []Mutant
	for i := range d.Reverse {
		line := &d.Reverse[i]
		m := &mutator{d: d, line: line}
		m.visit(line.Expr, func(e category.Expr) category.Expr { return e })
		m.add(mutateSign, &category.Unary{X: line.Expr})
		m.add(mutateScale, &category.Binary{Op: "*", L: &category.Number{Value: 1.5}, R: line.Expr})
		for _, c := range m.found {
			spoilt := *d
			spoilt.Reverse = append([]category.Equation(nil), d.Reverse...)
			spoilt.Reverse[i].Expr = c.expr
			out = append(out, Mutant{d.Name, c.kind, line.Target, equationText(&spoilt.Reverse[i]), &spoilt})
		}
	}
	return out
}

type change struct {
	kind string
	expr category.Expr
}

// mutator collects the mutants of one line.
type mutator struct {
	d     *category.PrimDecl
	line  *category.Equation
	found []change
}

// renames reports whether spoilt, the line with variables a and b exchanged in
// one place, is the line with other names for what it sums over.
func (m *mutator) renames(spoilt category.Expr, a, b string) bool {
	if slices.Contains(m.line.Index, a) || slices.Contains(m.line.Index, b) {
		return false
	}
	was, is := variables(m.line.Expr), variables(spoilt)
	other := map[string]string{a: b, b: a}
	return slices.EqualFunc(was, is, func(x, y string) bool {
		if z, ok := other[y]; ok {
			y = z
		}
		return x == y
	})
}

// variables lists the index variables that e reads, in their order.
func variables(e category.Expr) (all []string) {
	category.Walk(e, func(e category.Expr) {
		if v, ok := e.(*category.Index); ok {
			all = append(all, v.Var)
		}
	})
	return all
}

func (m *mutator) add(kind string, e category.Expr) { m.found = append(m.found, change{kind, e}) }

// visit goes through e, which stands in the line where whole puts what
// replaces it.
func (m *mutator) visit(e category.Expr, whole func(category.Expr) category.Expr) {
	put := func(kind string, e category.Expr) { m.add(kind, whole(e)) }
	switch x := e.(type) {
	case *category.Unary:
		put(mutateSign, x.X)
		m.visit(x.X, func(y category.Expr) category.Expr { return whole(&category.Unary{X: y}) })
	case *category.Binary:
		switch x.Op {
		case "+", "-":
			put(mutateDrop, x.L)
			if x.Op == "+" {
				put(mutateDrop, x.R)
			}
			put(mutateSign, &category.Binary{Op: map[string]string{"+": "-", "-": "+"}[x.Op], L: x.L, R: x.R})
		case "*":
			put(mutateDrop, x.L)
			put(mutateDrop, x.R)
		case "/":
			put(mutateMean, x.L)
		case "==", "!=", "<", "<=", ">", ">=":
			turned := map[string]string{"==": "!=", "!=": "==", "<": ">", "<=": ">=", ">": "<", ">=": "<="}[x.Op]
			put(mutateCompare, &category.Binary{Op: turned, L: x.L, R: x.R})
		}
		m.visit(x.L, func(y category.Expr) category.Expr { return whole(&category.Binary{Op: x.Op, L: y, R: x.R}) })
		m.visit(x.R, func(y category.Expr) category.Expr { return whole(&category.Binary{Op: x.Op, L: x.L, R: y}) })
	case *category.Func:
		for i := range x.Args {
			m.visit(x.Args[i], func(y category.Expr) category.Expr {
				f := &category.Func{Name: x.Name, Args: append([]category.Expr(nil), x.Args...)}
				f.Args[i] = y
				return whole(f)
			})
		}
	case *category.Reduce:
		m.visit(x.Body, func(y category.Expr) category.Expr {
			return whole(&category.Reduce{Op: x.Op, Vars: x.Vars, Body: y})
		})
	case *category.Element:
		for _, name := range m.alike(x) {
			put(mutateResidual, &category.Element{Name: name, Index: x.Index, Padded: x.Padded, Span: x.Span})
		}
		m.exchange(x, whole)
		m.shift(x, put)
	}
}

// extent is how many values an index takes at the shape for exchanges.
func (m *mutator) extent(x *category.Index) int {
	q := category.Port{Shape: []category.DimTerm{m.line.Range[x.Var]}}
	n := 1
	for _, k := range instance(m.d, square, rng.New(1, "square")).PortShape(q) {
		n *= k
	}
	return n
}

// exchange swaps neighbouring indices of an element that are two variables,
// where they take as many values.
func (m *mutator) exchange(x *category.Element, whole func(category.Expr) category.Expr) {
	for i := 0; i+1 < len(x.Index); i++ {
		a, okA := x.Index[i].(*category.Index)
		b, okB := x.Index[i+1].(*category.Index)
		if !okA || !okB || a.Var == b.Var || m.extent(a) != m.extent(b) {
			continue
		}
		index := append([]category.Expr(nil), x.Index...)
		index[i], index[i+1] = index[i+1], index[i]
		spoilt := &category.Element{Name: x.Name, Index: index, Padded: x.Padded, Span: x.Span}
		if !m.renames(whole(spoilt), a.Var, b.Var) {
			m.add(mutateTranspose, whole(spoilt))
		}
	}
}

// shift moves one index of a padded element by one.
func (m *mutator) shift(x *category.Element, put func(string, category.Expr)) {
	for i := 0; x.Padded && i < len(x.Index); i++ {
		index := append([]category.Expr(nil), x.Index...)
		index[i] = &category.Binary{Op: "+", L: x.Index[i], R: &category.Number{Value: 1}}
		put(mutateShift, &category.Element{Name: x.Name, Index: index, Padded: true, Span: x.Span})
	}
}

// alike lists the other tensors of the shape of x that the line may read.
func (m *mutator) alike(x *category.Element) []string {
	shape, ok := m.shapeOf(x.Name)
	if !ok {
		return nil
	}
	var out []string
	for _, name := range m.readable() {
		other, ok := m.shapeOf(name)
		if ok && name != x.Name && name != m.line.Target && fmt.Sprint(other) == fmt.Sprint(shape) {
			out = append(out, name)
		}
	}
	return out
}

// readable lists what the line may read: kept tensors, parameters, the
// outputs' cotangents, and intermediates of reverse defined above it.
func (m *mutator) readable() []string {
	out := append([]string(nil), m.d.Keeps...)
	for _, p := range m.d.Given {
		out = append(out, p.Name)
	}
	for _, p := range m.d.Outs {
		if p.Kind == category.Real {
			out = append(out, "d"+p.Name)
		}
	}
	for i := range m.d.Reverse {
		if &m.d.Reverse[i] == m.line {
			break
		}
		if m.d.Local(m.d.Reverse[i].Target) != nil {
			out = append(out, m.d.Reverse[i].Target)
		}
	}
	return out
}

func (m *mutator) shapeOf(name string) ([]category.DimTerm, bool) {
	if l := m.d.Local(name); l != nil {
		return l.Shape, l.Kind == category.Real
	}
	for _, ports := range [][]category.Port{m.d.Ins, m.d.Given, m.d.Outs} {
		for _, p := range ports {
			if p.Name == name || "d"+p.Name == name {
				return p.Shape, p.Kind == category.Real
			}
		}
	}
	return nil, false
}
