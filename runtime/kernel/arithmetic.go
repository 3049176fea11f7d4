package kernel

// Scale assigns y = by·x.
func Scale[T Float](y, x []T, n, s int, by T) {
	y, x = y[:n*s], x[:n*s]
	if vectors[T]() {
		vecScale(narrow(y), narrow(x), float32(by))
		return
	}
	for i, v := range x {
		y[i] = by * v
	}
}

// ScaleDx assigns dx = by·dy.
func ScaleDx[T Float](dx, dy []T, n, s int, by T) { Scale(dx, dy, n, s, by) }

// Add assigns y = a + b on one leaf; a batch is one long leaf.
func Add[T Float](y, a, b []T, size int) {
	y, a, b = y[:size], a[:size], b[:size]
	if vectors[T]() {
		vecAdd(narrow(y), narrow(a), narrow(b))
		return
	}
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
	if vectors[T]() {
		vecMul(narrow(y), narrow(a), narrow(b))
		return
	}
	for i, v := range a {
		y[i] = v * b[i]
	}
}

// MulDa assigns da = b·dy.
func MulDa[T Float](da, b, dy []T, n, s int) { Mul(da, b, dy, n, s) }

// MulDb assigns db = a·dy.
func MulDb[T Float](db, a, dy []T, n, s int) { Mul(db, a, dy, n, s) }
