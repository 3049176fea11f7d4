package kernel

// lanesMaxPairs assigns to y the first greatest of each window of two by two,
// row by row, and to at which of its four it is, or 4 where one is no number;
// rows of x begin w apart.
func lanesMaxPairs[T Float](y, at, x []T, rows, cols, w int) {
	for r := range rows {
		top, bottom := x[2*r*w:][:2*cols], x[(2*r+1)*w:][:2*cols]
		to, place := y[r*cols:][:cols], at[r*cols:][:cols]
		for c := range to {
			best, where := top[2*c], T(0)
			if v := top[2*c+1]; v > best || v != v {
				best, where = v, 1
			}
			if v := bottom[2*c]; v > best || v != v {
				best, where = v, 2
			}
			if v := bottom[2*c+1]; v > best || v != v {
				best, where = v, 3
			}
			if best != best {
				where = 4
			}
			to[c], place[c] = best, where
		}
	}
}

// lanesSpreadPairs assigns to the place of each window of two by two that at
// names what dy holds for the window, and 0 to the others, row by row; rows of
// dx begin w apart.
func lanesSpreadPairs[T Float](dx, at, dy []T, rows, cols, w int) {
	for r := range rows {
		window := [2][]T{dx[2*r*w:][:2*cols], dx[(2*r+1)*w:][:2*cols]}
		from, place := dy[r*cols:][:cols], at[r*cols:][:cols]
		clear(window[0])
		clear(window[1])
		for c, d := range from {
			if where := int(place[c]); where < 4 {
				window[where>>1][where&1+2*c] = d
			}
		}
	}
}
