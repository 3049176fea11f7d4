package kernel

import "math"

// The numbers of a batch that is normalized lie as [outer][k][inner], k the
// features that have statistics of their own: the inner numbers of a feature are
// pixels, or there is one and the outer are positions of examples. Sums run in
// this order in float64, each feature by itself, so that it does not matter who
// computes which. Products are rounded before they are added, on every machine.

// BatchNormM assigns m[k] = Σ x[t, k] / (n·t) over n examples of t positions.
func BatchNormM[T Float](m, x []T, n, t, k int, momentum, epsilon T) {
	featureMean(m, x, n*t, k, 1, 0, k)
}

// BatchNormMRows does so for m[from:to].
func BatchNormMRows[T Float](m, x []T, n, t, k int, momentum, epsilon T, from, to int) {
	featureMean(m, x, n*t, k, 1, from, to)
}

// BatchNormV assigns v[k] = Σ (x[t, k] - m[k])² / (n·t).
func BatchNormV[T Float](v, x, m []T, n, t, k int, momentum, epsilon T) {
	featureVariance(v, x, m, n*t, k, 1, 0, k)
}

// BatchNormVRows does so for v[from:to].
func BatchNormVRows[T Float](v, x, m []T, n, t, k int, momentum, epsilon T, from, to int) {
	featureVariance(v, x, m, n*t, k, 1, from, to)
}

// BatchNorm assigns y[t, k] = shift[k] + scale[k]·(x[t, k] - m[k]) / √(v[k] +
// epsilon) (Ioffe and Szegedy, 2015). y may be x.
func BatchNorm[T Float](y, x, scale, shift, m, v []T, n, t, k int, momentum, epsilon T) {
	features(y, x, scale, shift, m, v, n*t, k, 1, epsilon)
}

// BatchNormA assigns a[k] = Σ dy[t, k] / (n·t).
func BatchNormA[T Float](a, dy []T, n, t, k int, momentum, epsilon T) {
	featureMean(a, dy, n*t, k, 1, 0, k)
}

// BatchNormARows does so for a[from:to].
func BatchNormARows[T Float](a, dy []T, n, t, k int, momentum, epsilon T, from, to int) {
	featureMean(a, dy, n*t, k, 1, from, to)
}

// BatchNormB assigns b[k] = Σ dy[t, k]·(x[t, k] - m[k]) / √(v[k] + epsilon) / (n·t).
func BatchNormB[T Float](b, x, m, v, dy []T, n, t, k int, momentum, epsilon T) {
	featureSlope(b, x, m, v, dy, n*t, k, 1, epsilon, 0, k)
}

// BatchNormBRows does so for b[from:to].
func BatchNormBRows[T Float](b, x, m, v, dy []T, n, t, k int, momentum, epsilon T, from, to int) {
	featureSlope(b, x, m, v, dy, n*t, k, 1, epsilon, from, to)
}

// BatchNormDx assigns dx[t, k] = scale[k]·(dy[t, k] - a[k] - b[k]·(x[t, k] -
// m[k]) / √(v[k] + epsilon)) / √(v[k] + epsilon). dx may be x or dy.
func BatchNormDx[T Float](dx, x, scale, m, v, a, b, dy []T, n, t, k int, momentum, epsilon T) {
	featuresDx(dx, x, scale, m, v, a, b, dy, n*t, k, 1, epsilon)
}

// BatchNormDscale assigns dscale[k] = b[k]·n·t.
func BatchNormDscale[T Float](dscale, b []T, n, t, k int, momentum, epsilon T) {
	times(dscale[:k], b, T(n*t))
}

// BatchNormDshift assigns dshift[k] = a[k]·n·t.
func BatchNormDshift[T Float](dshift, a []T, n, t, k int, momentum, epsilon T) {
	times(dshift[:k], a, T(n*t))
}

// BatchNormRunning assigns y[t, k] = shift[k] + scale[k]·(x[t, k] - mean[k]) /
// √(max(variance[k], 0) + epsilon). y may be x.
func BatchNormRunning[T Float](y, x, scale, shift, mean, variance []T, n, t, k int, momentum, epsilon T) {
	features(y, x, scale, shift, mean, variance, n*t, k, 1, epsilon)
}

// BatchNormRunningDx assigns dx[t, k] = scale[k]·dy[t, k] / √(max(variance[k],
// 0) + epsilon). dx may be dy.
func BatchNormRunningDx[T Float](dx, scale, variance, dy []T, n, t, k int, momentum, epsilon T) {
	featuresScaled(dx, scale, variance, dy, n*t, k, 1, epsilon)
}

