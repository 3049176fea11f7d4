package kernel

// Transpose assigns dst[c, r] = src[r, c] for a matrix of rows by cols.
func Transpose[T Float](dst, src []T, rows, cols int) {
	for r := range rows {
		row := src[r*cols : r*cols+cols]
		for c, v := range row {
			dst[c*rows+r] = v
		}
	}
}
