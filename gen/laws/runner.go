package laws

import (
	"errors"
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// runner runs the laws of one category.
type runner struct {
	c    *category.Category
	it   *eval.Interp
	seed uint64
}

func newRunner(c *category.Category, seed uint64) *runner {
	return &runner{c, eval.New(c), seed}
}

func (r *runner) sampler(law string, in where) *sampler {
	return &sampler{r: rng.New(r.seed, law), in: in}
}

// lawOwed is a law that every arrow owes.
type lawOwed struct {
	name   string
	within float64
	at     func(*subject, *sampler) (measured, error)
}

var owed = []lawOwed{
	{"derivative", derivativeWithin, (*subject).derivativeAt},
	{"symmetry", symmetryWithin, (*subject).symmetryAt},
	{sharing, sharingWithin, (*subject).sharingAt},
}

// sharing is the law that arrows without parameters do not owe.
const sharing = "sharing"

// arrow runs the laws that an arrow owes.
func (r *runner) arrow(a *category.Arrow) []Check {
	if why := notDifferentiable(a); why != "" {
		return []Check{{Arrow: a.Name, Law: owed[0].name, Line: cite(a.Span), Within: Gap(owed[0].within), Skipped: why}}
	}
	var out []Check
	learning := eval.New(r.c) // derivatives are those of training
	learning.Training = true
	j := &subject{learning, a.Diagram}
	for _, l := range owed {
		if l.name == sharing && a.Given.IsUnit() {
			continue // nothing is shared
		}
		k := Check{Arrow: a.Name, Law: l.name, Line: cite(a.Span), Within: Gap(l.within)}
		s := r.sampler(l.name+" "+a.Name, inside)
		k.run(casesFor(a.Diagram), func() (measured, error) { return l.at(j, s) })
		out = append(out, k)
	}
	return out
}

// run fills in how a law went in so many cases, or until it is refuted.
func (k *Check) run(cases int, at func() (measured, error)) {
	short := 0
	for k.Cases < cases {
		m, err := guarded(at)
		var hand *eval.HandWritten
		switch {
		case tooShort(err) && short < redraws*cases:
			short++ // where an arrow has no value, nothing is owed
			continue
		case errors.As(err, &hand):
			k.Skipped = fmt.Sprintf("%s is written by hand: the generated tests hold it", hand.Arrow.Name)
			return
		case err != nil:
			k.Fault = err.Error()
			return
		}
		k.Cases++
		k.Worst = max(k.Worst, Gap(m.difference))
		if m.difference > float64(k.Within) {
			k.Fault = m.fault
			return
		}
	}
	k.Holds = true
}

// tooShort reports whether an evaluation failed because a list was too short
// for an arrow that says so.
func tooShort(err error) bool {
	var short *eval.TooShort
	return errors.As(err, &short)
}

// guarded turns a panic into an error: equations may index by arithmetic, whose
// range the checker proves only where shapes are known.
func guarded(f func() (measured, error)) (m measured, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("its equations cannot be evaluated: %v", p)
		}
	}()
	return f()
}

// cite names a place by file and line.
func cite(s diag.Span) string {
	if !s.Known() {
		return ""
	}
	return s.Line()
}

// notDifferentiable says why an arrow owes no derivative law, or "".
func notDifferentiable(a *category.Arrow) string {
	switch {
	case a.Diagram == nil:
		return "written by hand: the generated tests hold it"
	case a.Endo:
		return "a step of the state"
	case a.Cod.IndexLike():
		return "its result is no number that moves"
	case a.Given.IndexLike() && a.Dom.IndexLike():
		return "nothing in it moves"
	}
	if name := irreversible(a.Diagram); name != "" {
		return fmt.Sprintf("%s has no reverse lines", name)
	}
	return ""
}

// reads reports whether p has inputs or parameters, so that it can owe a reverse
// derivative.
func reads(p *category.PrimDecl) bool { return len(p.Ins)+len(p.Given) > 0 }

// irreversible names an operation that has no reverse derivative, or "".
func irreversible(d *category.Diagram) string {
	for _, n := range d.Nodes {
		switch op := n.Op.(type) {
		case *category.Grad:
			return "grad"
		case *category.Apply:
			if decl := op.Prim.Decl; len(decl.Reverse) == 0 && !decl.IdentityLike() && !decl.Moves() && reads(decl) {
				return decl.Name
			}
		}
		if body := n.Inner(); body != nil {
			if name := irreversible(body); name != "" {
				return name
			}
		}
	}
	return ""
}

// budget bounds the numbers that the interpreter handles in one law: large
// models get fewer cases.
const (
	budget    = 2_000_000
	mostCases = 20
)

func casesFor(d *category.Diagram) int {
	size := 1
	for _, w := range d.Wires {
		size += width(w.Type)
	}
	return min(max(budget/size, 2), mostCases)
}

// width is the number of numbers in a value of t; lists count as empty.
func width(t *category.Type) int {
	return len(eval.Zero(t).Flat())
}
