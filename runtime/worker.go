package runtime

import (
	"runtime"
	"sync/atomic"
	"time"
)

// Job is one call of a plan that several workers share. Each runs it once and
// does its part; what a part is, the plan decides.
type Job interface{ Run(w *Worker) }

// Worker is one of those that share a job.
type Worker struct {
	index, count int
	meet         *meeting // nil where the worker is alone
}

// Alone returns the worker of calls that nobody shares: one for all of them,
// since nothing writes to it.
func Alone() *Worker { return &solo }

// Share returns the worker's range of n things. The ranges of all workers
// follow each other and cover them.
func (w *Worker) Share(n int) (from, to int) {
	if w.count == 1 {
		return 0, n
	}
	return n * w.index / w.count, n * (w.index + 1) / w.count
}

// Columns returns the worker's range of n columns: a multiple of the columns
// that the tiles of a matrix product compute at a time, which are whole cache
// lines too. The ranges of all workers follow each other and cover them; some
// may be empty.
func (w *Worker) Columns(n int) (from, to int) {
	if w.count == 1 {
		return 0, n
	}
	from, to = w.Share((n + columnsOfTile - 1) / columnsOfTile)
	return min(n, from*columnsOfTile), min(n, to*columnsOfTile)
}

// columnsOfTile is how many columns a worker's share is made of.
const columnsOfTile = 16

// First reports whether the worker is the one that does what is not shared.
func (w *Worker) First() bool { return w.index == 0 }

// Wait returns when all workers of the job have called it. What they wrote
// before is visible after.
func (w *Worker) Wait() {
	if w.meet != nil {
		w.meet.wait(int32(w.count))
	}
}

var solo = Worker{count: 1}

// meeting is where the workers of one job wait for each other.
type meeting struct {
	come  atomic.Int32
	_     [60]byte // the two are polled by different processors
	round atomic.Int32
	_     [60]byte
	// failed is set when a worker panics: the others stop waiting for it.
	failed atomic.Pointer[failure]
}

// failure is what a worker panicked with.
type failure struct{ value any }

// stopped is what workers panic with when another one has failed.
type stopped struct{}

func (m *meeting) wait(count int32) {
	round := m.round.Load()
	if m.come.Add(1) == count {
		m.come.Store(0)
		m.round.Store(round + 1)
		return
	}
	for p := (patience{}); m.round.Load() == round; p.pause() {
		if m.failed.Load() != nil {
			panic(stopped{})
		}
	}
}

// patience paces a loop that polls: without a break at first, then letting
// other goroutines run, at last sleeping, so that whoever is waited for gets
// a processor even where there is one for all.
type patience struct{ polls int }

const (
	pollsBetweenYields = 1 << 10
	yieldsBeforeSleep  = 200
	nap                = 20 * time.Microsecond
)

func (p *patience) pause() {
	if p.polls++; p.polls%pollsBetweenYields != 0 {
		return
	}
	if p.polls < yieldsBeforeSleep*pollsBetweenYields {
		runtime.Gosched()
		return
	}
	time.Sleep(nap)
}
