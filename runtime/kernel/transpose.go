package kernel

// Transpose assigns out[c, r] = in[r, c] for a matrix of rows by cols.
func Transpose[T Float](out, in []T, rows, cols int) {
	out, in = out[:rows*cols], in[:rows*cols]
	if rows == 1 || cols == 1 {
		copy(out, in)
		return
	}
	if !fast[T]() || rows < 8 || cols < 8 {
		transposePlain(out, in, rows, cols, 0, 0)
		return
	}
	transposeFast(narrow(out), narrow(in), rows, cols)
	transposePlain(out, in, rows, cols, rows&^7, 0)
	transposePlain(out, in, rows&^7, cols, 0, cols&^7)
}

// transposePlain turns the rows and columns of in from row and col on, writing
// one row of out after another.
func transposePlain[T Float](out, in []T, rows, cols, row, col int) {
	height := len(out) / max(cols, 1)
	for c := col; c < cols; c++ {
		to := out[c*height+row : c*height+rows]
		at := row*cols + c
		for i := range to {
			to[i] = in[at]
			at += cols
		}
	}
}

// transposeFast turns the whole blocks of 8×8, a few thousand elements in a
// call.
func transposeFast(out, in []float32, rows, cols int) {
	const elements = 1 << 14
	height := max(8, elements/cols&^7)
	for r := 0; r+8 <= rows; r += height {
		transposeBlocks(&out[r], &in[r*cols], min(height, rows-r)&^7, cols&^7, 4*rows, 4*cols)
	}
}
