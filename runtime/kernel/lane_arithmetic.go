package kernel

func lanesScale(y, x []float32, by float32) {
	for i, v := range x[:len(y)] {
		y[i] = v * by
	}
}

func lanesAdd(y, a, b []float32) {
	a, b = a[:len(y)], b[:len(y)]
	for i, v := range a {
		y[i] = v + b[i]
	}
}

func lanesMul(y, a, b []float32) {
	a, b = a[:len(y)], b[:len(y)]
	for i, v := range a {
		y[i] = v * b[i]
	}
}

func lanesFill(y []float32, v float32) {
	for i := range y {
		y[i] = v
	}
}

// lanesSum assigns to y the sums over by of rows of s elements.
func lanesSum(y, x []float32, rows, s int, by float32) {
	for r := range rows {
		var sums [16]float32
		for i, v := range x[r*s : r*s+s] {
			sums[i%16] += v
		}
		y[r] = fold(&sums) / by
	}
}

// lanesDot assigns to y the sums of products over by of rows of s elements.
func lanesDot(y, a, b []float32, rows, s int, by float32) {
	for r := range rows {
		var sums [16]float32
		with := b[r*s : r*s+s]
		for i, v := range a[r*s : r*s+s] {
			sums[i%16] = fma(v, with[i], sums[i%16])
		}
		y[r] = fold(&sums) / by
	}
}

// lanesSpread assigns dx[r, s] = dy[r] / by.
func lanesSpread(dx, dy []float32, rows, s int, by float32) {
	for r, d := range dy[:rows] {
		lanesFill(dx[r*s:r*s+s], d/by)
	}
}

// lanesScaleRows assigns dx[r, s] = dy[r] / by · x[r, s].
func lanesScaleRows(dx, x, dy []float32, rows, s int, by float32) {
	for r, d := range dy[:rows] {
		lanesScale(dx[r*s:r*s+s], x[r*s:r*s+s], d/by)
	}
}
