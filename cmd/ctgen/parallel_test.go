package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestInParallel requires that every number is called once, by few at a time,
// and that the lowest failure is the one reported, whoever comes first.
func TestInParallel(t *testing.T) {
	const n = 200
	var calls [n]atomic.Int32
	var busy, most atomic.Int64
	require.NoError(t, inParallel(n, func(i int) error {
		now := busy.Add(1)
		defer busy.Add(-1)
		for was := most.Load(); now > was && !most.CompareAndSwap(was, now); was = most.Load() {
		}
		calls[i].Add(1)
		return nil
	}))
	for i := range calls {
		require.EqualValues(t, 1, calls[i].Load(), i)
	}
	require.LessOrEqual(t, most.Load(), int64(runtime.GOMAXPROCS(0)))

	for range 50 {
		late := make(chan bool)
		err := inParallel(n, func(i int) error {
			switch i {
			case 0: // fails last, where somebody else can fail meanwhile
				if runtime.GOMAXPROCS(0) > 1 {
					<-late
				}
				return errors.New("number 0")
			case 1:
				defer close(late)
			}
			return fmt.Errorf("number %d", i)
		})
		require.EqualError(t, err, "number 0")
	}
	require.NoError(t, inParallel(0, func(int) error { return errors.New("called") }))
}