// BatchNormRunningDscale assigns dscale[k] = Σ dy[t, k]·(x[t, k] - mean[k]) /
// √(max(variance[k], 0) + epsilon).
func BatchNormRunningDscale[T Float](dscale, x, mean, variance, dy []T, n, t, k int, momentum, epsilon T) {
	featureSlope(dscale, x, mean, variance, dy, n*t, k, 1, epsilon, 0, k)
	times(dscale[:k], dscale, T(n*t))
}

// BatchNormRunningDshift assigns dshift[k] = Σ dy[t, k].
func BatchNormRunningDshift[T Float](dshift, dy []T, n, t, k int, momentum, epsilon T) {
	featureMean(dshift, dy, n*t, k, 1, 0, k)
	times(dshift[:k], dshift, T(n*t))
}

// BatchNorm2dM assigns m[k] = Σ x[k, h, w] / (n·h·w) over n examples.
func BatchNorm2dM[T Float](m, x []T, n, k, h, w int, momentum, epsilon T) {
	featureMean(m, x, n, k, h*w, 0, k)
}

// BatchNorm2dMRows does so for m[from:to].
func BatchNorm2dMRows[T Float](m, x []T, n, k, h, w int, momentum, epsilon T, from, to int) {
	featureMean(m, x, n, k, h*w, from, to)
}

// BatchNorm2dV assigns v[k] = Σ (x[k, h, w] - m[k])² / (n·h·w).
func BatchNorm2dV[T Float](v, x, m []T, n, k, h, w int, momentum, epsilon T) {
	featureVariance(v, x, m, n, k, h*w, 0, k)
}

// BatchNorm2dVRows does so for v[from:to].
func BatchNorm2dVRows[T Float](v, x, m []T, n, k, h, w int, momentum, epsilon T, from, to int) {
	featureVariance(v, x, m, n, k, h*w, from, to)
}

// BatchNorm2d assigns y[k, h, w] = shift[k] + scale[k]·(x[k, h, w] - m[k]) /
// √(v[k] + epsilon). y may be x.
func BatchNorm2d[T Float](y, x, scale, shift, m, v []T, n, k, h, w int, momentum, epsilon T) {
	features(y, x, scale, shift, m, v, n, k, h*w, epsilon)
}

// BatchNorm2dA assigns a[k] = Σ dy[k, h, w] / (n·h·w).
func BatchNorm2dA[T Float](a, dy []T, n, k, h, w int, momentum, epsilon T) {
	featureMean(a, dy, n, k, h*w, 0, k)
}

// BatchNorm2dARows does so for a[from:to].
func BatchNorm2dARows[T Float](a, dy []T, n, k, h, w int, momentum, epsilon T, from, to int) {
	featureMean(a, dy, n, k, h*w, from, to)
}

// BatchNorm2dB assigns b[k] = Σ dy[k, h, w]·(x[k, h, w] - m[k]) / √(v[k] +
// epsilon) / (n·h·w).
func BatchNorm2dB[T Float](b, x, m, v, dy []T, n, k, h, w int, momentum, epsilon T) {
	featureSlope(b, x, m, v, dy, n, k, h*w, epsilon, 0, k)
}

// BatchNorm2dBRows does so for b[from:to].
func BatchNorm2dBRows[T Float](b, x, m, v, dy []T, n, k, h, w int, momentum, epsilon T, from, to int) {
	featureSlope(b, x, m, v, dy, n, k, h*w, epsilon, from, to)
}

// BatchNorm2dDx assigns dx[k, h, w] = scale[k]·(dy[k, h, w] - a[k] - b[k]·(x[k,
// h, w] - m[k]) / √(v[k] + epsilon)) / √(v[k] + epsilon). dx may be x or dy.
func BatchNorm2dDx[T Float](dx, x, scale, m, v, a, b, dy []T, n, k, h, w int, momentum, epsilon T) {
	featuresDx(dx, x, scale, m, v, a, b, dy, n, k, h*w, epsilon)
}

// BatchNorm2dDscale assigns dscale[k] = b[k]·n·h·w.
func BatchNorm2dDscale[T Float](dscale, b []T, n, k, h, w int, momentum, epsilon T) {
	times(dscale[:k], b, T(n*h*w))
}

