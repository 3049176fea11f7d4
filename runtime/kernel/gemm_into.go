package kernel

// columnsOfSum is how many sums lie on the stack at a time.
const columnsOfSum = 64

// mulTNInto assigns y[c, k] = keep·y[c, k] + by·Σ_r d[r, c]·x[r, k] for each c
// from from up to to.
func mulTNInto[T Float](y, d, x []T, rows, cols, k int, keep, by T, from, to int) {
	var sum [columnsOfSum]T
	for c := from; c < to; c++ {
		for j := 0; j < k; j += len(sum) {
			s := sum[:min(len(sum), k-j)]
			if rows == 0 {
				clear(s)
			} else {
				combine(s, x[j:], k, d[c:], cols, rows)
			}
			mix(y[c*k+j:c*k+j+len(s)], s, keep, by)
		}
	}
}

// sumRowsInto assigns y[c] = keep·y[c] + by·Σ_r d[r, c] for each c from from
// up to to.
func sumRowsInto[T Float](y, d []T, rows, cols int, keep, by T, from, to int) {
	var sum [columnsOfSum]T
	for c := from; c < to; c += len(sum) {
		s := sum[:min(len(sum), to-c)]
		clear(s)
		for r := range rows {
			Accumulate(s, d[r*cols+c:r*cols+c+len(s)])
		}
		mix(y[c:c+len(s)], s, keep, by)
	}
}

// mix assigns y = keep·y + by·s; a keep of zero does not read y.
func mix[T Float](y, s []T, keep, by T) {
	s = s[:len(y)]
	for i := range y {
		var kept T
		if keep != 0 {
			kept = keep * y[i]
		}
		y[i] = kept + by*s[i]
	}
}

// blend is mix, rounded alike at all levels but portable: a product of one row
// and one term.
func blend[T Float](y, s []T, keep, by T) {
	if !fast[T]() {
		mix(y, s, keep, by)
		return
	}
	p := product{c: narrow(y), a: unit, b: narrow(s), m: 1, n: len(y), k: 1, bTerm: len(y), cRow: len(y),
		end: into, keep: float32(keep), by: float32(by)}
	p.run()
}

// addRowsInto assigns y[c] = keep·y[c] + by·Σ_r d[r, c] for each c from from
// up to to. A keep of zero does not read y.
func addRowsInto[T Float](y, d []T, rows, cols int, keep, by T, from, to int) {
	if fast[T]() {
		addRows(narrow(y), narrow(d), rows, cols, into, float32(keep), float32(by), from, to)
		return
	}
	sumRowsInto(y, d, rows, cols, keep, by, from, to)
}
