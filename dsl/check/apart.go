package check

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// longCarrier is how long a carrier may be, in bytes, to be shown beside
// another.
const longCarrier = 72

// apart shows in what two objects differ: the carriers one above the other,
// with marks under the dimensions that differ. It is empty where their carriers
// do not.
func apart(a, b *category.Type) string {
	a, b = differing(a, b)
	if a == nil {
		return ""
	}
	x, y := a.Carrier(), b.Carrier()
	left, right := x.String(), y.String()
	if left == right || len(left) > longCarrier || len(right) > longCarrier {
		return ""
	}
	marks := ""
	if p, q, ok := comparable(x, y); ok {
		left, right, marks = aligned(p, q)
	}
	one, other := nameIn(a), nameIn(b)
	width := max(utf8.RuneCountInString(one), utf8.RuneCountInString(other))
	lines := fmt.Sprintf("%-*s is %s\n%-*s is %s", width, one, left, width, other, right)
	if marks != "" {
		lines += "\n" + strings.Repeat(" ", width+len(" is ")) + marks
	}
	return lines
}

// differing returns the first factors in which two products differ, and nil
// where they are not factors that can be held against each other.
func differing(a, b *category.Type) (*category.Type, *category.Type) {
	p, q := a.Factors(), b.Factors()
	if len(p) != len(q) {
		return nil, nil
	}
	for i := range p {
		if p[i].Equal(q[i]) {
			continue
		}
		if p[i].Kind != category.Named && q[i].Kind != category.Named || p[i].Kind == category.Tangent || q[i].Kind == category.Tangent {
			return nil, nil // what they are is what they are called
		}
		return p[i], q[i]
	}
	return nil, nil
}

func nameIn(t *category.Type) string {
	if t.Kind != category.Named {
		return "this"
	}
	return t.String()
}

// shape is a carrier as its name and the numbers in its brackets.
type shape struct {
	name string
	dims []int
}

// comparable returns the shapes of two carriers of one kind and rank, whose
// numbers may be held against each other.
func comparable(a, b *category.Type) (p, q shape, ok bool) {
	switch {
	case a.Kind != b.Kind:
	case a.Kind == category.Real:
		p, q = shape{"R", a.Dims}, shape{"R", b.Dims}
	case a.Kind == category.Fin:
		p, q = shape{"Fin", []int{a.N}}, shape{"Fin", []int{b.N}}
	}
	return p, q, len(p.dims) > 0 && len(p.dims) == len(q.dims)
}

// aligned writes two shapes with their numbers below each other, and carets
// below those that differ.
func aligned(p, q shape) (first, second, marks string) {
	first, second, marks = p.name+"[", q.name+"[", strings.Repeat(" ", len(q.name)+1)
	for i := range p.dims {
		m, n := strconv.Itoa(p.dims[i]), strconv.Itoa(q.dims[i])
		width := max(len(m), len(n))
		mark := " "
		if m != n {
			mark = "^"
		}
		if i > 0 {
			first, second, marks = first+", ", second+", ", marks+"  "
		}
		first += strings.Repeat(" ", width-len(m)) + m
		second += strings.Repeat(" ", width-len(n)) + n
		marks += strings.Repeat(mark, width)
	}
	return first + "]", second + "]", strings.TrimRight(marks, " ")
}

// tellApart says in what the two ends of a gap differ, and where only their
// names do, how to lead from one to the other. Bridged means that something
// declared does so already.
func (c *checker) tellApart(d *diag.Diagnostic, from, to *category.Type, bridged bool) {
	if from == nil || to == nil || c.within != nil && c.within.rigid {
		return // nothing is known of what a generic arrow leaves open
	}
	if lines := apart(from, to); lines != "" {
		d.Hint(lines)
		return
	}
	named := from.Kind == category.Named && to.Kind == category.Named
	if bridged || !named || from.Carrier().Kind != category.Real || from.Carrier().String() != to.Carrier().String() {
		return
	}
	if has, takes := from.RefinedSet(), to.RefinedSet(); !has.Within(takes) {
		d.Hint(fmt.Sprintf("both are %s, but %s holds %s only, and %s holds %s", from.Carrier(), to, takes, from, setText(has)))
		if arrows := c.into(has, takes); arrows != "" {
			d.Hint(fmt.Sprintf("%s: arrow name: %s -> %s = …", arrows, from, to))
		}
		return
	}
	d.Hint(fmt.Sprintf("both are %s, under two names: use one of them, or say how one becomes the other: arrow name: %s -> %s = std.relabel", from.Carrier(), from, to))
}
