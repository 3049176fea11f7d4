package kernel

import "math"

// LayerNorm assigns y[t, k] = shift[k] + scale[k]·r[t]·(x[t, k] - m[t]) with m
// the mean of the k elements at a position and r = 1 / √(variance + epsilon),
// for n examples of t positions (Ba, Kiros and Hinton, 2016). The variance is
// that of the population, of differences from the mean. y may be x.
func LayerNorm[T Float](y, m, r, x, scale, shift []T, n, t, k int, epsilon T) {
	rows := n * t
	y, m, r, x, scale, shift = y[:rows*k], m[:rows], r[:rows], x[:rows*k], scale[:k], shift[:k]
	if vectors[T]() {
		// A block of rows stays in the first cache for all passes.
		for at := 0; at < rows; at += normRows(k) {
			part := min(normRows(k), rows-at)
			x, mean, root := narrow(x[at*k:]), narrow(m[at:at+part]), narrow(r[at:at+part])
			vecSum(mean, x, part, k, float32(k))
			vecVariance(root, x, mean, part, k, float32(k))
			vecInverseRoot(root, root, float32(epsilon))
			vecLayerNorm(narrow(y[at*k:]), x, narrow(scale), narrow(shift), mean, root, part, k)
		}
		return
	}
	for i := range m {
		to, from := y[i*k:i*k+k], x[i*k:i*k+k]
		var mean, variance T
		for _, v := range from {
			mean += v
		}
		mean /= T(k)
		for _, v := range from {
			variance += (v - mean) * (v - mean)
		}
		root := 1 / sqrt(variance/T(k)+epsilon)
		for j, v := range from {
			to[j] = shift[j] + scale[j]*root*(v-mean)
		}
		m[i], r[i] = mean, root
	}
}

// LayerNormA assigns a[t] = Σ_k scale[k]·dy[t, k] / k.
func LayerNormA[T Float](a, scale, dy []T, n, t, k int, epsilon T) {
	rows := n * t
	a, scale, dy = a[:rows], scale[:k], dy[:rows*k]
	if vectors[T]() {
		vecWeighted(narrow(a), narrow(dy), narrow(scale), rows, k, float32(k))
		return
	}
	for i := range a {
		var sum T
		for j, d := range dy[i*k : i*k+k] {
			sum += scale[j] * d
		}
		a[i] = sum / T(k)
	}
}

// LayerNormB assigns b[t] = r[t]²·Σ_k scale[k]·dy[t, k]·(x[t, k] - m[t]) / k.
func LayerNormB[T Float](b, x, scale, m, r, dy []T, n, t, k int, epsilon T) {
	rows := n * t
	b, x, scale, m, r, dy = b[:rows], x[:rows*k], scale[:k], m[:rows], r[:rows], dy[:rows*k]
	if vectors[T]() {
		vecCentredWeighted(narrow(b), narrow(x), narrow(dy), narrow(scale), narrow(m), rows, k, float32(k))
		vecMulSquare(narrow(b), narrow(b), narrow(r))
		return
	}
	for i := range b {
		var sum T
		d := dy[i*k : i*k+k]
		for j, v := range x[i*k : i*k+k] {
			sum += scale[j] * d[j] * (v - m[i])
		}
		b[i] = sum / T(k) * r[i] * r[i]
	}
}

// LayerNormDx assigns dx[t, k] = r[t]·(scale[k]·dy[t, k] - a[t] - b[t]·(x[t, k]
// - m[t])). dx may be x or dy.
func LayerNormDx[T Float](dx, x, scale, m, r, a, b, dy []T, n, t, k int, epsilon T) {
	rows := n * t
	dx, x, scale, dy = dx[:rows*k], x[:rows*k], scale[:k], dy[:rows*k]
	m, r, a, b = m[:rows], r[:rows], a[:rows], b[:rows]
	if vectors[T]() {
		vecLayerNormDx(narrow(dx), narrow(x), narrow(dy), narrow(scale), narrow(m), narrow(r), narrow(a), narrow(b), rows, k)
		return
	}
	for i, mean := range m {
		to, d := dx[i*k:i*k+k], dy[i*k:i*k+k]
		for j, v := range x[i*k : i*k+k] {
			to[j] = r[i] * (scale[j]*d[j] - a[i] - b[i]*(v-mean))
		}
	}
}

// LayerNormDscale assigns dscale[k] = Σ_t dy[t, k]·r[t]·(x[t, k] - m[t]), over
// all positions of all examples.
func LayerNormDscale[T Float](dscale, x, m, r, dy []T, n, t, k int, epsilon T) {
	LayerNormDscaleInto(dscale, x, m, r, dy, n, t, k, epsilon, 0, 1, 0, k)
}

// LayerNormDscaleInto assigns dscale[k] = keep·dscale[k] + by·Σ_t dy[t,
// k]·r[t]·(x[t, k] - m[t]) for the elements from up to to, over all positions
// of all examples. A keep of zero does not read dscale.
func LayerNormDscaleInto[T Float](dscale, x, m, r, dy []T, n, t, k int, epsilon, keep, by T, from, to int) {
	rows := n * t
	x, dy, m, r = x[:rows*k], dy[:rows*k], m[:rows], r[:rows]
	var sums [columnsOfSum]T
	for at := from; at < to; at += len(sums) {
		s := sums[:min(len(sums), to-at)]
		clear(s)
		switch {
		case rows == 0:
		case vectors[T]():
			vecLayerNormDscale(narrow(s), narrow(x[at:]), narrow(dy[at:]), narrow(m), narrow(r), rows, k)
		default:
			for i, mean := range m {
				d := dy[i*k+at:]
				for j, v := range x[i*k+at : i*k+at+len(s)] {
					s[j] += T(d[j] * r[i] * (v - mean)) // rounded: no compiler fuses it with the sum
				}
			}
		}
		blend(dscale[at:at+len(s)], s, keep, by)
	}
}

// LayerNormDshift assigns dshift[k] = Σ_t dy[t, k], over all positions of all
// examples.
func LayerNormDshift[T Float](dshift, dy []T, n, t, k int, epsilon T) {
	AffineDbias(dshift, dy, n, t, 0, k)
}

// LayerNormDshiftInto assigns dshift[k] = keep·dshift[k] + by·Σ_t dy[t, k] for
// the elements from up to to, over all positions of all examples. A keep of
// zero does not read dshift.
func LayerNormDshiftInto[T Float](dshift, dy []T, n, t, k int, epsilon, keep, by T, from, to int) {
	addRowsInto(dshift, dy, n*t, k, keep, by, from, to)
}

// normRows is how many rows of k elements are worked on at a time: 16 KB.
func normRows(k int) int { return max(1, 4096/max(k, 1)) }

func sqrt[T Float](x T) T { return T(math.Sqrt(float64(x))) }
