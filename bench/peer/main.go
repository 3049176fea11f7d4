// Command peer runs one workload by generated code or by hand-written scalar
// Go, and prints the line of results that peers/c/bench.h describes:
//
//	peer NAME ctgen|scalar WORKLOAD THREADS
//
// NAME is what the line calls it.
package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/ctgen-lang/ctgen/bench/ours"
	"github.com/ctgen-lang/ctgen/bench/scalar"
	"github.com/ctgen-lang/ctgen/bench/workload"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "peer:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 4 {
		return fmt.Errorf("usage: peer NAME ctgen|scalar WORKLOAD THREADS")
	}
	name, kind := args[0], args[1]
	w, err := workload.Named(args[2])
	if err != nil {
		return err
	}
	threads, err := strconv.Atoi(args[3])
	if err != nil {
		return err
	}
	var r workload.Runner
	switch kind {
	case "ctgen":
		r, err = ours.Open(w)
	case "scalar":
		r = scalar.Open(w)
	default:
		err = fmt.Errorf("there is no peer %q", kind)
	}
	if err != nil {
		return err
	}
	check := w.Check(r)
	median, minimum := measure(r.Call)
	steps := float64(w.Steps)
	fmt.Printf("RES %s %s %d %.2f %.2f %.7g\n", name, w.Name, threads, median/steps, minimum/steps, check)
	return nil
}

// measure times call(0), call(1), ... in repetitions of about 2 ms and returns
// the median and the minimum, in nanoseconds per call.
func measure(call func(int) float64) (median, minimum float64) {
	i, start := 0, time.Now()
	for time.Since(start) < 100*time.Millisecond {
		call(i)
		i++
	}
	calls := max(1, int(2*time.Millisecond/(time.Since(start)/time.Duration(i)+1)))
	seen := make([]float64, 151)
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
