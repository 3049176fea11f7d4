package train

import (
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/data"
)

// Option changes one thing about a run; what no option mentions is as the
// spec declares it.
type Option func(*settings)

// settings are what a run was asked for. A nil pointer stands for the
// program's own value, or, when resuming, the saved one.
type settings struct {
	epochs, batch      *int
	micro              *int
	seed               *uint64
	shuffle            *bool
	data               string
	table              *data.Table
	skipBad            bool
	threads            int
	trace              *runtime.Trace // of a checked run, else nil
	init, resume, save string
	saveEvery          time.Duration
	saveSteps          int64
	notes, lines, json io.Writer
	each               func(*Report) error
	eachStep           func(*Step) error
	patience           *int
	minDelta           *float64
	watch, keep        *string
	given              []given // settings of the step
	stratified         *string // by which object the parts are stratified, "" by the only one with classes
	folds              int     // of a cross-validation that a command line asked for
	parting            *parting
	records            []func() recorder
}

// defaultSeed is the seed of runs that name none.
const defaultSeed = 1

// Epochs trains until epoch n, counted from the very beginning also where the
// run resumes an earlier one. With 0 epochs the run only evaluates.
func Epochs(n int) Option { return func(s *settings) { s.epochs = &n } }

// Batch makes each step read n rows; the last step of an epoch reads what is
// left. With 0, or with as many rows as the training part has, a step reads
// the whole part.
func Batch(n int) Option { return func(s *settings) { s.batch = &n } }

// MicroBatch makes a step take n rows of its batch at once and gather their
// gradients before it moves parameters, so that it needs memory for n rows only;
// the result is that of the whole batch, but for rounding. With 0 it takes the
// batch as a whole. It takes a training with an entry micro_batch.
func MicroBatch(n int) Option { return func(s *settings) { s.micro = &n } }

// Seed sets the seed of the split, the initial values and the order of rows;
// it is 1 otherwise.
func Seed(seed uint64) Option { return func(s *settings) { s.seed = &seed } }

// NoShuffle keeps the rows of the training part in one order.
func NoShuffle() Option {
	no := false
	return func(s *settings) { s.shuffle = &no }
}

// Data reads the file at path, or of IDX data the folder, instead of the one
// that the spec names.
func Data(path string) Option { return func(s *settings) { s.data = path } }

// SkipBad leaves out rows of CSV whose cells do not fit, instead of failing.
// Report.Skipped counts them by reason, and Progress names the first.
func SkipBad() Option { return func(s *settings) { s.skipBad = true } }

// Table trains on rows that are already in memory; see data.NewTable. They are
// split as the spec says; its test files are not read.
func Table(t *data.Table) Option { return func(s *settings) { s.table = t } }

// Threads allows n threads. The result is the same for any n.
func Threads(n int) Option { return func(s *settings) { s.threads = n } }

// Checked runs every example arrow by arrow before each step, checks the state
// after it, and fills t. The run gives the same bits, takes many times as long,
// and fails with a *runtime.ArrowError that names the arrow which made a value
// outside its set. It takes code that was generated with --checked.
func Checked(t *runtime.Trace) Option {
	return func(s *settings) {
		if s.trace = t; t == nil {
			s.trace = new(runtime.Trace)
		}
	}
}

// InitFrom starts from the parameters in the file at path, with fresh
// optimizer state.
func InitFrom(path string) Option { return func(s *settings) { s.init = path } }

// ResumeFrom goes on where the file at path was saved: parameters, optimizer
// state, preprocessing, seed, batch and micro-batch, and place within the epoch. Where
// that file is damaged, it is the one before, path + ".previous"; Report.Resumed
// tells.
func ResumeFrom(path string) Option { return func(s *settings) { s.resume = path } }

// SaveTo writes the state to path when the run ends or is cancelled, and once
// a minute until then. A save replaces the whole file at once and is on disk
// when it is done; the file before it is kept as path + ".previous".
func SaveTo(path string) Option { return func(s *settings) { s.save = path } }

// SaveEvery saves once in d instead of once a minute.
func SaveEvery(d time.Duration) Option {
	return func(s *settings) { s.saveEvery, s.saveSteps = d, 0 }
}

// SaveEverySteps saves after every n steps instead of once a minute.
func SaveEverySteps(n int) Option {
	return func(s *settings) { s.saveEvery, s.saveSteps = 0, int64(n) }
}

// Progress reports to w: one line that is kept up to date where w is a
// terminal, a line for each epoch (at most about a hundred) otherwise.
func Progress(w io.Writer) Option { return func(s *settings) { s.notes, s.lines = w, w } }

// JSON writes a JSON object a line to w: one for each epoch, one at the end.
func JSON(w io.Writer) Option { return func(s *settings) { s.json = w } }

// Each calls f after every epoch. The report is valid during the call.
func Each(f func(*Report)) Option {
	return EachEpoch(func(r *Report) error { f(r); return nil })
}

// EachEpoch calls f after every epoch, as Each does. With ErrStop the run ends
// there; with another error too, and Run returns it beside the result.
func EachEpoch(f func(*Report) error) Option { return func(s *settings) { s.each = f } }

// Step is a step that was made.
type Step struct {
	Step  int64   // steps since the very beginning, this one included
	Epoch int     // that it belongs to, counted from 1
	Rows  int     // that it read
	Loss  float32 // their mean loss before it
}

// EachStep calls f after every step; what it is given is valid during the call.
// With ErrStop the run ends there; with another error too, and Run returns it
// beside the result. In both cases the state is saved where SaveTo says so.
func EachStep(f func(*Step) error) Option { return func(s *settings) { s.eachStep = f } }

func (s *settings) check() error {
	switch {
	case s.epochs != nil && *s.epochs < 0:
		return errors.New("the number of epochs cannot be " + strconv.Itoa(*s.epochs))
	case s.batch != nil && *s.batch < 0:
		return errors.New("the batch cannot have " + strconv.Itoa(*s.batch) + " rows")
	case s.micro != nil && *s.micro < 0:
		return errors.New("the micro-batch cannot have " + strconv.Itoa(*s.micro) + " rows")
	case s.threads < 1:
		return errors.New("the number of threads cannot be " + strconv.Itoa(s.threads))
	case s.saveEvery < 0 || s.saveSteps < 0:
		return errors.New("the time between two saves cannot be negative")
	case s.init != "" && s.resume != "":
		return errors.New("a run starts from given parameters or resumes an earlier run, not both")
	}
	return nil
}

func valueOr[T any](p *T, or T) T {
	if p != nil {
		return *p
	}
	return or
}
