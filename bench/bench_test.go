package bench_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/bench/ours"
	"github.com/ctgen-lang/ctgen/bench/scalar"
	"github.com/ctgen-lang/ctgen/bench/workload"
)

// TestTheSameWork holds generated code against loops written by hand: one pass
// over a workload's data from the same first parameters has the same loss.
func TestTheSameWork(t *testing.T) {
	for _, w := range workload.All() {
		t.Run(w.Name, func(t *testing.T) {
			r, err := ours.Open(w, 1)
			require.NoError(t, err)
			require.InEpsilon(t, w.Check(scalar.Open(w)), w.Check(r), 1e-4)
		})
	}
}

// BenchmarkWorkload times calls of generated code. ns/op is a call; ns/step and
// GFLOP/s are of its steps, and of their matrix products only.
func BenchmarkWorkload(b *testing.B) {
	for _, w := range workload.All() {
		b.Run(w.Name, func(b *testing.B) {
			r, err := ours.Open(w, 1)
			require.NoError(b, err)
			w.Check(r)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				r.Call(i)
				i++
			}
			steps := float64(b.N) * float64(w.Steps)
			ns := float64(b.Elapsed().Nanoseconds()) / steps
			b.ReportMetric(ns, "ns/step")
			b.ReportMetric(w.FLOPs()/ns, "GFLOP/s")
		})
	}
}
