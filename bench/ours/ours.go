// Package ours runs the workloads on generated code.
package ours

import (
	"errors"
	"fmt"

	"github.com/ctgen-lang/ctgen/bench/generated/u1"
	"github.com/ctgen-lang/ctgen/bench/generated/u2"
	"github.com/ctgen-lang/ctgen/bench/generated/u3"
	"github.com/ctgen-lang/ctgen/bench/generated/w1a"
	"github.com/ctgen-lang/ctgen/bench/generated/w1b"
	"github.com/ctgen-lang/ctgen/bench/generated/w2"
	"github.com/ctgen-lang/ctgen/bench/generated/w3"
	"github.com/ctgen-lang/ctgen/bench/workload"
	"github.com/ctgen-lang/ctgen/runtime"
)

// Open readies a workload from its first parameters.
func Open(w workload.Workload, threads int) (workload.Runner, error) {
	crew := runtime.Threads(threads)
	d := w.Data()
	switch w.Name {
	case "W1a_epoch":
		n := new(w1a.Neuron)
		load(d, runtime.Flat(&n.Weight), runtime.Flat(&n.Bias))
		return epochs[w1a.Input, w1a.Target, w1a.Loss](w, d)(w1a.NewStepTrainer(n, w.Batch, crew))
	case "W1a_call":
		n := new(w1a.Neuron)
		load(d, runtime.Flat(&n.Weight), runtime.Flat(&n.Bias))
		return steps[w1a.Input, w1a.Target, w1a.Loss](w, d)(w1a.NewStepTrainer(n, w.Batch, crew))
	case "W1b_sgd":
		n := new(w1b.Neuron)
		load(d, runtime.Flat(&n.Weight), runtime.Flat(&n.Bias))
		return steps[w1b.Input, w1b.Target, w1b.Loss](w, d)(w1b.NewStepTrainer(n, w.Batch, crew))
	case "W2_sgd":
		n := new(w2.Network)
		load(d, runtime.Flat(&n.Layer1.Weight), runtime.Flat(&n.Layer1.Bias), runtime.Flat(&n.Layer2.Weight), runtime.Flat(&n.Layer2.Bias))
		return steps[w2.Input, w2.Class, w2.Loss](w, d)(w2.NewStepTrainer(n, w.Batch, crew))
	case "W3_sgd":
		return steps[w3.Input, w3.Class, w3.Loss](w, d)(w3.NewStepTrainer(network(d), w.Batch, crew))
	case "W3_adam":
		state := &w3.NetworkAdam{Params: *network(d)}
		return steps[w3.Input, w3.Class, w3.Loss](w, d)(w3.NewAdamStepTrainer(state, w.Batch, crew))
	case "W3_infer64", "W3_infer1":
		if threads != 1 {
			return workload.Runner{}, errors.New("a predictor's call runs on one thread")
		}
		return inference(w, d), nil
	case "U1_sgd":
		n := new(u1.Network)
		load(d, runtime.Flat(&n.Layer1.Weight), runtime.Flat(&n.Layer1.Bias), runtime.Flat(&n.Layer2.Weight), runtime.Flat(&n.Layer2.Bias),
			runtime.Flat(&n.Layer3.Weight), runtime.Flat(&n.Layer3.Bias))
		return steps[u1.Input, u1.Class, u1.Loss](w, d)(u1.NewStepTrainer(n, w.Batch, crew))
	case "U2_sgd":
		n := new(u2.Network)
		load(d, runtime.Flat(&n.Layer1.Weight), runtime.Flat(&n.Layer1.Bias), runtime.Flat(&n.Layer2.Weight), runtime.Flat(&n.Layer2.Bias))
		return steps[u2.Input, u2.Class, u2.Loss](w, d)(u2.NewStepTrainer(n, w.Batch, crew))
	case "U3_sgd":
		n := new(u3.Network)
		load(d, runtime.Flat(&n.Layer1.Weight), runtime.Flat(&n.Layer1.Bias), runtime.Flat(&n.Layer2.Weight), runtime.Flat(&n.Layer2.Bias))
		return steps[u3.Input, u3.Target, u3.Loss](w, d)(u3.NewStepTrainer(n, w.Batch, crew))
	}
	return workload.Runner{}, fmt.Errorf("no generated package runs %q", w.Name)
}

