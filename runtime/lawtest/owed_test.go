package lawtest_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/lawtest"
)

func TestBatches(t *testing.T) {
	require.Empty(t, failure(func(t testing.TB) { lawtest.Batches(t, network[float64](nil)) }))
	require.Empty(t, failure(func(t testing.TB) { lawtest.Batches(t, network[float32](nil)) }))
	// The sum instead of the mean: its own derivative, and yet no batch.
	sums := network[float64](nil)
	run := sums.Run
	sums.Run = func(n int, at []lawtest.Values[float64], grad [][]float64) float64 {
		loss := run(n, at, grad)
		for i := range grad {
			for j := range grad[i] {
				grad[i][j] *= float64(n)
			}
		}
		return loss * float64(n)
	}
	require.Empty(t, failure(func(t testing.TB) { lawtest.Derivative(t, sums) }))
	require.Contains(t, failure(func(t testing.TB) { lawtest.Batches(t, sums) }), "the loss of a batch is")
	gradients := network(func(n int, _ []lawtest.Values[float64], grad [][]float64) { grad[3][1] += float64(n-1) * 1e-6 })
	require.Contains(t, failure(func(t testing.TB) { lawtest.Batches(t, gradients) }), "by layer1.bias")
}

func TestSymmetric(t *testing.T) {
	require.Empty(t, failure(func(t testing.TB) { lawtest.Symmetric(t, network[float64](nil)) }))
	// A gradient that turns with the parameters belongs to no function.
	turning := network(func(_ int, at []lawtest.Values[float64], grad [][]float64) {
		grad[5][0] += 1e-3 * at[5].Real[1]
		grad[5][1] -= 1e-3 * at[5].Real[0]
	})
	require.Contains(t, failure(func(t testing.TB) { lawtest.Symmetric(t, turning) }), "by u and v")
}

type counter struct{ Sum, Steps float32 }

func TestResumes(t *testing.T) {
	resumes := func(hidden float32, broken bool) string {
		return failure(func(t testing.TB) {
			lawtest.Resumes(t, "count", &counter{Sum: 1}, func(s *counter) (func(int) error, func() *counter) {
				c, since := *s, float32(0)
				step := func(k int) error {
					if broken {
						return errors.New("out of order")
					}
					since++
					c.Steps++
					c.Sum = c.Sum*1.1 + float32(k) + hidden*since
					return nil
				}
				return step, func() *counter { return &c }
			})
		})
	}
	require.Empty(t, resumes(0, false))
	require.Contains(t, resumes(1, false), "2 steps and 3 after loading", "a count that is not saved")
}

// A counterexample is as simple as the law allows, and shows both paths.
func TestCounterexamplesAreSimple(t *testing.T) {
	in := []lawtest.Tensor{lawtest.Data("Level", runtime.All{}, 3), lawtest.Class("Kind", 9), lawtest.Data("Share", runtime.Interval{Low: 2, High: 7})}
	out := []lawtest.Tensor{lawtest.Data("Sum", runtime.All{})}
	sum := func(in, out []lawtest.Values[float32]) {
		out[0].Real[0] = in[0].Real[0] + in[0].Real[1] + in[2].Real[0]
	}
	half := lawtest.Stage[float32]{Arrow: "half", Outs: out, Run: sum}
	msg := failure(func(t testing.TB) {
		lawtest.Law(t, lawtest.Case[float32]{
			Name: "l", Args: in, Outs: out, Within: 1e-3,
			Left: lawtest.Side[float32]{Text: "half >> all", Run: sum, Stages: []lawtest.Stage[float32]{half}},
			Right: lawtest.Side[float32]{Text: "all", Run: func(in, out []lawtest.Values[float32]) {
				sum(in, out)
				if in[0].Real[1] > 0 && in[1].Fin[0] > 0 {
					out[0].Real[0]++
				}
			}},
		})
	})
	require.Contains(t, msg, "Level = [0 1 0], Kind = 1, Share = ")
	require.Contains(t, msg, "left   half: Sum = ")
}
