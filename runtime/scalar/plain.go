package scalar

import "math"

// Abs returns x without its sign.
func Abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

// Sqrt returns the square root of x, rounded correctly; of less than 0, NaN.
func Sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// Floor returns the greatest integer that is not above x.
func Floor(x float32) float32 { return float32(math.Floor(float64(x))) }

// Sign returns 1, 0 or -1; of NaN, 0.
func Sign(x float32) float32 { return Truth(x > 0) - Truth(x < 0) }

// Max returns the greater of x and y, NaN where one is; of two zeros either.
// It branches, where the builtin computes: a row's greatest changes seldom as
// the row goes by, and what waits for it need not wait for them all.
func Max(x, y float32) float32 {
	if y > x || y != y {
		return y
	}
	return x
}

// Min returns the smaller of x and y, as Max the greater.
func Min(x, y float32) float32 {
	if y < x || y != y {
		return y
	}
	return x
}

// Truth returns 1 where c holds and 0 elsewhere, without a branch.
func Truth(c bool) float32 {
	var b uint32
	if c {
		b = 0x3f800000
	}
	return math.Float32frombits(b)
}
