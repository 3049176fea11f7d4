package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// A command lives for a moment: memory that is never collected costs it
// nothing, until there is a lot of it.
const (
	uncollected = 256 << 20 // bytes before the first collection
	collectAt   = 400       // percent that the heap may grow from then on
	enough      = 640 << 20 // bytes above which it is collected more often
)

// collectLate puts the first garbage collection off, unless the environment
// says how to collect.
func collectLate() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(uncollected)
	// The first collection finds this unreachable.
	runtime.AddCleanup(new([16]byte), func(int) {
		debug.SetGCPercent(collectAt)
		debug.SetMemoryLimit(enough)
	}, 0)
}
