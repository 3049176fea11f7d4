package kernel

// Patches of images, as the columns of a matrix with a row for each weight of
// a filter. A matrix holds a rectangle of places of the result and a range of
// weights, so that it fits the stack of whoever computes: how large it is
// depends on the filter alone, so the order of all sums does too.

const (
	patchSize      = 1 << 14 // elements of a matrix of patches
	termsOfPatch   = 1 << 9  // the most weights at once
	channelsAtOnce = 32      // of a result, in its derivative by the weight
	gatherSize     = termsOfPatch * channelsAtOnce
)

// filter is where filters of k by l meet images of c channels, h rows and w
// columns: at p by q places, stride apart, from padding before the first.
type filter struct{ c, h, w, k, l, p, q, stride, padding int }

// patch is a part of the work: some weights of the c·k·l at some places.
type patch struct {
	term, terms int
	row, rows   int // of the result
	col, cols   int
}

// size is the number of places.
func (at *patch) size() int { return at.rows * at.cols }

// place is where the first one lies in a result of q columns.
func (at *patch) place(q int) int { return at.row*q + at.col }

// next goes on to the next part; of none, to the first.
func (f *filter) next(at *patch) bool {
	if at.terms == 0 && !f.nextTerms(at) {
		return false
	}
	return f.nextPlace(at, patchSize) || f.nextTerms(at) && f.nextPlace(at, patchSize)
}

// nextTerms goes on to the next weights, at no place.
func (f *filter) nextTerms(at *patch) bool {
	all := f.c * f.k * f.l
	*at = patch{term: at.term + at.terms}
	at.terms = min(evenly(all, termsOfPatch), all-at.term)
	return at.terms > 0
}

// nextPlace goes on to the next places, at most so many, for the same weights.
// They are some rows, or a part of one.
func (f *filter) nextPlace(at *patch, most int) bool {
	most = min(most, patchSize/evenly(f.c*f.k*f.l, termsOfPatch))
	if at.col += at.cols; at.col >= f.q {
		at.col, at.row = 0, at.row+max(at.rows, 1)
	}
	at.rows, at.cols = 1, min(evenly(f.q, most), f.q-at.col)
	if f.q <= most {
		at.rows = min(evenly(f.p, most/f.q), f.p-at.row)
	}
	return at.row < f.p
}

// within is the rectangle of a part's places at which a weight in row i and
// column j of a filter meets the image, and the first element it meets there.
func (f *filter) within(at *patch, i, j int) (top, bottom, left, right, first int) {
	row, col := at.row*f.stride+i-f.padding, at.col*f.stride+j-f.padding
	top, bottom = meets(row, f.h, f.stride, at.rows)
	left, right = meets(col, f.w, f.stride, at.cols)
	return top, bottom, left, right, (row+top*f.stride)*f.w + col + left*f.stride
}

// meets is the range of 0 to count at which from + i·stride lies in 0 to size.
func meets(from, size, stride, count int) (low, high int) {
	if from < 0 {
		low = over(stride-1-from, stride)
	}
	if from < size {
		high = over(size-1-from, stride) + 1
	}
	high = min(high, count)
	return min(low, high), high
}

// over is a / b without the time that dividing by one takes.
func over(a, b int) int {
	if b == 1 {
		return a
	}
	return a / b
}

// pack assigns the matrix of patches of a part: zeros where nothing is met.
func pack[T Float](columns, image []T, f *filter, at *patch) {
	size, area := at.size(), f.k*f.l
	for ij := range area {
		top, bottom, left, right, first := f.within(at, ij/f.l, ij%f.l)
		met := max(bottom-top, 0) * max(right-left, 0)
		t, channels := at.firstTerm(ij, area), at.channels(ij, area)
		if met < size {
			for c := range channels {
				clear(columns[(t+c*area)*size:][:size])
			}
		}
		if met > 0 && channels > 0 {
			gatherPlanes(columns[t*size+top*at.cols+left:], image[(at.term+t)/area*f.h*f.w+first:],
				channels, bottom-top, right-left, area*size, f.h*f.w, at.cols, f.stride*f.w, f.stride)
		}
	}
}

// unpack adds the matrix of patches of a part to the image where they lie. It
// goes from channel to channel before it comes back to an element: to read
// what has just been written in another vector takes long. Each element is
// still added to in the order of the weights.
func unpack[T Float](image, columns []T, f *filter, at *patch) {
	if vectors[T]() && addShifted(narrow(image), narrow(columns), f, at) {
		return
	}
	size, area := at.size(), f.k*f.l
	for ij := range area {
		top, bottom, left, right, first := f.within(at, ij/f.l, ij%f.l)
		t, channels := at.firstTerm(ij, area), at.channels(ij, area)
		if top < bottom && left < right && channels > 0 {
			scatterPlanes(image[(at.term+t)/area*f.h*f.w+first:], columns[t*size+top*at.cols+left:],
				channels, bottom-top, right-left, f.h*f.w, area*size, f.stride*f.w, at.cols, f.stride)
		}
	}
}

