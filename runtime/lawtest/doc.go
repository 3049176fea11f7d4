// Package lawtest holds what generated tests call: derivative laws, the
// comparison of float32 with float64, user laws, and the checks of
// hand-written reverse rules. All inputs are drawn from the objects' sets by
// a fixed seed (CTGEN_SEED overrides it; CTGEN_FULL=1 draws many more).
//
// A generated test describes the leaf tensors of a plan function once,
// generically, and hands its two instances to the checks:
//
//	func measureGradLaw[T runtime.Float]() lawtest.Func[T] {
//		return lawtest.Func[T]{
//			Name: "grad measure",
//			Args: []lawtest.Tensor{
//				lawtest.Data("Image", runtime.All{}, 64),
//				lawtest.Class("Digit", 10),
//				lawtest.Param("layer1.weight", runtime.All{}, 32, 64),
//				lawtest.Param("layer1.bias", runtime.All{}, 32),
//			},
//			Run: func(n int, at []lawtest.Values[T], grad [][]T) T {
//				return measureGrad(make([]T, 106*n), n, at[0].Real, at[1].Fin, at[2].Real, at[3].Real, grad[2], grad[3])
//			},
//		}
//	}
//
//	func TestMeasureDerivative(t *testing.T) {
//		lawtest.Derivative(t, measureGradLaw[float64]())
//		lawtest.Bridge(t, measureGradLaw[float32](), measureGradLaw[float64]())
//	}
//
// A plan that calls hand-written arrows exists for float32 only; Derivative
// of its float32 instance uses wider steps and tolerances.
//
// A law compares two functions of one example:
//
//	lawtest.Law(t, lawtest.Case[float32]{
//		Name:   "odds",
//		Args:   []lawtest.Tensor{lawtest.Data("Probability", runtime.Interval{Low: 0, High: 1})},
//		Outs:   []lawtest.Tensor{lawtest.Data("Probability", runtime.Interval{Low: 0, High: 1})},
//		Left:   lawtest.Side[float32]{Text: "std.logit >> sigmoid", Run: func(in, out []lawtest.Values[float32]) { … }},
//		Right:  lawtest.Side[float32]{Text: "id[Probability]", Run: func(in, out []lawtest.Values[float32]) { … }},
//		Within: 1e-6,
//	})
//
// HandReverse holds a hand-written reverse against float32 differences of
// its forward, Written lists stubs that nobody has filled yet, and NoAllocs
// asserts that a step allocates nothing.
package lawtest
