package kernel

// addShifted adds a part's patches to the image as unpack does, vector after
// vector of the image instead of patch after patch, and says whether it did:
// it takes AVX-512, filters that move by one, and whole channels. To write an
// element once only spares waiting for what has just been written in another
// vector. Each is added to in the order of the weights, so the bits are the same.
func addShifted(image, columns []float32, f *filter, at *patch) bool {
	const lanes, most = 16, 32
	size, area := at.size(), f.k*f.l
	if active != avx512 || f.stride != 1 || f.l > most || at.term%area != 0 || at.terms%area != 0 {
		return false
	}
	channel, channels := at.term/area, at.terms/area
	_, _ = image[(channel+channels)*f.h*f.w-1], columns[at.terms*size-1]
	var masks [most]uint16
	// Number x of a row is met by column j of the filter where x + padding - j
	// is a column of the part.
	ahead := f.padding - at.col
	for x := max(0, -ahead); x < min(f.w, at.cols+f.l-1-ahead); x += lanes {
		for j := range f.l {
			masks[j] = uint16(lanesBetween(j-ahead-x, j-ahead-x+at.cols))
		}
		for y := max(0, at.row-f.padding); y < min(f.h, at.row+at.rows+f.k-1-f.padding); y++ {
			down := y + f.padding - at.row // what row 0 of the filter meets
			first, last := max(0, down-at.rows+1), min(f.k-1, down)
			from := first*f.l*size + (down-first)*at.cols + x + ahead
			addShiftedAVX512(&image[channel*f.h*f.w+y*f.w+x], &columns[0], &masks[0], from,
				lanesBetween(0, f.w-x), channels, last-first+1, f.l, f.h*f.w, area*size, f.l*size-at.cols, size-1)
		}
	}
	return true
}

// lanesBetween are the bits from low up to high, as far as a vector has them.
func lanesBetween(low, high int) int {
	low, high = min(max(low, 0), 16), min(max(high, 0), 16)
	return max(1<<high-1<<low, 0)
}
