package kernel

import "math"

// Clip assigns y = g held between -at and at on one leaf. y may be g.
func Clip[T Float](y, g []T, size int, at T) {
	y, g = y[:size], g[:size]
	if vectors[T]() {
		vecClip(narrow(y), narrow(g), -float32(at), float32(at))
		return
	}
	for i, v := range g {
		y[i] = min(max(v, -at), at)
	}
}

// ClipNormSquares assigns to squares[0] the sum of the squares of one leaf.
func ClipNormSquares[T Float](squares, g []T, size int, at T) {
	squares, g = squares[:1], g[:size]
	if vectors[T]() {
		vecDot(narrow(squares), narrow(g), narrow(g), 1, size, 1)
		return
	}
	var sum T
	for _, v := range g {
		sum += v * v
	}
	squares[0] = sum
}

// ClipNorm assigns y = g·min(1, at/(√squares + 1e-6)) on one leaf, where
// squares[0] is the sum of the squares of all leaves. y may be g.
func ClipNorm[T Float](y, g, squares []T, size int, at T) {
	by := T(min(1, float64(at)/(math.Sqrt(float64(squares[0]))+1e-6)))
	Scale(y, g, 1, size, by)
}
