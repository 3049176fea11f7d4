package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// tensor is what an indexed name stands for.
type tensor struct {
	kind  category.Kind
	shape []category.DimTerm
	fin   *category.DimTerm // bound of a Fin tensor's elements
}

func tensorPort(p *category.Port) *tensor { return &tensor{p.Kind, p.Shape, p.FinSize} }

// line is one equation under resolution.
type line struct {
	b       *primBuilder
	reverse bool
	rng     map[string]category.DimTerm
	may     map[string]category.DimTerm   // what variables run over if nothing else says
	bound   map[string]int                // variables in scope
	indices []syntax.Name                 // all variables
	used    map[string]bool               // those that the right side reads
	ended   map[string]*syntax.ExprReduce // variables of reductions that lie behind
	depth   int
	tooDeep bool // reported once
}

// meansLines resolves the lines of means in order.
func (b *primBuilder) meansLines() {
	lines := b.a.Equations.Means
	if b.decl.Each {
		b.findLeafVariable()
	}
	for _, e := range lines {
		name := targetName(e)
		if _, twice := b.order[name]; twice {
			b.fail(diag.CT0808, e.Target.Span, fmt.Sprintf("%s is defined twice", name))
			continue
		}
		if findPort(b.decl.Ins, name) != nil || findPort(b.decl.Given, name) != nil {
			d := b.fail(diag.CT0804, e.Target.Span, fmt.Sprintf("%s comes from outside: no line may define it", name))
			if b.decl.Each {
				d.Hint(fmt.Sprintf("the next value is written with a prime: %s'", name))
			}
			continue
		}
		out := findPort(b.decl.Outs, name)
		if out == nil && e.Primed && b.advances(e) {
			if eq, ok := b.equation(e, name, &findPort(b.decl.Given, e.Target.Text).Shape, false); ok {
				b.decl.Next = append(b.decl.Next, eq)
			}
			b.order[name] = len(b.order)
			continue
		}
		if out == nil && e.Primed {
			b.unknown(syntax.Name{Text: name, Span: e.Target.Span}, portNames(b.decl.Outs))
			continue
		}
		var shape *[]category.DimTerm
		if out != nil {
			shape = &out.Shape
		}
		if out == nil {
			b.names[name] = e.Target.Span
		}
		if eq, ok := b.equation(e, name, shape, false); !ok {
			b.faulty[name] = true
		} else {
			b.decl.Means = append(b.decl.Means, eq)
			if out == nil {
				b.define(eq, false)
			}
		}
		b.order[name] = len(b.order)
	}
	for _, p := range b.decl.Outs {
		if _, ok := b.order[p.Name]; !ok && !b.failed {
			b.undefined(p.Name, fmt.Sprintf("no line of means defines the output %s", p.Name))
		}
	}
}

// undefined reports that no line defines name: at the one line that nobody
// reads, where there is one, since that may have been meant to.
func (b *primBuilder) undefined(name, message string) {
	at, unread := b.a.Equations.Span, ""
	for _, l := range b.decl.Locals {
		if b.read[l.Name] {
			continue
		}
		if unread != "" {
			unread = ""
			break
		}
		unread = l.Name
	}
	if unread == "" {
		b.fail(diag.CT0805, at, message)
		return
	}
	b.fail(diag.CT0805, b.names[unread], message).
		Hint(fmt.Sprintf("nothing reads %s: did you mean `%s`?", unread, name))
}

func targetName(e syntax.Equation) string {
	if e.Primed {
		return e.Target.Text + "'"
	}
	return e.Target.Text
}

func portNames(ports []category.Port) []string {
	var names []string
	for i := range ports {
		names = append(names, ports[i].Name)
	}
	return names
}

// findLeafVariable gives the ports that hold leaves of the type parameter
// their one index: the variable that the leafwise lines run over.
func (b *primBuilder) findLeafVariable() {
	for _, e := range b.a.Equations.Means {
		if len(e.Index) == 1 {
			b.leaf = e.Index[0].Text
			break
		}
	}
	if b.leaf == "" {
		b.leaf = "s"
	}
	for _, ports := range [][]category.Port{b.decl.Ins, b.decl.Given, b.decl.Outs} {
		for i := range ports {
			if ports[i].Whole {
				ports[i].Shape = []category.DimTerm{{Var: b.leaf, Segment: true}}
			}
		}
	}
}

// define records the intermediate that eq defines; its shape follows from the
// ranges of the line's indices.
func (b *primBuilder) define(eq category.Equation, reverse bool) {
	p := category.Port{Name: eq.Target}
	for _, v := range eq.Index {
		p.Shape = append(p.Shape, eq.Range[v])
	}
	b.decl.Locals = append(b.decl.Locals, category.Local{Port: p, Reverse: reverse})
}

