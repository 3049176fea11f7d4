package kernel

// Sum assigns to y the sum of each example's s elements.
func Sum[T Float](y, x []T, n, s int) { sumOver(y, x, n, s, 1) }

// SumDx assigns dx[s] = dy.
func SumDx[T Float](dx, dy []T, n, s int) { spread(dx, dy, n, s, 1) }

// Mean assigns to y the mean of each example's s elements.
func Mean[T Float](y, x []T, n, s int) { sumOver(y, x, n, s, T(s)) }

// MeanDx assigns dx[s] = dy / s.
func MeanDx[T Float](dx, dy []T, n, s int) { spread(dx, dy, n, s, T(s)) }

// sumOver assigns to y the sums of rows of s elements, over by.
func sumOver[T Float](y, x []T, rows, s int, by T) {
	y, x = y[:rows], x[:rows*s]
	if vectors[T]() {
		vecSum(narrow(y), narrow(x), rows, s, float32(by))
		return
	}
	for r := range rows {
		var sum T
		for _, v := range x[r*s : r*s+s] {
			sum += v
		}
		y[r] = sum / by
	}
}

// spread assigns dx[r, s] = dy[r] / by.
func spread[T Float](dx, dy []T, rows, s int, by T) {
	dx, dy = dx[:rows*s], dy[:rows]
	if vectors[T]() {
		vecSpread(narrow(dx), narrow(dy), rows, s, float32(by))
		return
	}
	for r, d := range dy {
		Fill(dx[r*s:r*s+s], d/by)
	}
}

// scaleRows assigns dx[r, s] = dy[r] / by · x[r, s].
func scaleRows[T Float](dx, x, dy []T, rows, s int, by T) {
	dx, x, dy = dx[:rows*s], x[:rows*s], dy[:rows]
	if vectors[T]() {
		if 1 < s && s < shortRow && allEqual(dy) { // as the mean of a batch hands them down
			vecScale(narrow(dx), narrow(x), float32(dy[0]/by))
			return
		}
		vecScaleRows(narrow(dx), narrow(x), narrow(dy), rows, s, float32(by))
		return
	}
	for r, d := range dy {
		Scale(dx[r*s:r*s+s], x[r*s:r*s+s], 1, s, d/by)
	}
}

// shortRow is how many elements a row has at least that is worth a loop of its
// own.
const shortRow = 64

// allEqual reports whether there are numbers and they are the same.
func allEqual[T Float](x []T) bool {
	for _, v := range x {
		if v != x[0] {
			return false
		}
	}
	return len(x) > 0
}
