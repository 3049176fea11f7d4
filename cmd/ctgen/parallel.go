package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel calls f for 0 to n-1, on as many goroutines as there are
// processors. It returns the error of the lowest number that fails, so that
// the outcome does not depend on who was first; numbers above that one may
// not be called at all.
func inParallel(n int, f func(i int) error) error {
	errs := make([]error, n)
	var next, failed atomic.Int64
	failed.Store(int64(n))
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for {
				i := next.Add(1) - 1
				if i >= failed.Load() { // a number below i has failed, or there is none left
					return
				}
				if errs[i] = f(int(i)); errs[i] != nil {
					lower(&failed, i)
				}
			}
		})
	}
	all.Wait()
	if at := failed.Load(); at < int64(n) {
		return errs[at]
	}
	return nil
}

// lower stores i in v unless v holds less already.
func lower(v *atomic.Int64, i int64) {
	for was := v.Load(); i < was && !v.CompareAndSwap(was, i); was = v.Load() {
	}
}
