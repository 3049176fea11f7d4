package runtime

import "github.com/ctgen-lang/ctgen/runtime/kernel"

// The functions of this file are the standard arrows in the form that a
// hand-written arrow wants: one line, on the objects of the spec.
//
//	func Sigmoid(z Logit) Probability { return runtime.Sigmoid[Probability](z) }
//
//	func SigmoidReverse(z Logit, p Probability, dp ProbabilityTangent) LogitTangent {
//		return runtime.SigmoidReverse[LogitTangent](p, dp)
//	}
//
// An object is a scalar or a tensor made of float32 alone; where two objects
// must be of one size and are not, a call panics and says so. Results come
// first among the type parameters, so that only they have to be written.
// Parameters are passed by pointer; reverses add to their tangents.

// Relu returns max(x, 0), element by element.
func Relu[Y, X any](x X) Y { return elementwise[Y](&x, kernel.Relu[float32]) }

// ReluReverse returns the cotangent of Relu's input: dy where y > 0.
func ReluReverse[DX, Y, DY any](y Y, dy DY) DX {
	return elementwise2[DX](&y, &dy, kernel.ReluDx[float32])
}

// Sigmoid returns 1 / (1 + e^-x), element by element.
func Sigmoid[Y, X any](x X) Y { return elementwise[Y](&x, kernel.Sigmoid[float32]) }

// SigmoidReverse returns the cotangent of Sigmoid's input: dy·y·(1 - y).
func SigmoidReverse[DX, Y, DY any](y Y, dy DY) DX {
	return elementwise2[DX](&y, &dy, kernel.SigmoidDx[float32])
}

// Tanh returns the hyperbolic tangent, element by element.
func Tanh[Y, X any](x X) Y { return elementwise[Y](&x, kernel.Tanh[float32]) }

// TanhReverse returns the cotangent of Tanh's input: dy·(1 - y²).
func TanhReverse[DX, Y, DY any](y Y, dy DY) DX {
	return elementwise2[DX](&y, &dy, kernel.TanhDx[float32])
}

// Exp returns e^min(x, 88), element by element.
func Exp[Y, X any](x X) Y { return elementwise[Y](&x, kernel.Exp[float32]) }

// ExpReverse returns the cotangent of Exp's input: dy·y where x < 88.
func ExpReverse[DX, X, Y, DY any](x X, y Y, dy DY) DX {
	var dx DX
	to, a, b, d := Flat(&dx), Flat(&x), Flat(&y), Flat(&dy)
	same(len(to), len(a), len(b), len(d))
	kernel.ExpDx(to, a, b, d, 1, len(to))
	return dx
}

// Log returns the natural logarithm of max(x, 2^-126), element by element.
func Log[Y, X any](x X) Y { return elementwise[Y](&x, kernel.Log[float32]) }

// LogReverse returns the cotangent of Log's input: dy / max(x, 2^-126).
func LogReverse[DX, X, DY any](x X, dy DY) DX {
	return elementwise2[DX](&x, &dy, kernel.LogDx[float32])
}

// Logit returns the logarithm of the odds x / (1 - x), element by element.
func Logit[Y, X any](x X) Y { return elementwise[Y](&x, kernel.Logit[float32]) }

// LogitReverse returns the cotangent of Logit's input: dy/x + dy/(1 - x).
func LogitReverse[DX, X, DY any](x X, dy DY) DX {
	return elementwise2[DX](&x, &dy, kernel.LogitDx[float32])
}

// Relabel returns the same numbers as another object.
func Relabel[Y, X any](x X) Y {
	return elementwise[Y](&x, func(y, x []float32, _, _ int) { copy(y, x) })
}

// Add returns a + b, element by element.
func Add[Y, A, B any](a A, b B) Y {
	return elementwise2[Y](&a, &b, func(y, a, b []float32, n, s int) { kernel.Add(y, a, b, n*s) })
}

// Mul returns a·b, element by element.
func Mul[Y, A, B any](a A, b B) Y { return elementwise2[Y](&a, &b, kernel.Mul[float32]) }

// MulReverse returns the cotangents of Mul's inputs: b·dy and a·dy.
func MulReverse[DA, DB, A, B, DY any](a A, b B, dy DY) (DA, DB) {
	return Mul[DA](b, dy), Mul[DB](a, dy)
}

// Scale returns by·x, element by element; it is its own reverse.
func Scale[Y, X any](x X, by float32) Y {
	return elementwise[Y](&x, func(y, x []float32, n, s int) { kernel.Scale(y, x, n, s, by) })
}

// Softmax returns the distribution e^x / Σ e^x over all of x.
func Softmax[Y, X any](x X) Y {
	return elementwise[Y](&x, func(y, x []float32, n, s int) { kernel.Softmax(y, x, n, 1, s) })
}

// SoftmaxReverse returns the cotangent of Softmax's input:
// y·(dy - Σ dy·y).
func SoftmaxReverse[DX, Y, DY any](y Y, dy DY) DX {
	return elementwise2[DX](&y, &dy, func(dx, y, dy []float32, n, s int) {
		var mean [1]float32
		kernel.SoftmaxS(mean[:], y, dy, n, 1, s)
		kernel.SoftmaxDx(dx, y, mean[:], dy, n, 1, s)
	})
}

// elementwise applies a kernel to one object.
func elementwise[Y, X any](x *X, f func(y, x []float32, n, s int)) Y {
	var y Y
	to, from := Flat(&y), Flat(x)
	same(len(to), len(from))
	f(to, from, 1, len(to))
	return y
}

// elementwise2 applies a kernel to two objects of one size.
func elementwise2[Y, A, B any](a *A, b *B, f func(y, a, b []float32, n, s int)) Y {
	var y Y
	to, x0, x1 := Flat(&y), Flat(a), Flat(b)
	same(len(to), len(x0), len(x1))
	f(to, x0, x1, 1, len(to))
	return y
}

func same(sizes ...int) {
	for _, n := range sizes {
		if n != sizes[0] {
			panic("runtime: objects of different sizes where one is needed")
		}
	}
}
