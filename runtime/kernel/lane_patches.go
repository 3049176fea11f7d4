package kernel

// lanesCopyRows assigns to[r, c] = from[r, c] for rows that begin toRow and
// fromRow apart.
func lanesCopyRows[T Float](to, from []T, rows, cols, toRow, fromRow int) {
	for r := range rows {
		copy(to[r*toRow:][:cols], from[r*fromRow:][:cols])
	}
}

// lanesAddRows adds from[r, c] to to[r, c] for rows that begin toRow and
// fromRow apart.
func lanesAddRows[T Float](to, from []T, rows, cols, toRow, fromRow int) {
	for r := range rows {
		to, from := to[r*toRow:][:cols], from[r*fromRow:][:cols]
		for c, v := range from {
			to[c] += v
		}
	}
}
