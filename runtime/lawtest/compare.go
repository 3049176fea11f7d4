package lawtest

import (
	"testing"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Compare is the benchmark of a hand-written function and of what it stands in
// for, the right side of its law, each on one drawn example. Hand runs it
// on objects, as callers do.
func Compare[T kernel.Float](b *testing.B, c Case[T], hand func()) {
	b.Run("hand", func(b *testing.B) {
		defer guard(b)
		b.ReportAllocs()
		for b.Loop() {
			hand()
		}
	})
	b.Run("composed", func(b *testing.B) {
		in, out := rooms[T](c.Args, 1), rooms[T](c.Outs, 1)
		drawAll(rng.New(seed(), "law "+c.Name), c.Args, in, inside)
		b.ReportAllocs()
		for b.Loop() {
			c.Right.Run(in, out)
		}
	})
}
