package kernel_test

import (
	"fmt"
	"math"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

// Sums and means of lists are those of their definition, for elements of one
// number and of several, and the reverse of each is its transpose.
func TestListSums(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	draw := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(r.NormFloat64())
		}
		return v
	}
	for _, n := range []int{1, 3} {
		for _, s := range []int{1, 2, 17} {
			for _, length := range []int{1, 2, 5, 33} {
				for _, mean := range []bool{false, true} {
					name := fmt.Sprintf("n %d, s %d, length %d, mean %v", n, s, length, mean)
					forward, reverse, by := kernel.ListSum[float32], kernel.ListSumDx[float32], 1.0
					if mean {
						forward, reverse, by = kernel.ListMean[float32], kernel.ListMeanDx[float32], float64(length)
					}
					x, dy := draw(n*length*s), draw(n*s)
					y, dx := draw(n*s), draw(n*length*s) // what was there is not read
					forward(y, x, n, s, length)
					reverse(dx, dy, n, s, length)
					for e := range n {
						for j := range s {
							want, size := 0.0, 0.0
							for i := range length {
								v := float64(x[(e*length+i)*s+j])
								want, size = want+v/by, size+math.Abs(v)/by
								require.InDelta(t, float64(dy[e*s+j])/by, float64(dx[(e*length+i)*s+j]), 1e-6, name)
							}
							require.InDelta(t, want, float64(y[e*s+j]), 1e-6*math.Max(1, size), name)
						}
					}
				}
			}
		}
	}
}

// Of no elements the sum is 0; a mean is not asked for.
func TestListSumOfNone(t *testing.T) {
	for _, s := range []int{1, 3} {
		y := []float32{9, 9, 9, 9, 9, 9}[:2*s]
		kernel.ListSum(y, nil, 2, s, 0)
		require.Equal(t, make([]float32, 2*s), y)
	}
}
