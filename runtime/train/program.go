package train

import (
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/report"
)

// Program is a training declaration as generated code describes it to the
// engine. It holds no state: each run asks it for an Instance.
type Program struct {
	Category string // "wdbc"
	Name     string // of the train declaration: "fit"
	// Spec is a digest of what a saved model depends on: the step, its
	// state's slots and shapes, and the data declaration. Resuming refuses a
	// file with another digest.
	Spec   string
	Data   data.Spec
	Batch  int // default batch size; 0 for the whole training part
	Epochs int // default number of epochs
	// MicroBatch is how many rows of a batch a step takes at once by default; 0
	// where it takes the whole of it, and cannot otherwise. Where it is not 0,
	// Step takes batches of any size, in parts of at most capacity.
	MicroBatch int
	// Patience, MinDelta, Watch and Keep are what the options of these names
	// say; Keep is "best", "last" or "", the best with patience.
	Patience    int
	MinDelta    float64
	Watch, Keep string
	// Least is how many elements a row must have that is a list; 0 where rows
	// are of one size. A step, Loss and Read take one list, so Batch is 1, and
	// capacity counts elements.
	Least   int
	Metrics []Metric
	// Settings are those that the step leaves open; the instance is Tuned
	// where there are any.
	Settings []Setting
	// Source is what reports show of the specification; nil where the program
	// does not hold it.
	Source *report.Source
	// Params is the prefix of the parameters among the names of the state:
	// "params." for Adam[Network], "" where the state is the parameters.
	Params string
	// New returns an instance whose Step, Loss and Read take batches of at
	// most capacity examples, or lists of so many elements. This is where workspaces are allocated.
	// Steps use up to threads threads, which changes no result.
	New func(capacity, threads int) (Instance, error)
}

// Metric is a reported figure.
type Metric struct {
	// Name is accuracy, top_k, precision, recall, f1, auc, confusion,
	// perplexity, mse, mae or r2; or, of an Own one, an arrow of the spec whose
	// mean over the rows it is: Read gives the arrow's results, and no target.
	Name string
	Own  bool
	// Of is the arrow of `accuracy of predict`, or "".
	Of string
	// Reading is the number that Instance.Read is asked for: metrics that
	// read the same wires share one. perplexity reads the loss and none.
	Reading int
	// Threshold parts the two classes where a prediction is one number: 0.5
	// for a probability, 0 for a score.
	Threshold float64
	// Classes is how many scores a prediction has for each target; 0 for one
	// number with two classes. Of accuracy it is not asked.
	Classes int
	// Labels are what the data calls the classes that figures are told apart by.
	Labels  []string
	K       int    // of top_k
	Average string // macro or micro, of precision, recall and f1; "": class by class
}

// Title is the metric as a spec writes it: `top_k(3)`, `accuracy of predict`.
func (m *Metric) Title() string {
	title := m.Name
	switch {
	case m.K > 0:
		title += "(" + strconv.Itoa(m.K) + ")"
	case m.Average != "":
		title += "(" + m.Average + ")"
	}
	if m.Of != "" {
		title += " of " + m.Of
	}
	return title
}

// Instance is one model in training: its state and its workspaces. The
// engine calls it from one goroutine. A batch and what it holds are valid
// during the call only.
type Instance interface {
	// Init draws the parameters from seed, by slot path, and resets
	// whatever else the state holds.
	Init(seed uint64)
	// Tensors lists the state by slot path in declaration order, as views
	// that are valid until the next Step. Whoever writes to them calls
	// Changed.
	Tensors() []checkpoint.Tensor
	// Changed takes in what was written to the tensors.
	Changed()
	// Step makes one step on b and returns the mean loss over b before it.
	Step(b *data.Batch) float32
	// Loss returns the mean loss over b and changes nothing.
	Loss(b *data.Batch) float32
	// Read returns, for each example of b, the prediction and the target
	// that reading number r of the program's metrics reads: the wires that
	// enter the measured diagram's last arrow. They are valid until the
	// next call. A target Fin of width w goes with a prediction of w·classes
	// scores, w times one row of them.
	Read(r int, b *data.Batch) (prediction, target data.Values)
}

// Tuned is an Instance whose step leaves settings open.
type Tuned interface {
	Instance
	// Settings are the values that the next Step takes, in the order of the
	// program's. They are written before each step.
	Settings() []float32
}

// Differentiable is an Instance that gives the derivative which its steps move
// along: code that was generated with --gradients.
type Differentiable interface {
	Instance
	// Gradient returns the derivative of the mean loss over b by each
	// parameter, named and shaped as among Tensors but without Program.Params.
	// Parameters without one, such as running statistics, are left out. It
	// changes nothing.
	Gradient(b *data.Batch) []checkpoint.Tensor
}

// Checker is an Instance whose steps can be checked: code that was generated
// with --checked.
type Checker interface {
	Instance
	// CheckBatch runs each example of b arrow by arrow before step number
	// step, and fails with a *runtime.ArrowError where a value does not
	// belong to its object.
	CheckBatch(t *runtime.Trace, step int, b *data.Batch) error
	// CheckState does the same for the state and the loss after that step.
	CheckState(t *runtime.Trace, step int, loss float32) error
}
