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

// moveOn computes what a step of training moves on, where n is part of one.
func (f *frame) moveOn(n *category.Node, p *program, m *machine) {
	if len(p.nexts) == 0 {
		return
	}
	p.run(m, p.nexts)
	d := p.prim.Decl
	for i, part := range givenParts(d, f.env[n.Given], f.d.TypeOf(n.Given)) {
		if next := p.next(m, d.Given[i].Name); next != nil && len(part.Data) > 0 {
			f.moved[&part.Data[0]] = next
		}
	}
}

// advance returns the state after a step with what training moves on by itself
// moved on: the leaves that some arrow counts in, or keeps its statistics in.
func (f *frame) advance(state Value) Value {
	if len(f.moved) == 0 {
		return state
	}
	state = state.Clone()
	f.replace(&state, f.env[f.d.State])
	return state
}

func (f *frame) replace(v *Value, old Value) {
	if len(old.Data) > 0 && len(v.Data) == len(old.Data) {
		if next := f.moved[&old.Data[0]]; next != nil {
			copy(v.Data, next)
		}
	}
	for i := range old.Parts {
		if i < len(v.Parts) {
			f.replace(&v.Parts[i], old.Parts[i])
		}
	}
}
