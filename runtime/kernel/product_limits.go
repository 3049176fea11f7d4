package kernel

import "unsafe"

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

// Many rows of tiles, and rows of b that lie so far apart that they compete
// for the same places in the first cache, make it pay to copy each panel of b
// to the stack while its first rows are computed. There its rows lie one
// after another.
const (
	rowsToCopy = 2 * tileHeight // fewer never pay
	manyRows   = 128            // always pay
	distantInB = 512            // rows of b so many elements apart pay too
	nearInB    = 1024           // elements of all of b that stay in the first cache by themselves
	smallCopy  = 1024           // elements of a panel
	largeCopy  = 6144
)

// copies reports whether panels of b are copied.
func (x *product) copies() bool {
	return x.m >= rowsToCopy && (x.m >= manyRows || x.bTerm >= distantInB) && x.k*x.bTerm > nearInB
}

func (x *product) copySmall() {
	var panel [smallCopy]float32
	x.blocks(panel[:], nil, x.k)
}

func (x *product) copyLarge() {
	var panel [largeCopy]float32
	x.blocks(panel[:], nil, x.k)
}

func (x *product) copyLong() {
	var panel [largeCopy]float32
	var part [rowsOfPart * widestTile]float32
	x.blocks(panel[:], part[:], evenly(x.k, len(panel)/tileWidth(x.m)))
}

// long computes a product whose terms take several calls, without copies.
func (x *product) long() {
	var part [rowsOfPart * widestTile]float32
	x.blocks(nil, part[:], evenly(x.k, termsOfCall))
}

// belowFirst is what remains to be done with the copied panel when runFirst
// has computed the first rows of p.
func (p *panel) belowFirst(width int) panel {
	rest := *p
	rest.m -= tileHeight
	rest.b, rest.bTerm = p.copy, 4*width
	rest.a = later(rest.a, tileHeight*rest.aRow)
	rest.c = later(rest.c, tileHeight*rest.cRow)
	if rest.part != nil {
		rest.part = later(rest.part, tileHeight*rest.partRow)
	}
	return rest
}

// later is the element so many bytes after p, which the operand holds.
func later(p *float32, bytes int) *float32 { return (*float32)(unsafe.Add(unsafe.Pointer(p), bytes)) }

// evenly divides n into as few parts as have at most so much each, and
// returns the size of the greatest.
func evenly(n, most int) int {
	parts := (n + most - 1) / most
	return (n + parts - 1) / parts
}
