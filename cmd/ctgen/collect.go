package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// A command lives for a moment: memory that is never collected costs it
// nothing, until there is a lot of it.
const (
	uncollected = 256 << 20 // bytes of heap before the first collection
	collectAt   = 100       // percent that the heap may grow from then on
)

// collectLate puts the first garbage collection off, unless the environment
// says how to collect.
func collectLate() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(uncollected)
	// The first collection finds this unreachable: from then on the heap is
	// larger than the limit, or will be, and grows as usual.
	runtime.AddCleanup(new([16]byte), func(int) {
		debug.SetGCPercent(collectAt)
		debug.SetMemoryLimit(1<<63 - 1)
	}, 0)
}