// reverseLines resolves the reverse derivative.
func (b *primBuilder) reverseLines() {
	lines := b.a.Equations.Reverse
	if len(lines) == 0 {
		return
	}
	for _, e := range lines {
		name := targetName(e)
		if _, twice := b.order[name]; twice || findPort(b.decl.Ins, name) != nil || findPort(b.decl.Given, name) != nil || b.cotangent(name) != nil {
			b.fail(diag.CT0808, e.Target.Span, fmt.Sprintf("%s is defined already", name))
			continue
		}
		port := b.differentiated(name)
		var shape *[]category.DimTerm
		if port != nil {
			shape = &port.Shape
			if port.Running {
				b.fail(diag.CT0804, e.Target.Span, fmt.Sprintf("%s holds running statistics, which have no cotangent", port.Name))
				continue
			}
			if port.Kind != category.Real || port.Set != nil && port.Set.Finite {
				b.fail(diag.CT0804, e.Target.Span, fmt.Sprintf("%s holds indices, which have no cotangent", port.Name))
				continue
			}
		}
		if port == nil {
			b.names[name] = e.Target.Span
		}
		if eq, ok := b.equation(e, name, shape, true); !ok {
			b.faulty[name] = true
		} else {
			b.decl.Reverse = append(b.decl.Reverse, eq)
			if port == nil {
				b.define(eq, true)
			}
		}
		b.order[name] = len(b.order)
	}
	for _, ports := range [][]category.Port{b.decl.Ins, b.decl.Given} {
		for _, p := range ports {
			if _, ok := b.order["d"+p.Name]; !ok && !b.failed && p.Kind == category.Real && !p.Running && (p.Set == nil || !p.Set.Finite) {
				b.undefined("d"+p.Name, fmt.Sprintf("no reverse line defines d%s, the cotangent of %s", p.Name, p.Name))
			}
		}
	}
}

// differentiated returns the input or parameter whose cotangent is called
// name, or nil.
func (b *primBuilder) differentiated(name string) *category.Port {
	if len(name) < 2 || name[0] != 'd' {
		return nil
	}
	if p := findPort(b.decl.Ins, name[1:]); p != nil {
		return p
	}
	return findPort(b.decl.Given, name[1:])
}

// cotangent returns the output whose cotangent is called name, or nil.
func (b *primBuilder) cotangent(name string) *category.Port {
	if len(name) < 2 || name[0] != 'd' {
		return nil
	}
	if p := findPort(b.decl.Outs, name[1:]); p != nil && p.Kind == category.Real {
		return p
	}
	return nil
}

// equation resolves one line. Shape is the target's shape where the signature
// fixes it.
func (b *primBuilder) equation(e syntax.Equation, name string, shape *[]category.DimTerm, reverse bool) (category.Equation, bool) {
	l := &line{b: b, reverse: reverse, rng: map[string]category.DimTerm{}, bound: map[string]int{}, used: map[string]bool{}}
	eq := category.Equation{Target: name, Span: e.Span, Range: l.rng}
	if shape != nil && len(e.Index) != len(*shape) {
		b.fail(diag.CT0802, e.Target.Span, fmt.Sprintf("%s has %s, and here it has %d", name, indices(len(*shape)), len(e.Index)))
		return eq, false
	}
	before := b.failed
	b.failed = false
	for i, v := range e.Index {
		l.indices = append(l.indices, v)
		eq.Index = append(eq.Index, v.Text)
		if !l.bind(v) {
			return eq, false
		}
		if shape != nil {
			l.runs(v, (*shape)[i])
		}
	}
	eq.Expr = l.expr(e.Expr)
	if !b.failed {
		for _, v := range e.Index {
			if !l.ranges(v.Text) {
				b.fail(diag.CT0807, v.Span, fmt.Sprintf("nothing says what %s runs over", v.Text)).
					Hint("an index takes its range from a dimension of its name or from the tensor it indexes")
			}
		}
	}
	ok := !b.failed
	b.failed = b.failed || before
	return eq, ok && eq.Expr != nil
}

// bind brings an index variable into scope; false after reporting.
func (l *line) bind(v syntax.Name) bool {
	b := l.b
	switch {
	case l.bound[v.Text] > 0:
		b.fail(diag.CT0808, v.Span, fmt.Sprintf("the index %s is bound already", v.Text))
		return false
	case b.isTensor(v.Text) || b.setting(v.Text) != nil:
		b.fail(diag.CT0808, v.Span, fmt.Sprintf("%s is no index: it names something else here", v.Text))
		return false
	case b.std && v.Text == category.Batch:
		l.rng[v.Text] = category.DimTerm{Var: category.Batch}
	case b.dims[v.Text]:
		l.rng[v.Text] = category.DimTerm{Var: v.Text, Segment: b.decl.Segments[v.Text]}
	}
	l.bound[v.Text]++
	return true
}

func (b *primBuilder) isTensor(name string) bool {
	return findPort(b.decl.Ins, name) != nil || findPort(b.decl.Given, name) != nil ||
		findPort(b.decl.Outs, name) != nil || b.decl.Local(name) != nil
}

// runs says that v runs over d.
func (l *line) runs(v syntax.Name, d category.DimTerm) {
	was, ok := l.rng[v.Text]
	if ok && l.b.decl.SameSize(was, d) {
		return
	}
	if ok && was != d {
		l.b.fail(diag.CT0802, v.Span, fmt.Sprintf("the index %s runs over %s, and this place over %s", v.Text, dimText(was), dimText(d)))
		return
	}
	l.rng[v.Text] = d
}

func dimText(d category.DimTerm) string {
	switch {
	case d.Segment:
		return ".." + d.Var
	case d.Var != "":
		return d.Var
	}
	return fmt.Sprint(d.Const)
}

func indices(n int) string {
	switch n {
	case 0:
		return "no index"
	case 1:
		return "1 index"
	}
	return fmt.Sprintf("%d indices", n)
}
