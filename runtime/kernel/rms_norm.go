package kernel

// RmsNorm assigns y[t, k] = scale[k]·r[t]·x[t, k] with r = 1 / √(mean of x² +
// epsilon) over the k elements at a position, for n examples of t positions
// (Zhang and Sennrich, 2019). y may be x.
func RmsNorm[T Float](y, r, x, scale []T, n, t, k int, epsilon T) {
	rows := n * t
	y, r, x, scale = y[:rows*k], r[:rows], x[:rows*k], scale[:k]
	if vectors[T]() {
		// A block of rows stays in the first cache for all passes.
		for at := 0; at < rows; at += normRows(k) {
			part := min(normRows(k), rows-at)
			x, root := narrow(x[at*k:at*k+part*k]), narrow(r[at:at+part])
			vecDot(root, x, x, part, k, float32(k))
			vecInverseRoot(root, root, float32(epsilon))
			vecRmsNorm(narrow(y[at*k:]), x, narrow(scale), root, part, k)
		}
		return
	}
	for i := range r {
		to, from := y[i*k:i*k+k], x[i*k:i*k+k]
		var squares T
		for _, v := range from {
			squares += v * v
		}
		root := 1 / sqrt(squares/T(k)+epsilon)
		for j, v := range from {
			to[j] = scale[j] * root * v
		}
		r[i] = root
	}
}

// RmsNormB assigns b[t] = r[t]²·Σ_k scale[k]·dy[t, k]·x[t, k] / k.
func RmsNormB[T Float](b, x, scale, r, dy []T, n, t, k int, epsilon T) {
	rows := n * t
	b, x, scale, r, dy = b[:rows], x[:rows*k], scale[:k], r[:rows], dy[:rows*k]
	if vectors[T]() {
		vecPlainWeighted(narrow(b), narrow(x), narrow(dy), narrow(scale), rows, k, float32(k))
		vecMulSquare(narrow(b), narrow(b), narrow(r))
		return
	}
	for i := range b {
		var sum T
		d := dy[i*k : i*k+k]
		for j, v := range x[i*k : i*k+k] {
			sum += scale[j] * d[j] * v
		}
		b[i] = sum / T(k) * r[i] * r[i]
	}
}

// RmsNormDx assigns dx[t, k] = r[t]·(scale[k]·dy[t, k] - b[t]·x[t, k]). dx may
// be x or dy.
func RmsNormDx[T Float](dx, x, scale, r, b, dy []T, n, t, k int, epsilon T) {
	rows := n * t
	dx, x, scale, r, b, dy = dx[:rows*k], x[:rows*k], scale[:k], r[:rows], b[:rows], dy[:rows*k]
	if vectors[T]() {
		vecRmsNormDx(narrow(dx), narrow(x), narrow(dy), narrow(scale), narrow(r), narrow(b), rows, k)
		return
	}
	for i, root := range r {
		to, d := dx[i*k:i*k+k], dy[i*k:i*k+k]
		for j, v := range x[i*k : i*k+k] {
			to[j] = root * (scale[j]*d[j] - b[i]*v)
		}
	}
}

// RmsNormDscale assigns dscale[k] = Σ_t dy[t, k]·r[t]·x[t, k], over all
// positions of all examples.
func RmsNormDscale[T Float](dscale, x, r, dy []T, n, t, k int, epsilon T) {
	RmsNormDscaleInto(dscale, x, r, dy, n, t, k, epsilon, 0, 1, 0, k)
}

// RmsNormDscaleInto assigns dscale[k] = keep·dscale[k] + by·Σ_t dy[t,
// k]·r[t]·x[t, k] for the elements from up to to, over all positions of all
// examples. A keep of zero does not read dscale.
func RmsNormDscaleInto[T Float](dscale, x, r, dy []T, n, t, k int, epsilon, keep, by T, from, to int) {
	rows := n * t
	x, dy, r = x[:rows*k], dy[:rows*k], r[:rows]
	var sums [columnsOfSum]T
	for at := from; at < to; at += len(sums) {
		s := sums[:min(len(sums), to-at)]
		clear(s)
		switch {
		case rows == 0:
		case vectors[T]():
			vecRmsNormDscale(narrow(s), narrow(x[at:]), narrow(dy[at:]), narrow(r), rows, k)
		default:
			for i, root := range r {
				d := dy[i*k+at:]
				for j, v := range x[i*k+at : i*k+at+len(s)] {
					s[j] += d[j] * root * v
				}
			}
		}
		blend(dscale[at:at+len(s)], s, keep, by)
	}
}
