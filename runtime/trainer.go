package runtime

import (
	"runtime"
	"strconv"
)

// Trainer is what every generated trainer holds: a copy of the state, the
// largest batch, and the workers of its steps. It is not safe for concurrent
// use; several trainers are.
type Trainer[S any] struct {
	state S
	batch int
	part  int    // examples that a step takes at once
	party *party // nil: one thread
}

// TrainerOption changes how a trainer runs, not what it computes, but for
// rounding where MicroBatch parts sums.
type TrainerOption func(*trainerSettings)

type trainerSettings struct {
	threads, part int
	parted        bool // a part was asked for
}

// Threads lets a step use up to n threads. Any number gives the same bits. A
// step takes no more than there are processors, and fewer while other
// trainers use them.
func Threads(n int) TrainerOption { return func(s *trainerSettings) { s.threads = n } }

// MicroBatch makes a step take n examples of its batch at once and gather their
// gradients, so that its memory has room for n only. It takes a trainer whose
// step a training of the spec parts: one with an entry micro_batch.
func MicroBatch(n int) TrainerOption {
	return func(s *trainerSettings) { s.part = n; s.parted = true }
}

// ThreadsError says that a number of threads makes no sense.
type ThreadsError struct{ Threads int }

func (e *ThreadsError) Error() string {
	return strconv.Itoa(e.Threads) + " threads, want at least 1"
}

// NewTrainer copies s. It fails with a *BatchError unless batch is at least 1,
// or where an option parts batches, and with a *ThreadsError unless the number
// of threads is at least 1.
func NewTrainer[S any](s *S, batch int, options ...TrainerOption) (*Trainer[S], error) {
	return newTrainer(s, batch, false, options)
}

// NewPartedTrainer is NewTrainer for a step that takes its batch in parts.
func NewPartedTrainer[S any](s *S, batch int, options ...TrainerOption) (*Trainer[S], error) {
	return newTrainer(s, batch, true, options)
}

func newTrainer[S any](s *S, batch int, parts bool, options []TrainerOption) (*Trainer[S], error) {
	if err := CheckBatch(batch); err != nil {
		return nil, err
	}
	set := trainerSettings{threads: 1}
	for _, o := range options {
		o(&set)
	}
	if set.threads < 1 {
		return nil, &ThreadsError{set.threads}
	}
	part, err := set.atOnce(batch, parts)
	if err != nil {
		return nil, err
	}
	t := &Trainer[S]{state: *s, batch: batch, part: part}
	if n := min(set.threads, runtime.GOMAXPROCS(0)); n > 1 {
		t.party = newParty(n)
	}
	return t, nil
}

// atOnce is how many examples of a batch a step takes at once.
func (s *trainerSettings) atOnce(batch int, parts bool) (int, error) {
	switch {
	case !s.parted:
		return batch, nil
	case !parts:
		return 0, &BatchError{"this step takes its batch as a whole; an entry micro_batch in a training of the spec makes one that parts it"}
	case s.part < 1:
		return 0, &BatchError{"a part of " + strconv.Itoa(s.part) + " examples, want at least 1"}
	}
	return min(batch, s.part), nil
}

// AtOnce is how many examples of a batch a step takes at once.
func (t *Trainer[S]) AtOnce() int { return t.part }

// State is the current state. It is valid until the next step; to change the
// state, use Load.
func (t *Trainer[S]) State() *S { return &t.state }

// Load sets the state to a copy of s.
func (t *Trainer[S]) Load(s *S) { t.state = *s }

// Do runs a job on the trainer's threads.
func (t *Trainer[S]) Do(job Job) {
	if t.party == nil {
		job.Run(Alone())
		return
	}
	t.party.do(job)
}

// BatchSize returns the common length of a batch's columns. It fails with a
// *BatchError where they differ, are empty, or exceed the trainer's batch.
func (t *Trainer[S]) BatchSize(columns ...int) (int, error) { return BatchSize(t.batch, columns...) }

// EpochSize returns the common length of the columns of an epoch. It fails
// with a *BatchError where they differ or are empty, or where batch is not
// between 1 and the trainer's batch.
func (t *Trainer[S]) EpochSize(batch int, columns ...int) (int, error) {
	if _, err := BatchSize(t.batch, batch); err != nil {
		return 0, err
	}
	return BatchSize(largestColumn, columns...)
}

// ListSize checks the length of a list that an arrow takes. It fails with a
// *ListError where the list has fewer than least elements or more than the
// trainer's batch.
func (t *Trainer[S]) ListSize(arrow, object string, n, least int) error {
	return ListSize(arrow, object, n, least, t.batch)
}
