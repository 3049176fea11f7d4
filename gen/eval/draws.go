package eval

import (
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// uniform is the random number of an element of an example, for a key: that of
// package rng, computed here once more.
func uniform(key int64, example, element int) float64 {
	k := mix(mix(uint64(key)) ^ uint64(example))
	x := scramble(uint32(element)*0x9e3779b9 + uint32(k))
	return math.Ldexp(float64(scramble(x^uint32(k>>32))>>8), -24)
}

// mix is the finaliser of SplitMix64 (Steele, Lea, Flood, 2014).
func mix(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// scramble is C. Wellons's hash of 32 bits (2018).
func scramble(x uint32) uint32 {
	for _, round := range [...]struct{ shift, by uint32 }{{16, 0x7feb352d}, {15, 0x846ca68b}, {16, 1}} {
		x = (x ^ x>>round.shift) * round.by
	}
	return x
}

// advance returns the state after a step with what training moves on by itself
// moved on: the leaves of its parameters that some arrow counts in.
func advance(d *category.Diagram, state Value) Value {
	t := d.TypeOf(d.State)
	_, root := rootOf(t)
	u := uses{}
	u.visit(d, make([]*origin, len(d.Ins)), root)
	moved := false
	for _, q := range u {
		moved = moved || q.next != nil
	}
	if !moved {
		return state
	}
	state = state.Clone()
	u.advance(&state, t, root)
	return state
}

func (u uses) advance(v *Value, t *category.Type, o *origin) {
	c := t.Carrier()
	switch c.Kind {
	case category.Record:
		for i, f := range c.Fields {
			u.advance(&v.Parts[i], f.Type, o.part(i, f.Name))
		}
	case category.Power:
		for i := range v.Parts {
			u.advance(&v.Parts[i], c.Elem, o)
		}
	case category.Int:
		if o == nil || o.parts != nil || u[o.path] == nil || u[o.path].next == nil {
			return
		}
		for i, x := range v.Data {
			v.Data[i] = whole(u[o.path].next.Expr, x)
		}
	}
}

// whole computes a line over one whole number.
func whole(e category.Expr, x float64) float64 {
	switch e := e.(type) {
	case *category.Number:
		return e.Value
	case *category.Element:
		return x
	case *category.Unary:
		return -whole(e.X, x)
	case *category.Binary:
		return binary(e.Op, func(*machine) float64 { return whole(e.L, x) }, func(*machine) float64 { return whole(e.R, x) })(nil)
	}
	panic("eval: a line over whole numbers of no kind")
}
