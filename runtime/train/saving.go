package train

import (
	"errors"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
)

// saveEvery is how often a run saves where nothing else is asked for.
const saveEvery = time.Minute

// SaveError says that the trained state could not be saved at the end of a
// run. Run returns its result with it.
type SaveError struct{ Err error }

func (e *SaveError) Error() string { return "the training is not saved: " + e.Err.Error() }
func (e *SaveError) Unwrap() error { return e.Err }

// rhythm says when a run saves: every so many steps or after so much time.
// Asking costs a comparison, so it is done after every step.
type rhythm struct {
	steps int64 // 0: by the clock
	next  int64 // the step to save after
	every time.Duration
	timer *time.Timer
	due   atomic.Bool
}

// newRhythm begins at the step that the run begins with.
func newRhythm(s *settings, from int64) *rhythm {
	r := &rhythm{steps: s.saveSteps, every: s.saveEvery}
	if s.save == "" {
		return nil
	}
	if r.steps == 0 && r.every == 0 {
		r.every = saveEvery
	}
	r.saved(from)
	return r
}

// strikes reports whether the run is to save after this step. Nil never does.
func (r *rhythm) strikes(step int64) bool {
	return r != nil && (r.steps > 0 && step >= r.next || r.due.Load())
}

// saved begins the next stretch.
func (r *rhythm) saved(step int64) {
	if r.steps > 0 {
		r.next = step + r.steps
		return
	}
	r.due.Store(false)
	if r.timer == nil {
		r.timer = time.AfterFunc(r.every, func() { r.due.Store(true) })
	} else {
		r.timer.Reset(r.every)
	}
}

func (r *rhythm) stop() {
	if r != nil && r.timer != nil {
		r.timer.Stop()
	}
}

// saveNow saves where it is time to. Where that fails the training goes on, as
// the last file is still there, and tries again when it is time once more.
func (r *run) saveNow() {
	if !r.rhythm.strikes(r.loop.at.total) {
		return
	}
	err := r.store()
	r.rhythm.saved(r.loop.at.total)
	if err != nil {
		r.out.note("could not save to " + err.Error() + "; the training goes on and tries again")
	}
}

func (r *run) store() error {
	return checkpoint.SaveKeeping(r.save, r.metadata(), r.allTensors())
}

// ParseRhythm reads what --save-every takes: a time such as 30s or 5m, or a
// number of steps.
func ParseRhythm(s string) (Option, error) {
	if n, err := strconv.ParseInt(s, 10, 32); err == nil && n > 0 {
		return SaveEverySteps(int(n)), nil
	}
	if d, err := time.ParseDuration(s); err == nil && d > 0 {
		return SaveEvery(d), nil
	}
	return nil, errors.New("want a time, such as 30s or 5m, or a number of steps from 1")
}