// BatchNorm2dDshift assigns dshift[k] = a[k]·n·h·w.
func BatchNorm2dDshift[T Float](dshift, a []T, n, k, h, w int, momentum, epsilon T) {
	times(dshift[:k], a, T(n*h*w))
}

// BatchNorm2dRunning assigns y[k, h, w] = shift[k] + scale[k]·(x[k, h, w] -
// mean[k]) / √(max(variance[k], 0) + epsilon). y may be x.
func BatchNorm2dRunning[T Float](y, x, scale, shift, mean, variance []T, n, k, h, w int, momentum, epsilon T) {
	features(y, x, scale, shift, mean, variance, n, k, h*w, epsilon)
}

// BatchNorm2dRunningDx assigns dx[k, h, w] = scale[k]·dy[k, h, w] /
// √(max(variance[k], 0) + epsilon). dx may be dy.
func BatchNorm2dRunningDx[T Float](dx, scale, variance, dy []T, n, k, h, w int, momentum, epsilon T) {
	featuresScaled(dx, scale, variance, dy, n, k, h*w, epsilon)
}

// BatchNorm2dRunningDscale assigns dscale[k] = Σ dy[k, h, w]·(x[k, h, w] -
// mean[k]) / √(max(variance[k], 0) + epsilon).
func BatchNorm2dRunningDscale[T Float](dscale, x, mean, variance, dy []T, n, k, h, w int, momentum, epsilon T) {
	featureSlope(dscale, x, mean, variance, dy, n, k, h*w, epsilon, 0, k)
	times(dscale[:k], dscale, T(n*h*w))
}

// BatchNorm2dRunningDshift assigns dshift[k] = Σ dy[k, h, w].
func BatchNorm2dRunningDshift[T Float](dshift, dy []T, n, k, h, w int, momentum, epsilon T) {
	featureMean(dshift, dy, n, k, h*w, 0, k)
	times(dshift[:k], dshift, T(n*h*w))
}

func times[T Float](to, from []T, by T) {
	for i, v := range from[:len(to)] {
		to[i] = v * by
	}
}

// featureBlock is how many features beside each other are added up at once.
const featureBlock = 32

// featureMean assigns mean[from:to], the means of x over outer and inner.
func featureMean[T Float](mean, x []T, outer, k, inner, from, to int) {
	count := float64(outer * inner)
	for at := from; at < to; at += featureBlock {
		end := min(at+featureBlock, to)
		var sums [featureBlock]float64
		for o := range outer {
			if inner == 1 {
				for i, v := range x[o*k+at : o*k+end] {
					sums[i] += float64(v)
				}
				continue
			}
			for c := at; c < end; c++ {
				var even, odd float64
				row := x[(o*k+c)*inner : (o*k+c+1)*inner]
				for ; len(row) > 1; row = row[2:] {
					even += float64(row[0])
					odd += float64(row[1])
				}
				for _, v := range row {
					even += float64(v)
				}
				sums[c-at] += even + odd
			}
		}
		for c := at; c < end; c++ {
			mean[c] = T(sums[c-at] / count)
		}
	}
}

// featureVariance assigns v[from:to], the means of the squares of x - m.
func featureVariance[T Float](v, x, m []T, outer, k, inner, from, to int) {
	count := float64(outer * inner)
	for at := from; at < to; at += featureBlock {
		end := min(at+featureBlock, to)
		var sums [featureBlock]float64
		for o := range outer {
			if inner == 1 {
				m := m[at:end]
				for i, x := range x[o*k+at : o*k+end] {
					d := float64(x - m[i])
					sums[i] += float64(d * d)
				}
				continue
			}
			for c := at; c < end; c++ {
				var even, odd float64
				m, row := m[c], x[(o*k+c)*inner:(o*k+c+1)*inner]
				for ; len(row) > 1; row = row[2:] {
					d, e := float64(row[0]-m), float64(row[1]-m)
					even += float64(d * d)
					odd += float64(e * e)
				}
				for _, x := range row {
					d := float64(x - m)
					even += float64(d * d)
				}
				sums[c-at] += even + odd
			}
		}
		for c := at; c < end; c++ {
			v[c] = T(sums[c-at] / count)
		}
	}
}

