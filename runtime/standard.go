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
func Relu[Y, X any](x X) (y Y) {
	to, from := two(&y, &x)
	kernel.Relu(to, from, 1, len(to))
	return y
}

// ReluReverse returns the cotangent of Relu's input: dy where y > 0.
func ReluReverse[DX, Y, DY any](y Y, dy DY) (dx DX) {
	to, at, d := three(&dx, &y, &dy)
	kernel.ReluDx(to, at, d, 1, len(to))
	return dx
}

// Sigmoid returns 1 / (1 + e^-x), element by element.
func Sigmoid[Y, X any](x X) (y Y) {
	to, from := two(&y, &x)
	kernel.Sigmoid(to, from, 1, len(to))
	return y
}

// SigmoidReverse returns the cotangent of Sigmoid's input: dy·y·(1 - y).
func SigmoidReverse[DX, Y, DY any](y Y, dy DY) (dx DX) {
	to, at, d := three(&dx, &y, &dy)
	kernel.SigmoidDx(to, at, d, 1, len(to))
	return dx
}

// Tanh returns the hyperbolic tangent, element by element.
func Tanh[Y, X any](x X) (y Y) {
	to, from := two(&y, &x)
	kernel.Tanh(to, from, 1, len(to))
	return y
}

// TanhReverse returns the cotangent of Tanh's input: dy·(1 - y²).
func TanhReverse[DX, Y, DY any](y Y, dy DY) (dx DX) {
	to, at, d := three(&dx, &y, &dy)
	kernel.TanhDx(to, at, d, 1, len(to))
	return dx
}

// Exp returns e^min(x, 88), element by element.
func Exp[Y, X any](x X) (y Y) {
	to, from := two(&y, &x)
	kernel.Exp(to, from, 1, len(to))
	return y
}

// ExpReverse returns the cotangent of Exp's input: dy·y where x < 88.
func ExpReverse[DX, X, Y, DY any](x X, y Y, dy DY) (dx DX) {
	to, from := two(&dx, &x)
	at, d := two(&y, &dy)
	same(len(to), len(at))
	kernel.ExpDx(to, from, at, d, 1, len(to))
	return dx
}

// Log returns the natural logarithm of max(x, 2^-126), element by element.
func Log[Y, X any](x X) (y Y) {
	to, from := two(&y, &x)
	kernel.Log(to, from, 1, len(to))
	return y
}

// LogReverse returns the cotangent of Log's input: dy / max(x, 2^-126).
func LogReverse[DX, X, DY any](x X, dy DY) (dx DX) {
	to, at, d := three(&dx, &x, &dy)
	kernel.LogDx(to, at, d, 1, len(to))
	return dx
}

// Logit returns the logarithm of the odds x / (1 - x), element by element.
func Logit[Y, X any](x X) (y Y) {
	to, from := two(&y, &x)
	kernel.Logit(to, from, 1, len(to))
	return y
}

// LogitReverse returns the cotangent of Logit's input: dy/x + dy/(1 - x).
func LogitReverse[DX, X, DY any](x X, dy DY) (dx DX) {
	to, at, d := three(&dx, &x, &dy)
	kernel.LogitDx(to, at, d, 1, len(to))
	return dx
}

// Relabel returns the same numbers as another object.
func Relabel[Y, X any](x X) (y Y) {
	to, from := two(&y, &x)
	copy(to, from)
	return y
}

// Add returns a + b, element by element.
func Add[Y, A, B any](a A, b B) (y Y) {
	to, left, right := three(&y, &a, &b)
	kernel.Add(to, left, right, len(to))
	return y
}

// Mul returns a·b, element by element.
func Mul[Y, A, B any](a A, b B) (y Y) {
	to, left, right := three(&y, &a, &b)
	kernel.Mul(to, left, right, 1, len(to))
	return y
}

// MulReverse returns the cotangents of Mul's inputs: b·dy and a·dy.
func MulReverse[DA, DB, A, B, DY any](a A, b B, dy DY) (DA, DB) {
	return Mul[DA](b, dy), Mul[DB](a, dy)
}

// Scale returns by·x, element by element; it is its own reverse.
func Scale[Y, X any](x X, by float32) (y Y) {
	to, from := two(&y, &x)
	kernel.Scale(to, from, 1, len(to), by)
	return y
}

// Softmax returns the distribution e^x / Σ e^x over all of x.
func Softmax[Y, X any](x X) (y Y) {
	to, from := two(&y, &x)
	kernel.Softmax(to, from, 1, 1, len(to))
	return y
}

// SoftmaxReverse returns the cotangent of Softmax's input:
// y·(dy - Σ dy·y).
func SoftmaxReverse[DX, Y, DY any](y Y, dy DY) (dx DX) {
	to, at, d := three(&dx, &y, &dy)
	var mean [1]float32
	kernel.SoftmaxS(mean[:], at, d, 1, 1, len(to))
	kernel.SoftmaxDx(to, at, mean[:], d, 1, 1, len(to))
	return dx
}

// two views objects of one size.
func two[A, B any](a *A, b *B) (x, y []float32) {
	x, y = Flat(a), Flat(b)
	same(len(x), len(y))
	return x, y
}

// three views objects of one size.
func three[A, B, C any](a *A, b *B, c *C) (x, y, z []float32) {
	x, y, z = Flat(a), Flat(b), Flat(c)
	same(len(x), len(y))
	same(len(x), len(z))
	return x, y, z
}

func same(a, b int) {
	if a != b {
		panic("runtime: objects of different sizes where one is needed")
	}
}
