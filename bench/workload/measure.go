package workload

import (
	"fmt"
	"slices"
	"time"
)

// Report times calls and prints the line of results that every peer prints,
//
//	RES peer workload threads median minimum check
//
// in nanoseconds per step. Calls are timed in repetitions of about 2 ms; median
// and minimum are over these.
func (w Workload) Report(peer string, threads int, call func(i int) float64, check float64) {
	median, minimum := measure(call)
	steps := float64(w.Steps)
	fmt.Printf("RES %s %s %d %.2f %.2f %.7g\n", peer, w.Name, threads, median/steps, minimum/steps, check)
}

func measure(call func(int) float64) (median, minimum float64) {
	i, start := 0, time.Now()
	for time.Since(start) < 100*time.Millisecond {
		call(i)
		i++
	}
	each := time.Since(start) / time.Duration(i)
	calls := max(1, int(2*time.Millisecond/(each+1)))
	seen := make([]float64, min(151, max(15, int(2*time.Second/(each+1))/calls)))
	for r := range seen {
		start = time.Now()
		for range calls {
			call(i)
			i++
		}
		seen[r] = float64(time.Since(start)) / float64(calls)
	}
	slices.Sort(seen)
	return seen[len(seen)/2], seen[0]
}
