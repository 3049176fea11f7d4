package kernel

import "unsafe"

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

// A transposed a whose terms lie so far apart, by a multiple of so large a
// power of two, makes its terms compete for the same places even in the second
// cache. A chunk of its rows at a time is copied to the stack then.
const (
	distantInA = 512
	setsApart  = 128
	chunkOfA   = largeCopy // elements
	worthChunk = 64        // columns, for each of which a copied element is read
)

// distant reports whether chunks of a are copied.
func (x *product) distant() bool {
	return x.aRow == 1 && x.aTerm >= distantInA && x.aTerm%setsApart == 0 && x.n >= worthChunk &&
		x.m >= rowsToCopy && x.k*rowsToCopy <= chunkOfA
}

// gather computes the product with copied chunks of a.
func (x *product) gather() {
	var chunk [chunkOfA]float32
	rows := len(chunk) / max(x.k, 1) / tileHeight * tileHeight
	y := *x
	for r := 0; r < x.m; r += rows {
		y.m = min(rows, x.m-r)
		for k := range x.k {
			copy(chunk[k*y.m:][:y.m], x.a[k*x.aTerm+r:])
		}
		y.a, y.aTerm, y.c = chunk[:], y.m, x.c[r*x.cRow:]
		y.multiply()
	}
}
