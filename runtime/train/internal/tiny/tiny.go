// Package tiny imitates by hand what ctgen generates for
//
//	object Point = R[2]   object Label = R in {0, 1}
//	endo step on Momentum[Neuron] = grad measure >> momentum(…)
//	data points: Point * Label from csv "points.csv" {
//	    Point: columns 1..2 standardized   Label: column 3   split: 3 / 1
//	}
//	train fit { step: step, on: points, batch: 8, epochs: 5, report: accuracy, auc }
//
// It is the model that the engine's tests train, and the form in which a
// generated package offers a trained model to Go programs.
package tiny

import (
	"context"
	"math"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/rng"
	"github.com/ctgen-lang/ctgen/runtime/train"
)

type (
	Point       [2]float32
	Probability float32
)

// Neuron is the parameter object.
type Neuron struct {
	Weight [2]float32
	Bias   float32
}

// Predict is the trained arrow. The point is one that Prepare returned.
func (n *Neuron) Predict(x Point) Probability {
	z := float64(n.Bias)
	for i, w := range n.Weight {
		z += float64(w) * float64(x[i])
	}
	return Probability(1 / (1 + math.Exp(-z)))
}

// tensors views the parameters by slot path.
func (n *Neuron) tensors() []checkpoint.Tensor {
	return []checkpoint.Tensor{
		{Name: "weight", Shape: []int{2}, F32: n.Weight[:], Object: "Neuron.weight"},
		{Name: "bias", F32: runtime.Flat(&n.Bias), Object: "Neuron.bias"},
	}
}

// Momentum is the state of the step.
type Momentum struct {
	Params   Neuron
	Velocity Neuron
	Count    int64
}

var pointsSpec = data.Spec{
	Name: "points", Format: "csv", Path: "points.csv", Split: [2]int{3, 1},
	Columns: []data.Column{
		{Object: "Point", First: 1, Last: 2, Standardize: true},
		{Object: "Label", First: 3, Last: 3, Set: runtime.Finite{0, 1}},
	},
}

// FitProgram is the training declaration fit.
func FitProgram() *train.Program {
	return &train.Program{
		Category: "tiny", Name: "fit", Spec: "3f1c",
		Data: pointsSpec, Batch: 8, Epochs: 5, Params: "params.",
		Metrics: []train.Metric{{Name: "accuracy", Threshold: 0.5}, {Name: "auc", Of: "predict"}},
		New: func(capacity, _ int) (train.Instance, error) {
			return &Instance{probabilities: make([]float32, capacity)}, nil
		},
	}
}

// Model is what fit trains and saves: the parameters, with the preprocessing
// that was fitted on the training part.
type Model struct {
	Neuron Neuron
	points data.Scaler
}

// Fit trains as the declaration fit and the options say. A cancelled training
// returns the model so far together with ctx's error.
func Fit(ctx context.Context, options ...train.Option) (*Model, *train.Report, error) {
	r, err := train.Run(ctx, FitProgram(), options...)
	if r == nil {
		return nil, nil, err
	}
	return &Model{r.Instance.(*Instance).state.Params, *r.Scalers[0]}, &r.Report, err
}

// LoadFit reads a model that a training saved.
func LoadFit(file []byte) (*Model, error) {
	m := &Model{}
	if err := train.LoadModel(file, &pointsSpec, m.Neuron.tensors(), &m.points); err != nil {
		return nil, err
	}
	return m, nil
}

// Save writes the parameters and the preprocessing, without optimizer state.
func (m *Model) Save(path string) error {
	return checkpoint.Save(path, nil, train.ModelTensors(&pointsSpec, m.Neuron.tensors(), &m.points))
}

// Prepare makes a point of the numbers that a file would hold.
func (m *Model) Prepare(cells [2]float32) Point {
	var x Point
	m.points.Apply(x[:], cells[:])
	return x
}

// Instance is one model in training.
type Instance struct {
	state         Momentum
	probabilities []float32
}

// Init draws the state from seed.
func (m *Instance) Init(seed uint64) {
	m.state = Momentum{}
	rng.Normal(rng.New(seed, "weight"), m.state.Params.Weight[:], 0.1)
}

// Changed has nothing to do: the tensors are the state.
func (m *Instance) Changed() {}

// Tensors lists the state by slot path.
func (m *Instance) Tensors() []checkpoint.Tensor {
	s := &m.state
	return []checkpoint.Tensor{
		{Name: "params.weight", Shape: []int{2}, F32: s.Params.Weight[:], Object: "Neuron.weight"},
		{Name: "params.bias", F32: runtime.Flat(&s.Params.Bias), Object: "Neuron.bias"},
		{Name: "velocity.weight", Shape: []int{2}, F32: s.Velocity.Weight[:], Object: "tangent Neuron.weight"},
		{Name: "velocity.bias", F32: runtime.Flat(&s.Velocity.Bias), Object: "tangent Neuron.bias"},
		{Name: "count", I64: runtime.Longs(&s.Count), Object: "Momentum[Neuron].count"},
	}
}

// Step makes one step and returns the mean loss before it.
func (m *Instance) Step(b *data.Batch) float32 {
	loss, gradient := m.Loss(b), m.gradient(b)
	s := &m.state
	const rate, keep = 0.5, 0.5
	for k := range gradient.Weight {
		s.Velocity.Weight[k] = keep*s.Velocity.Weight[k] + gradient.Weight[k]
		s.Params.Weight[k] -= rate * s.Velocity.Weight[k]
	}
	s.Velocity.Bias = keep*s.Velocity.Bias + gradient.Bias
	s.Params.Bias -= rate * s.Velocity.Bias
	s.Count++
	return loss
}

// gradient is the derivative of the mean loss, from the probabilities of b.
func (m *Instance) gradient(b *data.Batch) (g Neuron) {
	for i, p := range m.probabilities[:b.N] {
		d := (p - b.Factors[1].Real[i]) / float32(b.N)
		for k := range g.Weight {
			g.Weight[k] += d * b.Factors[0].Real[2*i+k]
		}
		g.Bias += d
	}
	return g
}

// Gradient returns the derivative of the mean loss over b by each parameter.
func (m *Instance) Gradient(b *data.Batch) []checkpoint.Tensor {
	m.Loss(b)
	g := m.gradient(b)
	return g.tensors()
}

// Loss returns the mean loss.
func (m *Instance) Loss(b *data.Batch) float32 {
	m.Read(0, b)
	sum := 0.0
	for i, p := range m.probabilities[:b.N] {
		q := float64(p)
		if b.Factors[1].Real[i] == 0 {
			q = 1 - q
		}
		sum -= math.Log(max(q, 1e-30))
	}
	return float32(sum / float64(b.N))
}

// Read returns what the metrics read.
func (m *Instance) Read(_ int, b *data.Batch) (prediction, target data.Values) {
	for i := range b.N {
		m.probabilities[i] = float32(m.state.Params.Predict(Point(b.Factors[0].Real[2*i : 2*i+2])))
	}
	return data.Values{Object: "Probability", Width: 1, Real: m.probabilities[:b.N]}, b.Factors[1]
}
