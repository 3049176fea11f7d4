package check

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// namedSets are the sets that have a name.
var namedSets = map[string]*category.Set{"simplex": {Simplex: true}}

// resolveSet returns the set that s writes, or nil after reporting. It is not
// empty, also when its members are rounded to what compiled code computes in.
func (c *checker) resolveSet(s *syntax.Set) *category.Set {
	switch {
	case s.Name != nil:
		set := namedSets[s.Name.Text]
		if set == nil {
			c.unknown(*s.Name, "set", func() []string { return keys(namedSets) })
		}
		return set
	case s.Finite:
		return c.finiteSet(s)
	}
	low, okLow := c.constant(s.Low)
	high, okHigh := c.constant(s.High)
	if !okLow || !okHigh {
		return nil
	}
	if math.IsInf(low, 0) && !s.OpenLow || math.IsInf(high, 0) && !s.OpenHigh {
		e := c.report(diag.CT0505, s.Span, "infinity belongs to no object, so an end at infinity is open").
			Hint("write `(-inf` and `inf)`")
		e.Propose("open the ends at infinity", openEnds(s, math.IsInf(low, 0), math.IsInf(high, 0))...)
		return nil
	}
	set := &category.Set{Low: low, High: high, OpenLow: s.OpenLow, OpenHigh: s.OpenHigh}
	if emptyInterval(set) {
		e := c.report(diag.CT0505, s.Span, "no number lies in this interval")
		if low > high {
			e.Hint("the lower end comes first")
			if s.OpenLow == s.OpenHigh {
				e.Propose("swap the ends", s.Low.Span.Replace(s.High.Span.Text()), s.High.Span.Replace(s.Low.Span.Text()))
			}
		}
		return nil
	}
	return set
}

// openEnds are the edits that turn closed brackets of s to open ones.
func openEnds(s *syntax.Set, low, high bool) []diag.Edit {
	var edits []diag.Edit
	if low && !s.OpenLow {
		edits = append(edits, diag.Span{Src: s.Span.Src, Start: s.Span.Start, End: s.Span.Start + 1}.Replace("("))
	}
	if high && !s.OpenHigh {
		edits = append(edits, diag.Span{Src: s.Span.Src, Start: s.Span.End - 1, End: s.Span.End}.Replace(")"))
	}
	return edits
}

// emptyInterval reports whether no float32 lies in s.
func emptyInterval(s *category.Set) bool {
	v := float32(max(s.Low, -math.MaxFloat32))
	for i := 0; i < 3 && !(float64(v) > s.Low || float64(v) == s.Low && !s.OpenLow); i++ {
		v = math.Nextafter32(v, float32(math.Inf(1)))
	}
	return !s.Contains(float64(v))
}

func (c *checker) finiteSet(s *syntax.Set) *category.Set {
	set := &category.Set{Finite: true}
	ok := true
	for i, k := range s.Elems {
		v, known := c.constant(k)
		switch {
		case !known:
			ok = false
		case math.IsInf(v, 0):
			c.report(diag.CT0505, k.Span, "infinity belongs to no object")
			ok = false
		case slices.Contains(set.Elems, v):
			between := diag.Span{Src: k.Span.Src, Start: s.Elems[i-1].Span.End, End: k.Span.End}
			c.report(diag.CT0505, k.Span, fmt.Sprintf("%s stands in this set twice", k.Span.Text())).
				Propose("remove the second", between.Replace(""))
			ok = false
		default:
			set.Elems = append(set.Elems, v)
		}
	}
	if !ok {
		return nil
	}
	slices.Sort(set.Elems)
	return set
}

// constant evaluates a literal: a number, a quotient, a dim, or inf, with an
// optional sign. Finite values lie in the range of float32, in which compiled
// code computes. It is false after reporting, or silently where k names a dim
// known to be faulty.
func (c *checker) constant(k syntax.Const) (float64, bool) {
	v, ok := c.magnitude(k)
	if k.Negative {
		v = 0 - v // never -0
	}
	return v, ok
}

func (c *checker) magnitude(k syntax.Const) (float64, bool) {
	if k.Name != nil {
		if k.Name.Text == "inf" {
			return math.Inf(1), true
		}
		if v, faulty, known := c.dimValue(*k.Name); known {
			return float64(v), !faulty
		}
		c.unknown(*k.Name, "dim", func() []string { return append(c.dimNames(), "inf") })
		return 0, false
	}
	v, err := strconv.ParseFloat(k.Number, 64)
	if err == nil && k.Over != "" {
		var by float64
		if by, err = strconv.ParseFloat(k.Over, 64); err == nil && by == 0 {
			c.report(diag.CT0509, k.Span, "division by zero")
			return 0, false
		}
		v /= by
	}
	if err != nil || !(math.Abs(v) <= math.MaxFloat32) {
		c.report(diag.CT0508, k.Span, fmt.Sprintf("this number is too large: at most %.3g, where float32 ends", math.MaxFloat32))
		return 0, false
	}
	return v, true
}
