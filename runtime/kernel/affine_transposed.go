package kernel

// AffineTransposed assigns y[t, o] = bias[o] + Σ_i weight[i, o]·x[t, i].
func AffineTransposed[T Float](y, x, weight, bias []T, n, t, i, o int) {
	for r := range n * t {
		row := y[r*o : r*o+o]
		combine(row, weight, x[r*i:r*i+i], 1, i)
		for c := range row {
			row[c] += bias[c]
		}
	}
}

// AffineTransposedTurned assigns turned[o, i] = weight[i, o].
func AffineTransposedTurned[T Float](turned, weight []T, n, t, i, o int) {
	Transpose(turned, weight, i, o)
}

// AffineTransposedDx assigns dx.
func AffineTransposedDx[T Float](dx, turned, dy []T, n, t, i, o int) {
	AffineDx(dx, turned, dy, n, t, i, o)
}

// AffineTransposedDweight assigns dweight.
func AffineTransposedDweight[T Float](dweight, x, dy []T, n, t, i, o int) {
	mulTN(dweight, x, dy, n*t, i, o)
}

// AffineTransposedDweightInto adds.
func AffineTransposedDweightInto[T Float](dweight, x, dy []T, n, t, i, o int, keep, by T, from, to int) {
	for r := from; r < to; r++ {
		for c := range o {
			var s T
			for e := range n * t {
				s += x[e*i+r] * dy[e*o+c]
			}
			if keep == 0 {
				dweight[r*o+c] = by * s
			} else {
				dweight[r*o+c] = keep*dweight[r*o+c] + by*s
			}
		}
	}
}

// AffineTransposedDbias assigns dbias.
func AffineTransposedDbias[T Float](dbias, dy []T, n, t, i, o int) { sumRows(dbias, dy, n*t, o) }

// AffineTransposedDbiasInto adds.
func AffineTransposedDbiasInto[T Float](dbias, dy []T, n, t, i, o int, keep, by T, from, to int) {
	for c := from; c < to; c++ {
		var s T
		for e := range n * t {
			s += dy[e*o+c]
		}
		if keep == 0 {
			dbias[c] = by * s
		} else {
			dbias[c] = keep*dbias[c] + by*s
		}
	}
}

// AffineTransposedRelu assigns y.
func AffineTransposedRelu[T Float](y, x, weight, bias []T, n, t, i, o int) {
	AffineTransposed(y, x, weight, bias, n, t, i, o)
	Relu(y, y, n, t*o)
}

// AffineTransposedReluDz assigns dz.
func AffineTransposedReluDz[T Float](dz, y, dy []T, n, t, i, o int) { ReluDx(dz, y, dy, n, t*o) }

// AffineTransposedReluTurned assigns turned.
func AffineTransposedReluTurned[T Float](turned, weight []T, n, t, i, o int) {
	Transpose(turned, weight, i, o)
}

// AffineTransposedReluDx assigns dx.
func AffineTransposedReluDx[T Float](dx, turned, dz []T, n, t, i, o int) {
	AffineDx(dx, turned, dz, n, t, i, o)
}

// AffineTransposedReluDweight assigns dweight.
func AffineTransposedReluDweight[T Float](dweight, x, dz []T, n, t, i, o int) {
	AffineTransposedDweight(dweight, x, dz, n, t, i, o)
}

// AffineTransposedReluDweightInto adds.
func AffineTransposedReluDweightInto[T Float](dweight, x, dz []T, n, t, i, o int, keep, by T, from, to int) {
	AffineTransposedDweightInto(dweight, x, dz, n, t, i, o, keep, by, from, to)
}

// AffineTransposedReluDbias assigns dbias.
func AffineTransposedReluDbias[T Float](dbias, dz []T, n, t, i, o int) {
	AffineTransposedDbias(dbias, dz, n, t, i, o)
}

// AffineTransposedReluDbiasInto adds.
func AffineTransposedReluDbiasInto[T Float](dbias, dz []T, n, t, i, o int, keep, by T, from, to int) {
	AffineTransposedDbiasInto(dbias, dz, n, t, i, o, keep, by, from, to)
}
