package runtime

import "github.com/ctgen-lang/ctgen/runtime/kernel"

// SquaredError returns Σ (p - t)²; of scalars (p - t)².
func SquaredError[Y ~float32, P, T any](p P, t T) Y {
	var y [1]float32
	at, truth := two(&p, &t)
	kernel.SquaredDistance(y[:], at, truth, 1, len(at))
	return Y(y[0])
}

// SquaredErrorReverse returns the cotangents 2·dy·(p - t) and 2·dy·(t - p).
func SquaredErrorReverse[DP, DT, P, T any, DY ~float32](p P, t T, dy DY) (dp DP, dt DT) {
	d := [1]float32{float32(dy)}
	to, at, truth := three(&dt, &p, &t)
	kernel.SquaredDistanceDt(to, at, truth, d[:], 1, len(at))
	return SquaredErrorReverseOf[DP](p, t, dy), dt
}

// SquaredErrorReverseOf returns the cotangent of p alone, where t has no
// tangent.
func SquaredErrorReverseOf[DP, P, T any, DY ~float32](p P, t T, dy DY) (dp DP) {
	d := [1]float32{float32(dy)}
	to, at, truth := three(&dp, &p, &t)
	kernel.SquaredDistanceDp(to, at, truth, d[:], 1, len(at))
	return dp
}

// MeanSquaredError returns the mean of (p - t)².
func MeanSquaredError[Y ~float32, P, T any](p P, t T) Y {
	var y [1]float32
	at, truth := two(&p, &t)
	kernel.MeanSquaredError(y[:], at, truth, 1, len(at))
	return Y(y[0])
}

// MeanSquaredErrorReverse returns the cotangents of p and t.
func MeanSquaredErrorReverse[DP, DT, P, T any, DY ~float32](p P, t T, dy DY) (dp DP, dt DT) {
	d := [1]float32{float32(dy)}
	to, at, truth := three(&dt, &p, &t)
	kernel.MeanSquaredErrorDt(to, at, truth, d[:], 1, len(at))
	return MeanSquaredErrorReverseOf[DP](p, t, dy), dt
}

// MeanSquaredErrorReverseOf returns the cotangent of p alone, where t has no
// tangent.
func MeanSquaredErrorReverseOf[DP, P, T any, DY ~float32](p P, t T, dy DY) (dp DP) {
	d := [1]float32{float32(dy)}
	to, at, truth := three(&dp, &p, &t)
	kernel.MeanSquaredErrorDp(to, at, truth, d[:], 1, len(at))
	return dp
}

// BinaryCrossEntropy returns -(t·log p + (1 - t)·log(1 - p)), meaned over
// elements, with both logarithms of at least 2^-126.
func BinaryCrossEntropy[Y ~float32, P, T any](p P, t T) Y {
	var y [1]float32
	at, truth := two(&p, &t)
	kernel.BinaryCrossEntropy(y[:], at, truth, 1, len(at))
	return Y(y[0])
}

// BinaryCrossEntropyReverse returns the cotangents of p and t. Where t has no
// tangent (a finite set), call BinaryCrossEntropyReverseOf.
func BinaryCrossEntropyReverse[DP, DT, P, T any, DY ~float32](p P, t T, dy DY) (dp DP, dt DT) {
	d := [1]float32{float32(dy)}
	to, at := two(&dt, &p)
	kernel.BinaryCrossEntropyDt(to, at, d[:], 1, len(at))
	return BinaryCrossEntropyReverseOf[DP](p, t, dy), dt
}

// BinaryCrossEntropyReverseOf returns the cotangent of p alone.
func BinaryCrossEntropyReverseOf[DP, P, T any, DY ~float32](p P, t T, dy DY) (dp DP) {
	d := [1]float32{float32(dy)}
	to, at, truth := three(&dp, &p, &t)
	kernel.BinaryCrossEntropyDp(to, at, truth, d[:], 1, len(at))
	return dp
}

// SigmoidBinaryCrossEntropy returns BinaryCrossEntropy of Sigmoid of z, finite
// for every z.
func SigmoidBinaryCrossEntropy[Y ~float32, Z, T any](z Z, t T) Y {
	var y [1]float32
	slope := z
	at, truth := two(&z, &t)
	kernel.SigmoidBinaryCrossEntropy(y[:], Flat(&slope), at, truth, 1, len(at))
	return Y(y[0])
}

// SigmoidBinaryCrossEntropyReverse returns the cotangents of z and t. Where t
// has no tangent, call SigmoidBinaryCrossEntropyReverseOf.
func SigmoidBinaryCrossEntropyReverse[DZ, DT, Z, T any, DY ~float32](z Z, t T, dy DY) (dz DZ, dt DT) {
	d := [1]float32{float32(dy)}
	to, at := two(&dt, &z)
	kernel.SigmoidBinaryCrossEntropyDt(to, at, d[:], 1, len(at))
	return SigmoidBinaryCrossEntropyReverseOf[DZ](z, t, dy), dt
}

// SigmoidBinaryCrossEntropyReverseOf returns the cotangent of z alone.
func SigmoidBinaryCrossEntropyReverseOf[DZ, Z, T any, DY ~float32](z Z, t T, dy DY) (dz DZ) {
	var y [1]float32
	d, slope := [1]float32{float32(dy)}, z
	to, at, truth := three(&dz, &z, &t)
	g := Flat(&slope)
	kernel.SigmoidBinaryCrossEntropy(y[:], g, at, truth, 1, len(at))
	kernel.SigmoidBinaryCrossEntropyDz(to, g, d[:], 1, len(at))
	return dz
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
