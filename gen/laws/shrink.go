package laws

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/runtime/lawtest/simpler"
)

// triesOfShrink bounds how often a law is run to make a counterexample
// smaller.
const triesOfShrink = 4000

// shrink makes a counterexample as simple as it gets while it stays one:
// shorter lists, and numbers that are 0, 1, -1, whole, or have fewer digits.
// It never leaves the objects' sets.
func (s *sides) shrink(p point, within float64) point {
	tries := triesOfShrink
	fails := func(q point) bool {
		tries--
		gap, err := s.gap(q)
		return err == nil && gap > within
	}
	for better := true; better && tries > 0; {
		better = false
		d := s.whole()
		for i, w := range d.Ins {
			better = s.smaller(&p, d.TypeOf(w), func(q *point) *eval.Value { return &q.in[i] }, fails, &tries) || better
		}
		if d.Given != category.NoWire {
			better = s.smaller(&p, d.TypeOf(d.Given), func(q *point) *eval.Value { return &q.given }, fails, &tries) || better
		}
	}
	return p
}

// smaller tries one simplification after another of the value at a place of p
// and keeps those under which the law still fails.
func (s *sides) smaller(p *point, t *category.Type, at func(*point) *eval.Value, fails func(point) bool, tries *int) bool {
	attempt := func(change func(*eval.Value)) bool {
		if *tries <= 0 {
			return false
		}
		q := p.clone()
		change(at(&q))
		if !fails(q) {
			return false
		}
		*p = q
		return true
	}
	better := false
	c := t.Carrier()
	v := at(p)
	if c.Kind == category.List {
		for i := len(v.Parts) - 1; i >= 0; i-- {
			better = attempt(func(v *eval.Value) { v.Parts = append(v.Parts[:i:i], v.Parts[i+1:]...) }) || better
		}
		v = at(p)
	}
	if c.Kind == category.Option && v.Form == eval.Parts {
		better = attempt(func(v *eval.Value) { *v = eval.Zero(t) }) || better
		v = at(p)
	}
	if types := componentsOf(c, len(v.Parts)); types != nil {
		for i, ct := range types {
			better = s.smaller(p, ct, func(q *point) *eval.Value { return &at(q).Parts[i] }, fails, tries) || better
		}
		return better
	}
	set := t.RefinedSet()
	if set != nil && set.Simplex {
		return better
	}
	for i := range v.Data {
		for _, x := range proposals(at(p).Data[i], c.Kind) {
			if set.Contains(x) && attempt(func(v *eval.Value) { v.Data[i] = x }) {
				better = true
				break
			}
		}
	}
	return better
}

func proposals(v float64, kind category.Kind) []float64 {
	if kind == category.Real {
		return simpler.Reals(v)
	}
	var out []float64
	for _, x := range simpler.Wholes(int64(v)) {
		out = append(out, float64(x))
	}
	return out
}
