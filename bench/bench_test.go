package bench_test

import (
	"fmt"
	"runtime"
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

// BenchmarkWorkload times calls of generated code on one thread.
func BenchmarkWorkload(b *testing.B) {
	for _, w := range workload.All() {
		b.Run(w.Name, func(b *testing.B) { benchmark(b, w, 1) })
	}
}

// BenchmarkThreads times the largest model's steps on more threads.
func BenchmarkThreads(b *testing.B) {
	for _, name := range []string{"W3_sgd", "W3_adam"} {
		w, err := workload.Named(name)
		require.NoError(b, err)
		for threads := 1; threads <= runtime.GOMAXPROCS(0); threads *= 2 {
			b.Run(fmt.Sprintf("%s/%d", name, threads), func(b *testing.B) { benchmark(b, w, threads) })
		}
	}
}

// benchmark reports a call as ns/op; ns/step and GFLOP/s are of its steps, and
// of their matrix products only.
func benchmark(b *testing.B, w workload.Workload, threads int) {
	r, err := ours.Open(w, threads)
	require.NoError(b, err)
	w.Check(r)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r.Call(i)
		i++
	}
	ns := float64(b.Elapsed().Nanoseconds()) / float64(b.N*w.Steps)
	b.ReportMetric(ns, "ns/step")
	b.ReportMetric(w.FLOPs()/ns, "GFLOP/s")
}
