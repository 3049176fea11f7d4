package kernel

import "unsafe"

// tileHeight is how many rows most tiles have.
const tileHeight = 4

// tileWidth is the most columns that one call computes of a product of m rows.
func tileWidth(m int) int {
	if m == 1 {
		return 64
	}
	return 16
}

// run computes the product for up to tileWidth(p.m) columns.
func (p *panel) run() {
	switch {
	case p.m == 0 || p.n == 0:
	case p.n <= 16:
		p.tiles()
	case p.n == 64:
		row64NEON(p)
	default:
		p.row()
	}
}

// tiles computes the product for 1 to 16 columns.
func (p *panel) tiles() {
	switch {
	case p.n == 16:
		tiles16NEON(p)
	case p.n > 12:
		tilesTo15NEON(p)
	case p.n > 8:
		tilesTo12NEON(p)
	case p.n > 4:
		tilesTo8NEON(p)
	case p.n == 4:
		tiles4NEON(p)
	case p.n == 3:
		tiles3NEON(p)
	case p.n == 2:
		tiles2NEON(p)
	default:
		tiles1NEON(p)
	}
}

// runFirst computes the first tileHeight of p.m rows and copies b on the way.
// p.n is more than half of tileWidth.
func (p *panel) runFirst() {
	switch {
	case p.n == 16:
		first16NEON(p)
	case p.n > 12:
		firstTo15NEON(p)
	default:
		firstTo12NEON(p)
	}
}

// runScattered computes the product for up to tileWidth(tileHeight) columns and
// termsOfScattered terms, with the rows of b where p.rows says: it gathers them.
func (p *panel) runScattered() {
	const width = 16
	if p.m == 0 || p.n == 0 || p.k == 0 {
		p.run()
		return
	}
	var rows [termsOfScattered * width]float32
	for k, at := range unsafe.Slice(p.rows, p.k) {
		copy(rows[k*width:], unsafe.Slice(later(p.b, at), p.n))
	}
	near := *p
	near.b, near.bTerm = &rows[0], 4*width
	near.run()
}

// row computes the product of one row and 17 to 63 columns.
func (p *panel) row() {
	left := *p
	if left.n >= 32 {
		row32NEON(&left)
		left = left.from(32)
	}
	for left.n > 16 {
		some := left
		some.n = 16
		some.tiles()
		left = left.from(16)
	}
	if left.n > 0 {
		left.tiles()
	}
}

// from is p without its first columns. It is a value because what is stored
// through a pointer would move operands on the stack to the heap.
func (p panel) from(column int) panel {
	p.n -= column
	if p.n == 0 {
		return p // the pointers would lie behind the operands
	}
	p.b, p.c = later(p.b, 4*column), later(p.c, 4*column)
	if p.bias != nil {
		p.bias = later(p.bias, 4*column)
	}
	if p.part != nil {
		p.part = later(p.part, 4*column)
	}
	return p
}

// run computes the dot products.
func (d *dots) run() {
	if d.m > 0 && d.n > 0 {
		dotsNEON(d)
	}
}

// transposeBlocks turns rows×cols elements, both multiples of 8, with strides
// in bytes: out[c, r] = in[r, c].
func transposeBlocks(out, in *float32, rows, cols, outRow, inRow int) {
	transposeNEON(out, in, rows, cols, outRow, inRow)
}

// The functions of gemm_arm64.s, which asm/neon writes.
//
//go:noescape
func tiles16NEON(p *panel)

//go:noescape
func tilesTo15NEON(p *panel)

//go:noescape
func tilesTo12NEON(p *panel)

//go:noescape
func tilesTo8NEON(p *panel)

//go:noescape
func tiles4NEON(p *panel)

//go:noescape
func tiles3NEON(p *panel)

//go:noescape
func tiles2NEON(p *panel)

//go:noescape
func tiles1NEON(p *panel)

//go:noescape
func row64NEON(p *panel)

//go:noescape
func row32NEON(p *panel)

//go:noescape
func first16NEON(p *panel)

//go:noescape
func firstTo15NEON(p *panel)

//go:noescape
func firstTo12NEON(p *panel)

//go:noescape
func dotsNEON(d *dots)

//go:noescape
func transposeNEON(out, in *float32, rows, cols, outRow, inRow int)

// runShort is run: there are no short dot products of its own.
func (d *dots) runShort() { d.run() }
