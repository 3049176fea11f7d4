package rng

import "math"

// Float is float32 or float64.
type Float interface{ ~float32 | ~float64 }

// Zeros assigns 0 to every element: biases.
func Zeros[T Float](dst []T) { Constant(dst, 0) }

// Ones assigns 1 to every element: scales of norms.
func Ones[T Float](dst []T) { Constant(dst, 1) }

// Constant assigns v to every element.
func Constant[T Float](dst []T, v float64) {
	for i := range dst {
		dst[i] = T(v)
	}
}

// Normal fills dst with draws of mean 0 and standard deviation std.
func Normal[T Float](r *Rand, dst []T, std float64) {
	for i := range dst {
		dst[i] = T(float64(std * r.Normal()))
	}
}

// Uniform fills dst with draws from [low, high).
func Uniform[T Float](r *Rand, dst []T, low, high float64) {
	width := high - low
	for i := range dst {
		dst[i] = T(low + float64(width*r.Float64()))
	}
}

// Glorot fills the weight of an affine map from fanIn to fanOut numbers with
// draws from ±√(6 / (fanIn + fanOut)) (Glorot and Bengio, AISTATS 2010).
func Glorot[T Float](r *Rand, dst []T, fanIn, fanOut int) {
	bound := math.Sqrt(6 / float64(max(fanIn+fanOut, 1)))
	Uniform(r, dst, -bound, bound)
}

// He fills the weight of a map from fanIn numbers that a rectifier follows
// with normal draws of standard deviation √(2 / fanIn) (He et al., ICCV 2015).
func He[T Float](r *Rand, dst []T, fanIn int) {
	Normal(r, dst, math.Sqrt(2/float64(max(fanIn, 1))))
}
