package runtime_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/lawtest"
)

type (
	input              float32
	logit              float32
	target             float32
	loss               float32
	inputTangent       float32
	logitTangent       float32
	probabilityTangent float32
	targetTangent      float32
	lossTangent        float32
	weightOnly         float32
	weightTangent      float32
)

// The card's neuron: a weight alone, every arrow one line.
func (n *weightOnly) affine(x input) logit { return runtime.Linear[logit](n, x) }
func (n *weightOnly) affineReverse(x input, dz logitTangent, dn *weightTangent) inputTangent {
	return runtime.LinearReverse[inputTangent](n, x, dz, dn)
}
func sigmoid(z logit) probability { return runtime.Sigmoid[probability](z) }
func sigmoidReverse(p probability, dp probabilityTangent) logitTangent {
	return runtime.SigmoidReverse[logitTangent](p, dp)
}
func bce(p probability, t target) loss { return runtime.BinaryCrossEntropy[loss](p, t) }
func bceReverse(p probability, t target, dl lossTangent) (probabilityTangent, targetTangent) {
	return runtime.BinaryCrossEntropyReverse[probabilityTangent, targetTangent](p, t, dl)
}

func TestHandWrittenNeuronTrains(t *testing.T) {
	var n weightOnly
	step := func(x input, y target) loss {
		z := n.affine(x)
		p := sigmoid(z)
		l := bce(p, y)
		dp, _ := bceReverse(p, y, 1)
		var dn weightTangent
		n.affineReverse(x, sigmoidReverse(p, dp), &dn)
		n -= weightOnly(0.1 * dn)
		return l
	}
	first := step(2, 1)
	for range 200 {
		step(2, 1)
		step(-1, 0)
	}
	require.Less(t, step(2, 1), first/20)
	require.Zero(t, testing.AllocsPerRun(10, func() { step(1, 1) }))
}

type (
	vec3  [3]float32
	vec2  [2]float32
	mat23 [2][3]float32
	one   = lawtest.Values[float32]
)

func v3(v one) vec3 { return *runtime.View[vec3](v.Real, 0) }