// firstTerm is the first weight of a part that stands at ij of the area of its
// channel's filter.
func (at *patch) firstTerm(ij, area int) int {
	t := ij - at.term%area
	if t < 0 {
		t += area
	}
	return t
}

// channels is the number of a part's weights that stand at ij: one each in
// channels that follow one another.
func (at *patch) channels(ij, area int) int {
	return (at.terms - at.firstTerm(ij, area) + area - 1) / area
}

// gatherPlanes assigns to[a, r, c] = from[a, r, c·step] for rows that begin
// toRow and fromRow apart, in planes that begin toPlane and fromPlane apart.
func gatherPlanes[T Float](to, from []T, planes, rows, cols, toPlane, fromPlane, toRow, fromRow, step int) {
	switch {
	case step == 1 && vectors[T]():
		vecCopyPlanes(narrow(to), narrow(from), planes, rows, cols, toPlane, fromPlane, toRow, fromRow)
	case step == 1:
		lanesCopyPlanes(to, from, planes, rows, cols, toPlane, fromPlane, toRow, fromRow)
	default:
		for a := range planes {
			for r := range rows {
				to, from := to[a*toPlane+r*toRow:][:cols], from[a*fromPlane+r*fromRow:]
				for c := range to {
					to[c] = from[c*step]
				}
			}
		}
	}
}

// scatterPlanes adds from[a, r, c] to to[a, r, c·step] for rows that begin
// toRow and fromRow apart, in planes that begin toPlane and fromPlane apart.
func scatterPlanes[T Float](to, from []T, planes, rows, cols, toPlane, fromPlane, toRow, fromRow, step int) {
	switch {
	case step == 1 && vectors[T]():
		vecAddPlanes(narrow(to), narrow(from), planes, rows, cols, toPlane, fromPlane, toRow, fromRow)
	case step == 1:
		lanesAddPlanes(to, from, planes, rows, cols, toPlane, fromPlane, toRow, fromRow)
	default:
		for a := range planes {
			for r := range rows {
				to, from := to[a*toPlane+r*toRow:][:(cols-1)*step+1], from[a*fromPlane+r*fromRow:][:cols]
				for c, v := range from {
					to[c*step] += v
				}
			}
		}
	}
}

// turnRows assigns out[c, r] = in[r, c] for rows of in that begin apart
// elements apart. Where blocks do not come out even, the last of them take
// some elements once more.
func turnRows[T Float](out, in []T, rows, cols, apart int) {
	const side = 8 // of a block
	if !fast[T]() || rows < side || cols < side {
		for c := range cols {
			for r := range rows {
				out[c*rows+r] = in[r*apart+c]
			}
		}
		return
	}
	_, _ = out[cols*rows-1], in[(rows-1)*apart+cols-1]
	to, from := narrow(out), narrow(in)
	turn := func(r, c, height, width int) {
		transposeBlocks(&to[c*rows+r], &from[r*apart+c], height, width, 4*rows, 4*apart)
	}
	whole, wide := rows&^(side-1), cols&^(side-1)
	turn(0, 0, whole, wide)
	if whole < rows {
		turn(rows-side, 0, side, wide)
	}
	if wide < cols {
		turn(0, cols-side, whole, side)
	}
	if whole < rows && wide < cols {
		turn(rows-side, cols-side, side, side)
	}
}

// assignProduct assigns c[r, j] = Σ_t a[r·aRow + t·aTerm]·b[t, j] for m rows, n
// columns and k terms; rows of b and c begin bTerm and cRow apart.
func assignProduct[T Float](c, a, b []T, m, n, k, aRow, aTerm, bTerm, cRow int) {
	if fast[T]() {
		x := product{c: narrow(c), a: narrow(a), b: narrow(b), m: m, n: n, k: k, aRow: aRow, aTerm: aTerm, bTerm: bTerm, cRow: cRow}
		x.run()
		return
	}
	for r := range m {
		clear(c[r*cRow:][:n])
	}
	addProduct(c, a, b, m, n, k, aRow, aTerm, bTerm, cRow)
}

// addProduct adds that to c.
func addProduct[T Float](c, a, b []T, m, n, k, aRow, aTerm, bTerm, cRow int) {
	if fast[T]() {
		x := product{c: narrow(c), a: narrow(a), b: narrow(b), m: m, n: n, k: k, aRow: aRow, aTerm: aTerm, bTerm: bTerm, cRow: cRow,
			end: into, keep: 1, by: 1}
		x.run()
		return
	}
	for r := range m {
		row := c[r*cRow:][:n]
		for t := range k {
			axpy(row, b[t*bTerm:][:n], a[r*aRow+t*aTerm])
		}
	}
}
