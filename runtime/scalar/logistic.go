package scalar

// Sigmoid returns 1 / (1 + e^-x) within 0.7 ulp.
func Sigmoid(x float32) float32 {
	if !(x > -104 && x < 89) {
		x = min(max(x, -104), 89)
	}
	return float32(1 / (1 + pow2(float64(float64(x)*-perUnit))))
}

// certain is a logit beyond which nothing changes in float32. It lies as far
// out as a float64 allows, so that models whose logits grow, as they do on data
// that can be told apart, do not alternate between the two sides of a branch.
const certain = 690

// Against returns e^-x within a relative 1e-8, held at its value at ±690: the
// odds against what has the logit x. It is finite and wide, so that
//
//	sigmoid(x) - t  =  ((1 - t) - t·e^-x) / (1 + e^-x)
//
// keeps its relative accuracy where the two sides of the difference are close.
func Against(x float32) float64 {
	if !(x > -certain && x < certain) {
		x = min(max(x, -certain), certain)
	}
	return pow2(float64(float64(x) * -perUnit))
}

// Logistic returns Against(x) and Log1pExp(x) from one exponential.
func Logistic(x float32) (against float64, log1pexp float32) {
	e := Against(x)
	u, lost := onePlus(min(e, 1/e))
	r, base := split(u)
	return e, float32(base + (r + (series(r) + lost)))
}

// Log1pExp returns log(1 + e^-|x|) within 0.7 ulp; where that is below 2^-126,
// so is the result.
func Log1pExp(x float32) float32 {
	_, y := Logistic(x)
	return y
}

// Tanh returns the hyperbolic tangent of x within 0.7 ulp.
func Tanh(x float32) float32 {
	if !(x > -10 && x < 10) {
		x = min(max(x, -10), 10)
	}
	if x == 0 {
		return x
	}
	e := pow2m1(float64(float64(x) * (2 * perUnit)))
	return float32(e / (e + 2))
}
