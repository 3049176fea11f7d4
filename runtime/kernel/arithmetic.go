package kernel

// Scale assigns y = by·x.
func Scale[T Float](y, x []T, n, s int, by T) {
	y, x = y[:n*s], x[:n*s]
	for i, v := range x {
		y[i] = by * v
	}
}

// ScaleDx assigns dx = by·dy.
func ScaleDx[T Float](dx, dy []T, n, s int, by T) { Scale(dx, dy, n, s, by) }

// Add assigns y = a + b on one leaf; a batch is one long leaf.
func Add[T Float](y, a, b []T, size int) {
	y, a, b = y[:size], a[:size], b[:size]
	for i, v := range a {
		y[i] = v + b[i]
	}
}

// AddDa assigns da = dy on one leaf.
func AddDa[T Float](da, dy []T, size int) { copy(da[:size], dy[:size]) }

// AddDb assigns db = dy on one leaf.
func AddDb[T Float](db, dy []T, size int) { copy(db[:size], dy[:size]) }

// Mul assigns y = a·b, element by element.
func Mul[T Float](y, a, b []T, n, s int) {
	y, a, b = y[:n*s], a[:n*s], b[:n*s]
	for i, v := range a {
		y[i] = v * b[i]
	}
}

// MulDa assigns da = b·dy.
func MulDa[T Float](da, b, dy []T, n, s int) { Mul(da, b, dy, n, s) }

// MulDb assigns db = a·dy.
func MulDb[T Float](db, a, dy []T, n, s int) { Mul(db, a, dy, n, s) }

// Sum assigns to y the sum of each example's s elements.
func Sum[T Float](y, x []T, n, s int) {
	for r := range n {
		var sum T
		for _, v := range x[r*s : r*s+s] {
			sum += v
		}
		y[r] = sum
	}
}

// SumDx assigns dx[s] = dy.
func SumDx[T Float](dx, dy []T, n, s int) {
	for r, d := range dy[:n] {
		Fill(dx[r*s:r*s+s], d)
	}
}

// Mean assigns to y the mean of each example's s elements.
func Mean[T Float](y, x []T, n, s int) {
	Sum(y, x, n, s)
	for r := range n {
		y[r] /= T(s)
	}
}

// MeanDx assigns dx[s] = dy / s.
func MeanDx[T Float](dx, dy []T, n, s int) {
	for r, d := range dy[:n] {
		Fill(dx[r*s:r*s+s], d/T(s))
	}
}
