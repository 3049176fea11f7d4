package lawtest

import (
	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/kernel"
	"github.com/ctgen-lang/ctgen/runtime/lawtest/simpler"
)

// triesOfShrink bounds how often a law is run to make a counterexample
// smaller.
const triesOfShrink = 3000

// shrink makes a point at which fails holds as simple as it gets while fails
// holds, and never leaves the sets of the tensors.
func shrink[T kernel.Float](ts []Tensor, at []Values[T], fails func([]Values[T]) bool) []Values[T] {
	tries := triesOfShrink
	attempt := func(change func([]Values[T])) bool {
		if tries == 0 {
			return false
		}
		tries--
		next := clonePoint(at)
		change(next)
		if !fails(next) {
			return false
		}
		at = next
		return true
	}
	for better := true; better && tries > 0; {
		better = false
		for i := range ts {
			if _, simplex := ts[i].Set.(runtime.Simplex); simplex {
				continue
			}
			for j := range at[i].Real {
				for _, x := range simpler.Reals(float64(at[i].Real[j])) {
					if contains(ts[i].Set, x) && attempt(func(p []Values[T]) { p[i].Real[j] = T(float32(x)) }) {
						better = true
						break
					}
				}
			}
			for j := range at[i].Fin {
				for _, x := range simpler.Wholes(int64(at[i].Fin[j])) {
					if attempt(func(p []Values[T]) { p[i].Fin[j] = int32(x) }) {
						better = true
						break
					}
				}
			}
			for j := range at[i].Int {
				for _, x := range simpler.Wholes(at[i].Int[j]) {
					if attempt(func(p []Values[T]) { p[i].Int[j] = x }) {
						better = true
						break
					}
				}
			}
			for j := range at[i].Bool {
				if at[i].Bool[j] && attempt(func(p []Values[T]) { p[i].Bool[j] = false }) {
					better = true
				}
			}
		}
	}
	return at
}

// contains reports whether float32(x) lies in a set; nil is all reals.
func contains(set runtime.Set, x float64) bool {
	return set == nil || set.Contains(float64(float32(x)))
}
