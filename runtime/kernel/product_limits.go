package kernel

// Limits of one call of a tile. A goroutine cannot be interrupted in
// assembly, and these keep a call to about ten microseconds; they also keep
// what it reads within the second cache.
const (
	termsOfCall = 512
	workOfCall  = 1 << 19 // multiply-adds
	rowsOfPart  = 96      // of partial sums
	widestTile  = 32      // of all tiles but those of one row
)

// rowsOfCall is how many rows of so many terms and columns one call may take:
// a multiple of the height of most tiles.
func rowsOfCall(terms, width int) int {
	return max(2*tileHeight, workOfCall/(terms*width)/tileHeight*tileHeight)
}

// evenly divides n into as few parts as have at most so much each, and
// returns the size of the greatest.
func evenly(n, most int) int {
	parts := (n + most - 1) / most
	return (n + parts - 1) / parts
}