// featureSlope assigns b[from:to], the means of dy·(x - m) / √(v + epsilon).
func featureSlope[T Float](b, x, m, v, dy []T, outer, k, inner int, epsilon T, from, to int) {
	count := float64(outer * inner)
	for at := from; at < to; at += featureBlock {
		end := min(at+featureBlock, to)
		var sums [featureBlock]float64
		for o := range outer {
			if inner == 1 {
				m, dy := m[at:end], dy[o*k+at:o*k+end]
				for i, x := range x[o*k+at : o*k+end] {
					sums[i] += float64(float64(dy[i]) * float64(x-m[i]))
				}
				continue
			}
			for c := at; c < end; c++ {
				var even, odd float64
				m, row, d := m[c], x[(o*k+c)*inner:(o*k+c+1)*inner], dy[(o*k+c)*inner:(o*k+c+1)*inner]
				for ; len(row) > 1 && len(d) > 1; row, d = row[2:], d[2:] {
					even += float64(float64(d[0]) * float64(row[0]-m))
					odd += float64(float64(d[1]) * float64(row[1]-m))
				}
				for i, x := range row {
					even += float64(float64(d[i]) * float64(x-m))
				}
				sums[c-at] += even + odd
			}
		}
		for c := at; c < end; c++ {
			b[c] = T(sums[c-at] / count * inverseRoot(v[c], epsilon))
		}
	}
}

// inverseRoot is 1 / √(max(v, 0) + epsilon).
func inverseRoot[T Float](v, epsilon T) float64 {
	return 1 / math.Sqrt(float64(max(v, 0))+float64(epsilon))
}

// features assigns y = shift + scale·(x - m) / √(max(v, 0) + epsilon).
func features[T Float](y, x, scale, shift, m, v []T, outer, k, inner int, epsilon T) {
	for at := 0; at < k; at += featureBlock {
		end := min(at+featureBlock, k)
		var by [featureBlock]T
		for c := at; c < end; c++ {
			by[c-at] = T(float64(scale[c]) * inverseRoot(v[c], epsilon))
		}
		for o := range outer {
			if inner == 1 {
				m, shift, to := m[at:end], shift[at:end], y[o*k+at:o*k+end]
				for i, x := range x[o*k+at : o*k+end] {
					to[i] = shift[i] + T(by[i]*(x-m[i]))
				}
				continue
			}
			for c := at; c < end; c++ {
				m, shift, by, to := m[c], shift[c], by[c-at], y[(o*k+c)*inner:(o*k+c+1)*inner]
				for i, x := range x[(o*k+c)*inner : (o*k+c+1)*inner] {
					to[i] = shift + T(by*(x-m))
				}
			}
		}
	}
}

// featuresDx assigns dx = scale·r·(dy - a - b·r·(x - m)), r = 1 / √(v + epsilon).
func featuresDx[T Float](dx, x, scale, m, v, a, b, dy []T, outer, k, inner int, epsilon T) {
	for at := 0; at < k; at += featureBlock {
		end := min(at+featureBlock, k)
		var by, slope [featureBlock]T
		for c := at; c < end; c++ {
			r := inverseRoot(v[c], epsilon)
			by[c-at], slope[c-at] = T(float64(scale[c])*r), T(float64(b[c])*r)
		}
		for o := range outer {
			if inner == 1 {
				m, a, dy, to := m[at:end], a[at:end], dy[o*k+at:o*k+end], dx[o*k+at:o*k+end]
				for i, x := range x[o*k+at : o*k+end] {
					to[i] = by[i] * (dy[i] - a[i] - T(slope[i]*(x-m[i])))
				}
				continue
			}
			for c := at; c < end; c++ {
				m, a, by, slope := m[c], a[c], by[c-at], slope[c-at]
				dy, to := dy[(o*k+c)*inner:(o*k+c+1)*inner], dx[(o*k+c)*inner:(o*k+c+1)*inner]
				for i, x := range x[(o*k+c)*inner : (o*k+c+1)*inner] {
					to[i] = by * (dy[i] - a - T(slope*(x-m)))
				}
			}
		}
	}
}

// featuresScaled assigns dx = scale·dy / √(max(v, 0) + epsilon).
func featuresScaled[T Float](dx, scale, v, dy []T, outer, k, inner int, epsilon T) {
	for c := range k {
		by := T(float64(scale[c]) * inverseRoot(v[c], epsilon))
		for o := range outer {
			to := dx[(o*k+c)*inner : (o*k+c+1)*inner]
			for i, d := range dy[(o*k+c)*inner : (o*k+c+1)*inner] {
				to[i] = d * by
			}
		}
	}
}
