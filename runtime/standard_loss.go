package runtime

import "github.com/ctgen-lang/ctgen/runtime/kernel"

// SquaredError returns Σ (p - t)²; of scalars (p - t)².
func SquaredError[Y ~float32, P, T any](p P, t T) Y {
	return loss[Y](&p, &t, kernel.SquaredDistance[float32])
}

// SquaredErrorReverse returns the cotangents 2·dy·(p - t) and 2·dy·(t - p).
func SquaredErrorReverse[DP, DT, P, T any, DY ~float32](p P, t T, dy DY) (DP, DT) {
	return lossReverse[DP](&p, &t, dy, kernel.SquaredDistanceDp[float32]),
		lossReverse[DT](&p, &t, dy, kernel.SquaredDistanceDt[float32])
}

// MeanSquaredError returns the mean of (p - t)².
func MeanSquaredError[Y ~float32, P, T any](p P, t T) Y {
	return loss[Y](&p, &t, kernel.MeanSquaredError[float32])
}

// MeanSquaredErrorReverse returns the cotangents of p and t.
func MeanSquaredErrorReverse[DP, DT, P, T any, DY ~float32](p P, t T, dy DY) (DP, DT) {
	return lossReverse[DP](&p, &t, dy, kernel.MeanSquaredErrorDp[float32]),
		lossReverse[DT](&p, &t, dy, kernel.MeanSquaredErrorDt[float32])
}

// BinaryCrossEntropy returns -(t·log p + (1 - t)·log(1 - p)), meaned over
// elements, with both logarithms of at least 2^-126.
func BinaryCrossEntropy[Y ~float32, P, T any](p P, t T) Y {
	return loss[Y](&p, &t, kernel.BinaryCrossEntropy[float32])
}

// BinaryCrossEntropyReverse returns the cotangents of p and t. Where t has no
// tangent (a finite set), call BinaryCrossEntropyReverseOf.
func BinaryCrossEntropyReverse[DP, DT, P, T any, DY ~float32](p P, t T, dy DY) (DP, DT) {
	return BinaryCrossEntropyReverseOf[DP](p, t, dy),
		lossReverse[DT](&p, &t, dy, func(dt, p, _, dy []float32, n, s int) { kernel.BinaryCrossEntropyDt(dt, p, dy, n, s) })
}

// BinaryCrossEntropyReverseOf returns the cotangent of p alone.
func BinaryCrossEntropyReverseOf[DP, P, T any, DY ~float32](p P, t T, dy DY) DP {
	return lossReverse[DP](&p, &t, dy, kernel.BinaryCrossEntropyDp[float32])
}

// SigmoidBinaryCrossEntropy returns BinaryCrossEntropy of Sigmoid of z, finite
// for every z.
func SigmoidBinaryCrossEntropy[Y ~float32, Z, T any](z Z, t T) Y {
	return loss[Y](&z, &t, kernel.SigmoidBinaryCrossEntropy[float32])
}

// SigmoidBinaryCrossEntropyReverse returns the cotangents of z and t. Where t
// has no tangent, call SigmoidBinaryCrossEntropyReverseOf.
func SigmoidBinaryCrossEntropyReverse[DZ, DT, Z, T any, DY ~float32](z Z, t T, dy DY) (DZ, DT) {
	return SigmoidBinaryCrossEntropyReverseOf[DZ](z, t, dy),
		lossReverse[DT](&z, &t, dy, func(dt, z, _, dy []float32, n, s int) { kernel.SigmoidBinaryCrossEntropyDt(dt, z, dy, n, s) })
}

// SigmoidBinaryCrossEntropyReverseOf returns the cotangent of z alone.
func SigmoidBinaryCrossEntropyReverseOf[DZ, Z, T any, DY ~float32](z Z, t T, dy DY) DZ {
	return lossReverse[DZ](&z, &t, dy, kernel.SigmoidBinaryCrossEntropyDz[float32])
}

// CrossEntropy returns -log p[class], the logarithm of at least 2^-126.
func CrossEntropy[Y ~float32, P any, C ~int32](p P, class C) Y {
	from, y, c := Flat(&p), [1]float32{}, [1]int32{int32(class)}
	kernel.CrossEntropy(y[:], from, c[:], 1, 1, len(from))
	return Y(y[0])
}

// CrossEntropyReverse returns the cotangent of p: -dy / p[class] at class.
func CrossEntropyReverse[DP, P any, C ~int32, DY ~float32](p P, class C, dy DY) DP {
	var dp DP
	to, from, c, d := Flat(&dp), Flat(&p), [1]int32{int32(class)}, [1]float32{float32(dy)}
	same(len(to), len(from))
	kernel.CrossEntropyDp(to, from, c[:], d[:], 1, 1, len(from))
	return dp
}

// SoftmaxCrossEntropy returns CrossEntropy of Softmax of the scores z, finite
// for all scores.
func SoftmaxCrossEntropy[Y ~float32, Z any, C ~int32](z Z, class C) Y {
	scores, q := Flat(&z), z
	y, c := [1]float32{}, [1]int32{int32(class)}
	kernel.SoftmaxCrossEntropy(y[:], Flat(&q), scores, c[:], 1, 1, len(scores))
	return Y(y[0])
}

// SoftmaxCrossEntropyReverse returns the cotangent of z:
// dy·(softmax(z) - 1 at class).
func SoftmaxCrossEntropyReverse[DZ, Z any, C ~int32, DY ~float32](z Z, class C, dy DY) DZ {
	q := Softmax[Z](z)
	var dz DZ
	to, from, c, d := Flat(&dz), Flat(&q), [1]int32{int32(class)}, [1]float32{float32(dy)}
	same(len(to), len(from))
	kernel.SoftmaxCrossEntropyDz(to, c[:], from, d[:], 1, 1, len(from))
	return dz
}

// loss applies a kernel that gives one number.
func loss[Y ~float32, P, T any](p *P, t *T, f func(y, p, t []float32, n, s int)) Y {
	var y [1]float32
	a, b := Flat(p), Flat(t)
	same(len(a), len(b))
	f(y[:], a, b, 1, len(a))
	return Y(y[0])
}

// lossReverse applies the reverse of a kernel that gives one number.
func lossReverse[D, P, T any, DY ~float32](p *P, t *T, dy DY, f func(to, p, t, dy []float32, n, s int)) D {
	var dp D
	d := [1]float32{float32(dy)}
	to, a, b := Flat(&dp), Flat(p), Flat(t)
	same(len(to), len(a), len(b))
	f(to, a, b, d[:], 1, len(to))
	return dp
}