// Every one-line reverse agrees with differences of its forward.
func TestReverses(t *testing.T) {
	positive := runtime.Interval{Low: 0, High: math.Inf(1), OpenLow: true}
	unary := func(name string, set runtime.Set, f func(vec3) vec3, r func(x, y, dy vec3) vec3) lawtest.Hand {
		return lawtest.Hand{Name: name, Args: []lawtest.Tensor{lawtest.Data("X", set, 3)}, Outs: []lawtest.Tensor{lawtest.Data("Y", nil, 3)},
			Run: func(in, out []one) { *runtime.View[vec3](out[0].Real, 0) = f(v3(in[0])) },
			Reverse: func(in, out []one, dout, din [][]float32) {
				*runtime.View[vec3](din[0], 0) = r(v3(in[0]), v3(out[0]), vec3(dout[0]))
			}}
	}
	binary := func(name string, set runtime.Set, f func(a, b vec3) float32, r func(a, b vec3, dy float32) (vec3, vec3)) lawtest.Hand {
		return lawtest.Hand{Name: name, Args: []lawtest.Tensor{lawtest.Data("A", set, 3), lawtest.Data("B", set, 3)},
			Outs: []lawtest.Tensor{lawtest.Data("Y", nil)},
			Run:  func(in, out []one) { out[0].Real[0] = f(v3(in[0]), v3(in[1])) },
			Reverse: func(in, _ []one, dout, din [][]float32) {
				da, db := r(v3(in[0]), v3(in[1]), dout[0][0])
				copy(din[0], da[:])
				copy(din[1], db[:])
			}}
	}
	class := func(name string, set runtime.Set, f func(p vec3, c int32) float32, r func(p vec3, c int32, dy float32) vec3) lawtest.Hand {
		return lawtest.Hand{Name: name, Args: []lawtest.Tensor{lawtest.Data("P", set, 3), lawtest.Class("C", 3)}, Outs: []lawtest.Tensor{lawtest.Data("Y", nil)},
			Run: func(in, out []one) { out[0].Real[0] = f(v3(in[0]), in[1].Fin[0]) },
			Reverse: func(in, _ []one, dout, din [][]float32) {
				dp := r(v3(in[0]), in[1].Fin[0], dout[0][0])
				copy(din[0], dp[:])
			}}
	}
	hands := []lawtest.Hand{
		unary("relu", nil, runtime.Relu[vec3, vec3], func(_, y, dy vec3) vec3 { return runtime.ReluReverse[vec3](y, dy) }),
		unary("sigmoid", nil, runtime.Sigmoid[vec3, vec3], func(_, y, dy vec3) vec3 { return runtime.SigmoidReverse[vec3](y, dy) }),
		unary("tanh", nil, runtime.Tanh[vec3, vec3], func(_, y, dy vec3) vec3 { return runtime.TanhReverse[vec3](y, dy) }),
		unary("exp", nil, runtime.Exp[vec3, vec3], func(x, y, dy vec3) vec3 { return runtime.ExpReverse[vec3](x, y, dy) }),
		unary("log", positive, runtime.Log[vec3, vec3], func(x, _, dy vec3) vec3 { return runtime.LogReverse[vec3](x, dy) }),
		unary("logit", unit, runtime.Logit[vec3, vec3], func(x, _, dy vec3) vec3 { return runtime.LogitReverse[vec3](x, dy) }),
		unary("softmax", nil, runtime.Softmax[vec3, vec3], func(_, y, dy vec3) vec3 { return runtime.SoftmaxReverse[vec3](y, dy) }),
		unary("scale", nil, func(x vec3) vec3 { return runtime.Scale[vec3](x, 3) }, func(_, _, dy vec3) vec3 { return runtime.Scale[vec3](dy, 3) }),
		unary("relabel", nil, runtime.Relabel[vec3, vec3], func(_, _, dy vec3) vec3 { return runtime.Relabel[vec3](dy) }),
		binary("squared error", nil, runtime.SquaredError[float32, vec3, vec3], runtime.SquaredErrorReverse[vec3, vec3, vec3, vec3, float32]),
		binary("mean squared error", nil, runtime.MeanSquaredError[float32, vec3, vec3], runtime.MeanSquaredErrorReverse[vec3, vec3, vec3, vec3, float32]),
		binary("binary cross entropy", unit, runtime.BinaryCrossEntropy[float32, vec3, vec3], runtime.BinaryCrossEntropyReverse[vec3, vec3, vec3, vec3, float32]),
		binary("sigmoid binary cross entropy", unit, runtime.SigmoidBinaryCrossEntropy[float32, vec3, vec3], runtime.SigmoidBinaryCrossEntropyReverse[vec3, vec3, vec3, vec3, float32]),
		binary("mul", nil, func(a, b vec3) float32 { m := runtime.Mul[vec3](a, b); return m[0] + m[1] + m[2] },
			func(a, b vec3, dy float32) (vec3, vec3) {
				return runtime.MulReverse[vec3, vec3](a, b, vec3{dy, dy, dy})
			}),
		binary("add", nil, func(a, b vec3) float32 { m := runtime.Add[vec3](a, b); return m[0] + m[1] + m[2] },
			func(_, _ vec3, dy float32) (vec3, vec3) { return vec3{dy, dy, dy}, vec3{dy, dy, dy} }),
		class("cross entropy", runtime.Interval{Low: 0.3, High: 1}, runtime.CrossEntropy[float32, vec3, int32], runtime.CrossEntropyReverse[vec3, vec3, int32, float32]),
		class("softmax cross entropy", nil, runtime.SoftmaxCrossEntropy[float32, vec3, int32], runtime.SoftmaxCrossEntropyReverse[vec3, vec3, int32, float32]),
		{
			Name: "affine",
			Args: []lawtest.Tensor{lawtest.Data("X", nil, 3), lawtest.Param("weight", nil, 2, 3), lawtest.Param("bias", nil, 2)},
			Outs: []lawtest.Tensor{lawtest.Data("Y", nil, 2)},
			Run: func(in, out []one) {
				*runtime.View[vec2](out[0].Real, 0) = runtime.Affine[vec2](runtime.View[mat23](in[1].Real, 0), runtime.View[vec2](in[2].Real, 0), v3(in[0]))
			},
			Reverse: func(in, _ []one, dout, din [][]float32) {
				*runtime.View[vec3](din[0], 0) = runtime.AffineReverse[vec3](runtime.View[mat23](in[1].Real, 0), v3(in[0]), vec2(dout[0]),
					runtime.View[mat23](din[1], 0), runtime.View[vec2](din[2], 0))
			},
		},
	}
	for _, h := range hands {
		t.Run(h.Name, func(t *testing.T) { lawtest.HandReverse(t, h) })
	}
}

// Where the target has no tangent, the other cotangent is the same.
func TestReversesOfOne(t *testing.T) {
	p, truth := vec3{0.2, 0.5, 0.9}, vec3{0, 1, 1}
	squared, _ := runtime.SquaredErrorReverse[vec3, vec3](p, truth, float32(2))
	require.InDeltaSlice(t, []float32{0.8, -2, -0.4}, squared[:], 1e-6)
	require.Equal(t, squared, runtime.SquaredErrorReverseOf[vec3](p, truth, float32(2)))
	mean, _ := runtime.MeanSquaredErrorReverse[vec3, vec3](p, truth, float32(2))
	require.InDeltaSlice(t, []float32{0.8 / 3, -2. / 3, -0.4 / 3}, mean[:], 1e-6)
	require.Equal(t, mean, runtime.MeanSquaredErrorReverseOf[vec3](p, truth, float32(2)))
}

func TestStandardRefusesSizes(t *testing.T) {
	require.Panics(t, func() { runtime.Sigmoid[vec2](vec3{}) })
	require.Panics(t, func() { runtime.Linear[vec2](&vec3{}, vec3{}) })
	require.Panics(t, func() { runtime.SquaredError[float32](vec2{}, vec3{}) })
	require.Panics(t, func() { runtime.CrossEntropy[float32](vec2{}, digit(2)) })
	require.Equal(t, logit(6), runtime.Linear[logit](&[2]float32{1, 2}, vec2{2, 2}))
	require.Equal(t, probability(0.25), runtime.Relabel[probability](logit(0.25)))
}
