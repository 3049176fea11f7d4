package vet

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// A squashing arrow into its loss (sigmoid into binary cross entropy, softmax
// into cross entropy) is finite for every score only when the two are one
// operation. Std says so by a law without parameters, which planners apply
// wherever the loss reads what the arrow gives, through calls and identities.
// It does not apply where something stands between the two.
//
// losses warns of that in what is differentiated, since it is the gradient
// that overflows or vanishes. It follows values through arrows with one input.
func (v *vetter) losses() {
	l := &lossFinder{vetter: v, pairs: map[*category.PrimDecl]pair{}, known: map[*category.Diagram]*summary{}}
	for _, r := range v.Category.Rewrites {
		l.learn(r)
	}
	for _, d := range differentiated(v.Category) {
		l.check(d)
	}
}

// pair is a loss with the arrow that must stand directly before its input at.
type pair struct {
	squash *category.PrimDecl
	at     int
}

type lossFinder struct {
	*vetter
	pairs map[*category.PrimDecl]pair // by the loss
	known map[*category.Diagram]*summary
}

// learn takes the pair from a law of std that is there for the sake of its
// numbers: it moves no parameters and joins two primitives.
func (l *lossFinder) learn(r *category.Rewrite) {
	if r == nil || r.Left == nil || len(r.Left.Nodes) != 2 || r.Left.Given != category.NoWire {
		return
	}
	squash, loss := r.Left.Nodes[0], r.Left.Nodes[1]
	s, isPrim := squash.Op.(*category.Apply)
	o, isToo := loss.Op.(*category.Apply)
	if !isPrim || !isToo {
		return
	}
	if at := slices.Index(loss.In, squash.Out[0]); at >= 0 {
		l.pairs[o.Prim.Decl] = pair{s.Prim.Decl, at}
	}
}

// origin is where a value comes from: the input of its diagram at in, or the
// squashing arrow, and what it went through since.
type origin struct {
	in      int // -1: none
	squash  *category.PrimDecl
	through *diag.Label // the last arrow between, if any
}

var nowhere = origin{in: -1}

// wanted is a loss that reads an input of its diagram.
type wanted struct {
	loss    *category.PrimDecl
	span    diag.Span
	in      int
	through *diag.Label
}

// summary is what callers must know of a diagram.
type summary struct {
	outs []origin
	want []wanted
}

// wants adds w unless the same is known: calls of calls would count it again.
func (s *summary) wants(w wanted) {
	for _, known := range s.want {
		if known.loss == w.loss && known.in == w.in && (known.through == nil) == (w.through == nil) {
			return
		}
	}
	s.want = append(s.want, w)
}

// check warns of the losses in d that its own wires lead to.
func (l *lossFinder) check(d *category.Diagram) {
	l.walk(d, func(loss *category.PrimDecl, span diag.Span, from origin, through *diag.Label) {
		if from.through != nil {
			through = from.through
		}
		if from.squash != l.pairs[loss].squash || through == nil {
			return
		}
		v := l.warn(diag.CT1105, span, fmt.Sprintf("this %s does not read the %s directly, so the two are not computed as one and gradients may overflow or vanish", loss.Name, from.squash.Name))
		if through.Span.Known() {
			v.Label(through.Span, through.Message)
		}
		v.Hint(fmt.Sprintf("let the loss read what %s gives, or take the loss of the scores themselves", from.squash.Name))
	})
}

// summarize follows the wires of d.
func (l *lossFinder) summarize(d *category.Diagram) *summary {
	if s := l.known[d]; s != nil {
		return s
	}
	s := &summary{}
	l.known[d] = s
	wires := l.walk(d, func(loss *category.PrimDecl, span diag.Span, from origin, through *diag.Label) {
		if from.squash == nil && from.in >= 0 {
			if from.through != nil {
				through = from.through
			}
			s.wants(wanted{loss, span, from.in, through})
		}
	})
	for _, w := range d.Outs {
		s.outs = append(s.outs, wires[w])
	}
	return s
}

// walk follows the wires of d forward and calls found with every loss and
// where what it reads comes from.
func (l *lossFinder) walk(d *category.Diagram, found func(*category.PrimDecl, diag.Span, origin, *diag.Label)) []origin {
	wires := make([]origin, len(d.Wires))
	for i := range wires {
		wires[i] = nowhere
	}
	for i, w := range d.Ins {
		wires[w] = origin{in: i}
	}
	for _, n := range d.Nodes {
		switch op := n.Op.(type) {
		case *category.Apply:
			decl := op.Prim.Decl
			if p, isLoss := l.pairs[decl]; isLoss {
				found(decl, n.Span, wires[n.In[p.at]], nil)
			}
			switch {
			case l.squashes(decl):
				wires[n.Out[0]] = origin{in: -1, squash: decl}
			case decl.IdentityLike():
				wires[n.Out[0]] = wires[n.In[0]]
			default:
				l.between(n, wires, decl.Name)
			}
		case *category.Call:
			if op.Arrow.Diagram == nil {
				l.between(n, wires, op.Arrow.Name)
				continue
			}
			inner := l.summarize(op.Arrow.Diagram)
			for _, w := range inner.want {
				found(w.loss, n.Span, wires[n.In[w.in]], w.through)
			}
			for i, o := range inner.outs {
				if o.in >= 0 {
					changed := o.through != nil
					o = wires[n.In[o.in]]
					if changed {
						o.through = standsBetween(n, op.Arrow.Name)
					}
				}
				wires[n.Out[i]] = o
			}
		}
	}
	return wires
}

// between is an arrow that makes another value of the one it takes.
func (l *lossFinder) between(n *category.Node, wires []origin, name string) {
	if len(n.In) != 1 || len(n.Out) != 1 {
		return
	}
	o := wires[n.In[0]]
	if o.in < 0 && o.squash == nil {
		return
	}
	o.through = standsBetween(n, name)
	wires[n.Out[0]] = o
}

func standsBetween(n *category.Node, name string) *diag.Label {
	return &diag.Label{Span: n.Span, Message: "`" + name + "` stands between"}
}

func (l *lossFinder) squashes(decl *category.PrimDecl) bool {
	for _, p := range l.pairs {
		if p.squash == decl {
			return true
		}
	}
	return false
}

// differentiated returns the bodies of all gradients and what they call.
func differentiated(cat *category.Category) []*category.Diagram {
	var all []*category.Diagram
	seen := map[*category.Diagram]bool{}
	var visit func(d *category.Diagram, under bool)
	visit = func(d *category.Diagram, under bool) {
		if d == nil || seen[d] {
			return
		}
		if under {
			seen[d] = true
			all = append(all, d)
		}
		for _, n := range d.Nodes {
			switch op := n.Op.(type) {
			case *category.Grad:
				visit(op.Body, true)
			case *category.Call:
				if under {
					visit(op.Arrow.Diagram, true)
				}
			case *category.Map:
				visit(op.Body, under)
			case *category.Repeat:
				visit(op.Body, under)
			}
		}
	}
	for _, a := range cat.Arrows {
		visit(a.Diagram, false)
	}
	return all
}
