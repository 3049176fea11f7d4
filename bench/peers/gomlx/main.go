// Command gomlx runs a workload's training step on GoMLX's pure Go backend:
//
//	gomlx WORKLOAD
package main

import (
	"fmt"
	"os"

	"github.com/ctgen-lang/ctgen/bench/workload"
	"github.com/gomlx/gomlx/backends/simplego"
	"github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/core/tensors"
	"github.com/gomlx/gomlx/pkg/ml/context"
	"github.com/gomlx/gomlx/pkg/ml/layers/activations"
	"github.com/gomlx/gomlx/pkg/ml/train"
	"github.com/gomlx/gomlx/pkg/ml/train/losses"
	"github.com/gomlx/gomlx/pkg/ml/train/optimizers"
)

func main() {
	w, err := workload.Named(os.Args[1])
	if err == nil {
		err = run(w)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(w workload.Workload) error {
	backend, err := simplego.New("")
	if err != nil {
		return err
	}
	d := w.Data()
	model := func(ctx *context.Context, _ any, inputs []*graph.Node) []*graph.Node {
		h := inputs[0]
		g := h.Graph()
		for l, p := range d.Layers {
			in, out := w.Dims[l], w.Dims[l+1]
			layer := ctx.In(fmt.Sprint("layer", l))
			weight := layer.VariableWithValue("weights", tensors.FromFlatDataAndDimensions(transposed(p.Weight, out, in), in, out))
			bias := layer.VariableWithValue("biases", tensors.FromFlatDataAndDimensions(p.Bias, out))
			h = graph.Add(graph.Dot(h, weight.ValueGraph(g)), graph.ExpandLeftToRank(bias.ValueGraph(g), 2))
			if l < len(d.Layers)-1 {
				h = activations.Relu(h)
			}
		}
		return []*graph.Node{h}
	}
	loss := losses.SparseCategoricalCrossEntropyLogits
	if w.Loss == workload.Squared {
		loss = losses.MeanSquaredError
	}
	var optimizer optimizers.Interface = optimizers.StochasticGradientDescent().WithDecay(false).Done()
	if w.Optimizer == workload.Adam {
		optimizer = optimizers.Adam().Epsilon(1e-8).Done()
	}
	ctx := context.New()
	ctx.SetParam(optimizers.ParamLearningRate, float64(w.Rate))
	trainer := train.NewTrainer(backend, ctx, model, loss, optimizer, nil, nil)

	var xs, ys []*tensors.Tensor
	for i := range w.Buffers {
		xs = append(xs, tensors.FromFlatDataAndDimensions(d.X[i*w.Batch*w.In():(i+1)*w.Batch*w.In()], w.Batch, w.In()))
		target := d.Y[i*w.Batch : (i+1)*w.Batch]
		if w.Loss == workload.Squared {
			ys = append(ys, tensors.FromFlatDataAndDimensions(target, w.Batch, 1))
			continue
		}
		class := make([]int32, w.Batch)
		for b, c := range target {
			class[b] = int32(c)
		}
		ys = append(ys, tensors.FromFlatDataAndDimensions(class, w.Batch, 1))
	}
	step := func(i int) float64 {
		i %= w.Buffers
		metrics, err := trainer.TrainStep(nil, xs[i:i+1], ys[i:i+1])
		if err != nil {
			panic(err) // shapes do not change from step to step
		}
		value := metrics[0].Value().(float32)
		for _, m := range metrics {
			m.FinalizeAll()
		}
		return float64(value)
	}
	check := w.Check(workload.Runner{Call: step})
	w.Report("gomlx", 1, step, check)
	return nil
}

// transposed is [out][in] as [in][out].
func transposed(v []float32, out, in int) []float32 {
	t := make([]float32, len(v))
	for o := range out {
		for i := range in {
			t[i*out+o] = v[o*in+i]
		}
	}
	return t
}
