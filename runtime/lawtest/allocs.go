package lawtest

import "testing"

// NoAllocs checks that f allocates nothing once it has run.
func NoAllocs(t testing.TB, f func()) {
	t.Helper()
	defer guard(t)
	f()
	if n := testing.AllocsPerRun(10, f); n != 0 {
		t.Errorf("%v allocations per run, want none", n)
	}
}

// NoAllocsPooled is NoAllocs for what works in pooled memory. The race
// detector makes pools forget at random, so under it there is nothing to check.
func NoAllocsPooled(t testing.TB, f func()) {
	t.Helper()
	if !race {
		NoAllocs(t, f)
	}
}
