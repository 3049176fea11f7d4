// Package scalar does the workloads in Go as one writes it by hand: plain
// loops over slices, no assembly, no generated code. It is a peer, and the
// tests hold ours against it.
package scalar

import (
	"math"

	"github.com/ctgen-lang/ctgen/bench/workload"
)

// Open readies a workload from its first parameters.
func Open(w workload.Workload) workload.Runner {
	d := w.Data()
	if w.Loss == workload.Logistic {
		return newLogistic(w, d)
	}
	return newNetwork(w, d)
}

func newLogistic(w workload.Workload, d *workload.Data) workload.Runner {
	weight, bias := d.Layers[0].Weight, d.Layers[0].Bias[0]
	dweight := make([]float32, len(weight))
	examples, in := w.Examples(), w.In()
	return workload.Runner{Call: func(i int) float64 {
		i %= w.Buffers
		x, y := d.X[i*examples*in:], d.Y[i*examples:]
		sum := 0.0
		for range w.Steps {
			clear(dweight)
			loss, dbias := float32(0), float32(0)
			for b := range w.Batch {
				row := x[b*in:][:len(weight)]
				z := bias
				for j, v := range row {
					z += weight[j] * v
				}
				l, p := logistic(z, y[b])
				loss += l
				dz := p - y[b]
				for j, v := range row {
					dweight[j] += dz * v
				}
				dbias += dz
			}
			rate := w.Rate / float32(w.Batch)
			for j, g := range dweight {
				weight[j] -= rate * g
			}
			bias -= rate * dbias
			sum += float64(loss / float32(w.Batch))
			x, y = x[w.Batch*in:], y[w.Batch:]
		}
		return sum
	}}
}

// logistic is the cross entropy of logit z and target y, and the probability.
func logistic(z, y float32) (loss, p float32) {
	e := float32(math.Exp(-math.Abs(float64(z))))
	p = 1 / (1 + e)
	if z < 0 {
		p *= e
	}
	return float32(math.Log1p(float64(e))) + max(z, 0) - z*y, p
}

// softmax assigns the derivative of the mean cross entropy by the scores of a
// batch, and returns the mean cross entropy.
func softmax(scores, dscores, class []float32, batch, out int) float64 {
	loss := 0.0
	for b := range batch {
		s, ds := scores[b*out:(b+1)*out], dscores[b*out:(b+1)*out]
		most, sum := s[0], float32(0)
		for _, v := range s {
			most = max(most, v)
		}
		for j, v := range s {
			ds[j] = float32(math.Exp(float64(v - most)))
			sum += ds[j]
		}
		c := int(class[b])
		loss += math.Log(float64(sum)) + float64(most-s[c])
		for j := range ds {
			ds[j] /= sum * float32(batch)
		}
		ds[c] -= 1 / float32(batch)
	}
	return loss / float64(batch)
}

// squared is the same for the mean squared error of one score.
func squared(scores, dscores, target []float32, batch int) float64 {
	loss := 0.0
	for b := range batch {
		d := scores[b] - target[b]
		dscores[b] = 2 * d / float32(batch)
		loss += float64(d * d)
	}
	return loss / float64(batch)
}
