package kernel

import (
	"fmt"
	"math"
	"testing"
)

// BenchmarkElementwise measures nanoseconds per element on 4096 elements that
// stay in the first cache.
func BenchmarkElementwise(b *testing.B) {
	const n = 4096
	x, y, z, u, v := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	for i := range x {
		x[i] = float32(4 * math.Sin(float64(i)))
		u[i] = 0.5 + 0.4*float32(math.Sin(float64(i)))
		v[i] = u[i]
	}
	row, class := make([]float32, n), make([]int32, n)
	tests := []struct {
		name string
		f    func()
	}{
		{"relu", func() { Relu(y, x, 1, n) }},
		{"relu dx", func() { ReluDx(y, u, x, 1, n) }},
		{"leaky relu", func() { LeakyRelu(y, x, 1, n, 0.01) }},
		{"exp", func() { Exp(y, x, 1, n) }},
		{"log", func() { Log(y, u, 1, n) }},
		{"sigmoid", func() { Sigmoid(y, x, 1, n) }},
		{"tanh", func() { Tanh(y, x, 1, n) }},
		{"softplus", func() { Softplus(y, x, 1, n) }},
		{"silu", func() { Silu(y, x, 1, n) }},
		{"silu dx", func() { SiluDx(y, x, u, 1, n) }},
		{"gelu", func() { Gelu(y, x, 1, n) }},
		{"gelu dx", func() { GeluDx(y, x, u, 1, n) }},
		{"accumulate", func() { clear(y[:1]); Accumulate(y, u) }},
		{"fill", func() { Fill(y, 0.5) }},
		{"sum", func() { Sum(row, x, 1, n) }},
		{"sum rows of 10", func() { Sum(row, x, n/10, 10) }},
		{"sgd", func() { Sgd(y, y, u, n, 1e-6, 0, 0) }},
		{"momentum", func() { Momentum(y, z, y, z, u, n, 1e-6, 0.9, 0, 0) }},
		{"adam", func() { Adam(y, z, v, y, z, v, u, []int64{1}, n, 1e-6, 0.9, 0.999, 1e-8) }},
		{"squared distance", func() { SquaredDistance(row, x, u, 1, n) }},
		{"binary cross entropy", func() { BinaryCrossEntropy(row, u, u, n, 1) }},
		{"logistic loss", func() { SigmoidBinaryCrossEntropy(row, y, x, u, n, 1) }},
		{"logistic loss dz", func() { SigmoidBinaryCrossEntropyDz(y, x, u, n, 1) }},
		{"softmax of 10", func() { Softmax(y, x, n/10, 1, 10) }},
		{"softmax of 16", func() { Softmax(y, x, n/16, 1, 16) }},
		{"softmax of 100", func() { Softmax(y, x, n/100, 1, 100) }},
		{"softmax loss of 10", func() { SoftmaxCrossEntropy(row, y, x, class, n/10, 1, 10) }},
		{"softmax loss of 10 dz", func() { SoftmaxCrossEntropyDz(y, class, x, u, n/10, 1, 10) }},
	}
	for _, tt := range tests {
		for _, l := range append([]level{portable}, sameBits()[1:]...) {
			b.Run(fmt.Sprintf("%s/%v", tt.name, l), func(b *testing.B) {
				atLevel(b, l)
				for b.Loop() {
					tt.f()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/element")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// BenchmarkHotShapes measures calls of the sizes that training makes.
func BenchmarkHotShapes(b *testing.B) {
	const n, k = 64, 10
	z, q, loss, one := make([]float32, n*k), make([]float32, n*k), make([]float32, n), make([]float32, n)
	for i := range z {
		z[i] = float32(3 * math.Sin(float64(i)))
	}
	for i := range one {
		one[i] = 1
	}
	class := make([]int32, n)
	tests := []struct {
		name string
		f    func()
	}{
		{"softmax 64x10", func() { Softmax(q, z, n, 1, k) }},
		{"softmax loss 64x10", func() { SoftmaxCrossEntropy(loss, q, z, class, n, 1, k) }},
		{"softmax loss dz 64x10", func() { SoftmaxCrossEntropyDz(z, class, q, one, n, 1, k) }},
		{"logistic loss 32", func() { SigmoidBinaryCrossEntropy(loss, q, z, one, 32, 1) }},
		{"logistic loss dz 32", func() { SigmoidBinaryCrossEntropyDz(z, q, one, 32, 1) }},
		{"relu 64x10", func() { Relu(q, z, n, k) }},
		{"sgd 30", func() { Sgd(q, q, z, 30, 1e-6, 0, 0) }},
	}
	for _, tt := range tests {
		for _, l := range append([]level{portable}, sameBits()[1:]...) {
			b.Run(fmt.Sprintf("%s/%v", tt.name, l), func(b *testing.B) {
				atLevel(b, l)
				for b.Loop() {
					tt.f()
				}
			})
		}
	}
}
