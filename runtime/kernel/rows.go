package kernel

// RowAt assigns y[s] = x[at, s] for n examples of t rows of s elements. A place
// outside 0..t-1 panics.
func RowAt[T Float](y, x []T, at []int32, n, t, s int) {
	for i, place := range at[:n] {
		rows := x[i*t*s : (i+1)*t*s]
		copy(y[i*s:i*s+s], rows[int(place)*s:int(place)*s+s])
	}
}

// RowAtDx assigns dx[t, s] = (t = at)·dy[s].
func RowAtDx[T Float](dx []T, at []int32, dy []T, n, t, s int) {
	for i, place := range at[:n] {
		rows := dx[i*t*s : (i+1)*t*s]
		clear(rows)
		copy(rows[int(place)*s:int(place)*s+s], dy[i*s:i*s+s])
	}
}
