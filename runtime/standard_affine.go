package runtime

import "github.com/ctgen-lang/ctgen/runtime/kernel"

// Linear returns y[o] = Σ_i weight[o, i]·x[i]; the sizes of x and y are those
// of the weight's axes. With one input and one output it is a product of two
// numbers.
//
//	func (n *Neuron) Affine(x Input) Logit { return runtime.Linear[Logit](n, x) }
func Linear[Y, W, X any](weight *W, x X) Y {
	var y Y
	to, w, from := Flat(&y), Flat(weight), Flat(&x)
	fits(len(w), len(to), len(from))
	i := len(from)
	for o := range to {
		var sum float32
		for k, v := range from {
			sum += w[o*i+k] * v
		}
		to[o] = sum
	}
	return y
}

// LinearReverse returns the cotangent of Linear's input and adds that of the
// weight to dweight.
func LinearReverse[DX, W, X, DY, DW any](weight *W, x X, dy DY, dweight *DW) DX {
	var dx DX
	to, w, from, d, dw := Flat(&dx), Flat(weight), Flat(&x), Flat(&dy), Flat(dweight)
	fits(len(w), len(d), len(from))
	same(len(to), len(from))
	same(len(dw), len(w))
	kernel.AffineDx(to, w, d, 1, 1, len(to), len(d))
	i := len(from)
	for o, c := range d {
		for k, v := range from {
			dw[o*i+k] += c * v
		}
	}
	return dx
}

// Affine returns y[o] = bias[o] + Σ_i weight[o, i]·x[i].
//
//	func (n *Neuron) Affine(x Input) Logit {
//		return runtime.Affine[Logit](&n.Weight, &n.Bias, x)
//	}
func Affine[Y, W, B, X any](weight *W, bias *B, x X) Y {
	var y Y
	to, w, b, from := Flat(&y), Flat(weight), Flat(bias), Flat(&x)
	fits(len(w), len(to), len(from))
	same(len(b), len(to))
	kernel.Affine(to, from, w, b, 1, 1, len(from), len(to))
	return y
}

// AffineReverse returns the cotangent of Affine's input and adds those of
// weight and bias to dweight and dbias.
func AffineReverse[DX, W, X, DY, DW, DB any](weight *W, x X, dy DY, dweight *DW, dbias *DB) DX {
	dx := LinearReverse[DX](weight, x, dy, dweight)
	d, db := Flat(&dy), Flat(dbias)
	same(len(db), len(d))
	kernel.Accumulate(db, d)
	return dx
}

func fits(weight, outputs, inputs int) {
	if weight != outputs*inputs {
		panic("runtime: the weight's size is not that of its output times that of its input")
	}
}
