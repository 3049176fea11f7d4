package runtime_test

import (
	goruntime "runtime"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

// processorTime is what this process has used.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	require.NoError(t, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Helpers poll for a moment after a job and then cost nothing: a second of
// idleness takes less than a hundredth of one processor.
func TestIdleHelpersSleep(t *testing.T) {
	trainer, err := runtime.NewTrainer(new(int), 1, runtime.Threads(goruntime.GOMAXPROCS(0)))
	require.NoError(t, err)
	trainer.Do(newChain(100, 10))
	time.Sleep(100 * time.Millisecond)
	before := processorTime(t)
	time.Sleep(time.Second)
	require.Less(t, processorTime(t)-before, 10*time.Millisecond)
	c, alone := newChain(100, 10), newChain(100, 10)
	trainer.Do(c) // awake again
	alone.Run(runtime.Alone())
	require.Equal(t, alone.cells, c.cells)
}
