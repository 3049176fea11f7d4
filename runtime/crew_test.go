package runtime_test

import (
	"math/rand/v2"
	goruntime "runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

// chain is a job in rounds: each worker adds to its cells what all cells were
// one round before, so a worker that runs ahead or lags behind shows.
type chain struct {
	cells  [2][]int
	rounds int
}

func (c *chain) Run(w *runtime.Worker) {
	n := len(c.cells[0])
	from, to := w.Share(n)
	for r := range c.rounds {
		old, next := c.cells[r%2], c.cells[1-r%2]
		sum := 0
		for _, v := range old {
			sum += v
		}
		for i := from; i < to; i++ {
			next[i] = old[i] + sum%7 + i
		}
		w.Wait()
	}
}

func newChain(n, rounds int) *chain {
	return &chain{cells: [2][]int{make([]int, n), make([]int, n)}, rounds: rounds}
}

func TestSharesCoverEverythingOnce(t *testing.T) {
	trainer, err := runtime.NewTrainer(new(int), 1, runtime.Threads(4))
	require.NoError(t, err)
	for _, n := range []int{0, 1, 2, 3, 5, 64, 1001} {
		var mu sync.Mutex
		seen := make([]int, n)
		trainer.Do(job(func(w *runtime.Worker) {
			from, to := w.Share(n)
			mu.Lock()
			defer mu.Unlock()
			for i := from; i < to; i++ {
				seen[i]++
			}
		}))
		for i, k := range seen {
			require.Equal(t, 1, k, "%d of %d", i, n)
		}
		clear(seen)
		runtime.RunOn(3, job(func(w *runtime.Worker) {
			from, to := w.Columns(n)
			mu.Lock()
			defer mu.Unlock()
			require.LessOrEqual(t, from, to)
			require.True(t, from%16 == 0 || from == n, "columns %d to %d of %d", from, to, n)
			for i := from; i < to; i++ {
				seen[i]++
			}
		}))
		for i, k := range seen {
			require.Equal(t, 1, k, "column %d of %d", i, n)
		}
	}
}

type job func(w *runtime.Worker)

func (f job) Run(w *runtime.Worker) { f(w) }

func TestWorkersWaitForEachOther(t *testing.T) {
	trainer, err := runtime.NewTrainer(new(int), 1, runtime.Threads(goruntime.GOMAXPROCS(0)))
	require.NoError(t, err)
	for n := range 20 {
		alone, shared := newChain(n, 50), newChain(n, 50)
		alone.Run(runtime.Alone())
		trainer.Do(shared)
		require.Equal(t, alone.cells, shared.cells)
	}
}

// Many trainers at once finish and are right: none waits for helpers that
// another one holds.
func TestManyTrainersShareTheCrew(t *testing.T) {
	want := newChain(33, 20)
	want.Run(runtime.Alone())
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			trainer, err := runtime.NewTrainer(new(int), 1, runtime.Threads(1+rand.IntN(4)))
			if err != nil {
				t.Error(err)
				return
			}
			for range 20 {
				c := newChain(33, 20)
				trainer.Do(c)
				if len(c.cells[0]) > 0 && c.cells[0][32] != want.cells[0][32] {
					t.Error("a shared job gave another result")
					return
				}
			}
		})
	}
	wg.Wait()
}

// A worker's panic reaches the caller, wherever it happens, and the trainer
// goes on.
func TestPanicsReachTheCaller(t *testing.T) {
	trainer, err := runtime.NewTrainer(new(int), 1, runtime.Threads(2))
	require.NoError(t, err)
	for first := range 2 {
		for range 3 {
			require.PanicsWithValue(t, "class 12 of 10", func() {
				trainer.Do(job(func(w *runtime.Worker) {
					if w.First() == (first == 0) || goruntime.GOMAXPROCS(0) == 1 {
						panic("class 12 of 10")
					}
					w.Wait()
				}))
			})
			c := newChain(9, 9)
			trainer.Do(c)
			alone := newChain(9, 9)
			alone.Run(runtime.Alone())
			require.Equal(t, alone.cells, c.cells)
		}
	}
}

func TestStepsOnThreadsAllocateNothing(t *testing.T) {
	trainer, err := runtime.NewTrainer(new(int), 1, runtime.Threads(2))
	require.NoError(t, err)
	c := newChain(10, 3)
	require.Zero(t, testing.AllocsPerRun(100, func() { trainer.Do(c) }))
}

func TestThreadsAreAtLeastOne(t *testing.T) {
	_, err := runtime.NewTrainer(new(int), 1, runtime.Threads(0))
	require.EqualError(t, err, "0 threads, want at least 1")
}

func BenchmarkForkJoin(b *testing.B) {
	trainer, err := runtime.NewTrainer(new(int), 1, runtime.Threads(2))
	require.NoError(b, err)
	nothing := job(func(*runtime.Worker) {})
	for b.Loop() {
		trainer.Do(nothing)
	}
}
