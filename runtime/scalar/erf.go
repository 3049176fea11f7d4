package scalar

// Erf returns the error function of x within 1 ulp.
func Erf(x float32) float32 {
	a := float64(x)
	if a < 0 {
		a = -a
	}
	y := 1.0
	switch {
	case a < 1:
		return float32(float64(float64(x) * erfSeries(float64(a*a))))
	case a < 4:
		y -= erfcFrom1(a)
	case a != a:
		return x
	}
	if x < 0 {
		y = -y
	}
	return float32(y)
}

// erfSeries is erf(x) / x from x² < 1: Maclaurin's series, eleven terms
// (Abramowitz and Stegun, 7.1.5).
func erfSeries(w float64) float64 {
	const scale = 1.12837916709551257389615890312154517 // 2/√π
	y := 1. / (3628800 * 21)
	y = 1./(362880*19) - float64(w*y)
	y = 1./(40320*17) - float64(w*y)
	y = 1./(5040*15) - float64(w*y)
	y = 1./(720*13) - float64(w*y)
	y = 1./(120*11) - float64(w*y)
	y = 1./(24*9) - float64(w*y)
	y = 1./(6*7) - float64(w*y)
	y = 1./(2*5) - float64(w*y)
	y = 1./3 - float64(w*y)
	return scale * (1 - float64(w*y))
}

// erfcFrom1 is 1 - erf(x) for x in [1, 4], within 7e-9·e^-x²: e^-x² times a
// polynomial in t = 1/(1 + x/2), interpolated at Chebyshev's points.
func erfcFrom1(x float64) float64 {
	t := 1 / (1 + float64(x/2))
	y := -0.05363042807694806
	y = float64(y*t) - 0.05706519996389612
	y = float64(y*t) + 0.40349505334132824
	y = float64(y*t) + 0.1014954124429318
	y = float64(y*t) + 0.3307571337028597
	y = float64(y*t) + 0.273634340084396
	y = float64(y*t) + 0.0006051183909673801
	return float64(y * pow2(float64(float64(-x*x)*perUnit)))
}
