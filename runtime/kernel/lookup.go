package kernel

// Lookup assigns y[t, d] = table[c[t], d] for n examples of t positions: rows
// of a table of v by d. An index outside 0..v-1 panics.
func Lookup[T Float](y []T, c []int32, table []T, n, v, t, d int) {
	y, c, table = y[:n*t*d], c[:n*t], table[:v*d]
	for i, row := range c {
		copy(y[i*d:i*d+d], table[int(row)*d:int(row)*d+d])
	}
}

// LookupDtable assigns dtable[v, d] = Σ_t (c[t] = v)·dy[t, d], over all
// positions of all examples, in their order.
func LookupDtable[T Float](dtable []T, c []int32, dy []T, n, v, t, d int) {
	LookupDtableInto(dtable, c, dy, n, v, t, d, 0, 1, 0, v)
}

// LookupDtableInto assigns dtable[v, d] = keep·dtable[v, d] + by·Σ_t (c[t] =
// v)·dy[t, d] for the rows from up to to, over all positions of all examples,
// in their order. With a keep of one, rows that no index names are not
// touched; a keep of zero does not read dtable.
func LookupDtableInto[T Float](dtable []T, c []int32, dy []T, n, v, t, d int, keep, by T, from, to int) {
	c, dy = c[:n*t], dy[:n*t*d]
	switch rows := dtable[from*d : to*d]; keep {
	case 0:
		Fill(rows, 0)
	case 1:
	default:
		Scale(rows, rows, 1, len(rows), keep)
	}
	for i, row := range c {
		if r := int(row); from <= r && r < to {
			axpyRow(dtable[r*d:r*d+d], dy[i*d:i*d+d], by)
		}
	}
}

// axpyRow adds by·x to y.
func axpyRow[T Float](y, x []T, by T) {
	switch {
	case by == 1:
		Accumulate(y, x)
	case vectors[T]():
		vecSgd(narrow(y), narrow(y), narrow(x), -float32(by))
	default:
		axpy(y, x, by)
	}
}
