package kernel

import (
	"fmt"
	"testing"
)

// BenchmarkConv2d measures the convolutions of specs/lenet.cat on a batch of
// 32, each way: the share of the peak counts what the formula multiplies.
func BenchmarkConv2d(b *testing.B) {
	const n = 32
	for _, s := range [][4]int{{1, 28, 12, 5}, {12, 12, 24, 5}, {16, 32, 32, 3}} {
		c, h, o, k := s[0], s[1], s[2], s[3]
		padding := k % 5 / 3
		p := h + 2*padding - k + 1
		x, dx, y := make([]float32, n*c*h*h), make([]float32, n*c*h*h), make([]float32, n*o*p*p)
		w, bias := make([]float32, o*c*k*k), make([]float32, o)
		for i := range x {
			x[i] = float32(i%7) - 3
		}
		for i := range y {
			y[i] = float32(i%5) - 2
		}
		dy := append([]float32{}, y...)
		tests := []struct {
			name string
			f    func()
		}{
			{"forward", func() { Conv2d(y, x, w, bias, n, 1, c, h, h, o, k, k, p, p, 1, padding) }},
			{"dx", func() { Conv2dDx(dx, w, dy, n, 1, c, h, h, o, k, k, p, p, 1, padding) }},
			{"dweight", func() { Conv2dDweight(w, x, dy, n, 1, c, h, h, o, k, k, p, p, 1, padding) }},
			{"dbias", func() { Conv2dDbias(bias, dy, n, 1, c, h, h, o, k, k, p, p, 1, padding) }},
		}
		for _, t := range tests {
			b.Run(fmt.Sprintf("%d of %dx%d to %d by %d/%s", c, h, h, o, k, t.name), func(b *testing.B) {
				report(b, 2*n*o*p*p*c*k*k, fastest(b, t.f))
			})
		}
	}
}
