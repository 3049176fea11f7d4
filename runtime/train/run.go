package train

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

// Result is a finished run.
type Result struct {
	Report   Report
	Instance Instance // holds the trained state
	Scalers  []*data.Scaler
}

// DivergedError says that the loss stopped being a number.
type DivergedError struct {
	Epoch int // the epoch, counted from 1, in which it happened
	Step  int64
}

func (e *DivergedError) Error() string {
	return fmt.Sprintf("the loss is not a finite number at step %d, in epoch %d; a smaller rate may help", e.Step, e.Epoch)
}

// run is one training from its data to its report.
type run struct {
	settings
	program    *Program
	instance   Instance
	scalers    []*data.Scaler
	train      *data.Table
	held       *data.Table // nil without a held-out part
	test       *data.Table // nil without a third part
	skipped    *data.Skipped
	digest     string // of the data
	microAsked int    // micro-batch as asked for: 0 stands for the whole batch
	rowsAsked  int    // batch as asked for: 0 or too many stand for the whole part
	loop       *loop
	eval       *evaluator
	report     Report
	out        output
	warning    string  // about the file that is resumed
	rhythm     *rhythm // of saving; nil where nothing is saved
	watcher    *watcher
	halted     error // what a function that the run calls returned
	told       int   // the epoch that was told last
	recorders  []recorder
}

