package main

import (
	"fmt"
	"time"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

func best(name string, f func()) {
	min := 1e18
	for r := 0; r < 300; r++ {
		t := time.Now()
		for i := 0; i < 1000; i++ {
			f()
		}
		if d := float64(time.Since(t).Nanoseconds()) / 1000; d < min {
			min = d
		}
	}
	fmt.Printf("%-20s %.1f ns\n", name, min)
}

func main() {
	const n, d = 32, 30
	x, w, b := runtime.Aligned[float32](n*d), runtime.Aligned[float32](d), runtime.Aligned[float32](1)
	z, t, y, g, dl := runtime.Aligned[float32](n), runtime.Aligned[float32](n), runtime.Aligned[float32](n), runtime.Aligned[float32](n), runtime.Aligned[float32](n)
	for i := range x {
		x[i] = float32(i%7) * 0.1
	}
	best("affine", func() { kernel.AffineTransposed(z, x, w, b, n, 1, d, 1) })
	best("bce", func() { kernel.SigmoidBinaryCrossEntropy(y, g, z, t, n, 1) })
	best("fill", func() { kernel.Fill(dl, 1.0/32) })
	best("dz", func() { kernel.SigmoidBinaryCrossEntropyDz(g, g, dl, n, 1) })
	best("dw", func() { kernel.AffineTransposedDweightInto(w, x, g, n, 1, d, 1, 1, -0.1, 0, d) })
	best("db", func() { kernel.AffineTransposedDbiasInto(b, g, n, 1, d, 1, 1, -0.1, 0, 1) })
	best("mean", func() { runtime.Mean(y) })
	best("relu", func() { kernel.ReluDx(y, g, z, n, 1) })
	q := runtime.Aligned[float32](32 * 10)
	c := make([]int32, 32)
	best("softmaxce 32x10", func() { kernel.SoftmaxCrossEntropy(y, q, x, c, 32, 1, 10) })
	best("softmaxce dz", func() { kernel.SoftmaxCrossEntropyDz(q, c, q, dl, 32, 1, 10) })
	X, W, B, Y := runtime.Aligned[float32](32*64), runtime.Aligned[float32](64*32), runtime.Aligned[float32](32), runtime.Aligned[float32](32*32)
	best("fwd 32x64x32", func() { kernel.AffineTransposedRelu(Y, X, W, B, 32, 1, 64, 32) })
	best("dw 64x32x32", func() { kernel.AffineTransposedReluDweightInto(W, X, Y, 32, 1, 64, 32, 1, -0.1, 0, 64) })
	W2, Y2 := runtime.Aligned[float32](32*10), runtime.Aligned[float32](32*10)
	best("fwd 32x32x10", func() { kernel.AffineTransposed(Y2, Y, W2, B, 32, 1, 32, 10) })
	best("dw 32x32x10", func() { kernel.AffineTransposedDweightInto(W2, Y, Y2, 32, 1, 32, 10, 1, -0.1, 0, 32) })
	best("dx 32x10x32", func() { kernel.AffineTransposedDx(Y, W2, Y2, 32, 1, 32, 10) })
	best("turn 32x10", func() { kernel.AffineTransposedTurned(W2, Y2, 1, 1, 32, 10) })
	best("db 32x32", func() { kernel.AffineTransposedReluDbiasInto(B, Y, 32, 1, 64, 32, 1, -0.1, 0, 32) })
	best("db 32x10", func() { kernel.AffineTransposedDbiasInto(B, Y2, 32, 1, 32, 10, 1, -0.1, 0, 10) })
	best("reludx 32x32", func() { kernel.ReluDx(Y, Y, Y, 32, 32) })
	XX, WW, BB, YY := runtime.Aligned[float32](64*784), runtime.Aligned[float32](784*128), runtime.Aligned[float32](128), runtime.Aligned[float32](64*128)
	best2("fwd 64x784x128", 2*64*784*128, func() { kernel.AffineTransposedRelu(YY, XX, WW, BB, 64, 1, 784, 128) })
	best2("dw 784x64x128", 2*64*784*128, func() { kernel.AffineTransposedReluDweightInto(WW, XX, YY, 64, 1, 784, 128, 1, -0.1, 0, 784) })
	best2("fwd 1x784x128", 2*784*128, func() { kernel.AffineTransposedRelu(YY[:128], XX[:784], WW, BB, 1, 1, 784, 128) })
	best2("fwd 64x128x10", 2*64*128*10, func() { kernel.AffineTransposed(Y[:640], YY, W[:1280], B, 64, 1, 128, 10) })
	best2("dw 128x64x10", 2*64*128*10, func() { kernel.AffineTransposedDweightInto(W[:1280], YY, Y[:640], 64, 1, 128, 10, 1, -0.1, 0, 128) })
}

func best2(name string, fl float64, f func()) {
	min := 1e18
	for r := 0; r < 400; r++ {
		t := time.Now()
		for i := 0; i < 8; i++ {
			f()
		}
		if d := float64(time.Since(t).Nanoseconds()) / 8; d < min {
			min = d
		}
	}
	fmt.Printf("%-20s %.1f ns %.1f GFLOP/s\n", name, min, fl/min)
}
