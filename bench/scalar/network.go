package scalar

import (
	"math"

	"github.com/ctgen-lang/ctgen/bench/workload"
)

// layer is one affine map with what a step needs: weight[out][in], the outputs
// of a batch and their cotangents, the gradient, and Adam's means.
type layer struct {
	in, out                  int
	weight, bias             []float32
	y, dy                    []float32
	dweight, dbias           []float32
	wmean, wvar, bmean, bvar []float32
	relu                     bool
}

type network struct {
	workload.Workload
	layers []*layer
	count  float64
}

func newNetwork(w workload.Workload, d *workload.Data) workload.Runner {
	n := &network{Workload: w}
	for l, p := range d.Layers {
		in, out := w.Dims[l], w.Dims[l+1]
		of := func(size int) []float32 { return make([]float32, size) }
		n.layers = append(n.layers, &layer{
			in: in, out: out, weight: p.Weight, bias: p.Bias, relu: l < len(d.Layers)-1,
			y: of(w.Batch * out), dy: of(w.Batch * out), dweight: of(in * out), dbias: of(out),
			wmean: of(in * out), wvar: of(in * out), bmean: of(out), bvar: of(out),
		})
	}
	size := w.Batch * w.In()
	return workload.Runner{
		Call: func(i int) float64 {
			i %= w.Buffers
			return n.step(d.X[i*size:(i+1)*size], d.Y[i*w.Batch:(i+1)*w.Batch])
		},
		Scores: func() []float32 { return n.layers[len(n.layers)-1].y },
	}
}

func (n *network) step(x, y []float32) float64 {
	from := x
	for _, l := range n.layers {
		l.forward(from, n.Batch)
		from = l.y
	}
	if n.Optimizer == workload.None {
		return 0
	}
	last := n.layers[len(n.layers)-1]
	var loss float64
	if n.Loss == workload.Softmax {
		loss = softmax(last.y, last.dy, y, n.Batch, last.out)
	} else {
		loss = squared(last.y, last.dy, y, n.Batch)
	}
	n.count++
	for i := len(n.layers) - 1; i >= 0; i-- {
		l := n.layers[i]
		if i > 0 {
			l.backward(n.layers[i-1], n.Batch)
			l.gradient(n.layers[i-1].y, n.Batch)
		} else {
			l.gradient(x, n.Batch)
		}
		if n.Optimizer == workload.Adam {
			n.adam(l.weight, l.wmean, l.wvar, l.dweight)
			n.adam(l.bias, l.bmean, l.bvar, l.dbias)
		} else {
			descend(l.weight, l.dweight, n.Rate)
			descend(l.bias, l.dbias, n.Rate)
		}
	}
	return loss
}

// forward is y = x weightᵀ + bias, and relu.
func (l *layer) forward(x []float32, batch int) {
	for b := range batch {
		row, y := x[b*l.in:(b+1)*l.in], l.y[b*l.out:(b+1)*l.out]
		for o := range y {
			y[o] = dot(row, l.weight[o*l.in:(o+1)*l.in]) + l.bias[o]
			if l.relu {
				y[o] = max(y[o], 0)
			}
		}
	}
}

// dot has four sums, so that one addition need not wait for another.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	for len(a) >= 4 && len(b) >= 4 {
		s0 += a[0] * b[0]
		s1 += a[1] * b[1]
		s2 += a[2] * b[2]
		s3 += a[3] * b[3]
		a, b = a[4:], b[4:]
	}
	for k, v := range a {
		s0 += v * b[k]
	}
	return s0 + s1 + s2 + s3
}

// axpy adds s x to y.
func axpy(y, x []float32, s float32) {
	y = y[:len(x)]
	for k, v := range x {
		y[k] += s * v
	}
}

// backward assigns the cotangents of the layer below, where its relu let pass.
func (l *layer) backward(below *layer, batch int) {
	clear(below.dy)
	for b := range batch {
		to := below.dy[b*l.in : (b+1)*l.in]
		for o, d := range l.dy[b*l.out : (b+1)*l.out] {
			axpy(to, l.weight[o*l.in:(o+1)*l.in], d)
		}
		for k, v := range below.y[b*l.in : (b+1)*l.in] {
			if v <= 0 {
				to[k] = 0
			}
		}
	}
}

// gradient assigns the derivative by weight and bias.
func (l *layer) gradient(x []float32, batch int) {
	clear(l.dweight)
	clear(l.dbias)
	for b := range batch {
		row, dy := x[b*l.in:(b+1)*l.in], l.dy[b*l.out:(b+1)*l.out]
		for o, d := range dy {
			if d != 0 { // relu stops about half of them
				axpy(l.dweight[o*l.in:(o+1)*l.in], row, d)
				l.dbias[o] += d
			}
		}
	}
}

func descend(p, g []float32, rate float32) { axpy(p, g, -rate) }

func (n *network) adam(p, mean, variance, g []float32) {
	rate := n.Rate / float32(1-math.Pow(0.9, n.count))
	scale := float32(1 / (1 - math.Pow(0.999, n.count)))
	for i, v := range g {
		mean[i] = 0.9*mean[i] + 0.1*v
		variance[i] = 0.999*variance[i] + 0.001*v*v
		p[i] -= rate * mean[i] / (float32(math.Sqrt(float64(variance[i]*scale))) + 1e-8)
	}
}
