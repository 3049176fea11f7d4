package runtime

// Trainer is what every generated trainer holds: a copy of the state, the
// workspace of its step, and the largest batch. It is not safe for concurrent
// use.
type Trainer[S any] struct {
	state S
	work  []float32
	batch int
}

// NewTrainer copies s. It fails with a *BatchError unless batch is at least 1;
// work is the size of the workspace for that many examples.
func NewTrainer[S any](s *S, batch, work int) (*Trainer[S], error) {
	if err := CheckBatch(batch); err != nil {
		return nil, err
	}
	return &Trainer[S]{state: *s, work: make([]float32, work), batch: batch}, nil
}

// State is the current state; later steps change it.
func (t *Trainer[S]) State() *S { return &t.state }

// Workspace is the memory that a step may write to.
func (t *Trainer[S]) Workspace() []float32 { return t.work }

// BatchSize returns the common length of a batch's columns. It fails with a
// *BatchError where they differ, are empty, or exceed the trainer's batch.
func (t *Trainer[S]) BatchSize(columns ...int) (int, error) { return BatchSize(t.batch, columns...) }
