package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// A constraint is tried until it holds or fails; each try may decide more
// parts for the others.
type constraint struct {
	try    func() unified
	stuck  func()    // reports what is still open when nothing moves any more
	a, b   seq       // of an equation
	c      *checker  // in whose terms it is
	within *instance // the generic arrow in whose body, or nil
}

// attempt tries k, or with it stuck, as part of the use it belongs to.
func (k *constraint) attempt(what func() unified) unified {
	outer := k.c.within
	k.c.within = k.within
	defer func() { k.c.within = outer }()
	return what()
}

// inference is the constraints of one term as the specification sees them in
// which a part of it stands: a generic arrow may be another's.
type inference struct {
	c *checker
	*constraints
}

// constraints are those of one term.
type constraints struct {
	pending []constraint
	holes   []*node // terms still to be written; where there are any, much stays open
	failed  bool
	// lastResort: nothing else will decide an object, so outputs of schemes
	// over carriers become anonymous.
	lastResort bool
	expanded   int // terms in the bodies of generic arrows so far
	// params is P where the term belongs to an endo on P or a state of P: all
	// slots over P are then one.
	params *category.Type
}

func newInference(c *checker) *inference { return &inference{c, &constraints{}} }

func (in *inference) add(try func() unified, stuck func()) {
	in.pending = append(in.pending, constraint{try: try, stuck: stuck, c: in.c, within: in.c.within})
}

// equal requires a = b; mismatch reports a clash.
func (in *inference) equal(a, b seq, mismatch func(), span diag.Span) {
	in.add(func() unified {
		u := unify(a, b)
		if u == clash {
			in.failed = true
			if a.long() || b.long() {
				in.tooLong(span)
			} else {
				mismatch()
			}
		}
		return u
	}, func() { in.open(span, a.String()) })
	k := &in.pending[len(in.pending)-1]
	k.a, k.b = a, b
}

func (in *inference) tooLong(span diag.Span) {
	in.failed = true
	in.c.report(diag.CT1007, span, fmt.Sprintf("here are more than %d objects side by side", maxFactors)).
		Hint("a record or a power `A ^ n` holds many alike")
}

func (in *inference) open(span diag.Span, what string) {
	in.failed = true
	d := in.c.report(diag.CT0303, span, "cannot tell which object stands here").
		Beside("could be anything: " + what)
	if use := in.c.within; use != nil && !use.rigid {
		d.Hint(fmt.Sprintf("say it where `%s` is used, in brackets: %s[…]", use.decl.Name.Text, use.decl.Name.Text))
		return
	}
	d.Hint("name it: id[A], copy[A]")
}

// decided requires that every object in n is known.
func (in *inference) decided(n *node) bool {
	for _, k := range n.kids {
		if !in.decided(k) {
			return false
		}
	}
	if n.dom.long() || n.cod.long() {
		in.tooLong(n.span)
		return false
	}
	if n.dom.known() && n.cod.known() {
		return true
	}
	in.open(n.span, n.dom.String()+" -> "+n.cod.String())
	return false
}

// solve runs the constraints to a fixed point. It reports and returns false
// where one clashes or some stay open. Beside a hole some always may.
func (in *inference) solve() bool {
	in.settle()
	if in.unfinished() {
		in.narrow()
		return !in.failed
	}
	in.lastResort = true
	in.settle()
	if !in.failed && len(in.pending) > 0 {
		in.pending[0].attempt(func() unified { in.pending[0].stuck(); return undecided })
		in.failed = true
	}
	return !in.failed
}

// unfinished reports whether the term has holes, so that it can be checked no
// further than solve goes.
func (in *inference) unfinished() bool { return len(in.holes) > 0 }

// settle runs the constraints until none moves.
func (in *inference) settle() {
	for moved := true; moved && !in.failed; {
		moved = false
		var rest []constraint
		for i, k := range in.pending {
			switch k.attempt(k.try) {
			case undecided:
				rest = append(rest, k)
			case clash:
				in.failed = true
				moved = true
			default:
				moved = true
			}
			if in.failed {
				rest = append(rest, in.pending[i+1:]...)
				break
			}
		}
		in.pending = rest
	}
}

// tangentOf relates g = tangent p. Either may be known first.
func tangentOf(g, p *part) unified {
	g, p = g.find(), p.find()
	if p.known != nil {
		t := category.NewTangent(p.known)
		return unify(seq{g}, of(t))
	}
	if g.known != nil {
		if g.known.Kind != category.Tangent {
			return clash
		}
		return unify(seq{p}, of(g.known.Elem))
	}
	return undecided
}
