// Command gorgonia runs a workload's training step on Gorgonia's tape machine:
//
//	gorgonia WORKLOAD
package main

import (
	"fmt"
	"os"

	"github.com/ctgen-lang/ctgen/bench/workload"
	. "gorgonia.org/gorgonia"
	"gorgonia.org/tensor"
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

// must panics on what only a wrong graph could cause.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

func run(w workload.Workload) error {
	d := w.Data()
	g := NewGraph()
	x := NewMatrix(g, Float32, WithShape(w.Batch, w.In()), WithName("x"))
	y := NewMatrix(g, Float32, WithShape(w.Batch, w.Out()), WithName("y"))
	var params Nodes
	h := x
	for l, p := range d.Layers {
		in, out := w.Dims[l], w.Dims[l+1]
		weight := NewMatrix(g, Float32, WithShape(in, out), WithName(fmt.Sprint("w", l)),
			WithValue(matrix(in, out, transposed(p.Weight, out, in))))
		bias := NewMatrix(g, Float32, WithShape(1, out), WithName(fmt.Sprint("b", l)), WithValue(matrix(1, out, p.Bias)))
		params = append(params, weight, bias)
		h = Must(BroadcastAdd(Must(Mul(h, weight)), bias, nil, []byte{0}))
		if l < len(d.Layers)-1 {
			h = Must(Rectify(h))
		}
	}
	var loss *Node
	if w.Loss == workload.Softmax {
		// Mean is over all entries of a one-hot product, so the sum over
		// classes has to be multiplied back.
		product := Must(HadamardProd(Must(Log(Must(SoftMax(h)))), y))
		loss = Must(Mul(Must(Mean(product)), NewConstant(-float32(w.Out()))))
	} else {
		loss = Must(Mean(Must(Square(Must(Sub(h, y))))))
	}
	if _, err := Grad(loss, params...); err != nil {
		return err
	}
	var value Value
	Read(loss, &value)
	vm := NewTapeMachine(g, BindDualValues(params...))
	defer vm.Close()
	var solver Solver = NewVanillaSolver(WithLearnRate(float64(w.Rate)))
	if w.Optimizer == workload.Adam {
		solver = NewAdamSolver(WithLearnRate(float64(w.Rate)))
	}

	var xs, ys []tensor.Tensor
	for i := range w.Buffers {
		xs = append(xs, matrix(w.Batch, w.In(), d.X[i*w.Batch*w.In():(i+1)*w.Batch*w.In()]))
		target := d.Y[i*w.Batch : (i+1)*w.Batch]
		if w.Loss == workload.Softmax {
			hot := make([]float32, w.Batch*w.Out())
			for b, class := range target {
				hot[b*w.Out()+int(class)] = 1
			}
			target = hot
		}
		ys = append(ys, matrix(w.Batch, w.Out(), target))
	}
	step := func(i int) float64 {
		i %= w.Buffers
		must(Let(x, xs[i]))
		must(Let(y, ys[i]))
		must(vm.RunAll())
		must(solver.Step(NodesToValueGrads(params)))
		vm.Reset()
		return float64(value.Data().(float32))
	}
	check := w.Check(workload.Runner{Call: step})
	w.Report("gorgonia", 1, step, check)
	return nil
}

func matrix(rows, columns int, v []float32) *tensor.Dense {
	return tensor.New(tensor.WithShape(rows, columns), tensor.WithBacking(v))
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