// Run trains as p declares and the options say. When ctx is cancelled, it
// finishes the step, saves if it was asked to, and returns the result
// together with ctx's error. It fails with a *DivergedError, saving nothing
// more, when the loss is no longer a number; a checked run fails with a
// *runtime.ArrowError before. Where the state cannot be saved at the end, it
// returns the result with a *SaveError, where a record of the run cannot be
// written, with a *RecordError.
func Run(ctx context.Context, p *Program, options ...Option) (*Result, error) {
	r := &run{program: p, settings: settings{threads: 1}}
	for _, o := range options {
		o(&r.settings)
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	if err := r.prepare(); err != nil {
		return nil, err
	}
	r.out.start(r)
	r.rhythm = newRhythm(&r.settings, r.loop.at.total)
	err := r.epochs(ctx)
	r.rhythm.stop()
	if err == nil {
		err = r.finish(ctx)
	}
	r.out.close()
	var unsaved *SaveError
	var unwritten *RecordError
	if err != nil && !errors.As(err, &unsaved) && !errors.As(err, &unwritten) {
		return nil, errors.Join(err, r.record(err))
	}
	result := &Result{r.report, r.instance, r.scalers}
	if err != nil {
		return result, err
	}
	if r.halted != nil && !errors.Is(r.halted, ErrStop) {
		return result, r.halted
	}
	if r.report.Interrupted {
		return result, ctx.Err()
	}
	return result, nil
}

// over reports whether no step is left to be made.
func (r *run) over() bool {
	epoch := r.loop.at.epoch
	return epoch >= r.report.Epochs || r.halted != nil || r.loop.at.step == 0 && r.watcher.exhausted(epoch)
}

// epochs runs the loop until the last epoch or until ctx is cancelled.
func (r *run) epochs(ctx context.Context) error {
	l := r.loop
	for !r.over() && ctx.Err() == nil {
		if err := r.epoch(ctx); err != nil {
			return err
		}
		if l.at.step > 0 {
			return nil // cancelled or stopped inside the epoch
		}
		if l.at.epoch == r.report.Epochs || r.halted != nil {
			return nil // finish reports and saves it
		}
		if err := r.evaluate(r.watcher != nil || r.evaluates(l.at.epoch)); err != nil {
			return err
		}
		r.judge()
		r.tell()
		r.saveNow()
	}
	return nil
}

// judge takes an evaluated epoch into account.
func (r *run) judge() {
	if r.watcher != nil && r.told != r.report.Epoch {
		r.watcher.judge(&r.report, r.parameters())
	}
}

// tell reports an epoch.
func (r *run) tell() {
	b := &r.report
	r.told = b.Epoch
	if b.Metrics != nil || b.Validation != nil {
		b.History = append(b.History, b.asEpoch())
	}
	r.out.epoch(b)
	if r.evaluates(b.Epoch) || r.over() {
		for _, c := range r.recorders {
			c.epoch(r)
		}
	}
	if r.each != nil {
		if err := r.each(b); err != nil {
			r.halted = err
		}
	}
}

// epoch makes the steps of the epoch at hand that are still to be made.
func (r *run) epoch(ctx context.Context) error {
	l, done := r.loop, ctx.Done()
	start, before, epoch := time.Now(), l.clock, l.at.epoch
	defer func() { l.clock = before + time.Since(start) }()
	l.enter()
	for l.at.epoch == epoch {
		select {
		case <-done:
			return nil
		default:
		}
		if !l.next() {
			if l.err != nil {
				return l.err
			}
			return &DivergedError{epoch + 1, l.at.total}
		}
		if r.eachStep != nil {
			if r.halted = r.eachStep(&l.last); r.halted != nil {
				return nil
			}
		}
		for _, c := range r.recorders {
			c.step(r)
		}
		if r.out.glance() {
			l.clock = before + time.Since(start)
			r.place()
			r.out.step(&r.report)
		}
		// What ends with an epoch is told and saved behind it.
		if r.rhythm.strikes(l.at.total) && l.at.epoch == epoch {
			before += time.Since(start)
			r.saveNow()
			start = time.Now()
		}
	}
	return nil
}

// evaluates says whether an epoch before the last is evaluated: every one of
// up to a thousand, then about a thousand of them.
func (r *run) evaluates(epoch int) bool {
	if r.parting != nil { // of a fold, only what it comes to is told
		return false
	}
	every := (r.report.Epochs + 999) / 1000
	return epoch%max(every, 1) == 0
}

// largePart is the number of rows, or of their positions, from which on the metrics of the training
// part are computed only at the end: the held-out part says enough until
// then.
const largePart = 20000

// evaluate brings the report up to date; with evaluation where full is true.
func (r *run) evaluate(full bool) error {
	r.place()
	r.report.Metrics, r.report.Validation = nil, nil
	if !full {
		return nil
	}
	last := r.over() || r.report.Interrupted
	unknown := math.IsNaN(r.loop.at.loss)
	if len(r.program.Metrics) == 0 {
		r.report.Metrics = []Figure{}
	}
	if unknown || len(r.program.Metrics) > 0 && (last || r.train.Rows*positions(r.train) < largePart) {
		loss, metrics, err := r.eval.part(r.train)
		if err != nil {
			return err
		}
		if len(metrics) > 0 {
			r.report.Metrics = metrics
		}
		if unknown {
			r.report.Loss = loss
		}
	}
	if r.held != nil {
		loss, metrics, err := r.eval.part(r.held)
		if err != nil {
			return err
		}
		r.report.Validation = &Validation{loss, metrics}
	}
	return nil
}

// place copies the loop's place into the report.
func (r *run) place() {
	l := r.loop
	r.report.Epoch, r.report.Step, r.report.stepInEpoch = l.at.epoch, l.at.total, l.at.step
	r.report.Loss = l.at.loss
	if l.done > 0 {
		r.report.Settings = l.tuner.figures()
	}
	r.report.Seconds = l.clock.Seconds()
	r.report.ExamplesPerSecond = 0
	if l.clock > 0 {
		r.report.ExamplesPerSecond = float64(l.done) / l.clock.Seconds()
	}
}

// finish evaluates the final state, saves it, gives back what is kept and
// reports.
func (r *run) finish(ctx context.Context) error {
	r.report.Interrupted = ctx.Err() != nil && !r.over()
	if err := r.evaluate(true); err != nil {
		return err
	}
	whole := r.loop.at.step == 0 && r.loop.done > 0 // an epoch ends here
	if whole {
		r.judge()
	}
	r.report.Stopped = r.stopped()
	var unsaved error
	if r.save != "" {
		if unsaved = r.store(); unsaved == nil {
			r.report.Saved = r.save
		}
	}
	if whole && !r.report.Interrupted && r.told != r.report.Epoch {
		r.tell()
	}
	if err := r.giveBack(); err != nil {
		return err
	}
	if err := r.examine(); err != nil {
		return err
	}
	r.report.Notes = undefinedNotes(r.report.Metrics, "training part")
	if v := r.report.Validation; v != nil {
		r.report.Notes = append(r.report.Notes, undefinedNotes(v.Metrics, "held out")...)
	}
	if v := r.report.Test; v != nil {
		r.report.Notes = append(r.report.Notes, undefinedNotes(v.Metrics, "test")...)
	}
	r.out.done(&r.report)
	err := r.record(nil)
	if unsaved != nil {
		err = errors.Join(&SaveError{unsaved}, err)
	}
	return err
}

// examine evaluates the test part, once the parameters are those that the run gives.
func (r *run) examine() error {
	if r.test == nil || r.report.Interrupted {
		return nil
	}
	loss, metrics, err := r.eval.part(r.test)
	if err == nil {
		r.report.Test = &Validation{loss, metrics}
	}
	return err
}

// stopped says why a run that was not cancelled ends before its last epoch.
func (r *run) stopped() string {
	switch {
	case r.loop.at.epoch >= r.report.Epochs || r.report.Interrupted:
		return ""
	case errors.Is(r.halted, ErrStop):
		return "the program said so"
	case r.halted != nil:
		return r.halted.Error()
	}
	return r.watcher.reason()
}
