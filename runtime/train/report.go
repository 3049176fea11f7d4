package train

import "github.com/ctgen-lang/ctgen/runtime/data"

// Report says how a run stands after an epoch, or how it ended.
type Report struct {
	Category, Name string
	Epoch          int   // epochs finished since the very beginning
	Epochs         int   // epochs asked for
	Step           int64 // steps since the very beginning
	// Loss is the mean over the last finished epoch of each step's loss
	// before the step; before the first, the loss of the training part.
	Loss float64
	// Metrics are of the training part, in the spec's order; nil where they
	// were not computed at this epoch. A metric that is not defined, such as
	// the AUC of a single class, is NaN.
	Metrics []Figure
	// Validation is of the held-out part; nil without one, or where it was
	// not computed at this epoch.
	Validation *Validation
	// Test is of the test part, at the end of a run that was not interrupted: of the
	// parameters that the instance holds then. It is nil without such a part.
	Test *Validation
	// Notes, at the end, say which of these figures are not defined, and why.
	Notes []string

	// Settings are the values that the step's open settings had at the last
	// step of this run, such as its rate.
	Settings []Figure

	TrainingRows, HeldOutRows, TestRows int
	Batch                               int // rows of a step
	Seed                                uint64
	Header                              string // what was decided about the file's first record
	// Skipped are the rows that SkipBad left out; nil without that option.
	Skipped *data.Skipped
	// Seconds and ExamplesPerSecond are of the training loop of this run
	// alone: without reading, evaluation and saving.
	Seconds           float64
	ExamplesPerSecond float64
	Interrupted       bool   // the run was cancelled
	Stopped           string // why the run ended before its last epoch without being cancelled, or ""
	// Kept, at the end, is the epoch whose parameters the instance holds and
	// Loss, Metrics and Validation are of, where the best are kept; else 0.
	Kept int
	// History holds the evaluated epochs of this run, at most about a thousand
	// where nothing is watched.
	History []Epoch
	Saved   string // path of the saved state, or ""
	Resumed string // path of the file that the run goes on from, or ""

	stepInEpoch, stepsPerEpoch, firstStep int
}

// Epoch is what is left of an epoch: figures as in Report.
type Epoch struct {
	Epoch      int
	Step       int64
	Loss       float64
	Settings   []Figure
	Metrics    []Figure
	Validation *Validation
}

// asEpoch is what is left of the epoch that r tells of.
func (r *Report) asEpoch() Epoch {
	return Epoch{r.Epoch, r.Step, r.Loss, r.Settings, r.Metrics, r.Validation}
}

// Figure is a metric's value.
type Figure struct {
	Name string // accuracy, `accuracy of predict`, top_k(3)
	// Value is the figure as one number: of one that has Classes, the mean over
	// those that occur or were predicted; of a confusion, the share of hits.
	Value   float64
	Classes []float64 // of precision, recall and f1: of each class
	Counts  [][]int64 // of confusion: a row for each class, a column for each that was predicted
	// Undefined are classes of which the figure is not defined, and taken to be
	// 0: none was predicted for precision, none occurs for recall.
	Undefined []int
	Labels    []string // what the data calls the classes; nil where it does not name them
}

// Validation is an evaluation of the held-out part, or of the test part.
type Validation struct {
	Loss    float64
	Metrics []Figure
}
