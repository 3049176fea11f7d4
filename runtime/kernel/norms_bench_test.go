package kernel

import (
	"fmt"
	"testing"
)

// BenchmarkNorms measures norms, tables and sums over axes at the shapes of a
// small Transformer in training: 16 examples of 64 positions of 64 numbers, 256
// tokens. None allocates.
func BenchmarkNorms(b *testing.B) {
	const n, t, k, v, epsilon = 16, 64, 64, 256, 1e-5
	rows := n * t
	numbers := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(i%17)/8 - 1
		}
		return x
	}
	x, y, dy := numbers(rows*k), numbers(rows*k), numbers(rows*k)
	m, r, a, d := numbers(rows), numbers(rows), numbers(rows), numbers(rows)
	scale, shift, table, position := numbers(k), numbers(k), numbers(v*k), numbers(t*k)
	token := make([]int32, rows)
	for i := range token {
		token[i] = int32(i * 7 % v)
	}
	tests := []struct {
		name string
		f    func()
	}{
		{"layer norm", func() { LayerNorm(y, m, r, x, scale, shift, n, t, k, epsilon) }},
		{"layer norm a", func() { LayerNormA(a, scale, dy, n, t, k, epsilon) }},
		{"layer norm b", func() { LayerNormB(d, x, scale, m, r, dy, n, t, k, epsilon) }},
		{"layer norm dx", func() { LayerNormDx(y, x, scale, m, r, a, d, dy, n, t, k, epsilon) }},
		{"layer norm dscale", func() { LayerNormDscale(scale, x, m, r, dy, n, t, k, epsilon) }},
		{"layer norm dshift", func() { LayerNormDshift(shift, dy, n, t, k, epsilon) }},
		{"rms norm", func() { RmsNorm(y, r, x, scale, n, t, k, epsilon) }},
		{"rms norm b", func() { RmsNormB(d, x, scale, r, dy, n, t, k, epsilon) }},
		{"rms norm dx", func() { RmsNormDx(y, x, scale, r, d, dy, n, t, k, epsilon) }},
		{"rms norm dscale", func() { RmsNormDscale(scale, x, r, dy, n, t, k, epsilon) }},
		{"lookup", func() { Lookup(y, token, table, n, v, t, k) }},
		{"lookup dtable", func() { LookupDtable(table, token, dy, n, v, t, k) }},
		{"lookup dtable into", func() { LookupDtableInto(table, token, dy, n, v, t, k, 1, -1e-6, 0, v) }},
		{"token position embedding", func() { TokenPositionEmbedding(y, token, table, position, n, v, t, k) }},
		{"token position embedding dposition", func() { TokenPositionEmbeddingDposition(position, dy, n, v, t, k) }},
		{"sum leading", func() { SumLeading(y, x, n, t, k) }},
		{"mean leading dx", func() { MeanLeadingDx(y, dy, n, t, k) }},
		{"sum trailing", func() { SumTrailing(m, x, n, t, k) }},
		{"mean trailing dx", func() { MeanTrailingDx(y, m, n, t, k) }},
		{"transpose last", func() { TransposeLast(y, x, n, 1, t, k) }},
		{"gelu", func() { Gelu(y, x, n, t*k) }},
		{"gelu dx", func() { GeluDx(y, x, dy, n, t*k) }},
	}
	for _, tt := range tests {
		for _, l := range append([]level{portable}, sameBits()[1:]...) {
			b.Run(fmt.Sprintf("%s/%v", tt.name, l), func(b *testing.B) {
				atLevel(b, l)
				b.ReportAllocs()
				for b.Loop() {
					tt.f()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows*k), "ns/element")
			})
		}
	}
}
