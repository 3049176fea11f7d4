package check

import (
	"fmt"
	"math"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// where evaluates the computed dimensions whose parts are known.
func (s *solver) where(moved *bool) *misfit {
	for _, w := range s.decl.Where {
		if s.dynamic(w.Name) {
			continue
		}
		v, ok := category.ComputeDim(w.Value, s.dims, s.segs)
		if !ok {
			continue
		}
		if v != math.Trunc(v) || v < 1 || v > maxDim {
			return s.noDimension(w, v)
		}
		if s.decl.Segments[w.Name] {
			if bad := s.sameSize(w.Name, int(v)); bad != nil {
				return bad
			}
			continue
		}
		was, known := s.dims[w.Name]
		if known && was != int(v) {
			bad := s.blame(origin{}, "%s is %d and is computed to be %g", w.Name, was, v)
			if b := s.decider(w.Name); b != nil {
				bad = s.blame(b.side, "%s is %d in %s, and it is computed to be %g", w.Name, was, described(b.typ), v)
			}
			return bad
		}
		if !known {
			s.setDim(w.Name, int(v))
			*moved = true
		}
	}
	return nil
}

// sameSize requires that the axes of a segment, where they are known, hold n
// elements.
func (s *solver) sameSize(segment string, n int) *misfit {
	seg, known := s.segs[segment]
	if !known {
		return nil
	}
	has := 1
	for _, d := range seg {
		has *= d
	}
	if has == n {
		return nil
	}
	b := s.decider(segment)
	other := s.decl.Ins[0].Name
	if b.side.In {
		other = s.decl.Outs[0].Name
	}
	return b.label(s.blame(b.side, "%s holds %d numbers, and %s has %d", described(b.typ), has, other, n), shapeText(b.dims))
}

// noDimension blames the objects that a computed dimension comes from.
func (s *solver) noDimension(w category.DimRule, v float64) *misfit {
	from, side := "", origin{}
	var brackets []*bracket
	seen := map[string]bool{}
	category.Walk(w.Value, func(e category.Expr) {
		d, ok := e.(*category.Dimension)
		if !ok || seen[d.Var] {
			return
		}
		seen[d.Var] = true
		n, _ := category.ComputeDim(d, s.dims, s.segs)
		from += fmt.Sprintf(", %s is %g", d.Var, n)
		if b := s.decider(d.Var); b != nil {
			if from += " in " + described(b.typ); side == (origin{}) {
				side = b.side
			}
			brackets = append(brackets, b)
		}
	})
	bad := s.blame(side, "`%s` would be %g, which is no dimension: %s", w.Span.Text(), v, strings.TrimPrefix(from, ", "))
	bad.Code = diag.CT0402
	for _, b := range brackets {
		bad = b.label(bad, shapeText(b.dims))
	}
	return bad
}

// fitIndices requires that computed indices stay inside their tensors, and
// that those of padded elements divide by no zero.
func (s *solver) fitIndices(prim *category.Prim) *misfit {
	for _, lines := range [][]category.Equation{s.decl.Means, s.decl.Reverse} {
		for i := range lines {
			env := newRanges(prim)
			env.line = &lines[i]
			var bad *misfit
			category.Walk(lines[i].Expr, func(e category.Expr) {
				el, ok := e.(*category.Element)
				if !ok || bad != nil {
					return
				}
				if el.Padded {
					bad = s.divides(env, el)
					return
				}
				if el.Padded {
					bad = s.divides(env, el)
					return
				}
				shape := shapeOf(s.decl, el.Name)
				for j, ix := range el.Index {
					switch ix.(type) {
					case *category.Index, *category.Element:
						continue
					}
					if env.dynamic(shape[j]) {
						continue // whoever runs it looks
					}
					if bad = s.negativeQuotient(env, el, ix); bad != nil {
						return
					}
					r := env.of(ix)
					n := env.extent(shape[j])
					if !(r.Low >= 0 && r.High <= float64(n-1)) {
						bad = s.blame(origin{}, "an index of %s runs from %g to %g, and the tensor has 0 to %d there", el.Name, r.Low, r.High, n-1)
						bad.Code = diag.CT0802
					}
				}
			})
			if bad != nil {
				return bad
			}
		}
	}
	return nil
}

// negativeQuotient reports where an index rounds down the quotient of what may
// be negative: quotients of whole numbers would differ in rounding.
func (s *solver) negativeQuotient(env *ranges, el *category.Element, ix category.Expr) (bad *misfit) {
	category.Walk(ix, func(e category.Expr) {
		f, ok := e.(*category.Func)
		if !ok {
			return
		}
		if a, _ := category.WholeQuotient(f); a != nil {
			if low := env.of(a).Low; low < 0 {
				bad = s.blame(origin{}, "an index of %s divides numbers from %g on, and only those from 0 on are divided", el.Name, low)
				bad.Code = diag.CT0802
			}
		}
	})
	return bad
}

// divides requires that the divisors in a padded element's indices are at
// least 1.
func (s *solver) divides(env *ranges, el *category.Element) (bad *misfit) {
	for _, ix := range el.Index {
		if bad = s.negativeQuotient(env, el, ix); bad != nil {
			return bad
		}
		category.Walk(ix, func(e category.Expr) {
			q, ok := e.(*category.Binary)
			if !ok || q.Op != "/" {
				return
			}
			if r := env.of(q.R); !(r.Low >= 1) {
				bad = s.blame(origin{}, "an index of %s is divided by what may be %g, and a divisor is at least 1", el.Name, r.Low)
				bad.Code = diag.CT0802
			}
		})
	}
	return bad
}

// shapeOf returns the shape of a tensor that a line reads.
func shapeOf(d *category.PrimDecl, name string) []category.DimTerm {
	for _, n := range []string{name, name[1:]} {
		for _, ports := range [][]category.Port{d.Ins, d.Given, d.Outs} {
			if p := findPort(ports, n); p != nil {
				return p.Shape
			}
		}
		if l := d.Local(n); l != nil {
			return l.Shape
		}
		if name[0] != 'd' {
			break
		}
	}
	return nil
}

// fitSets requires that the objects' sets and the scheme's agree: what an
// input may hold, the primitive takes; what it gives, the output may hold.
func fitSets(prim *category.Prim, brackets []*bracket) *misfit {
	s := &solver{decl: prim.Decl}
	ranges := newRanges(prim)
	for _, b := range brackets {
		if b.port.Kind != category.Real || b.side.Out {
			continue
		}
		set := b.set
		if !set.Within(b.port.Set) {
			bad := s.blame(b.side, "%s holds %s, and %s takes %s", described(b.typ), setText(set), b.port.Name, b.port.Set)
			bad.Code, bad.Has, bad.Want = diag.CT0501, set, b.port.Set
			return b.label(bad, "holds "+setText(set))
		}
		ranges.learn(b.port.Name, set)
	}
	if !prim.Decl.Std {
		return nil // a user's own lines promise what their signature says
	}
	for _, b := range brackets {
		if b.port.Kind != category.Real || !b.side.Out {
			continue
		}
		gives, takes := ranges.port(b.port.Name), b.set
		if !gives.Within(takes) {
			bad := s.blame(b.side, "it gives %s, and %s holds %s", setText(gives), described(b.typ), takes)
			bad.Code, bad.Want = diag.CT0502, takes
			if len(prim.Decl.Ins) == 1 {
				bad.Has = ranges.known[prim.Decl.Ins[0].Name]
			}
			return b.label(bad, "holds "+takes.String())
		}
	}
	return nil
}

// setText says which numbers a set holds.
func setText(s *category.Set) string {
	if s == nil {
		return "any number"
	}
	return "numbers in " + s.String()
}
