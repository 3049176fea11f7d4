package kernel

// lanesCopyPlanes assigns to[a, r, c] = from[a, r, c] for rows that begin toRow
// and fromRow apart, in planes that begin toPlane and fromPlane apart.
func lanesCopyPlanes[T Float](to, from []T, planes, rows, cols, toPlane, fromPlane, toRow, fromRow int) {
	for a := range planes {
		for r := range rows {
			copy(to[a*toPlane+r*toRow:][:cols], from[a*fromPlane+r*fromRow:][:cols])
		}
	}
}

// lanesAddPlanes adds from[a, r, c] to to[a, r, c] for rows that begin toRow and
// fromRow apart, in planes that begin toPlane and fromPlane apart.
func lanesAddPlanes[T Float](to, from []T, planes, rows, cols, toPlane, fromPlane, toRow, fromRow int) {
	for a := range planes {
		for r := range rows {
			to, from := to[a*toPlane+r*toRow:][:cols], from[a*fromPlane+r*fromRow:][:cols]
			for c, v := range from {
				to[c] += v
			}
		}
	}
}
