package kernel

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// fastest runs f over and over for the benchmark and returns the shortest
// time of a call, which a busy machine disturbs least.
func fastest(b *testing.B, f func()) time.Duration {
	shortest := time.Duration(math.MaxInt64)
	for b.Loop() {
		start := time.Now()
		f()
		shortest = min(shortest, time.Since(start))
	}
	return shortest
}

// peak measures what the multiply-add units give at best, in GFLOP/s: a tile
// of full height whose operands are a few words, over many terms.
func peak() float64 {
	const terms = 1 << 12
	width := tileWidth(tileHeight)
	a, b, c := make([]float32, tileHeight), make([]float32, width), make([]float32, tileHeight*width)
	shortest := time.Duration(math.MaxInt64)
	for range 1000 {
		p := panel{a: &a[0], b: &b[0], c: &c[0], m: tileHeight, n: width, k: terms, aRow: 4, cRow: 4 * width}
		start := time.Now()
		p.run()
		shortest = min(shortest, time.Since(start))
	}
	return 2 * tileHeight * float64(width) * terms / float64(shortest.Nanoseconds())
}

// report states the speed of the fastest call, and how much of the peak it is.
func report(b *testing.B, flops int, shortest time.Duration) {
	speed := float64(flops) / float64(shortest.Nanoseconds())
	b.ReportMetric(speed, "GFLOP/s")
	b.ReportMetric(100*speed/peak(), "%peak")
}

// BenchmarkAffine measures the products of one layer in the stored layout,
// and of the textbook's forward pass.
func BenchmarkAffine(b *testing.B) {
	for _, s := range [][3]int{{64, 784, 128}, {64, 128, 10}, {48, 300, 77}, {17, 61, 101}, {1, 784, 128}, {1, 128, 10},
		{32, 30, 1}, {512, 512, 512}, {64, 1024, 1024}} {
		rows, i, o := s[0], s[1], s[2]
		x, w, bias, y := make([]float32, rows*i), make([]float32, i*o), make([]float32, o), make([]float32, rows*o)
		dx, turned := make([]float32, rows*i), make([]float32, i*o)
		for e := range x {
			x[e] = float32(e%7) - 3
		}
		tests := []struct {
			name string
			f    func()
		}{
			{"forward", func() { AffineTransposedRelu(y, x, w, bias, rows, 1, i, o) }},
			{"textbook", func() { Affine(y, x, w, bias, rows, 1, i, o) }},
			{"dx", func() { AffineTransposedDx(dx, turned, y, rows, 1, i, o) }},
			{"dweight", func() { AffineTransposedDweightInto(w, x, y, rows, 1, i, o, 1, -1e-9, 0, i) }},
		}
		for _, l := range fastLevels() {
			for _, tt := range tests {
				b.Run(fmt.Sprintf("%d×%d×%d/%s/%v", rows, i, o, tt.name, l), func(b *testing.B) {
					atLevel(b, l)
					report(b, 2*rows*i*o, fastest(b, tt.f))
				})
			}
		}
	}
}

// BenchmarkStepBySgd measures the kernels of a whole training step of a
// perceptron with 784 inputs, 128 hidden units and 10 classes on 64 examples.
func BenchmarkStepBySgd(b *testing.B) {
	const n, in, hidden, out = 64, 784, 128, 10
	x, class := make([]float32, n*in), make([]int32, n)
	for e := range x {
		x[e] = float32(e%7) / 7
	}
	for e := range class {
		class[e] = int32(e % out)
	}
	w1, b1, w2, b2 := make([]float32, in*hidden), make([]float32, hidden), make([]float32, hidden*out), make([]float32, out)
	for e := range w1 {
		w1[e] = float32(e%11)/110 - 0.05
	}
	for e := range w2 {
		w2[e] = float32(e%13)/130 - 0.05
	}
	h, dh, z, q, dz := make([]float32, n*hidden), make([]float32, n*hidden), make([]float32, n*out), make([]float32, n*out), make([]float32, n*out)
	loss, dloss, turned := make([]float32, n), make([]float32, n), make([]float32, out*hidden)
	Fill(dloss, 1.0/n)
	step := func() {
		const rate = -0.01
		AffineTransposedRelu(h, x, w1, b1, n, 1, in, hidden)
		AffineTransposed(z, h, w2, b2, n, 1, hidden, out)
		SoftmaxCrossEntropy(loss, q, z, class, n, 1, out)
		SoftmaxCrossEntropyDz(dz, class, q, dloss, n, 1, out)
		AffineTransposedTurned(turned, w2, n, 1, hidden, out)
		AffineTransposedDx(dh, turned, dz, n, 1, hidden, out)
		AffineTransposedReluDz(dh, h, dh, n, 1, in, hidden)
		AffineTransposedDweightInto(w2, h, dz, n, 1, hidden, out, 1, rate, 0, hidden)
		AffineTransposedDbiasInto(b2, dz, n, 1, hidden, out, 1, rate, 0, out)
		AffineTransposedReluDweightInto(w1, x, dh, n, 1, in, hidden, 1, rate, 0, in)
		AffineTransposedReluDbiasInto(b1, dh, n, 1, in, hidden, 1, rate, 0, hidden)
	}
	for _, l := range fastLevels() {
		b.Run(l.String(), func(b *testing.B) {
			atLevel(b, l)
			report(b, 2*n*(2*in*hidden+3*hidden*out), fastest(b, step))
		})
	}
}
