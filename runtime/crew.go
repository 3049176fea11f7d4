package runtime

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// crew are the goroutines that help with jobs, shared by all trainers of the
// process, so that many of them do not want more processors than there are. A
// job takes the helpers that are free and goes on alone where none is: the
// number of workers changes no result.
var crew struct {
	sync.Mutex
	idle []*helper
	size int
}

// helper is a goroutine that waits for jobs. It polls for some microseconds
// after each, then sleeps and costs nothing.
type helper struct {
	party *party
	index int
	calls atomic.Uint32 // jobs given to it
	_     [60]byte
	sleep atomic.Bool
	wake  chan struct{}
}

// polls is how long a helper looks for its next job before it sleeps: longer
// than what trainers do between two steps.
const polls = 40 << 10

// party is one trainer's side of a job shared with helpers.
type party struct {
	meet    meeting
	workers []Worker
	helpers []*helper
	job     Job
	left    atomic.Int32 // helpers that have not finished
}

// newParty makes room for jobs on at most threads workers.
func newParty(threads int) *party {
	p := &party{workers: make([]Worker, threads), helpers: make([]*helper, 0, threads)}
	for i := range p.workers {
		p.workers[i] = Worker{index: i, meet: &p.meet}
	}
	return p
}

// do runs a job on this goroutine and on helpers. A panic of any worker
// becomes one of this goroutine.
func (p *party) do(job Job) {
	p.helpers = hire(p.helpers[:0], len(p.workers)-1)
	if len(p.helpers) == 0 {
		job.Run(Alone())
		return
	}
	p.job = job
	p.left.Store(int32(len(p.helpers)))
	for i := range len(p.helpers) + 1 {
		p.workers[i].count = len(p.helpers) + 1
	}
	for i, h := range p.helpers {
		h.call(p, i+1)
	}
	p.run(0)
	for wait := (patience{}); p.left.Load() != 0; wait.pause() {
	}
	p.job = nil
	dismiss(p.helpers)
	if f := p.meet.failed.Swap(nil); f != nil {
		p.meet.come.Store(0)
		panic(f.value)
	}
}

// run is worker i's part. Nothing leaves it: what it panics with is kept.
func (p *party) run(i int) {
	defer func() {
		switch v := recover(); v.(type) {
		case nil, stopped:
		default:
			p.meet.failed.CompareAndSwap(nil, &failure{v})
		}
	}()
	p.job.Run(&p.workers[i])
}

// hire takes up to n helpers that are free, and makes new ones while there
// are fewer than processors.
func hire(helpers []*helper, n int) []*helper {
	crew.Lock()
	defer crew.Unlock()
	for range n {
		if k := len(crew.idle); k > 0 {
			helpers = append(helpers, crew.idle[k-1])
			crew.idle = crew.idle[:k-1]
			continue
		}
		if crew.size >= runtime.GOMAXPROCS(0)-1 {
			break
		}
		crew.size++
		h := &helper{wake: make(chan struct{}, 1)}
		go h.loop()
		helpers = append(helpers, h)
	}
	return helpers
}

// dismiss gives helpers back, the first to be hired last: it is the one that
// its trainer gets again.
func dismiss(helpers []*helper) {
	crew.Lock()
	defer crew.Unlock()
	for i := len(helpers) - 1; i >= 0; i-- {
		crew.idle = append(crew.idle, helpers[i])
	}
}

// call gives h a job. h is idle: it has finished the one before.
func (h *helper) call(p *party, index int) {
	h.party, h.index = p, index
	h.calls.Add(1)
	if h.sleep.CompareAndSwap(true, false) {
		h.wake <- struct{}{}
	}
}

func (h *helper) loop() {
	for done := uint32(0); ; done++ {
		h.await(done)
		p := h.party
		p.run(h.index)
		h.party = nil
		p.left.Add(-1)
	}
}

// await returns when more than done jobs have been given.
func (h *helper) await(done uint32) {
	for i := 0; i < polls; i++ {
		if h.calls.Load() != done {
			return
		}
		if i%pollsBetweenYields == pollsBetweenYields-1 {
			runtime.Gosched()
		}
	}
	h.sleep.Store(true)
	if h.calls.Load() != done && h.sleep.CompareAndSwap(true, false) {
		return
	}
	<-h.wake
}

// RunOn runs a job on exactly k workers, each a goroutine of its own, however
// many processors there are: for tests of what workers share.
func RunOn(k int, job Job) {
	p := newParty(k)
	p.job = job
	var done sync.WaitGroup
	for i := range p.workers {
		p.workers[i].count = k
		done.Go(func() { p.run(i) })
	}
	done.Wait()
	if f := p.meet.failed.Load(); f != nil {
		panic(f.value)
	}
}
