// Package workload says what is measured: models, shapes, batches, data and
// first parameters. Every peer, ours included, reads its work from here, so
// that all of them do the same.
package workload

import "fmt"

// Loss is what a step minimizes, as a mean over the batch.
type Loss string

// The losses.
const (
	Logistic Loss = "logistic" // cross entropy of a logit and a target 0 or 1
	Softmax  Loss = "softmax"  // cross entropy of scores and a class
	Squared  Loss = "squared"  // (y - t)²
)

// Optimizer is how a step moves the parameters.
type Optimizer string

// The optimizers.
const (
	None Optimizer = "none" // inference: scores only
	SGD  Optimizer = "sgd"
	Adam Optimizer = "adam" // beta1 0.9, beta2 0.999, epsilon 1e-8, no decay
)

// Workload is one thing to measure. Its model is a chain of affine maps with
// relu between them.
type Workload struct {
	Name      string    `json:"name"`
	Title     string    `json:"title"` // what it is, for tables
	Dims      []int     `json:"dims"`  // input, hidden layers, output
	Loss      Loss      `json:"loss"`
	Optimizer Optimizer `json:"optimizer"`
	Rate      float32   `json:"rate"`
	Batch     int       `json:"batch"`   // examples in a step
	Steps     int       `json:"steps"`   // steps in one call
	Buffers   int       `json:"buffers"` // calls with data of their own before the first comes again
}

// All lists every workload, in the order of the tables.
func All() []Workload {
	return []Workload{
		{"W1a_epoch", "logistic d=2, 1 example a step, 256 steps a call", []int{2, 1}, Logistic, SGD, 0.1, 1, 256, 16},
		{"W1a_call", "logistic d=2, 1 example a step, 1 step a call", []int{2, 1}, Logistic, SGD, 0.1, 1, 1, 56},
		{"W1b_sgd", "logistic d=30, batch 32", []int{30, 1}, Logistic, SGD, 0.1, 32, 1, 17},
		{"W2_sgd", "MLP 64-32-10, batch 32, SGD", []int{64, 32, 10}, Softmax, SGD, 0.01, 32, 1, 56},
		{"W3_sgd", "MLP 784-128-10, batch 64, SGD", []int{784, 128, 10}, Softmax, SGD, 0.01, 64, 1, 16},
		{"W3_adam", "MLP 784-128-10, batch 64, Adam", []int{784, 128, 10}, Softmax, Adam, 0.001, 64, 1, 16},
		{"W3_infer64", "MLP 784-128-10, inference, batch 64", []int{784, 128, 10}, Softmax, None, 0, 64, 1, 16},
		{"W3_infer1", "MLP 784-128-10, inference, batch 1", []int{784, 128, 10}, Softmax, None, 0, 1, 1, 56},
		{"U1_sgd", "MLP 300-77-33-5, batch 48, SGD", []int{300, 77, 33, 5}, Softmax, SGD, 0.01, 48, 1, 16},
		{"U2_sgd", "MLP 61-101-7, batch 17, SGD", []int{61, 101, 7}, Softmax, SGD, 0.01, 17, 1, 32},
		{"U3_sgd", "regression 13-64-1, batch 32, SGD", []int{13, 64, 1}, Squared, SGD, 0.01, 32, 1, 32},
	}
}

// Named returns the workload of that name.
func Named(name string) (Workload, error) {
	for _, w := range All() {
		if w.Name == name {
			return w, nil
		}
	}
	return Workload{}, fmt.Errorf("there is no workload %q", name)
}

// Examples is how many examples one call reads.
func (w Workload) Examples() int { return w.Steps * w.Batch }

// In and Out are the extents of the input and of the scores.
func (w Workload) In() int  { return w.Dims[0] }
func (w Workload) Out() int { return w.Dims[len(w.Dims)-1] }

// FLOPs counts the floating point operations of one step's matrix products, a
// multiplication and an addition as two: the forward products, and in
// training those by the weights, and by the inputs of all layers but the
// first. Activations, losses, biases and optimizers are not counted, so a
// share of peak that is computed from it is a lower bound.
func (w Workload) FLOPs() float64 {
	total := 0
	for l := 1; l < len(w.Dims); l++ {
		product := 2 * w.Batch * w.Dims[l-1] * w.Dims[l]
		total += product
		if w.Optimizer != None {
			total += product
			if l > 1 {
				total += product
			}
		}
	}
	return float64(total)
}
