package kernel

// SumLeading assigns y[s] = Σ_t x[t, s] for n examples.
func SumLeading[T Float](y, x []T, n, t, s int) {
	y, x = y[:n*s], x[:n*t*s]
	for e := range n {
		AffineDbias(y[e*s:e*s+s], x[e*t*s:e*t*s+t*s], 1, t, 0, s)
	}
}

// SumLeadingDx assigns dx[t, s] = dy[s].
func SumLeadingDx[T Float](dx, dy []T, n, t, s int) {
	dx, dy = dx[:n*t*s], dy[:n*s]
	for e := range n {
		for r := range t {
			copy(dx[(e*t+r)*s:(e*t+r)*s+s], dy[e*s:e*s+s])
		}
	}
}

// MeanLeading assigns y[s] = Σ_t x[t, s] / t for n examples.
func MeanLeading[T Float](y, x []T, n, t, s int) {
	SumLeading(y, x, n, t, s)
	Scale(y, y, n, s, 1/T(t))
}

// MeanLeadingDx assigns dx[t, s] = dy[s] / t.
func MeanLeadingDx[T Float](dx, dy []T, n, t, s int) {
	dx, dy = dx[:n*t*s], dy[:n*s]
	for e := range n {
		row := dx[e*t*s : e*t*s+s]
		Scale(row, dy[e*s:e*s+s], 1, s, 1/T(t))
		for r := 1; r < t; r++ {
			copy(dx[(e*t+r)*s:(e*t+r)*s+s], row)
		}
	}
}

// SumTrailing assigns y[t] = Σ_s x[t, s] for n examples.
func SumTrailing[T Float](y, x []T, n, t, s int) { sumOver(y, x, n*t, s, 1) }

// SumTrailingDx assigns dx[t, s] = dy[t].
func SumTrailingDx[T Float](dx, dy []T, n, t, s int) { spread(dx, dy, n*t, s, 1) }

// MeanTrailing assigns y[t] = Σ_s x[t, s] / s for n examples.
func MeanTrailing[T Float](y, x []T, n, t, s int) { sumOver(y, x, n*t, s, T(s)) }

// MeanTrailingDx assigns dx[t, s] = dy[t] / s.
func MeanTrailingDx[T Float](dx, dy []T, n, t, s int) { spread(dx, dy, n*t, s, T(s)) }

// TransposeLast assigns y[t, j, i] = x[t, i, j] for n examples.
func TransposeLast[T Float](y, x []T, n, t, i, j int) {
	y, x = y[:n*t*i*j], x[:n*t*i*j]
	for at := 0; at < len(x); at += i * j {
		Transpose(y[at:at+i*j], x[at:at+i*j], i, j)
	}
}

// TransposeLastDx assigns dx[t, i, j] = dy[t, j, i].
func TransposeLastDx[T Float](dx, dy []T, n, t, i, j int) { TransposeLast(dx, dy, n, t, j, i) }