func network(d *workload.Data) *w3.Network {
	n := new(w3.Network)
	load(d, runtime.Flat(&n.Layer1.Weight), runtime.Flat(&n.Layer1.Bias), runtime.Flat(&n.Layer2.Weight), runtime.Flat(&n.Layer2.Bias))
	return n
}

// inference scores a batch of W3; a batch of one goes through Predict.
func inference(w workload.Workload, d *workload.Data) workload.Runner {
	p := w3.NewScoresPredictor(network(d))
	xs, _ := columns[w3.Input, w3.Class](w, d)
	scores := make([]w3.Scores, w.Batch)
	r := workload.Runner{Scores: func() []float32 { return runtime.FlatSlice(scores) }}
	r.Call = func(i int) float64 {
		if err := p.PredictBatch(scores, xs[i%len(xs)]); err != nil {
			panic(err) // scores are as long as every batch
		}
		return 0
	}
	if w.Batch == 1 {
		r.Call = func(i int) float64 {
			scores[0] = p.Predict(xs[i%len(xs)][0])
			return 0
		}
	}
	return r
}

// load copies the first parameters, a weight and a bias for each layer.
func load(d *workload.Data, leaves ...[]float32) {
	for l, p := range d.Layers {
		copy(leaves[2*l], p.Weight)
		copy(leaves[2*l+1], p.Bias)
	}
}

// columns are the inputs and targets of each call.
func columns[X, Y any](w workload.Workload, d *workload.Data) (xs [][]X, ys [][]Y) {
	n := w.Examples()
	x, y := make([]X, w.Buffers*n), make([]Y, w.Buffers*n)
	copy(runtime.FlatSlice(x), d.X)
	if w.Loss == workload.Softmax {
		for i, class := range d.Y {
			runtime.IntsSlice(y)[i] = int32(class)
		}
	} else {
		copy(runtime.FlatSlice(y), d.Y)
	}
	for i := range w.Buffers {
		xs = append(xs, x[i*n:(i+1)*n])
		ys = append(ys, y[i*n:(i+1)*n])
	}
	return xs, ys
}

// trainer is what generated trainers have in common.
type trainer[X, Y any, L ~float32] interface {
	Step([]X, []Y) (L, error)
	Epoch(x []X, y []Y, batch int) (L, error)
}

// steps makes one step a call. The trainer comes as its constructor returns it.
func steps[X, Y any, L ~float32](w workload.Workload, d *workload.Data) func(trainer[X, Y, L], error) (workload.Runner, error) {
	xs, ys := columns[X, Y](w, d)
	return func(t trainer[X, Y, L], err error) (workload.Runner, error) {
		return workload.Runner{Call: func(i int) float64 {
			i %= len(xs)
			loss, err := t.Step(xs[i], ys[i])
			if err != nil {
				panic(err) // batches have the length that the trainer was made for
			}
			return float64(loss)
		}}, err
	}
}

// epochs makes w.Steps steps a call.
func epochs[X, Y any, L ~float32](w workload.Workload, d *workload.Data) func(trainer[X, Y, L], error) (workload.Runner, error) {
	xs, ys := columns[X, Y](w, d)
	return func(t trainer[X, Y, L], err error) (workload.Runner, error) {
		return workload.Runner{Call: func(i int) float64 {
			i %= len(xs)
			mean, err := t.Epoch(xs[i], ys[i], w.Batch)
			if err != nil {
				panic(err) // as above
			}
			return float64(mean) * float64(w.Steps)
		}}, err
	}
}
